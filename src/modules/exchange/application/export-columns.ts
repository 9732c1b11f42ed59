import type { Column } from '../../../platform/excel';
import { CHANNELS, DISPUTE_TYPES, type ListDisputes, RISK_LEVELS } from '../../disputes';

type Item = Awaited<ReturnType<ListDisputes['execute']>>['items'][number];

interface ExportColumn extends Column {
  readonly cell: (item: Item) => string | number | null;
}

const nameIn = (names: Readonly<Record<string, string>>, key: string | null): string | null =>
  key === null ? null : (names[key] ?? key);

/** Date and minute as the desk reads them. */
const DESK_TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** What a list of matters may show as a file: the same values as on the screen. */
export const EXPORT_COLUMNS = {
  registrationNumber: { header: '登记编号', width: 24, cell: (i) => i.registrationNumber },
  caseNumber: { header: '案号', width: 24, cell: (i) => i.caseNumber },
  title: { header: '事项名称', width: 36, cell: (i) => i.title },
  channel: { header: '来源渠道', width: 14, cell: (i) => nameIn(CHANNELS, i.channel) },
  disputeType: { header: '纠纷类型', width: 18, cell: (i) => nameIn(DISPUTE_TYPES, i.disputeType) },
  riskLevel: { header: '风险等级', width: 12, cell: (i) => nameIn(RISK_LEVELS, i.riskLevel) },
  state: { header: '状态', width: 12, cell: (i) => i.stateName },
  mediationState: { header: '调解状态', width: 14, cell: (i) => i.mediationStateName },
  headcount: { header: '涉及人数', width: 10, cell: (i) => i.headcount },
  registeredAt: { header: '登记时间', width: 18, cell: (i) => DESK_TIME.format(new Date(i.registeredAt)) },
  handler: { header: '承办人', width: 12, cell: (i) => i.handlerName },
  dueOn: { header: '调解期限', width: 14, cell: (i) => i.dueOn },
} as const satisfies Readonly<Record<string, ExportColumn>>;

export type ExportColumnKey = keyof typeof EXPORT_COLUMNS;

/** Keys with the headers that the desk chooses by. */
export const EXPORT_COLUMN_NAMES = Object.fromEntries(
  Object.entries(EXPORT_COLUMNS).map(([key, { header }]) => [key, header]),
) as Readonly<Record<ExportColumnKey, string>>;

export const rowOf = (item: Item, columns: readonly ExportColumnKey[]): (string | number | null)[] =>
  columns.map((key) => EXPORT_COLUMNS[key].cell(item));
