export { TASK_STATES, type TaskState } from './domain/task-lifecycle';
export { SummonsModule } from './summons.module';
