export { FillWorklist } from './application/fill-worklist';
export { WorklistModule } from './worklist.module';
