// Runs the application inside this very process, as if it had been named on the command line: no second process
// stands between it and the terminal, so signals, exit code and output are its own.
import { existsSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const entry = join(root, 'dist', 'src', 'main.js');

// `npm start` has prepared already, unless npm was told to skip such scripts (ignore-scripts).
if (!existsSync(entry) || !existsSync(join(root, 'node_modules'))) {
  prepare('start');
}
process.chdir(root);
stopWithNpm();
// Newer versions of node keep compiled code between starts.
Module.enableCompileCache?.();
process.setSourceMapsEnabled(true);
process.argv[1] = entry;
Module.runMain();

/**
 * A signal sent to npm ends npm's shell, which does not pass it on: the application would go on without anyone's
 * knowledge. It therefore stops, as if it had had the signal itself, when its parent has gone.
 */
function stopWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) {
    return;
  }
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(watch);
      process.kill(process.pid, 'SIGTERM');
    }
  }, 250);
  watch.unref();
}
