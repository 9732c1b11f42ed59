import { Sessions } from '../../../src/modules/sessions';
import { UnitOfWork, uuidv7 } from '../../../src/platform/database';
import { type BuiltMatter, must } from '../../support/builders';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aHeldSession, aMatterInMediation, allArrive, assign, plan, view } from './stage';

const TWO = [
  { kind: 'person', name: '李建国' },
  { kind: 'person', name: '李建军' },
];
const HOUR = 3_600_000;

describe('mediation sessions (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let mediator: Caller;
  let roomId: string;
  let foreignRoomId: string;

  beforeAll(async () => {
    t = await startTestApp();
    mediator = await t.as('mediator');
    roomId = await room(t.world.centerId, 'tribunal', 1, '速裁庭');
    foreignRoomId = await room(t.world.foreignCenterId, 'tribunal', 1, '外区庭');
  });
  afterAll(() => t.close());

  async function room(centerId: string, kind: string, ordinal: number, name: string | null): Promise<string> {
    const id = uuidv7();
    await t.sql(
      "insert into center_slot (id, center_id, kind, ordinal, name, valid_from) values ($1, $2, $3, $4, $5, '2026-01-01')",
      [id, centerId, kind, ordinal, name],
    );
    return id;
  }

  /** Times far from those of any other test of this file, so that people are free. */
  let day = 0;
  function freeTime(hours = 2): { startsAt: string; endsAt: string } {
    day += 1;
    const start = t.clock.at().getTime() + (day + 20) * 24 * HOUR;
    return { startsAt: new Date(start).toISOString(), endsAt: new Date(start + hours * HOUR).toISOString() };
  }

  const audits = async (disputeId: string, act: string): Promise<number> =>
    (await t.sql('select 1 from audit_entry where dispute_id = $1 and act = $2', [disputeId, act])).length;

  describe('planning', () => {
    let matter: BuiltMatter;
    beforeAll(async () => {
      matter = await aMatterInMediation(t, TWO);
    });

    it('books room, people and time, with one audit entry and one message', async () => {
      const times = freeTime();
      const reply = await mediator.post(`/disputes/${matter.id}/sessions`, {
        ...times,
        mode: 'on-site',
        slotId: roomId,
      });
      expect(reply.status).toBe(201);
      expect(reply.body).toEqual({ id: expect.any(String) as string, state: 'planned', version: 1 });
      expect(reply.headers['etag']).toBe('"1"');
      const { id } = reply.body as Standing;
      expect(
        await t.sql('select ordinal, place, publicity, slot_id from mediation_session where id = $1', [id]),
      ).toEqual([{ ordinal: 1, place: '速裁庭', publicity: 'non-public', slot_id: roomId }]);
      expect(
        await t.sql(
          'select kind, booked is not null as booked from session_invitee where session_id = $1 order by kind, booked',
          [id],
        ),
      ).toEqual([
        { kind: 'mediator', booked: true },
        { kind: 'party', booked: false },
        { kind: 'party', booked: false },
        { kind: 'recorder', booked: true },
      ]);
      expect(await audits(matter.id, 'sessions.plan')).toBe(1);
      const messages = await t.sql(
        "select payload from outbox_message where topic = 'sessions.planned' and payload ->> 'sessionId' = $1",
        [id],
      );
      expect(messages).toHaveLength(1);
      must(await mediator.post(`/sessions/${id}/cancellation`, { reason: '另约' }), 200);
    });

    it('answers 401, 403 and 404 as row security and the policy table say', async () => {
      const body = { ...freeTime(), mode: 'video' };
      expect((await t.anonymous.post(`/disputes/${matter.id}/sessions`, body)).status).toBe(401);
      expect((await (await t.as('guide')).post(`/disputes/${matter.id}/sessions`, body)).status).toBe(403);
      expect((await (await t.as('director')).post(`/disputes/${matter.id}/sessions`, body)).status).toBe(403);
      expect((await (await t.as('mediator-2')).post(`/disputes/${matter.id}/sessions`, body)).status).toBe(404);
      expect((await (await t.as('dispatcher:foreign')).post(`/disputes/${matter.id}/sessions`, body)).status).toBe(404);
      expect((await (await t.as('liaison')).post(`/disputes/${matter.id}/sessions`, body)).status).toBe(404);
    });

    it.each([
      ['an end before the start', { endsAt: '2026-09-18T01:00:00Z' }, 422, 'sessions.ends-before-start', '/endsAt'],
      ['more than a day', { endsAt: '2027-03-01T01:00:00Z' }, 422, 'sessions.too-long', '/endsAt'],
      [
        'a day before the acceptance',
        { startsAt: '2026-01-05T01:00:00Z', endsAt: '2026-01-05T03:00:00Z' },
        422,
        'sessions.before-acceptance',
        '/startsAt',
      ],
      [
        'a wrong year',
        { startsAt: '2028-01-05T01:00:00Z', endsAt: '2028-01-05T03:00:00Z' },
        422,
        'sessions.too-far-ahead',
        '/startsAt',
      ],
      ['no place', { place: undefined }, 422, 'sessions.place-missing', '/place'],
      ['a stranger as mediator', { mediatorIds: [uuidv7()] }, 422, 'sessions.not-assigned', '/mediatorIds'],
      ['nobody to preside', { mediatorIds: [] }, 422, 'sessions.no-mediator', '/mediatorIds'],
      ['a party of another matter', { partyIds: [uuidv7()] }, 422, 'sessions.not-a-party', '/partyIds'],
      [
        'a participant nobody invited',
        { participantIds: [uuidv7()] },
        422,
        'sessions.not-a-participant',
        '/participantIds',
      ],
      ['an agency that is none', { agencyIds: [uuidv7()] }, 422, 'sessions.no-such-agency', '/agencyIds'],
      [
        'an unknown representative',
        { representativeIds: [uuidv7()] },
        422,
        'sessions.not-a-representative',
        '/representativeIds',
      ],
      ['a form that does not exist', { mode: 'seance' }, 400, 'invalid-fields', '/mode'],
      ['a place of 201 characters', { place: '室'.repeat(201) }, 400, 'invalid-fields', '/place'],
      ['a time without its zone', { startsAt: '2026-10-01T09:00' }, 400, 'invalid-fields', '/startsAt'],
    ])('refuses %s', async (_what, fields, status, code, pointer) => {
      const body = { ...freeTime(), mode: 'on-site', place: '第二调解室', ...fields };
      const reply = await mediator.post(`/disputes/${matter.id}/sessions`, body);
      expect(reply.body).toMatchObject({ status, code, errors: [{ pointer }] });
      expect(
        await t.sql("select 1 from mediation_session where dispute_id = $1 and state <> 'cancelled'", [matter.id]),
      ).toEqual([]);
    });

    it('refuses the room of another center', async () => {
      const reply = await mediator.post(`/disputes/${matter.id}/sessions`, {
        ...freeTime(),
        mode: 'on-site',
        slotId: foreignRoomId,
      });
      expect(reply.body).toMatchObject({ status: 422, code: 'sessions.no-such-room' });
    });

    it('needs a mediator and the state for it', async () => {
      const fresh = await aMatterInMediation(t, TWO);
      await t.sql("update dispute set mediation_state = 'suspended' where id = $1", [fresh.id]);
      const reply = await mediator.post(`/disputes/${fresh.id}/sessions`, { ...freeTime(), mode: 'video' });
      expect(reply.body).toMatchObject({ status: 409, code: 'mediation.wrong-state' });
    });
  });

  describe('clashes of room, mediator and time', () => {
    let one: BuiltMatter;
    let other: BuiltMatter;
    beforeAll(async () => {
      one = await aMatterInMediation(t, TWO);
      other = await aMatterInMediation(t, TWO, {}, 'mediator-2');
    });

    it('names what is taken and until when, and nothing of the matter for which', async () => {
      const times = freeTime();
      const taken = await plan(mediator, one.id, t, { ...times, slotId: roomId, place: undefined });
      const reply = await (
        await t.as('mediator-2')
      ).post(`/disputes/${other.id}/sessions`, { ...times, mode: 'on-site', slotId: roomId });
      expect(reply.body).toMatchObject({ status: 409, code: 'sessions.clash' });
      const { errors, detail } = reply.body as { errors: { code: string }[]; detail: string };
      // The recorder serves on both matters.
      expect(errors.map((e) => e.code).sort()).toEqual(['sessions.person-taken', 'sessions.room-taken']);
      expect(detail).toContain('郑记录');
      expect(reply.text).not.toContain(one.id);
      expect(reply.text).not.toContain(taken.id);
      must(await mediator.post(`/sessions/${taken.id}/cancellation`, { reason: '让出场所' }), 200);
      const now = await plan(await t.as('mediator-2'), other.id, t, { ...times, slotId: roomId, place: undefined });
      must(await (await t.as('mediator-2')).post(`/sessions/${now.id}/cancellation`, { reason: '测试完毕' }), 200);
    });

    /**
     * Lets two requests pass their look at what is taken before either writes: both wait at the table, so that only the
     * database's own constraint can tell them apart.
     */
    async function neckAndNeck(table: string, requests: readonly (() => Promise<Reply>)[]): Promise<Reply[]> {
      await t.sql('begin');
      await t.sql(`lock table ${table} in share mode`);
      const replies = requests.map((send) => send());
      for (let waiting = 0; waiting < requests.length;) {
        const rows = await t.sql<{ n: number }>(
          'select count(distinct pid)::int as n from pg_locks where not granted and relation = $1::regclass',
          [table],
        );
        waiting = rows[0]?.n ?? 0;
      }
      await t.sql('commit');
      return Promise.all(replies);
    }

    it('gives a room planned by two at once to one of them', async () => {
      // Without the shared recorder nothing but the room can clash.
      await t.sql(
        "update assignment set ended_at = now(), state = 'ended', ended_reason = '测试' where capacity = 'recorder' and ended_at is null and dispute_id = any ($1)",
        [[one.id, other.id]],
      );
      const second = await t.as('mediator-2');
      const body = { ...freeTime(), mode: 'on-site', slotId: roomId };
      const replies = await neckAndNeck('mediation_session', [
        () => mediator.post(`/disputes/${one.id}/sessions`, body),
        () => second.post(`/disputes/${other.id}/sessions`, body),
      ]);
      expect(replies.map((r) => r.status).sort()).toEqual([201, 409]);
      expect(replies.find((r) => r.status === 409)?.body).toMatchObject({
        code: 'sessions.clash',
        errors: [{ pointer: '/slotId', code: 'sessions.room-taken', detail: '该场所刚刚被他人订下' }],
      });
      const rows = await t.sql('select dispute_id from mediation_session where slot_id = $1 and starts_at = $2', [
        roomId,
        body.startsAt,
      ]);
      expect(rows).toHaveLength(1);
      // The loser left nothing: no session, no line, no entry in the audit.
      const [winner] = rows as { dispute_id: string }[];
      const loser = [one.id, other.id].find((id) => id !== winner?.dispute_id) ?? '';
      const lines = await t.sql(
        "select 1 from dispute_event where dispute_id = $1 and act = 'sessions.plan' and details ->> 'startsAt' = $2",
        [loser, body.startsAt],
      );
      expect(lines).toEqual([]);
    });

    it('gives a mediator booked by two at once to one of them', async () => {
      const third = await aMatterInMediation(t, TWO);
      const fourth = await aMatterInMediation(t, TWO);
      const body = { ...freeTime(), mode: 'video', mediatorIds: [t.world.account('mediator').id] };
      const replies = await neckAndNeck(
        'session_invitee',
        [third, fourth].map(
          ({ id }) =>
            () =>
              mediator.post(`/disputes/${id}/sessions`, body),
        ),
      );
      expect(replies.map((r) => r.status).sort()).toEqual([201, 409]);
      expect(replies.find((r) => r.status === 409)?.body).toMatchObject({
        code: 'sessions.clash',
        errors: [{ code: 'sessions.person-taken' }],
      });
      const booked = await t.sql('select 1 from session_invitee where account_id = $1 and lower(booked) = $2', [
        t.world.account('mediator').id,
        body.startsAt,
      ]);
      expect(booked).toHaveLength(1);
    });

    it('refuses overlapping bookings in the database itself', async () => {
      const matter = await aMatterInMediation(t, TWO);
      const { startsAt, endsAt } = freeTime();
      const insert = async (): Promise<unknown> =>
        t.sql(
          `insert into mediation_session (id, dispute_id, ordinal, state, mode, starts_at, ends_at, slot_id, place, planned_at)
           values ($1, $2, $3, 'planned', 'on-site', $4, $5, $6, '速裁庭', now())`,
          [uuidv7(), matter.id, Math.floor(Math.random() * 1e6) + 10, startsAt, endsAt, roomId],
        );
      await insert();
      await expect(insert()).rejects.toMatchObject({ code: '23P01', constraint: 'mediation_session_room_free' });
    });
  });

  describe('before the session', () => {
    let matter: BuiltMatter;
    let session: Standing;
    beforeEach(async () => {
      matter = await aMatterInMediation(t, TWO);
      session = await plan(mediator, matter.id, t, { ...freeTime(), place: '第二调解室' });
    });

    it('moves to another time with the reason on the timeline, and frees the old one', async () => {
      const [before] = await t.sql<{ starts_at: Date; ends_at: Date }>(
        'select starts_at, ends_at from mediation_session where id = $1',
        [session.id],
      );
      const times = freeTime();
      const moved = await mediator.post(
        `/sessions/${session.id}/rescheduling`,
        { ...times, reason: '一方因病' },
        { ifMatch: 1 },
      );
      expect(moved.body).toMatchObject({ state: 'planned', version: 2 });
      expect(
        (await mediator.post(`/sessions/${session.id}/rescheduling`, { ...times, reason: '再改' }, { ifMatch: 1 }))
          .body,
      ).toMatchObject({
        status: 412,
        code: 'stale-version',
      });
      const [event] = await t.sql(
        "select opinion, details ->> 'from' as was from dispute_event where dispute_id = $1 and act = 'sessions.reschedule'",
        [matter.id],
      );
      expect(event).toEqual({ opinion: '一方因病', was: before?.starts_at.toISOString() });
      const again = await plan(mediator, matter.id, t, {
        startsAt: before?.starts_at.toISOString(),
        endsAt: before?.ends_at.toISOString(),
      });
      expect(again.state).toBe('planned');
      const clash = await mediator.post(`/sessions/${again.id}/rescheduling`, { ...times, reason: '改到一起' });
      expect(clash.body).toMatchObject({
        status: 409,
        code: 'sessions.clash',
        errors: [{ code: 'sessions.person-taken' }, { code: 'sessions.person-taken' }],
      });
    });

    it('is cancelled with a reason, once, and not held afterwards', async () => {
      expect((await mediator.post(`/sessions/${session.id}/cancellation`, {})).status).toBe(400);
      const cancelled = await mediator.post(`/sessions/${session.id}/cancellation`, { reason: '双方自行和解' });
      expect(cancelled.body).toMatchObject({ state: 'cancelled' });
      expect((await mediator.post(`/sessions/${session.id}/cancellation`, { reason: '又一次' })).body).toMatchObject({
        code: 'sessions.wrong-state',
      });
      expect((await mediator.post(`/sessions/${session.id}/start`, {})).body).toMatchObject({
        status: 409,
        code: 'sessions.wrong-state',
      });
      expect(
        await t.sql('select 1 from session_invitee where session_id = $1 and booked is not null', [session.id]),
      ).toEqual([]);
    });

    it('asks more people and takes them off again, but never the last mediator', async () => {
      const invited = await mediator.post(`/sessions/${session.id}/invitees`, { agencyIds: [t.world.agencyIds[0]] });
      expect(invited.status).toBe(200);
      const { invitees } = await view(mediator, session.id);
      const agency = invitees.find((i) => i.kind === 'agency');
      const host = invitees.find((i) => i.kind === 'mediator');
      expect(agency?.name).toBe('新城区征收办');
      expect(
        (await mediator.post(`/sessions/${session.id}/invitees`, { agencyIds: [t.world.agencyIds[0]] })).status,
      ).toBe(409);
      expect((await mediator.post(`/sessions/${session.id}/invitees`, {})).body).toMatchObject({
        status: 422,
        code: 'sessions.nobody-named',
      });
      expect(
        (await mediator.post(`/sessions/${session.id}/invitee-removal`, { inviteeId: agency?.id, reason: '不再需要' }))
          .status,
      ).toBe(200);
      expect((await view(mediator, session.id)).invitees.some((i) => i.kind === 'agency')).toBe(false);
      expect(
        (await mediator.post(`/sessions/${session.id}/invitee-removal`, { inviteeId: host?.id, reason: '请假' })).body,
      ).toMatchObject({
        status: 422,
        code: 'sessions.no-mediator',
      });
      expect(
        (await mediator.post(`/sessions/${session.id}/invitee-removal`, { inviteeId: uuidv7(), reason: '查无此人' }))
          .status,
      ).toBe(404);
    });

    it('is public only when every party says so, and private again when one objects', async () => {
      const choose = async (choices: readonly (readonly [number, string])[]) =>
        mediator.post(`/sessions/${session.id}/publicity`, {
          choices: choices.map(([i, choice]) => ({ partyId: matter.partyIds[i], choice })),
        });
      expect((await choose([[0, 'public']])).body).toMatchObject({
        publicity: 'non-public',
        missing: [matter.partyIds[1]],
        heldBackBy: null,
      });
      expect((await choose([[1, 'public']])).body).toMatchObject({ publicity: 'public', missing: [] });
      expect((await choose([[0, 'non-public']])).body).toMatchObject({
        publicity: 'non-public',
        missing: [matter.partyIds[0]],
      });
      expect(await t.sql('select publicity from mediation_session where id = $1', [session.id])).toEqual([
        { publicity: 'non-public' },
      ]);
      expect((await choose([[0, 'public']])).body).toMatchObject({ publicity: 'public' });
      await t.sql("update party set birth_on = '2012-01-01' where id = $1", [matter.partyIds[1]]);
      expect((await choose([[0, 'public']])).body).toMatchObject({ publicity: 'non-public', heldBackBy: 'minor' });
    });

    it('is private after all when a party joined that did not choose', async () => {
      must(
        await mediator.post(`/sessions/${session.id}/publicity`, {
          choices: matter.partyIds.map((partyId) => ({ partyId, choice: 'public' })),
        }),
        200,
      );
      must(
        await (await t.as('intake')).post(`/disputes/${matter.id}/parties`, { kind: 'person', name: '李建华' }),
        201,
      );
      must(await mediator.post(`/sessions/${session.id}/start`, {}), 200);
      expect(await view(mediator, session.id)).toMatchObject({ publicity: 'non-public' });
    });
  });

  describe('the session itself', () => {
    let matter: BuiltMatter;
    let session: Standing;
    beforeEach(async () => {
      matter = await aMatterInMediation(t, TWO);
      session = await aHeldSession(mediator, t, matter.id, freeTime());
    });

    const write = async (text = '双方陈述意见。', ring = 'parties') =>
      must<{ entries: { id: string; ordinal: number }[] }>(
        await mediator.post(`/sessions/${session.id}/entries`, {
          entries: [{ ring, kind: 'statement', speaker: '李建国', text }],
        }),
        201,
      );

    it('is written by those who serve, not by the desk that booked it', async () => {
      const entry = { entries: [{ ring: 'parties', kind: 'statement', speaker: '某某', text: '旁人所写。' }] };
      expect((await (await t.as('dispatcher')).post(`/sessions/${session.id}/entries`, entry)).status).toBe(403);
      expect((await (await t.as('mediator-2')).post(`/sessions/${session.id}/entries`, entry)).status).toBe(404);
      expect((await (await t.as('recorder')).post(`/sessions/${session.id}/entries`, entry)).status).toBe(201);
      const nobody = await mediator.post(`/sessions/${session.id}/entries`, {
        entries: [{ ring: 'parties', kind: 'statement', text: '谁说的？' }],
      });
      expect(nobody.body).toMatchObject({ status: 422, code: 'sessions.speaker-missing' });
    });

    it('keeps attendance person by person, and refuses both or neither', async () => {
      const { invitees } = await view(mediator, session.id);
      const [, , , second] = invitees;
      const note = async (fields: object) =>
        mediator.post(`/sessions/${session.id}/attendance`, { attendance: [{ inviteeId: second?.id, ...fields }] });
      expect((await note({})).body).toMatchObject({ code: 'sessions.came-or-not' });
      expect((await note({ arrivedAt: t.clock.at().toISOString(), absentReason: '病' })).body).toMatchObject({
        code: 'sessions.came-or-not',
      });
      expect((await note({ arrivedAt: '2027-09-01T00:00:00Z' })).body).toMatchObject({
        code: 'sessions.in-the-future',
      });
      expect((await note({ absentReason: '因病住院' })).status).toBe(200);
      expect(
        await t.sql('select arrived_at, absent_reason from session_invitee where id = $1', [second?.id ?? '']),
      ).toEqual([{ arrived_at: null, absent_reason: '因病住院' }]);
    });

    it('asks for everything before its result, one thing after the other', async () => {
      const { invitees } = await view(mediator, session.id);
      await t.sql('update session_invitee set arrived_at = null where session_id = $1', [session.id]);
      const result = async (): Promise<unknown> =>
        ((await mediator.post(`/sessions/${session.id}/result`, { result: 'not-agreed' })).body as { code: string })
          .code;
      expect(await result()).toBe('sessions.not-ended');
      t.clock.advance(HOUR);
      must(await mediator.post(`/sessions/${session.id}/end`, {}), 200);
      expect((await mediator.post(`/sessions/${session.id}/end`, {})).body).toMatchObject({
        status: 409,
        code: 'sessions.ended-already',
      });
      expect(await result()).toBe('sessions.attendance-open');
      const absent = invitees.map((i) => ({ inviteeId: i.id, absentReason: '未到' }));
      must(await mediator.post(`/sessions/${session.id}/attendance`, { attendance: absent }), 200);
      expect(await result()).toBe('sessions.no-mediator-present');
      const came = [{ inviteeId: invitees[0]?.id, arrivedAt: t.clock.at().toISOString() }];
      must(await mediator.post(`/sessions/${session.id}/attendance`, { attendance: came }), 200);
      expect(await result()).toBe('sessions.nothing-written');
      await write('仅调解员知道的内容', 'mediator');
      expect(await result()).toBe('sessions.nothing-written');
      await write();
      expect((await mediator.post(`/sessions/${session.id}/result`, { result: 'agreed' })).body).toMatchObject({
        status: 422,
        code: 'sessions.too-few-present',
      });
      const ended = await mediator.post(`/sessions/${session.id}/result`, { result: 'not-agreed' });
      expect(ended.body).toMatchObject({ state: 'recorded' });
      expect(await t.sql('select mediation_state from dispute where id = $1', [matter.id])).toEqual([
        { mediation_state: 'in-mediation' },
      ]);
      expect(await audits(matter.id, 'sessions.record')).toBe(1);
    });

    it('gives two who record the result at once one of them', async () => {
      await write();
      t.clock.advance(HOUR);
      must(await mediator.post(`/sessions/${session.id}/end`, {}), 200);
      const replies = await Promise.all([
        mediator.post(`/sessions/${session.id}/result`, { result: 'agreed' }),
        (await t.as('recorder')).post(`/sessions/${session.id}/result`, { result: 'not-agreed' }),
      ]);
      expect(replies.map((r) => r.status).sort()).toEqual([200, 409]);
      expect(await audits(matter.id, 'sessions.record')).toBe(1);
    });

    it('stands in the way of suspending, ending and closing until its result is recorded', async () => {
      const reply = await mediator.post(`/disputes/${matter.id}/mediation/termination`, {
        code: 'irreconcilable',
        explanation: '分歧较大。',
        toldHow: '当面告知',
        routesTold: ['litigation'],
      });
      expect(reply.body).toMatchObject({ status: 409, code: 'mediation.open-sessions' });
    });

    it('corrects, strikes and narrows an entry until the record is confirmed, and never after', async () => {
      const { entries } = await write('房屋是父亲买的。');
      const entryId = entries[0]?.id ?? '';
      expect((await mediator.put(`/session-entries/${entryId}`, { text: '房屋是父母买的。' }, 1)).body).toEqual({
        id: entryId,
        version: 2,
      });
      expect((await mediator.put(`/session-entries/${entryId}`, { text: '旧版本上的修改' }, 1)).status).toBe(412);
      expect((await mediator.put(`/session-entries/${entryId}`, { ring: 'mediator' }, 2)).status).toBe(200);
      expect((await mediator.put(`/session-entries/${entryId}`, { ring: 'parties' }, 3)).body).toMatchObject({
        status: 422,
        code: 'sessions.ring-not-narrower',
      });
      expect(
        (await (await t.as('dispatcher')).put(`/session-entries/${entryId}`, { text: '看不见也改不了' }, 3)).status,
      ).toBe(404);
      expect((await mediator.put(`/session-entries/${entryId}`, { isStruck: true }, 3)).status).toBe(200);
      const kept = must<{ entries: { id: string }[] }>(
        await mediator.post(`/sessions/${session.id}/entries`, {
          entries: [{ ring: 'parties', kind: 'statement', speaker: '李建国', text: '同意平分。' }],
        }),
        201,
      );
      const facts = must<{ factIds: string[] }>(
        await mediator.post(`/sessions/${session.id}/undisputed-facts`, { facts: ['房屋无抵押。', '存款十万元。'] }),
        201,
      );
      must(await mediator.post(`/session-facts/${facts.factIds[1] ?? ''}/retraction`), 200);
      t.clock.advance(HOUR);
      must(await mediator.post(`/sessions/${session.id}/end`, {}), 200);
      must(await mediator.post(`/sessions/${session.id}/result`, { result: 'agreed' }), 200);
      const { invitees } = await view(mediator, session.id);
      const parties = invitees.filter((i) => i.kind === 'party');
      const vague = await mediator.post(`/sessions/${session.id}/confirmation`, {
        confirmations: parties.map((p) => ({ inviteeId: p.id, method: 'refused' })),
      });
      expect(vague.body).toMatchObject({ status: 422, code: 'sessions.confirmation-unexplained' });
      const host = await mediator.post(`/sessions/${session.id}/confirmation`, {
        confirmations: [{ inviteeId: invitees[0]?.id, method: 'read' }],
      });
      expect(host.body).toMatchObject({ status: 422, code: 'sessions.not-to-confirm' });
      must(
        await mediator.post(`/sessions/${session.id}/confirmation`, {
          confirmations: parties.map((p) => ({ inviteeId: p.id, method: 'read' })),
        }),
        200,
      );
      const after = kept.entries[0]?.id ?? '';
      expect((await mediator.put(`/session-entries/${after}`, { text: '事后改写' }, 1)).body).toMatchObject({
        status: 409,
        code: 'sessions.wrong-state',
      });
      await expect(t.sql("update session_entry set text = '事后改写' where id = $1", [after])).rejects.toMatchObject({
        code: '23514',
      });
      await expect(
        t.sql("update session_fact set text = '事后改写' where session_id = $1", [session.id]),
      ).rejects.toMatchObject({ code: '23514' });
      const read = await view(mediator, session.id);
      expect(read.undisputedFacts.map((f) => f.text)).toEqual(['房屋无抵押。', '存款十万元。']);
      expect(read.allowedActs).toEqual([]);
    });

    it('shows concessions to those who serve only', async () => {
      const { invitees } = await view(mediator, session.id);
      must(
        await mediator.post(`/sessions/${session.id}/concessions`, {
          inviteeId: invitees[2]?.id,
          text: '愿意少分一成。',
        }),
        201,
      );
      const listed = must<object[]>(await (await t.as('recorder')).get(`/sessions/${session.id}/concessions`), 200);
      expect(listed).toMatchObject([{ ring: 'mediator', madeBy: '李建国', text: '愿意少分一成。' }]);
      expect((await (await t.as('dispatcher')).get(`/sessions/${session.id}/concessions`)).status).toBe(403);
      expect((await (await t.as('committee-director')).get(`/sessions/${session.id}/concessions`)).status).toBe(403);
      expect(await audits(matter.id, 'sessions.read-concessions')).toBe(1);
    });
  });

  describe('investigation records', () => {
    let matter: BuiltMatter;
    beforeAll(async () => {
      matter = await aMatterInMediation(t, TWO);
    });

    const open = async (fields: object = {}) => {
      const startedAt = t.clock.at().toISOString();
      t.clock.advance(HOUR);
      return mediator.post(`/disputes/${matter.id}/investigation-records`, {
        ring: 'parties',
        mode: 'on-site',
        intervieweeKind: 'party',
        partyId: matter.partyIds[0],
        startedAt,
        place: '综治中心',
        ...fields,
      });
    };
    const fill = async (id: string, version: number, text = '是父母留下的。') =>
      mediator.put(
        `/investigation-records/${id}/content`,
        {
          entries: [
            { kind: 'question', speaker: '刘调解', text: '房屋从哪里来？' },
            { kind: 'answer', speaker: '李建国', text },
          ],
          endedAt: t.clock.at().toISOString(),
        },
        version,
      );

    it('are confirmed by the person heard, then amended by a new version and never edited', async () => {
      const first = must<Standing & { number: number }>(await open(), 201);
      expect(
        (await mediator.post(`/investigation-records/${first.id}/confirmation`, { method: 'read' })).body,
      ).toMatchObject({ status: 409, code: 'investigations.not-ended' });
      must(await fill(first.id, 1), 200);
      expect((await fill(first.id, 1)).status).toBe(412);
      expect(
        (await mediator.post(`/investigation-records/${first.id}/confirmation`, { method: 'aloud' })).body,
      ).toMatchObject({ code: 'investigations.confirmation-unexplained' });
      must(
        await mediator.post(`/investigation-records/${first.id}/confirmation`, { method: 'aloud', note: '见证人云娜' }),
        200,
      );
      expect((await fill(first.id, 3)).body).toMatchObject({ status: 409, code: 'investigations.wrong-state' });
      await expect(
        t.sql("update investigation_record set entries = '[]' where id = $1", [first.id]),
      ).rejects.toMatchObject({ code: '23514' });
      const second = must<Standing & { number: number; revision: number }>(
        await mediator.post(`/investigation-records/${first.id}/amendment`, { reason: '日期有误' }),
        201,
      );
      expect(second).toMatchObject({ number: first.number, revision: 2, state: 'draft' });
      expect(
        (await mediator.post(`/investigation-records/${first.id}/amendment`, { reason: '再改' })).body,
      ).toMatchObject({ status: 409, code: 'investigations.being-amended' });
      must(await fill(second.id, 1, '是祖父留下的。'), 200);
      must(await mediator.post(`/investigation-records/${second.id}/confirmation`, { method: 'read' }), 200);
      const states = await t.sql(
        'select revision, state from investigation_record where dispute_id = $1 and number = $2 order by revision',
        [matter.id, first.number],
      );
      expect(states).toEqual([
        { revision: 1, state: 'superseded' },
        { revision: 2, state: 'confirmed' },
      ]);
      expect(
        must<{ entries: { text: string }[] }>(await mediator.get(`/investigation-records/${first.id}`), 200).entries[1]
          ?.text,
      ).toBe('是父母留下的。');
    });

    it('go out of sight when narrowed, with everything kept under their number', async () => {
      const record = must<Standing & { number: number }>(await open({ partyId: matter.partyIds[1] }), 201);
      must(await fill(record.id, 1, '有些话不想让对方知道。'), 200);
      const dispatcher = await t.as('dispatcher');
      expect((await dispatcher.get(`/investigation-records/${record.id}`)).status).toBe(200);
      expect(
        (await mediator.post(`/investigation-records/${record.id}/narrowing`, { ring: 'parties', reason: '没有缩小' }))
          .body,
      ).toMatchObject({ status: 422, code: 'investigations.ring-not-narrower' });
      const narrowed = must<Standing & { revision: number }>(
        await mediator.post(`/investigation-records/${record.id}/narrowing`, {
          ring: 'mediator',
          reason: '当事人要求保密',
        }),
        201,
      );
      expect(narrowed).toMatchObject({ number: record.number, revision: 2, state: 'draft' });
      expect((await dispatcher.get(`/investigation-records/${record.id}`)).status).toBe(404);
      expect((await dispatcher.get(`/investigation-records/${narrowed.id}`)).status).toBe(404);
      expect(
        must<{ entries: object[] }>(await mediator.get(`/investigation-records/${narrowed.id}`), 200).entries,
      ).toHaveLength(2);
    });

    it('number on over all rings without a gap, also when a draft is given up', async () => {
      const given = must<Standing & { number: number }>(await open({ ring: 'mediator' }), 201);
      must(await mediator.post(`/investigation-records/${given.id}/discarding`, { reason: '当事人未到' }), 200);
      const [a, b] = await Promise.all([open({ ring: 'center' }), open({ ring: 'parties' })]);
      const numbers = [a, b].map((r) => must<{ number: number }>(r, 201).number).sort((x, y) => x - y);
      expect(numbers).toEqual([given.number + 1, given.number + 2]);
    });

    it.each([
      ['the future', { startedAt: '2027-12-01T00:00:00Z' }, 'investigations.in-the-future', '/startedAt'],
      [
        'a time before the registration',
        { startedAt: '2020-01-01T00:00:00Z' },
        'investigations.before-registration',
        '/startedAt',
      ],
      ['a party of another matter', { partyId: uuidv7() }, 'investigations.not-a-party', '/partyId'],
      ['a party that nobody names', { partyId: undefined }, 'investigations.party-missing', '/partyId'],
      [
        'a witness without relation',
        { intervieweeKind: 'witness', intervieweeName: '王五' },
        'investigations.relation-missing',
        '/relation',
      ],
      [
        'an investigator who does not serve',
        { investigatorIds: [uuidv7()] },
        'investigations.not-assigned',
        '/investigatorIds',
      ],
    ])('refuse %s', async (_what, fields, code, pointer) => {
      expect((await open(fields)).body).toMatchObject({ status: 422, code, errors: [{ pointer }] });
    });

    it('are opened and written by those who serve only', async () => {
      const body = {
        ring: 'parties',
        mode: 'phone',
        intervieweeKind: 'party',
        partyId: matter.partyIds[0],
        startedAt: t.clock.at().toISOString(),
        place: '电话',
      };
      expect((await t.anonymous.post(`/disputes/${matter.id}/investigation-records`, body)).status).toBe(401);
      expect((await (await t.as('dispatcher')).post(`/disputes/${matter.id}/investigation-records`, body)).status).toBe(
        403,
      );
      expect(
        (await (await t.as('mediator:foreign')).post(`/disputes/${matter.id}/investigation-records`, body)).status,
      ).toBe(404);
      expect(
        (await mediator.post(`/disputes/${matter.id}/investigation-records`, { ...body, ring: 'everybody' })).status,
      ).toBe(400);
    });
  });

  describe('notes and participants', () => {
    let matter: BuiltMatter;
    beforeAll(async () => {
      matter = await aMatterInMediation(t, TWO);
    });

    it('keep the mediator’s ring to those who serve, and move a note only inwards', async () => {
      const dispatcher = await t.as('dispatcher');
      const strange = await dispatcher.post(`/disputes/${matter.id}/notes`, {
        ring: 'mediator',
        text: '不该写在这里。',
      });
      expect(strange.body).toMatchObject({ status: 422, code: 'notes.ring-not-yours', errors: [{ pointer: '/ring' }] });
      const note = must<{ id: string }>(
        await dispatcher.post(`/disputes/${matter.id}/notes`, { ring: 'parties', text: '已约下周见面。' }),
        201,
      );
      const wide = await mediator.post(`/notes/${note.id}/narrowing`, { ring: 'parties', reason: '没有缩小' });
      expect(wide.body).toMatchObject({ status: 422, code: 'notes.ring-not-narrower' });
      must(await mediator.post(`/notes/${note.id}/narrowing`, { ring: 'center', reason: '内部安排' }), 200);
      must(await mediator.post(`/notes/${note.id}/narrowing`, { ring: 'mediator', reason: '涉及隐私' }), 200);
      // Its author keeps reading it, nobody else at the desk does.
      const rings = async (key: string) =>
        must<{ items: { ring: string }[] }>(await (await t.as(key)).get(`/disputes/${matter.id}/notes`), 200).items.map(
          (n) => n.ring,
        );
      expect(await rings('dispatcher')).toEqual(['mediator']);
      expect(await rings('intake')).toEqual([]);
      expect(await rings('director')).toEqual([]);
    });

    it('page through notes with a mark, and refuse a mark that no page gave', async () => {
      for (const n of [1, 2, 3])
        must(await mediator.post(`/disputes/${matter.id}/notes`, { ring: 'center', text: `第${n}条` }), 201);
      const first = must<{ items: { text: string }[]; nextCursor: string }>(
        await mediator.get(`/disputes/${matter.id}/notes?ring=center&limit=2`),
        200,
      );
      expect(first.items.map((n) => n.text)).toEqual(['第3条', '第2条']);
      const second = must<{ items: { text: string }[]; nextCursor: null }>(
        await mediator.get(`/disputes/${matter.id}/notes?ring=center&limit=2&cursor=${first.nextCursor}`),
        200,
      );
      expect([second.items.map((n) => n.text), second.nextCursor]).toEqual([['第1条'], null]);
      expect((await mediator.get(`/disputes/${matter.id}/notes?cursor=x1`)).body).toMatchObject({
        status: 400,
        code: 'malformed-cursor',
      });
    });

    it('take back an invitation, after which nobody can be asked or come', async () => {
      const invited = must<Standing>(
        await mediator.post(`/disputes/${matter.id}/participants`, {
          kind: 'expert',
          name: '评估师',
          purpose: '说明评估',
        }),
        201,
      );
      const answers = { answers: matter.partyIds.map((partyId) => ({ partyId, answer: 'agreed', channel: 'phone' })) };
      expect(
        (
          await mediator.post(`/participants/${invited.id}/consents`, {
            answers: [{ partyId: uuidv7(), answer: 'agreed', channel: 'phone' }],
          })
        ).body,
      ).toMatchObject({
        status: 422,
        code: 'participants.not-a-party',
      });
      must(await mediator.post(`/participants/${invited.id}/consents`, answers), 201);
      must(await mediator.post(`/participants/${invited.id}/withdrawal`, { reason: '另请高明' }), 200);
      expect((await mediator.post(`/participants/${invited.id}/consents`, answers)).body).toMatchObject({
        status: 409,
        code: 'participants.wrong-state',
      });
      const reply = await mediator.post(`/disputes/${matter.id}/sessions`, {
        ...freeTime(),
        mode: 'video',
        participantIds: [invited.id],
      });
      expect(reply.body).toMatchObject({ status: 422, code: 'sessions.not-a-participant' });
    });
  });

  describe('the calendar', () => {
    it('lists what I take part in, or all I may see, by pages in the order of time', async () => {
      const matter = await aMatterInMediation(t, TWO);
      await assign(t, matter.id, 'mediator-2', 'co-mediator');
      const base = Date.parse('2027-03-01T01:00:00Z');
      t.clock.set('2027-02-20T09:00:00+08:00');
      const ids: string[] = [];
      for (const [i, mediatorIds] of [
        [t.world.account('mediator').id],
        [t.world.account('mediator-2').id],
        [t.world.account('mediator').id],
      ].entries()) {
        const startsAt = new Date(base + i * 24 * HOUR).toISOString();
        const endsAt = new Date(base + i * 24 * HOUR + HOUR).toISOString();
        ids.push(
          (
            await plan(mediator, matter.id, t, {
              startsAt,
              endsAt,
              mediatorIds,
              recorderId: i === 1 ? undefined : t.world.account('recorder').id,
            })
          ).id,
        );
      }
      const page = async (caller: Caller, query: string) =>
        must<{ items: { id: string; title: string }[]; nextCursor: string | null }>(
          await caller.get(`/sessions?from=2027-03-01&to=2027-03-07${query}`),
          200,
        );
      expect((await page(mediator, '')).items.map((s) => s.id)).toEqual([ids[0], ids[2]]);
      const all = await page(await t.as('dispatcher'), '&scope=center');
      expect(all.items.map((s) => s.id)).toEqual(ids);
      const first = await page(await t.as('dispatcher'), '&scope=center&limit=2');
      expect(first.items.map((s) => s.id)).toEqual(ids.slice(0, 2));
      const rest = await page(await t.as('dispatcher'), `&scope=center&limit=2&cursor=${first.nextCursor ?? ''}`);
      expect([rest.items.map((s) => s.id), rest.nextCursor]).toEqual([[ids[2]], null]);
      // A director sees that there is a session, not who comes.
      const director = await t.as('director');
      expect((await page(director, '&scope=center')).items).toHaveLength(3);
      expect(await view(director, ids[0] ?? '')).toMatchObject({ invitees: [], entries: [], allowedActs: [] });
      expect((await page(await t.as('dispatcher:foreign'), '&scope=center')).items).toEqual([]);
      expect((await page(await t.as('liaison'), '&scope=center')).items).toEqual([]);
      expect((await t.anonymous.get('/sessions?from=2027-03-01&to=2027-03-07')).status).toBe(401);
      expect((await mediator.get('/sessions?from=2027-03-07&to=2027-03-01')).body).toMatchObject({
        status: 422,
        code: 'sessions.span-reversed',
      });
      expect((await mediator.get('/sessions?from=2027-01-01&to=2027-03-07')).body).toMatchObject({
        status: 422,
        code: 'sessions.span-too-long',
      });
      expect((await mediator.get('/sessions?from=2027-03-01&to=2027-03-07&cursor=abc')).body).toMatchObject({
        status: 400,
        code: 'malformed-cursor',
      });
      // Calendars hang on walls: a sealed matter's title is not on them, not even for those who may open it.
      await t.sql('update dispute set is_sealed = true where id = $1', [matter.id]);
      expect((await page(mediator, '')).items.map((s) => s.title)).toEqual(['（封存事项）', '（封存事项）']);
    });
  });

  it('arrives late, leaves early: times of each person stay with that person', async () => {
    const matter = await aMatterInMediation(t, TWO);
    const session = await plan(mediator, matter.id, t, freeTime());
    must(await mediator.post(`/sessions/${session.id}/start`, {}), 200);
    await allArrive(mediator, t, session.id);
    const { invitees } = await view(mediator, session.id);
    const arrivedAt = t.clock.at().toISOString();
    t.clock.advance(HOUR);
    const leftAt = t.clock.at().toISOString();
    must(
      await mediator.post(`/sessions/${session.id}/attendance`, {
        attendance: [{ inviteeId: invitees[3]?.id, arrivedAt, leftAt }],
      }),
      200,
    );
    const [row] = await t.sql<{ arrived_at: Date; left_at: Date }>(
      'select arrived_at, left_at from session_invitee where id = $1',
      [invitees[3]?.id ?? ''],
    );
    expect([row?.arrived_at.toISOString(), row?.left_at.toISOString()]).toEqual([arrivedAt, leftAt]);
  });

  it('tells other modules what nobody disputes, and who took part', async () => {
    const matter = await aMatterInMediation(t, TWO);
    const invited = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/participants`, { kind: 'lawyer', name: '白雪', purpose: '讲法' }),
      201,
    );
    const answers = matter.partyIds.map((partyId) => ({ partyId, answer: 'agreed', channel: 'phone' }));
    must(await mediator.post(`/participants/${invited.id}/consents`, { answers }), 201);
    const session = await aHeldSession(mediator, t, matter.id, { ...freeTime(), participantIds: [invited.id] });
    const facts = ['房屋无抵押。', '存款十万元。'];
    const { factIds } = must<{ factIds: string[] }>(
      await mediator.post(`/sessions/${session.id}/undisputed-facts`, { facts }),
      201,
    );
    must(await mediator.post(`/session-facts/${factIds[1] ?? ''}/retraction`), 200);
    const face = async () =>
      t.app.get(UnitOfWork).readAsSystem('test', async (tx) => ({
        sessions: await t.app.get(Sessions).list(tx, matter.id),
        facts: await t.app.get(Sessions).undisputedFacts(tx, matter.id),
        participants: await t.app.get(Sessions).participants(tx, matter.id),
      }));
    expect((await face()).facts).toEqual([]);
    must(
      await mediator.post(`/sessions/${session.id}/entries`, {
        entries: [{ ring: 'parties', kind: 'statement', speaker: '李建国', text: '同意平分。' }],
      }),
      201,
    );
    t.clock.advance(HOUR);
    must(await mediator.post(`/sessions/${session.id}/end`, {}), 200);
    must(await mediator.post(`/sessions/${session.id}/result`, { result: 'agreed' }), 200);
    expect(await face()).toMatchObject({
      sessions: [{ id: session.id, ordinal: 1, state: 'recorded', result: 'agreed' }],
      facts: ['房屋无抵押。'],
      participants: [{ name: '白雪', hasAttended: true }],
    });
  });

  describe('what the database itself refuses', () => {
    let matter: BuiltMatter;
    let session: Standing;
    beforeAll(async () => {
      matter = await aMatterInMediation(t, TWO);
      session = await plan(mediator, matter.id, t, freeTime());
    });

    it.each([
      [
        'a session held without a start',
        "update mediation_session set state = 'held' where id = $1",
        'mediation_session_held_has_start',
      ],
      [
        'a session cancelled without a time',
        "update mediation_session set state = 'cancelled' where id = $1",
        'mediation_session_cancelled_has_time',
      ],
      [
        'a result before it was recorded',
        "update mediation_session set result = 'agreed' where id = $1",
        'mediation_session_recorded_whole',
      ],
      [
        'an end before the start',
        'update mediation_session set ends_at = starts_at where id = $1',
        'mediation_session_period',
      ],
      [
        'one who came and did not come',
        "update session_invitee set arrived_at = now(), absent_reason = '病' where session_id = $1",
        'session_invitee_came_or_not',
      ],
      [
        'a confirmation without its time',
        "update session_invitee set confirmation = 'read' where session_id = $1",
        'session_invitee_confirmation_whole',
      ],
      [
        'a party booked like staff',
        "update session_invitee set booked = '[2026-01-01,2026-01-02)' where session_id = $1 and kind = 'party'",
        'session_invitee_booked_only_staff',
      ],
    ])('%s', async (_what, statement, constraint) => {
      await expect(t.sql(statement, [session.id])).rejects.toMatchObject({ code: '23514', constraint });
    });

    it.each([
      [
        'words before the session is held',
        "insert into session_fact (id, dispute_id, session_id, ordinal, text, recorded_at) values (gen_random_uuid(), $2, $1, 1, 'x', now())",
      ],
      [
        'an entry before the session is held',
        "insert into session_entry (id, dispute_id, session_id, ordinal, ring, kind, speaker, text, written_by, written_at) values (gen_random_uuid(), $2, $1, 1, 'parties', 'statement', 'x', 'x', $3, now())",
      ],
    ])('%s', async (_what, statement) => {
      const values = [session.id, matter.id, t.world.account('mediator').id].slice(0, statement.includes('$3') ? 3 : 2);
      await expect(t.sql(statement, values)).rejects.toMatchObject({ code: '23514' });
    });

    it('a rewritten answer of a party about publicity or a participant', async () => {
      must(
        await mediator.post(`/sessions/${session.id}/publicity`, {
          choices: [{ partyId: matter.partyIds[0], choice: 'public' }],
        }),
        200,
      );
      await expect(
        t.sql("update session_publicity_choice set choice = 'non-public' where session_id = $1", [session.id]),
      ).rejects.toMatchObject({ code: '42501' });
    });
  });
});
