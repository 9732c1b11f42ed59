import { uuidv7 } from '../../../src/platform/database';
import { aRegisteredMatter, aTriagedMatter, anAcceptedMatter } from '../../support/matters';
import { type TestApp, startTestApp } from '../../support/test-app';
import { type Field, type Operation, bodyWith, exampleOf, fieldsOf, operationsOf } from './operations';
import { callerFor } from './callers';

/** Valid, rare, and easily changed on the way: none of these may come back as anything but itself. */
const STRANGE: readonly [string, string][] = [
  ['characters beyond the basic plane and a middle dot', '古丽𠮷𬭤·𠀋'],
  ['a base letter with combining marks', 'e\u0301\u0323q\u0307'],
  ['compatibility forms', '㈱①ﬁ豈Ａ｡'],
  ['a family of emoji held by joiners', '👨‍👩‍👧‍👦🇨🇳✍🏽'],
  ['right-to-left letters with marks', 'ئۇيغۇر‏مۇھەممەد‎'],
  ['Mongolian with a variation selector', 'ᠮᠣᠩᠭᠣᠯ᠋'],
  ['blanks at both ends', ' 李\u3000建国\u00a0 '],
  ['what other languages would run', `'"\\<b>{{7*7}}\${x}%s--`],
  ['a replacement character that was typed', '见附件\ufffd第2页'],
];

/** One character that no other text of the run holds. */
const unique = (place: number): string => String.fromCodePoint(0x7e00 + place);

const isFreeText = ({ pointer, schema }: Field): boolean =>
  // A password is kept as a hash.
  !/password/i.test(pointer) &&
  schema.type === 'string' &&
  schema.enum === undefined &&
  schema.format === undefined &&
  schema.pattern === undefined;

describe('valid but strange text', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  /** Ids that exist, under the names that requests use for them. */
  function withRealIds(body: unknown): unknown {
    const { world } = t;
    const real: Readonly<Record<string, unknown>> = {
      centerId: world.centerId,
      toCenterId: world.streetCenterId,
      unitId: world.gridId,
      parentId: world.districtId,
      placeUnitId: world.gridId,
      committeeId: world.committeeId,
      agencyId: world.agencyIds[0],
      accountId: world.account('mediator').id,
      mediatorId: world.account('mediator').id,
    };
    return JSON.parse(JSON.stringify(body, (key, value: unknown) => real[key] ?? value));
  }

  const states = [anAcceptedMatter, aTriagedMatter, aRegisteredMatter];
  /** A matter in each state, made anew once an act was admitted and may have moved it. */
  const waiting = new Map<unknown, string>();

  /** Sends the operation with the text until a state of the matter admits it; the answer's text, or null if none does. */
  async function sent(operation: Operation, field: Field, text: string): Promise<string | null> {
    const isOfMatter = /\/disputes\/\{(?:id|disputeId)\}/.test(operation.path);
    for (const make of isOfMatter ? states : states.slice(0, 1)) {
      const id = isOfMatter ? (waiting.get(make) ?? (await make(t))) : idOf(operation);
      if (isOfMatter) waiting.set(make, id);
      const path = operation.path.replace(/^\/api/, '').replace(/\{\w+\}/g, () => id);
      const body = JSON.parse(
        bodyWith(withRealIds(exampleOf(operation.body ?? {}, true)), field.pointer, JSON.stringify(text)),
      ) as object;
      const reply = await (await callerFor(t, operation)).post(path, body);
      if (reply.status >= 500) throw new Error(`${operation.name} ${field.pointer}: ${reply.text}`);
      if (reply.status >= 300) continue;
      waiting.delete(make);
      return reply.text;
    }
    return null;
  }

  function idOf(operation: Operation): string {
    const { world } = t;
    if (operation.path.startsWith('/api/accounts/')) return world.account('archivist').id;
    if (operation.path.startsWith('/api/centers/')) return world.centerId;
    if (operation.path.startsWith('/api/committees/')) return world.committeeId;
    if (operation.path.startsWith('/api/agencies/')) return world.agencyIds[0];
    if (operation.path.startsWith('/api/org-units/')) return world.gridId;
    return uuidv7();
  }

  /** Every text that the database holds, whole or inside JSON. */
  async function textsKept(): Promise<Set<string>> {
    const columns = await t.sql<{ place: string; name: string; type: string }>(
      `select format('%I.%I', table_schema, table_name) as place, quote_ident(column_name) as name, data_type as type
         from information_schema.columns join information_schema.tables using (table_schema, table_name)
        where table_schema = 'public' and table_type = 'BASE TABLE' and data_type in ('text', 'jsonb', 'json', 'ARRAY', 'character varying')
          and table_name not in ('idempotency_record', 'outbox_message')`,
    );
    const kept = new Set<string>();
    const take = (value: unknown): void => {
      // The audit keeps its entries as the text of a JSON object.
      if (typeof value === 'string' && value.startsWith('{"')) take(JSON.parse(value));
      else if (typeof value === 'string') kept.add(value);
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(take);
    };
    for (const { place, name } of columns) {
      const rows = await t.sql<{ value: unknown }>(
        `select to_jsonb(${name}) as value from ${place} where ${name} is not null`,
      );
      rows.forEach(({ value }) => {
        take(value);
      });
    }
    return kept;
  }

  it('is kept and answered byte for byte wherever it is accepted', async () => {
    const accepted: { what: string; text: string; answer: string }[] = [];
    let place = 0;
    for (const operation of operationsOf(t).filter((o) => o.method === 'POST' && !o.withoutEffect && o.body !== null)) {
      for (const field of fieldsOf(operation.body ?? {}).filter(isFreeText)) {
        if (operation.grants.some((g) => g === 'public' || g === 'link-holder')) continue;
        const [name, strange] = STRANGE[place % STRANGE.length] ?? ['', ''];
        const text = `${strange}${unique(place)}${strange}`;
        const answer = await sent(operation, field, text);
        if (answer !== null) accepted.push({ what: `${operation.name} ${field.pointer}: ${name}`, text, answer });
        place += 1;
      }
    }
    const kept = await textsKept();
    // A supplement stands behind the narrative that it adds to, so a text may be part of a longer one.
    const isKept = (text: string): boolean => kept.has(text) || [...kept].some((k) => k.includes(text));
    const changed = accepted.filter((a) => !isKept(a.text) && !a.answer.includes(JSON.stringify(a.text).slice(1, -1)));
    expect(accepted.length).toBeGreaterThan(50);
    expect(new Set(accepted.map((a) => a.what.split(': ')[1])).size).toBe(STRANGE.length);
    expect(changed.map((a) => a.what)).toEqual([]);
  }, 300_000);
});
