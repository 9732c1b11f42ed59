import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Organizations } from './application/organizations';
import { ORGANIZATION_ENTITIES } from './persistence/organization.entity';

/** Units, centers, committees, agencies, slots and postings. */
@Module({
  imports: [TypeOrmModule.forFeature(ORGANIZATION_ENTITIES)],
  providers: [Organizations],
  exports: [Organizations],
})
export class OrganizationsModule {}
