import { readFileSync } from 'node:fs';
import { Calendars } from '../../../src/modules/calendar';
import { RecomputeDeadlines } from '../../../src/modules/calendar/application/recompute-deadlines';
import { Chores } from '../../../src/platform/chores';
import { OutboxDispatcher, Tx, UnitOfWork } from '../../../src/platform/database';
import { aMatter, must } from '../../support/builders';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aSeal, onScreen } from '../agreements/stage';
import { aMatterInProgress, at, aWhistle, dueOf, onDuty, read, taskOf } from '../summons/stage';

interface Year {
  readonly isPublished: boolean;
  readonly days: { on: string; kind: string; isProvisional: boolean }[];
  readonly notices: {
    id: string;
    version: string;
    state: string;
    days: { on: string; kind: string }[];
    allowedActs: string[];
  }[];
}
interface Change {
  readonly kind: string;
  readonly disputeId: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly wasProvisional: boolean;
  readonly isProvisional: boolean;
}

/** As a notice for 2027 might say: Fri 01-01 to Mon 01-04 off, Sat 01-09 worked. */
const NOTICE = {
  year: 2027,
  source: '国务院办公厅关于2027年部分节假日安排的通知',
  publishedOn: '2026-12-28',
  origin: 'typed',
  holidays: [{ holiday: '元旦', from: '2027-01-01', to: '2027-01-04', makeUpWorkDays: [{ on: '2027-01-09' }] }],
};

