import type { TestApp } from './test-app';

let serial = 0;

/** Words unlike those of any other matter, so that a search for duplicates finds nothing by accident. */
function unlikeOthers(): { title: string; narrative: string } {
  serial += 1;
  const signs = Array.from({ length: 40 }, (_, i) =>
    String.fromCodePoint(0x4e00 + ((serial * 1009 + i * 37) % 20_000)),
  ).join('');
  return { title: `纠纷${signs.slice(0, 12)}`, narrative: signs };
}

/** What every act on a matter answers, as far as tests look at it. */
export interface Standing {
  readonly id: string;
  readonly state: string;
  readonly mediationState: string | null;
  readonly caseNumber: string | null;
  readonly version: number;
  readonly allowedActs: readonly string[];
}

/** Registers a matter at the counter of the own center and answers its id. */
export async function aRegisteredMatter(t: TestApp, fields: object = {}): Promise<string> {
  const reply = await (
    await t.as('intake')
  ).post('/disputes', { centerId: t.world.centerId, channel: 'visit', ...unlikeOthers(), ...fields });
  if (reply.status !== 201) throw new Error(`Registration failed: ${reply.text}`);
  return (reply.body as { id: string }).id;
}

/** Registers and triages a matter: by default a civil one, for the committee of the own side. */
export async function aTriagedMatter(t: TestApp, fields: object = {}, triage: object = {}): Promise<string> {
  const id = await aRegisteredMatter(t, fields);
  const reply = await (
    await t.as('dispatcher')
  ).post(`/disputes/${id}/triage`, {
    nature: 'civil',
    route: 'mediation',
    committeeId: t.world.committeeId,
    isDuplicateChecked: true,
    ...triage,
  });
  if (reply.status !== 200) throw new Error(`Triage failed: ${reply.text}`);
  return id;
}

/** Registers, triages and accepts a matter: it has its case number and its parties are asked for consent. */
export async function anAcceptedMatter(t: TestApp, fields: object = {}, triage: object = {}): Promise<string> {
  const id = await aTriagedMatter(t, fields, triage);
  const reply = await (await t.as('dispatcher')).post(`/disputes/${id}/acceptance`, {});
  if (reply.status !== 200) throw new Error(`Acceptance failed: ${reply.text}`);
  return id;
}
