import { ROLE_NAMES, type Role, type WarningOffice, warningInstant } from '../../../kernel';
import { policyOf } from '../../../platform/auth';
import { OVER_STATES } from '../../disputes';
import type { DueKind, Tab } from '../domain/dictionaries';
import { STEP_RULES, type Step, type StepKey, stepsOf } from '../domain/steps';
import type { MatterTrace, TaskTrace } from '../domain/trace';
import { audiencesOf } from './audiences';

/** How an entry is ordered: running dues first, then those without, those that stand still, and what is over. */
export const PHASES = { running: 0, undated: 1, paused: 2, over: 3 } as const;

/** One line of one person's or office's list, as it is stored. */
export interface Entry {
  readonly tab: Tab;
  readonly audience: string;
  readonly phase: number;
  /** The due where there is one, else since when it waits; what is over is sorted by its end. */
  readonly sortAt: Date;
  readonly step: StepKey | null;
  readonly holder: string | null;
  readonly since: Date;
  readonly dueKind: DueKind | null;
  readonly dueOn: string | null;
  readonly dueAt: Date | null;
  readonly warnsAt: Date | null;
  readonly isPaused: boolean;
  /** The matter, or the agency's task that the line is about. */
  readonly lineId: string;
  /** Accounts for whom the entry is not, though the audience is theirs: who handled a matter does not review it. */
  readonly excluded: readonly string[];
}

/** Everything that the worklist keeps of one matter. */
export interface KeptMatter {
  readonly isOpen: boolean;
  /** What it waits for, the most urgent first. */
  readonly waits: readonly Omit<Entry, 'tab' | 'audience' | 'excluded' | 'phase' | 'sortAt'>[];
  readonly entries: readonly Entry[];
}

/** The agency's own part is done: what follows is the center's. */
const DONE_BY_AGENCY: readonly string[] = ['confirmed', 'rated', 'closed', 'upheld', 'withdrawn'];

type Wait = Omit<Entry, 'tab' | 'audience' | 'excluded'>;

/** What the lists hold of a matter, from its trace. `office` gives the hours in which its terms run, and when to warn. */
export function entriesOf(trace: MatterTrace, office: WarningOffice): KeptMatter {
  const steps = stepsOf(trace).map((step) => ({ step, wait: waitOf(step, trace, office) }));
  steps.sort((a, b) => a.wait.phase - b.wait.phase || a.wait.sortAt.getTime() - b.wait.sortAt.getTime());
  const isOpen = !OVER_STATES.includes(trace.state);
  const handlers = [...new Set([...trace.assigned.map((a) => a.accountId), trace.handlerAccountId])].filter(
    (id) => id !== null,
  );

  const toDo = new Map<string, Entry>();
  for (const { step, wait } of steps) {
    const excluded = STEP_RULES[step.key].notBy === 'handlers' ? handlers : [];
    for (const audience of audiencesOf(step, trace)) {
      // One line per matter and list: the most urgent comes first and stays. An agency has one per task.
      const line = `${audience} ${wait.lineId}`;
      if (!toDo.has(line)) toDo.set(line, { ...wait, tab: 'to-do', audience, excluded });
    }
  }

  const first = steps[0]?.wait ?? nothingLeft(trace);
  const shown: Wait = isOpen
    ? first
    : { ...first, phase: PHASES.over, sortAt: new Date(trace.closedAt ?? trace.stateSince) };
  const personal = (tab: Tab, accountId: string, wait: Wait = shown): Entry => ({
    ...wait,
    tab,
    audience: `account:${accountId}`,
    lineId: trace.id,
    excluded: [],
  });
  const involved = new Set([...handlers, trace.firstResponderId, ...trace.actors]);
  return {
    isOpen,
    waits: steps.map(({ wait: { phase: _, sortAt: __, ...wait } }) => wait),
    entries: [
      ...toDo.values(),
      ...[...involved].map((id) => personal(isOpen ? 'in-hand' : 'done', id)),
      ...trace.tasks.flatMap((task) => entriesOfAgency(task, steps, trace)),
      ...[...new Set(trace.initiators)].map((id) => personal('initiated', id)),
      ...trace.copies.map((copy) =>
        personal('copied', copy.accountId, { ...first, phase: PHASES.over, sortAt: new Date(copy.copiedAt) }),
      ),
    ],
  };
}

/** What an agency has in hand and has done: one line per task, on the list of everyone who works for it. */
function entriesOfAgency(
  task: TaskTrace,
  steps: readonly { readonly step: Step; readonly wait: Wait }[],
  trace: MatterTrace,
): Entry[] {
  const isDone = DONE_BY_AGENCY.includes(task.state);
  const wait = steps.find(({ step }) => step.task?.id === task.id)?.wait ?? nothingLeft(trace);
  const since = new Date(task.since);
  const line = isDone ? { ...nothingLeft(trace), phase: PHASES.over, sortAt: since, since } : wait;
  return (['agency-liaison', 'agency-handler'] as const).map((role) => ({
    ...line,
    tab: isDone ? 'done' : 'in-hand',
    audience: `${role}@${task.agencyId}`,
    lineId: task.id,
    excluded: [],
  }));
}

function waitOf(step: Step, trace: MatterTrace, office: WarningOffice): Wait {
  const { due, isPaused } = step;
  return {
    phase: isPaused ? PHASES.paused : due === null ? PHASES.undated : PHASES.running,
    sortAt: isPaused || due === null ? step.since : due.dueAt,
    step: step.key,
    holder: holderOf(step, trace),
    since: step.since,
    dueKind: due?.kind ?? null,
    dueOn: due?.dueOn ?? null,
    dueAt: due?.dueAt ?? null,
    warnsAt: due === null ? null : warningInstant(due, office),
    isPaused,
    lineId: STEP_RULES[step.key].side === 'agency' && step.task !== null ? step.task.id : trace.id,
  };
}

function nothingLeft(trace: MatterTrace): Wait {
  const since = new Date(trace.stateSince);
  return {
    phase: PHASES.undated,
    sortAt: since,
    step: null,
    holder: null,
    since,
    dueKind: null,
    dueOn: null,
    dueAt: null,
    warnsAt: null,
    isPaused: false,
    lineId: trace.id,
  };
}

/** Whose turn it is, in words: the people named on the matter, the agency, else the office. */
function holderOf(step: Step, trace: MatterTrace): string {
  const { act, side } = STEP_RULES[step.key];
  if (side === 'agency' && step.task !== null) return step.task.agencyName;
  const grants = (policyOf(act)?.by ?? []).map((grant) => grant.split('@') as [Role, string]);
  const roles = (relation: string): string =>
    grants
      .filter(([, r]) => r === relation)
      .map(([role]) => ROLE_NAMES[role])
      .slice(0, 2)
      .join('、');
  if (side === 'receiver') return '接收单位';
  const named = trace.assigned.filter((a) => grants.some(([role, r]) => r === 'assigned' && role === a.role));
  if (named.length > 0) return named.map((a) => a.name).join('、');
  const ofUnit = trace.handlingUnitId === null ? '' : roles('unit');
  return ofUnit || roles('center') || roles('committee');
}
