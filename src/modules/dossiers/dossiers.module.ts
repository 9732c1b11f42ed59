import './policies';
import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements';
import { AssignmentsModule } from '../assignments';
import { AttachmentsModule } from '../attachments';
import { DocumentsModule } from '../documents';
import { OrganizationsModule } from '../organizations';
import { PartiesModule } from '../parties';
import { SessionsModule } from '../sessions';
import { DossierPapers } from './application/dossier-papers';
import { IdentityPage } from './application/identity-page';

/** Papers that belong to the file as a whole: who was met, what became of it, its covers. */
@Module({
  imports: [
    DocumentsModule,
    OrganizationsModule,
    PartiesModule,
    AssignmentsModule,
    AttachmentsModule,
    SessionsModule,
    AgreementsModule,
  ],
  providers: [IdentityPage, DossierPapers],
})
export class DossiersModule {}
