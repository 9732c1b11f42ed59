export { LOGGER, type Logger, createLogger } from './logger';
