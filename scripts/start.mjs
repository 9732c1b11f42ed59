// Runs the application inside this very process, as if it had been named on the command line: no second process
// stands between it and the terminal, so signals, exit code and output are its own.
import { existsSync } from 'node:fs';
import Module from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const entry = join(root, 'dist', 'src', 'main.js');

// `npm start` has prepared already, unless npm was told to skip such scripts (ignore-scripts).
if (!existsSync(entry) || !existsSync(join(root, 'node_modules'))) {
  prepare('start');
}
process.chdir(root);
process.setSourceMapsEnabled(true);
process.argv[1] = entry;
Module.runMain();
