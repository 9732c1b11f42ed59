import { ROLE_NAMES, type Role, YELLOW_PARTS } from '../../../kernel';
import { Shows } from '../../../platform/http';
import {
  COMMITTEE_KINDS,
  ENGAGEMENTS,
  LIAISON_SLOTS,
  POSITIONS,
  RESIDENCIES,
  SLOT_KINDS,
  UNIT_KINDS,
} from '../domain/dictionaries';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const nullableText = (example: string | null): { type: typeof String; nullable: true; example: string | null } => ({
  type: String,
  nullable: true,
  example,
});

export class AddedResponse {
  @Shows('标识', { example: ID })
  id!: string;
}

export class ChangedResponse extends AddedResponse {
  @Shows('版本号', { example: 2 })
  version!: number;
}

export class UnitResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('层级', { enum: Object.keys(UNIT_KINDS), example: 'street' })
  kind!: string;

  @Shows('上级区划', nullableText(ID))
  parentId!: string | null;

  @Shows('名称', { example: '通道街街道' })
  name!: string;

  @Shows('区划代码', nullableText('150102003'))
  code!: string | null;

  @Shows('起始日期', { example: '2020-01-01' })
  validFrom!: string;

  @Shows('截止日期', nullableText(null))
  validTo!: string | null;
}

export class CenterResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('所属区划', { example: ID })
  unitId!: string;

  @Shows('名称', { example: '新城区综治中心' })
  name!: string;

  @Shows('简称', { example: '新城' })
  code!: string;

  @Shows('电话', nullableText('0471-6600001'))
  phone!: string | null;

  @Shows('地址', nullableText('海拉尔东路1号'))
  address!: string | null;

  @Shows('各级上级中心', { type: String, isArray: true, example: [] })
  ancestorCenterIds!: string[];

  @Shows('黄灯时点：时限还剩这一部分时亮黄灯', { values: YELLOW_PARTS, example: '3' })
  yellowPart!: string;

  @Shows('等候收款方确认登记的履行的天数', { example: 15 })
  receiptDays!: number;

  @Shows('有了结果以后多少天内没有重启才算化解', { example: 30 })
  relapseDays!: number;

  @Shows('每一百件办结的抽查回访多少件', { example: 10 })
  callBackShare!: number;

  @Shows('本中心上网用的公网地址', { type: [String], example: ['203.0.113.5'] })
  ownAddresses!: string[];

  @Shows('是否启用', { example: true })
  isActive!: boolean;

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class SlotResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('综治中心', { example: ID })
  centerId!: string;

  @Shows('类别', { enum: Object.keys(SLOT_KINDS), example: 'tribunal' })
  kind!: string;

  @Shows('序号', { example: 1 })
  ordinal!: number;

  @Shows('名称，未命名为空', nullableText('交通法庭'))
  name!: string | null;

  @Shows('职责', nullableText('道路交通事故纠纷速裁'))
  duty!: string | null;

  @Shows('入驻单位', nullableText(null))
  agencyId!: string | null;

  @Shows('起始日期', { example: '2026-01-01' })
  validFrom!: string;

  @Shows('停用日期', nullableText(null))
  validTo!: string | null;

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class CommitteeResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('综治中心', { example: ID })
  centerId!: string;

  @Shows('所属区划', nullableText(null))
  unitId!: string | null;

  @Shows('名称', { example: '新城区光明社区人民调解委员会' })
  name!: string;

  @Shows('类别', { enum: Object.keys(COMMITTEE_KINDS), example: 'community' })
  kind!: string;

  @Shows('机构代字', { example: '光明' })
  numberingWord!: string;

  @Shows('专业领域', nullableText(null))
  specialty!: string | null;

  @Shows('司法确认管辖法院', nullableText('新城区人民法院'))
  courtName!: string | null;

  @Shows('是否启用', { example: true })
  isActive!: boolean;

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class MemberResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('调委会', { example: ID })
  committeeId!: string;

  @Shows('账号', nullableText(ID))
  accountId!: string | null;

  @Shows('姓名', { example: '刘调解' })
  name!: string;

  @Shows('产生方式', { enum: Object.keys(ENGAGEMENTS), example: 'member' })
  engagement!: string;

  @Shows('职务', { enum: Object.keys(POSITIONS), example: 'mediator' })
  position!: string;

  @Shows('性别', nullableText('female'))
  sex!: string | null;

  @Shows('民族', nullableText('蒙古族'))
  ethnicity!: string | null;

  @Shows('是否专职', { example: true })
  isFullTime!: boolean;

  @Shows('语言', { type: String, isArray: true, example: ['汉语', '蒙古语'] })
  languages!: string[];

  @Shows('擅长类型', { type: String, isArray: true, example: ['family.inheritance'] })
  specialties!: string[];

  @Shows('证件编号', nullableText('蒙调0001'))
  certificateNumber!: string | null;

  @Shows('任期起', { example: '2025-01-01' })
  termFrom!: string;

  @Shows('任期止', nullableText(null))
  termTo!: string | null;

  @Shows('结束原因', nullableText(null))
  endedReason!: string | null;

  @Shows('版本号', { example: 1 })
  version!: number;
}

