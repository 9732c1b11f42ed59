import { Shows } from '../../../platform/http';
import { HAND_OVER_STATES } from '../domain/dictionaries';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-09-21T01:00:00.000Z';
const INSTANT_OR_NULL = { type: String, nullable: true, example: AT } as const;

class HandOverOverrideResponse {
  @Shows('移交人的情形', { example: '重病' })
  groundName!: string;

  @Shows('说明', { example: '突发疾病住院，短期内不能到岗。' })
  reason!: string;

  @Shows('批准人', { example: '卫主任' })
  byName!: string;

  @Shows('批准时间', { example: AT })
  at!: string;
}

class HandOverResponse {
  @Shows('交接标识', { example: ID })
  id!: string;

  @Shows('综治中心', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('移交人', { example: '刘调解' })
  leaverName!: string;

  @Shows('接任人', { example: '何调解' })
  successorName!: string;

  @Shows('离任日期', { example: '2026-10-01' })
  leavesOn!: string;

  @Shows('交接事由', { example: '轮驻期满，回原单位工作' })
  reason!: string;

  @Shows('状态', { values: HAND_OVER_STATES, example: 'open' })
  state!: string;

  @Shows('状态名称', { example: '待签' })
  stateName!: string;

  @Shows('事项件数', { example: 3 })
  matterCount!: number;

  @Shows('清单生成时间', { example: AT })
  packedAt!: string;

  @Shows('办理人', { example: '孙值班' })
  madeByName!: string;

  @Shows('移交人签署时间', INSTANT_OR_NULL)
  leaverSignedAt!: string | null;

  @Shows('接任人签署时间', INSTANT_OR_NULL)
  successorSignedAt!: string | null;

  @Shows('移交人不能签，批准由接任人单方签收的', { type: HandOverOverrideResponse, nullable: true })
  excuse!: HandOverOverrideResponse | null;

  @Shows('办结时间', INSTANT_OR_NULL)
  doneAt!: string | null;

  @Shows('取消理由', { type: String, nullable: true, example: null })
  cancelReason!: string | null;

  @Shows('等您签署', { example: true })
  waitsForMe!: boolean;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['hand-overs.sign'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

class HandOverMatterResponse {
  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  number!: string;

  @Shows('事项', { example: '楼上漏水赔偿' })
  title!: string;

  @Shows('移交人在案的身份', { type: String, isArray: true, example: ['调解主持人', '承办人'] })
  dutyNames!: string[];

  @Shows('进度、下一步、在走的时限、吹哨、调解会、待履行', {
    type: String,
    isArray: true,
    example: ['进度：办理中', '下一步：请安排调解'],
  })
  standing!: string[];

  @Shows('移交结果', { type: String, nullable: true, example: null })
  outcomeName!: string | null;
}

export class HandOverDetailResponse extends HandOverResponse {
  @Shows('事项以外要交代的', { type: String, isArray: true, example: [] })
  beside!: string[];

  @Shows('逐件清单', { type: HandOverMatterResponse, isArray: true })
  matters!: HandOverMatterResponse[];
}

export class HandOversResponse {
  @Shows('交接，待签的在前', { type: HandOverResponse, isArray: true })
  items!: HandOverResponse[];

  @Shows('移交人没有签而办结的份数', { example: 0 })
  overridden!: number;
}

export class HandOverActResponse {
  @Shows('交接标识', { example: ID })
  id!: string;

  @Shows('状态', { values: HAND_OVER_STATES, example: 'open' })
  state!: string;

  @Shows('状态名称', { example: '待签' })
  stateName!: string;

  @Shows('版本号', { example: 2 })
  version!: number;
}
