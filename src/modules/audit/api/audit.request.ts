import { Instant, PageQuery, Text, Uuid } from '../../../platform/http';

export class SearchAuditQuery extends PageQuery {
  @Instant({ label: '起始时间', optional: true, example: '2026-11-01T00:00:00+08:00' })
  from?: string;

  @Instant({ label: '截止时间', optional: true, example: '2026-12-01T00:00:00+08:00' })
  to?: string;

  @Uuid({ label: '操作人', optional: true })
  actorId?: string;

  @Text({
    label: '操作',
    max: 100,
    optional: true,
    example: 'disputes.',
    description: '操作代码或其开头',
    pattern: /^[a-z.-]+$/,
  })
  act?: string;

  @Uuid({ label: '事项', optional: true })
  disputeId?: string;
}
