import { Injectable } from '@nestjs/common';
import { computeDeadline, type DeadlineUnit, LIGHTS, type RuleBook, termCn, warningInstant } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { Calendars, type CenterCalendar, DeadlineRules, DEADLINE_RULES } from '../../calendar';
import { Matters } from '../../disputes';
import { LEDGER_KINDS, LEDGER_STATES, LEDGER_WORDS, type LedgerKind, ledgerLight, ledgerState } from '../domain/ledger';

interface KeptPause {
  readonly from: string;
  readonly to: string | null;
  readonly reason: string;
  readonly ground?: string | null;
  readonly byName?: string | null;
  readonly approvedByName?: string | null;
  readonly expectedUntil?: string | null;
}

interface LedgerRow {
  readonly kind: LedgerKind;
  readonly subjectId: string;
  readonly holder: string | null;
  readonly subjectWords: string | null;
  readonly versionId: string | null;
  readonly ruleId: string | null;
  readonly ruleVersion: number | null;
  readonly isOwnRule: boolean | null;
  readonly budget: number | null;
  readonly unit: DeadlineUnit | null;
  readonly article: string | null;
  readonly startsAt: Date;
  readonly originalDueAt: Date | null;
  readonly currentDueAt: Date | null;
  readonly isProvisional: boolean | null;
  readonly calendarVersion: string | null;
  readonly explanation: readonly string[] | null;
  readonly metAt: Date | null;
  readonly stoppedAt: Date | null;
  readonly pauses: readonly KeptPause[];
  readonly extensions: readonly { from: string; to: string; reason: string; byName: string | null }[];
}

/** The ledger of a matter's deadlines: each with its rule, its budget, what stopped or lengthened it, and how it was reckoned. */
@Injectable()
export class ReadDeadlines {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly calendars: Calendars,
    private readonly rules: DeadlineRules,
  ) {}

  async ofMatter(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'supervisions.list-deadlines');
      const rows = await tx.query<LedgerRow>(
        `select kind, subject_id as "subjectId", holder, subject_words as "subjectWords", deadline_rule_id as "versionId",
                rule_id as "ruleId", rule_version as "ruleVersion", is_own_rule as "isOwnRule", budget, unit, article,
                starts_at as "startsAt", original_due_at as "originalDueAt", current_due_at as "currentDueAt",
                is_provisional as "isProvisional", calendar_version as "calendarVersion", explanation, met_at as "metAt",
                stopped_at as "stoppedAt", pauses, extensions
           from deadline_ledger where dispute_id = $1
          order by (met_at is null and stopped_at is null) desc, current_due_at nulls first, starts_at, kind, subject_id`,
        [disputeId],
      );
      const office = await this.calendars.forCenter(tx, dispute.centerId);
      const book = await this.rules.forCenter(tx, dispute.centerId);
      return { items: rows.map((row) => view(row, office, book, tx.now)) };
    });
  }
}

function view(row: LedgerRow, office: CenterCalendar, book: RuleBook, now: Date) {
  const { kind, budget, unit, startsAt, currentDueAt } = row;
  const state = ledgerState(row, now);
  const pauses = row.pauses.map((p) => ({ from: new Date(p.from), to: p.to === null ? null : new Date(p.to) }));
  const isRealTime = unit === 'real-minute' || unit === 'real-hour';
  const warnsAt =
    currentDueAt === null || currentDueAt <= startsAt
      ? null
      : warningInstant({ startsAt, dueAt: currentDueAt, isRealTime, pauses }, office);
  const light = ledgerLight(state, currentDueAt, warnsAt, now);
  return {
    key: `${kind}_${row.subjectId}`,
    kind,
    kindName: LEDGER_KINDS[kind],
    holder: row.holder,
    subjectWords: row.subjectWords,
    ruleId: row.ruleId,
    ruleName: row.ruleId === null ? null : (DEADLINE_RULES[row.ruleId]?.name ?? row.ruleId),
    ruleVersion: row.ruleVersion,
    isOwnRule: row.isOwnRule ?? false,
    article: row.article,
    termName: budget === null || unit === null ? null : termCn(budget, unit),
    unit,
    startsAt: startsAt.toISOString(),
    originalDueAt: row.originalDueAt?.toISOString() ?? null,
    currentDueAt: currentDueAt?.toISOString() ?? null,
    state,
    stateName: LEDGER_STATES[state],
    light,
    lightName: light === null ? null : LIGHTS[light],
    isProvisional: row.isProvisional ?? false,
    calendarVersion: row.calendarVersion,
    explanation: explained(row, office, book),
    metAt: row.metAt?.toISOString() ?? null,
    stoppedAt: row.stoppedAt?.toISOString() ?? null,
    pauses: row.pauses.map((p) => ({
      from: new Date(p.from).toISOString(),
      to: p.to === null ? null : new Date(p.to).toISOString(),
      reason: p.reason,
      byName: p.byName ?? null,
      approvedByName: p.approvedByName ?? null,
      expectedUntil: p.expectedUntil ?? null,
    })),
    extensions: row.extensions,
  };
}

/** As it was written down when it was reckoned; a window that is kept as one instant is told by its rule. */
function explained(row: LedgerRow, { calendar, officeHours }: CenterCalendar, book: RuleBook): readonly string[] {
  if (row.explanation !== null) return row.explanation;
  const { kind, versionId, unit, startsAt, article, budget } = row;
  const words = LEDGER_WORDS[kind];
  if (versionId === null || unit === null) return words === undefined ? [] : [words];
  // The sender's transfer and a visit are told by their words: they end with the hour, or any hour of a day.
  if (words !== undefined) return [`依据${article ?? ''}，期限为${termCn(budget ?? 1, unit)}。`, words];
  return computeDeadline({ rule: book.version(versionId), start: startsAt, calendar, officeHours }).explanation;
}
