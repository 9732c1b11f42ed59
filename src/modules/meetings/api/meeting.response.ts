import { Shows } from '../../../platform/http';
import { DECISION_RULES, DECISIONS, UNIT_ROLES, VOTES } from '../domain/dictionaries';
import { MEETING_STATES } from '../domain/meeting-lifecycle';
import { MEETING_TASK_STATES } from '../domain/task-lifecycle';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-10-09T01:30:00.000Z';

export class MeetingActResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('状态', { values: MEETING_STATES, example: 'called' })
  state!: string;

  @Shows('状态名称', { example: '已召集' })
  stateName!: string;

  @Shows('版本', { example: 2 })
  version!: number;
}

export class MeetingTaskActResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('状态', { values: MEETING_TASK_STATES, example: 'answered' })
  state!: string;

  @Shows('状态名称', { example: '已报结果' })
  stateName!: string;

  @Shows('版本', { example: 2 })
  version!: number;
}

export class MeetingCodeResponse {
  @Shows('签到码', { example: '7K3MQ2PX9TRB' })
  code!: string;

  @Shows('有效至', { example: AT })
  expiresAt!: string;

  @Shows('签到二维码（SVG）', { example: '<svg xmlns="http://www.w3.org/2000/svg"></svg>' })
  qrCode!: string;
}

export class MeetingUnitResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('单位', { example: '新城区住房和城乡建设局' })
  name!: string;

  @Shows('分工', { values: UNIT_ROLES, example: 'lead' })
  role!: string;

  @Shows('分工名称', { example: '主办' })
  roleName!: string;

  @Shows('是否本单位', { example: false })
  isOwn!: boolean;

  @Shows('通知参会人员', { type: String, nullable: true, example: '高志远' })
  personName!: string | null;

  @Shows('签到时间', { type: String, nullable: true, example: AT })
  arrivedAt!: string | null;

  @Shows('到会人员', { type: String, nullable: true, example: '高志远' })
  arrivedPerson!: string | null;

  @Shows('职级', { type: String, nullable: true, example: '科室负责人' })
  arrivedRankName!: string | null;

  @Shows('扫码签到；否为经办人登记', { type: Boolean, nullable: true, example: true })
  arrivedByCode!: boolean | null;

  @Shows('保留意见', { type: String, nullable: true, example: null })
  reservation!: string | null;

  @Shows('提出保留意见的时间', { type: String, nullable: true, example: null })
  reservedAt!: string | null;
}

export class MeetingVoiceResponse {
  @Shows('单位', { example: '新城区住房和城乡建设局' })
  unitName!: string;

  @Shows('表态', { values: VOTES, type: String, nullable: true, example: 'for' })
  vote!: string | null;

  @Shows('表态名称', { type: String, nullable: true, example: '同意' })
  voteName!: string | null;

  @Shows('意见', { type: String, nullable: true, example: '同意接管，一月底前完成移交。' })
  words!: string | null;

  @Shows('记录人', { example: '王敏' })
  recordedByName!: string;
}

export class MeetingItemResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('序号', { example: 1 })
  ordinal!: number;

  @Shows('议题', { example: '泵房由谁接管' })
  subject!: string;

  @Shows('表态统计', { type: String, nullable: true, example: '同意2家，到会有表决权的2家' })
  votes!: string | null;

  @Shows('议定结果', { values: DECISIONS, type: String, nullable: true, example: 'adopted' })
  decision!: string | null;

  @Shows('议定结果名称', { type: String, nullable: true, example: '通过' })
  decisionName!: string | null;

  @Shows('议定内容', { type: String, nullable: true, example: '一月底前移交供水企业。' })
  decisionWords!: string | null;

  @Shows('议决办法', { type: String, nullable: true, example: '过半数同意' })
  ruleName!: string | null;

  @Shows('各单位的意见', { type: MeetingVoiceResponse, isArray: true })
  voices!: MeetingVoiceResponse[];
}

export class MeetingTaskFileResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('文件名', { example: '移交清单.pdf' })
  fileName!: string;
}

export class UploadedProofResponse extends MeetingTaskFileResponse {
  @Shows('类型', { example: 'application/pdf' })
  mediaType!: string;

  @Shows('字节数', { example: 20480 })
  sizeBytes!: number;
}

