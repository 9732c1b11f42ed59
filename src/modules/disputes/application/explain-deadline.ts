import { Injectable } from '@nestjs/common';
import { type DayUnit, TERM_DAY_KINDS, legalDate, legalDateFromInstant, termDays } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { Calendars, DeadlineRules } from '../../calendar';
import type { PeriodRule } from '../domain/mediation-period';
import { Matters } from './matters';

interface PeriodRow {
  readonly id: string;
  readonly volume: number;
  readonly rule: PeriodRule;
  readonly deadlineRuleId: string;
  readonly article: string;
  readonly startOn: string;
  readonly originalDueOn: string;
  readonly currentDueOn: string | null;
  readonly isProvisional: boolean;
  readonly explanation: string[];
  readonly calendarVersion: string;
  readonly endedAt: Date | null;
}

interface PauseRow {
  readonly periodId: string;
  readonly reason: string;
  readonly pausedAt: Date;
  readonly resumedAt: Date | null;
  readonly byName: string | null;
}

interface ExtensionRow {
  readonly periodId: string;
  readonly untilOn: string;
  readonly previousDueOn: string;
  readonly reason: string;
  readonly consentedOn: string;
  readonly byName: string | null;
}

@Injectable()
export class ExplainDeadline {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly calendars: Calendars,
    private readonly rules: DeadlineRules,
  ) {}

  /** The mediation periods of a matter, each told day by day, with who stopped and lengthened it and why. */
  async execute(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'mediation.explain-deadline');
      const periods = await tx.query<PeriodRow>(
        `select id, volume, rule, deadline_rule_id as "deadlineRuleId", article, start_on as "startOn", original_due_on as "originalDueOn",
                current_due_on as "currentDueOn", is_provisional as "isProvisional", explanation,
                calendar_version as "calendarVersion", ended_at as "endedAt"
           from mediation_period where dispute_id = $1 order by volume desc, id desc`,
        [disputeId],
      );
      const pauses = await tx.query<PauseRow>(
        `select p.period_id as "periodId", p.reason, p.paused_at as "pausedAt", p.resumed_at as "resumedAt",
                a.display_name as "byName"
           from mediation_pause p left join account a on a.id = p.paused_by
          where p.dispute_id = $1 order by p.paused_at, p.id`,
        [disputeId],
      );
      const extensions = await tx.query<ExtensionRow>(
        `select e.period_id as "periodId", e.until_on as "untilOn", e.previous_due_on as "previousDueOn", e.reason,
                e.consented_on as "consentedOn", a.display_name as "byName"
           from mediation_extension e left join account a on a.id = e.recorded_by
          where e.dispute_id = $1 order by e.ordinal`,
        [disputeId],
      );
      const rules = await this.rules.forCenter(tx, dispute.centerId);
      const { calendar } = await this.calendars.forCenter(tx, dispute.centerId);
      const today = legalDateFromInstant(tx.now);
      return {
        items: periods.map(({ id, endedAt, deadlineRuleId, ...period }) => {
          const own = pauses.filter((p) => p.periodId === id);
          const rule = rules.version(deadlineRuleId);
          const stoppedOn = endedAt === null ? today : legalDateFromInstant(endedAt);
          return {
            ...period,
            endedAt: endedAt?.toISOString() ?? null,
            pauses: own.map((p) => ({
              reason: p.reason,
              pausedAt: p.pausedAt.toISOString(),
              resumedAt: p.resumedAt?.toISOString() ?? null,
              byName: p.byName,
            })),
            extensions: extensions
              .filter((e) => e.periodId === id)
              .map(({ untilOn, previousDueOn, reason, consentedOn, byName }) => ({
                untilOn,
                previousDueOn,
                reason,
                consentedOn,
                byName,
              })),
            days: termDays({
              term: rule.term,
              unit: rule.unit as DayUnit,
              start: legalDate(period.startOn),
              until: period.currentDueOn === null ? stoppedOn : legalDate(period.currentDueOn),
              pauses: own.map((p) => ({
                from: legalDateFromInstant(p.pausedAt),
                to: p.resumedAt === null ? null : legalDateFromInstant(p.resumedAt),
                reason: p.reason,
              })),
              calendar,
            }).map((day) => ({ ...day, kindName: TERM_DAY_KINDS[day.kind], isToday: day.on === today })),
          };
        }),
      };
    });
  }
}
