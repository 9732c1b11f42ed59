export { FillWorklist } from './application/fill-worklist';
export { dueName } from './domain/dictionaries';
export { stepWords } from './domain/steps';
export { WorklistModule } from './worklist.module';
