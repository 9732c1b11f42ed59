import type { LegalDate } from '../../../kernel';

/** An instant as JSON carries it. */
export type Instant = string;

interface TransferTrace {
  readonly id: string;
  readonly kind: 'send-down' | 'send-up' | 'hand-off';
  readonly state: 'sent' | 'signed' | 'objected';
  readonly since: Instant;
  readonly fromCenterId: string | null;
  readonly fromUnitId: string | null;
  readonly toCenterId: string | null;
  readonly toUnitId: string | null;
}

/** The clock of a summons task that runs out first. */
export interface TaskClock {
  readonly kind: 'sign' | 'contact' | 'arrive' | 'feedback' | 'ruling';
  readonly startsAt: Instant;
  /** Null while the clock stands still. */
  readonly dueAt: Instant | null;
  readonly unit: string;
}

export interface TaskTrace {
  readonly id: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly state: string;
  readonly since: Instant;
  readonly attendanceRequired: boolean;
  readonly clock: TaskClock | null;
}

interface SessionTrace {
  readonly state: 'planned' | 'held';
  readonly plannedAt: Instant;
  readonly startsAt: Instant;
}

interface AgreementTrace {
  readonly state: 'drafting' | 'signing' | 'refused';
  readonly kind: 'written' | 'oral';
  readonly since: Instant;
  /** Places of parties, mediators and recorder that are not signed. */
  readonly openSlots: number;
}

interface ItemsTrace {
  readonly open: number;
  readonly breached: number;
  readonly nextDueOn: LegalDate;
  readonly since: Instant;
}

/** What the other modules have left behind of one matter, as far as it says who must do what next and until when. */
export interface MatterTrace {
  readonly id: string;
  readonly centerId: string;
  readonly handlingCenterId: string | null;
  readonly handlingUnitId: string | null;
  readonly committeeId: string | null;
  readonly state: string;
  readonly mediationState: string | null;
  readonly route: string | null;
  readonly allowsCallBack: boolean;
  readonly registeredAt: Instant;
  readonly closedAt: Instant | null;
  /** Last change of the state of the matter or of its mediation. */
  readonly stateSince: Instant;
  readonly firstResponderId: string;
  readonly handlerAccountId: string | null;
  /** Named on the matter now, by role. */
  readonly assigned: readonly { readonly accountId: string; readonly role: string; readonly name: string }[];
  /** Accounts that have done an act on it. */
  readonly actors: readonly string[];
  /** Accounts that registered it, sent it on, assigned others or proposed a whistle. */
  readonly initiators: readonly string[];
  readonly copies: readonly { readonly accountId: string; readonly copiedAt: Instant }[];
  readonly period: { readonly startOn: LegalDate; readonly dueOn: LegalDate | null } | null;
  readonly pause: { readonly pausedAt: Instant; readonly expectedUntil: LegalDate | null } | null;
  readonly transfer: TransferTrace | null;
  /** The open notice to supplement whose day comes first. */
  readonly notice: { readonly dueOn: LegalDate; readonly givenAt: Instant } | null;
  readonly draftSummons: { readonly count: number; readonly since: Instant } | null;
  readonly hasSummons: boolean;
  readonly tasks: readonly TaskTrace[];
  readonly session: SessionTrace | null;
  /** Since when the record of a session waits for the parties to check it. */
  readonly unconfirmedSince: Instant | null;
  readonly agreement: AgreementTrace | null;
  readonly items: ItemsTrace | null;
  readonly parties: {
    readonly total: number;
    readonly consentsMissing: number;
    readonly consentsRefused: number;
    readonly noticesMissing: number;
  };
  readonly challenged: Instant | null;
  readonly unhandledCues: number;
  readonly routesUntold: number;
  /** Since when somebody says that a performance on record was not received, and nobody has held which it was. */
  readonly disputedReceiptSince: Instant | null;
  /** Since when the platform that sent the matter waits for what became of it. */
  readonly upstreamWaitsSince: Instant | null;
  /** The joint meeting that is to be held, or whose minutes are to be confirmed. */
  readonly meeting: { readonly state: 'called' | 'sitting'; readonly since: Instant; readonly meetAt: Instant } | null;
  /** The task out of minutes that is due first, and since when an answer to one waits for the center. */
  readonly meetingTask: { readonly since: Instant; readonly dueOn: LegalDate } | null;
  readonly meetingAnsweredSince: Instant | null;
  /** Findings of a review of the file that wait for an answer. */
  readonly review: { readonly since: Instant; readonly dueOn: LegalDate } | null;
}
