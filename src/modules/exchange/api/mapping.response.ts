import { Shows } from '../../../platform/http';
import { FAULT_RULES, MAPPING_FORMATS, MAPPING_SOURCES, MAPPING_TARGETS } from '../domain/mapping-columns';

class MappingCodeResponse {
  @Shows('本系统的值', { example: '邻里纠纷' })
  from!: string;

  @Shows('对方的代码', { example: '02' })
  to!: string;
}

export class MappingColumnResponse {
  @Shows('列名', { example: '事件名称' })
  header!: string;

  @Shows('取自；系统没有记录的为空', { type: String, nullable: true, values: MAPPING_SOURCES, example: 'title' })
  source!: string | null;

  @Shows('写法', { values: MAPPING_FORMATS, example: 'text' })
  format!: string;

  @Shows('代码对照', { type: MappingCodeResponse, isArray: true })
  codes!: readonly MappingCodeResponse[];

  @Shows('代码没有核实，整列留空', { example: false })
  awaitsCodes!: boolean;

  @Shows('必填', { example: true })
  isNeeded!: boolean;

  @Shows('最多字数', { type: Number, nullable: true, example: 80 })
  most!: number | null;
}

export class ExportMappingResponse {
  @Shows('报送对象', { values: MAPPING_TARGETS, example: 'gbt31000' })
  target!: string;

  @Shows('报送对象名称', { example: '综治台账（GB/T 31000）' })
  targetName!: string;

  @Shows('是否本中心自定', { example: false })
  isOwn!: boolean;

  @Shows('版本', { example: 1 })
  version!: number;

  @Shows('修改人；系统自带的为空', { type: String, nullable: true, example: null })
  madeByName!: string | null;

  @Shows('修改时间', { example: '2026-11-20T01:30:00.000Z' })
  madeAt!: string;

  @Shows('各列', { type: MappingColumnResponse, isArray: true })
  columns!: readonly MappingColumnResponse[];
}

class MappingSourceResponse {
  @Shows('标识', { example: 'title' })
  key!: string;

  @Shows('名称', { example: '事项名称' })
  label!: string;
}

export class MappingListResponse {
  @Shows('各报送对象的对照表', { type: ExportMappingResponse, isArray: true })
  items!: readonly ExportMappingResponse[];

  @Shows('可以取用的内容', { type: MappingSourceResponse, isArray: true })
  sources!: readonly MappingSourceResponse[];

  @Shows('可办理的操作', { type: [String], example: ['exchange.keep-mapping'] })
  allowedActs!: readonly string[];
}

class MappedRowResponse {
  @Shows('各列的内容', { type: [String], example: ['楼上漏水纠纷'] })
  cells!: readonly string[];
}

class MappingFaultResponse {
  @Shows('第几行；整列的为空', { type: Number, nullable: true, example: 3 })
  row!: number | null;

  @Shows('登记编号；整列的为空', { type: String, nullable: true, example: '新城综治登字〔2026〕98号' })
  number!: string | null;

  @Shows('列名', { example: '答复内容' })
  field!: string;

  @Shows('问题', { values: FAULT_RULES, example: 'missing' })
  rule!: string;

  @Shows('问题名称', { example: '必填，没有内容' })
  ruleName!: string;
}

export class MappingTrialResponse {
  @Shows('列名', { type: [String], example: ['事件名称'] })
  headers!: readonly string[];

  @Shows('前十行', { type: MappedRowResponse, isArray: true })
  rows!: readonly MappedRowResponse[];

  @Shows('共核对多少件', { example: 10 })
  total!: number;

  @Shows('核对报告，最多列出二百处', { type: MappingFaultResponse, isArray: true })
  faults!: readonly MappingFaultResponse[];

  @Shows('共有多少处', { example: 2 })
  faultCount!: number;
}