describe('the calendar of next year (real PostgreSQL, HTTP, fake clock)', () => {
  let t: TestApp;
  let admin: Caller;
  let centerDirector: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    t.clock.set('2026-12-03T09:00:00+08:00');
    await aSeal(t);
    admin = await onDuty(t, 'system-admin');
    centerDirector = await onDuty(t, 'director');
  });
  afterAll(() => t.close());

  const year = async (of: number): Promise<Year> => must<Year>(await centerDirector.get(`/calendars/years/${of}`), 200);
  const settle = async (): Promise<void> => {
    await t.app.get(OutboxDispatcher).drain();
    await t.app.get(Chores).settled();
    await t.app.get(OutboxDispatcher).drain();
  };
  const runs = async (): Promise<{ id: string; reason: string; moved: number; finishedAt: string | null }[]> =>
    must<{ items: { id: string; reason: string; moved: number; finishedAt: string | null }[] }>(
      await centerDirector.get('/calendars/recomputations'),
      200,
    ).items;
  const changesOf = async (id: string): Promise<Change[]> =>
    must<{ items: Change[] }>(
      await (await onDuty(t, 'dispatcher')).get(`/calendars/recomputations/${id}?limit=100`),
      200,
    ).items;
  const periodOf = async (id: string): Promise<object | undefined> =>
    must<{ items: object[] }>(await (await onDuty(t, 'mediator')).get(`/disputes/${id}/mediation/deadline`), 200)
      .items[0];
  const bell = async (key: string): Promise<string[]> =>
    must<{ items: { text: string }[] }>(await (await onDuty(t, key)).get('/notifications?limit=100'), 200).items.map(
      (m) => m.text,
    );

  /** The due of a matter as lists and its page show it. */
  const shownDue = async (id: string): Promise<object> =>
    must<{ due: object }>(await (await onDuty(t, 'mediator')).get(`/disputes/${id}/standing`), 200).due;
  const watched = async (clock: string): Promise<object[]> =>
    must<{ items: object[] }>(await centerDirector.get(`/supervision/watch-list?clock=${clock}`), 200).items;

  /** How far the end of a clock is, in the sentences of the director's morning. */
  const distanceOf = async (clock: string, disputeId: string): Promise<string | undefined> =>
    must<{ sentences: { key: string; items: { disputeId: string; distance: string }[] }[] }>(
      await (await onDuty(t, 'director')).get('/supervision/morning'),
      200,
    )
      .sentences.find((s) => s.key === clock)
      ?.items.find((i) => i.disputeId === disputeId)?.distance;

  let mediated: string;
  let whistled: string;
  let summonsId: string;
  let agreed: { id: string; agreementId: string };

  it('is missing: what hangs on it is provisional and says so', async () => {
    const { id } = await aMatter(t).assigned();
    mediated = id;
    agreed = await anEffectiveAgreement();
    t.clock.set('2026-12-30T16:30:00+08:00');
    for (const key of ['system-admin', 'director', 'dispatcher', 'mediator', 'liaison']) await onDuty(t, key);
    whistled = await aMatterInProgress(t);
    summonsId = (await aWhistle(t, whistled, [{ agencyId: t.world.agencyIds[0], role: 'lead' }])).id;

    const shown = must<{ missingYears: number[]; provisionalCount: number }>(
      await centerDirector.get('/calendars/years'),
      200,
    );
    expect(shown.missingYears).toEqual([2027]);
    expect(shown.provisionalCount).toBeGreaterThanOrEqual(4);
    expect((await year(2027)).isPublished).toBe(false);
    expect((await year(2027)).days[0]).toMatchObject({ on: '2027-01-01', kind: 'weekday', isProvisional: true });
    expect(await periodOf(mediated)).toMatchObject({ currentDueOn: '2027-01-04', isProvisional: true });
    expect(await shownDue(mediated)).toMatchObject({ dueOn: '2027-01-04', isProvisional: true });
    expect(await watched('mediation')).toContainEqual(
      expect.objectContaining({
        disputeId: mediated,
        isProvisional: true,
        explanation: expect.arrayContaining([
          '2027年的放假安排尚未载入，暂按星期一至星期五为工作日推算，载入后须重新计算。',
        ]) as string[],
      }),
    );
    const task = taskOf(await read(await onDuty(t, 'dispatcher'), summonsId), t.world.agencyIds[0]);
    // Wed 12-30 16:30: 60 minutes end at closing; a working day later is Thu 12-31, three are Mon 01-04.
    expect(dueOf(task, 'sign').currentDueAt).toBe(at('2026-12-30T17:30:00'));
    expect(dueOf(task, 'arrive').currentDueAt).toBe(at('2027-01-04T17:30:00'));
    expect(dueOf(task, 'arrive')).toMatchObject({ isProvisional: true });
  });

  it('is loaded by one person and put in force by another; nobody else may', async () => {
    expect((await centerDirector.post('/calendars/years', NOTICE)).status).toBe(403);
    const bad = await admin.post('/calendars/years', {
      ...NOTICE,
      holidays: [{ holiday: '元旦', from: '2027-01-03', to: '2027-01-01' }],
    });
    expect(bad).toMatchObject({ status: 422, body: { errors: [{ pointer: '/holidays/0/to' }] } });
    expect((await admin.post('/calendars/years', { ...NOTICE, origin: 'package' })).body).toMatchObject({
      code: 'calendars.package-lacks-year',
    });
    expect((await admin.post('/calendars/years', { ...NOTICE, origin: 'file', data: '{' })).body).toMatchObject({
      code: 'calendars.file',
      errors: [{ pointer: '/data' }],
    });

    const draft = must<{ id: string; version: string; state: string }>(
      await admin.post('/calendars/years', NOTICE),
      201,
    );
    expect(draft).toMatchObject({ version: '2027-1', state: 'draft' });
    expect((await admin.post('/calendars/years', NOTICE)).body).toMatchObject({ code: 'calendars.draft-waits' });
    const shown = await year(2027);
    expect(shown.isPublished).toBe(false);
    expect(shown.notices[0]?.days.find((d) => d.on === '2027-01-09')).toMatchObject({ kind: 'make-up' });
    expect((await admin.post(`/calendar-notices/${draft.id}/confirm`)).body).toMatchObject({
      code: 'calendars.own-notice',
    });
    expect((await (await onDuty(t, 'mediator')).post(`/calendar-notices/${draft.id}/confirm`)).status).toBe(403);
    expect(await distanceOf('mediation', mediated)).toBe('还剩 3 个工作日');
    must(await centerDirector.post(`/calendar-notices/${draft.id}/confirm`, { note: '已逐日核对' }), 201);
    // The due itself is still the former one: the days until then are counted by the notice from now on.
    expect(await distanceOf('mediation', mediated)).toBe('还剩 1 个工作日');
    expect((await centerDirector.post(`/calendar-notices/${draft.id}/confirm`)).body).toMatchObject({
      code: 'calendars.reviewed-already',
    });
    expect((await year(2027)).days[0]).toMatchObject({ kind: 'holiday', isProvisional: false });
  });

  it('recomputes every open deadline that hung on it, once, and tells who holds it', async () => {
    await settle();
    const [run, ...others] = await runs();
    expect(others).toEqual([]);
    expect(run?.finishedAt).not.toBeNull();
    expect(run?.reason).toContain('2027年放假安排启用');
    const changes = await changesOf(run?.id ?? '');
    const of = (kind: string, disputeId: string): Change[] =>
      changes.filter((c) => c.kind === kind && c.disputeId === disputeId);
    expect(of('mediation-period', mediated)).toEqual([
      expect.objectContaining({
        before: at('2027-01-05T00:00:00'),
        after: at('2027-01-06T00:00:00'),
        wasProvisional: true,
        isProvisional: false,
      }),
    ]);
    // 30 days from 12-04 end on Sun 01-03, by the week on Mon 01-04, by the notice on Tue 01-05.
    expect(of('judicial-confirmation', agreed.id)).toEqual([
      expect.objectContaining({ before: at('2027-01-05T00:00:00'), after: at('2027-01-06T00:00:00') }),
    ]);
    expect(of('summons-objection-hard-stop', whistled)).toHaveLength(1);
    const dues = of('summons-due', whistled);
    expect(dues.map((d) => [d.before, d.after])).toEqual(
      expect.arrayContaining([
        [at('2027-01-04T17:30:00'), at('2027-01-06T17:30:00')],
        // Nothing but the certainty changed: 12-31 is worked.
        [at('2026-12-31T17:30:00'), at('2026-12-31T17:30:00')],
      ]),
    );
    expect(dues.every((d) => !d.isProvisional)).toBe(true);

    expect(await periodOf(mediated)).toMatchObject({
      currentDueOn: '2027-01-05',
      originalDueOn: '2027-01-05',
      isProvisional: false,
    });
    const task = taskOf(await read(await onDuty(t, 'dispatcher'), summonsId), t.world.agencyIds[0]);
    expect(dueOf(task, 'arrive').currentDueAt).toBe(at('2027-01-06T17:30:00'));
    expect(await shownDue(mediated)).toMatchObject({ dueOn: '2027-01-05', isProvisional: false });
    expect(await bell('mediator')).toContain('因工作日历变动，本事项的期限日期已重新计算，请查看');
    expect(await bell('liaison')).toContain('因工作日历变动，吹哨任务的时限已重新计算，请查看');
    const [event] = await t.sql<{ opinion: string; actor_name: string }>(
      "select opinion, actor_name from dispute_event where dispute_id = $1 and act = 'calendars.recompute'",
      [mediated],
    );
    expect(event).toMatchObject({ actor_name: '系统' });
    expect(event?.opinion).toContain('调解期限由2027年1月4日改为2027年1月5日');
  });

  it('changes nothing when it is asked for again', async () => {
    const before = await changesOf((await runs())[0]?.id ?? '');
    const messages = await t.sql(
      "update outbox_message set delivered_at = null where topic = 'calendars.notice-in-force' returning id",
    );
    expect(messages).toHaveLength(1);
    await settle();
    expect(await t.app.get(RecomputeDeadlines).work()).toBe(0);
    expect(await runs()).toHaveLength(1);
    expect(await changesOf((await runs())[0]?.id ?? '')).toEqual(before);
  });

  it('goes on where it was stopped, and leaves alone what is through', async () => {
    const [{ id } = { id: '' }] = await runs();
    const before = await changesOf(id);
    // As it stands when the program died after the first kind.
    await t.sql(
      "update recomputation set finished_at = null, stage = 'mediation-periods', place = null where id = $1",
      [id],
    );
    await t.app.get(RecomputeDeadlines).work();
    expect((await runs())[0]?.finishedAt).not.toBeNull();
    expect(await changesOf(id)).toEqual(before);
  });

  it('is corrected: the version before stays to explain what was reckoned by it', async () => {
    const file = {
      offDays: ['01', '02', '03'].map((d) => ({ on: `2027-01-${d}`, holiday: '元旦' })),
      makeUpWorkDays: [],
    };
    const draft = must<{ id: string; version: string }>(
      await admin.post('/calendars/years', {
        ...NOTICE,
        origin: 'file',
        holidays: undefined,
        data: JSON.stringify(file),
      }),
      201,
    );
    expect(draft.version).toBe('2027-2');
    must(await centerDirector.post(`/calendar-notices/${draft.id}/confirm`), 201);
    await settle();
    expect((await year(2027)).notices.map((n) => [n.version, n.state])).toEqual([
      ['2027-2', 'in-force'],
      ['2027-1', 'superseded'],
    ]);
    // A day earlier than before: the notice of now holds.
    expect(await periodOf(mediated)).toMatchObject({ currentDueOn: '2027-01-04' });
    expect((await runs()).map((r) => r.moved > 0)).toEqual([true, true]);
  });

  it('gives a center hours of its own from a day on, and service that no deadline runs by', async () => {
    const winter = {
      from: '01-01',
      weekdays: ['1', '2', '3', '4', '5'],
      morningFrom: '09:00',
      morningTo: '12:00',
      afternoonFrom: '13:30',
      afternoonTo: '17:00',
    };
    const path = `/centers/${t.world.centerId}/office-hours`;
    const body = {
      validFrom: '2027-01-04',
      seasons: [winter],
      service: [{ weekdays: ['6', '7'], from: '09:00', to: '12:00', note: '周末值班，可以登记和咨询' }],
      note: '执行冬季作息时间',
    };
    expect((await (await onDuty(t, 'mediator')).post(path, body)).status).toBe(403);
    expect((await centerDirector.post(path, { ...body, validFrom: '2026-12-01' })).body).toMatchObject({
      code: 'calendars.hours-in-the-past',
    });
    must(await centerDirector.post(path, body), 201);
    await settle();
    const shown = must<{ items: object[] }>(await (await onDuty(t, 'liaison')).get(path), 200);
    expect(shown.items).toMatchObject([
      {
        validFrom: '2027-01-04',
        isInForce: false,
        isFuture: true,
        seasons: [
          {
            spans: [
              { from: '09:00', to: '12:00' },
              { from: '13:30', to: '17:00' },
            ],
          },
        ],
        service: [{ weekdays: ['星期六', '星期日'], from: '09:00' }],
      },
      { isOwn: false, isInForce: true },
    ]);
    const task = taskOf(await read(await onDuty(t, 'dispatcher'), summonsId), t.world.agencyIds[0]);
    expect(dueOf(task, 'sign').currentDueAt).toBe(at('2026-12-30T17:30:00'));
    expect(dueOf(task, 'arrive').currentDueAt).toBe(at('2027-01-05T17:00:00'));

    t.clock.set('2027-01-05T15:00:00+08:00');
    expect(await distanceOf('summons-arrive', whistled)).toBe('还剩 2 小时');
    const earlier = { ...body, validFrom: '2027-01-05', seasons: [{ ...winter, afternoonTo: '16:30' }] };
    must(await (await onDuty(t, 'director')).post(path, earlier), 201);
    expect(await distanceOf('summons-arrive', whistled)).toBe('还剩 1 小时');
  });

  it('is kept by what was asked for: hours set between question and reading are taken for nobody’s but their center’s', async () => {
    const { streetCenterId, foreignCenterId } = t.world;
    const calendars = new Calendars();
    const versions = (): Promise<string[]> =>
      t.app.get(UnitOfWork).readAsSystem('spec', async (tx) => {
        const found = [];
        for (const id of [streetCenterId, foreignCenterId])
          found.push((await calendars.forCenter(tx, id)).officeHours.version);
        return found;
      });
    const asSystem = jest.spyOn(Tx.prototype, 'asSystem').mockImplementationOnce(async function (this: Tx, work) {
      await t.sql(
        `insert into office_hours (id, center_id, version, seasons, valid_from, service, note, made_by, made_by_name, made_at)
           select gen_random_uuid(), $1, 'street-1', seasons, '2027-01-05', service, note, made_by, made_by_name, made_at
             from office_hours where center_id = $2 limit 1`,
        [streetCenterId, t.world.centerId],
      );
      return this.asSystem(work);
    });
    try {
      expect(await versions()).toEqual(['default-1', 'default-1']);
    } finally {
      asSystem.mockRestore();
    }
    expect(await versions()).toEqual(['default-1,street-1', 'default-1']);
  });

  it('asks for many matters as often as for one, and leaves the lists, clocks and figures of each as they are', async () => {
    await t.sql(readFileSync('test/support/late-whistles.sql', 'utf8'), [
      t.world.centerId,
      t.world.agencyIds[0],
      ((await t.sql<{ id: string }>('select id from account limit 1'))[0] ?? { id: '' }).id,
      12,
      1999,
      ['sign', 'contact'],
      'working-day',
      '2027-01-20T10:00:00+08:00',
      60,
      '5 days',
    ]);
    const ofThem = 'in (select dispute_id from summons where number_year = 1999)';
    await t.sql(
      `insert into recomputation (id, office_hours_id, reason, from_day, begun_at, stage)
         select gen_random_uuid(), id, '办公时间调整', '2027-01-05', now(), 'summons-dues' from office_hours where version = 'street-1'`,
    );
    const asked = jest.spyOn(Tx.prototype, 'query');
    const batches = await t.app.get(RecomputeDeadlines).work();
    const counts = (words: string): number => asked.mock.calls.filter(([sql]) => sql.includes(words)).length;
    const often = [
      'app.lock_dispute',
      'insert into recomputed_deadline',
      'insert into dispute_event',
      'app.worklist_traces',
      'app.keep_worklist',
      'insert into open_clock',
      'app.keep_figures',
    ].map((words) => [words, counts(words)] as const);
    asked.mockRestore();
    // The clocks, the windows for objections, those for appeals and their rulings, and the end; of a slow machine some more.
    expect(batches).toBeLessThan(12);
    expect(often.filter(([, n]) => n > batches)).toEqual([]);
    const [kept] = await t.sql(
      `select count(*)::int as deadlines, count(distinct u.dispute_id)::int as matters,
              count(*) filter (where o.due_at = u.current_due_at)::int as clocks,
              count(*) filter (where w.is_open and w.due_at <= u.current_due_at)::int as lists,
              count(*) filter (where exists (select 1 from app.figure_fact f where f.dispute_id = u.dispute_id))::int as figures,
              count(*) filter (where exists (select 1 from recomputed_deadline r where r.subject_id = u.id))::int as logged
         from summons_due u left join open_clock o on o.subject_id = u.id left join worklist_matter w on w.dispute_id = u.dispute_id
        where u.dispute_id ${ofThem}`,
    );
    expect(kept).toEqual({ deadlines: 24, matters: 12, clocks: 24, lists: 24, figures: 24, logged: 24 });
    const [lines] = await t.sql(
      `select count(*)::int as lines, count(distinct (dispute_id, opinion))::int as different from dispute_event
        where act = 'calendars.recompute' and dispute_id ${ofThem}`,
    );
    // Two clocks and two windows of each.
    expect(lines).toEqual({ lines: 48, different: 48 });
  });

  async function anEffectiveAgreement(): Promise<{ id: string; agreementId: string }> {
    const matter = await aMatter(t).agreed();
    const mediator = await onDuty(t, 'mediator');
    const [obligorId = '', obligeeId = ''] = matter.partyIds;
    const draft = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'written',
        facts: '双方对借款数额没有争议。',
        responsibilities: '由借款人返还。',
        clauses: ['返还借款。'],
        obligations: [
          {
            kind: 'payment',
            obligorId,
            obligeeId,
            content: '返还借款',
            amountFen: 100_000,
            dueOn: '2027-03-01',
            place: '汇入银行账户',
            manner: '银行转账',
          },
        ],
      }),
      201,
    );
    const standing = must<Standing>(
      await mediator.post(`/agreements/${draft.id}/freezing`, {}, { ifMatch: draft.version }),
      200,
    );
    must(
      await mediator.post(`/agreements/${draft.id}/electronic-consents`, {
        partyIds: matter.partyIds,
        agreedOn: t.clock.at().toISOString().slice(0, 10),
      }),
      200,
    );
    const sign = async (by: Caller, slot: string): Promise<Standing> =>
      must<Standing>(
        await by.post(`/agreements/${draft.id}/tablet-signatures`, {
          ...onScreen(t, standing.contentHash),
          slot,
          identityCheck: slot.startsWith('party') ? 'document-compared' : 'own-account',
        }),
        200,
      );
    for (const [i] of matter.partyIds.entries()) await sign(mediator, `party-${i + 1}`);
    await sign(mediator, 'mediator-1');
    const { version } = await sign(await onDuty(t, 'recorder'), 'recorder');
    must(
      await (await onDuty(t, 'committee-director')).post(`/agreements/${draft.id}/sealing`, {}, { ifMatch: version }),
      200,
    );
    return { id: matter.id, agreementId: draft.id };
  }
});
