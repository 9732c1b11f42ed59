import { Shows } from '../../../platform/http';
import {
  CONFIRMATIONS,
  INTERVIEWEE_KINDS,
  INVESTIGATION_ENTRY_KINDS,
  INVESTIGATION_MODES,
  RINGS,
} from '../domain/dictionaries';
import { INVESTIGATION_STATES, type InvestigationState } from '../domain/investigation-lifecycle';
import { BlockedActResponse, WritableRingResponse } from './ring.response';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class InvestigationStandingResponse {
  @Shows('调查记录标识', { example: ID })
  id!: string;

  @Shows('编号，按事项连续', { example: 1 })
  number!: number;

  @Shows('第几版', { example: 1 })
  revision!: number;

  @Shows('状态', { values: INVESTIGATION_STATES, example: 'draft' })
  state!: InvestigationState;

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class WrittenInvestigationResponse extends InvestigationStandingResponse {
  @Shows('激化苗头提示词；有的，请立即报告（人民调解法第二十五条）', { type: String, isArray: true, example: [] })
  cues!: string[];
}

export class InvestigationListedResponse extends InvestigationStandingResponse {
  @Shows('被更正或缩小范围的旧记录', { type: String, nullable: true, example: null })
  supersedesId!: string | null;

  @Shows('可见范围', { values: RINGS, example: 'mediator' })
  ring!: string;

  @Shows('可见范围名称', { example: '仅调解员可见' })
  ringName!: string;

  @Shows('状态名称', { example: '记录中' })
  stateName!: string;

  @Shows('调查方式', { values: INVESTIGATION_MODES, example: 'home-visit' })
  mode!: string;

  @Shows('调查方式名称', { example: '上门' })
  modeName!: string;

  @Shows('被调查人类别', { values: INTERVIEWEE_KINDS, example: 'party' })
  intervieweeKind!: string;

  @Shows('被调查人类别名称', { example: '当事人' })
  intervieweeKindName!: string;

  @Shows('当事人', { type: String, nullable: true, example: ID })
  partyId!: string | null;

  @Shows('被调查人姓名', { example: '李建国' })
  intervieweeName!: string;

  @Shows('开始时间', { example: '2026-11-10T01:30:00.000Z' })
  startedAt!: string;

  @Shows('结束时间', { type: String, nullable: true, example: null })
  endedAt!: string | null;

  @Shows('地点', { example: '被调查人家中' })
  place!: string;
}

class InvestigationEntryResponse {
  @Shows('类别', { values: INVESTIGATION_ENTRY_KINDS, example: 'question' })
  kind!: string;

  @Shows('说话的人', { example: '刘调解' })
  speaker!: string;

  @Shows('内容', { example: '请说明房屋的来历。' })
  text!: string;
}

export class InvestigationResponse extends InvestigationListedResponse {
  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('更正、缩小范围或作废的原因', { type: String, nullable: true, example: null })
  reason!: string | null;

  @Shows('与本纠纷的关系', { example: '当事人' })
  relation!: string;

  @Shows('调查人', { type: String, isArray: true, example: ['刘调解'] })
  investigatorNames!: string[];

  @Shows('记录人', { example: '郑记录' })
  recorderName!: string;

  @Shows('翻译', { type: String, nullable: true, example: null })
  interpreterName!: string | null;

  @Shows('在场人', { type: String, isArray: true, example: ['社区网格员赵国平'] })
  present!: string[];

  @Shows('问答', { type: [InvestigationEntryResponse] })
  entries!: readonly InvestigationEntryResponse[];

  @Shows('核对方式', { type: String, nullable: true, values: CONFIRMATIONS, example: null })
  confirmation!: string | null;

  @Shows('核对人', { type: String, nullable: true, example: null })
  confirmedByName!: string | null;

  @Shows('核对说明', { type: String, nullable: true, example: null })
  confirmationNote!: string | null;

  @Shows('核对时间', { type: String, nullable: true, example: null })
  confirmedAt!: string | null;

  @Shows('事项名称', { example: '李家六兄妹遗产纠纷' })
  title!: string;

  @Shows('案号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  caseNumber!: string | null;

  @Shows('谁能看到', { example: '只有本事项的调解员、记录人能看到，不印入文书，不导出，检索不到。' })
  ringReaders!: string;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['investigations.write'] })
  allowedActs!: string[];

  @Shows('您的岗位可以办理、但还缺条件的事项', { type: [BlockedActResponse] })
  blockedActs!: BlockedActResponse[];
}

export class InvestigationsResponse {
  @Shows('调查记录，按编号和版本', { type: [InvestigationListedResponse] })
  items!: InvestigationListedResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['investigations.open'] })
  allowedActs!: string[];

  @Shows('您可以选择的可见范围', { type: [WritableRingResponse] })
  writableRings!: WritableRingResponse[];
}
