export { LOGGER, type Logger, createLogger } from './logger';
export { requestLog, routeOf } from './request-log';
