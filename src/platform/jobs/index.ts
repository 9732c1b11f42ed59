export { Jobs, type Recurring } from './jobs';
