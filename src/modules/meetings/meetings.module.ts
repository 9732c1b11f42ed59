import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentsModule } from '../attachments';
import { CalendarModule } from '../calendar';
import { DisputesModule, MatterHooks } from '../disputes';
import { DocumentsModule } from '../documents';
import { SummonsModule } from '../summons';
import { AgencyMeetingsController } from './api/agency-meetings.controller';
import { MeetingTasksController } from './api/meeting-tasks.controller';
import { MeetingsController } from './api/meetings.controller';
import { CallMeeting } from './application/call-meeting';
import { HoldMeeting } from './application/hold-meeting';
import { MeetingDesk } from './application/meeting-desk';
import { MeetingTasks } from './application/meeting-tasks';
import { MinutesPaper } from './application/minutes-paper';
import { ReadMeetings } from './application/read-meetings';
import { RemindOfTasks } from './application/remind-of-tasks';
import { UNSETTLED_TASK_STATES } from './domain/task-lifecycle';
import {
  Meeting,
  MeetingItem,
  MeetingMatter,
  MeetingTask,
  MeetingTaskFile,
  MeetingUnit,
  MeetingVoice,
} from './persistence/meeting.entity';

/** 联席会商: units at one table, what each said, what was decided, and what follows from it until when. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      Meeting,
      MeetingMatter,
      MeetingUnit,
      MeetingItem,
      MeetingVoice,
      MeetingTask,
      MeetingTaskFile,
    ]),
    AttachmentsModule,
    CalendarModule,
    DisputesModule,
    DocumentsModule,
    SummonsModule,
  ],
  controllers: [MeetingsController, MeetingTasksController, AgencyMeetingsController],
  providers: [MeetingDesk, CallMeeting, HoldMeeting, MeetingTasks, ReadMeetings, MinutesPaper, RemindOfTasks],
})
export class MeetingsModule implements OnModuleInit {
  constructor(private readonly hooks: MatterHooks) {}

  /** A matter cannot be closed over a meeting that is to be held, nor over a task that is not settled. */
  onModuleInit(): void {
    const unsettled = UNSETTLED_TASK_STATES.map((state) => `'${state}'`).join(', ');
    this.hooks.provideFacts({
      openMeetings: `select count(*)::int from meeting where state in ('called', 'sitting')
        and (dispute_id = $1 or id in (select meeting_id from meeting_matter where dispute_id = $1))`,
      openMeetingTasks: `select count(*)::int from meeting_task where dispute_id = $1 and state in (${unsettled})`,
    });
  }
}
