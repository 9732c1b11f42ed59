import { TWO_PARTIES } from './parties';
import type { Caller, Reply, TestApp } from './test-app';

/** A matter as a test holds it: everything else is asked from the API. */
export interface BuiltMatter {
  readonly id: string;
  /** In the order of the list of parties. */
  readonly partyIds: readonly string[];
}

/** The body of an answer that must have the status, read as the shape that the caller expects. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- a test names what it expects where it asks
export function must<Body>(reply: Reply, status: number): Body {
  if (reply.status !== status) throw new Error(`Expected ${status}, got ${reply.status}: ${reply.text}`);
  return reply.body as Body;
}

let serial = 0;

/** Words unlike those of any other matter, so that a search for duplicates finds nothing by accident. */
function unlikeOthers(): { title: string; narrative: string } {
  serial += 1;
  const signs = Array.from({ length: 40 }, (_, i) =>
    String.fromCodePoint(0x4e00 + ((serial * 1013 + i * 41 + 7000) % 20_000)),
  ).join('');
  return { title: `纠纷${signs.slice(0, 12)}`, narrative: signs };
}

/**
 * Builds a matter through the API, as the desk would, up to a named state. Each state includes the ones before it:
 * `registered` → `triaged` → `accepted` → `consented` → `assigned` → `inSession` → `agreed` (a session ended in success,
 * the mediation is 拟定协议). The fake clock moves on by a day for the session.
 */
export class MatterBuilder {
  private fields: Readonly<Record<string, unknown>> = { channel: 'visit' };
  private parties: readonly object[] = TWO_PARTIES;
  private triage: Readonly<Record<string, unknown>> = {};
  private readonly representatives = new Map<number, object>();
  private host = 'mediator';
  private coMediators: readonly string[] = [];
  private recorder: string | null = 'recorder';

  constructor(private readonly t: TestApp) {}

  /** Fields of the registration, e.g. title or amountFen. */
  with(fields: object): this {
    this.fields = { ...this.fields, ...fields };
    return this;
  }

  /** Key of the dispute type dictionary. */
  ofType(disputeType: string): this {
    return this.with({ disputeType });
  }

  /** Parties as the counter takes them down; two persons against each other when never called. */
  between(...parties: readonly object[]): this {
    this.parties = parties;
    return this;
  }

  /** Who stands for the party at this index, as of acceptance; answers and signs for the notice in its place. */
  representing(index: number, representative: object): this {
    this.representatives.set(index, representative);
    return this;
  }

  triagedAs(triage: object): this {
    this.triage = { ...this.triage, ...triage };
    return this;
  }

  /** Keys of the world's accounts: who presides, who helps, who takes the record (null: nobody). */
  mediatedBy(host: string, coMediators: readonly string[] = [], recorder: string | null = 'recorder'): this {
    this.host = host;
    this.coMediators = coMediators;
    this.recorder = recorder;
    return this;
  }

  async registered(): Promise<BuiltMatter> {
    const intake = await this.t.as('intake');
    const { id } = must<{ id: string }>(
      await intake.post('/disputes', {
        centerId: this.t.world.centerId,
        ...unlikeOthers(),
        ...this.fields,
        parties: this.parties,
      }),
      201,
    );
    const { items } = must<{ items: readonly { id: string; ordinal: number }[] }>(
      await intake.get(`/disputes/${id}/parties`),
      200,
    );
    return { id, partyIds: [...items].sort((a, b) => a.ordinal - b.ordinal).map((p) => p.id) };
  }

  async triaged(): Promise<BuiltMatter> {
    const matter = await this.registered();
    must(
      await (
        await this.t.as('dispatcher')
      ).post(`/disputes/${matter.id}/triage`, {
        nature: 'civil',
        route: 'mediation',
        committeeId: this.t.world.committeeId,
        isDuplicateChecked: true,
        ...this.triage,
      }),
      200,
    );
    return matter;
  }

