import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './config';
import type { Clock } from './kernel';
import { AgreementsModule } from './modules/agreements';
import { AssignmentsModule } from './modules/assignments';
import { AuditModule } from './modules/audit';
import { AttachmentsModule } from './modules/attachments';
import { CalendarModule } from './modules/calendar';
import { DictionariesModule } from './modules/dictionaries';
import { DisputesModule } from './modules/disputes';
import { DocumentsModule } from './modules/documents';
import { DossiersModule } from './modules/dossiers';
import { DraftsModule } from './modules/drafts';
import { ExchangeModule } from './modules/exchange';
import { FollowupsModule } from './modules/followups';
import { HandoversModule } from './modules/handovers';
import { IdentityModule } from './modules/identity';
import { OperationsModule } from './modules/operations';
import { OrganizationsModule } from './modules/organizations';
import { PartiesModule } from './modules/parties';
import { PhrasesModule } from './modules/phrases';
import { PortalModule } from './modules/portal';
import { SessionsModule } from './modules/sessions';
import { StatisticsModule } from './modules/statistics';
import { HelpersModule } from './modules/helpers';
import { ReportsModule } from './modules/reports';
import { MeetingsModule } from './modules/meetings';
import { SubsidiesModule } from './modules/subsidies';
import { SummonsModule } from './modules/summons';
import { SupervisionModule } from './modules/supervision';
import { NotificationsModule } from './modules/notifications';
import { ReviewsModule } from './modules/reviews';
import { RosterModule } from './modules/roster';
import { AuthenticityModule } from './modules/authenticity';
import { ScoreCardsModule } from './modules/score-cards';
import { SearchModule } from './modules/search';
import { WorklistModule } from './modules/worklist';
import { PlatformModule } from './platform/platform.module';

interface AppOptions {
  readonly config: Config;
  readonly ownerUrl: string;
  readonly clock?: Clock;
}

/** The monolith: the only file that knows all modules. */
@Module({})
export class AppModule {
  static forRoot(options: AppOptions): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.forRoot(options),
        OperationsModule,
        IdentityModule,
        AuditModule,
        OrganizationsModule,
        CalendarModule,
        RosterModule,
        DraftsModule,
        PhrasesModule,
        DisputesModule,
        DocumentsModule,
        AttachmentsModule,
        PartiesModule,
        DictionariesModule,
        AssignmentsModule,
        AgreementsModule,
        SessionsModule,
        DossiersModule,
        FollowupsModule,
        SummonsModule,
        MeetingsModule,
        HelpersModule,
        ReportsModule,
        WorklistModule,
        HandoversModule,
        ReviewsModule,
        SubsidiesModule,
        ScoreCardsModule,
        SearchModule,
        AuthenticityModule,
        NotificationsModule,
        PortalModule,
        SupervisionModule,
        ExchangeModule,
        StatisticsModule,
      ],
    };
  }
}
