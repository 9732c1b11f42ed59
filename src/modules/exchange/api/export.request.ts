import { Day, OneOf, OneOfList, Text, Uuid } from '../../../platform/http';
import { CHANNELS, DISPUTE_TYPES, MATTER_STATES, MEDIATION_STATES, RISK_LEVELS } from '../../disputes';
import { EXPORT_COLUMN_NAMES, type ExportColumnKey } from '../application/export-columns';

/** The conditions of the list on the screen, and the columns to be written. */
export class ExportMattersRequest {
  @OneOfList({ label: '导出的列', values: EXPORT_COLUMN_NAMES, min: 1, example: ['registrationNumber', 'title'] })
  columns!: ExportColumnKey[];

  @Uuid({ label: '登记中心', optional: true })
  centerId?: string;

  @OneOf({ label: '状态', values: MATTER_STATES, optional: true })
  state?: keyof typeof MATTER_STATES;

  @OneOf({ label: '调解状态', values: MEDIATION_STATES, optional: true })
  mediationState?: keyof typeof MEDIATION_STATES;

  @Uuid({ label: '承办人', optional: true })
  handlerAccountId?: string;

  @Uuid({ label: '调解委员会', optional: true })
  committeeId?: string;

  @OneOf({ label: '来源渠道', values: CHANNELS, optional: true })
  channel?: keyof typeof CHANNELS;

  @OneOf({ label: '纠纷类型', values: DISPUTE_TYPES, optional: true, description: '一级类型包含其下各类' })
  disputeType?: keyof typeof DISPUTE_TYPES;

  @OneOf({ label: '风险等级', values: RISK_LEVELS, optional: true })
  riskLevel?: keyof typeof RISK_LEVELS;

  @Day({ label: '登记日期起', optional: true })
  registeredFrom?: string;

  @Day({ label: '登记日期止', optional: true, description: '含当日' })
  registeredTo?: string;

  @Text({ label: '编号或名称片段', max: 50, optional: true, example: '遗产' })
  text?: string;
}
