import { LIGHTS, type Light, lightOf } from '../../../kernel';
import { DUE_KINDS, type DueKind } from '../domain/dictionaries';
import { STEP_RULES, type StepKey } from '../domain/steps';

export interface KeptLine {
  readonly step: StepKey | null;
  readonly holder: string | null;
  readonly since: Date | string | null;
  readonly dueKind: DueKind | null;
  readonly dueOn: string | null;
  readonly dueAt: Date | string | null;
  readonly warnsAt: Date | string | null;
  readonly isPaused: boolean;
}

/** How a due was reckoned, and whether it waits for a year that is not in force yet. */
export interface DueReasons {
  /** Null where nothing is kept that was reckoned. */
  readonly explanation: readonly string[] | null;
  readonly isProvisional: boolean;
}

/** What a matter waits for, as it is shown at this instant: light, due and next step in words. */
export function shownLine(line: KeptLine, now: Date, reasons: DueReasons | undefined) {
  const light = lightOfLine(line, now);
  return {
    light,
    lightName: light === null ? null : LIGHTS[light],
    due:
      line.dueAt === null || line.dueKind === null
        ? null
        : {
            kind: line.dueKind,
            kindName: DUE_KINDS[line.dueKind],
            dueAt: new Date(line.dueAt).toISOString(),
            dueOn: line.dueOn,
            whose: line.holder,
            isOverdue: light === 'red',
            explanation: reasons?.explanation ?? [],
            isProvisional: reasons?.isProvisional ?? false,
          },
    nextStep: line.step === null ? null : STEP_RULES[line.step].words,
    nextAct: line.step === null ? null : STEP_RULES[line.step].act,
    holder: line.holder,
    since: line.since === null ? null : new Date(line.since).toISOString(),
  };
}

/** Nothing runs out: no light. A clock that stands is grey, whatever it stood at. */
function lightOfLine({ dueAt, warnsAt, isPaused }: KeptLine, now: Date): Light | null {
  if (isPaused) return 'grey';
  if (dueAt === null) return null;
  return lightOf({ dueAt: new Date(dueAt), warnsAt: warnsAt === null ? null : new Date(warnsAt) }, now);
}
