import { Shows } from '../../../platform/http';
import {
  CONFIRMATIONS,
  ENTRY_KINDS,
  INVITEE_KINDS,
  PUBLICITIES,
  RINGS,
  SESSION_MODES,
  SESSION_RESULTS,
} from '../domain/dictionaries';
import { SESSION_STATES, type SessionState } from '../domain/session-lifecycle';
import { BlockedActResponse, WritableRingResponse } from './ring.response';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:00:00.000Z';

export class SessionStandingResponse {
  @Shows('调解会标识', { example: ID })
  id!: string;

  @Shows('状态', { values: SESSION_STATES, example: 'planned' })
  state!: SessionState;

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class PublicityResponse extends SessionStandingResponse {
  @Shows('是否公开', { values: PUBLICITIES, example: 'non-public' })
  publicity!: string;

  @Shows('没有同意公开的当事人', { type: String, isArray: true, example: [ID] })
  missing!: string[];

  @Shows('不得公开的原因：sealed 事项已封存；minor 有未成年人', {
    type: String,
    nullable: true,
    values: { sealed: '事项已封存', minor: '涉及未成年人' },
    example: null,
  })
  heldBackBy!: string | null;
}

class WrittenEntryResponse {
  @Shows('笔录条目标识', { example: ID })
  id!: string;

  @Shows('序号', { example: 1 })
  ordinal!: number;
}

export class WrittenEntriesResponse extends SessionStandingResponse {
  @Shows('新写入的条目', { type: [WrittenEntryResponse] })
  entries!: WrittenEntryResponse[];

  @Shows('激化苗头提示词；有的，请立即报告（人民调解法第二十五条）', { type: String, isArray: true, example: [] })
  cues!: string[];
}

export class RevisedEntryResponse {
  @Shows('笔录条目标识', { example: ID })
  id!: string;

  @Shows('版本号', { example: 2 })
  version!: number;
}

export class StatedFactsResponse extends SessionStandingResponse {
  @Shows('新写入的无争议事实', { type: String, isArray: true, example: [ID] })
  factIds!: string[];
}

export class NotedConcessionResponse extends SessionStandingResponse {
  @Shows('让步标识', { example: ID })
  concessionId!: string;
}

class SessionPersonResponse {
  @Shows('类别', { values: INVITEE_KINDS, example: 'party' })
  kind!: string;

  @Shows('姓名或名称', { example: '李建国' })
  name!: string;

  @Shows('与会身份', { example: '当事人' })
  roleName!: string;
}

export class SessionListedResponse {
  @Shows('调解会标识', { example: ID })
  id!: string;

  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('事项名称', { example: '李家六兄妹遗产纠纷' })
  title!: string;

  @Shows('案号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  caseNumber!: string | null;

  @Shows('第几次调解', { example: 1 })
  ordinal!: number;

  @Shows('状态', { values: SESSION_STATES, example: 'planned' })
  state!: string;

  @Shows('状态名称', { example: '已安排' })
  stateName!: string;

  @Shows('调解方式', { values: SESSION_MODES, example: 'on-site' })
  mode!: string;

  @Shows('调解方式名称', { example: '现场' })
  modeName!: string;

  @Shows('安排的开始时间', { example: AT })
  startsAt!: string;

  @Shows('安排的结束时间', { example: '2026-11-20T04:00:00.000Z' })
  endsAt!: string;

  @Shows('场所标识', { type: String, nullable: true, example: null })
  slotId!: string | null;

  @Shows('场所名称', { type: String, nullable: true, example: '第二调解室' })
  roomName!: string | null;

  @Shows('地点', { example: '综治中心第二调解室' })
  place!: string;

  @Shows('与会人员；只见概要者为空', { type: [SessionPersonResponse] })
  people!: readonly SessionPersonResponse[];

  @Shows('是否公开', { values: PUBLICITIES, example: 'non-public' })
  publicity!: string;

  @Shows('是否公开的名称', { example: '不公开进行' })
  publicityName!: string;

  @Shows('调解结果', { type: String, nullable: true, values: SESSION_RESULTS, example: null })
  result!: string | null;

  @Shows('调解结果名称', { type: String, nullable: true, example: null })
  resultName!: string | null;

  @Shows('版本号', { example: 1 })
  version!: number;
}

class MatterSessionResponse extends SessionListedResponse {
  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['sessions.start'] })
  allowedActs!: string[];
}

export class MatterSessionsResponse {
  @Shows('调解会，按次序', { type: [MatterSessionResponse] })
  items!: MatterSessionResponse[];

  @Shows('您现在可以在本事项办理的事项', { type: String, isArray: true, example: ['sessions.plan'] })
  allowedActs!: string[];

  @Shows('您可以查看的', { type: String, isArray: true, example: ['preparation.read'] })
  readingActs!: string[];
}

export class CalendarPageResponse {
  @Shows('调解会', { type: [SessionListedResponse] })
  items!: SessionListedResponse[];

