import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AssignmentsModule } from '../assignments';
import { AttachmentsModule } from '../attachments';
import { CalendarModule } from '../calendar';
import { DisputesModule, type MatterFact, MatterHooks } from '../disputes';
import { DocumentsModule } from '../documents';
import { OrganizationsModule } from '../organizations';
import { PartiesModule } from '../parties';
import { SessionsModule } from '../sessions';
import { AgreementsController } from './api/agreements.controller';
import { DraftingController } from './api/drafting.controller';
import { ConfirmationsController } from './api/confirmations.controller';
import { CourtOutcomesController } from './api/court-outcomes.controller';
import { ConsentMatrixController } from './api/consent-matrix.controller';
import { PerformanceController } from './api/performance.controller';
import { SigningController } from './api/signing.controller';
import { SigningImagesController } from './api/signing-images.controller';
import { AgreementBook } from './application/agreement-book';
import { AgreementDrafts } from './application/agreement-drafts';
import { AgreementPapers } from './application/agreement-papers';
import { Agreements } from './application/agreements';
import { CheckContent } from './application/check-content';
import { ClauseLibrary } from './application/clause-library';
import { ClosingReport } from './application/closing-report';
import { ConfirmByCourt } from './application/confirm-by-court';
import { ConcludeOrally } from './application/conclude-orally';
import { DraftAgreement } from './application/draft-agreement';
import { FreezeAgreement } from './application/freeze-agreement';
import { KeepPerformance } from './application/keep-performance';
import { KeepPromises } from './application/keep-promises';
import { ListPerformance } from './application/list-performance';
import { MarkLedger } from './application/mark-ledger';
import { OwnAgreements } from './application/own-agreements';
import { PerformanceDesk } from './application/performance-desk';
import { PerformanceReminder } from './application/performance-reminder';
import { ProposeAttendees } from './application/propose-attendees';
import { ReadAgreements } from './application/read-agreements';
import { ReadConsentMatrix } from './application/read-consent-matrix';
import { RecordCourtOutcome } from './application/record-court-outcome';
import { SealAgreement } from './application/seal-agreement';
import { SignAgreement } from './application/sign-agreement';
import { SignByLink } from './application/sign-by-link';
import { SigningImages } from './application/signing-images';
import { SigningLinks } from './application/signing-links';
import { SigningTexts } from './application/signing-text';
import { TakeEffect } from './application/take-effect';
import { VoidAgreement } from './application/void-agreement';
import { ReckonConfirmationsAnew } from './application/reckon-confirmations-anew';
import { AgreementDraft } from './persistence/agreement-draft.entity';
import { Agreement, AgreementInstalment, AgreementObligation } from './persistence/agreement.entity';
import { AgreementClause } from './persistence/clause.entity';
import { JudicialConfirmation } from './persistence/judicial-confirmation.entity';
import { JudicialOutcome } from './persistence/judicial-outcome.entity';
import { PerformanceItem, PerformanceRecord, ReceiptWord } from './persistence/performance.entity';
import { PromiseNotice } from './persistence/promise-notice.entity';
import { SigningImage } from './persistence/signing-image.entity';
import { SignatureMark, SignatureSlot, SigningLink } from './persistence/signing.entity';

const ENTITIES = [
  Agreement,
  AgreementDraft,
  AgreementObligation,
  AgreementInstalment,
  SignatureSlot,
  SigningLink,
  SignatureMark,
  SigningImage,
  PerformanceItem,
  PerformanceRecord,
  ReceiptWord,
  PromiseNotice,
  JudicialConfirmation,
  JudicialOutcome,
  AgreementClause,
];

const COUNTS: Readonly<Partial<Record<MatterFact, string>>> = {
  pendingAgreements:
    "select count(*)::int from agreement where dispute_id = $1 and state in ('drafting', 'signing', 'refused')",
  effectiveAgreements: "select count(*)::int from agreement where dispute_id = $1 and state = 'effective'",
  openPerformanceItems: `select count(*)::int from performance_item i join agreement a on a.id = i.agreement_id
                          where i.dispute_id = $1 and a.state = 'effective' and i.state in ('open', 'breached')`,
};

/** Agreements from the first clause to the last payment: drafting, signing, sealing, effect, performance. */
@Module({
  imports: [
    TypeOrmModule.forFeature(ENTITIES),
    DisputesModule,
    CalendarModule,
    PartiesModule,
    SessionsModule,
    AssignmentsModule,
    AttachmentsModule,
    DocumentsModule,
    OrganizationsModule,
  ],
  controllers: [
    ConsentMatrixController,
    AgreementsController,
    DraftingController,
    SigningController,
    SigningImagesController,
    PerformanceController,
    ConfirmationsController,
    CourtOutcomesController,
  ],
  providers: [
    AgreementBook,
    ReckonConfirmationsAnew,
    SigningTexts,
    AgreementDrafts,
    MarkLedger,
    PerformanceDesk,
    OwnAgreements,
    TakeEffect,
    DraftAgreement,
    FreezeAgreement,
    SignAgreement,
    SigningImages,
    SigningLinks,
    SignByLink,
    SealAgreement,
    RecordCourtOutcome,
    ConcludeOrally,
    ConfirmByCourt,
    VoidAgreement,
    KeepPerformance,
    KeepPromises,
    ProposeAttendees,
    ReadAgreements,
    ReadConsentMatrix,
    CheckContent,
    ClauseLibrary,
    ListPerformance,
    PerformanceReminder,
    ClosingReport,
    AgreementPapers,
    Agreements,
  ],
  exports: [OwnAgreements, Agreements, KeepPerformance],
})
export class AgreementsModule implements OnModuleInit {
  constructor(private readonly hooks: MatterHooks) {}

  onModuleInit(): void {
    this.hooks.provideFacts(COUNTS);
  }
}
