import type { Light } from '../../../kernel';

/** What may be noticed of files. */
export const ALARM_KINDS = {
  'same-phone': '同一电话',
  'same-device': '同一设备',
  'near-identical': '内容雷同',
  'impossible-time': '时间地点不合常理',
  burst: '短时大量办理',
  denial: '抽查否认',
} as const;
export type AlarmKind = keyof typeof ALARM_KINDS;

/** When it is raised and what is not counted, as people read it beside the alarm. */
export const ALARM_RULES: Readonly<Record<AlarmKind, string>> = {
  'same-phone':
    '一年内同一个电话登记在两件以上事项、三名以上不同的当事人名下，或者登记在同一事项对立双方名下。单位电话、同住一处的家人、代理人、监护人和继承人留的电话不算，婚姻家庭纠纷的双方不算。',
  'same-device':
    '二十四小时内，两件以上事项、三名以上不同的当事人，或者同一事项的对立双方，用同一网络地址的同一设备签字、查询。在本中心签字板上签的、从本中心或者内部网络上网的不算，同住一处的家人、代理人、监护人不算。',
  'near-identical':
    '不同事项的案情、事实、调查记录或者调解笔录有八成半以上相同。常用语和三名以上经办人都在用的句子先去掉，不足六十字的不比；有共同当事人的、并案的、旧台账导入的不算。',
  'impossible-time':
    '同一人同一时间在两处主持调解或者调查；当事人去世以后仍由本人签字；调解不到三分钟却记了五段以上。电话、视频方式的不算两处，前后相差十分钟以内的不算。',
  burst:
    '一名承办人一天内办结十件以上，或者一名经办人一天内有十份以上协议生效，或者十分钟内记完五件以上事项的调解。有共同当事人的多件按一件算，旧台账导入的不算。',
  denial:
    '抽查回访时当事人否认有此纠纷或者调解，或者办结登记为已解决，当事人在抽查时、在自己的查询页上说没有解决。已经重启办理的不算。',
};

export const ALARM_STATES = {
  open: '待核实',
  explained: '情况正常',
  verified: '查证属实',
  unfounded: '线索有误',
} as const;
export type AlarmState = keyof typeof ALARM_STATES;

/** The colour in which a state is shown. */
export const ALARM_LIGHTS: Readonly<Record<AlarmState, Light>> = {
  open: 'yellow',
  explained: 'green',
  verified: 'red',
  unfounded: 'grey',
};
