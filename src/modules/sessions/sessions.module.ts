import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AssignmentsModule } from '../assignments';
import { CalendarModule } from '../calendar';
import { DisputesModule, MatterHooks } from '../disputes';
import { DocumentsModule } from '../documents';
import { OrganizationsModule } from '../organizations';
import { PartiesModule } from '../parties';
import { InvestigationsController } from './api/investigations.controller';
import { NotesController } from './api/notes.controller';
import { ParticipantsController } from './api/participants.controller';
import { PlanningController } from './api/planning.controller';
import { PreparationController } from './api/preparation.controller';
import { SessionsController } from './api/sessions.controller';
import { Clashes } from './application/clashes';
import { FindFreeSlots } from './application/find-free-slots';
import { GuestList } from './application/guest-list';
import { HoldSession } from './application/hold-session';
import { Investigate } from './application/investigate';
import { InviteParticipant } from './application/invite-participant';
import { PlanOptions } from './application/plan-options';
import { PlanSession } from './application/plan-session';
import { PrepareSession } from './application/prepare-session';
import { ReadInvestigations } from './application/read-investigations';
import { ReadSessions } from './application/read-sessions';
import { RecordSession } from './application/record-session';
import { Rooms } from './application/rooms';
import { SessionDesk } from './application/session-desk';
import { SessionPapers } from './application/session-papers';
import { Sessions } from './application/sessions';
import { TakeNotes } from './application/take-notes';
import { InvestigationRecord } from './persistence/investigation.entity';
import { Participant, ParticipantConsent } from './persistence/participant.entity';
import { PreparationPoint } from './persistence/preparation.entity';
import {
  MediationSession,
  SessionConcession,
  SessionEntry,
  SessionFact,
  SessionInvitee,
  SessionNote,
  SessionPublicityChoice,
} from './persistence/session.entity';

const ENTITIES = [
  Participant,
  ParticipantConsent,
  MediationSession,
  SessionInvitee,
  SessionPublicityChoice,
  SessionEntry,
  SessionFact,
  SessionConcession,
  SessionNote,
  InvestigationRecord,
  PreparationPoint,
];

/** Investigation records, mediation sessions, invited participants, and notes in three rings of visibility. */
@Module({
  imports: [
    TypeOrmModule.forFeature(ENTITIES),
    DisputesModule,
    CalendarModule,
    PartiesModule,
    AssignmentsModule,
    OrganizationsModule,
    DocumentsModule,
  ],
  controllers: [
    SessionsController,
    PlanningController,
    PreparationController,
    InvestigationsController,
    ParticipantsController,
    NotesController,
  ],
  providers: [
    SessionDesk,
    Clashes,
    Rooms,
    FindFreeSlots,
    PlanOptions,
    PrepareSession,
    GuestList,
    PlanSession,
    HoldSession,
    RecordSession,
    ReadSessions,
    Investigate,
    ReadInvestigations,
    InviteParticipant,
    TakeNotes,
    SessionPapers,
    Sessions,
  ],
  exports: [Sessions],
})
export class SessionsModule implements OnModuleInit {
  constructor(private readonly hooks: MatterHooks) {}

  onModuleInit(): void {
    const inStates = (states: string): string =>
      `select count(*)::int from mediation_session where dispute_id = $1 and state in (${states})`;
    this.hooks.provideFacts({
      openSessions: inStates("'planned', 'held'"),
      sessions: inStates("'recorded', 'confirmed'"),
    });
  }
}
