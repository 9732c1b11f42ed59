import { type Grant, type Obstacle, defineLifecycle } from '../../../kernel';
import { ALARM_STATES, type AlarmState } from './kinds';

export interface AlarmSnapshot {
  readonly state: AlarmState;
  /** The actor handled one of the matters behind it. */
  readonly isOwnWork: boolean;
}

const ownWork: Obstacle<AlarmSnapshot> = {
  code: 'own-work',
  message: '其中有您承办或者主持的事项，请由其他领导或者督办员核实。',
  blocks: (s) => s.isOwnWork,
};

/** Those who look into alarms. Nobody is scored by them. */
export const VERIFIERS: readonly Grant[] = [
  'center-director@center',
  'center-director@subtree',
  'superior@subtree',
  'supervisor@center',
];

/** An alarm is raised by the program and decided once by a person; what is new afterwards is another alarm. */
export const alarmLifecycle = defineLifecycle<AlarmSnapshot>()({
  name: 'authenticity',
  label: '真实性提示',
  states: ALARM_STATES,
  initial: 'open',
  final: ['explained', 'verified', 'unfounded'],
  acts: {
    raise: { label: '提示', from: [], to: 'open', by: [], internal: true },
    decide: {
      label: '登记核实结果',
      from: ['open'],
      to: ['explained', 'verified', 'unfounded'],
      by: VERIFIERS,
      obstacles: [ownWork],
    },
  },
});
