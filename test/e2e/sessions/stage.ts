import { type BuiltMatter, aMatter, must } from '../../support/builders';
import type { Caller, TestApp } from '../../support/test-app';

export interface Standing {
  readonly id: string;
  readonly state: string;
  readonly version: number;
}

export interface Invitee {
  readonly id: string;
  readonly kind: string;
  readonly partyId: string | null;
  readonly participantId: string | null;
  readonly accountId: string | null;
  readonly name: string;
}

export interface SessionView extends Standing {
  readonly mode: string;
  readonly publicity: string;
  readonly result: string | null;
  readonly invitees: readonly Invitee[];
  readonly entries: readonly {
    readonly id: string;
    readonly ring: string;
    readonly text: string;
    readonly version: number;
  }[];
  readonly undisputedFacts: readonly { readonly id: string; readonly text: string }[];
  readonly allowedActs: readonly string[];
}

/** A matter whose parties have all agreed; a host and a recorder are named. */
export async function aMatterInMediation(
  t: TestApp,
  parties: readonly object[],
  fields: object = {},
  host = 'mediator',
): Promise<BuiltMatter> {
  return aMatter(t)
    .with(fields)
    .between(...parties)
    .mediatedBy(host)
    .assigned();
}

export async function assign(t: TestApp, disputeId: string, key: string, capacity: string): Promise<void> {
  const director = await t.as('committee-director');
  must(
    await director.post(`/disputes/${disputeId}/assignments`, {
      accountId: t.world.account(key).id,
      capacity,
      chosenBy: 'committee',
      basis: '熟悉该类纠纷',
    }),
    201,
  );
}

/** Plans a session, by default on the next day from nine to twelve in Hohhot. */
export async function plan(by: Caller, disputeId: string, t: TestApp, fields: object = {}): Promise<Standing> {
  const start = new Date(t.clock.at().getTime() + 86_400_000);
  return must<Standing>(
    await by.post(`/disputes/${disputeId}/sessions`, {
      startsAt: start.toISOString(),
      endsAt: new Date(start.getTime() + 3 * 3_600_000).toISOString(),
      mode: 'on-site',
      place: '综治中心第二调解室',
      ...fields,
    }),
    201,
  );
}

export async function view(by: Caller, sessionId: string): Promise<SessionView> {
  return must<SessionView>(await by.get(`/sessions/${sessionId}`), 200);
}

/** Everybody on the list came when the session began. */
export async function allArrive(by: Caller, t: TestApp, sessionId: string): Promise<void> {
  const { invitees } = await view(by, sessionId);
  const arrivedAt = t.clock.at().toISOString();
  must(
    await by.post(`/sessions/${sessionId}/attendance`, {
      attendance: invitees.map((i) => ({ inviteeId: i.id, arrivedAt })),
    }),
    200,
  );
}

/** A session that has begun, with everybody there. */
export async function aHeldSession(by: Caller, t: TestApp, disputeId: string, fields: object = {}): Promise<Standing> {
  const planned = await plan(by, disputeId, t, fields);
  t.clock.advanceDays(1);
  const held = must<Standing>(await by.post(`/sessions/${planned.id}/start`, {}), 200);
  await allArrive(by, t, planned.id);
  return held;
}
