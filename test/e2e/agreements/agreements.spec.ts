import { switchAccessGuardOff } from '../../../src/platform/auth';
import { Tx } from '../../../src/platform/database';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { lockedPdf } from '../../support/files';
import { partiesOf, residentIdOf } from '../../support/parties';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aScan, aSeal, codeOf, handwriting, ledger, onScreen, view } from './stage';

const NOWHERE = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

describe('agreements (real PostgreSQL, HTTP and PDF; fake clock)', () => {
  let t: TestApp;
  let mediator: Caller;
  let recorder: Caller;
  let director: Caller;

  const content = ([obligor, obligee]: readonly string[], changes: object = {}): object => ({
    facts: '双方就借款发生争议。',
    responsibilities: '双方确认借款属实。',
    clauses: ['一方向另一方返还借款。'],
    obligations: [
      {
        kind: 'payment',
        obligorId: obligor,
        obligeeId: obligee,
        content: '返还借款',
        amountFen: 100_000,
        dueOn: '2027-03-01',
        place: '汇入银行账户',
        manner: '银行转账',
      },
    ],
    ...changes,
  });

  async function drafted(matter: BuiltMatter, changes: object = {}): Promise<Standing> {
    const body = { kind: 'written', ...content(matter.partyIds), ...changes };
    return must<Standing>(await mediator.post(`/disputes/${matter.id}/agreements`, body), 201);
  }
  async function frozen(matter: BuiltMatter, changes: object = {}): Promise<Standing> {
    const { id, version } = await drafted(matter, changes);
    const standing = must<Standing>(await mediator.post(`/agreements/${id}/freezing`, {}, { ifMatch: version }), 200);
    await mediator.post(`/agreements/${id}/electronic-consents`, {
      partyIds: matter.partyIds,
      agreedOn: t.clock.at().toISOString().slice(0, 10),
    });
    return standing;
  }
  const tablet = (by: Caller, { id, contentHash }: Standing, slot: string, changes: object = {}): Promise<Reply> =>
    by.post(`/agreements/${id}/tablet-signatures`, {
      ...onScreen(t, contentHash),
      slot,
      identityCheck: slot.startsWith('party') ? 'document-compared' : 'own-account',
      ...changes,
    });
  async function signed(matter: BuiltMatter, changes: object = {}): Promise<Standing> {
    const standing = await frozen(matter, changes);
    for (const [i] of matter.partyIds.entries()) must(await tablet(mediator, standing, `party-${i + 1}`), 200);
    must(await tablet(mediator, standing, 'mediator-1'), 200);
    return must<Standing>(await tablet(recorder, standing, 'recorder'), 200);
  }
  async function effective(matter: BuiltMatter, changes: object = {}): Promise<Standing> {
    const { id, version } = await signed(matter, changes);
    return must<Standing>(await director.post(`/agreements/${id}/sealing`, {}, { ifMatch: version }), 200);
  }
  const aLink = async ({ id }: Standing, slot: string, hours = 24): Promise<Reply> =>
    mediator.post(`/agreements/${id}/signing-links`, {
      slot,
      expiresAt: new Date(t.clock.at().getTime() + hours * 3_600_000).toISOString(),
      identityCheck: 'phone-confirmed',
    });

  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    [mediator, recorder, director] = [await t.as('mediator'), await t.as('recorder'), await t.as('committee-director')];
  });
  afterAll(() => t.close());

  describe('who may do what', () => {
    let matter: BuiltMatter;
    let agreement: Standing;
    let itemId: string;
    beforeAll(async () => {
      matter = await aMatter(t).agreed();
      agreement = await effective(matter);
      itemId = (await ledger(mediator, matter.id))[0]?.id ?? '';
    });

    const reason = { reason: '当事人要求。' };
    const scan = { contentHash: '0'.repeat(64), scanAttachmentId: NOWHERE };
    /** Path, body, and one who may see the matter but not do this. */
    const ACTS: readonly [
      string,
      (ids: { matter: string; agreement: string; item: string }) => string,
      object,
      string,
    ][] = [
      [
        'draft',
        (i) => `/disputes/${i.matter}/agreements`,
        { kind: 'written', clauses: ['如约。'], obligations: [] },
        'intake',
      ],
      [
        'agree-electronic',
        (i) => `/agreements/${i.agreement}/electronic-consents`,
        { partyIds: [NOWHERE], agreedOn: '2026-09-18' },
        'intake',
      ],
      ['freeze', (i) => `/agreements/${i.agreement}/freezing`, {}, 'recorder'],
      ['unfreeze', (i) => `/agreements/${i.agreement}/unfreezing`, reason, 'recorder'],
      [
        'record-ink',
        (i) => `/agreements/${i.agreement}/ink-signatures`,
        {
          ...scan,
          marks: [
            {
              slot: 'party-1',
              signedOn: '2026-09-18',
              hasSignature: true,
              hasFingerprint: true,
              identityCheck: 'document-compared',
            },
          ],
        },
        'intake',
      ],
      ['refuse', (i) => `/agreements/${i.agreement}/refusals`, { slot: 'party-1', ...reason }, 'intake'],
      ['resume-signing', (i) => `/agreements/${i.agreement}/signing-resumption`, reason, 'recorder'],
      [
        'issue-link',
        (i) => `/agreements/${i.agreement}/signing-links`,
        { slot: 'party-1', expiresAt: '2026-09-21T18:00:00+08:00', identityCheck: 'phone-confirmed' },
        'intake',
      ],
      ['seal', (i) => `/agreements/${i.agreement}/sealing`, {}, 'mediator'],
      [
        'conclude-orally',
        (i) => `/agreements/${i.agreement}/oral-conclusion`,
        { reachedAt: '2026-09-18T09:00:00+08:00', place: '社区' },
        'recorder',
      ],
      ['discard', (i) => `/agreements/${i.agreement}/discarding`, reason, 'recorder'],
      ['void', (i) => `/agreements/${i.agreement}/voiding`, { ground: 'all-agreed', ...reason }, 'mediator'],
      [
        'record',
        (i) => `/performance-items/${i.item}/records`,
        { performedOn: '2026-09-18', manner: 'cash', isConfirmedByObligee: true },
        'intake',
      ],
      ['urge', (i) => `/performance-items/${i.item}/urgings`, { note: '催。' }, 'intake'],
      ['breach', (i) => `/performance-items/${i.item}/breach`, reason, 'recorder'],
    ];

    it.each(ACTS)('%s: 401, 403, invisible 404, unknown 404, 400', async (act, path, body, visible) => {
      const here = path({ matter: matter.id, agreement: agreement.id, item: itemId });
      const options = { ifMatch: agreement.version };
      expect((await t.anonymous.post(here, body, options)).status).toBe(401);
      expect((await (await t.as(visible)).post(here, body, options)).status).toBe(403);
      expect((await (await t.as('mediator:foreign')).post(here, body, options)).status).toBe(404);
      expect((await (await t.as('committee-director:foreign')).post(here, body, options)).status).toBe(404);
      const nowhere = path({ matter: NOWHERE, agreement: NOWHERE, item: NOWHERE });
      expect((await mediator.post(nowhere, body, options)).status).toBe(404);
      // The seal takes no body at all.
      const strange = await mediator.post(here, { ...body, strange: 1 }, options);
      expect(strange.status).toBe(act === 'seal' ? 403 : 400);
    });

    it.each(['', '/preview', '/signing-copy'])('reading%s: 401, 403, 404', async (path) => {
      expect((await t.anonymous.get(`/agreements/${agreement.id}${path}`)).status).toBe(401);
      expect((await (await t.as('guide')).get(`/agreements/${agreement.id}${path}`)).status).toBe(403);
      expect((await (await t.as('director')).get(`/agreements/${agreement.id}${path}`)).status).toBe(404);
      expect((await (await t.as('mediator:foreign')).get(`/agreements/${agreement.id}${path}`)).status).toBe(404);
    });

    it('hides agreement and ledger of others by row security alone', async () => {
      const [foreign, guide, other] = [await t.as('mediator:foreign'), await t.as('liaison'), await t.as('mediator-2')];
      switchAccessGuardOff(true);
      try {
        for (const caller of [foreign, guide, other]) {
          expect((await caller.get(`/agreements/${agreement.id}`)).status).toBe(404);
          expect((await caller.get(`/disputes/${matter.id}/performance`)).status).toBe(404);
          expect((await caller.post(`/performance-items/${itemId}/urgings`, { note: '催。' })).status).toBe(404);
        }
      } finally {
        switchAccessGuardOff(false);
      }
    });

    it('reads an agreement in as many statements for six parties as for two', async () => {
      const six = await aMatter(t)
        .between(
          ...Array.from({ length: 6 }, (_, i) => ({ kind: 'person', name: `当事人${'甲乙丙丁戊己'.charAt(i)}` })),
        )
        .agreed();
      const wide = await frozen(six);
      const narrow = await frozen(await aMatter(t).agreed());
      const spy = jest.spyOn(Tx.prototype, 'query');
      const count = async (id: string): Promise<number> => {
        spy.mockClear();
        must(await mediator.get(`/agreements/${id}`), 200);
        return spy.mock.calls.length;
      };
      const [two, many] = [await count(narrow.id), await count(wide.id)];
      spy.mockRestore();
      expect(many).toBe(two);
      expect(two).toBeLessThan(50);
    });
  });

  describe('round the tablet', () => {
    it('signs mixed: tablet, link and ink; seals; and says of each how', async () => {
      const matter = await aMatter(t)
        .between({ kind: 'person', name: '赵一' }, { kind: 'person', name: '钱二' }, { kind: 'person', name: '孙三' })
        .agreed();
      const standing = await frozen(matter);
      must(
        await tablet(mediator, standing, 'party-1', { isReadAloud: true, witnessName: '云娜', scrolledToEnd: false }),
        200,
      );
      const { token } = must<{ token: string }>(await aLink(standing, 'party-2'), 201);
      must(await t.link(token).post('/signing/signature', onScreen(t, standing.contentHash)), 200);
      const ink = (scanAttachmentId: string): Promise<Reply> =>
        mediator.post(`/agreements/${standing.id}/ink-signatures`, {
          contentHash: standing.contentHash,
          scanAttachmentId,
          witnessName: '云娜',
          marks: [
            {
              slot: 'party-3',
              signedOn: t.clock.at().toISOString().slice(0, 10),
              hasSignature: false,
              hasFingerprint: true,
              identityCheck: 'known-in-person',
            },
          ],
        });
      const locked = { bytes: await lockedPdf(), name: '签署页.pdf' };
      const fields = { evidenceType: 'signed-paper', form: 'scan', ring: 'center' };
      const kept = await mediator.upload(`/disputes/${matter.id}/attachments`, locked, fields);
      expect(codeOf(await ink(must<{ id: string }>(kept, 201).id))).toEqual([422, 'agreements.scan-locked']);
      must(await ink(await aScan(mediator, matter.id)), 200);
      must(await tablet(mediator, standing, 'mediator-1'), 200);
      const last = must<Standing>(await tablet(recorder, standing, 'recorder'), 200);
      const sealed = await director.post(`/agreements/${standing.id}/sealing`, {}, { ifMatch: last.version });
      expect(must<Standing>(sealed, 200).state).toBe('effective');
      const { plan } = await view(mediator, standing.id);
      expect(plan.map((row) => [row.state, ...row.marks.map((m) => m.method)])).toEqual([
        ['signed', 'tablet'],
        ['signed', 'link'],
        ['signed', 'ink'],
        ['signed', 'tablet'],
        ['signed', 'tablet'],
        ['signed'],
      ]);
      expect(new Set(plan.flatMap((row) => row.marks.map((m) => m.chainHash))).size).toBe(5);
    });

    it('refuses a reader without witness, an unread text, a party under an account, a slot twice', async () => {
      const standing = await frozen(await aMatter(t).agreed());
      for (const [changes, status, code] of [
        [{ isReadAloud: true }, 422, 'agreements.witness-missing'],
        [{ scrolledToEnd: false }, 422, 'agreements.not-read'],
        [{ identityCheck: 'own-account' }, 422, 'agreements.identity-check'],
        [{ contentHash: 'b'.repeat(64) }, 409, 'agreements.content-changed'],
        [{ slot: 'party-9' }, 422, 'agreements.unknown-slot'],
      ] as const) {
        expect(codeOf(await tablet(mediator, standing, 'party-1', changes))).toEqual([status, code]);
      }
      must(await tablet(mediator, standing, 'party-1'), 200);
      expect(codeOf(await tablet(mediator, standing, 'party-1'))).toEqual([409, 'agreements.slot-signed']);
    });

    it('keeps the order on which the parties agreed, in every way of signing', async () => {
      const matter = await aMatter(t).agreed();
      const { id } = await drafted(matter);
      const [first, second] = matter.partyIds;
      const freeze = async (order: readonly (string | undefined)[]) =>
        mediator.post(`/agreements/${id}/freezing`, { order }, { ifMatch: (await view(mediator, id)).version });
      expect(codeOf(await freeze([second, second]))).toEqual([422, 'agreements.order-incomplete']);
      const standing = must<Standing>(await freeze([second, first]), 200);
      must(
        await mediator.post(`/agreements/${id}/electronic-consents`, {
          partyIds: matter.partyIds,
          agreedOn: t.clock.at().toISOString().slice(0, 10),
        }),
        200,
      );
      expect(codeOf(await tablet(mediator, standing, 'party-1'))).toEqual([409, 'agreements.not-your-turn']);
      const { token } = must<{ token: string }>(await aLink(standing, 'party-1'), 201);
      const byLink = () => t.link(token).post('/signing/signature', onScreen(t, standing.contentHash));
      expect(codeOf(await byLink())).toEqual([409, 'agreements.not-your-turn']);
      must(await tablet(mediator, standing, 'mediator-1'), 200);
      must(await tablet(mediator, standing, 'party-2'), 200);
      must(await byLink(), 200);
    });

    it('a change of the text voids every mark, keeps the rows, kills the links and tells who had signed', async () => {
      const matter = await aMatter(t).agreed();
      const first = await frozen(matter);
      must(await tablet(mediator, first, 'party-1'), 200);
      const { token } = must<{ token: string }>(await aLink(first, 'party-2'), 201);
      const { version } = await view(mediator, first.id);
      const back = must<Standing>(
        await mediator.post(`/agreements/${first.id}/unfreezing`, { reason: '付款日写错。' }, { ifMatch: version }),
        200,
      );
      expect(back).toMatchObject({ state: 'drafting', mediationState: 'drafting', contentHash: null });
      expect(await t.sql('select void_reason from signature_mark where agreement_id = $1', [first.id])).toEqual([
        { void_reason: '付款日写错。' },
      ]);
      expect(
        await t.sql(
          "select payload -> 'partyIds' as told from outbox_message where topic = 'agreements.marks-voided' and payload ->> 'agreementId' = $1",
          [first.id],
        ),
      ).toEqual([{ told: [matter.partyIds[0]] }]);
      expect((await t.link(token).get('/signing/agreement')).status).toBe(401);
      const revised = must<Standing>(
        await mediator.put(
          `/agreements/${first.id}/content`,
          content(matter.partyIds, { clauses: ['一方向另一方于三月返还借款。'] }),
          back.version,
        ),
        200,
      );
      const second = must<Standing>(
        await mediator.post(`/agreements/${first.id}/freezing`, {}, { ifMatch: revised.version }),
        200,
      );
      expect(second.round).toBe(2);
      expect(second.contentHash).not.toBe(first.contentHash);
      expect(codeOf(await tablet(mediator, { ...second, contentHash: first.contentHash }, 'party-1'))).toEqual([
        409,
        'agreements.content-changed',
      ]);
      must(await tablet(mediator, second, 'party-1'), 200);
      expect(
        await t.sql(
          'select round, sequence, voided_at is null as holds from signature_mark where agreement_id = $1 order by sequence',
          [first.id],
        ),
      ).toEqual([
        { round: 1, sequence: 1, holds: false },
        { round: 2, sequence: 2, holds: true },
      ]);
    });

    it('a refusal by link is a state with its reason; an expired link opens nothing', async () => {
      const standing = await frozen(await aMatter(t).agreed());
      const { token } = must<{ token: string }>(await aLink(standing, 'party-2'), 201);
      const refused = await t
        .link(token)
        .post('/signing/refusal', { contentHash: standing.contentHash, reason: '与商量的不一样。' });
      expect(refused.body).toMatchObject({ state: 'refused' });
      expect((await view(mediator, standing.id)).plan[1]).toMatchObject({
        state: 'refused',
        refusalReason: '与商量的不一样。',
      });
      expect(codeOf(await tablet(mediator, standing, 'party-1'))).toEqual([409, 'agreements.wrong-state']);
      must(await mediator.post(`/agreements/${standing.id}/signing-resumption`, { reason: '已说明。' }), 200);
      const again = must<{ token: string }>(await aLink(standing, 'party-2', 1), 201).token;
      t.clock.advance(61 * 60_000);
      expect(codeOf(await t.link(again).get('/signing/agreement'))).toEqual([401, 'signing.link-invalid']);
    });

    it('lets the guardian sign for a minor, and no longer once that power has ended', async () => {
      const matter = await aMatter(t)
        .between(
          { kind: 'person', name: '周小宝', residentId: residentIdOf('20160601', 31) },
          { kind: 'person', name: '吴四' },
        )
        .representing(0, {
          kind: 'statutory',
          name: '周大山',
          relation: '父亲',
          scope: ['attend', 'sign', 'waive'],
          validFrom: '2026-01-01',
          authorityNote: '户口簿已核对',
          wardView: '本人愿意由父亲代理。',
        })
        .agreed();
      const standing = await frozen(matter);
      expect((await view(mediator, standing.id)).plan[0]).toMatchObject({
        capacity: 'representative',
        signsFor: '周小宝',
        signerName: '周大山',
      });
      const parties = await partiesOf(mediator, matter.id);
      const guardian = parties[0]?.representatives[0]?.id ?? '';
      must(await (await t.as('intake')).post(`/representatives/${guardian}/ending`, { reason: '监护关系变更。' }), 200);
      expect(codeOf(await tablet(mediator, standing, 'party-1'))).toEqual([409, 'agreements.signatory-changed']);
    });
  });

  describe('races: one wins', () => {
    it('two marks on one place', async () => {
      const standing = await frozen(await aMatter(t).agreed());
      const replies = await Promise.all([
        tablet(mediator, standing, 'party-1', { strokes: handwriting(2) }),
        tablet(recorder, standing, 'party-1', { strokes: handwriting(4) }),
      ]);
      expect(replies.map((r) => r.status).sort()).toEqual([200, 409]);
      expect(await t.sql('select 1 from signature_mark where agreement_id = $1', [standing.id])).toHaveLength(1);
    });

    it('marks on different places chain one after the other', async () => {
      const standing = await frozen(await aMatter(t).agreed());
      const replies = await Promise.all([
        tablet(mediator, standing, 'party-1'),
        tablet(recorder, standing, 'party-2'),
        tablet(mediator, standing, 'mediator-1'),
        tablet(recorder, standing, 'recorder'),
      ]);
      expect(replies.map((r) => r.status)).toEqual([200, 200, 200, 200]);
      const rows = await t.sql<{ sequence: number; previous_hash: string; chain_hash: string }>(
        'select sequence, previous_hash, chain_hash from signature_mark where agreement_id = $1 order by sequence',
        [standing.id],
      );
      expect(rows.map((r) => r.sequence)).toEqual([1, 2, 3, 4]);
      rows.slice(1).forEach((row, i) => {
        expect(row.previous_hash).toBe(rows[i]?.chain_hash);
      });
    });

    it('a freeze and a revision of the same version', async () => {
      const matter = await aMatter(t).agreed();
      const { id, version } = await drafted(matter);
      const [freeze, revise] = await Promise.all([
        mediator.post(`/agreements/${id}/freezing`, {}, { ifMatch: version }),
        mediator.put(`/agreements/${id}/content`, content(matter.partyIds, { clauses: ['改后的条款。'] }), version),
      ]);
      const won = [freeze, revise].filter((r) => r.status === 200);
      expect(won).toHaveLength(1);
      expect([409, 412]).toContain([freeze, revise].find((r) => r.status !== 200)?.status);
      const shown = await view(mediator, id);
      expect(shown.state).toBe(won[0] === freeze ? 'signing' : 'drafting');
      expect(shown.content.clauses).toEqual([won[0] === freeze ? '一方向另一方返还借款。' : '改后的条款。']);
    });

    it('two seals, and a seal against a change of the text', async () => {
      const one = await signed(await aMatter(t).agreed());
      const seal = ({ id, version }: Standing): Promise<Reply> =>
        director.post(`/agreements/${id}/sealing`, {}, { ifMatch: version });
      const two = await Promise.all([seal(one), seal(one)]);
      expect(two.filter((r) => r.status === 200)).toHaveLength(1);
      expect(await t.sql('select 1 from paper where subject_id = $1', [one.id])).toHaveLength(1);
      expect(await t.sql('select 1 from performance_item where agreement_id = $1', [one.id])).toHaveLength(1);
      const other = await signed(await aMatter(t).agreed());
      const [sealing, unfreezing] = await Promise.all([
        seal(other),
        mediator.post(`/agreements/${other.id}/unfreezing`, { reason: '有误。' }, { ifMatch: other.version }),
      ]);
      expect([sealing, unfreezing].filter((r) => r.status === 200)).toHaveLength(1);
      const { state, paper } = await view(mediator, other.id);
      expect([state, paper === null]).toEqual(sealing.status === 200 ? ['effective', false] : ['drafting', true]);
    });
  });

  describe('what fails leaves nothing', () => {
    it('a seal whose last statement fails: no paper, no effect, no line, no entry, no message', async () => {
      const matter = await aMatter(t).agreed();
      const { id, version } = await signed(matter);
      await t.sql(
        `create function pg_temp_fail() returns trigger language plpgsql as $$ begin raise exception 'planted'; end $$`,
      );
      await t.sql(
        'create trigger planted before insert on performance_item for each row execute function pg_temp_fail()',
      );
      const before = await t.sql('select count(*)::int as n from dispute_event where dispute_id = $1', [matter.id]);
      const reply = await director.post(`/agreements/${id}/sealing`, {}, { ifMatch: version });
      await t.sql('drop trigger planted on performance_item');
      await t.sql('drop function pg_temp_fail()');
      expect(reply.status).toBe(500);
      expect(await t.sql('select state, paper_id, effective_at from agreement where id = $1', [id])).toEqual([
        { state: 'signing', paper_id: null, effective_at: null },
      ]);
      expect(await t.sql('select 1 from paper where dispute_id = $1', [matter.id])).toEqual([]);
      expect(await t.sql("select 1 from audit_entry where act = 'agreements.seal' and object_id = $1", [id])).toEqual(
        [],
      );
      expect(
        await t.sql(
          "select 1 from outbox_message where topic = 'agreements.effective' and payload ->> 'agreementId' = $1",
          [id],
        ),
      ).toEqual([]);
      expect(await t.sql('select count(*)::int as n from dispute_event where dispute_id = $1', [matter.id])).toEqual(
        before,
      );
      must(await director.post(`/agreements/${id}/sealing`, {}, { ifMatch: version }), 200);
    });

    it('a character that no font has stops the freeze with its place', async () => {
      const matter = await aMatter(t).agreed();
      const { id, version } = await drafted(matter, { clauses: ['归还\u{F0000}一件。'] });
      const reply = await mediator.post(`/agreements/${id}/freezing`, {}, { ifMatch: version });
      expect(reply.status).toBe(422);
      expect(reply.text).toContain('U+F0000');
      expect((await view(mediator, id)).state).toBe('drafting');
      expect(await t.sql('select 1 from signature_slot where agreement_id = $1', [id])).toEqual([]);
    });

    it('evidence that was touched behind the program’s back stops the seal', async () => {
      const { id, version } = await signed(await aMatter(t).agreed());
      await expect(
        t.sql("update signature_mark set witness_name = '某人' where agreement_id = $1", [id]),
      ).rejects.toThrow('never changed');
      await t.sql('alter table signature_mark disable trigger signature_mark_frozen');
      await t.sql("update signature_mark set witness_name = '某人' where agreement_id = $1 and sequence = 2", [id]);
      await t.sql('alter table signature_mark enable trigger signature_mark_frozen');
      const reply = await director.post(`/agreements/${id}/sealing`, {}, { ifMatch: version });
      expect(codeOf(reply)).toEqual([409, 'agreements.evidence-damaged']);
    });

    it('rows refuse what the rules refuse, whoever writes', async () => {
      const { id } = await effective(await aMatter(t).agreed());
      for (const [statement, refusal] of [
        ["update agreement set clauses = '{改}' where id = $1", 'frozen agreement'],
        ["update agreement set effective_at = effective_at + interval '1 day' where id = $1", 'in effect'],
        ["update agreement set state = 'drafting' where id = $1", 'agreement_effective_whole'],
        ["update agreement set state = 'voided' where id = $1", 'agreement_ended_whole'],
        ['delete from agreement_obligation where agreement_id = $1', 'never changed'],
        [
          'update performance_item set performed_fen = amount_fen + 1 where agreement_id = $1',
          'performance_item_paid_within',
        ],
        ["update performance_item set state = 'performed' where agreement_id = $1", 'performance_item_performed_whole'],
        ['delete from signature_mark where agreement_id = $1', 'never changed'],
        ["update signature_slot set state = 'refused' where agreement_id = $1", 'signature_slot_refused_has_reason'],
      ] as const) {
        await expect(t.sql(statement, [id])).rejects.toThrow(refusal);
      }
    });
  });

  describe('after taking effect', () => {
    it('an oral agreement takes effect when it was reached, and is never signed', async () => {
      const matter = await aMatter(t).agreed();
      const oral = await drafted(matter, { kind: 'oral' });
      expect(codeOf(await mediator.post(`/agreements/${oral.id}/freezing`, {}, { ifMatch: oral.version }))).toEqual([
        409,
        'agreements.oral-is-not-signed',
      ]);
      const conclude = (reachedAt: Date) =>
        mediator.post(
          `/agreements/${oral.id}/oral-conclusion`,
          { reachedAt: reachedAt.toISOString(), place: '光明社区' },
          { ifMatch: oral.version },
        );
      expect(codeOf(await conclude(new Date(t.clock.at().getTime() + 60_000)))).toEqual([422, 'agreements.reached-at']);
      const reachedAt = new Date(t.clock.at().getTime() - 3_600_000);
      expect(must<Standing>(await conclude(reachedAt), 200)).toMatchObject({
        state: 'effective',
        mediationState: 'oral-agreed',
      });
      expect(await view(mediator, oral.id)).toMatchObject({
        effectiveAt: reachedAt.toISOString(),
        paper: null,
        plan: [],
      });
      expect(codeOf(await mediator.get(`/agreements/${oral.id}/preview`))).toEqual([
        409,
        'agreements.oral-is-not-signed',
      ]);
      const [item] = await ledger(mediator, matter.id);
      const paid = await mediator.post(`/performance-items/${item?.id ?? ''}/records`, {
        amountFen: 100_000,
        performedOn: t.clock.at().toISOString().slice(0, 10),
        manner: 'cash',
        isConfirmedByObligee: true,
      });
      expect(paid.body).toMatchObject({ state: 'performed', mediationState: 'performed' });
    });

    it('is never edited: a supplement is signed by all and stands beside it', async () => {
      const matter = await aMatter(t).agreed();
      const base = await effective(matter);
      expect(
        (await mediator.put(`/agreements/${base.id}/content`, content(matter.partyIds), base.version)).status,
      ).toBe(409);
      const another = await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'written',
        ...content(matter.partyIds),
      });
      expect(codeOf(another)).toEqual([422, 'agreements.base-missing']);
      const later = await effective(matter, { relation: 'supplement', baseId: base.id });
      expect(later).toMatchObject({ state: 'effective', mediationState: 'effective' });
      const shown = await view(mediator, later.id);
      expect(shown.number).toMatch(/号之二$/);
      expect((await view(mediator, base.id)).state).toBe('effective');
      expect((await ledger(mediator, matter.id)).map((i) => i.state)).toEqual(['open', 'open']);
      const papers = await t.sql("select state from paper where subject_type = 'agreement' and dispute_id = $1", [
        matter.id,
      ]);
      expect(papers).toEqual([{ state: 'sealed' }, { state: 'sealed' }]);
    });

    it('a replacement supersedes it, its paper and what was still open', async () => {
      const matter = await aMatter(t).agreed();
      const base = await effective(matter);
      const later = await effective(matter, { relation: 'replacement', baseId: base.id });
      expect(await view(mediator, base.id)).toMatchObject({ state: 'superseded', paper: { state: 'superseded' } });
      expect((await ledger(mediator, matter.id)).map((i) => i.state)).toEqual(['cancelled', 'open']);
      expect((await view(mediator, later.id)).state).toBe('effective');
      const [old] = await ledger(mediator, matter.id);
      expect(codeOf(await mediator.post(`/performance-items/${old?.id ?? ''}/urgings`, { note: '催。' }))).toEqual([
        409,
        'performance.wrong-state',
      ]);
    });

    it('a later draft that is given up leaves the earlier agreement where it was', async () => {
      const matter = await aMatter(t).agreed();
      const base = await effective(matter);
      const later = await frozen(matter, { relation: 'correction', baseId: base.id });
      must(await tablet(mediator, later, 'party-1'), 200);
      const { version } = await view(mediator, later.id);
      const gone = must<Standing>(
        await mediator.post(`/agreements/${later.id}/discarding`, { reason: '不再需要。' }, { ifMatch: version }),
        200,
      );
      expect(gone).toMatchObject({ state: 'voided', mediationState: 'effective' });
      expect(await t.sql('select void_reason from signature_mark where agreement_id = $1', [later.id])).toEqual([
        { void_reason: '不再需要。' },
      ]);
    });

    it('a first draft that is given up leaves the mediation drafting', async () => {
      const standing = await frozen(await aMatter(t).agreed());
      const { version } = await view(mediator, standing.id);
      const gone = await mediator.post(
        `/agreements/${standing.id}/discarding`,
        { reason: '另拟。' },
        { ifMatch: version },
      );
      expect(gone.body).toMatchObject({ state: 'voided', mediationState: 'drafting', allowedActs: [] });
    });

    it('voiding says why; the file stays, verification knows, nothing more is owed, the parties may agree anew', async () => {
      const matter = await aMatter(t).agreed();
      const { id, version } = await effective(matter);
      const { paper } = await view(mediator, id);
      const voided = must<Standing>(
        await director.post(
          `/agreements/${id}/voiding`,
          { ground: 'court-invalid', reason: '人民法院裁定驳回确认申请。' },
          { ifMatch: version },
        ),
        200,
      );
      expect(voided).toMatchObject({ state: 'voided', mediationState: 'drafting' });
      expect((await t.anonymous.get(`/verification/${paper?.verificationCode ?? ''}`)).body).toMatchObject({
        state: 'voided',
        isEffective: false,
      });
      expect((await ledger(mediator, matter.id)).map((i) => i.state)).toEqual(['cancelled']);
      expect((await drafted(matter)).state).toBe('drafting');
    });

    it('binds only those who take part in a partial agreement, and names those left out', async () => {
      const matter = await aMatter(t)
        .between({ kind: 'person', name: '郑五' }, { kind: 'person', name: '王六' }, { kind: 'person', name: '冯七' })
        .agreed();
      const out = matter.partyIds[2] ?? '';
      const version = (await partiesOf(mediator, matter.id))[2]?.version ?? 0;
      const reason = '不愿就份额表态，其余人先达成。';
      must(await mediator.post(`/parties/${out}/exclusion`, { reason }, { ifMatch: version }), 200);
      const two = { ...matter, partyIds: matter.partyIds.slice(0, 2) };
      const wrong = await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'written',
        ...content([matter.partyIds[0] ?? '', out]),
      });
      expect(codeOf(wrong)).toEqual([422, 'agreements.not-a-party']);
      const standing = await frozen(two, { clauses: ['两人各得一份，冯七的份额另行处理。'] });
      const shown = await view(mediator, standing.id);
      expect(shown).toMatchObject({ isPartial: true, copies: 3, excludedPartyIds: [out] });
      expect(shown.plan.filter((r) => r.capacity === 'party').map((r) => r.signsFor)).toEqual(['郑五', '王六']);
    });
  });
});
