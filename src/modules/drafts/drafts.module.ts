import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DraftsController } from './api/drafts.controller';
import { DraftSweeper } from './application/draft-sweeper';
import { Drafts } from './application/drafts';
import { Draft } from './persistence/draft.entity';

/** What somebody is writing and has not handed in. */
@Module({
  imports: [TypeOrmModule.forFeature([Draft])],
  controllers: [DraftsController],
  providers: [Drafts, DraftSweeper],
})
export class DraftsModule {}
