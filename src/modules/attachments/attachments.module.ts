import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { MulterModule } from '@nestjs/platform-express';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '../../config';
import { BindingPool, openBindingPool } from '../../platform/pdf/binding';
import { DisputesModule } from '../disputes';
import { DocumentsModule } from '../documents';
import { OrganizationsModule } from '../organizations';
import { AttachmentsController } from './api/attachments.controller';
import { uploadOptions } from './api/staged-upload';
import { AttachmentActs } from './application/attachment-acts';
import { Attachments } from './application/attachments';
import { ChangeAttachment } from './application/change-attachment';
import { EvidencePapers } from './application/evidence-papers';
import { ReadAttachments } from './application/read-attachments';
import { ReceivedFiles } from './application/received-files';
import { Staging } from './application/staging';
import { UploadAttachment } from './application/upload-attachment';
import { Attachment } from './persistence/attachment.entity';

/** Evidence and other files of a matter: looked at before they are kept, kept byte for byte, served inert. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Attachment]),
    MulterModule.registerAsync({ inject: [CONFIG], useFactory: (config: Config) => uploadOptions(config) }),
    DisputesModule,
    DocumentsModule,
    OrganizationsModule,
  ],
  controllers: [AttachmentsController],
  providers: [
    { provide: BindingPool, useFactory: () => openBindingPool() },
    Attachments,
    AttachmentActs,
    ReceivedFiles,
    Staging,
    UploadAttachment,
    ChangeAttachment,
    ReadAttachments,
    EvidencePapers,
  ],
  exports: [Attachments, ReceivedFiles, BindingPool, MulterModule],
})
export class AttachmentsModule implements OnApplicationShutdown {
  constructor(@Inject(BindingPool) private readonly pool: BindingPool) {}

  async onApplicationShutdown(): Promise<void> {
    await this.pool.close();
  }
}
