import type { SupervisionAct, SupervisionKind } from './supervision-lifecycle';

/** Steps of a whistle's ladder that issue something, and what: act and kind of the supervision, and what it asks for. */
interface Issue {
  readonly act: SupervisionAct;
  readonly kind: SupervisionKind;
  /** `clock` names what has run out, `what` is the act that is missing. */
  readonly reason: (clock: string, what: string) => string;
}

export type IssuingStep = 'urge' | 'supervise' | 'interview' | 'report';

export const OF_AGENCY: Readonly<Record<IssuingStep, Issue>> = {
  urge: {
    act: 'urge-agency',
    kind: 'urging',
    reason: (clock, what) => `${clock}，尚未${what}。请立即${what}。`,
  },
  supervise: {
    act: 'oversee-agency',
    kind: 'oversight',
    reason: (clock, what) =>
      `${clock}，至今仍未${what}。请分管负责人说明原因，明确${what}的时间，在答复期限内书面答复。`,
  },
  interview: {
    act: 'call-in',
    kind: 'interview',
    reason: (clock, what) => `${clock}，至今仍未${what}。请中心主任约谈该部门负责人，登记约谈情况。`,
  },
  report: {
    act: 'report-up',
    kind: 'report',
    reason: (clock, what) => `${clock}，至今仍未${what}。请中心主任核实后报党委、政法委，登记报送情况和答复。`,
  },
};

/** Of the center's own clock: it is asked by the same steps, and its director answers for it. */
export const OF_CENTER: Readonly<Record<IssuingStep, Issue>> = {
  urge: {
    act: 'urge',
    kind: 'urging',
    reason: (clock, what) => `${clock}，中心尚未${what}，部门的时限因此停着。请立即${what}。`,
  },
  supervise: {
    act: 'oversee',
    kind: 'oversight',
    reason: (clock, what) => `${clock}，中心仍未${what}，部门的时限因此停着。请值班长说明原因，在答复期限内答复。`,
  },
  interview: OF_AGENCY.interview,
  report: {
    act: 'report-up',
    kind: 'report',
    reason: (clock, what) => `${clock}，中心仍未${what}。请中心主任核实后向上级说明，登记报送情况和答复。`,
  },
};