class CompositionWarningResponse {
  @Shows('规则代码', { example: 'no-woman' })
  code!: string;

  @Shows('提示', { example: '委员中没有妇女成员（人民调解法第八条），请补选。' })
  message!: string;
}

export class MembersResponse {
  @Shows('调解员', { type: [MemberResponse] })
  members!: MemberResponse[];

  @Shows('组成提示', { type: [CompositionWarningResponse] })
  warnings!: CompositionWarningResponse[];
}

class LiaisonResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('岗位', { enum: Object.keys(LIAISON_SLOTS), example: 'A' })
  slot!: string;

  @Shows('账号', nullableText(ID))
  accountId!: string | null;

  @Shows('姓名', { example: '征收联络' })
  name!: string;

  @Shows('办公电话', nullableText('0471-6600002'))
  officePhone!: string | null;
}

export class AgencyResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('综治中心', { example: ID })
  centerId!: string;

  @Shows('名称', { example: '新城区住建局' })
  name!: string;

  @Shows('入驻方式', { enum: Object.keys(RESIDENCIES), example: 'resident' })
  residency!: string;

  @Shows('职责', nullableText('物业管理、房屋安全。'))
  duties!: string | null;

  @Shows('是否启用', { example: true })
  isActive!: boolean;

  @Shows('今日在任的联络员', { type: [LiaisonResponse] })
  liaisons!: LiaisonResponse[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class PostingResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('人员账号', { example: ID })
  accountId!: string;

  @Shows('姓名', { example: '王敏' })
  displayName!: string;

  @Shows('综治中心', { example: ID })
  centerId!: string;

  @Shows('编制所在单位', { example: '新城区人社局' })
  homeOrganization!: string;

  @Shows('派出单位', nullableText(null))
  agencyId!: string | null;

  @Shows('入驻岗位', nullableText(null))
  slotId!: string | null;

  @Shows('入驻方式', { enum: Object.keys(RESIDENCIES), example: 'rotating' })
  residency!: string;

  @Shows('轮驻日，1 为星期一；不分日子的为空', { type: Number, isArray: true, nullable: true, example: [2, 4] })
  weekdays!: number[] | null;

  @Shows('起始日期', { example: '2026-01-01' })
  validFrom!: string;

  @Shows('截止日期', nullableText(null))
  validTo!: string | null;

  @Shows('结束原因', nullableText(null))
  endedReason!: string | null;
}

export class OfficeResponse {
  @Shows('岗位', { values: ROLE_NAMES, example: 'mediator' })
  role!: Role;

  @Shows('岗位名称', { example: '人民调解员' })
  roleName!: string;

  @Shows('任职机构', { example: '新城区人民调解委员会' })
  of!: string;
}

export class ColleagueResponse {
  @Shows('账号标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  id!: string;

  @Shows('姓名', { example: '周明' })
  name!: string;

  @Shows('所任岗位', { type: [OfficeResponse] })
  offices!: OfficeResponse[];
}
