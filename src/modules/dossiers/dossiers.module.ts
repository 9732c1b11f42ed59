import './policies';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FilesModule } from '../../platform/files';
import { AgreementsModule } from '../agreements';
import { AssignmentsModule } from '../assignments';
import { AttachmentsModule } from '../attachments';
import { DisputesModule } from '../disputes';
import { DocumentsModule } from '../documents';
import { OrganizationsModule } from '../organizations';
import { PartiesModule } from '../parties';
import { SessionsModule } from '../sessions';
import { DossiersController } from './api/dossiers.controller';
import { AssembleVolume } from './application/assemble-volume';
import { BindDossier } from './application/bind-dossier';
import { DossierGaps } from './application/dossier-gaps';
import { DossierPapers } from './application/dossier-papers';
import { DossierRecord } from './application/dossier-record';
import { IdentityPage } from './application/identity-page';
import { ReadDossier } from './application/read-dossier';
import { DossierBinding } from './persistence/dossier-binding.entity';

/** The file as a whole: which papers it must have, those that belong to it alone, and its bound volumes. */
@Module({
  imports: [
    TypeOrmModule.forFeature([DossierBinding]),
    FilesModule,
    DisputesModule,
    DocumentsModule,
    OrganizationsModule,
    PartiesModule,
    AssignmentsModule,
    AttachmentsModule,
    SessionsModule,
    AgreementsModule,
  ],
  controllers: [DossiersController],
  providers: [IdentityPage, DossierPapers, DossierRecord, DossierGaps, AssembleVolume, BindDossier, ReadDossier],
  exports: [DossierGaps],
})
export class DossiersModule {}
