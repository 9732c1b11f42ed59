import { uuidv7 } from '../../../src/platform/database';
import { aMatter, must } from '../../support/builders';
import { type Reply, type TestApp, startTestApp } from '../../support/test-app';

/** Everything here is real but the clock: the application, its pool of ten connections, PostgreSQL and its locks. */
const CLIENTS = 20;

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

/** Statuses with how often each came. */
function tally(replies: readonly Reply[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of replies) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Told that the system is busy and that nothing was done (503: the queue at one matter was longer than a lock waits), one asks again. */
async function untilAnswered(ask: () => Promise<Reply>): Promise<Reply> {
  for (let left = 10; ; left -= 1) {
    const reply = await ask();
    if (reply.status !== 503 || left === 0) return reply;
  }
}

/** Does the work of each item, so many at once. */
async function inParallel<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await work(next);
  };
  await Promise.all(times(atOnce, worker));
}

describe(`${CLIENTS} clients at once`, () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  async function auditedActs(disputeId: string, act: string): Promise<number> {
    return (await t.sql('select 1 from audit_entry where dispute_id = $1 and act = $2', [disputeId, act])).length;
  }

  async function events(disputeId: string, act: string): Promise<number> {
    return (await t.sql('select 1 from dispute_event where dispute_id = $1 and act = $2', [disputeId, act])).length;
  }

  it('accept one matter: one winner, one number, one entry; the others are told 409', async () => {
    const { id } = await aMatter(t).triaged();
    const callers = await Promise.all(['dispatcher', 'intake', 'committee-director'].map((key) => t.as(key)));
    const replies = await Promise.all(
      times(CLIENTS, (i) =>
        untilAnswered(() => (callers[i % callers.length] ?? t.anonymous).post(`/disputes/${id}/acceptance`, {})),
      ),
    );
    expect(tally(replies)).toEqual({ 200: 1, 409: CLIENTS - 1 });
    expect([await auditedActs(id, 'disputes.accept'), await events(id, 'disputes.accept')]).toEqual([1, 1]);
    const numbers = await t.sql('select value from number_counter where owner_id = $1 and series = $2', [
      t.world.committeeId,
      'mediation',
    ]);
    expect(numbers).toEqual([{ value: 1 }]);
  });

  it('accept it, answer it and refuse it: exactly one of the three happens', async () => {
    const { id } = await aMatter(t).triaged();
    const [dispatcher, leader] = [await t.as('dispatcher'), await t.as('duty-leader')];
    const acts = [
      () => dispatcher.post(`/disputes/${id}/acceptance`, {}),
      () => dispatcher.post(`/disputes/${id}/undertaking`, {}),
      () =>
        leader.post(`/disputes/${id}/refusal`, {
          reasonCode: 'already-in-hand',
          reason: '法院已立案受理。',
          noticeForm: 'paper',
          route: 'litigation',
        }),
    ];
    const replies = await Promise.all(
      times(CLIENTS, (i) => untilAnswered(() => acts[i % acts.length]?.() ?? Promise.reject(new Error('no act')))),
    );
    const moved = replies.filter((r) => r.status < 300);
    expect(replies.filter((r) => r.status >= 300 && ![409, 422].includes(r.status)).map((r) => r.text)).toEqual([]);
    expect(moved).toHaveLength(1);
    const trail = await t.sql<{ from_state: string | null; to_state: string | null }>(
      `select from_state, to_state from dispute_event
        where dispute_id = $1 and act like 'disputes.%' and from_state is distinct from to_state order by at, id`,
      [id],
    );
    // Each step begins where the one before it ended: nobody moved the matter from under another.
    trail.slice(1).forEach((step, i) => {
      expect(step.from_state).toBe(trail[i]?.to_state);
    });
  });

  it('name the mediator who presides: one winner', async () => {
    const { id } = await aMatter(t).consented();
    const director = await t.as('committee-director');
    const replies = await Promise.all(
      times(CLIENTS, (i) =>
        untilAnswered(() =>
          director.post(`/disputes/${id}/assignments`, {
            accountId: t.world.account(i % 2 === 0 ? 'mediator' : 'mediator-2').id,
            capacity: 'host',
            chosenBy: 'committee',
            basis: '熟悉该类纠纷',
          }),
        ),
      ),
    );
    expect(tally(replies)).toEqual({ 201: 1, 409: CLIENTS - 1 });
    expect(await auditedActs(id, 'assignments.assign')).toBe(1);
    expect(await t.sql('select 1 from assignment where dispute_id = $1', [id])).toHaveLength(1);
  });

  it('change one version: one winner, the others are told that theirs is stale', async () => {
    const admin = await t.as('system-admin');
    const [center] = must<{ items: { id: string; version: number }[] } | { id: string; version: number }[]>(
      await admin.get('/centers'),
      200,
    ) as unknown as { id: string; version: number }[];
    const replies = await Promise.all(
      times(CLIENTS, (i) =>
        admin.patch(`/centers/${center?.id}`, { phone: `0471-66${i + 10000}` }, center?.version ?? 1),
      ),
    );
    expect(tally(replies)).toEqual({ 200: 1, 412: CLIENTS - 1 });
  });
});

