export { loadConfig, type Config } from './config';
export { CONFIG } from './config.token';
export { StartRefusal } from './start-refusal';
