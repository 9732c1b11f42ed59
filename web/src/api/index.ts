export { askAhead } from './ahead';
export { api, call, download, fetchFile, perform } from './client';
export { tooLarge } from './file-limits';
export { submissionKey } from './keys';
export { now } from './server-time';
export { type CurrentVersion, Problem, problemOf } from './problem';
export { useSession } from './session';
