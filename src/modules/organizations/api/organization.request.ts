import { ROLE_NAMES, type Role, YELLOW_PARTS } from '../../../kernel';
import { Day, Flag, OneOf, OneOfList, Text, TextList, Uuid, Whole } from '../../../platform/http';
import { COLLEAGUES_AMONG, type ColleaguesAmong } from '../application/read-colleagues';
import {
  COMMITTEE_KINDS,
  ENGAGEMENTS,
  LIAISON_SLOTS,
  POSITIONS,
  RESIDENCIES,
  SEXES,
  SLOT_KINDS,
  UNIT_KINDS,
  type UnitKind,
  WEEKDAYS,
} from '../domain/dictionaries';

export class UnitsQuery {
  @Day({ label: '查询日期', optional: true, description: '不填为今天' })
  on?: string;
}

export class ReviseUnitRequest {
  @Text({ label: '名称', max: 100, example: '通道街街道' })
  name!: string;

  @Uuid({ label: '上级区划', optional: true })
  parentId?: string;

  @Text({ label: '区划代码', max: 20, optional: true, example: '150102003' })
  code?: string;

  @Day({ label: '起始日期', example: '2026-01-01' })
  validFrom!: string;
}

export class AddUnitRequest extends ReviseUnitRequest {
  @OneOf({ label: '层级', values: UNIT_KINDS, example: 'street' })
  kind!: UnitKind;
}

export class AddCenterRequest {
  @Uuid({ label: '所属区划' })
  unitId!: string;

  @Text({ label: '名称', max: 100, example: '新城区综治中心' })
  name!: string;

  @Text({ label: '简称', max: 10, example: '新城', description: '登记编号的代字' })
  code!: string;

  @Uuid({ label: '上级中心', optional: true })
  parentCenterId?: string;

  @Text({ label: '电话', max: 40, optional: true, example: '0471-6600001' })
  phone?: string;

  @Text({ label: '地址', max: 200, optional: true, example: '海拉尔东路1号' })
  address?: string;
}

export class ChangeCenterRequest {
  @Text({ label: '名称', max: 100, optional: true, example: '新城区综治中心' })
  name?: string;

  @Text({ label: '电话', max: 40, optional: true, example: '0471-6600001' })
  phone?: string;

  @Text({ label: '地址', max: 200, optional: true, example: '海拉尔东路1号' })
  address?: string;

  @OneOf({
    label: '黄灯时点',
    values: YELLOW_PARTS,
    optional: true,
    example: '3',
    description: '时限还剩这一部分时亮黄灯',
  })
  yellowPart?: string;

  @Whole({
    label: '等候收款方确认的天数',
    min: 1,
    max: 90,
    optional: true,
    example: 15,
    description: '登记的履行没有人确认的，这些天内在指标中另列；期满有凭证的计为履行，没有凭证的不计',
  })
  receiptDays?: number;

  @Whole({
    label: '化解观察的天数',
    min: 7,
    max: 365,
    optional: true,
    example: 30,
    description: '有了结果以后，这些天内没有重启的才算化解；期满以前在化解率中另列',
  })
  relapseDays?: number;

  @Whole({
    label: '每一百件办结的抽查回访件数',
    min: 1,
    max: 100,
    optional: true,
    example: 10,
    description: '办结时随机抽取，由没有办理、也没有回访过的人核实',
  })
  callBackShare?: number;

  @TextList({
    label: '本中心的公网地址',
    max: 20,
    maxEach: 45,
    optional: true,
    description: '在本中心上网签字的当事人地址相同，不作为疑点',
    example: ['203.0.113.8'],
  })
  ownAddresses?: string[];

  @Flag({ label: '是否启用', optional: true })
  isActive?: boolean;
}

export class AddSlotRequest {
  @OneOf({ label: '类别', values: SLOT_KINDS, example: 'tribunal' })
  kind!: string;

  @Whole({ label: '序号', min: 1, max: 99 })
  ordinal!: number;

  @Text({ label: '名称', max: 60, optional: true, example: '交通法庭' })
  name?: string;

  @Text({ label: '职责', max: 500, optional: true, example: '道路交通事故纠纷速裁' })
  duty?: string;

  @Uuid({ label: '入驻单位', optional: true })
  agencyId?: string;

  @Day({ label: '起始日期', example: '2026-01-01' })
  validFrom!: string;
}

export class ChangeSlotRequest {
  @Text({ label: '名称', max: 60, optional: true, example: '交通法庭' })
  name?: string;

  @Text({ label: '职责', max: 500, optional: true, example: '道路交通事故纠纷速裁' })
  duty?: string;

  @Uuid({ label: '入驻单位', optional: true })
  agencyId?: string;

  @Day({ label: '停用日期', optional: true, example: '2026-12-31' })
  validTo?: string;
}

export class AddCommitteeRequest {
  @Uuid({ label: '综治中心' })
  centerId!: string;

  @Text({ label: '名称', max: 100, example: '新城区光明社区人民调解委员会', description: '与印章一致' })
  name!: string;

  @OneOf({ label: '类别', values: COMMITTEE_KINDS, example: 'community' })
  kind!: string;

