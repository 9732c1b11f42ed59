import { Day, Fen, ListOf, OneOf, Text, Uuid, Whole } from '../../../platform/http';
import { type Form, FORMS, ROWS_BY, type RowsBy } from '../domain/forms';
import { type Dimension, DIMENSIONS } from '../domain/national';
import { type Span, SPANS } from '../domain/periods';
import { type PreventionKind, PREVENTION_KINDS } from '../domain/prevention';
import { FILE_KINDS, type FileKind } from '../application/report-files';

export class ReportListQuery {
  @Uuid({ label: '综治中心', optional: true, description: '不填为本级及下级全部中心' })
  centerId?: string;

  @OneOf({ label: '种类', values: FORMS, optional: true, example: 'statutory-1' })
  form?: Form;

  @Whole({ label: '每页条数', min: 1, max: 100, inQuery: true, optional: true, example: 20 })
  limit?: number;

  @Text({
    label: '翻页标记',
    max: 60,
    optional: true,
    description: '上一页返回的 nextCursor',
    pattern: /^[0-9a-f_-]+$/,
  })
  cursor?: string;
}

export class BeginReportRequest {
  @Uuid({ label: '综治中心' })
  centerId!: string;

  @OneOf({ label: '种类', values: FORMS, example: 'statutory-1' })
  form!: Form;

  @OneOf({ label: '期间', values: SPANS, example: 'month' })
  span!: Span;

  @Day({ label: '期内任一日', example: '2026-08-31', hint: '选这一期里的任何一天，系统自动取整个期间。' })
  day!: string;

  @OneOf({
    label: '填报单位',
    values: ROWS_BY,
    optional: true,
    description: '表的各行；不填的，有下级中心的按中心，没有的按调解委员会',
  })
  rowsBy?: RowsBy;
}

class UnitFundingRequest {
  @Text({ label: '填报单位', max: 40, example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  unit!: string;

  @Fen({ label: '工作经费', optional: true })
  workFen?: number;

  @Fen({ label: '补贴经费', optional: true })
  subsidyFen?: number;
}

class SectionWordsRequest {
  @Text({ label: '部分', max: 20, example: 'attention', pattern: /^[a-z-]+$/, patternHint: '没有这一部分' })
  section!: string;

  @Text({ label: '文字', max: 4000, multiline: true, example: '本月共登记矛盾纠纷〔登记数〕件。' })
  words!: string;
}

export class EditReportRequest {
  @ListOf(() => UnitFundingRequest, { label: '经费', max: 2000, optional: true })
  funding?: UnitFundingRequest[];

  @ListOf(() => SectionWordsRequest, {
    label: '文字',
    max: 20,
    optional: true,
    description: '〔〕里写数字的名称，定稿前随办理变化',
  })
  texts?: SectionWordsRequest[];
}

export class ReportCasesQuery {
  @Text({ label: '列', max: 60, example: 'type.family', pattern: /^[a-z0-9.-]+$/, patternHint: '没有这一列' })
  cell!: string;

  @Text({
    label: '填报单位',
    max: 60,
    optional: true,
    description: '不填为合计；- 表示没有归入单位的',
    pattern: /^[-0-9a-f合计]+$/,
    patternHint: '没有这个填报单位',
  })
  unit?: string;

  @Whole({ label: '每页条数', min: 1, max: 100, inQuery: true, optional: true, example: 20 })
  limit?: number;

  @Uuid({ label: '翻页标记', optional: true, description: '上一页返回的 nextCursor' })
  cursor?: string;
}

export class ReportFileQuery {
  @OneOf({ label: '格式', values: FILE_KINDS, example: 'xlsx' })
  kind!: FileKind;
}

export class ChangeMappingRequest {
  @Uuid({ label: '综治中心', optional: true, description: '不填为全部中心，由系统管理员维护' })
  centerId?: string;

  @OneOf({ label: '哪一类', values: DIMENSIONS, example: 'type' })
  dimension!: Dimension;

  @Text({
    label: '本系统的类别',
    max: 60,
    example: 'labor.arrears',
    pattern: /^[a-z0-9.-]+$/,
    patternHint: '没有这个类别',
  })
  fromKey!: string;

  @Text({ label: '统计类别', max: 40, example: 'labor-arrears', pattern: /^[a-z-]+$/, patternHint: '没有这个统计类别' })
  toKey!: string;

  @Day({
    label: '自哪天起',
    example: '2026-10-01',
    hint: '期末在这一天以后的各期按它统计；已定稿的各期数字不变。',
  })
  validFrom!: string;
}

export class PreventionQuery {
  @Day({ label: '日期起', example: '2026-09-01' })
  from!: string;

  @Day({ label: '日期止', description: '含当日', example: '2026-09-30' })
  to!: string;
}

export class RecordPreventionRequest {
  @OneOf({ label: '种类', values: PREVENTION_KINDS, example: 'survey' })
  kind!: PreventionKind;

  @Day({ label: '日期', example: '2026-09-18' })
  happenedOn!: string;

  @Uuid({ label: '调解委员会', optional: true, hint: '中心自己做的不选。' })
  committeeId?: string;

  @Whole({ label: '次数', min: 0, max: 100_000, optional: true, example: 1, hint: '排查填写。' })
  times?: number;

  @Whole({ label: '件数', min: 0, max: 100_000, optional: true, example: 3 })
  matters?: number;

  @Whole({ label: '人数', min: 0, max: 100_000, optional: true, example: 12 })
  persons?: number;

  @Text({ label: '情况', max: 500, multiline: true, example: '对辖区三个小区开展节前排查，发现苗头三件，均已化解。' })
  note!: string;
}

export class WithdrawPreventionRequest {
  @Text({ label: '理由', max: 200, example: '与上一条重复' })
  reason!: string;
}
