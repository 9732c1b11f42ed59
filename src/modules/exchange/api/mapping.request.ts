import { Day, Flag, ListOf, OneOf, Text, Uuid, Whole } from '../../../platform/http';
import {
  MAPPING_FORMATS,
  MAPPING_SOURCES,
  MAPPING_TARGETS,
  type MappingColumn,
  type MappingFormat,
  type MappingSource,
  type MappingTarget,
} from '../domain/mapping-columns';

export class MappingListQuery {
  @Uuid({ label: '综治中心' })
  centerId!: string;
}

export class MappingCodeRequest {
  @Text({ label: '本系统的值', max: 100, example: '邻里纠纷' })
  from!: string;

  @Text({ label: '对方的代码', max: 100, example: '02' })
  to!: string;
}

export class MappingColumnRequest {
  @Text({ label: '列名', max: 60, example: '事件名称' })
  header!: string;

  @OneOf({ label: '取自', values: MAPPING_SOURCES, optional: true, description: '不选的，整列留空', example: 'title' })
  source?: MappingSource;

  @OneOf({ label: '写法', values: MAPPING_FORMATS, example: 'text' })
  format!: MappingFormat;

  @ListOf(() => MappingCodeRequest, { label: '代码对照', max: 200, example: [] })
  codes!: MappingCodeRequest[];

  @Flag({ label: '代码没有核实', example: false })
  awaitsCodes!: boolean;

  @Flag({ label: '必填', example: true })
  isNeeded!: boolean;

  @Whole({ label: '最多字数', min: 1, max: 20_000, optional: true, example: 80 })
  most?: number;
}

export const columnOf = ({ source, most, ...rest }: MappingColumnRequest): MappingColumn => ({
  ...rest,
  source: source ?? null,
  most: most ?? null,
});

class MappingChoiceRequest {
  @Uuid({ label: '综治中心' })
  centerId!: string;

  @OneOf({ label: '报送对象', values: MAPPING_TARGETS, example: 'gbt31000' })
  target!: MappingTarget;
}

export class KeepMappingRequest extends MappingChoiceRequest {
  @ListOf(() => MappingColumnRequest, { label: '各列', min: 1, max: 80 })
  columns!: MappingColumnRequest[];
}

export class TryMappingRequest extends MappingChoiceRequest {
  @ListOf(() => MappingColumnRequest, {
    label: '各列',
    min: 1,
    max: 80,
    optional: true,
    description: '还没有保存的，用来试填',
  })
  columns?: MappingColumnRequest[];

  @Day({ label: '办结日期自', optional: true, description: '不填日期的，取最近办结的十件', example: '2026-09-01' })
  from?: string;

  @Day({ label: '办结日期至', optional: true, example: '2026-09-30' })
  to?: string;
}

export class ExportMappedRequest extends MappingChoiceRequest {
  @Day({ label: '办结日期自', example: '2026-09-01' })
  from!: string;

  @Day({ label: '办结日期至', example: '2026-09-30' })
  to!: string;

  @OneOf({ label: '文件格式', values: { xlsx: 'Excel', csv: 'CSV', json: 'JSON' }, example: 'xlsx' })
  format!: 'xlsx' | 'csv' | 'json';

  @Flag({ label: '按现状导出', description: '已看过核对报告，有问题也照此报送', example: false })
  acceptsFaults!: boolean;
}
