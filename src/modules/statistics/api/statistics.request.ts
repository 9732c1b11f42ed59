import { Day, Flag, OneOf, Text, Uuid, Whole } from '../../../platform/http';
import { CHANNELS } from '../../disputes';
import { REPORT_KINDS, type ReportKind } from '../application/figure-report';
import { type Breakdown, BREAKDOWNS } from '../domain/breakdowns';
import {
  BASES,
  type Basis,
  type Figure,
  FIGURE_LABELS,
  LEVELS,
  NOTES,
  type Note,
  type Part,
  PARTS,
} from '../domain/figures';

class FigureFilterQuery {
  @Uuid({ label: '综治中心', optional: true, description: '不填为本级及下级全部中心' })
  centerId?: string;

  @Flag({
    label: '连同下级',
    optional: true,
    inQuery: true,
    description: '选定的中心连同其下级；不填只算本级',
    example: true,
  })
  isWithBelow?: boolean;

  @Day({ label: '期间起', example: '2026-01-01' })
  from!: string;

  @Day({ label: '期间止', description: '含当日', example: '2026-12-31' })
  to!: string;

  @OneOf({
    label: '归入期间',
    values: BASES,
    optional: true,
    example: 'period',
    description: '不填为按发生时间；按受理时间则跟着同一批受理的事项看结果',
  })
  basis?: Basis;

  @Text({
    label: '纠纷类型',
    max: 60,
    optional: true,
    example: 'family',
    description: '上级类型包含其下各类',
    pattern: /^[a-z][a-z0-9.-]*$/,
    patternHint: '纠纷类型应从列表中选择',
  })
  disputeType?: string;

  @OneOf({ label: '来源', values: CHANNELS, optional: true, example: 'visit' })
  channel?: keyof typeof CHANNELS;

  @OneOf({ label: '化解层级', values: LEVELS, optional: true, example: '1' })
  level?: string;

  @Uuid({ label: '人民调解委员会', optional: true })
  committeeId?: string;

  @Uuid({ label: '承办人', optional: true })
  mediatorId?: string;

  @Uuid({ label: '发生地', optional: true, description: '街道、社区等；包含其下各级' })
  placeId?: string;

  @Uuid({ label: '联动单位', optional: true, description: '填写后只统计部门指标' })
  agencyId?: string;

  @OneOf({ label: '分组', values: BREAKDOWNS, optional: true, example: 'none' })
  by?: Breakdown;
}

export class FiguresQuery extends FigureFilterQuery {
  @OneOf({ label: '指标', values: FIGURE_LABELS, optional: true, description: '不填为全部指标' })
  figure?: Figure;
}

export class FigureReportQuery extends FiguresQuery {
  @OneOf({ label: '格式', values: REPORT_KINDS, example: 'pdf' })
  kind!: ReportKind;
}

export class CaseExportQuery extends FigureFilterQuery {
  @OneOf({ label: '哪一部分', values: PARTS, optional: true, description: '不填为分子' })
  part?: Part;

  @Text({
    label: '组',
    max: 60,
    optional: true,
    example: 'family',
    description: '分组的键；- 表示没有归组的',
    pattern: /^[A-Za-z0-9.-]+$/,
  })
  group?: string;

  @OneOf({ label: '说明', values: NOTES, optional: true, example: 'overdue' })
  note?: Note;
}

export class CaseListQuery extends CaseExportQuery {
  @Whole({ label: '每页条数', min: 1, max: 100, inQuery: true, optional: true, example: 20 })
  limit?: number;

  @Text({
    label: '翻页标记',
    max: 200,
    optional: true,
    description: '上一页返回的 nextCursor',
    pattern: /^[A-Za-z0-9_.:-]+$/,
  })
  cursor?: string;
}
