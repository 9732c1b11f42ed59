import { switchAccessGuardOff } from '../../../src/platform/auth';
import { uuidv7 } from '../../../src/platform/database';
import { type BuiltMatter, must } from '../../support/builders';
import { residentIdOf } from '../../support/parties';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aHeldSession, aMatterInMediation, plan } from './stage';

interface Slot {
  readonly startsAt: string;
  readonly endsAt: string;
  readonly name: string;
  readonly roomId: string | null;
  readonly roomName: string | null;
}
interface FreeSlots {
  readonly proposals: readonly Slot[];
  readonly failures: readonly {
    readonly name: string;
    readonly reasons: readonly { code: string; detail: string }[];
  }[];
  readonly closedDays: readonly { readonly on: string }[];
  readonly isProvisional: boolean;
  readonly note: string | null;
}
interface Room {
  readonly id: string;
  readonly name: string;
  readonly bookings: readonly { sessionId: string | null; title: string | null; startsAt: string }[];
}

const TWO = [
  { kind: 'person', name: '李建国' },
  { kind: 'person', name: '李建军' },
];
/** Monday to Friday of the second week after the fake clock starts; the Friday is a holiday (中秋节). */
const WEEK = 'from=2026-09-21&to=2026-09-27';

describe('planning and preparing sessions (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let mediator: Caller;
  let rooms: string[];

  beforeAll(async () => {
    t = await startTestApp();
    mediator = await t.as('mediator');
    rooms = [await room(1, null), await room(2, '第二调解室')];
    await t.sql(
      "insert into center_slot (id, center_id, kind, ordinal, valid_from) values ($1, $2, 'window', 1, '2026-01-01')",
      [uuidv7(), t.world.centerId],
    );
  });
  afterAll(() => t.close());

  async function room(ordinal: number, name: string | null): Promise<string> {
    const id = uuidv7();
    await t.sql(
      "insert into center_slot (id, center_id, kind, ordinal, name, valid_from) values ($1, $2, 'room', $3, $4, '2026-01-01')",
      [id, t.world.centerId, ordinal, name],
    );
    return id;
  }

  const freeSlots = async (caller: Caller, disputeId: string, query: string): Promise<FreeSlots> =>
    must<FreeSlots>(await caller.get(`/disputes/${disputeId}/free-slots?${query}`), 200);

  const book = async (disputeId: string, slot: Slot | undefined): Promise<Standing> => {
    if (!slot) throw new Error('No slot was proposed');
    const { startsAt, endsAt, roomId } = slot;
    return plan(mediator, disputeId, t, { startsAt, endsAt, slotId: roomId ?? undefined, place: undefined });
  };

  const audits = async (disputeId: string, act: string): Promise<number> =>
    (await t.sql('select 1 from audit_entry where dispute_id = $1 and act = $2', [disputeId, act])).length;

  describe('free slots', () => {
    let matter: BuiltMatter;
    const taken: Standing[] = [];
    beforeAll(async () => {
      matter = await aMatterInMediation(t, TWO);
    });
    afterAll(async () => {
      for (const { id } of taken) must(await mediator.post(`/sessions/${id}/cancellation`, { reason: '另约' }), 200);
    });

    it('proposes three times within office hours, and says which days are off', async () => {
      const { proposals, failures, closedDays, isProvisional } = await freeSlots(
        mediator,
        matter.id,
        `${WEEK}&durationMinutes=120`,
      );
      expect(proposals.map((p) => [p.name, p.roomName])).toEqual([
        ['2026年9月21日（星期一） 08:30至10:30', '新城区综治中心第1调解室'],
        ['2026年9月21日（星期一） 14:30至16:30', '新城区综治中心第1调解室'],
        ['2026年9月22日（星期二） 08:30至10:30', '新城区综治中心第1调解室'],
      ]);
      expect(failures).toEqual([]);
      expect(closedDays.map((d) => d.on)).toEqual(['2026-09-25', '2026-09-26', '2026-09-27']);
      expect(isProvisional).toBe(false);
    });

    it('proposes what can be booked, and then knows that the mediator is taken, in whatever matter', async () => {
      const query = 'from=2026-09-21&to=2026-09-21&durationMinutes=180';
      const first = await freeSlots(mediator, matter.id, query);
      taken.push(await book(matter.id, first.proposals[0]));
      const other = await aMatterInMediation(t, [
        { kind: 'person', name: '孙大海' },
        { kind: 'person', name: '孙小海' },
      ]);
      const second = await freeSlots(mediator, other.id, query);
      expect(second.proposals.map((p) => p.name)).toEqual(['2026年9月21日（星期一） 14:30至17:30']);
      expect(second.failures).toMatchObject([
        { name: '2026年9月21日（星期一）上午', reasons: [{ code: 'person-taken' }, { code: 'person-taken' }] },
      ]);
      const details = second.failures[0]?.reasons.map((r) => r.detail).join();
      expect(details).toContain('刘调解08:30至11:30已有安排');
      // Never for which matter.
      expect(JSON.stringify(second)).not.toContain('李建国');
      expect(JSON.stringify(second)).not.toContain(matter.id);
      taken.push(await book(other.id, second.proposals[0]));
      expect((await freeSlots(mediator, matter.id, query)).proposals).toEqual([]);
    });

    it('does not let a session stand in its own way when it is moved', async () => {
      const [own] = taken;
      const query = 'from=2026-09-21&to=2026-09-21&durationMinutes=180';
      const { proposals } = await freeSlots(mediator, matter.id, `${query}&sessionId=${own?.id ?? ''}`);
      expect(proposals.map((p) => p.name)).toEqual(['2026年9月21日（星期一） 08:30至11:30']);
    });

    it('knows a person by the number in another matter of another mediator, and says only when', async () => {
      const same = { kind: 'person', name: '周同人', residentId: residentIdOf('19880303', 31) };
      const there = await aMatterInMediation(t, [same, { kind: 'person', name: '吴甲' }], {}, 'mediator-2');
      const here = await aMatterInMediation(t, [
        { ...same, name: '周同仁' },
        { kind: 'person', name: '吴乙' },
      ]);
      const recorderFree = { mediatorIds: [t.world.account('mediator-2').id] };
      const second = await t.as('mediator-2');
      const booked = await plan(second, there.id, t, {
        ...recorderFree,
        startsAt: '2026-09-23T09:00:00+08:00',
        endsAt: '2026-09-23T11:30:00+08:00',
      });
      await t.sql("update session_invitee set booked = null where session_id = $1 and kind = 'recorder'", [booked.id]);
      const query = 'from=2026-09-23&to=2026-09-23&durationMinutes=120';
      const { proposals, failures } = await freeSlots(mediator, here.id, query);
      expect(proposals[0]?.name).toBe('2026年9月23日（星期三） 14:30至16:30');
      expect(failures[0]?.reasons).toMatchObject([{ code: 'party-taken', detail: '周同仁09:00至11:30已有安排' }]);
      // Once it is cancelled the person is free again.
      must(await second.post(`/sessions/${booked.id}/cancellation`, { reason: '另约' }), 200);
      expect((await freeSlots(mediator, here.id, query)).failures).toEqual([]);
    });

    it('keeps to the rotation days of the agencies that are asked', async () => {
      const [agencyId] = t.world.agencyIds;
      const admin = await t.as('system-admin');
      const posting = {
        accountId: t.world.account('handler').id,
        homeOrganization: '新城区征收办',
        agencyId,
        residency: 'rotating',
        weekdays: ['3'],
        validFrom: '2026-01-01',
      };
      expect(
        (await admin.post(`/centers/${t.world.centerId}/postings`, { ...posting, residency: 'resident' })).body,
      ).toMatchObject({ status: 422, code: 'organizations.weekdays-out-of-place' });
      must(await admin.post(`/centers/${t.world.centerId}/postings`, posting), 201);
      const { proposals, failures } = await freeSlots(
        mediator,
        matter.id,
        `${WEEK}&durationMinutes=60&agencyIds=${agencyId}`,
      );
      expect(new Set(proposals.map((p) => p.name.slice(0, 15)))).toEqual(new Set(['2026年9月23日（星期三）']));
      expect(failures).toHaveLength(6);
      expect(failures[0]?.reasons).toContainEqual(
        expect.objectContaining({ code: 'agency-absent', detail: '新城区征收办轮驻日为星期三' }),
      );
    });

    it('looks for one room alone, or for none', async () => {
      const query = 'from=2026-09-24&to=2026-09-24&durationMinutes=60';
      const only = await freeSlots(mediator, matter.id, `${query}&roomId=${rooms[1] ?? ''}`);
      expect(new Set(only.proposals.map((p) => p.roomName))).toEqual(new Set(['第二调解室']));
      const none = await freeSlots(mediator, matter.id, `${query}&needsRoom=false`);
      expect(new Set(none.proposals.map((p) => p.roomId))).toEqual(new Set([null]));
    });

    it('says when the working days of a year are not published yet', async () => {
      const { isProvisional, note } = await freeSlots(
        mediator,
        matter.id,
        'from=2026-12-28&to=2027-01-08&durationMinutes=60',
      );
      expect(isProvisional).toBe(true);
      expect(note).toContain('2027年放假安排尚未公布');
    });

    it('refuses who may not plan, what does not belong, and spans without end', async () => {
      const path = `/disputes/${matter.id}/free-slots`;
      const good = `${WEEK}&durationMinutes=60`;
      expect((await t.anonymous.get(`${path}?${good}`)).status).toBe(401);
      expect((await (await t.as('guide')).get(`${path}?${good}`)).status).toBe(403);
      expect((await (await t.as('director')).get(`${path}?${good}`)).status).toBe(403);
      expect((await (await t.as('mediator-2')).get(`${path}?${good}`)).status).toBe(404);
      expect((await (await t.as('dispatcher:foreign')).get(`${path}?${good}`)).status).toBe(404);
      expect((await (await t.as('intake')).get(`${path}?${good}`)).status).toBe(200);
      expect((await mediator.get(`${path}?${WEEK}`)).status).toBe(400);
      expect((await mediator.get(`${path}?${good}&roomId=${uuidv7()}`)).body).toMatchObject({
        status: 422,
        code: 'sessions.no-such-room',
      });
      expect((await mediator.get(`${path}?${good}&agencyIds=${uuidv7()}`)).body).toMatchObject({
        status: 422,
        code: 'sessions.no-such-agency',
      });
      expect((await mediator.get(`${path}?${good}&mediatorIds=${uuidv7()}`)).body).toMatchObject({
        status: 422,
        code: 'sessions.no-mediator',
      });
      expect((await mediator.get(`${path}?from=2026-09-21&to=2026-12-01&durationMinutes=60`)).body).toMatchObject({
        status: 422,
        code: 'sessions.span-too-long',
      });
      expect((await mediator.get(`${path}?from=2026-09-21&to=2026-09-01&durationMinutes=60`)).body).toMatchObject({
        status: 422,
        code: 'sessions.span-reversed',
      });
    });
  });

  describe('rooms and calendar', () => {
    let matter: BuiltMatter;
    let session: Standing;
    beforeAll(async () => {
      matter = await aMatterInMediation(t, TWO);
      session = await plan(mediator, matter.id, t, {
        startsAt: '2026-10-12T09:00:00+08:00',
        endsAt: '2026-10-12T11:00:00+08:00',
        slotId: rooms[1],
        place: undefined,
      });
    });

    it('shows what a room is taken for, and to whoever may not know the matter the time alone', async () => {
      const query = '/rooms?from=2026-10-12&to=2026-10-16';
      const own = must<Room[]>(await mediator.get(query), 200);
      expect(own.map((r) => r.name)).toEqual(['新城区综治中心第1调解室', '第二调解室']);
      expect(own[1]?.bookings).toEqual([
        {
          startsAt: '2026-10-12T01:00:00.000Z',
          endsAt: '2026-10-12T03:00:00.000Z',
          sessionId: session.id,
          title: expect.any(String) as string,
          ordinal: 1,
        },
      ]);
      for (const key of ['mediator-2', 'liaison', 'dispatcher:foreign']) {
        const strange = must<Room[]>(await (await t.as(key)).get(`${query}&centerId=${t.world.centerId}`), 200);
        expect(strange[1]?.bookings).toMatchObject([
          { sessionId: null, title: null, startsAt: '2026-10-12T01:00:00.000Z' },
        ]);
      }
      expect(must<Room[]>(await (await t.as('dispatcher:foreign')).get(query), 200)).toEqual([]);
      expect((await t.anonymous.get(query)).status).toBe(401);
      expect((await mediator.get('/rooms?from=2026-10-12&to=2027-10-16')).body).toMatchObject({
        code: 'sessions.span-too-long',
      });
    });

    it('names rooms and people in the calendar for those who may read the matter, nobody for the rest', async () => {
      const query = '/sessions?from=2026-10-12&to=2026-10-12&scope=center';
      interface Item {
        readonly id: string;
        readonly roomName: string | null;
        readonly people: readonly { readonly name: string; readonly kind: string }[];
      }
      const items = async (key: string, more = ''): Promise<readonly Item[]> =>
        must<{ items: Item[] }>(await (await t.as(key)).get(query + more), 200).items;
      expect(await items('mediator')).toMatchObject([
        {
          id: session.id,
          roomName: '第二调解室',
          people: [{ name: '刘调解' }, { name: '郑记录' }, { name: '李建国' }, { name: '李建军' }],
        },
      ]);
      expect(await items('director')).toMatchObject([{ id: session.id, people: [] }]);
      expect(await items('dispatcher', `&roomId=${rooms[1] ?? ''}`)).toHaveLength(1);
      expect(await items('dispatcher', `&roomId=${rooms[0] ?? ''}`)).toHaveLength(0);
      expect(await items('dispatcher', `&accountId=${t.world.account('mediator').id}`)).toHaveLength(1);
      expect(await items('dispatcher', `&accountId=${t.world.account('mediator-2').id}`)).toHaveLength(0);
    });

    it('takes names off the calendar once the matter is sealed', async () => {
      await t.sql('update dispute set is_sealed = true where id = $1', [matter.id]);
      const { items } = must<{ items: { title: string; people: object[] }[] }>(
        await mediator.get('/sessions?from=2026-10-12&to=2026-10-12'),
        200,
      );
      expect(items).toMatchObject([{ title: '（封存事项）', people: [] }]);
      const [, taken] = must<Room[]>(await mediator.get('/rooms?from=2026-10-12&to=2026-10-12'), 200);
      expect(taken?.bookings).toMatchObject([{ title: '（封存事项）' }]);
      await t.sql('update dispute set is_sealed = false where id = $1', [matter.id]);
    });

    it('answers a file for a calendar, without the names of the parties, and notes that it left', async () => {
      const reply = await mediator.get(`/sessions/${session.id}/calendar-file`);
      expect(reply.status).toBe(200);
      expect(reply.headers['content-type']).toBe('text/calendar; charset=utf-8');
      expect(reply.headers['content-disposition']).toContain('.ics');
      expect(reply.text).toContain('DTSTART:20261012T010000Z');
      expect(reply.text).toContain('LOCATION:第二调解室');
      expect(reply.text).not.toContain('李建');
      expect(await audits(matter.id, 'sessions.export-calendar')).toBe(1);
      expect((await t.anonymous.get(`/sessions/${session.id}/calendar-file`)).status).toBe(401);
      expect((await (await t.as('director')).get(`/sessions/${session.id}/calendar-file`)).status).toBe(403);
      expect((await (await t.as('mediator-2')).get(`/sessions/${session.id}/calendar-file`)).status).toBe(404);
    });

    it('lists what a plan can choose from', async () => {
      const options = must<Record<string, { name: string }[]>>(
        await mediator.get(`/disputes/${matter.id}/plan-options`),
        200,
      );
      expect(Object.fromEntries(Object.entries(options).map(([k, list]) => [k, list.map((o) => o.name)]))).toEqual({
        mediators: ['刘调解'],
        recorders: ['郑记录'],
        parties: ['李建国', '李建军'],
        participants: [],
        agencies: ['新城区人社局', '新城区住建局', '新城区征收办', '新城区自然资源分局'].sort(),
        rooms: ['新城区综治中心第1调解室', '第二调解室'],
      });
      expect((await (await t.as('guide')).get(`/disputes/${matter.id}/plan-options`)).status).toBe(403);
      expect((await (await t.as('mediator-2')).get(`/disputes/${matter.id}/plan-options`)).status).toBe(404);
    });
  });

  describe('what a list offers', () => {
    it('offers to plan, to hear and to invite to those who may, and to nobody before there is a mediator', async () => {
      const matter = await aMatterInMediation(t, TWO);
      const offers = async (key: string): Promise<string[]> => {
        const caller = await t.as(key);
        const lists = ['sessions', 'investigation-records', 'participants', 'notes'];
        const bodies = await Promise.all(lists.map((list) => caller.get(`/disputes/${matter.id}/${list}`)));
        return bodies.flatMap((reply) => must<{ allowedActs: string[] }>(reply, 200).allowedActs);
      };
      expect(await offers('mediator')).toEqual([
        'sessions.plan',
        'investigations.open',
        'participants.invite',
        'notes.write',
      ]);
      expect(await offers('intake')).toEqual(['sessions.plan', 'notes.write']);
      expect(await offers('archivist')).toEqual([]);
      // What is offered is not refused, and what is refused is not offered.
      expect((await (await t.as('intake')).post(`/disputes/${matter.id}/investigation-records`, {})).status).toBe(400);
      const planned = await plan(await t.as('intake'), matter.id, t, {
        startsAt: '2026-10-20T09:00:00+08:00',
        endsAt: '2026-10-20T10:00:00+08:00',
      });
      const { items } = must<{ items: { id: string; allowedActs: string[] }[] }>(
        await mediator.get(`/disputes/${matter.id}/sessions`),
        200,
      );
      const one = must<{ allowedActs: string[]; readingActs: string[]; writableRings: { ring: string }[] }>(
        await mediator.get(`/sessions/${planned.id}`),
        200,
      );
      expect(items[0]?.allowedActs).toEqual(one.allowedActs);
      expect(one.allowedActs).toContain('sessions.start');
      expect(one.readingActs).toEqual(['sessions.read-concessions', 'sessions.export-calendar', 'preparation.read']);
      expect(one.writableRings.map((r) => r.ring)).toEqual(['parties', 'center', 'mediator']);
      const clerk = must<{ writableRings: { ring: string }[] }>(
        await (await t.as('intake')).get(`/disputes/${matter.id}/notes`),
        200,
      );
      expect(clerk.writableRings.map((r) => r.ring)).toEqual(['parties', 'center']);
    });

    it('says what is still missing before a result can be recorded', async () => {
      const matter = await aMatterInMediation(t, TWO);
      const { id } = await aHeldSession(mediator, t, matter.id);
      const blocked = async (): Promise<readonly { act: string; reason: string }[]> =>
        must<{ blockedActs: { act: string; reason: string }[] }>(await mediator.get(`/sessions/${id}`), 200)
          .blockedActs;
      expect(await blocked()).toMatchObject([
        { act: 'sessions.record', label: '记录调解结果', reason: expect.stringContaining('结束时间') as string },
      ]);
      t.clock.advance(3_600_000);
      must(await mediator.post(`/sessions/${id}/end`, {}), 200);
      expect((await blocked()).map((b) => b.act)).toEqual(['sessions.end', 'sessions.record']);
      must(
        await mediator.post(`/sessions/${id}/entries`, {
          entries: [{ ring: 'parties', kind: 'procedure', speaker: '刘调解', text: '宣布开始。' }],
        }),
        201,
      );
      expect((await blocked()).map((b) => b.act)).toEqual(['sessions.end']);
    });
  });

  describe('checking in by one press', () => {
    it('takes the time of the program, keeps when somebody came when he leaves, and knows who never came', async () => {
      const matter = await aMatterInMediation(t, TWO);
      const { id } = await plan(mediator, matter.id, t, {
        startsAt: '2026-11-02T09:00:00+08:00',
        endsAt: '2026-11-02T11:00:00+08:00',
      });
      must(await mediator.post(`/sessions/${id}/start`, {}), 200);
      const { invitees } = must<{ invitees: { id: string; name: string }[] }>(
        await mediator.get(`/sessions/${id}`),
        200,
      );
      const [first, second] = [invitees.at(-2)?.id ?? '', invitees.at(-1)?.id ?? ''];
      const note = async (one: object) => mediator.post(`/sessions/${id}/attendance`, { attendance: [one] });
      const came = t.clock.at().toISOString();
      must(await note({ inviteeId: first, isHere: true }), 200);
      t.clock.advance(600_000);
      must(await note({ inviteeId: first, isLeaving: true }), 200);
      const times = await t.sql<{ arrived_at: Date; left_at: Date }>(
        'select arrived_at, left_at from session_invitee where id = $1',
        [first],
      );
      expect(times.map((r) => [r.arrived_at.toISOString(), r.left_at.toISOString()])).toEqual([
        [came, t.clock.at().toISOString()],
      ]);
      expect((await note({ inviteeId: second, isLeaving: true })).body).toMatchObject({
        status: 422,
        code: 'sessions.left-before-arrival',
      });
      expect((await note({ inviteeId: second, isHere: true, absentReason: '病了' })).body).toMatchObject({
        status: 422,
        code: 'sessions.came-or-not',
      });
    });
  });

  describe('preparation sheet', () => {
    let matter: BuiltMatter;
    const MARK = { parties: '准备词甲鼋鼍', center: '准备词乙貔貅', mediator: '准备词丙魑魅' } as const;
    const points: Record<string, { id: string; version: number }> = {};
    interface Sheet {
      readonly issues: readonly { text: string; settlement: string | null; allowedActs: string[] }[];
      readonly sides: readonly {
        name: string;
        accounts: readonly { text: string; source: string }[];
        positions: object[];
      }[];
      readonly undisputedFacts: readonly object[];
      readonly offers: readonly object[];
      readonly dates: readonly { text: string }[];
      readonly riskCues: readonly string[];
      readonly allowedActs: readonly string[];
    }
    const sheet = async (key: string): Promise<Sheet> =>
      must<Sheet>(await (await t.as(key)).get(`/disputes/${matter.id}/preparation-sheet`), 200);

    beforeAll(async () => {
      matter = await aMatterInMediation(t, TWO);
      for (const ring of ['parties', 'center', 'mediator'] as const) {
        points[ring] = must(
          await mediator.post(`/disputes/${matter.id}/preparation-points`, { ring, kind: 'issue', text: MARK[ring] }),
          201,
        );
      }
      const [partyId] = matter.partyIds;
      for (const body of [
        { kind: 'position', partyId, text: '要求平均分配。' },
        { kind: 'date', onDate: '2020-03-01', text: '父亲去世。' },
        { kind: 'money', amountFen: 80_000_000, text: '老房评估价。' },
        { kind: 'open-fact', text: '房产登记在谁名下。' },
        { kind: 'law', text: '同一顺序继承人继承遗产的份额，一般应当均等。', reference: '民法典第一千一百三十条' },
      ]) {
        must(await mediator.post(`/disputes/${matter.id}/preparation-points`, { ring: 'center', ...body }), 201);
      }
      const { id } = await aHeldSession(mediator, t, matter.id);
      const { invitees } = must<{ invitees: { id: string; partyId: string | null }[] }>(
        await mediator.get(`/sessions/${id}`),
        200,
      );
      const speaker = invitees.find((i) => i.partyId === partyId)?.id;
      must(
        await mediator.post(`/sessions/${id}/entries`, {
          entries: [
            { ring: 'parties', kind: 'statement', inviteeId: speaker, text: '房子是父母留下的。' },
            { ring: 'mediator', kind: 'statement', inviteeId: speaker, text: `${MARK.mediator}不同意就同归于尽。` },
          ],
        }),
        201,
      );
      must(await mediator.post(`/sessions/${id}/undisputed-facts`, { facts: ['父母均未立遗嘱。'] }), 201);
      must(
        await mediator.post(`/sessions/${id}/concessions`, { madeBy: '李建国', text: `${MARK.mediator}少要一成` }),
        201,
      );
    });

    it('puts on one page what is known, in the rings of whoever reads, and leaves one entry in the audit', async () => {
      const before = await audits(matter.id, 'preparation.read');
      const own = await sheet('mediator');
      expect(await audits(matter.id, 'preparation.read')).toBe(before + 1);
      expect(own.issues.map((p) => p.text)).toEqual([MARK.parties, MARK.center, MARK.mediator]);
      expect(own.sides).toMatchObject([
        {
          name: '李建国',
          accounts: [
            { source: '第1次调解', text: '房子是父母留下的。' },
            { text: `${MARK.mediator}不同意就同归于尽。` },
          ],
          positions: [{ text: '要求平均分配。' }],
        },
        { name: '李建军', accounts: [], positions: [] },
      ]);
      expect(own).toMatchObject({
        money: [{ amountFen: 80_000_000 }],
        openFacts: [{ text: '房产登记在谁名下。' }],
        law: [{ reference: '民法典第一千一百三十条' }],
        undisputedFacts: [{ text: '父母均未立遗嘱。', session: 1 }],
        offers: [{ ring: 'mediator', madeBy: '李建国' }],
        riskCues: ['同归于尽'],
        allowedActs: ['preparation.add-point'],
      });
      expect(own.dates.map((d) => d.text).slice(0, 3)).toEqual(['父亲去世。', '登记', '受理']);
    });

    it('shows nobody outside the ring what only the mediator may know, with the guard and without it', async () => {
      try {
        for (const isOff of [false, true]) {
          switchAccessGuardOff(isOff);
          const desk = await sheet('dispatcher');
          expect(JSON.stringify(desk)).not.toContain(MARK.mediator);
          expect(desk.issues.map((p) => p.text)).toEqual([MARK.parties, MARK.center]);
          expect(desk.riskCues).toEqual([]);
          expect(
            (await (await t.as('dispatcher:foreign')).get(`/disputes/${matter.id}/preparation-sheet`)).status,
          ).toBe(404);
        }
        const header = await sheet('director');
        expect(header).toMatchObject({ issues: [], sides: [], undisputedFacts: [], narrative: null });
      } finally {
        switchAccessGuardOff(false);
      }
      expect((await sheet('recorder')).issues).toHaveLength(3);
      expect((await sheet('dispatcher')).offers).toEqual([]);
    });

    it('is for those who prepare', async () => {
      const path = `/disputes/${matter.id}/preparation-sheet`;
      expect((await t.anonymous.get(path)).status).toBe(401);
      for (const key of ['director', 'guide', 'intake']) expect((await (await t.as(key)).get(path)).status).toBe(403);
      expect((await (await t.as('mediator-2')).get(path)).status).toBe(404);
    });

    it.each([
      [{ kind: 'position' }, 422, 'preparation.party-missing', '/partyId'],
      [{ kind: 'date' }, 422, 'preparation.date-out-of-place', '/onDate'],
      [{ kind: 'issue', onDate: '2026-01-01' }, 422, 'preparation.date-out-of-place', '/onDate'],
      [{ kind: 'money' }, 422, 'preparation.amount-out-of-place', '/amountFen'],
      [{ kind: 'law', amountFen: 1 }, 422, 'preparation.amount-out-of-place', '/amountFen'],
      [{ kind: 'position', partyId: uuidv7() }, 422, 'preparation.not-a-party', '/partyId'],
      [{ kind: 'gossip' }, 400, 'malformed', '/kind'],
    ])('refuses a point that is not whole: %j', async (fields, status, code, pointer) => {
      const reply = await mediator.post(`/disputes/${matter.id}/preparation-points`, {
        ring: 'center',
        text: '某事',
        ...fields,
      });
      expect(reply.status).toBe(status);
      expect(reply.body).toMatchObject({ errors: [{ pointer }], ...(status === 422 ? { code } : {}) });
    });

    it('lets the head of the committee write in the center ring, not in the mediator’s', async () => {
      const head = await t.as('committee-director');
      const post = async (ring: string) =>
        head.post(`/disputes/${matter.id}/preparation-points`, { ring, kind: 'open-fact', text: '请查明评估时点。' });
      expect((await post('center')).status).toBe(201);
      expect((await post('mediator')).body).toMatchObject({ status: 422, code: 'preparation.ring-not-yours' });
      expect(
        (
          await (
            await t.as('dispatcher')
          ).post(`/disputes/${matter.id}/preparation-points`, { ring: 'center', kind: 'issue', text: '某事' })
        ).status,
      ).toBe(403);
    });

    it('settles a point once; it stays, and its words stay', async () => {
      const { id } = points['center'] ?? { id: '' };
      const path = `/preparation-points/${id}/settlement`;
      expect((await (await t.as('mediator-2')).post(path, { settlement: '已查明' })).status).toBe(404);
      expect((await (await t.as('dispatcher')).post(path, { settlement: '已查明' })).status).toBe(403);
      // Out of sight of the dispatcher, the mediator's ring is not even forbidden.
      expect(
        (
          await (
            await t.as('dispatcher')
          ).post(`/preparation-points/${points['mediator']?.id ?? ''}/settlement`, { settlement: '查' })
        ).status,
      ).toBe(404);
      expect((await mediator.post(path, { settlement: '已查明' })).body).toEqual({ id, version: 2 });
      expect((await mediator.post(path, { settlement: '又查明' })).body).toMatchObject({
        status: 409,
        code: 'preparation.settled-already',
      });
      const { issues } = await sheet('mediator');
      expect(issues.find((p) => p.settlement !== null)).toMatchObject({
        text: MARK.center,
        settlement: '已查明',
        allowedActs: [],
      });
      await expect(t.sql("update preparation_point set text = '改' where id = $1", [id])).rejects.toThrow(
        /not rewritten/,
      );
      await expect(
        t.sql("update preparation_point set ring = 'parties' where id = $1", [points['mediator']?.id]),
      ).rejects.toThrow(/not rewritten/);
      expect(await audits(matter.id, 'preparation.settle-point')).toBe(1);
    });
  });
});
