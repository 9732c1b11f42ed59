import { transformSync } from '@swc/core';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export interface Compiled {
  /** Where what lies at `src/…` lies compiled, e.g. `platform/pdf/paper.worker.js` beneath it. */
  readonly folder: string;
  remove(): void;
}

/**
 * The sources of some folders as JavaScript, as the build makes them: a thread or a process of its own can load nothing else.
 * Inside the checkout, so that the compiled files find the same libraries.
 */
export function compileSources(name: string, folders: readonly string[]): Compiled {
  const folder = resolve('node_modules', '.cache', `${name}-${process.pid}`);
  const options = JSON.parse(readFileSync('.swcrc', 'utf8')) as object;
  for (const from of folders) {
    for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/(?<!\.spec|\.d)\.ts$/.test(entry.name)) continue;
      const source = join(entry.parentPath, entry.name);
      const target = join(folder, relative('src', source).replace(/\.ts$/, '.js'));
      mkdirSync(dirname(target), { recursive: true });
      const { code } = transformSync(readFileSync(source, 'utf8'), {
        ...options,
        swcrc: false,
        sourceMaps: false,
        filename: source,
      });
      writeFileSync(target, code);
    }
  }
  return {
    folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
