import type { PackedColumn } from '../../../platform/excel';
import {
  CHANNELS,
  DISPUTE_TYPES,
  FILE_CELLS,
  type FileCell,
  MATTER_STATES,
  MEDIATION_STATES,
  RISK_LEVELS,
} from '../../disputes';

const column = (
  header: string,
  width: number,
  cell: FileCell,
  names?: Readonly<Record<string, string>>,
): PackedColumn => ({
  header,
  width,
  place: FILE_CELLS.indexOf(cell),
  ...(names === undefined ? {} : { names }),
});

/** What a list of matters may show as a file: the same values as on the screen. */
export const EXPORT_COLUMNS = {
  registrationNumber: column('登记编号', 24, 'registrationNumber'),
  caseNumber: column('案号', 24, 'caseNumber'),
  title: column('事项名称', 36, 'title'),
  channel: column('来源渠道', 14, 'channel', CHANNELS),
  disputeType: column('纠纷类型', 18, 'disputeType', DISPUTE_TYPES),
  riskLevel: column('风险等级', 12, 'riskLevel', RISK_LEVELS),
  state: column('状态', 12, 'state', MATTER_STATES),
  mediationState: column('调解状态', 14, 'mediationState', MEDIATION_STATES),
  headcount: column('涉及人数', 10, 'headcount'),
  registeredAt: column('登记时间', 18, 'registeredAt'),
  handler: column('承办人', 12, 'handlerName'),
  dueOn: column('调解期限', 14, 'dueOn'),
} as const;

export type ExportColumnKey = keyof typeof EXPORT_COLUMNS;

/** Keys with the headers that the desk chooses by. */
export const EXPORT_COLUMN_NAMES = Object.fromEntries(
  Object.entries(EXPORT_COLUMNS).map(([key, { header }]) => [key, header]),
) as Readonly<Record<ExportColumnKey, string>>;
