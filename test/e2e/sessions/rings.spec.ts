import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { switchAccessGuardOff } from '../../../src/platform/auth';
import { uuidv7 } from '../../../src/platform/database';
import { openApiDocument } from '../../../src/platform/http';
import { type BuiltMatter, must } from '../../support/builders';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aHeldSession, aMatterInMediation } from './stage';

/** Words that stand nowhere else, one per ring. */
const MARK = { parties: '标记词甲鼋鼍', center: '标记词乙貔貅', mediator: '标记词丙魑魅' } as const;
const RINGS = ['parties', 'center', 'mediator'] as const;

/** Who may read the words of a matter accepted by the own center and committee. */
const CENTER_STAFF = [
  'guide',
  'intake',
  'dispatcher',
  'duty-leader',
  'supervisor',
  'follow-up',
  'archivist',
  'committee-director',
];
const SERVING = ['mediator', 'recorder'];

describe('three rings of visibility (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let matter: BuiltMatter;
  let session: Standing;
  let mediator: Caller;
  const ids: Record<string, string[]> = {};

  beforeAll(async () => {
    t = await startTestApp();
    mediator = await t.as('mediator');
    matter = await aMatterInMediation(t, [
      { kind: 'person', name: '李建国' },
      { kind: 'person', name: '李建军' },
    ]);
    const records: string[] = [];
    for (const ring of RINGS) {
      const startedAt = new Date(t.clock.at().getTime() - 3_600_000).toISOString();
      t.clock.advance(7_200_000);
      const record = must<Standing>(
        await mediator.post(`/disputes/${matter.id}/investigation-records`, {
          ring,
          mode: 'home-visit',
          intervieweeKind: 'neighbour',
          intervieweeName: `邻居${MARK[ring]}`,
          relation: '同楼住户',
          startedAt: new Date(Date.parse(startedAt) + 7_200_000).toISOString(),
          place: '社区',
        }),
        201,
      );
      must(
        await mediator.put(
          `/investigation-records/${record.id}/content`,
          { entries: [{ kind: 'statement', speaker: '邻居', text: `看到的情况${MARK[ring]}` }] },
          1,
        ),
        200,
      );
      records.push(record.id);
    }
    session = await aHeldSession(mediator, t, matter.id);
    const entries = must<{ entries: { id: string }[] }>(
      await mediator.post(`/sessions/${session.id}/entries`, {
        entries: RINGS.map((ring) => ({ ring, kind: 'statement', speaker: '李建国', text: `陈述${MARK[ring]}` })),
      }),
      201,
    );
    for (const ring of RINGS) {
      must(
        await mediator.post(`/disputes/${matter.id}/notes`, { ring, sessionId: session.id, text: `笔记${MARK[ring]}` }),
        201,
      );
    }
    must(
      await mediator.post(`/sessions/${session.id}/concessions`, { madeBy: '李建军', text: `让步${MARK.mediator}` }),
      201,
    );
    // Reasons tell of the words: that of a narrowing and of giving up a draft stay in the ring too.
    const note = must<{ id: string }>(
      await mediator.post(`/disputes/${matter.id}/notes`, { ring: 'center', text: '写错了范围' }),
      201,
    );
    must(await mediator.post(`/notes/${note.id}/narrowing`, { ring: 'mediator', reason: `因为${MARK.mediator}` }), 200);
    const draft = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/investigation-records`, {
        ring: 'mediator',
        mode: 'phone',
        intervieweeKind: 'party',
        partyId: matter.partyIds[0],
        startedAt: t.clock.at().toISOString(),
        place: '电话',
      }),
      201,
    );
    must(
      await mediator.post(`/investigation-records/${draft.id}/discarding`, { reason: `不写了${MARK.mediator}` }),
      200,
    );
    records.push(draft.id);
    ids['disputes'] = [matter.id];
    ids['sessions'] = [session.id];
    ids['investigation-records'] = records;
    ids['parties'] = [...matter.partyIds];
    ids['session-entries'] = entries.entries.map((e) => e.id);
  });
  afterAll(async () => {
    switchAccessGuardOff(false);
    await t.close();
  });

  interface Parameter {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly example?: unknown;
    readonly schema?: { readonly example?: unknown; readonly default?: unknown };
  }

  /** Every GET of the interface, with the ids of this matter in its path and examples for what a query demands. */
  function everyGet(): string[] {
    const paths = openApiDocument(t.app).paths as Readonly<Record<string, { get?: { parameters?: Parameter[] } }>>;
    return Object.entries(paths).flatMap(([path, { get }]) => {
      if (!get) return [];
      const query = (get.parameters ?? [])
        .filter((p) => p.in === 'query' && p.required === true)
        .map((p) => `${p.name}=${encodeURIComponent(textOf(p.example ?? p.schema?.example))}`);
      const short = path.replace(/^\/api/, '');
      const [, resource = ''] = /^\/([a-z-]+)/.exec(short) ?? [];
      const candidates = ids[resource] ?? [matter.id];
      const filled = short.includes('{') ? candidates.map((id) => short.replaceAll(/\{[A-Za-z]+\}/g, id)) : [short];
      return filled.map((place) => {
        const spans = place === '/sessions' ? ['from=2026-09-01', 'to=2026-10-30', 'scope=center'] : query;
        return spans.length === 0 ? place : `${place}?${spans.join('&')}`;
      });
    });
  }

  const textOf = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';

  /** How many answers hold each mark, for one who asks everything there is to ask. */
  async function seenBy(caller: Caller): Promise<Record<keyof typeof MARK, number>> {
    const seen = { parties: 0, center: 0, mediator: 0 };
    const paths = everyGet();
    while (paths.length > 0) {
      const replies = await Promise.all(paths.splice(0, 6).map((path) => caller.get(path)));
      for (const reply of replies) {
        const whole = `${reply.text}${JSON.stringify(reply.body)}`;
        for (const ring of RINGS) if (whole.includes(MARK[ring])) seen[ring] += 1;
      }
    }
    return seen;
  }

  function expectOwnRings(key: string, seen: Record<keyof typeof MARK, number>): void {
    const isServing = SERVING.includes(key);
    const isStaff = isServing || CENTER_STAFF.includes(key);
    const place = (ring: string, n: number): string => `${key} ${ring} ${n > 0}`;
    expect([place('parties', seen.parties), place('center', seen.center), place('mediator', seen.mediator)]).toEqual([
      `${key} parties ${isStaff}`,
      `${key} center ${isStaff}`,
      `${key} mediator ${isServing}`,
    ]);
  }

  it('asks every GET of the interface as every role: each mark shows itself only within its ring', async () => {
    expect(everyGet().length).toBeGreaterThan(30);
    for (const key of t.world.accountKeys) expectOwnRings(key, await seenBy(await t.as(key)));
    expect(await seenBy(t.anonymous)).toEqual({ parties: 0, center: 0, mediator: 0 });
    // The mediator meets the mark wherever it was written: list and text of a record, session, note, concession.
    expect((await seenBy(mediator)).mediator).toBeGreaterThanOrEqual(5);
  }, 240_000);

  it('holds without the guard of the application: row security alone', async () => {
    switchAccessGuardOff(true);
    try {
      for (const key of t.world.accountKeys) expectOwnRings(key, await seenBy(await t.as(key)));
    } finally {
      switchAccessGuardOff(false);
    }
  }, 240_000);

  it('shows a director who stepped up with a reason the rings of the center, never that of the mediator', async () => {
    const director = await t.as('director');
    must(await director.post(`/disputes/${matter.id}/step-up`, { reason: '督办需要查看案情' }), 201);
    const seen = await seenBy(director);
    expect([seen.parties > 0, seen.center > 0, seen.mediator]).toEqual([true, true, 0]);
  });

  describe('asked in SQL as the role of the application', () => {
    let client: Client;
    beforeAll(async () => {
      const options = t.app.get(DataSource).options as { url?: string };
      client = new Client({ connectionString: options.url });
      await client.connect();
    });
    afterAll(() => client.end());

    /** Runs statements as a principal in a transaction that is rolled back. */
    async function as<T>(
      kind: 'account' | 'system' | 'anonymous',
      accountId: string | null,
      work: () => Promise<T>,
    ): Promise<T> {
      await client.query('begin');
      try {
        await client.query('set local role zongzhi_app');
        await client.query('select app.begin_request($1, $2, null, null, $3)', [kind, accountId, t.clock.at()]);
        return await work();
      } finally {
        await client.query('rollback');
      }
    }

    const everything = `
      select ring || ':note' as place from session_note union all select ring || ':entry' from session_entry
      union all select ring || ':concession' from session_concession union all select ring || ':record' from investigation_record`;
    const rings = async (): Promise<string[]> =>
      [
        ...new Set((await client.query<{ place: string }>(everything)).rows.map((r) => r.place.split(':')[0] ?? '')),
      ].sort();

    it('gives each account its rings', async () => {
      for (const key of t.world.accountKeys) {
        // The director has stepped up above.
        const expected = SERVING.includes(key)
          ? ['center', 'mediator', 'parties']
          : CENTER_STAFF.includes(key) || key === 'director'
            ? ['center', 'parties']
            : [];
        const found = await as('account', t.world.account(key).id, rings);
        expect(`${key}: ${found.join(' ')}`).toBe(`${key}: ${expected.join(' ')}`);
      }
      expect(await as('anonymous', null, rings)).toEqual([]);
    });

    it('closes the ring of the mediator to the program’s own jobs', async () => {
      expect(await as('system', null, rings)).toEqual(['center', 'parties']);
    });

    const noteBy = async (key: string, ring: string): Promise<unknown> =>
      as('account', t.world.account(key).id, () =>
        client.query(
          `insert into session_note (id, dispute_id, ring, text, author_id, author_name, written_at) values ($1, $2, $3, 'x', $4, 'x', now())`,
          [uuidv7(), matter.id, ring, t.world.account(key).id],
        ),
      );

    it('takes no row into a ring that its writer is not in', async () => {
      await expect(noteBy('intake', 'mediator')).rejects.toMatchObject({ code: '42501' });
      await expect(noteBy('mediator-2', 'parties')).rejects.toMatchObject({ code: '42501' });
      await expect(noteBy('director:foreign', 'center')).rejects.toMatchObject({ code: '42501' });
      await expect(noteBy('mediator', 'mediator')).resolves.toMatchObject({ rowCount: 1 });
      await expect(noteBy('intake', 'center')).resolves.toMatchObject({ rowCount: 1 });
    });

    it('never widens a ring, rewrites a note or deletes anything', async () => {
      const mediatorId = t.world.account('mediator').id;
      for (const table of ['session_note', 'session_entry', 'investigation_record']) {
        await expect(
          as('account', mediatorId, () => client.query(`update ${table} set ring = 'parties' where ring = 'mediator'`)),
        ).rejects.toMatchObject({ code: '23514' });
        await expect(as('account', mediatorId, () => client.query(`delete from ${table}`))).rejects.toMatchObject({
          code: '42501',
        });
      }
      await expect(
        as('account', mediatorId, () => client.query("update session_note set text = '改写'")),
      ).rejects.toMatchObject({ code: '23514' });
      await expect(
        as('account', mediatorId, () => client.query("update session_concession set ring = 'parties'")),
      ).rejects.toMatchObject({ code: '42501' });
      const others = await as('account', t.world.account('intake').id, () =>
        client.query("update session_note set narrowed_at = now() where ring = 'mediator'"),
      );
      expect(others.rowCount).toBe(0);
    });

    it('closes the ring to a mediator who was replaced', async () => {
      await client.query('begin');
      try {
        await client.query("select app.begin_request('system', null, null, null, $1)", [t.clock.at()]);
        const ended = await client.query(
          "update dispute_access set ends_at = $3 where dispute_id = $1 and account_id = $2 and ground = 'assigned'",
          [matter.id, t.world.account('mediator').id, t.clock.at()],
        );
        expect(ended.rowCount).toBe(1);
        await client.query('set local role zongzhi_app');
        await client.query("select app.begin_request('account', $1, null, null, $2)", [
          t.world.account('mediator').id,
          t.clock.at(),
        ]);
        expect(await rings()).toEqual([]);
      } finally {
        await client.query('rollback');
      }
    });
  });

  it('audits the reading of notes, once, with what was read and none of its words', async () => {
    const before = await t.sql('select 1 from audit_entry where dispute_id = $1 and act = $2', [
      matter.id,
      'notes.read',
    ]);
    const page = must<{ items: { ring: string }[] }>(await mediator.get(`/disputes/${matter.id}/notes`), 200);
    expect(page.items.map((n) => n.ring).sort()).toEqual(['center', 'mediator', 'mediator', 'parties']);
    const after = await t.sql<{ body: string }>(
      'select body from audit_entry where dispute_id = $1 and act = $2 order by seq',
      [matter.id, 'notes.read'],
    );
    expect(after.length).toBe(before.length + 1);
    expect(JSON.parse(after.at(-1)?.body ?? '{}')).toMatchObject({ details: { parties: 1, center: 1, mediator: 2 } });
    const audit = await t.sql<{ body: string }>('select body from audit_entry');
    const events = await t.sql<{ text: string }>(
      "select coalesce(opinion, '') || details::text as text from dispute_event",
    );
    const outbox = await t.sql<{ text: string }>('select payload::text as text from outbox_message');
    const everywhere = [...audit.map((a) => a.body), ...events.map((e) => e.text), ...outbox.map((o) => o.text)].join();
    for (const ring of RINGS) expect(everywhere).not.toContain(MARK[ring]);
    const [kept] = await t.sql<{ n: number }>(
      "select count(*)::int as n from idempotency_record where response::text like '%标记词%'",
    );
    expect(kept?.n).toBe(0);
  });
});
