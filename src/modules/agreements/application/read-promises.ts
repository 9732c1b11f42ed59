import {
  type DayCalendar,
  type LegalDate,
  addDays,
  formatLegalDateCn,
  legalDate,
  legalDateFromInstant,
  pick,
} from '../../../kernel';
import { mayAct } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import type { LoadedMatter } from '../../disputes';
import { confirmationRefusals } from '../domain/content-rules';
import { confirmationCountdown } from '../domain/effect';
import {
  CONFIRMATION_STATES,
  HINTS,
  confirmationChecks,
  confirmationLifecycle,
  confirmationSentence,
} from '../domain/judicial-confirmation';
import { PROMISE_STEPS, type StepFamily, UNSENT_REASONS, plannedSteps } from '../domain/promise-steps';
import { loadContent } from '../persistence/agreement-rows';
import { Agreement } from '../persistence/agreement.entity';
import { loadConfirmations } from '../persistence/confirmation-rows';
import type { JudicialConfirmation } from '../persistence/judicial-confirmation.entity';
import { allowedConfirmationActs } from './confirm-by-court';
import { type WatchedPromise, agreementsToWatch, enforcementEndsOn, watchedPromises } from './watched-promises';

/** How long after its last day an application made in time can still be entered. */
const DAYS_TO_ENTER = 30;

/** What the program does about what is still to be performed in a matter, in the words of the desk. */
export async function promisesOf(
  tx: Tx,
  { dispute, standing }: LoadedMatter,
  { yellowPart, calendar }: { readonly yellowPart: number; readonly calendar: DayCalendar },
) {
  const today = legalDateFromInstant(tx.now);
  const promises = await watchedPromises(tx, [dispute.id]);
  const stepsOf = (subjectId: string, family: StepFamily, isMoot = false) => {
    const found = promises.find((p) => p.subjectId === subjectId && p.family === family);
    return found === undefined ? [] : stepsInWords(found, today, isMoot, calendar);
  };
  const applications = await loadConfirmations(tx, [dispute.id]);
  const mayApply = mayAct(tx.actor, confirmationLifecycle.table.acts.apply.by, standing);
  const agreements = [];
  for (const watched of await agreementsToWatch(tx, [dispute.id])) {
    const { id, ordinal, kind, confirmationDueOn, confirmationIsProvisional, isOpen } = watched;
    const own = applications.filter((a) => a.agreementId === id);
    const current = own.find(({ state }) => state !== 'withdrawn');
    if (!isOpen && own.length === 0 && (confirmationDueOn === null || confirmationDueOn < today)) continue;
    const agreement = await tx.get(Agreement, id);
    const content = await loadContent(tx, agreement);
    const refusals = confirmationRefusals(content).map(({ code }) => code);
    const dueOn = confirmationDueOn === null ? null : legalDate(confirmationDueOn);
    const checks =
      dueOn === null ? [] : confirmationChecks({ kind, dueOn, on: today, nature: dispute.nature, refusals });
    const ends = enforcementEndsOn(watched);
    agreements.push({
      agreementId: id,
      ordinal,
      confirmation:
        dueOn === null
          ? null
          : {
              dueOn,
              isProvisional: confirmationIsProvisional ?? false,
              // Whoever has applied is in time: nothing runs any more.
              ...(current === undefined
                ? confirmationCountdown(dueOn, today, yellowPart)
                : { daysLeft: null, light: null }),
              checks: current === undefined ? checks : [],
              reminders: stepsOf(id, 'confirmation', refusals.length > 0),
              applications: own.map((a) => applicationInWords(a)),
              proposed: { partyIds: agreement.partyIds, court: await courtOf(tx, dispute.committeeId) },
              ways: current?.state === 'dismissed' ? WAYS_AFTER_DISMISSAL : [],
              allowedActs:
                current !== undefined
                  ? allowedConfirmationActs(tx, { standing }, current.state)
                  : mayApply && kind === 'written' && refusals.length === 0 && today <= addDays(dueOn, DAYS_TO_ENTER)
                    ? ['confirmations.apply']
                    : [],
            },
      enforcementEndsOn: isOpen ? ends : null,
      isConfirmed: current?.state === 'confirmed',
      enforcementReminders: isOpen ? stepsOf(id, 'enforcement') : [],
    });
  }
  return { agreements, remindersOf: (itemId: string) => stepsOf(itemId, 'due') };
}

/** The court of the place of the committee, where one is on record. */
export async function courtOf(tx: Tx, committeeId: string | null): Promise<string | null> {
  const [committee] = await tx.query<{ court: string | null }>(
    'select court_name as court from committee where id = $1',
    [committeeId],
  );
  return committee?.court ?? null;
}

/** Where the parties can go, and the tab of the matter on which that is done. */
const WAYS_AFTER_DISMISSAL = [
  { words: '各方愿意的，可以变更协议或者重新达成协议', tab: 'agreement' },
  { words: '法院认为协议无效的，由调委会主任作废协议', tab: 'agreement' },
  { words: '要起诉的，装订提交法院的材料', tab: 'dossier' },
] as const;

/** What became of an application, in one sentence. */
export function sentenceOf(a: JudicialConfirmation): string {
  return confirmationSentence({
    ...pick(a, 'state', 'court', 'caseNumber', 'reason'),
    appliedOn: legalDate(a.appliedOn),
    acceptedOn: a.acceptedOn === null ? null : legalDate(a.acceptedOn),
    decidedOn: a.decidedOn === null ? null : legalDate(a.decidedOn),
  });
}

function applicationInWords(a: JudicialConfirmation) {
  return {
    id: a.id,
    state: a.state,
    stateName: CONFIRMATION_STATES[a.state],
    sentence: sentenceOf(a),
    looked: a.hints.map((hint) => HINTS[hint]),
    hintsNote: a.hintsNote,
    applicationAttachmentId: a.applicationAttachmentId,
    rulingAttachmentId: a.rulingAttachmentId,
  };
}

/** Steps that were taken, then those still to come, if they still matter. */
function stepsInWords(promise: WatchedPromise, today: LegalDate, isMoot: boolean, calendar: DayCalendar) {
  const { family, countsFrom, effectiveOn, until, taken } = promise;
  const done = taken
    .filter(({ step }) => PROMISE_STEPS[step].family === family)
    .map(({ step, dueOn, takenAt, unsentReason }) => ({
      step,
      sentence:
        unsentReason === null
          ? `已于${formatLegalDateCn(legalDateFromInstant(takenAt))}提醒承办人员（${PROMISE_STEPS[step].label}）。`
          : `${formatLegalDateCn(legalDate(dueOn))}的${PROMISE_STEPS[step].label}没有发出：${UNSENT_REASONS[unsentReason]}。`,
    }));
  const isOver = until !== null && until < today;
  const coming =
    isOver || isMoot
      ? []
      : plannedSteps(family, countsFrom, effectiveOn, calendar)
          .filter(({ step }) => !taken.some((t) => t.step === step))
          .map(({ step, on }) => ({
            step,
            sentence: `若届时仍未${family === 'confirmation' ? '履行完毕' : '履行'}，将于${formatLegalDateCn(on)}提醒（${PROMISE_STEPS[step].label}）。`,
          }));
  return [...done, ...coming];
}
