import { type Logger as PinoLogger, pino } from 'pino';

export type Logger = PinoLogger;
export const LOGGER = Symbol('Logger');

/**
 * The one logger. It writes ids, codes and durations; bodies, names, numbers and tokens never reach it, and what a
 * careless caller passes under these names is cut out.
 */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'req.headers',
        'body',
        '*.body',
        'password',
        '*.password',
        '*.residentId',
        '*.phone',
        '*.name',
        '*.token',
        'err.parameters',
        'err.query',
        'err.driverError',
        'err.detail',
        'err.where',
      ],
      remove: true,
    },
  });
}
