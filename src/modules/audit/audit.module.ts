import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditController } from './api/audit.controller';
import { AuditAnchors } from './application/audit-anchors';
import { SearchAudit } from './application/search-audit';
import { VerifyAudit } from './application/verify-audit';
import { AuditEntryRow } from './persistence/audit-entry.entity';

/** Reading and proving the audit. Entries are written by the unit of work. */
@Module({
  imports: [TypeOrmModule.forFeature([AuditEntryRow])],
  controllers: [AuditController],
  providers: [AuditAnchors, SearchAudit, VerifyAudit],
})
export class AuditModule {}
