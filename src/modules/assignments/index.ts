export { type ActiveAssignment, Assignments } from './application/assignments';
export { AssignmentsModule } from './assignments.module';
