import { uuidv7 } from '../../../src/platform/database';
import { aTriagedMatter } from '../../support/matters';
import type { Caller, Reply, TestApp } from '../../support/test-app';

/** A triaged matter set to work, with `mediator` assigned: the steps between triage and the whistle are written by hand. */
export async function aMatterInProgress(t: TestApp, risk = 'blue'): Promise<string> {
  const id = await aTriagedMatter(t);
  await t.sql("update dispute set state = 'in-progress', risk_level = $2 where id = $1", [id, risk]);
  await t.sql(
    `insert into dispute_access (id, dispute_id, account_id, ground, role, starts_at)
       values ($1, $2, $3, 'assigned', 'mediator', '2026-01-01')`,
    [uuidv7(), id, t.world.account('mediator').id],
  );
  return id;
}

/** Logs in under the clock of the moment and keeps the session over the holiday. */
export async function onDuty(t: TestApp, key: string): Promise<Caller> {
  const caller = await t.as(key);
  await t.sql("update login_session set expires_at = '2027-12-31' where account_id = $1", [t.world.account(key).id]);
  return caller;
}

export const ASKS = ['核对该户征收档案中的面积认定依据', '到场向当事人说明补偿标准'];

export function proposal(agencies: readonly { agencyId: string; role: string }[], changes: object = {}): object {
  return {
    kind: 'progress',
    level: 'regular',
    ground: 'livelihood',
    brief: '某小区征收补偿争议，当事人对面积认定有不同意见，请到场说明并核对档案。',
    asks: ASKS,
    place: '新城区综治中心二号调解室',
    attendanceRequired: true,
    agencies,
    ...changes,
  };
}

export const ANSWERS = {
  result: 'resolved',
  ground: '《国有土地上房屋征收与补偿条例》第十五条、第十九条。',
  answers: [
    { ask: 1, answer: '已调取档案，面积以二〇一九年测绘成果为准。' },
    { ask: 2, answer: '已向当事人当面说明补偿标准和计算过程。' },
  ],
};

export interface DueShown {
  readonly kind: string;
  readonly round: number;
  readonly originalDueAt: string;
  readonly currentDueAt: string | null;
  readonly metAt: string | null;
  readonly isLate: boolean;
  readonly lateMinutes: number;
  readonly step: string;
  readonly next: { readonly step: string; readonly at: string; readonly words: string } | null;
  readonly explanation: string[];
}

export interface TaskShown {
  readonly id: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly state: string;
  readonly dues: DueShown[];
  readonly ladder: {
    readonly kind: string;
    readonly stepName: string;
    readonly words: string;
    readonly answer: string | null;
  }[];
  readonly allowedActs: string[];
  readonly rating: { readonly score: number | null; readonly parts: object[] } | null;
  readonly version: number;
}

export interface SummonsShown {
  readonly id: string;
  readonly state: string;
  readonly number: string | null;
  readonly tasks: TaskShown[];
  readonly holdUps: object[];
  readonly allowedActs: string[];
  readonly version: number;
}

/** Proposes and issues at once; answers the whistle as the dispatcher sees it. */
export async function aWhistle(
  t: TestApp,
  disputeId: string,
  agencies: readonly { agencyId: string; role: string }[],
  changes: object = {},
): Promise<SummonsShown> {
  const dispatcher = await onDuty(t, 'dispatcher');
  const draft = expectStatus(await dispatcher.post(`/disputes/${disputeId}/summons`, proposal(agencies, changes)), 201);
  const { id } = draft.body as { id: string };
  expectStatus(await dispatcher.post(`/summons/${id}/issuance`), 201);
  return read(dispatcher, id);
}

export async function read(caller: Caller, summonsId: string): Promise<SummonsShown> {
  return expectStatus(await caller.get(`/summons/${summonsId}`), 200).body as SummonsShown;
}

export function taskOf(summons: SummonsShown, agencyId: string): TaskShown {
  const task = summons.tasks.find((x) => x.agencyId === agencyId);
  if (!task) throw new Error(`No task of agency ${agencyId}`);
  return task;
}

export function dueOf(task: TaskShown, kind: string, round = 1): DueShown {
  const due = task.dues.find((d) => d.kind === kind && d.round === round);
  if (!due) throw new Error(`No clock ${kind} ${round}`);
  return due;
}

/** The instant in Hohhot, as the wire writes it. */
export const at = (local: string): string => new Date(`${local}+08:00`).toISOString();

/** Fails with the body, which names the rule. */
export function expectStatus(reply: Reply, status: number): Reply {
  if (reply.status !== status) throw new Error(`Expected ${status}, got ${reply.status}: ${reply.text}`);
  return reply;
}

export const codeOf = (reply: Reply): [number, string] => [reply.status, (reply.body as { code: string }).code];

export async function arrive(t: TestApp, agency: Caller, summonsId: string, taskId: string): Promise<Reply> {
  const shown = expectStatus(await (await t.as('dispatcher')).post(`/summons/${summonsId}/sign-in-codes`), 201);
  const { code } = shown.body as { code: string };
  return agency.post(`/summons-tasks/${taskId}/arrival`, { code, personName: '高志远', rank: 'section-head' });
}