describe('one Idempotency-Key, twenty times at once', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  interface Case {
    readonly what: string;
    readonly as: string;
    /** Where to send what; another body that is valid too; how to count the effect. */
    readonly prepare: () => Promise<{ path: string; body: object; other: object; effects: () => Promise<number> }>;
  }

  const rows = async (sql: string, values: unknown[]): Promise<number> => (await t.sql(sql, values)).length;

  const cases: Case[] = [
    {
      what: 'registration',
      as: 'intake',
      prepare: () => {
        const title = `重复提交${uuidv7()}`;
        const body = { centerId: t.world.centerId, channel: 'visit', title, narrative: '因噪声发生争执。' };
        return Promise.resolve({
          path: '/disputes',
          body,
          other: { ...body, narrative: '因漏水发生争执。' },
          effects: () => rows('select 1 from dispute where title = $1', [title]),
        });
      },
    },
    {
      what: 'acceptance',
      as: 'dispatcher',
      prepare: async () => {
        const { id } = await aMatter(t).triaged();
        return {
          path: `/disputes/${id}/acceptance`,
          body: {},
          other: { opinion: '符合受理条件。' },
          effects: () => rows("select 1 from dispute_event where dispute_id = $1 and act = 'disputes.accept'", [id]),
        };
      },
    },
    {
      what: 'one more party',
      as: 'intake',
      prepare: async () => {
        const { id } = await aMatter(t).registered();
        const body = { kind: 'person', name: '巴图' };
        return {
          path: `/disputes/${id}/parties`,
          body,
          other: { kind: 'person', name: '苏和' },
          effects: () => rows("select 1 from party where dispute_id = $1 and name in ('巴图', '苏和')", [id]),
        };
      },
    },
    {
      what: 'a note',
      as: 'intake',
      prepare: async () => {
        const { id } = await aMatter(t).registered();
        return {
          path: `/disputes/${id}/notes`,
          body: { ring: 'center', text: '来电询问进度。' },
          other: { ring: 'center', text: '来访询问进度。' },
          effects: () => rows('select 1 from session_note where dispute_id = $1', [id]),
        };
      },
    },
    {
      what: 'an account',
      as: 'security-admin',
      prepare: () => {
        const loginName = `li.${uuidv7().slice(-8)}`;
        const body = { loginName, displayName: '李新', initialPassword: 'Chu-shi-2026!' };
        return Promise.resolve({
          path: '/accounts',
          body,
          other: { ...body, displayName: '李旧' },
          effects: () => rows('select 1 from account where login_name = $1', [loginName]),
        });
      },
    },
  ];

  it.each(cases.map((c) => [c.what, c] as const))(
    '%s: one effect, the same answer to all; another body is 422',
    async (_, c) => {
      const caller = await t.as(c.as);
      const { path, body, other, effects } = await c.prepare();
      const idempotencyKey = uuidv7();
      const replies = await Promise.all(
        times(CLIENTS, () => untilAnswered(() => caller.post(path, body, { idempotencyKey }))),
      );
      const [first] = replies;
      expect(first?.status).toBeLessThan(300);
      expect(tally(replies)).toEqual({ [first?.status ?? 0]: CLIENTS });
      for (const reply of replies) expect(reply.body).toEqual(first?.body);
      const refused = await caller.post(path, other, { idempotencyKey });
      expect([refused.status, (refused.body as { code: string }).code]).toEqual([422, 'idempotency-key-reused']);
      expect(await effects()).toBe(1);
    },
  );

  it('a claim whose act failed leaves the key free for the corrected submission', async () => {
    const intake = await t.as('intake');
    const idempotencyKey = uuidv7();
    const body = { centerId: uuidv7(), channel: 'visit', title: '噪声纠纷', narrative: '因噪声发生争执。' };
    expect((await intake.post('/disputes', body, { idempotencyKey })).status).toBeGreaterThanOrEqual(400);
    const corrected = await intake.post('/disputes', { ...body, centerId: t.world.centerId }, { idempotencyKey });
    expect(corrected.status).toBe(201);
  });
});

