import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const TIMEOUT_MS = 10_000;
const MEMORY_MB = 64;

/** Runs in its own thread: whatever a hostile file does to the parser, it can neither stall nor fill the program. */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  import(workerData.library)
    .then(({ fileTypeFromFile }) => fileTypeFromFile(workerData.path))
    .then((type) => parentPort.postMessage(type?.mime ?? null), () => parentPort.postMessage(null));
`;

/** The media type that the bytes of a file show, or null when none is recognised or the parser gave up. */
export async function sniffType(path: string): Promise<string | null> {
  const worker = new Worker(PROGRAM, {
    eval: true,
    // The library is an ES module, which this CommonJS program can only reach by its address.
    workerData: { library: pathToFileURL(require.resolve('file-type/node')).href, path },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
  });
  try {
    return await new Promise<string | null>((resolve) => {
      const timer = setTimeout(() => {
        resolve(null);
      }, TIMEOUT_MS);
      worker.once('message', (type: unknown) => {
        clearTimeout(timer);
        resolve(typeof type === 'string' ? type : null);
      });
      worker.once('error', () => {
        clearTimeout(timer);
        resolve(null);
      });
    });
  } finally {
    await worker.terminate();
  }
}
