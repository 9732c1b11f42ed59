import { Shows } from '../../../platform/http';
import { CHANNELS } from '../domain/dictionaries';
import { MATTER_STATES, type MatterState } from '../domain/matter-lifecycle';
import { MEDIATION_STATES, type MediationState } from '../domain/mediation-lifecycle';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class RegisteredDisputeResponse {
  @Shows('事项标识', { example: ID })
  id!: string;

  @Shows('登记编号，印在回执上', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('登记时间', { example: '2026-11-20T01:30:00.000Z' })
  registeredAt!: string;

  @Shows('状态', { enum: Object.keys(MATTER_STATES), example: 'registered' })
  state!: MatterState;

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class DisputeResponse {
  @Shows('事项标识', { example: ID })
  id!: string;

  @Shows('登记中心', { example: ID })
  centerId!: string;

  @Shows('登记编号', { example: '新城综治登字〔2026〕12号' })
  registrationNumber!: string;

  @Shows('案号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  caseNumber!: string | null;

  @Shows('来源渠道', { enum: Object.keys(CHANNELS), example: 'visit' })
  channel!: string;

  @Shows('上游编号', { type: String, nullable: true, example: null })
  upstreamNumber!: string | null;

  @Shows('事项名称', { example: '李家六兄妹遗产纠纷' })
  title!: string;

  @Shows('状态', { enum: Object.keys(MATTER_STATES), example: 'registered' })
  state!: MatterState;

  @Shows('状态名称', { example: '已登记' })
  stateName!: string;

  @Shows('调解状态', { type: String, nullable: true, enum: Object.keys(MEDIATION_STATES), example: null })
  mediationState!: MediationState | null;

  @Shows('调解状态名称', { type: String, nullable: true, example: null })
  mediationStateName!: string | null;

  @Shows('登记时间', { example: '2026-11-20T01:30:00.000Z' })
  registeredAt!: string;

  @Shows('受理时间', { type: String, nullable: true, example: null })
  acceptedAt!: string | null;

  @Shows('办结时间', { type: String, nullable: true, example: null })
  closedAt!: string | null;

  @Shows('纠纷简要情况；只见概要者为空', { type: String, nullable: true, example: '父母去世后，六名子女因遗产分配意见不一。' })
  narrative!: string | null;

  @Shows('申请事项', { type: String, nullable: true, example: null })
  requests!: string | null;

  @Shows('激化苗头提示词', { type: String, isArray: true, example: [] })
  cues!: string[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['disputes.triage'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}
