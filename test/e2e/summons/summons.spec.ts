import { PaperSources } from '../../../src/modules/documents';
import { switchAccessGuardOff } from '../../../src/platform/auth';
import { type Tx, UnitOfWork, uuidv7, withContext } from '../../../src/platform/database';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import {
  aMatterInProgress,
  ANSWERS,
  arrive,
  at,
  aWhistle,
  codeOf,
  dueOf,
  expectStatus,
  onDuty,
  proposal,
  read,
  type SummonsShown,
  taskOf,
} from './stage';

describe('summons (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let dispatcher: Caller;
  let director: Caller;
  let liaison: Caller;
  let handler: Caller;
  let liaison2: Caller;
  let liaison3: Caller;
  let a0: string;
  let a1: string;
  let a2: string;
  let a3: string;

  beforeAll(async () => {
    t = await startTestApp();
    t.clock.set('2026-09-21T09:00:00+08:00');
    [a0, a1, a2, a3] = t.world.agencyIds;
    dispatcher = await onDuty(t, 'dispatcher');
    director = await onDuty(t, 'director');
    liaison = await onDuty(t, 'liaison');
    handler = await onDuty(t, 'handler');
    liaison2 = await onDuty(t, 'liaison-2');
    liaison3 = await onDuty(t, 'liaison-3');
    for (const key of [
      'mediator',
      'duty-leader',
      'follow-up',
      'intake',
      'dispatcher:foreign',
      'director:foreign',
      'liaison:foreign',
    ])
      await onDuty(t, key);
  });
  beforeEach(() => {
    t.clock.set('2026-09-21T09:00:00+08:00');
  });
  afterAll(() => t.close());

  const lead = (agencyId: string) => ({ agencyId, role: 'lead' });
  const assist = (agencyId: string) => ({ agencyId, role: 'assist' });
  const objection = { ground: 'other-agency', reason: '属住建部门职责，见权责清单第八项。' };

  /** Brings one task of a whistle without attendance to the named state. */
  async function upTo(summons: SummonsShown, agency: Caller, agencyId: string, state: string): Promise<string> {
    const { id } = taskOf(summons, agencyId);
    const steps: [string, () => Promise<unknown>][] = [
      ['signed', async () => expectStatus(await agency.post(`/summons-tasks/${id}/signature`), 201)],
      ['handling', async () => expectStatus(await agency.post(`/summons-tasks/${id}/handling`), 201)],
      ['feedback', async () => expectStatus(await agency.post(`/summons-tasks/${id}/feedback`, ANSWERS), 201)],
      ['confirmed', async () => expectStatus(await dispatcher.post(`/summons-tasks/${id}/confirmation`), 201)],
      ['rated', async () => expectStatus(await dispatcher.post(`/summons-tasks/${id}/rating`, { effect: 80 }), 201)],
      ['closed', async () => expectStatus(await dispatcher.post(`/summons-tasks/${id}/closing`), 201)],
    ];
    for (const [reached, step] of steps) {
      await step();
      if (reached === state) return id;
    }
    throw new Error(`No way to ${state}`);
  }
  const remote = { attendanceRequired: false, place: undefined };

  describe('proposing', () => {
    it('wants exactly one lead, every agency once, and agencies of the own center', async () => {
      const disputeId = await aMatterInProgress(t);
      const propose = async (agencies: object[], changes: object = {}) =>
        codeOf(await dispatcher.post(`/disputes/${disputeId}/summons`, proposal(agencies as never, changes)));
      expect(await propose([assist(a0)])).toEqual([422, 'summons.one-lead']);
      expect(await propose([lead(a0), lead(a1)])).toEqual([422, 'summons.one-lead']);
      expect(await propose([lead(a0), assist(a0)])).toEqual([422, 'summons.agency-twice']);
      expect(await propose([lead(t.world.foreignAgencyId)])).toEqual([422, 'summons.unknown-agency']);
      expect(await propose([lead(a0)], { place: undefined })).toEqual([422, 'summons.place-needed']);
      expect(await propose([lead(a0)], { meetAt: '2026-09-21T08:00:00+08:00' })).toEqual([422, 'summons.meeting-past']);
      expect(await t.sql('select 1 from summons where dispute_id = $1', [disputeId])).toEqual([]);
    });

    it('keeps numbers of persons out of what agencies read, and names the field', async () => {
      const disputeId = await aMatterInProgress(t);
      const reply = await dispatcher.post(
        `/disputes/${disputeId}/summons`,
        proposal([lead(a0)], { asks: ['到场', '请联系当事人 139-0471-0001'] }),
      );
      expect(codeOf(reply)).toEqual([422, 'summons.personal-number']);
      expect((reply.body as { errors: { pointer: string }[] }).errors[0]?.pointer).toBe('/asks/1');
    });

    it('answers 400, 401, 403 and 404 like every other act', async () => {
      const disputeId = await aMatterInProgress(t);
      const path = `/disputes/${disputeId}/summons`;
      expect((await dispatcher.post(path, { ...proposal([lead(a0)]), kind: 'whisper', asks: [] })).status).toBe(400);
      expect((await t.anonymous.post(path, proposal([lead(a0)]))).status).toBe(401);
      expect((await (await t.as('intake')).post(path, proposal([lead(a0)]))).status).toBe(403);
      expect((await (await t.as('dispatcher:foreign')).post(path, proposal([lead(a0)]))).status).toBe(404);
      expect((await liaison.post(path, proposal([lead(a0)]))).status).toBe(404);
    });

    it('is over with the matter', async () => {
      const disputeId = await aMatterInProgress(t);
      await t.sql("update dispute set state = 'closed', outcome = 'solved', closed_at = now() where id = $1", [
        disputeId,
      ]);
      expect(codeOf(await dispatcher.post(`/disputes/${disputeId}/summons`, proposal([lead(a0)])))).toEqual([
        409,
        'summons.matter-over',
      ]);
    });
  });

  describe('issuing', () => {
    const draft = async (disputeId: string, changes: object = {}): Promise<string> => {
      const reply = await dispatcher.post(`/disputes/${disputeId}/summons`, proposal([lead(a0)], changes));
      return (expectStatus(reply, 201).body as { id: string }).id;
    };

    it.each([
      ['a red matter', 'red', {}],
      ['攻坚克难哨', 'blue', { kind: 'assault' }],
    ])('of %s is for the director alone, who sees no content otherwise', async (_, risk, changes) => {
      const id = await draft(await aMatterInProgress(t, risk), changes);
      expect(codeOf(await dispatcher.post(`/summons/${id}/issuance`))).toEqual([409, 'summons.director-only']);
      expect((await read(dispatcher, id)).allowedActs).not.toContain('summons.issue');
      expect((await read(director, id)).allowedActs).toContain('summons.issue');
      expectStatus(await director.post(`/summons/${id}/issuance`), 201);
    });

    it('gives gapless numbers to parallel issues, and none to one that is refused', async () => {
      const disputeId = await aMatterInProgress(t);
      const ids = [await draft(disputeId), await draft(disputeId), await draft(disputeId)];
      const refused = await draft(await aMatterInProgress(t, 'red'));
      const replies = await Promise.all([...ids, refused].map((id) => dispatcher.post(`/summons/${id}/issuance`)));
      expect(replies.map((r) => r.status)).toEqual([201, 201, 201, 409]);
      const rows = await t.sql<{ seq: number }>(
        'select number_seq as seq from summons where number_seq is not null order by number_seq',
      );
      expect(rows.map((r) => r.seq)).toEqual(rows.map((_, i) => i + 1));
    });

    it('happens once: of two at the same time one wins', async () => {
      const id = await draft(await aMatterInProgress(t));
      const replies = await Promise.all([dispatcher, director].map((c) => c.post(`/summons/${id}/issuance`)));
      expect(replies.map((r) => r.status).sort()).toEqual([201, 409]);
      expect(
        await t.sql('select 1 from summons_due d join summons_task t on t.id = d.task_id where t.summons_id = $1', [
          id,
        ]),
      ).toHaveLength(4);
    });

    it('refuses a stale version', async () => {
      const id = await draft(await aMatterInProgress(t));
      expect((await dispatcher.post(`/summons/${id}/issuance`, {}, { ifMatch: 9 })).status).toBe(412);
    });

    it('takes the agreed time for arrival and half an hour on the clock for an emergency', async () => {
      const disputeId = await aMatterInProgress(t);
      const agreed = await aWhistle(t, disputeId, [lead(a0)], { meetAt: '2026-09-22T14:30:00+08:00' });
      expect(dueOf(taskOf(agreed, a0), 'arrive').currentDueAt).toBe(at('2026-09-22T14:30'));
      t.clock.set('2026-09-26T23:50:00+08:00');
      const urgent = await aWhistle(t, disputeId, [lead(a1)], { kind: 'emergency', ground: 'emergency' });
      expect(taskOf(urgent, a1).dues.map((d) => [d.kind, d.currentDueAt])).toEqual([
        ['sign', at('2026-09-27T00:20')],
        ['contact', at('2026-09-27T00:20')],
        ['arrive', at('2026-09-27T00:20')],
        ['feedback', at('2026-09-27T23:50')],
      ]);
    });
  });

  describe('what an agency sees', () => {
    let disputeId: string;
    let summons: SummonsShown;
    beforeAll(async () => {
      t.clock.set('2026-09-21T09:00:00+08:00');
      disputeId = await aMatterInProgress(t);
      summons = await aWhistle(t, disputeId, [lead(a0), assist(a1)], remote);
      const id = taskOf(summons, a1).id;
      expectStatus(await liaison2.post(`/summons-tasks/${id}/signature`), 201);
      expectStatus(
        await liaison2.post(`/summons-tasks/${id}/contacts`, { method: 'phone', note: '乙部门的联系情况' }),
        201,
      );
      expectStatus(await liaison2.post(`/summons-tasks/${id}/handling`), 201);
      expectStatus(await liaison2.post(`/summons-tasks/${id}/feedback`, { ...ANSWERS, ground: '乙部门的依据' }), 201);
    });

    it('is its own slice: brief, asks, names of the others — not the matter, nor what others answered', async () => {
      const own = taskOf(summons, a0).id;
      const reply = expectStatus(await liaison.get(`/summons-tasks/${own}`), 200);
      expect(reply.body).toMatchObject({
        id: own,
        state: 'issued',
        summons: { brief: expect.stringContaining('征收补偿') as string, asks: expect.any(Array) as string[] },
        agencies: [
          { agencyName: '新城区征收办', role: 'lead' },
          { agencyName: '新城区自然资源分局', role: 'assist' },
        ],
        allowedActs: ['summons-tasks.sign', 'summons-tasks.object'],
      });
      expect(reply.text).not.toContain(disputeId);
      expect(reply.text).not.toContain('乙部门');
      const list = expectStatus(await liaison.get('/summons-tasks?limit=100'), 200);
      expect((list.body as { items: { agencyId: string }[] }).items.every((i) => i.agencyId === a0)).toBe(true);
      expect(list.text).not.toContain(disputeId);
      const audits = await t.sql(
        "select act, actor_id from audit_entry where act = 'summons-tasks.read' and object_id = $1",
        [own],
      );
      expect(audits).toEqual([{ act: 'summons-tasks.read', actor_id: t.world.account('liaison').id }]);
    });

    it('is neither another agency’s task nor the center’s view', async () => {
      const other = taskOf(summons, a1).id;
      const absent = await liaison.get(`/summons-tasks/${uuidv7()}`);
      const foreign = await liaison.get(`/summons-tasks/${other}`);
      expect([foreign.status, absent.status]).toEqual([404, 404]);
      expect((foreign.body as { detail: string }).detail).toBe((absent.body as { detail: string }).detail);
      expect((await liaison.post(`/summons-tasks/${other}/confirmation`)).status).toBe(404);
      expect((await liaison.get(`/summons/${summons.id}`)).status).toBe(403);
      expect((await liaison.get(`/disputes/${disputeId}`)).status).toBe(404);
      expect((await liaison.get(`/disputes/${disputeId}/summons`)).status).toBe(404);
      expect((await liaison.get(`/summons?centerId=${t.world.centerId}`)).status).toBe(403);
      expect((await dispatcher.get('/summons-tasks')).status).toBe(403);
      expect((await dispatcher.get(`/summons-tasks/${other}`)).status).toBe(403);
      expect((await t.anonymous.get('/summons-tasks')).status).toBe(401);
    });

    it('is held by row security alone, with the guard off', async () => {
      const own = taskOf(summons, a0).id;
      const other = taskOf(summons, a1).id;
      switchAccessGuardOff(true);
      try {
        expect((await liaison.get(`/summons-tasks/${own}`)).status).toBe(200);
        expect((await liaison.get(`/summons-tasks/${other}`)).status).toBe(404);
        expect((await liaison.get(`/summons/${summons.id}`)).status).toBe(404);
        expect((await liaison.get(`/disputes/${disputeId}/summons`)).status).toBe(404);
        expect((await liaison.post(`/summons-tasks/${other}/withdrawal`, { reason: '试' })).status).toBe(404);
        expect((await (await t.as('liaison:foreign')).get(`/summons-tasks/${own}`)).status).toBe(404);
        expect((await (await t.as('director:foreign')).get(`/summons/${summons.id}`)).status).toBe(404);
      } finally {
        switchAccessGuardOff(false);
      }
      const seen = await asAccount(t, 'liaison', async (tx) => ({
        tasks: await tx.query('select agency_id from summons_task where summons_id = $1', [summons.id]),
        summons: await tx.query('select id from summons where dispute_id = $1', [disputeId]),
        disputes: await tx.query('select id from dispute where id = $1', [disputeId]),
        events: await tx.query('select id from dispute_event where dispute_id = $1', [disputeId]),
        feedbacks: await tx.query('select id from summons_feedback where task_id = $1', [other]),
        contacts: await tx.query('select id from summons_contact where task_id = $1', [other]),
        dues: await tx.query('select id from summons_due where task_id = $1', [other]),
        codes: await tx.query('select id from summons_sign_in_code where summons_id = $1', [summons.id]),
      }));
      expect(seen).toEqual({
        tasks: [{ agency_id: a0 }],
        summons: [{ id: summons.id }],
        disputes: [],
        events: [],
        feedbacks: [],
        contacts: [],
        dues: [],
        codes: [],
      });
    });

    it('does not let one agency write for another past the application', async () => {
      const other = taskOf(summons, a1).id;
      const write = asAccount(t, 'liaison', (tx) =>
        tx.query(
          `insert into summons_contact (id, dispute_id, task_id, method, note, contacted_by, contacted_at)
           values ($1, $2, $3, 'phone', '冒名', $4, now())`,
          [uuidv7(), disputeId, other, t.world.account('liaison').id],
        ),
      );
      await expect(write).rejects.toMatchObject({ code: '42501' });
      const touched = await asAccount(t, 'liaison', (tx) =>
        tx.query("update summons_task set state = 'issued' where id = $1 returning id", [other]),
      );
      expect(touched).toEqual([]);
    });

    it('ends thirty days after the reply, and at once with a withdrawal: then 404', async () => {
      const other = taskOf(summons, a1).id;
      t.clock.set('2026-10-21T08:59:59+08:00');
      expect((await liaison2.get(`/summons-tasks/${other}`)).status).toBe(200);
      t.clock.set('2026-10-21T09:00:00+08:00');
      expect((await liaison2.get(`/summons-tasks/${other}`)).status).toBe(404);
      expect((await liaison2.get('/summons-tasks?limit=100')).text).not.toContain(other);
      const own = taskOf(summons, a0).id;
      expectStatus(await dispatcher.post(`/summons/${summons.id}/withdrawal`, { reason: '双方已自行和解。' }), 201);
      expect((await liaison.get(`/summons-tasks/${own}`)).status).toBe(404);
      expect((await liaison.post(`/summons-tasks/${own}/signature`)).status).toBe(404);
    });
  });

  describe('acts of an agency', () => {
    it('are open to liaison and handler of that agency only', async () => {
      const summons = await aWhistle(t, await aMatterInProgress(t), [lead(a0)], remote);
      const { id } = taskOf(summons, a0);
      const path = `/summons-tasks/${id}/signature`;
      expect((await t.anonymous.post(path)).status).toBe(401);
      expect((await dispatcher.post(path)).status).toBe(403);
      expect((await liaison2.post(path)).status).toBe(404);
      expect((await (await t.as('liaison:foreign')).post(path)).status).toBe(404);
      expectStatus(await handler.post(path), 201);
      expect(codeOf(await liaison.post(path))).toEqual([409, 'summons-tasks.wrong-state']);
      expect((await liaison.post(`/summons-tasks/${id}/confirmation`)).status).toBe(403);
    });

    it('demand attendance where it is required, with a live code of this very whistle', async () => {
      const disputeId = await aMatterInProgress(t);
      const summons = await aWhistle(t, disputeId, [lead(a0)]);
      const other = await aWhistle(t, disputeId, [lead(a1)]);
      const { id } = taskOf(summons, a0);
      expectStatus(await liaison.post(`/summons-tasks/${id}/signature`), 201);
      expect(codeOf(await liaison.post(`/summons-tasks/${id}/handling`))).toEqual([409, 'summons-tasks.not-arrived']);
      const who = { personName: '高志远', rank: 'staff' };
      const code = async (of: string): Promise<string> =>
        (expectStatus(await dispatcher.post(`/summons/${of}/sign-in-codes`), 201).body as { code: string }).code;
      const signIn = async (text: string) =>
        codeOf(await liaison.post(`/summons-tasks/${id}/arrival`, { ...who, code: text }));
      expect(await signIn(await code(other.id))).toEqual([422, 'summons-tasks.code-invalid']);
      expect(await signIn('不是签到码')).toEqual([422, 'summons-tasks.code-invalid']);
      const old = await code(summons.id);
      t.clock.set('2026-09-21T09:10:00+08:00');
      expect(await signIn(old)).toEqual([422, 'summons-tasks.code-invalid']);
      const live = await code(summons.id);
      // One code, two phones at the same time: one person signs in.
      const replies = await Promise.all(
        [liaison, handler].map((c) => c.post(`/summons-tasks/${id}/arrival`, { ...who, code: live })),
      );
      expect(replies.map((r) => r.status).sort()).toEqual([201, 422]);
      expect(await t.sql('select person_name, rank from summons_arrival where task_id = $1', [id])).toEqual([
        { person_name: '高志远', rank: 'staff' },
      ]);
      expectStatus(await arrive(t, handler, summons.id, id), 201);
      expect((await liaison.post(`/summons/${summons.id}/sign-in-codes`)).status).toBe(403);
    });

    it('that need no attendance know no sign-in', async () => {
      const summons = await aWhistle(t, await aMatterInProgress(t), [lead(a0)], remote);
      const { id, dues } = taskOf(summons, a0);
      expect(dues.map((d) => d.kind)).toEqual(['sign', 'contact', 'feedback']);
      expectStatus(await liaison.post(`/summons-tasks/${id}/signature`), 201);
      expect(codeOf(await arrive(t, liaison, summons.id, id))).toEqual([409, 'summons-tasks.no-attendance']);
    });

    it('end with the signature for one that is only notified', async () => {
      const disputeId = await aMatterInProgress(t);
      const summons = await aWhistle(t, disputeId, [lead(a0), { agencyId: a2, role: 'notify' }], remote);
      const { id, dues, allowedActs } = taskOf(summons, a2);
      expect(dues.map((d) => d.kind)).toEqual(['sign']);
      expect(allowedActs).toEqual(['summons-tasks.withdraw']);
      expect(codeOf(await liaison3.post(`/summons-tasks/${id}/objection`, objection))).toEqual([
        409,
        'summons-tasks.notify-only',
      ]);
      expect(expectStatus(await liaison3.post(`/summons-tasks/${id}/signature`), 201).body).toMatchObject({
        state: 'closed',
      });
    });

    it('may object until four working hours after the issue once signed: 15:30 after a start at 09:00', async () => {
      const summons = await aWhistle(t, await aMatterInProgress(t), [lead(a0), assist(a1)], remote);
      for (const [caller, id] of [
        [liaison, taskOf(summons, a0).id],
        [liaison2, taskOf(summons, a1).id],
      ] as const)
        expectStatus(await caller.post(`/summons-tasks/${id}/signature`), 201);
      // 180 minutes until 12:00, 60 from 14:30: the window closes at 15:30.
      t.clock.set('2026-09-21T15:29:59+08:00');
      expectStatus(await liaison.post(`/summons-tasks/${taskOf(summons, a0).id}/objection`, objection), 201);
      t.clock.set('2026-09-21T15:30:00+08:00');
      expect(codeOf(await liaison2.post(`/summons-tasks/${taskOf(summons, a1).id}/objection`, objection))).toEqual([
        409,
        'summons-tasks.objection-too-late',
      ]);
    });
  });

  describe('an objection upheld', () => {
    it('takes the lead out, brings a successor with clocks of its own, and is not scored', async () => {
      const summons = await aWhistle(t, await aMatterInProgress(t), [lead(a0), assist(a1)], remote);
      const { id } = taskOf(summons, a0);
      expectStatus(await liaison.post(`/summons-tasks/${id}/objection`, objection), 201);
      t.clock.set('2026-09-22T10:00:00+08:00');
      const path = `/summons-tasks/${id}/objection-upholding`;
      const reason = '经核对权责清单，确属住建部门。';
      expect(codeOf(await dispatcher.post(path, { reason }))).toEqual([422, 'summons-tasks.replacement-needed']);
      expect(codeOf(await dispatcher.post(path, { reason, replacementAgencyId: a1 }))).toEqual([
        422,
        'summons.agency-twice',
      ]);
      expect(codeOf(await dispatcher.post(path, { reason, replacementAgencyId: t.world.foreignAgencyId }))).toEqual([
        422,
        'summons.unknown-agency',
      ]);
      expectStatus(await dispatcher.post(path, { reason, replacementAgencyId: a3 }), 201);
      const after = await read(dispatcher, summons.id);
      expect(taskOf(after, a0)).toMatchObject({ state: 'upheld', rating: null });
      expect(taskOf(after, a0).dues.filter((d) => d.metAt === null && d.isLate)).toEqual([]);
      // 60 minutes from 10:00 on the day of the ruling.
      expect(dueOf(taskOf(after, a3), 'sign').currentDueAt).toBe(at('2026-09-22T11:00'));
      expect(after.tasks.map((x) => [x.agencyId, x.state])).toEqual([
        [a0, 'upheld'],
        [a3, 'issued'],
        [a1, 'issued'],
      ]);
      expect(
        await t.sql(
          "select agency_id from summons_task where summons_id = $1 and role = 'lead' and state <> 'upheld'",
          [summons.id],
        ),
      ).toEqual([{ agency_id: a3 }]);
      expect(codeOf(await dispatcher.post(`/summons/${summons.id}/agencies`, lead(a2)))).toEqual([
        409,
        'summons.one-lead',
      ]);
    });

    it('closes a whistle that has nobody left', async () => {
      const disputeId = await aMatterInProgress(t);
      const summons = await aWhistle(t, disputeId, [lead(a0)], remote);
      const { id } = taskOf(summons, a0);
      expectStatus(await liaison.post(`/summons-tasks/${id}/objection`, objection), 201);
      expectStatus(await director.post(`/summons-tasks/${id}/objection-upholding`, { reason: '异议成立。' }), 201);
      expect((await read(dispatcher, summons.id)).state).toBe('closed');
      await closeMatter(disputeId, 200);
    });

    it('is decided once: of uphold and overrule at the same time one wins', async () => {
      const summons = await aWhistle(t, await aMatterInProgress(t), [lead(a0)], remote);
      const { id } = taskOf(summons, a0);
      expectStatus(await liaison.post(`/summons-tasks/${id}/objection`, objection), 201);
      const replies = await Promise.all([
        dispatcher.post(`/summons-tasks/${id}/objection-upholding`, { reason: '成立。' }),
        director.post(`/summons-tasks/${id}/objection-overruling`, { reason: '不成立。' }),
      ]);
      expect(replies.map((r) => r.status).sort()).toEqual([201, 409]);
    });
  });

  describe('withdrawing', () => {
    it('needs no reason before the signature and one after it', async () => {
      const disputeId = await aMatterInProgress(t);
      const early = await aWhistle(t, disputeId, [lead(a0)], remote);
      expectStatus(await dispatcher.post(`/summons/${early.id}/withdrawal`), 201);
      const signed = await aWhistle(t, disputeId, [lead(a0), assist(a1)], remote);
      await upTo(signed, liaison, a0, 'signed');
      const path = `/summons/${signed.id}/withdrawal`;
      expect(codeOf(await dispatcher.post(path))).toEqual([409, 'summons-tasks.reason-needed']);
      expect((await read(dispatcher, signed.id)).tasks.map((x) => x.state)).toEqual(['signed', 'issued']);
      expectStatus(await dispatcher.post(path, { reason: '当事人撤回诉求。' }), 201);
      const after = await read(dispatcher, signed.id);
      expect([after.state, ...after.tasks.map((x) => x.state)]).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
      expect(after.holdUps).toEqual([]);
      await closeMatter(disputeId, 200);
    });

    it('of a draft is open to its proposer, of an issued one to dispatcher and director', async () => {
      const disputeId = await aMatterInProgress(t);
      const mediator = await t.as('mediator');
      const draft = expectStatus(await mediator.post(`/disputes/${disputeId}/summons`, proposal([lead(a0)])), 201);
      const { id } = draft.body as { id: string };
      await closeMatter(disputeId, 409);
      expectStatus(await mediator.post(`/summons/${id}/withdrawal`), 201);
      const issued = await aWhistle(t, disputeId, [lead(a0)]);
      expect(codeOf(await mediator.post(`/summons/${issued.id}/withdrawal`))).toEqual([409, 'summons.issuer-only']);
      expectStatus(await director.post(`/summons/${issued.id}/withdrawal`), 201);
    });

    it('of one agency leaves the others at work; not of the lead alone', async () => {
      const summons = await aWhistle(t, await aMatterInProgress(t), [lead(a0), assist(a1)], remote);
      expect(codeOf(await dispatcher.post(`/summons-tasks/${taskOf(summons, a0).id}/withdrawal`))).toEqual([
        409,
        'summons-tasks.lead-needed',
      ]);
      expectStatus(await dispatcher.post(`/summons-tasks/${taskOf(summons, a1).id}/withdrawal`), 201);
      const after = await read(dispatcher, summons.id);
      expect([after.state, taskOf(after, a0).state, taskOf(after, a1).state]).toEqual([
        'issued',
        'issued',
        'withdrawn',
      ]);
    });

    it('is too late for the whole once a feedback is confirmed', async () => {
      const summons = await aWhistle(t, await aMatterInProgress(t), [lead(a0), assist(a1)], remote);
      await upTo(summons, liaison, a0, 'confirmed');
      expect(codeOf(await dispatcher.post(`/summons/${summons.id}/withdrawal`, { reason: '试' }))).toEqual([
        409,
        'summons.already-confirmed',
      ]);
    });
  });

  async function closeMatter(disputeId: string, status: number): Promise<void> {
    const leader = await t.as('duty-leader');
    expectStatus(
      await leader.post(`/disputes/${disputeId}/closing`, {
        outcome: 'solved',
        summary: '部门已处理。',
        confirmedBy: 'phone',
        partyWords: '可以，没有意见了。',
      }),
      status,
    );
  }

  describe('the matter and its whistles', () => {
    it('closes only over settled tasks: rating settles, confirmation does not', async () => {
      const disputeId = await aMatterInProgress(t);
      const summons = await aWhistle(t, disputeId, [lead(a0)], remote);
      const id = await upTo(summons, liaison, a0, 'confirmed');
      await closeMatter(disputeId, 409);
      expectStatus(await dispatcher.post(`/summons-tasks/${id}/rating`, { effect: 80 }), 201);
      await closeMatter(disputeId, 200);
      // What comes after the closing of the matter still ends the task.
      expectStatus(await dispatcher.post(`/summons-tasks/${id}/closing`), 201);
      expect((await read(dispatcher, summons.id)).state).toBe('closed');
    });

    it('rating against closing, many times at once: never closed over an open task', async () => {
      const leader = await t.as('duty-leader');
      for (let round = 0; round < 6; round += 1) {
        const disputeId = await aMatterInProgress(t);
        const summons = await aWhistle(t, disputeId, [lead(a0)], remote);
        const id = await upTo(summons, liaison, a0, 'confirmed');
        const [rated, closed] = await Promise.all([
          dispatcher.post(`/summons-tasks/${id}/rating`, { effect: 80 }),
          leader.post(`/disputes/${disputeId}/closing`, {
            outcome: 'solved',
            summary: '部门已处理。',
            confirmedBy: 'phone',
            partyWords: '可以，没有意见了。',
          }),
        ]);
        expect(rated.status).toBe(201);
        expect([200, 409]).toContain(closed.status);
        const [row] = await t.sql<{ state: string }>('select state from dispute where id = $1', [disputeId]);
        expect(row?.state).toBe(closed.status === 200 ? 'closed' : 'in-progress');
      }
    });

    it('an agency’s feedback against closing: the feedback is kept and the matter stays open', async () => {
      const leader = await t.as('duty-leader');
      const disputeId = await aMatterInProgress(t);
      const summons = await aWhistle(t, disputeId, [lead(a0)], remote);
      const id = await upTo(summons, liaison, a0, 'handling');
      const [fedBack, closed] = await Promise.all([
        liaison.post(`/summons-tasks/${id}/feedback`, ANSWERS),
        leader.post(`/disputes/${disputeId}/closing`, {
          outcome: 'solved',
          summary: '部门已处理。',
          confirmedBy: 'phone',
          partyWords: '可以，没有意见了。',
        }),
      ]);
      expect([fedBack.status, closed.status]).toEqual([201, 409]);
    });

    it('an agency’s act waits for whoever holds the matter, which the agency does not see', async () => {
      const disputeId = await aMatterInProgress(t);
      const summons = await aWhistle(t, disputeId, [lead(a0)], remote);
      const { id } = taskOf(summons, a0);
      await t.sql('begin');
      // As an update of the matter holds it; a mere foreign key to the matter would not wait for that.
      await t.sql('select 1 from dispute where id = $1 for no key update', [disputeId]);
      let isDone = false;
      const signing = liaison.post(`/summons-tasks/${id}/signature`).then((reply) => {
        isDone = true;
        return reply;
      });
      const waiting =
        'select 1 from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid)) limit 1';
      try {
        for (let tries = 0; tries < 200 && (await t.sql(waiting)).length === 0; tries += 1)
          await t.sql('select pg_sleep(0.02)');
        expect(await t.sql(waiting)).toHaveLength(1);
        expect(isDone).toBe(false);
      } finally {
        await t.sql('commit');
      }
      expectStatus(await signing, 201);
    });

    it('proposing against closing: either the whistle is on the table and the matter open, or the matter closed and no whistle', async () => {
      const leader = await t.as('duty-leader');
      for (let round = 0; round < 6; round += 1) {
        const disputeId = await aMatterInProgress(t);
        const [proposed, closed] = await Promise.all([
          dispatcher.post(`/disputes/${disputeId}/summons`, proposal([lead(a0)])),
          leader.post(`/disputes/${disputeId}/closing`, {
            outcome: 'solved',
            summary: '部门已处理。',
            confirmedBy: 'phone',
            partyWords: '可以，没有意见了。',
          }),
        ]);
        expect([proposed.status, closed.status].sort()).toEqual(proposed.status === 201 ? [201, 409] : [200, 409]);
      }
    });

    it('are listed per matter and across the center, by state and lateness, page by page', async () => {
      const disputeId = await aMatterInProgress(t);
      const first = await aWhistle(t, disputeId, [lead(a0)], remote);
      const second = await aWhistle(t, disputeId, [lead(a1)], remote);
      await upTo(second, liaison2, a1, 'signed');
      const ofMatter = expectStatus(await director.get(`/disputes/${disputeId}/summons`), 200).body as {
        items: SummonsShown[];
      };
      expect(ofMatter.items.map((s) => s.id)).toEqual([first.id, second.id]);
      t.clock.set('2026-09-21T10:30:00+08:00');
      const path = `/summons?centerId=${t.world.centerId}&state=issued&isLate=true&limit=1`;
      const page = expectStatus(await dispatcher.get(path), 200).body as {
        items: SummonsShown[];
        nextCursor: string | null;
      };
      expect(page.items[0]).toMatchObject({
        id: first.id,
        holdUps: [{ agencyName: '新城区征收办', kind: 'sign', lateMinutes: 30 }],
      });
      const all: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const next = expectStatus(await dispatcher.get(`${path}${cursor === '' ? '' : `&cursor=${cursor}`}`), 200);
        const body = next.body as typeof page;
        all.push(...body.items.map((s) => s.id));
        cursor = body.nextCursor;
      }
      expect(new Set(all).size).toBe(all.length);
      expect(all).not.toContain(second.id);
      expect((await (await t.as('dispatcher:foreign')).get(path)).status).toBe(403);
      expect((await dispatcher.get(`/summons?centerId=${t.world.foreignCenterId}`)).status).toBe(403);
      expect((await dispatcher.get('/summons')).status).toBe(400);
      expect((await t.anonymous.get(path)).status).toBe(401);
    });
  });

  describe('files', () => {
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
      'base64',
    );
    // The same picture with a text chunk before its end.
    const otherPng = Buffer.concat([
      png.subarray(0, -12),
      Buffer.from('0000000b74455874436f6d6d656e74006162634eef5b1e', 'hex'),
      png.subarray(-12),
    ]);
    const upload = async (disputeId: string, name: string, bytes: Buffer): Promise<{ id: string; version: number }> => {
      const fields = { evidenceType: 'documentary', form: 'scan', ring: 'center' };
      return expectStatus(
        await dispatcher.upload(`/disputes/${disputeId}/attachments`, { bytes, name, type: 'image/png' }, fields),
        201,
      ).body as { id: string; version: number };
    };

    it('reach agencies only when marked shareable and put on the whistle, and are gone when the mark is taken off', async () => {
      const disputeId = await aMatterInProgress(t);
      const shared = await upload(disputeId, '测绘成果.png', png);
      const kept = await upload(disputeId, '身份证.png', otherPng);
      const refused = await dispatcher.post(
        `/disputes/${disputeId}/summons`,
        proposal([lead(a0)], { attachmentIds: [shared.id] }),
      );
      expect(codeOf(refused)).toEqual([422, 'summons.not-shareable']);
      const marked = expectStatus(
        await dispatcher.post(
          `/attachments/${shared.id}/sharing`,
          { reason: '部门核对面积需要。' },
          { ifMatch: shared.version },
        ),
        200,
      );
      const summons = await aWhistle(t, disputeId, [lead(a0)], { ...remote, attachmentIds: [shared.id] });
      const other = await aWhistle(t, disputeId, [lead(a1)], remote);
      const { id } = taskOf(summons, a0);
      const view = expectStatus(await liaison.get(`/summons-tasks/${id}`), 200).body as { attachments: object[] };
      expect(view.attachments).toEqual([
        { id: shared.id, fileName: '测绘成果.png', mediaType: 'image/png', sizeBytes: png.length, isOwn: false },
      ]);
      const file = await liaison.download(`/summons-tasks/${id}/attachments/${shared.id}/content`);
      expect([file.status, (file.body as Buffer).equals(png), file.headers['x-content-type-options']]).toEqual([
        200,
        true,
        'nosniff',
      ]);
      expect((await liaison.get(`/summons-tasks/${id}/attachments/${kept.id}/content`)).status).toBe(404);
      expect(
        (await liaison2.get(`/summons-tasks/${taskOf(other, a1).id}/attachments/${shared.id}/content`)).status,
      ).toBe(404);
      expect((await liaison.get(`/attachments/${shared.id}/content`)).status).toBe(404);
      expect(
        await t.sql("select actor_id from audit_entry where act = 'summons-tasks.download' and object_id = $1", [
          shared.id,
        ]),
      ).toEqual([{ actor_id: t.world.account('liaison').id }]);
      const { version } = marked.body as { version: number };
      expectStatus(
        await dispatcher.post(
          `/attachments/${shared.id}/sharing-end`,
          { reason: '已核对完毕。' },
          { ifMatch: version },
        ),
        200,
      );
      expect((await liaison.get(`/summons-tasks/${id}/attachments/${shared.id}/content`)).status).toBe(404);
    });

    it('come back with the feedback, seen by the center and by no other agency', async () => {
      const disputeId = await aMatterInProgress(t);
      const summons = await aWhistle(t, disputeId, [lead(a0), assist(a1)], remote);
      const { id } = taskOf(summons, a0);
      const path = `/summons-tasks/${id}/attachments`;
      const file = { bytes: png, name: '现场照片.png', type: 'image/png' };
      expect(codeOf(await liaison.upload(path, file))).toEqual([409, 'summons-tasks.wrong-state']);
      await upTo(summons, liaison, a0, 'handling');
      expect((await liaison2.upload(path, file)).status).toBe(404);
      expect((await dispatcher.upload(path, file)).status).toBe(403);
      const kept = expectStatus(await liaison.upload(path, file), 201).body as { id: string };
      const foreignFile = await liaison.post(`/summons-tasks/${id}/feedback`, {
        ...ANSWERS,
        attachmentIds: [uuidv7()],
      });
      expect(codeOf(foreignFile)).toEqual([422, 'summons-tasks.not-own-file']);
      expectStatus(await liaison.post(`/summons-tasks/${id}/feedback`, { ...ANSWERS, attachmentIds: [kept.id] }), 201);
      expect((await liaison.get(`${path}/${kept.id}/content`)).status).toBe(200);
      expect((await dispatcher.get(`/attachments/${kept.id}/content`)).status).toBe(200);
      expect(
        (await liaison2.get(`/summons-tasks/${taskOf(summons, a1).id}/attachments/${kept.id}/content`)).status,
      ).toBe(404);
      expect(await t.sql('select ring, source, uploaded_by_name from attachment where id = $1', [kept.id])).toEqual([
        { ring: 'center', source: '新城区征收办', uploaded_by_name: '征收联络' },
      ]);
    });
  });

  describe('the paper', () => {
    it('is drawn from the whistle and its clocks, without the name of the matter', async () => {
      const disputeId = await aMatterInProgress(t);
      const summons = await aWhistle(t, disputeId, [lead(a0), assist(a1), { agencyId: a2, role: 'notify' }]);
      const order = { templateId: 'summons', parameters: { summonsId: summons.id } };
      const reply = expectStatus(await dispatcher.post(`/disputes/${disputeId}/papers`, order), 201);
      expect(reply.body).toMatchObject({ title: '吹哨单', number: summons.number, state: 'final' });
      const subject = await asAccount(t, 'dispatcher', async (tx) =>
        t.app.get(PaperSources).find('summons')?.load(tx, disputeId, order.parameters),
      );
      // 60 minutes from 09:00; one, three and five working days after Mon 09-21, with 09-25 … 09-27 off.
      const clocks = {
        signBy: '2026-09-21T02:00:00Z',
        contactBy: '2026-09-22T09:30:00Z',
        arriveBy: '2026-09-24T09:30:00Z',
        feedbackBy: '2026-09-29T09:30:00Z',
      };
      expect(subject).toMatchObject({
        number: summons.number,
        copies: 4,
        data: {
          issuer: '新城区综治中心',
          kind: 'progress',
          contact: { name: '赵研判', phone: '0471-6600001' },
          approver: '赵研判',
          units: [
            { slot: 'unit-1', name: '新城区征收办', role: 'lead', ...clocks },
            { slot: 'unit-2', name: '新城区自然资源分局', role: 'assist', ...clocks },
            { slot: 'unit-3', name: '新城区人社局', role: 'notify', signBy: clocks.signBy },
          ],
        },
      });
      const [matter] = await t.sql<{ title: string }>('select title from dispute where id = $1', [disputeId]);
      expect(JSON.stringify(subject)).not.toContain(matter?.title);
      expect((await (await t.as('intake')).post(`/disputes/${disputeId}/papers`, order)).status).toBe(403);
    });

    it('is not drawn before the issue, nor from the whistle of another matter', async () => {
      const disputeId = await aMatterInProgress(t);
      const draft = expectStatus(await dispatcher.post(`/disputes/${disputeId}/summons`, proposal([lead(a0)])), 201);
      const order = { templateId: 'summons', parameters: { summonsId: (draft.body as { id: string }).id } };
      expect(codeOf(await dispatcher.post(`/disputes/${disputeId}/papers`, order))).toEqual([
        422,
        'summons.not-issued',
      ]);
      const other = await aMatterInProgress(t);
      expect((await dispatcher.post(`/disputes/${other}/papers`, order)).status).toBe(404);
    });
  });

  describe('the records refuse what no rule allows', () => {
    it('a second lead, an agency twice, a signature without a signer, feedback twice in a round', async () => {
      const disputeId = await aMatterInProgress(t);
      const summons = await aWhistle(t, disputeId, [lead(a0), assist(a1)], remote);
      const { id } = taskOf(summons, a0);
      await expect(
        t.sql("update summons_task set role = 'lead' where id = $1", [taskOf(summons, a1).id]),
      ).rejects.toMatchObject({
        constraint: 'summons_task_one_lead',
      });
      await expect(
        t.sql(
          "insert into summons_task (id, dispute_id, summons_id, agency_id, role, state) values ($1, $2, $3, $4, 'notify', 'draft')",
          [uuidv7(), disputeId, summons.id, a1],
        ),
      ).rejects.toMatchObject({ constraint: 'summons_task_agency_once' });
      await expect(t.sql("update summons_task set state = 'signed' where id = $1", [id])).rejects.toMatchObject({
        constraint: 'summons_task_signed_has_signer',
      });
      await expect(t.sql("update summons_task set state = 'upheld' where id = $1", [id])).rejects.toMatchObject({
        code: '23514',
      });
      await expect(t.sql("update summons set state = 'closed' where id = $1", [summons.id])).rejects.toMatchObject({
        constraint: 'summons_closed_has_instant',
      });
      await expect(
        t.sql("update summons_due set current_due_at = original_due_at - interval '1 minute' where task_id = $1", [id]),
      ).rejects.toMatchObject({
        constraint: 'summons_due_never_shortened',
      });
    });

    it('and a refused act leaves no row, line or message', async () => {
      const disputeId = await aMatterInProgress(t);
      const summons = await aWhistle(t, disputeId, [lead(a0)], remote);
      const id = await upTo(summons, liaison, a0, 'handling');
      const count = async (): Promise<object[]> =>
        t.sql(
          `select (select count(*) from summons_feedback where task_id = $1) as feedbacks,
                  (select count(*) from dispute_event where dispute_id = $2) as events,
                  (select count(*) from audit_entry where dispute_id = $2) as audits,
                  (select count(*) from outbox_message where payload ->> 'taskId' = $1::text) as messages`,
          [id, disputeId],
        );
      const before = await count();
      expect(
        (await liaison.post(`/summons-tasks/${id}/feedback`, { ...ANSWERS, answers: [{ ask: 3, answer: '多答' }] }))
          .status,
      ).toBe(422);
      expect((await liaison.post(`/summons-tasks/${id}/feedback`, { ...ANSWERS, result: 'perhaps' })).status).toBe(400);
      expect(await count()).toEqual(before);
    });
  });
});

/** Runs statements with the rights of an account and nothing of the application before them. */
async function asAccount<T>(t: TestApp, key: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  const principal = { kind: 'account' as const, accountId: t.world.account(key).id, sessionId: null };
  return withContext({ principal }, () => t.app.get(UnitOfWork).run(work));
}
