import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DocumentsModule } from '../documents';
import { SubsidiesController } from './api/subsidies.controller';
import { KeepSubsidyLists } from './application/keep-subsidy-lists';
import { KeepSubsidyRules } from './application/keep-subsidy-rules';
import { SubsidyLine, SubsidyList, SubsidyRate, SubsidyRules } from './persistence/subsidy.entity';

/** 以案定补: what mediators are paid for the cases that they brought to an agreement. */
@Module({
  imports: [TypeOrmModule.forFeature([SubsidyRules, SubsidyRate, SubsidyList, SubsidyLine]), DocumentsModule],
  controllers: [SubsidiesController],
  providers: [KeepSubsidyRules, KeepSubsidyLists],
})
export class SubsidiesModule {}
