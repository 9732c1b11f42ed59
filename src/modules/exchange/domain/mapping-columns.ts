/** To whom the same record is reported. */
export const MAPPING_TARGETS = {
  hotline: '12345热线答复',
  gbt31000: '综治台账（GB/T 31000）',
  mediation: '人民调解平台',
  'old-platform': '原网格平台',
} as const;
export type MappingTarget = keyof typeof MAPPING_TARGETS;

/** What of a record may go into a column. */
export const MAPPING_SOURCES = {
  registrationNumber: '登记编号',
  caseNumber: '案号',
  upstreamNumber: '来源编号',
  title: '事项名称',
  channel: '来源渠道',
  disputeType: '纠纷类型',
  registeredOn: '登记日期',
  acceptedOn: '受理日期',
  closedOn: '办结日期',
  place: '发生地点',
  placeUnit: '社区或者网格',
  riskLevel: '风险等级',
  headcount: '涉及人数',
  amount: '涉及金额',
  narrative: '纠纷简要情况',
  requests: '申请事项',
  centerName: '综治中心',
  committeeName: '调解组织',
  handlerName: '承办人',
  handlingUnitName: '办理单位',
  dueOn: '调解期限',
  outcome: '办结结果',
  isSettled: '是否化解',
  summary: '办结情况',
  agreementKind: '协议形式',
  agreementNumber: '协议编号',
  agreementOn: '协议生效日期',
  satisfaction: '满意程度',
  replyContent: '答复内容',
  replyOn: '答复日期',
  organizations: '涉及单位',
  applicantName: '申请人姓名或者名称',
  applicantDocumentKind: '申请人证件种类',
  applicantDocumentNumber: '申请人证件号码',
  applicantSex: '申请人性别',
  applicantEthnicity: '申请人民族',
  applicantPhone: '申请人电话',
  applicantAddress: '申请人住址',
  respondentName: '被申请人姓名或者名称',
  respondentPhone: '被申请人电话',
  respondentAddress: '被申请人住址',
} as const;
export type MappingSource = keyof typeof MAPPING_SOURCES;

export const MAPPING_FORMATS = {
  text: '原文',
  'compact-day': '日期写成8位数字',
  'one-zero': '是否写成1、0',
  yuan: '金额写成元',
} as const;
export type MappingFormat = keyof typeof MAPPING_FORMATS;

export interface MappingCode {
  readonly from: string;
  readonly to: string;
}

export interface MappingColumn {
  readonly header: string;
  /** Null where the record does not hold it: the column stays empty. */
  readonly source: MappingSource | null;
  readonly format: MappingFormat;
  /** Values of the receiver for values of ours; empty where the word itself is reported. */
  readonly codes: readonly MappingCode[];
  /** The receiver wants codes that nobody has verified yet: the column stays empty. */
  readonly awaitsCodes: boolean;
  readonly isNeeded: boolean;
  /** In characters. */
  readonly most: number | null;
}

/** The values of one matter; days as `YYYY-MM-DD`, money in fen, yes and no as such. */
export type MappedRecord = Readonly<Record<MappingSource, string | number | boolean | null>>;

export const FAULT_RULES = {
  missing: '必填，没有内容',
  'too-long': '超过长度',
  'unknown-code': '没有对应的代码',
  unrecorded: '系统没有记录，整列留空',
  'awaits-codes': '代码没有核实，整列留空',
} as const;
type FaultRule = keyof typeof FAULT_RULES;

export interface MappingFault {
  /** From 1; null for a whole column. */
  readonly row: number | null;
  readonly number: string | null;
  readonly field: string;
  readonly rule: FaultRule;
}

/** The rows as they would leave, and what the receiver would refuse. */
export function drawRows(
  records: readonly MappedRecord[],
  columns: readonly MappingColumn[],
): { readonly rows: string[][]; readonly faults: MappingFault[] } {
  const faults: MappingFault[] = columns.flatMap(({ header, source, awaitsCodes }): MappingFault[] =>
    source === null || awaitsCodes
      ? [{ row: null, number: null, field: header, rule: awaitsCodes ? 'awaits-codes' : 'unrecorded' }]
      : [],
  );
  const rows = records.map((record, i) =>
    columns.map((column) => {
      const { text, rule } = drawCell(record, column);
      if (rule !== null) {
        faults.push({ row: i + 1, number: String(record.registrationNumber), field: column.header, rule });
      }
      return text;
    }),
  );
  return { rows, faults };
}

function drawCell(
  record: MappedRecord,
  { source, format, codes, awaitsCodes, isNeeded, most }: MappingColumn,
): { readonly text: string; readonly rule: FaultRule | null } {
  if (source === null || awaitsCodes) return { text: '', rule: null };
  const plain = formatted(record[source], format);
  if (plain === '') return { text: '', rule: isNeeded ? 'missing' : null };
  if (codes.length > 0) {
    const code = codes.find(({ from }) => from === plain);
    return code === undefined ? { text: '', rule: 'unknown-code' } : { text: code.to, rule: null };
  }
  return { text: plain, rule: most !== null && Array.from(plain).length > most ? 'too-long' : null };
}

function formatted(value: string | number | boolean | null, format: MappingFormat): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return format === 'one-zero' ? (value ? '1' : '0') : value ? '是' : '否';
  if (format === 'yuan' && typeof value === 'number') return (value / 100).toFixed(2);
  return format === 'compact-day' ? String(value).replaceAll('-', '') : String(value);
}