  @Shows('下一页的翻页标记；没有下一页时为空', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

class InviteeResponse {
  @Shows('与会人员标识', { example: ID })
  id!: string;

  @Shows('类别', {
    values: {
      party: '当事人',
      representative: '代理人',
      mediator: '调解员',
      recorder: '记录人',
      participant: '受邀参与人',
      agency: '部门',
    },
    example: 'party',
  })
  kind!: string;

  @Shows('当事人，或所代理的当事人', { type: String, nullable: true, example: ID })
  partyId!: string | null;

  @Shows('代理人', { type: String, nullable: true, example: null })
  representativeId!: string | null;

  @Shows('受邀参与人', { type: String, nullable: true, example: null })
  participantId!: string | null;

  @Shows('调解员或记录人的账号', { type: String, nullable: true, example: null })
  accountId!: string | null;

  @Shows('联动单位', { type: String, nullable: true, example: null })
  agencyId!: string | null;

  @Shows('类别名称', { example: '当事人' })
  kindName!: string;

  @Shows('姓名或名称', { example: '李建国' })
  name!: string;

  @Shows('与会身份', { example: '当事人' })
  roleName!: string;

  @Shows('到场时间', { type: String, nullable: true, example: AT })
  arrivedAt!: string | null;

  @Shows('离场时间', { type: String, nullable: true, example: null })
  leftAt!: string | null;

  @Shows('缺席原因', { type: String, nullable: true, example: null })
  absentReason!: string | null;

  @Shows('是否应核对记录：到场的当事人、代理人', { example: true })
  owesConfirmation!: boolean;

  @Shows('核对方式', { type: String, nullable: true, values: CONFIRMATIONS, example: 'read' })
  confirmation!: string | null;

  @Shows('核对方式名称', { type: String, nullable: true, example: '看过' })
  confirmationName!: string | null;

  @Shows('核对时间', { type: String, nullable: true, example: AT })
  confirmedAt!: string | null;

  @Shows('核对说明', { type: String, nullable: true, example: null })
  confirmationNote!: string | null;
}

class PublicityChoiceResponse {
  @Shows('当事人', { example: ID })
  partyId!: string;

  @Shows('选择', { values: PUBLICITIES, example: 'non-public' })
  choice!: string;

  @Shows('选择的名称', { example: '不公开进行' })
  choiceName!: string;
}

class EntryResponse {
  @Shows('笔录条目标识', { example: ID })
  id!: string;

  @Shows('序号', { example: 1 })
  ordinal!: number;

  @Shows('可见范围', { values: RINGS, example: 'parties' })
  ring!: string;

  @Shows('可见范围名称', { example: '各方可见' })
  ringName!: string;

  @Shows('类别', { values: ENTRY_KINDS, example: 'statement' })
  kind!: string;

  @Shows('类别名称', { example: '陈述' })
  kindName!: string;

  @Shows('说话的与会人员', { type: String, nullable: true, example: ID })
  inviteeId!: string | null;

  @Shows('说话的人', { example: '李建国' })
  speaker!: string;

  @Shows('内容', { example: '房屋是父母留下的，希望平均分配。' })
  text!: string;

  @Shows('写入时间', { example: AT })
  writtenAt!: string;

  @Shows('更正时间', { type: String, nullable: true, example: null })
  revisedAt!: string | null;

  @Shows('划去时间', { type: String, nullable: true, example: null })
  struckAt!: string | null;

  @Shows('版本号', { example: 1 })
  version!: number;
}

class FactResponse {
  @Shows('无争议事实标识', { example: ID })
  id!: string;

  @Shows('序号', { example: 1 })
  ordinal!: number;

  @Shows('事实', { example: '房屋系父母共同财产，父母均未立遗嘱。' })
  text!: string;

  @Shows('撤下时间', { type: String, nullable: true, example: null })
  retractedAt!: string | null;
}

export class SessionResponse extends SessionListedResponse {
  @Shows('实际开始时间', { type: String, nullable: true, example: AT })
  startedAt!: string | null;

  @Shows('实际结束时间', { type: String, nullable: true, example: null })
  endedAt!: string | null;

  @Shows('下次调解时间', { type: String, nullable: true, example: null })
  nextAt!: string | null;

  @Shows('记录结果的时间', { type: String, nullable: true, example: null })
  recordedAt!: string | null;

  @Shows('各方核对的时间', { type: String, nullable: true, example: null })
  confirmedAt!: string | null;

  @Shows('取消时间', { type: String, nullable: true, example: null })
  cancelledAt!: string | null;

  @Shows('与会人员；只见概要者为空', { type: [InviteeResponse] })
  invitees!: InviteeResponse[];

  @Shows('各方对是否公开的最近选择', { type: [PublicityChoiceResponse] })
  publicityChoices!: PublicityChoiceResponse[];

  @Shows('笔录中您可以看到的条目', { type: [EntryResponse] })
  entries!: EntryResponse[];

  @Shows('无争议事实', { type: [FactResponse] })
  undisputedFacts!: FactResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['sessions.start'] })
  allowedActs!: string[];

  @Shows('您可以查看、导出的', { type: String, isArray: true, example: ['sessions.read-concessions'] })
  readingActs!: string[];

  @Shows('您的岗位可以办理、但还缺条件的事项', { type: [BlockedActResponse] })
  blockedActs!: BlockedActResponse[];

  @Shows('您可以选择的可见范围', { type: [WritableRingResponse] })
  writableRings!: WritableRingResponse[];
}

export class ConcessionResponse {
  @Shows('让步标识', { example: ID })
  id!: string;

  @Shows('可见范围', { values: RINGS, example: 'mediator' })
  ring!: string;

  @Shows('可见范围名称', { example: '仅调解员可见' })
  ringName!: string;

  @Shows('作出让步的与会人员', { type: String, nullable: true, example: null })
  inviteeId!: string | null;

  @Shows('作出让步的人', { example: '李建国' })
  madeBy!: string;

  @Shows('让步内容', { example: '愿意少分一成，只要今年内付清。' })
  text!: string;

  @Shows('记录时间', { example: AT })
  recordedAt!: string;
}
