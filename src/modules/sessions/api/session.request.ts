import { Day, Instant, ListOf, OneOf, PageQuery, Text, TextList, Uuid, UuidList, Flag } from '../../../platform/http';
import {
  CONFIRMATIONS,
  type Confirmation,
  ENTRY_KINDS,
  type EntryKind,
  PUBLICITIES,
  type Publicity,
  RINGS,
  type Ring,
  SESSION_MODES,
  SESSION_RESULTS,
  type SessionMode,
  type SessionResult,
} from '../domain/dictionaries';

const CALENDAR_SCOPES = { mine: '我参加的', center: '我能看到的全部' } as const;

export class GuestsRequest {
  @UuidList({ label: '与会当事人', max: 200, optional: true })
  partyIds?: string[];

  @UuidList({ label: '与会代理人、代表人', max: 50, optional: true })
  representativeIds?: string[];

  @UuidList({ label: '调解员', max: 10, optional: true, description: '人员账号' })
  mediatorIds?: string[];

  @Uuid({ label: '记录人', optional: true, description: '人员账号' })
  recorderId?: string;

  @UuidList({ label: '受邀参与人', max: 30, optional: true, description: '须各方当事人同意（人民调解法第二十条）' })
  participantIds?: string[];

  @UuidList({ label: '联动单位', max: 20, optional: true })
  agencyIds?: string[];
}

export class PlanSessionRequest extends GuestsRequest {
  @Instant({ label: '开始时间', example: '2026-11-20T09:00:00+08:00' })
  startsAt!: string;

  @Instant({ label: '结束时间', example: '2026-11-20T12:00:00+08:00' })
  endsAt!: string;

  @OneOf({ label: '调解方式', values: SESSION_MODES, example: 'on-site' })
  mode!: SessionMode;

  @Uuid({ label: '场所', optional: true, description: '中心的庭、室；电话、视频、上门调解可不填' })
  slotId?: string;

  @Text({ label: '地点', max: 200, optional: true, example: '综治中心第二调解室' })
  place?: string;
}

export class RescheduleRequest {
  @Instant({ label: '新的开始时间', example: '2026-11-21T09:00:00+08:00' })
  startsAt!: string;

  @Instant({ label: '新的结束时间', example: '2026-11-21T12:00:00+08:00' })
  endsAt!: string;

  @OneOf({ label: '调解方式', values: SESSION_MODES, optional: true, example: 'on-site' })
  mode?: SessionMode;

  @Uuid({ label: '场所', optional: true })
  slotId?: string;

  @Text({ label: '地点', max: 200, optional: true, example: '综治中心第三调解室' })
  place?: string;

  @Text({ label: '改期原因', max: 500, example: '一方当事人因病请求改期' })
  reason!: string;
}

export class SessionReasonRequest {
  @Text({ label: '原因', max: 500, example: '各方已自行商定另行约时间' })
  reason!: string;
}

export class RemoveInviteeRequest extends SessionReasonRequest {
  @Uuid({ label: '与会人员' })
  inviteeId!: string;
}

class PublicityChoiceRequest {
  @Uuid({ label: '当事人' })
  partyId!: string;

  @OneOf({ label: '选择', values: PUBLICITIES, example: 'non-public' })
  choice!: Publicity;

  @Instant({ label: '表示的时间', optional: true, example: '2026-11-19T09:00:00+08:00' })
  givenAt?: string;
}

