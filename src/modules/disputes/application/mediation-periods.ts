import { Injectable } from '@nestjs/common';
import {
  type Deadline,
  type LegalDate,
  computeDeadline,
  endOfDay,
  legalDate,
  legalDateFromInstant,
} from '../../../kernel';
import { type Tx, uuidv7 } from '../../../platform/database';
import { Calendars, DeadlineRules } from '../../calendar';
import { type PeriodRule, periodRuleOf, periodStart } from '../domain/mediation-period';
import type { Dispute } from '../persistence/dispute.entity';
import { MediationPeriod } from '../persistence/mediation.entity';

export interface RunningPeriod {
  readonly id: string;
  readonly rule: PeriodRule;
  readonly deadlineRuleId: string;
  readonly startOn: string;
  readonly originalDueOn: string;
  readonly currentDueOn: string | null;
}

export interface PeriodDeadline {
  readonly deadline: Deadline;
  readonly currentDueOn: LegalDate | null;
  readonly calendarVersion: string;
}

interface OfPeriod {
  readonly periodId: string;
}

/** The mediation period of a matter: begun at acceptance, stopped by pauses, lengthened by consent, explained always. */
@Injectable()
export class MediationPeriods {
  constructor(
    private readonly calendars: Calendars,
    private readonly rules: DeadlineRules,
  ) {}

  /** The period that is running, or null. */
  async running(tx: Tx, disputeId: string): Promise<RunningPeriod | null> {
    const [period] = await tx.query<RunningPeriod>(
      `select id, rule, deadline_rule_id as "deadlineRuleId", start_on as "startOn", original_due_on as "originalDueOn", current_due_on as "currentDueOn"
         from mediation_period where dispute_id = $1 and ended_at is null`,
      [disputeId],
    );
    return period ?? null;
  }

  async start(tx: Tx, dispute: Dispute): Promise<void> {
    const kind = periodRuleOf(dispute);
    const startOn = periodStart<LegalDate>(kind, {
      acceptedOn: legalDateFromInstant(tx.now),
      registeredOn: legalDateFromInstant(dispute.registeredAt),
      courtMaterialsOn: dispute.courtMaterialsOn === null ? null : legalDate(dispute.courtMaterialsOn),
    });
    const { calendar } = await this.calendars.forCenter(tx, dispute.centerId);
    // What held when the term began, which may be days before it is entered here.
    const startsAt = new Date(Math.min(endOfDay(startOn).getTime() - 1, tx.now.getTime()));
    const rule = (await this.rules.forCenter(tx, dispute.centerId)).at(`mediation.${kind}`, startsAt);
    const deadline = computeDeadline({ rule, start: startOn, calendar });
    await tx.insert(MediationPeriod, {
      id: uuidv7(),
      disputeId: dispute.id,
      volume: dispute.volume,
      rule: kind,
      deadlineRuleId: rule.versionId,
      article: rule.article,
      startOn,
      originalDueOn: deadline.originalDue.on,
      currentDueOn: deadline.currentDue?.on ?? null,
      isProvisional: deadline.isProvisional,
      explanation: deadline.explanation,
      calendarVersion: calendar.version,
    });
  }

  /** Reckons the current due day anew from all pauses and extensions. The original one stays. */
  async reckon(tx: Tx, dispute: Pick<Dispute, 'centerId'>, period: RunningPeriod): Promise<string | null> {
    const reckoned = await this.deadlinesOf(tx, [{ ...period, centerId: dispute.centerId }]);
    const { deadline, currentDueOn, calendarVersion } = reckoned(period.id);
    await tx.update(MediationPeriod, period.id, {
      currentDueOn,
      isProvisional: deadline.isProvisional,
      explanation: deadline.explanation,
      calendarVersion,
    });
    return currentDueOn;
  }

  /** What some periods come to by the calendar of now, by their ids. */
  async deadlinesOf(
    tx: Tx,
    periods: readonly (Pick<RunningPeriod, 'id' | 'deadlineRuleId' | 'startOn'> & Pick<Dispute, 'centerId'>)[],
  ): Promise<(periodId: string) => PeriodDeadline> {
    const ids = periods.map((p) => p.id);
    const pauses = await tx.query<OfPeriod & { from: Date; to: Date | null; reason: string }>(
      `select period_id as "periodId", paused_at as "from", resumed_at as "to", reason from mediation_pause
        where period_id = any ($1) order by paused_at`,
      [ids],
    );
    const extensions = await tx.query<OfPeriod & { until: LegalDate; reason: string }>(
      `select period_id as "periodId", until_on as until, reason from mediation_extension
        where period_id = any ($1) order by ordinal`,
      [ids],
    );
    const officeOf = await this.calendars.forCenters(
      tx,
      periods.map((p) => p.centerId),
    );
    const reckoned = new Map<string, PeriodDeadline>();
    for (const { id, centerId, deadlineRuleId, startOn } of periods) {
      const { calendar } = officeOf(centerId);
      const deadline = computeDeadline({
        rule: (await this.rules.forCenter(tx, centerId)).version(deadlineRuleId),
        start: legalDate(startOn),
        // The period is one of days: a pause counts from its civil day to that of the resumption.
        pauses: pauses
          .filter((p) => p.periodId === id)
          .map(({ from, to, reason }) => ({
            from: legalDateFromInstant(from),
            to: to === null ? null : legalDateFromInstant(to),
            reason,
          })),
        extensions: extensions.filter((e) => e.periodId === id),
        calendar,
      });
      reckoned.set(id, { deadline, currentDueOn: deadline.currentDue?.on ?? null, calendarVersion: calendar.version });
    }
    return (periodId) => {
      const found = reckoned.get(periodId);
      if (found === undefined) throw new Error(`Period ${periodId} was not reckoned`);
      return found;
    };
  }

  /** The mediation has come to its end, with or without agreement: the clock stands. */
  async end(tx: Tx, disputeId: string): Promise<void> {
    await tx.query(
      'update mediation_period set ended_at = $2, version = version + 1 where dispute_id = $1 and ended_at is null',
      [disputeId, tx.now],
    );
    await tx.query('update mediation_pause set resumed_at = $2 where dispute_id = $1 and resumed_at is null', [
      disputeId,
      tx.now,
    ]);
  }
}
