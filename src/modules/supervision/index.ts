export { ClimbLadder } from './application/climb-ladder';
export { SupervisionModule } from './supervision.module';
