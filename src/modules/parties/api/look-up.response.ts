import { Shows } from '../../../platform/http';
import { SEXES } from '../domain/dictionaries';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class PersonReadingResponse {
  @Shows('性别', { values: SEXES, example: 'female' })
  sex!: string;

  @Shows('出生日期', { example: '1949-12-31' })
  birthOn!: string;

  @Shows('年龄（周岁）', { example: 76 })
  age!: number;

  @Shows('是否未成年人', { example: false })
  isMinor!: boolean;
}

export class LookUpRefusalResponse {
  @Shows('字段', { example: 'residentId' })
  field!: string;

  @Shows('规则代码', { example: 'resident-id.length' })
  code!: string;

  @Shows('说明', { example: '公民身份号码应为18位，现为17位，请对照证件核对。' })
  message!: string;
}

export class MetMatterResponse {
  @Shows('事项标识', { example: ID })
  disputeId!: string;

  @Shows('登记编号', { example: '新城综治登字〔2026〕8号' })
  registrationNumber!: string;

  @Shows('事项名称', { example: '李家六兄妹遗产纠纷' })
  title!: string;

  @Shows('状态', { example: 'closed' })
  state!: string;

  @Shows('状态名称', { example: '已办结' })
  stateName!: string;

  @Shows('登记时间', { example: '2026-11-02T01:30:00.000Z' })
  registeredAt!: string;

  @Shows('该事项中的姓名；未成年人只显示姓', { example: '李建国' })
  name!: string;

  @Shows('该事项中的联系电话（遮盖）', { type: String, nullable: true, example: '139****0001' })
  phoneMasked!: string | null;

  @Shows('依据', {
    values: { 'resident-id': '公民身份号码', 'credit-code': '统一社会信用代码', phone: '电话', name: '姓名' },
    example: 'resident-id',
  })
  matchedBy!: string;
}

export class LookedUpPersonResponse {
  @Shows('公民身份号码中的性别、出生日期和年龄；未填或有误为空', { type: PersonReadingResponse, nullable: true })
  person!: PersonReadingResponse | null;

  @Shows('联系电话（遮盖）；未填或有误为空', { type: String, nullable: true, example: '139****0001' })
  phoneMasked!: string | null;

  @Shows('填写有误之处', { type: LookUpRefusalResponse, isArray: true })
  refusals!: LookUpRefusalResponse[];

  @Shows('同一人的其他事项，您有权查看的', { type: MetMatterResponse, isArray: true })
  matters!: MetMatterResponse[];
}
