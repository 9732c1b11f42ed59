import { Shows } from '../../../platform/http';

const SOURCE = '# 人民调解协议书\n@right 编号：{{ number }}';
const AT = '2026-11-20T01:30:00.000Z';

class CenterTemplateItemResponse {
  @Shows('模板标识', { example: 'agreement' })
  id!: string;

  @Shows('文书名称', { example: '人民调解协议书' })
  name!: string;

  @Shows('本中心的第几版；没有改过的为 0', { example: 3 })
  number!: number;

  @Shows('是否正在使用本中心的一版', { example: true })
  isOwn!: boolean;

  @Shows('最近由谁改', { type: String, nullable: true, example: '赵建华' })
  changedBy!: string | null;

  @Shows('最近改的时间', { type: String, nullable: true, example: AT })
  changedAt!: string | null;

  @Shows('改了什么', { type: String, nullable: true, example: '按市司法局新格式调整标题。' })
  note!: string | null;

  @Shows('不能使用本中心一版的原因；没有问题的为空', { type: String, nullable: true, example: null })
  problem!: string | null;
}

export class CenterTemplatesResponse {
  @Shows('全部文书模板', { type: [CenterTemplateItemResponse] })
  items!: CenterTemplateItemResponse[];
}

class TemplateFieldResponse {
  @Shows('名称', { example: 'p.name' })
  name!: string;

  @Shows('说明', { example: '姓名或名称' })
  label!: string;

  @Shows('种类', { example: '姓名或名称' })
  typeName!: string;

  @Shows('是否可能没有内容', { example: false })
  isOptional!: boolean;

  @Shows('在清单、组里的层次', { example: 1 })
  depth!: number;

  @Shows('示例', { example: '孙志强' })
  example!: string;

  @Shows('印出它的写法；一组内容为空，要指明其中哪一项', { example: '{{ p.name }}' })
  text!: string;
}

class TemplateVersionResponse {
  @Shows('第几版', { example: 3 })
  number!: number;

  @Shows('是否用回统一模板', { example: false })
  isHouse!: boolean;

  @Shows('恢复的是哪一版，0 为统一模板；新写的为空', { type: Number, nullable: true, example: null })
  restoredFrom!: number | null;

  @Shows('改了什么', { example: '按市司法局新格式调整标题。' })
  note!: string;

  @Shows('谁启用的', { example: '赵建华' })
  madeByName!: string;

  @Shows('启用时间', { example: AT })
  madeAt!: string;

  @Shows('停用时间；正在使用的为空', { type: String, nullable: true, example: null })
  endedAt!: string | null;
}

export class CenterTemplateResponse {
  @Shows('模板标识', { example: 'agreement' })
  id!: string;

  @Shows('文书名称', { example: '人民调解协议书' })
  name!: string;

  @Shows('统一模板的版本', { example: '1.0.0' })
  houseVersion!: string;

  @Shows('是否正在使用本中心的一版', { example: true })
  isOwn!: boolean;

  @Shows('正在使用的内容', { example: SOURCE })
  source!: string;

  @Shows('不能使用本中心一版的原因；没有问题的为空', { type: String, nullable: true, example: null })
  problem!: string | null;

  @Shows('可以印出的内容', { type: [TemplateFieldResponse] })
  fields!: readonly TemplateFieldResponse[];

  @Shows('本中心的各版，新的在前', { type: [TemplateVersionResponse] })
  versions!: TemplateVersionResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['templates.enable', 'templates.restore'] })
  allowedActs!: string[];

  @Shows('版本号：正在使用的第几版，没有改过的为 0', { example: 3 })
  version!: number;
}

export class TemplateSourceResponse {
  @Shows('第几版，0 为统一模板', { example: 2 })
  number!: number;

  @Shows('内容', { example: SOURCE })
  source!: string;
}

class TemplateProblemResponse {
  @Shows('哪一行；不在某一行的为空', { type: Number, nullable: true, example: 12 })
  line!: number | null;

  @Shows('要改什么', { example: '没有名为“nmber”的内容，是不是想写“number”？' })
  problem!: string;
}

export class TemplateCheckResponse {
  @Shows('要改的地方；没有的可以启用', { type: [TemplateProblemResponse] })
  problems!: readonly TemplateProblemResponse[];
}

class TemplateLineResponse {
  @Shows('这一行的变化', { values: { same: '相同', added: '新增', removed: '删去' }, example: 'added' })
  kind!: 'same' | 'added' | 'removed';

  @Shows('这一行的内容', { example: '# 调解协议书' })
  text!: string;

  @Shows('在旧的一版中是第几行', { type: Number, nullable: true, example: null })
  before!: number | null;

  @Shows('在新的一版中是第几行', { type: Number, nullable: true, example: 4 })
  after!: number | null;
}

export class TemplateDifferenceResponse {
  @Shows('旧的一版', { example: 0 })
  from!: number;

  @Shows('新的一版', { example: 1 })
  to!: number;

  @Shows('逐行', { type: [TemplateLineResponse] })
  lines!: TemplateLineResponse[];
}
