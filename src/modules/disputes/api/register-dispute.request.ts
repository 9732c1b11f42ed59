import { Day, Fen, Flag, ListOf, OneOf, Text, Uuid, Whole } from '../../../platform/http';
import { CHANNELS, COURT_PROCEDURES, DISPUTE_TYPES } from '../domain/dictionaries';

const PARTY_KINDS = { person: '自然人', organization: '单位' } as const;
const SIDES = { applicant: '申请方', respondent: '被申请方', other: '其他' } as const;

export class IntakePartyRequest {
  @OneOf({ label: '当事人类别', values: PARTY_KINDS, example: 'person' })
  kind!: keyof typeof PARTY_KINDS;

  @Text({ label: '姓名或名称', max: 100, example: '李建国' })
  name!: string;

  @OneOf({ label: '所在一方', values: SIDES, optional: true, example: 'applicant', description: '不分两方的可不填' })
  side?: keyof typeof SIDES;

  @Text({ label: '联系电话', max: 40, optional: true, example: '13904710001' })
  phone?: string;

  @Text({ label: '公民身份号码', max: 40, optional: true, example: '11010519491231002X' })
  residentId?: string;

  @Text({ label: '统一社会信用代码', max: 40, optional: true, example: '91350100M000100Y43' })
  creditCode?: string;

  @Text({ label: '住址', max: 200, optional: true, example: '新城区海拉尔东路12号' })
  address?: string;
}

export class RegisterDisputeRequest {
  @Uuid({ label: '综治中心' })
  centerId!: string;

  @OneOf({ label: '来源渠道', values: CHANNELS, example: 'visit' })
  channel!: keyof typeof CHANNELS;

  @Text({ label: '上游编号', max: 64, optional: true, example: '12345-20261120-0001' })
  upstreamNumber?: string;

  @Text({ label: '事项名称', max: 100, example: '李家六兄妹遗产纠纷' })
  title!: string;

  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, optional: true, example: 'family.inheritance' })
  disputeType?: keyof typeof DISPUTE_TYPES;

  @Uuid({ label: '本地小类', optional: true, description: '本中心在纠纷类型下自设的，须与纠纷类型相符' })
  localTypeId?: string;

  @Text({
    label: '纠纷简要情况',
    max: 5000,
    multiline: true,
    example: '父母去世后，六名子女因遗产分配意见不一，四年不相往来。',
  })
  narrative!: string;

  @Text({ label: '申请事项', max: 2000, multiline: true, optional: true, example: '请求调解遗产分配。' })
  requests?: string;

  @Text({ label: '发生地点', max: 200, optional: true, example: '新城区通道街道某小区' })
  place?: string;

  @Uuid({ label: '发生地（社区或网格）', optional: true })
  placeUnitId?: string;

  @Uuid({ label: '经办网格', optional: true, description: '网格员登记时填写' })
  handlingUnitId?: string;

  @Uuid({ label: '首问责任人', optional: true, description: '不填为登记人本人' })
  firstResponderId?: string;

  @Flag({ label: '是否群体事项', optional: true, example: false })
  isGroup?: boolean;

  @Whole({ label: '涉及人数', min: 1, max: 1_000_000, optional: true, example: 6 })
  headcount?: number;

  @Fen({ label: '涉及金额', optional: true })
  amountFen?: number;

  @Flag({
    label: '反映人是否要求保密',
    optional: true,
    example: false,
    description: '保密的不向部门和对方透露，也不登记为申请方',
  })
  isReporterProtected?: boolean;

  @Flag({ label: '是否接受回访', optional: true, example: true })
  allowsCallBack?: boolean;

  @OneOf({ label: '法院程序', values: COURT_PROCEDURES, optional: true, description: '仅法院委派、委托的事项填写' })
  courtProcedure?: keyof typeof COURT_PROCEDURES;

  @Day({ label: '签收法院材料之日', optional: true, description: '仅法院委派、委托的事项填写' })
  courtMaterialsOn?: string;

  @ListOf(() => IntakePartyRequest, { label: '当事人', max: 50, optional: true })
  parties?: IntakePartyRequest[];
}
