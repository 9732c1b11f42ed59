/** Fields in which phrases are offered, as the desk calls them. */
export const FIELD_NAMES: Readonly<Record<string, string>> = {
  opinion: '办理意见',
  reason: '理由',
  riskReason: '风险等级理由',
  note: '说明',
  explanation: '说明',
  narrative: '纠纷简要情况',
  requests: '申请事项',
  result: '办理结果',
};
