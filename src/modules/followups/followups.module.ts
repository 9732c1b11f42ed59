import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DisputesModule } from '../disputes';
import { FollowupsController } from './api/followups.controller';
import { ListVisits } from './application/list-visits';
import { PartyWords } from './application/party-words';
import { PartyWord } from './persistence/party-word.entity';

/** 回访: which visits are to be made, and what parties themselves say of the outcome. */
@Module({
  imports: [TypeOrmModule.forFeature([PartyWord]), DisputesModule],
  controllers: [FollowupsController],
  providers: [ListVisits, PartyWords],
  exports: [PartyWords],
})
export class FollowupsModule {}