describe('numbers under load, over the end of the year', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
    // Before anyone logs in: nobody stays logged in from September to December.
    t.clock.set('2026-12-31T23:59:00+08:00');
  });
  afterAll(() => t.close());

  it('300 registrations and 120 acceptances for two committees: every number once, none left out, each in its year', async () => {
    const [intake, dispatcher] = [await t.as('intake'), await t.as('dispatcher')];
    const committees = [t.world.committeeId, t.world.otherCommitteeId];
    let done = 0;
    const faults: string[] = [];
    const note = (reply: Reply, status: number): Reply => {
      done += 1;
      // Midnight falls into the middle of the load.
      if (done === 300) t.clock.set('2027-01-01T00:00:01+08:00');
      if (reply.status !== status) faults.push(reply.text);
      return reply;
    };
    await inParallel(
      times(300, (i) => i),
      CLIENTS,
      async (i) => {
        const sign = String.fromCodePoint(0x4e00 + i * 3);
        const { id } = note(
          await untilAnswered(() =>
            intake.post('/disputes', {
              centerId: t.world.centerId,
              channel: 'visit',
              title: `纠纷${sign.repeat(6)}`,
              narrative: sign.repeat(30),
            }),
          ),
          201,
        ).body as { id: string };
        if (i % 5 >= 2) return;
        note(
          await untilAnswered(() =>
            dispatcher.post(`/disputes/${id}/triage`, {
              nature: 'civil',
              route: 'mediation',
              committeeId: committees[i % 2],
              isDuplicateChecked: true,
            }),
          ),
          200,
        );
        note(await untilAnswered(() => dispatcher.post(`/disputes/${id}/acceptance`, {})), 200);
        // Refused acts between the numbered ones take no number.
        const again = await untilAnswered(() => dispatcher.post(`/disputes/${id}/acceptance`, {}));
        if (again.status !== 409) faults.push(again.text);
      },
    );
    expect(faults).toEqual([]);

    const numbered = await t.sql<{ owner: string; number: string; year: number; seq: number; at: Date }>(
      `select committee_id::text as owner, case_number as number, case_year as year, case_seq as seq, accepted_at as at from dispute where case_number is not null
       union all
       select 'registration', registration_number, substring(registration_number from '〔(\\d+)〕')::int, substring(registration_number from '(\\d+)号$')::int, registered_at from dispute`,
    );
    expect(numbered).toHaveLength(420);
    expect(new Set(numbered.map((n) => n.number)).size).toBe(420);
    const series = new Map<string, number[]>();
    for (const { owner, year, seq, at } of numbered) {
      // At midnight in Hohhot the new year has begun.
      expect(year).toBe(at.getTime() < Date.parse('2027-01-01T00:00:00+08:00') ? 2026 : 2027);
      series.set(`${owner} ${year}`, [...(series.get(`${owner} ${year}`) ?? []), seq]);
    }
    expect(series.size).toBe(6);
    for (const sequence of series.values()) {
      expect(sequence.sort((a, b) => a - b)).toEqual(times(sequence.length, (i) => i + 1));
    }
  }, 240_000);
});
