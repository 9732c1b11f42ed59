import { Shows } from '../../../platform/http';
import { DISPUTE_TYPES } from '../domain/dictionaries';
import { DuplicateCandidateResponse } from './dispute.response';

export class HintedDuplicateResponse extends DuplicateCandidateResponse {
  @Shows('状态名称', { example: '办理中' })
  stateName!: string;

  @Shows('疑似理由名称', { type: String, isArray: true, example: ['同一地点近期又有反映'] })
  reasonNames!: string[];
}

export class IntakeHintsResponse {
  @Shows('激化苗头提示词', { type: String, isArray: true, example: [] })
  cues!: string[];

  @Shows('激化提示', { type: String, nullable: true, example: null })
  prompt!: string | null;

  @Shows('疑似重复的事项', { type: HintedDuplicateResponse, isArray: true })
  possibleDuplicates!: HintedDuplicateResponse[];

  @Shows('建议的事项名称', { type: String, nullable: true, example: '李建国与张伟噪声纠纷' })
  suggestedTitle!: string | null;
}

export class IntakePlaceResponse {
  @Shows('综治中心', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  centerId!: string;

  @Shows('综治中心名称', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('经办网格；在中心登记的为空', { type: String, nullable: true, example: null })
  handlingUnitId!: string | null;

  @Shows('经办网格名称', { type: String, nullable: true, example: null })
  handlingUnitName!: string | null;
}

export class IntakePlacesResponse {
  @Shows('可以登记的地方，由近到远', { type: IntakePlaceResponse, isArray: true })
  items!: IntakePlaceResponse[];
}

export class NoticeMaterialResponse {
  @Shows('材料名称', { example: '有效身份证件' })
  name!: string;

  @Shows('份数和形式', { example: '复印件1份，核对原件' })
  form!: string;

  @Shows('说明', { type: String, nullable: true, example: null })
  note!: string | null;
}

export class NoticeGroupResponse {
  @Shows('适用于', { example: '个人' })
  name!: string;

  @Shows('材料', { type: NoticeMaterialResponse, isArray: true })
  materials!: NoticeMaterialResponse[];
}

export class NoticePresetResponse {
  @Shows('纠纷类型', { type: String, nullable: true, values: DISPUTE_TYPES, example: 'neighbor.noise' })
  disputeType!: string | null;

  @Shows('可列入告知单的材料', { type: NoticeGroupResponse, isArray: true })
  groups!: NoticeGroupResponse[];

  @Shows('建议补齐日期', { example: '2026-11-27' })
  suggestedDueOn!: string;

  @Shows('办理地点和时间', { example: '新城区综治中心（海拉尔东路1号）综合受理窗口，工作日' })
  office!: string;
}
