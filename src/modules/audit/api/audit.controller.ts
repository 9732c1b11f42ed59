import '../policies';
import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { pageOf } from '../../../platform/http';
import { SearchAudit } from '../application/search-audit';
import { VerifyAudit } from '../application/verify-audit';
import { SearchAuditQuery } from './audit.request';
import { AuditPageResponse, AuditVerificationResponse } from './audit.response';

@ApiTags('操作日志')
@Controller()
export class AuditController {
  constructor(
    private readonly searchAudit: SearchAudit,
    private readonly verifyAudit: VerifyAudit,
  ) {}

  @Get('audit-entries')
  @Act('audit.search')
  @ApiOkResponse({ type: AuditPageResponse })
  async search(@Query() { limit = 50, ...question }: SearchAuditQuery): Promise<AuditPageResponse> {
    const rows = await this.searchAudit.execute({ ...question, limit });
    return pageOf(rows, limit, (row) => `${Date.parse(row.at)}_${row.chain}_${row.seq}`);
  }

  @Post('audit-verifications')
  @Act('audit.verify', { description: '逐条核对日志链，并与库外锚点比对；删除、改动、调换、截尾都会指出位置。' })
  @ApiCreatedResponse({ type: AuditVerificationResponse })
  async verify(): Promise<AuditVerificationResponse> {
    return this.verifyAudit.execute();
  }
}
