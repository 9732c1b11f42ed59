import { Injectable } from '@nestjs/common';
import {
  type DayCalendar,
  type LegalDate,
  formatLegalDateCn,
  isOfficeOpen,
  legalDateFromInstant,
} from '../../../kernel';
import { Chores } from '../../../platform/chores';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Calendars } from '../../calendar';
import { Matters } from '../../disputes';
import { confirmationRefusals } from '../domain/content-rules';
import {
  PROMISE_STEPS,
  type PromiseStep,
  type UnsentReason,
  plannedSteps,
  reachedUpTo,
  toTake,
} from '../domain/promise-steps';
import { loadContent } from '../persistence/agreement-rows';
import { Agreement } from '../persistence/agreement.entity';
import { PromiseNotice } from '../persistence/promise-notice.entity';
import { type WatchedPromise, watchedPromises } from './watched-promises';

const EVERY_MS = 10 * 60_000;
const BATCH = 100;
/**
 * Matters in which a step has been reached and not been taken. $1 today, $2 steps, $3 their families, $4 their days, $5 up to which
 * day each has been reached, $6 centers that are open, $7 how many.
 */
const REACHED = `
  with step as (select * from unnest($2::text[], $3::text[], $4::int[], $5::date[]) as s(step, family, days, up_to)),
  promise as (
    select i.dispute_id, i.id as subject_id, 'due' as family, i.due_on as counts_from, a.effective_on, null::date as until
      from performance_item i join agreement a on a.id = i.agreement_id
     where a.state = 'effective' and i.state in ('open', 'breached')
       and i.due_on <= (select max(up_to - days) from step where family = 'due')
    union all
    select a.dispute_id, a.id, f.family, f.counts_from, a.effective_on, f.until
      from agreement a
      left join judicial_confirmation c on c.agreement_id = a.id and c.state <> 'withdrawn'
      cross join lateral (select greatest(max(i.due_on), case when c.state = 'confirmed' then c.decided_on end) as last
                            from performance_item i
                           where i.agreement_id = a.id and i.state <> 'cancelled'
                          having bool_or(i.state in ('open', 'breached'))) l
      cross join lateral (values
        ('confirmation', case when a.kind = 'written' and c.id is null then a.effective_on end, a.confirmation_due_on),
        ('enforcement', (l.last + interval '2 years')::date, (l.last + interval '2 years')::date)) f(family, counts_from, until)
     where a.state = 'effective')
  select d.id, d.center_id as "centerId" from dispute d
   where d.id in (select p.dispute_id from promise p join step s using (family)
                   where p.counts_from + s.days <= s.up_to and p.counts_from + s.days > p.effective_on
                     and (p.until is null or p.until >= $1::date)
                     and not exists (select 1 from promise_notice n where n.subject_id = p.subject_id and n.step = s.step))
     and d.center_id = any ($6::uuid[])
   order by d.id limit $7 for update skip locked`;

interface ReachedMatter {
  readonly id: string;
  readonly centerId: string;
}

/**
 * Tells those who look after a matter of what was promised in it: before and after a due day, while the parties can still ask the
 * court together, and before enforcement can no longer be asked for. On working days, while the center is open. Each step is taken once, however many instances run; several
 * that were reached while none ran tell once.
 */
@Injectable()
export class KeepPromises {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly calendars: Calendars,
    private readonly chores: Chores,
  ) {
    chores.add({ name: 'keep-promises', everyMs: EVERY_MS, isShared: true, work: () => this.sweep() });
  }

  /** Takes every step that was reached, and answers how many told somebody. */
  async sweep(): Promise<number> {
    let told = 0;
    for (let isMore = true; isMore && !this.chores.isStopped;) {
      const batch = await this.unitOfWork.runAsSystem('keep-promises', (tx) => this.takeBatch(tx));
      told += batch.told;
      isMore = batch.matters === BATCH;
    }
    return told;
  }

  /** Matters are locked first, as by every act: what is read of them afterwards holds. */
  private async takeBatch(tx: Tx): Promise<{ readonly matters: number; readonly told: number }> {
    const calendar = await this.calendars.workingDays(tx);
    const today = legalDateFromInstant(tx.now);
    const steps = Object.entries(PROMISE_STEPS) as [PromiseStep, (typeof PROMISE_STEPS)[PromiseStep]][];
    const matters = await tx.query<ReachedMatter>(REACHED, [
      today,
      steps.map(([step]) => step),
      steps.map(([, { family }]) => family),
      steps.map(([, { days }]) => days),
      steps.map(([step]) => reachedUpTo(step, today, calendar)),
      await this.openCenters(tx),
      BATCH,
    ]);
    const promises = await watchedPromises(
      tx,
      matters.map(({ id }) => id),
    );
    let told = 0;
    for (const promise of promises) {
      const matter = matters.find(({ id }) => id === promise.disputeId);
      if (matter) told += await this.take(tx, matter, promise, today, calendar);
    }
    return { matters: matters.length, told };
  }

  private async openCenters(tx: Tx): Promise<string[]> {
    const ids = (await tx.query<{ id: string }>('select id from center where is_active')).map(({ id }) => id);
    const officeOf = await this.calendars.forCenters(tx, ids);
    return ids.filter((id) => isOfficeOpen(officeOf(id), tx.now).value);
  }

  private async take(
    tx: Tx,
    matter: ReachedMatter,
    promise: WatchedPromise,
    day: LegalDate,
    calendar: DayCalendar,
  ): Promise<number> {
    const { family, countsFrom, effectiveOn, until, taken } = promise;
    if (until !== null && until < day) return 0;
    const steps = toTake(
      plannedSteps(family, countsFrom, effectiveOn, calendar),
      taken.map(({ step }) => step),
      day,
    );
    if (steps.length === 0) return 0;
    const refused = family === 'confirmation' && (await isRefused(tx, promise.agreementId));
    let told = 0;
    for (const { step, on, isOvertaken } of steps) {
      const unsentReason: UnsentReason | null = refused ? 'not-confirmable' : isOvertaken ? 'overtaken' : null;
      await tx.insert(PromiseNotice, {
        id: uuidv7(),
        disputeId: matter.id,
        agreementId: promise.agreementId,
        subjectId: promise.subjectId,
        step,
        dueOn: on,
        takenAt: tx.now,
        unsentReason,
      });
      if (unsentReason !== null) continue;
      await this.tell(tx, matter, promise, step);
      told += 1;
    }
    return told;
  }

  private async tell(tx: Tx, matter: ReachedMatter, promise: WatchedPromise, step: PromiseStep): Promise<void> {
    const { subjectId, agreementId, agreementOrdinal, itemOrdinal, until, countsFrom } = promise;
    tx.send({ topic: `promises.${step}`, payload: { disputeId: matter.id, agreementId, subjectId } });
    const agreement = `第${agreementOrdinal}份协议`;
    const subject = itemOrdinal === null ? agreement : `${agreement}第${itemOrdinal}项履行事项`;
    const last = until ?? countsFrom;
    await this.matters.record(tx, matter, {
      act: 'performance.remind',
      opinion: `${subject}，${PROMISE_STEPS[step].label}。期限：${formatLegalDateCn(last)}。`,
      details: { step, agreement: agreementOrdinal, ...(itemOrdinal === null ? {} : { item: itemOrdinal }) },
      objectType: itemOrdinal === null ? 'agreement' : 'performance-item',
      objectId: subjectId,
    });
  }
}

async function isRefused(tx: Tx, agreementId: string): Promise<boolean> {
  return confirmationRefusals(await loadContent(tx, await tx.get(Agreement, agreementId))).length > 0;
}
