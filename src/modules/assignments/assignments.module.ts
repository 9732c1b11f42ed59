import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DisputesModule, MatterHooks } from '../disputes';
import { DocumentsModule } from '../documents';
import { OrganizationsModule } from '../organizations';
import { PartiesModule } from '../parties';
import { AssignmentsController } from './api/assignments.controller';
import { AssignMediator } from './application/assign-mediator';
import { AssignmentBook } from './application/assignment-book';
import { Assignments } from './application/assignments';
import { ChangeAssignment } from './application/change-assignment';
import { ChangePaper } from './application/change-paper';
import { ReadAssignments } from './application/read-assignments';
import { Assignment, ConflictDisclosure, MediatorChallenge } from './persistence/assignment.entity';

/** Choosing mediators and recorders, conflicts of interest, replacement. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Assignment, ConflictDisclosure, MediatorChallenge]),
    DisputesModule,
    DocumentsModule,
    PartiesModule,
    OrganizationsModule,
  ],
  controllers: [AssignmentsController],
  providers: [Assignments, AssignmentBook, AssignMediator, ChangeAssignment, ChangePaper, ReadAssignments],
  exports: [Assignments],
})
export class AssignmentsModule implements OnModuleInit {
  constructor(private readonly hooks: MatterHooks) {}

  onModuleInit(): void {
    this.hooks.provideFacts({
      activeMediators:
        "select count(*)::int from assignment where dispute_id = $1 and ended_at is null and capacity <> 'recorder'",
    });
  }
}
