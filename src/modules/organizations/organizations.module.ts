import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OrganizationsController } from './api/organizations.controller';
import { KeepAgencies } from './application/keep-agencies';
import { KeepCenters } from './application/keep-centers';
import { KeepCommittees } from './application/keep-committees';
import { KeepUnits } from './application/keep-units';
import { PostingEndings } from './application/posting-endings';
import { ReadColleagues } from './application/read-colleagues';
import { Organizations } from './application/organizations';
import { ORGANIZATION_ENTITIES } from './persistence/organization.entity';

/** Units, centers, committees, agencies, slots and postings. */
@Module({
  imports: [TypeOrmModule.forFeature(ORGANIZATION_ENTITIES)],
  controllers: [OrganizationsController],
  providers: [Organizations, KeepUnits, KeepCenters, KeepCommittees, KeepAgencies, ReadColleagues, PostingEndings],
  exports: [Organizations, PostingEndings],
})
export class OrganizationsModule {}
