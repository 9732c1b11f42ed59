import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;
export const LOGGER = Symbol('Logger');

/** Texts that an error quotes: quoted words, Chinese, and runs of digits long enough to be somebody's number. */
const QUOTED = /"[^"]*"|'[^']*'|“[^”]*”|\p{Script=Han}+|\d{5,}/gu;

/** Properties of an error that name parts of the program, never values. */
const NAMES = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine', 'syscall', 'errno'] as const;

/**
 * What a log may tell of an error. PostgreSQL puts the refused row into its detail and the value into its message, and
 * the driver adds statement and parameters: of all this only names and places are written.
 */
function errorWithoutValues(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const properties = error as Error & Readonly<Record<string, unknown>>;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    message: error.message.replace(QUOTED, '…').slice(0, 500),
    ...Object.fromEntries(
      NAMES.filter((name) => properties[name] !== undefined).map((name) => [name, properties[name]]),
    ),
    stack: frames.join('\n'),
  };
}

/**
 * The one logger. It writes ids, codes and durations; bodies, names, numbers and tokens never reach it, and what a
 * careless caller passes under these names is cut out.
 */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: errorWithoutValues },
    redact: {
      paths: [
        'req',
        'headers',
        'body',
        '*.body',
        'password',
        '*.password',
        '*.residentId',
        '*.phone',
        '*.name',
        '*.token',
      ],
      remove: true,
    },
  });
}
