import { Shows } from '../../../platform/http';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class AuditEntryResponse {
  @Shows('日志链', { example: ID })
  chain!: string;

  @Shows('链内序号', { example: 12 })
  seq!: number;

  @Shows('时间', { example: '2026-11-20T01:30:00.000Z' })
  at!: string;

  @Shows('操作人类别', {
    values: { account: '账号', link: '当事人链接', system: '系统', anonymous: '未登录' },
    example: 'account',
  })
  actorKind!: string;

  @Shows('操作人', { type: String, nullable: true, example: ID })
  actorId!: string | null;

  @Shows('操作人姓名', { type: String, nullable: true, example: '王敏' })
  actorName!: string | null;

  @Shows('操作', { example: 'disputes.register' })
  act!: string;

  @Shows('对象类别', { example: 'dispute' })
  objectType!: string;

  @Shows('对象', { type: String, nullable: true, example: ID })
  objectId!: string | null;

  @Shows('所属事项', { type: String, nullable: true, example: ID })
  disputeId!: string | null;

  @Shows('细节，不含个人信息', { type: Object, example: { channel: 'visit' } })
  details!: Readonly<Record<string, unknown>>;
}

export class AuditPageResponse {
  @Shows('日志', { type: [AuditEntryResponse] })
  items!: AuditEntryResponse[];

  @Shows('下一页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

class ChainVerdictResponse {
  @Shows('日志链', { example: ID })
  chain!: string;

  @Shows('核对的条数', { example: 1280 })
  entries!: number;

  @Shows('问题', {
    type: String,
    nullable: true,
    values: {
      gap: '有缺号',
      'broken-link': '前后不相连',
      'changed-body': '内容被改动',
      'changed-columns': '字段被改动',
      'cut-tail': '末尾被截去',
    },
    example: null,
  })
  fault!: string | null;

  @Shows('首个问题的序号', { type: Number, nullable: true, example: null })
  seq!: number | null;

  @Shows('结论', { example: '完整' })
  message!: string;
}

export class AuditVerificationResponse {
  @Shows('核验时间', { example: '2026-11-20T01:30:00.000Z' })
  verifiedAt!: string;

  @Shows('是否完整', { example: true })
  isIntact!: boolean;

  @Shows('各链结论', { type: [ChainVerdictResponse] })
  chains!: ChainVerdictResponse[];
}