  @Text({ label: '机构代字', max: 10, example: '光明', description: '案号的代字，全系统唯一' })
  numberingWord!: string;

  @Uuid({ label: '所属区划', optional: true })
  unitId?: string;

  @Text({ label: '专业领域', max: 60, optional: true, example: '物业纠纷' })
  specialty?: string;

  @Text({ label: '司法确认管辖法院', max: 60, optional: true, example: '新城区人民法院' })
  courtName?: string;
}

export class ChangeCommitteeRequest {
  @Text({ label: '名称', max: 100, optional: true, example: '新城区光明社区人民调解委员会' })
  name?: string;

  @Text({ label: '专业领域', max: 60, optional: true, example: '物业纠纷' })
  specialty?: string;

  @Text({ label: '司法确认管辖法院', max: 60, optional: true, example: '新城区人民法院' })
  courtName?: string;

  @Flag({ label: '是否启用', optional: true })
  isActive?: boolean;
}

export class AddMemberRequest {
  @Uuid({ label: '账号', optional: true })
  accountId?: string;

  @Text({ label: '姓名', max: 100, example: '刘调解' })
  name!: string;

  @OneOf({ label: '产生方式', values: ENGAGEMENTS, example: 'member' })
  engagement!: string;

  @OneOf({ label: '职务', values: POSITIONS, example: 'mediator' })
  position!: string;

  @OneOf({ label: '性别', values: SEXES, optional: true, example: 'female' })
  sex?: string;

  @Text({ label: '民族', max: 20, optional: true, example: '蒙古族' })
  ethnicity?: string;

  @Flag({ label: '是否专职', optional: true })
  isFullTime?: boolean;

  @TextList({ label: '语言', max: 10, maxEach: 20, optional: true, example: ['汉语', '蒙古语'] })
  languages?: string[];

  @TextList({ label: '擅长类型', max: 20, maxEach: 64, optional: true, example: ['family.inheritance'] })
  specialties?: string[];

  @Text({ label: '证件编号', max: 40, optional: true, example: '蒙调0001' })
  certificateNumber?: string;

  @Day({ label: '任期起', example: '2025-01-01' })
  termFrom!: string;

  @Day({ label: '任期止', optional: true, example: '2028-01-01' })
  termTo?: string;
}

export class EndingRequest {
  @Day({ label: '结束日期' })
  endsOn!: string;

  @Text({ label: '原因', max: 200, example: '工作调动' })
  reason!: string;
}

export class AgenciesQuery {
  @Uuid({ label: '综治中心', optional: true })
  centerId?: string;
}

export class AddAgencyRequest {
  @Uuid({ label: '综治中心' })
  centerId!: string;

  @Text({ label: '名称', max: 100, example: '新城区住建局' })
  name!: string;

  @OneOf({ label: '入驻方式', values: RESIDENCIES, example: 'resident' })
  residency!: string;

  @Text({ label: '职责', max: 1000, optional: true, multiline: true, example: '物业管理、房屋安全。' })
  duties?: string;
}

export class ChangeAgencyRequest {
  @Text({ label: '名称', max: 100, optional: true, example: '新城区住建局' })
  name?: string;

  @OneOf({ label: '入驻方式', values: RESIDENCIES, optional: true, example: 'rotating' })
  residency?: string;

  @Text({ label: '职责', max: 1000, optional: true, multiline: true, example: '物业管理、房屋安全。' })
  duties?: string;

  @Flag({ label: '是否启用', optional: true })
  isActive?: boolean;
}

export class NameLiaisonRequest {
  @OneOf({ label: '岗位', values: LIAISON_SLOTS, example: 'A' })
  slot!: string;

  @Uuid({ label: '账号', optional: true })
  accountId?: string;

  @Text({ label: '姓名', max: 100, example: '征收联络' })
  name!: string;

  @Text({ label: '办公电话', max: 40, optional: true, example: '0471-6600002' })
  officePhone?: string;

  @Day({ label: '起始日期', example: '2026-01-01' })
  validFrom!: string;
}

export class AddPostingRequest {
  @Uuid({ label: '人员账号' })
  accountId!: string;

  @Text({ label: '编制所在单位', max: 100, example: '新城区人社局' })
  homeOrganization!: string;

  @Uuid({ label: '派出单位', optional: true })
  agencyId?: string;

  @Uuid({ label: '入驻岗位', optional: true, description: '窗口、部、中心、庭' })
  slotId?: string;

  @OneOf({ label: '入驻方式', values: RESIDENCIES, example: 'rotating' })
  residency!: string;

  @OneOfList({ label: '轮驻日', values: WEEKDAYS, min: 1, optional: true, example: ['2', '4'] })
  weekdays?: string[];

  @Day({ label: '起始日期', example: '2026-01-01' })
  validFrom!: string;

  @Day({ label: '截止日期', optional: true, example: '2026-12-31' })
  validTo?: string;
}

export class ColleaguesQuery {
  @OneOf({ label: '范围', values: COLLEAGUES_AMONG, example: 'staff', optional: true })
  among?: ColleaguesAmong;

  @OneOf({ label: '岗位', values: ROLE_NAMES, example: 'mediator', optional: true })
  role?: Role;
}
