import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentsModule } from '../attachments';
import { DisputesModule } from '../disputes';
import { DocumentsModule } from '../documents';
import { OrganizationsModule } from '../organizations';
import { LookUpController } from './api/look-up.controller';
import { DisputePartiesController, PartiesController, RepresentationController } from './api/parties.controller';
import { AddParty } from './application/add-party';
import { AddRepresentative } from './application/add-representative';
import { ChangeParticipation } from './application/change-participation';
import { AnswerForOneself } from './application/answer-for-oneself';
import { Consequences } from './application/consequences';
import { CoursePapers } from './application/course-papers';
import { CorrectParty } from './application/correct-party';
import { EndRepresentative } from './application/end-representative';
import { FillPhoneEnds } from './application/fill-phone-ends';
import { FindSamePersons } from './application/find-same-persons';
import { IntakeRegistrar } from './application/intake-registrar';
import { ListRepresented } from './application/list-represented';
import { LookUpPerson } from './application/look-up-person';
import { LogContact } from './application/log-contact';
import { PartyFinder } from './application/party-finder';
import { PartyPapers } from './application/paper-sources';
import { Parties } from './application/parties';
import { PartyActs } from './application/party-acts';
import { PartyRegister } from './application/party-register';
import { PartyViews } from './application/party-views';
import { ReadParties } from './application/read-parties';
import { RecordConsent } from './application/record-consent';
import { RevealParty } from './application/reveal-party';
import { SealedFields } from './application/sealed-fields';
import { SignRightsNotice } from './application/sign-rights-notice';
import { SucceedParty } from './application/succeed-party';
import {
  ContactAttempt,
  Party,
  PartyChange,
  PartyConsent,
  Representative,
  RepresentedPerson,
  RightsNotice,
} from './persistence/party.entity';

/** People and organisations in a matter, who represents them, and whether they want to mediate. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      Party,
      Representative,
      PartyConsent,
      RightsNotice,
      ContactAttempt,
      RepresentedPerson,
      PartyChange,
    ]),
    AttachmentsModule,
    DisputesModule,
    DocumentsModule,
    OrganizationsModule,
  ],
  controllers: [LookUpController, DisputePartiesController, PartiesController, RepresentationController],
  providers: [
    Parties,
    PartyActs,
    PartyRegister,
    PartyViews,
    SealedFields,
    Consequences,
    AnswerForOneself,
    IntakeRegistrar,
    PartyPapers,
    CoursePapers,
    ReadParties,
    AddParty,
    CorrectParty,
    RevealParty,
    RecordConsent,
    SignRightsNotice,
    LogContact,
    LookUpPerson,
    AddRepresentative,
    EndRepresentative,
    ChangeParticipation,
    SucceedParty,
    ListRepresented,
    FindSamePersons,
    FillPhoneEnds,
    PartyFinder,
  ],
  exports: [FillPhoneEnds, PartyFinder, Parties, AnswerForOneself],
})
export class PartiesModule {}
