import { type LegalDate, formatLegalDateCn, legalDate, legalDateFromInstant } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { confirmationRefusals } from '../domain/content-rules';
import { confirmationCountdown } from '../domain/effect';
import {
  PROMISE_STEPS,
  type StepFamily,
  UNSENT_REASONS,
  confirmationChecks,
  enforcementEnds,
  plannedSteps,
} from '../domain/promise-steps';
import { loadContent } from '../persistence/agreement-rows';
import { Agreement } from '../persistence/agreement.entity';
import { type WatchedPromise, agreementsToWatch, watchedPromises } from './watched-promises';

/** What the program does about what is still to be performed in a matter, in the words of the desk. */
export async function promisesOf(tx: Tx, disputeId: string, yellowPart: number) {
  const today = legalDateFromInstant(tx.now);
  const promises = await watchedPromises(tx, [disputeId]);
  const stepsOf = (subjectId: string, family: StepFamily, isMoot = false) => {
    const found = promises.find((p) => p.subjectId === subjectId && p.family === family);
    return found === undefined ? [] : stepsInWords(found, today, isMoot);
  };
  const agreements = [];
  for (const watched of await agreementsToWatch(tx, [disputeId])) {
    const { id, ordinal, kind, confirmationDueOn, confirmationIsProvisional, lastDueOn } = watched;
    const content = await loadContent(tx, await tx.get(Agreement, id));
    const refusals = confirmationRefusals(content).map(({ code }) => code);
    const dueOn = confirmationDueOn === null ? null : legalDate(confirmationDueOn);
    agreements.push({
      agreementId: id,
      ordinal,
      confirmation:
        dueOn === null
          ? null
          : {
              dueOn,
              isProvisional: confirmationIsProvisional ?? false,
              ...confirmationCountdown(dueOn, today, yellowPart),
              checks: confirmationChecks({ kind, dueOn, today, refusals }),
              reminders: stepsOf(id, 'confirmation', refusals.length > 0),
            },
      enforcementEndsOn: enforcementEnds(legalDate(lastDueOn)),
      enforcementReminders: stepsOf(id, 'enforcement'),
    });
  }
  return { agreements, remindersOf: (itemId: string) => stepsOf(itemId, 'due') };
}

/** Steps that were taken, then those still to come, if they still matter. */
function stepsInWords(promise: WatchedPromise, today: LegalDate, isMoot: boolean) {
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
      : plannedSteps(family, countsFrom, effectiveOn)
          .filter(({ step }) => !taken.some((t) => t.step === step))
          .map(({ step, on }) => ({
            step,
            sentence: `若届时仍未${family === 'confirmation' ? '履行完毕' : '履行'}，将于${formatLegalDateCn(on)}提醒（${PROMISE_STEPS[step].label}）。`,
          }));
  return [...done, ...coming];
}
