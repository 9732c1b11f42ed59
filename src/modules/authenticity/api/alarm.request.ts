import { OneOf, PageQuery, Text } from '../../../platform/http';
import { ALARM_KINDS, ALARM_STATES, type AlarmKind, type AlarmState } from '../domain/kinds';

const { open: _, ...FINDINGS } = ALARM_STATES;

export class AlarmListQuery extends PageQuery {
  @OneOf({ label: '类别', values: ALARM_KINDS, optional: true, example: 'same-phone' })
  kind?: AlarmKind;

  @OneOf({ label: '状态', values: ALARM_STATES, optional: true, example: 'open' })
  state?: AlarmState;
}

export class DecideAlarmRequest {
  @OneOf({
    label: '核实结果',
    values: FINDINGS,
    description: '情况正常：事实如提示所述，但有正当原因；查证属实：档案与实际不符；线索有误：提示所述的事实不存在',
    example: 'explained',
  })
  finding!: Exclude<AlarmState, 'open'>;

  @Text({
    label: '核实经过和依据',
    max: 2000,
    multiline: true,
    description: '写明向谁、用什么方式核实，得到什么结果',
    example: '已逐户核实，三人合租一处，共用一部电话。',
  })
  decision!: string;
}