export class ChoosePublicityRequest {
  @ListOf(() => PublicityChoiceRequest, {
    label: '各方的选择',
    min: 1,
    max: 200,
    example: [{ partyId: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718', choice: 'non-public' }],
  })
  choices!: PublicityChoiceRequest[];
}

export class StartSessionRequest {
  @Instant({ label: '实际开始时间', optional: true, description: '不填为现在', example: '2026-11-20T09:05:00+08:00' })
  startedAt?: string;
}

export class EndSessionRequest {
  @Instant({ label: '实际结束时间', optional: true, description: '不填为现在', example: '2026-11-20T12:10:00+08:00' })
  endedAt?: string;
}

class AttendanceEntryRequest {
  @Uuid({ label: '与会人员' })
  inviteeId!: string;

  @Flag({ label: '现在到场', optional: true, description: '到场时间为现在', example: true })
  isHere?: boolean;

  @Flag({ label: '现在离场', optional: true, description: '离场时间为现在，到场时间不变', example: false })
  isLeaving?: boolean;

  @Instant({ label: '到场时间', optional: true, example: '2026-11-20T08:55:00+08:00' })
  arrivedAt?: string;

  @Instant({ label: '离场时间', optional: true, description: '中途离场的填写', example: '2026-11-20T11:00:00+08:00' })
  leftAt?: string;

  @Text({ label: '缺席原因', max: 300, optional: true, example: '因病住院' })
  absentReason?: string;
}

export class NoteAttendanceRequest {
  @ListOf(() => AttendanceEntryRequest, {
    label: '到场情况',
    min: 1,
    max: 200,
    example: [{ inviteeId: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718', isHere: true }],
  })
  attendance!: AttendanceEntryRequest[];
}

class EntryRequest {
  @OneOf({ label: '可见范围', values: RINGS, description: '先选范围，再写内容', example: 'parties' })
  ring!: Ring;

  @OneOf({ label: '类别', values: ENTRY_KINDS, example: 'statement' })
  kind!: EntryKind;

  @Uuid({ label: '说话的与会人员', optional: true })
  inviteeId?: string;

  @Text({ label: '说话的人', max: 100, optional: true, description: '不在与会人员名单中的填写', example: '李建国' })
  speaker?: string;

  @Text({ label: '内容', max: 5000, multiline: true, example: '房屋是父母留下的，希望平均分配。' })
  text!: string;
}

export class WriteEntriesRequest {
  @ListOf(() => EntryRequest, {
    label: '笔录',
    min: 1,
    max: 200,
    example: [{ ring: 'parties', kind: 'statement', speaker: '李建国', text: '房屋是父母留下的，希望平均分配。' }],
  })
  entries!: EntryRequest[];
}

export class ReviseEntryRequest {
  @Text({
    label: '更正后的内容',
    max: 5000,
    multiline: true,
    optional: true,
    example: '房屋是父母留下的，希望六人平均分配。',
  })
  text?: string;

  @Flag({ label: '是否划去', optional: true, example: false })
  isStruck?: boolean;

  @OneOf({ label: '缩小后的可见范围', values: RINGS, optional: true, example: 'mediator' })
  ring?: Ring;
}

export class StateFactsRequest {
  @TextList({ label: '无争议事实', min: 1, max: 50, maxEach: 1000, example: ['房屋系父母共同财产，父母均未立遗嘱。'] })
  facts!: string[];
}

export class NoteConcessionRequest {
  @OneOf({ label: '可见范围', values: RINGS, optional: true, description: '不填为仅调解员可见', example: 'mediator' })
  ring?: Ring;

  @Uuid({ label: '作出让步的与会人员', optional: true })
  inviteeId?: string;

  @Text({ label: '作出让步的人', max: 100, optional: true, example: '李建国' })
  madeBy?: string;

  @Text({ label: '让步内容', max: 5000, multiline: true, example: '愿意少分一成，只要今年内付清。' })
  text!: string;
}

export class RecordResultRequest {
  @OneOf({ label: '调解结果', values: SESSION_RESULTS, example: 'agreed' })
  result!: SessionResult;

  @Instant({
    label: '下次调解时间',
    optional: true,
    description: '有待继续调解时填写',
    example: '2026-11-27T09:00:00+08:00',
  })
  nextAt?: string;
}

class ConfirmationEntryRequest {
  @Uuid({ label: '与会人员' })
  inviteeId!: string;

  @OneOf({ label: '核对方式', values: CONFIRMATIONS, example: 'read' })
  method!: Confirmation;

  @Text({
    label: '说明',
    max: 300,
    optional: true,
    description: '念给当事人听的写见证人，拒绝的写原因',
    example: '见证人社区工作人员云娜',
  })
  note?: string;
}

export class ConfirmSessionRequest {
  @ListOf(() => ConfirmationEntryRequest, {
    label: '核对情况',
    max: 200,
    example: [{ inviteeId: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718', method: 'read' }],
  })
  confirmations!: ConfirmationEntryRequest[];
}

export class CalendarQuery extends PageQuery {
  @Day({ label: '起始日期', example: '2026-11-16' })
  from!: string;

  @Day({ label: '截止日期', description: '含当日，最多六十二天', example: '2026-11-22' })
  to!: string;

  @OneOf({ label: '范围', values: CALENDAR_SCOPES, optional: true, description: '不填为我参加的', example: 'mine' })
  scope?: keyof typeof CALENDAR_SCOPES;

  @Uuid({ label: '综治中心', optional: true })
  centerId?: string;

  @Uuid({ label: '调解员或记录人', optional: true, description: '人员账号；只看有此人参加的' })
  accountId?: string;

  @Uuid({ label: '场所', optional: true })
  roomId?: string;
}