  async accepted(): Promise<BuiltMatter> {
    const matter = await this.triaged();
    must(await (await this.t.as('dispatcher')).post(`/disputes/${matter.id}/acceptance`, {}), 200);
    return matter;
  }

  /** Every party has agreed and signed for the notice of rights: the mediation is accepted. */
  async consented(): Promise<BuiltMatter> {
    const matter = await this.accepted();
    const intake = await this.t.as('intake');
    const at = this.t.clock.at().toISOString();
    for (const [i, id] of matter.partyIds.entries()) {
      const representative = this.representatives.get(i);
      const by =
        representative === undefined
          ? undefined
          : must<{ representatives: readonly { id: string }[] }>(
              await intake.post(`/parties/${id}/representatives`, representative),
              201,
            ).representatives.at(-1)?.id;
      const consent = { answer: 'agreed', channel: 'in-person', askedAt: at, answeredByRepresentativeId: by };
      must(await intake.post(`/parties/${id}/consents`, consent), 201);
      const notice = { method: 'on-site', signedAt: at, signedByRepresentativeId: by };
      must(await intake.post(`/parties/${id}/rights-notices`, notice), 201);
    }
    return matter;
  }

  async assigned(): Promise<BuiltMatter> {
    const matter = await this.consented();
    await this.assign(matter.id, this.host, 'host');
    for (const key of this.coMediators) await this.assign(matter.id, key, 'co-mediator');
    if (this.recorder !== null) await this.assign(matter.id, this.recorder, 'recorder');
    return matter;
  }

  /** A session is under way with everybody there. */
  async inSession(): Promise<BuiltMatter & { readonly sessionId: string }> {
    const matter = await this.assigned();
    const mediator = await this.t.as(this.host);
    const startsAt = new Date(this.t.clock.at().getTime() + 86_400_000);
    const { id: sessionId } = must<{ id: string }>(
      await mediator.post(`/disputes/${matter.id}/sessions`, {
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + 3 * 3_600_000).toISOString(),
        mode: 'on-site',
        place: '综治中心第二调解室',
      }),
      201,
    );
    this.t.clock.advanceDays(1);
    must(await mediator.post(`/sessions/${sessionId}/start`, {}), 200);
    const { invitees } = must<{ invitees: readonly { id: string }[] }>(
      await mediator.get(`/sessions/${sessionId}`),
      200,
    );
    const arrivedAt = this.t.clock.at().toISOString();
    must(
      await mediator.post(`/sessions/${sessionId}/attendance`, {
        attendance: invitees.map((i) => ({ inviteeId: i.id, arrivedAt })),
      }),
      200,
    );
    return { ...matter, sessionId };
  }

  /** The session ended in success: an agreement is to be drafted. */
  async agreed(): Promise<BuiltMatter & { readonly sessionId: string }> {
    const matter = await this.inSession();
    const mediator = await this.t.as(this.host);
    must(
      await mediator.post(`/sessions/${matter.sessionId}/entries`, {
        entries: [{ ring: 'parties', kind: 'statement', speaker: '各方当事人', text: '愿意按调解员的建议解决。' }],
      }),
      201,
    );
    this.t.clock.advance(2 * 3_600_000);
    must(await mediator.post(`/sessions/${matter.sessionId}/end`, {}), 200);
    must(await mediator.post(`/sessions/${matter.sessionId}/result`, { result: 'agreed' }), 200);
    return matter;
  }

  private async assign(disputeId: string, key: string, capacity: string): Promise<void> {
    const director: Caller = await this.t.as('committee-director');
    must(
      await director.post(`/disputes/${disputeId}/assignments`, {
        accountId: this.t.world.account(key).id,
        capacity,
        chosenBy: 'committee',
        basis: '熟悉该类纠纷',
      }),
      201,
    );
  }
}

/** `await aMatter(t).ofType('contract.lease').between(shop, tenant).agreed()` */
export function aMatter(t: TestApp): MatterBuilder {
  return new MatterBuilder(t);
}
