import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AttachmentsModule } from '../attachments';
import { DisputesModule } from '../disputes';
import { DocumentsModule } from '../documents';
import { FollowupsModule } from '../followups';
import { PartiesModule } from '../parties';
import { HelpersController } from './api/helpers.controller';
import { AuthorityPaper } from './application/authority-paper';
import { KeepAuthorities } from './application/keep-authorities';
import { ReadAuthorities } from './application/read-authorities';
import { HelperAuthority, HelperDeed } from './persistence/helper.entity';

/** 帮办代办: people who act for parties by written authority, and what they did. */
@Module({
  imports: [
    TypeOrmModule.forFeature([HelperAuthority, HelperDeed]),
    AttachmentsModule,
    DisputesModule,
    DocumentsModule,
    FollowupsModule,
    PartiesModule,
  ],
  controllers: [HelpersController],
  providers: [KeepAuthorities, ReadAuthorities, AuthorityPaper],
})
export class HelpersModule {}
