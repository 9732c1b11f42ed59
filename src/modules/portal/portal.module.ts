import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AgreementsModule } from '../agreements';
import { AssignmentsModule } from '../assignments';
import { DisputesModule } from '../disputes';
import { DocumentsModule } from '../documents';
import { FollowupsModule } from '../followups';
import { OrganizationsModule } from '../organizations';
import { PartiesModule } from '../parties';
import { SessionsModule } from '../sessions';
import { PortalController, PortalEntryController } from './api/portal.controller';
import { SlipsController } from './api/slips.controller';
import { AnswerOwnMatter } from './application/answer-own-matter';
import { IssueSlip } from './application/issue-slip';
import { KeepSlips } from './application/keep-slips';
import { OpenAccess } from './application/open-access';
import { OwnCopies } from './application/own-copies';
import { OwnCourse } from './application/own-course';
import { PortalDesk } from './application/portal-desk';
import { RateService } from './application/rate-service';
import { ReadOwnMatter } from './application/read-own-matter';
import { PortalAccess, PortalAttempt, PortalSession, ServiceRating } from './persistence/portal.entity';

/** What a party sees and does by the slip from the counter, without an account. */
@Module({
  imports: [
    TypeOrmModule.forFeature([PortalAccess, PortalSession, PortalAttempt, ServiceRating]),
    DisputesModule,
    PartiesModule,
    AssignmentsModule,
    SessionsModule,
    AgreementsModule,
    DocumentsModule,
    OrganizationsModule,
    FollowupsModule,
  ],
  controllers: [SlipsController, PortalEntryController, PortalController],
  providers: [
    IssueSlip,
    KeepSlips,
    OpenAccess,
    PortalDesk,
    OwnCourse,
    OwnCopies,
    ReadOwnMatter,
    AnswerOwnMatter,
    RateService,
  ],
})
export class PortalModule {}
