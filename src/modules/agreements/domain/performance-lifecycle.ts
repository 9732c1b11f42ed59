import { type Grant, type LegalDate, type Light, type Obstacle, daysBetween, defineLifecycle } from '../../../kernel';
import type { AgreementState } from './agreement-lifecycle';
import type { Receipt } from './dictionaries';

export const PERFORMANCE_STATES = {
  open: '待履行',
  breached: '违约',
  performed: '已履行',
  cancelled: '不再履行',
} as const;
export type PerformanceState = keyof typeof PERFORMANCE_STATES;

export interface PerformanceFacts {
  readonly state: PerformanceState;
  readonly agreementState: AgreementState;
  readonly dueOn: LegalDate;
  /** The civil day of the transaction. */
  readonly today: LegalDate;
}

type O = Obstacle<PerformanceFacts>;

const agreementOver: O = {
  code: 'agreement-over',
  message: '该协议已作废或已被替代，请在现行协议下登记。',
  blocks: (s) => s.agreementState !== 'effective',
};
const notDueYet: O = {
  code: 'not-due-yet',
  message: '履行期限还没有届满，不能登记违约。可以先登记督促。',
  blocks: (s) => s.today <= s.dueOn,
};

const WATCHING: readonly Grant[] = [
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
  'follow-up-clerk@center',
];

/** The lifecycle of one thing to be performed (人民调解法第三十一条: the committee supervises performance). */
export const performanceLifecycle = defineLifecycle<PerformanceFacts>()({
  name: 'performance',
  label: '履行事项',
  states: PERFORMANCE_STATES,
  initial: 'open',
  final: [],
  acts: {
    schedule: { label: '列入履行台账', from: [], to: 'open', by: [], internal: true },
    record: {
      label: '登记履行',
      from: ['open', 'breached'],
      to: ['open', 'breached', 'performed'],
      by: WATCHING,
      obstacles: [agreementOver],
      source: '人民调解法第三十一条',
    },
    urge: {
      label: '登记督促',
      from: ['open', 'breached'],
      to: 'same',
      by: WATCHING,
      obstacles: [agreementOver],
      source: '人民调解法第三十一条',
    },
    breach: {
      label: '登记违约',
      from: ['open'],
      to: 'breached',
      by: ['mediator@assigned', 'committee-director@committee', 'follow-up-clerk@center'],
      obstacles: [agreementOver, notDueYet],
    },
    retract: {
      label: '冲销履行记录',
      from: ['open', 'breached', 'performed'],
      to: ['open', 'breached', 'performed'],
      by: ['mediator@assigned', 'committee-director@committee'],
      obstacles: [agreementOver],
    },
    'hear-obligee': {
      label: '登记权利人的确认或异议',
      from: ['open', 'breached', 'performed'],
      to: ['open', 'breached', 'performed'],
      by: WATCHING,
      obstacles: [agreementOver],
    },
    'settle-receipt': {
      label: '认定有争议的履行',
      from: ['open', 'breached'],
      to: ['open', 'breached', 'performed'],
      by: ['mediator@assigned', 'committee-director@committee'],
      obstacles: [agreementOver],
    },
    cancel: { label: '随协议终止', from: ['open', 'breached'], to: 'cancelled', by: [], internal: true },
    revive: {
      label: '补充、更正协议作废后恢复',
      from: ['cancelled'],
      to: ['open', 'breached'],
      by: [],
      internal: true,
    },
  },
});

export type PerformanceAct = keyof typeof performanceLifecycle.table.acts;

/** Overdue is told, never stored. */
export function isOverdue(
  item: { readonly state: PerformanceState; readonly dueOn: string },
  today: LegalDate,
): boolean {
  return (item.state === 'open' || item.state === 'breached') && today > item.dueOn;
}

/** Where an item stands once this amount is in: a part of the money leaves it as it was. */
export function stateAfterPayment(
  item: { readonly amountFen: number | null; readonly performedFen: number; readonly state: PerformanceState },
  amountFen: number | null,
): 'open' | 'breached' | 'performed' {
  const isWhole = item.amountFen === null || item.performedFen + (amountFen ?? 0) === item.amountFen;
  return isWhole ? 'performed' : item.state === 'breached' ? 'breached' : 'open';
}

interface StandingRecord {
  readonly amountFen: number | null;
  readonly receipt: Receipt;
  readonly performedOn: string;
}

/** What counts as performed until somebody with a say in it says otherwise. */
const COUNTS: readonly Receipt[] = ['awaited', 'confirmed', 'accepted'];

/** Where an item stands by the records that were not struck out; `tooMuch` where more would be performed than was owed. */
export function standingByRecords(
  item: { readonly amountFen: number | null; readonly wasBreached: boolean },
  records: readonly StandingRecord[],
): {
  readonly state: 'open' | 'breached' | 'performed';
  readonly performedFen: number;
  readonly performedOn: string | null;
  readonly tooMuch: boolean;
} {
  const counted = records.filter(({ receipt }) => COUNTS.includes(receipt));
  const performedFen = counted.reduce((sum, r) => sum + (r.amountFen ?? 0), 0);
  const isWhole = item.amountFen === null ? counted.length > 0 : performedFen >= item.amountFen;
  return {
    state: isWhole ? 'performed' : item.wasBreached ? 'breached' : 'open',
    performedFen,
    performedOn:
      counted
        .map((r) => r.performedOn)
        .toSorted()
        .at(-1) ?? null,
    tooMuch: item.amountFen !== null && performedFen > item.amountFen,
  };
}

/** What may follow on the obligee's word; what settles it is final. */
export const RECEIPT_STEPS: Readonly<Record<Receipt, readonly Receipt[]>> = {
  awaited: ['confirmed', 'disputed'],
  disputed: ['confirmed', 'accepted', 'not-paid'],
  confirmed: [],
  accepted: [],
  'not-paid': [],
};

/** What is said of an item beyond its state: nothing is called performed that its obligee has not confirmed. */
export function stateName(state: PerformanceState, receipts: readonly (Receipt | null)[]): string {
  if (receipts.includes('disputed')) return `${PERFORMANCE_STATES[state]}，收款有争议`;
  if (state === 'performed' && receipts.includes('awaited')) return '已登记履行，待收款方确认';
  return PERFORMANCE_STATES[state];
}

/** A week ahead there is time to call the obligor before the day is over. */
const DAYS_OF_WARNING = 7;

/** The light of one thing to be performed; nothing that is done or fallen away has one. */
export function lightOfItem(
  item: { readonly state: PerformanceState; readonly dueOn: string },
  today: LegalDate,
): Light | null {
  if (item.state === 'performed' || item.state === 'cancelled') return null;
  if (item.state === 'breached' || isOverdue(item, today)) return 'red';
  return daysBetween(today, item.dueOn as LegalDate) <= DAYS_OF_WARNING ? 'yellow' : 'green';
}