export class MeetingTaskResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('会商', { example: ID })
  meetingId!: string;

  @Shows('序号', { example: 1 })
  ordinal!: number;

  @Shows('责任单位', { example: '新城区住房和城乡建设局' })
  unitName!: string;

  @Shows('责任人', { example: '高志远' })
  personName!: string;

  @Shows('任务', { example: '办理泵房移交手续。' })
  what!: string;

  @Shows('完成期限（含当日）', { example: '2026-10-20' })
  dueOn!: string;

  @Shows('状态', { values: MEETING_TASK_STATES, example: 'open' })
  state!: string;

  @Shows('状态名称', { example: '办理中' })
  stateName!: string;

  @Shows('灯', { enum: ['red', 'yellow', 'green'], type: String, nullable: true, example: 'green' })
  light!: string | null;

  @Shows('灯的名称', { type: String, nullable: true, example: '正常' })
  lightName!: string | null;

  @Shows('完成情况', { type: String, nullable: true, example: null })
  answer!: string | null;

  @Shows('报告人', { type: String, nullable: true, example: null })
  answeredByName!: string | null;

  @Shows('报告时间', { type: String, nullable: true, example: null })
  answeredAt!: string | null;

  @Shows('上次退回的理由', { type: String, nullable: true, example: null })
  returnReason!: string | null;

  @Shows('催办次数', { example: 0 })
  urgings!: number;

  @Shows('最近一次催办', { type: String, nullable: true, example: null })
  lastUrgedAt!: string | null;

  @Shows('核对意见或撤销理由', { type: String, nullable: true, example: null })
  endingWords!: string | null;

  @Shows('证明材料', { type: MeetingTaskFileResponse, isArray: true })
  files!: MeetingTaskFileResponse[];

  @Shows('可办理的操作', { type: [String], example: ['meeting-tasks.answer'] })
  allowedActs!: string[];

  @Shows('版本', { example: 1 })
  version!: number;
}

export class MeetingResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('事项；部门查看时为空', { type: String, nullable: true, example: ID })
  disputeId!: string | null;

  @Shows('第几次会商', { example: 1 })
  ordinal!: number;

  @Shows('会商事项', { example: '新玉小区三至七号楼长期水压不足，研究泵房移交和临时供水。' })
  topic!: string;

  @Shows('地点', { example: '新城区综治中心二号会议室' })
  place!: string;

  @Shows('时间', { example: AT })
  meetAt!: string;

  @Shows('议决办法', { values: DECISION_RULES, example: 'majority' })
  rule!: string;

  @Shows('议决办法名称', { example: '过半数同意' })
  ruleName!: string;

  @Shows('主持人', { example: '赵研判' })
  chairName!: string;

  @Shows('记录人', { type: String, nullable: true, example: '王敏' })
  recorderName!: string | null;

  @Shows('召集人', { example: '赵研判' })
  calledByName!: string;

  @Shows('状态', { values: MEETING_STATES, example: 'sitting' })
  state!: string;

  @Shows('状态名称', { example: '开会中' })
  stateName!: string;

  @Shows('会议议定事项', { type: String, nullable: true, example: null })
  conclusion!: string | null;

  @Shows('取消原因', { type: String, nullable: true, example: null })
  cancelReason!: string | null;

  @Shows('纪要确认时间', { type: String, nullable: true, example: null })
  confirmedAt!: string | null;

  @Shows('提出保留意见的截止时间', { type: String, nullable: true, example: null })
  reservationsUntil!: string | null;

  @Shows('参会单位', { type: MeetingUnitResponse, isArray: true })
  units!: MeetingUnitResponse[];

  @Shows('议程', { type: MeetingItemResponse, isArray: true })
  items!: MeetingItemResponse[];

  @Shows('任务', { type: MeetingTaskResponse, isArray: true })
  tasks!: MeetingTaskResponse[];

  @Shows('可办理的操作', { type: [String], example: ['meetings.record-voice'] })
  allowedActs!: string[];

  @Shows('版本', { example: 3 })
  version!: number;
}

export class MeetingsOfMatterResponse {
  @Shows('会商', { type: MeetingResponse, isArray: true })
  items!: MeetingResponse[];

  @Shows('可办理的操作', { type: [String], example: ['meetings.call'] })
  allowedActs!: string[];
}

export class OwnMeetingLineResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('会商事项', { example: '新玉小区三至七号楼长期水压不足，研究泵房移交和临时供水。' })
  topic!: string;

  @Shows('地点', { example: '新城区综治中心二号会议室' })
  place!: string;

  @Shows('时间', { example: AT })
  meetAt!: string;

  @Shows('主持人', { example: '赵研判' })
  chairName!: string;

  @Shows('状态', { values: MEETING_STATES, example: 'called' })
  state!: string;

  @Shows('状态名称', { example: '已召集' })
  stateName!: string;
}

export class OwnMeetingsResponse {
  @Shows('会商', { type: OwnMeetingLineResponse, isArray: true })
  items!: OwnMeetingLineResponse[];

  @Shows('没有了结的任务，最先到期的在前', { type: MeetingTaskResponse, isArray: true })
  tasks!: MeetingTaskResponse[];

  @Shows('下一页的翻页标记', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}
