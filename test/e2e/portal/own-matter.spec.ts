import { spawnSync } from 'node:child_process';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { TWO_PARTIES, partiesOf, residentIdOf } from '../../support/parties';
import { aSlip, atPortal } from '../../support/slips';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aSeal, fileOf, onScreen, view } from '../agreements/stage';

interface OwnMatter {
  readonly steps: readonly { readonly title: string; readonly state: string; readonly note: string | null }[];
  readonly nextStep: string;
  readonly mediatorNames: readonly string[];
  readonly firstResponderName: string;
  readonly sessions: readonly { readonly place: string; readonly bring: readonly string[] }[];
  readonly materials: readonly { readonly name: string }[];
  readonly waiting: readonly { readonly kind: string; readonly id: string | null; readonly act: string | null }[];
  readonly refusalRoutes: readonly string[];
  readonly rightsNotice: readonly string[];
  readonly obligations: readonly { readonly isOwn: boolean; readonly amountFen: number }[];
  readonly papers: readonly { readonly id: string; readonly title: string }[];
  readonly hasRated: boolean;
  readonly allowedActs: readonly string[];
}

const codeOf = (reply: Reply): [number, string] => [reply.status, (reply.body as { code: string }).code];
const waits = (m: OwnMatter): string[] => m.waiting.map((w) => w.kind);
const read = async (by: Caller): Promise<OwnMatter> => must<OwnMatter>(await by.get('/portal/matter'), 200);

/** What belongs to one side alone: no answer to the other may hold any of it. */
const OF = {
  applicant: [residentIdOf('19800101', 11), '13904710001', '海东路甲11号', '慢性病'],
  respondent: [
    residentIdOf('19850505', 22),
    '13904710002',
    '呼伦路乙22号',
    '底价两万',
    '愿意再让五千',
    '对方不知道的笔记',
  ],
} as const;

const PARTIES = [
  { ...TWO_PARTIES[0], address: '新城区海东路甲11号' },
  { ...TWO_PARTIES[1], address: '新城区呼伦路乙22号' },
];

const textOf = (pdf: Buffer): string =>
  spawnSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' }).stdout.replace(/\s/g, '');

describe('what a party sees and does at its own matter (real PostgreSQL, HTTP and PDF; fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let mediator: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    intake = await t.as('intake');
    mediator = await t.as('mediator');
  });
  afterAll(() => t.close());

  const bothAt = async ({ id, partyIds }: BuiltMatter): Promise<[Caller, Caller]> => [
    await atPortal(t, await aSlip(t, intake, id, partyIds[0])),
    await atPortal(t, await aSlip(t, intake, id, partyIds[1])),
  ];

  it('asks each party for itself; the last answer accepts the mediation, and the timeline says who it was', async () => {
    const matter = await aMatter(t)
      .between(...PARTIES)
      .accepted();
    const [one, other] = await bothAt(matter);
    const before = await read(one);
    expect(waits(before)).toEqual(['consent', 'rights-notice']);
    expect(before.rightsNotice.length).toBeGreaterThan(5);
    expect(before.refusalRoutes).toContain('诉讼');
    expect(before.firstResponderName).toBe('王敏');
    expect(before.steps.map((s) => s.state)).toEqual(['done', 'done', 'now', 'next', 'next', 'next', 'next', 'next']);
    expect((await one.post('/portal/consent', { answer: 'applied' })).status).toBe(400);
    const agreed = must<OwnMatter>(await one.post('/portal/consent', { answer: 'agreed' }), 200);
    expect(waits(agreed)).toEqual(['rights-notice']);
    expect(codeOf(await one.post('/portal/consent', { answer: 'refused' }))).toEqual([409, 'parties.consent-given']);
    must(await one.post('/portal/rights-notice-receipt'), 200);
    expect(codeOf(await one.post('/portal/rights-notice-receipt'))).toEqual([409, 'parties.notice-signed']);
    must(await other.post('/portal/rights-notice-receipt'), 200);
    const accepted = must<OwnMatter>(await other.post('/portal/consent', { answer: 'agreed' }), 200);
    expect(accepted.steps.find((s) => s.state === 'now')?.title).toBe('确定调解员');
    expect(await t.sql('select mediation_state from dispute where id = $1', [matter.id])).toEqual([
      { mediation_state: 'accepted' },
    ]);
    const answers = await t.sql(
      `select c.answer, c.channel, c.asked_by, c.asked_by_name from party_consent c where c.dispute_id = $1 and c.party_id = $2`,
      [matter.id, matter.partyIds[0]],
    );
    expect(answers).toEqual([{ answer: 'agreed', channel: 'other', asked_by: null, asked_by_name: '本人在线' }]);
    const events = await t.sql(
      "select act, actor_name from dispute_event where dispute_id = $1 and act in ('portal.answer-consent', 'portal.sign-rights-notice')",
      [matter.id],
    );
    expect(events).toHaveLength(4);
    expect(events[0]).toMatchObject({ actor_name: '当事人' });
    const entries = await t.sql<{ act: string; n: number }>(
      `select act, count(*)::int as n from audit_entry where dispute_id = $1 and actor_kind = 'link' and act like 'portal%'
        group by act order by act`,
      [matter.id],
    );
    expect(entries).toEqual([
      { act: 'portal.answer-consent', n: 2 },
      { act: 'portal.read', n: 1 },
      { act: 'portal.sign-rights-notice', n: 2 },
    ]);
    expect(codeOf(await one.post('/portal/consent', { answer: 'refused' }))).toEqual([409, 'portal.not-asked']);
    const staff = must<{ items: { rightsNotice?: unknown }[] }>(
      await intake.get(`/disputes/${matter.id}/parties`),
      200,
    );
    expect(staff.items).toHaveLength(2);
  });

  it('ends the mediation by a refusal, with the open ways told; the other side is not told who said no', async () => {
    const matter = await aMatter(t)
      .between(...PARTIES)
      .accepted();
    const [one, other] = await bothAt(matter);
    must(await other.post('/portal/consent', { answer: 'refused' }), 200);
    const rows = await t.sql<{ code: string; told: string[] }>(
      'select code, routes_told as told from mediation_ending where dispute_id = $1',
      [matter.id],
    );
    expect(rows).toEqual([{ code: 'refused', told: expect.arrayContaining(['litigation']) as string[] }]);
    const shown = await one.get('/portal/matter');
    expect(JSON.stringify(shown.body)).not.toMatch(/钱二妹|对方拒绝|第2位/);
    expect((shown.body as OwnMatter).nextStep).toContain('调解没有进行');
  });

  it('repeats an act under its key with one effect', async () => {
    const matter = await aMatter(t)
      .between(...PARTIES)
      .accepted();
    const [one] = await bothAt(matter);
    const key = 'consent-key-1';
    const replies = await Promise.all(
      [1, 2, 3].map(() => one.post('/portal/consent', { answer: 'agreed' }, { idempotencyKey: key })),
    );
    expect(replies.map((r) => r.status)).toEqual([200, 200, 200]);
    expect(replies[2]?.body).toEqual(replies[0]?.body);
    expect(await t.sql('select 1 from party_consent where dispute_id = $1', [matter.id])).toHaveLength(1);
  });

  it('lets the guardian answer for a child, and nobody where there is none', async () => {
    const child = { kind: 'person', side: 'applicant', name: '赵小宝', residentId: residentIdOf('20160301', 17) };
    const matter = await aMatter(t)
      .between(child, PARTIES[1] ?? {})
      .accepted();
    const [kid] = await bothAt(matter);
    expect((await read(kid)).waiting.map((w) => w.act)).toEqual([null, null]);
    expect(codeOf(await kid.post('/portal/consent', { answer: 'agreed' }))).toEqual([
      422,
      'parties.ward-cannot-answer',
    ]);
    must(
      await intake.post(`/parties/${matter.partyIds[0] ?? ''}/representatives`, {
        kind: 'statutory',
        name: '赵妈妈',
        relation: '母亲',
        scope: ['attend', 'receive', 'sign', 'waive'],
        validFrom: '2026-01-01',
        authorityNote: '户口簿复印件存卷',
        wardView: '本人愿意由母亲代为处理。',
      }),
      201,
    );
    must(await kid.post('/portal/consent', { answer: 'agreed' }), 200);
    const [row] = await t.sql<{ by: string | null }>(
      'select answered_by_representative_id as by from party_consent where dispute_id = $1',
      [matter.id],
    );
    expect(row?.by).not.toBeNull();
  });

  it('shows the applicant, and nobody else, the one-time notice: signed for once, with the papers to bring', async () => {
    const matter = await aMatter(t)
      .between(...PARTIES)
      .accepted();
    const [one, other] = await bothAt(matter);
    must(
      await intake.post(`/disputes/${matter.id}/one-time-notices`, {
        items: [{ name: '亲属关系证明', note: '原件' }],
        form: 'paper',
        dueOn: '2026-12-01',
      }),
      201,
    );
    const mine = await read(one);
    expect(mine.materials).toEqual([{ name: '亲属关系证明', note: '原件' }]);
    expect(waits(mine)).toEqual(['consent', 'rights-notice', 'one-time-notice', 'materials']);
    const noticeId = mine.waiting.find((w) => w.kind === 'one-time-notice')?.id ?? '';
    const theirs = await read(other);
    expect([theirs.materials, waits(theirs)]).toEqual([[], ['consent', 'rights-notice']]);
    expect((await other.post(`/portal/one-time-notices/${noticeId}/receipt`)).status).toBe(404);
    const foreign = await aMatter(t)
      .between(...PARTIES)
      .accepted();
    const [stranger] = await bothAt(foreign);
    expect((await stranger.post(`/portal/one-time-notices/${noticeId}/receipt`)).status).toBe(404);
    expect(waits(must<OwnMatter>(await one.post(`/portal/one-time-notices/${noticeId}/receipt`), 200))).not.toContain(
      'one-time-notice',
    );
    expect(codeOf(await one.post(`/portal/one-time-notices/${noticeId}/receipt`))).toEqual([
      409,
      'disputes.notice-signed',
    ]);
    expect(await t.sql('select signer_name from one_time_notice where id = $1', [noticeId])).toEqual([
      { signer_name: '赵一鸣' },
    ]);
  });

  it('shows a session only to whoever is invited to it', async () => {
    const matter = await aMatter(t)
      .between(...PARTIES)
      .assigned();
    const [one, other] = await bothAt(matter);
    const startsAt = new Date(t.clock.at().getTime() + 2 * 86_400_000);
    must(
      await mediator.post(`/disputes/${matter.id}/sessions`, {
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString(),
        mode: 'separate',
        place: '第三调解室单独谈',
        partyIds: [matter.partyIds[1]],
      }),
      201,
    );
    const theirs = await read(other);
    expect(theirs.sessions.map((s) => s.place)).toEqual(['第三调解室单独谈']);
    expect(theirs.sessions[0]?.bring).toContain('本人身份证');
    expect(theirs.mediatorNames).toEqual(['刘调解']);
    expect(theirs.nextStep).toContain('按时到场');
    const mine = await one.get('/portal/matter');
    expect(JSON.stringify(mine.body)).not.toContain('第三调解室');
    expect((mine.body as OwnMatter).nextStep).not.toContain('按时到场');
  });

  describe('from the first talk to the sealed agreement', () => {
    let matter: BuiltMatter;
    let agreementId: string;
    let one: Caller;
    let other: Caller;

    beforeAll(async () => {
      matter = await aMatter(t)
        .with({ title: '手机租赁合同纠纷', narrative: '租金一直没有付，本人有慢性病，急需用钱。' })
        .ofType('contract.lease')
        .between(...PARTIES)
        .inSession();
      const [session] = await t.sql<{ id: string }>('select id from mediation_session where dispute_id = $1', [
        matter.id,
      ]);
      const id = session?.id ?? '';
      must(
        await mediator.post(`/sessions/${id}/entries`, {
          entries: [
            { ring: 'parties', kind: 'statement', speaker: '各方', text: '愿意解决。' },
            { ring: 'mediator', kind: 'statement', speaker: '钱二妹', text: '底价两万。' },
          ],
        }),
        201,
      );
      must(await mediator.post(`/sessions/${id}/concessions`, { madeBy: '钱二妹', text: '愿意再让五千。' }), 201);
      must(await mediator.post(`/disputes/${matter.id}/notes`, { ring: 'mediator', text: '对方不知道的笔记。' }), 201);
      t.clock.advance(7_200_000);
      must(await mediator.post(`/sessions/${id}/end`, {}), 200);
      must(await mediator.post(`/sessions/${id}/result`, { result: 'agreed' }), 200);
      const [obligeeId, obligorId] = matter.partyIds;
      const drafted = must<Standing>(
        await mediator.post(`/disputes/${matter.id}/agreements`, {
          kind: 'written',
          facts: '双方签订手机租赁合同，承租人欠付租金。',
          responsibilities: '承租人确认欠付租金属实。',
          clauses: ['承租人支付剩余租金。'],
          obligations: [
            {
              kind: 'payment',
              obligorId,
              obligeeId,
              content: '支付剩余租金',
              amountFen: 180_000,
              dueOn: '2026-12-20',
              manner: '银行转账',
              place: '新城区',
            },
          ],
        }),
        201,
      );
      agreementId = drafted.id;
      for (const templateId of ['registration-receipt', 'one-time-notice']) {
        const parameters =
          templateId === 'registration-receipt'
            ? { applicants: '赵一鸣', respondents: '钱二妹', nextStep: '等候通知。' }
            : {
                applicant: '赵一鸣',
                kind: 'supplement',
                materials: [{ name: '租赁合同', form: '原件' }],
                office: '一楼窗口',
              };
        must(await intake.post(`/disputes/${matter.id}/papers`, { templateId, parameters }), 201);
      }
      [one, other] = await bothAt(matter);
    });

    it('tells whose signature is wanted, and hands out no agreement before it is in effect', async () => {
      must(
        await mediator.post(`/agreements/${agreementId}/electronic-consents`, {
          partyIds: matter.partyIds,
          agreedOn: t.clock.at().toISOString().slice(0, 10),
        }),
        200,
      );
      const { version } = await view(mediator, agreementId);
      must(await mediator.post(`/agreements/${agreementId}/freezing`, {}, { ifMatch: version }), 200);
      expect(waits(await read(one))).toEqual(['signature']);
      expect((await read(one)).papers.map((p) => p.title)).toEqual(['登记回执', '一次性告知单']);
      expect((await read(other)).papers).toEqual([]);
      const { contentHash } = await view(mediator, agreementId);
      for (const slot of ['party-1', 'party-2']) {
        const { token } = must<{ token: string }>(
          await mediator.post(`/agreements/${agreementId}/signing-links`, {
            slot,
            expiresAt: new Date(t.clock.at().getTime() + 86_400_000).toISOString(),
            identityCheck: 'phone-confirmed',
          }),
          201,
        );
        must(await t.link(token).post('/signing/signature', onScreen(t, contentHash)), 200);
      }
      expect(waits(await read(one))).toEqual([]);
      for (const [key, slot] of [
        ['mediator', 'mediator-1'],
        ['recorder', 'recorder'],
      ] as const)
        must(
          await (
            await t.as(key)
          ).post(`/agreements/${agreementId}/tablet-signatures`, {
            ...onScreen(t, contentHash),
            slot,
            identityCheck: 'own-account',
          }),
          200,
        );
      must(
        await (
          await t.as('committee-director')
        ).post(`/agreements/${agreementId}/sealing`, {}, { ifMatch: (await view(mediator, agreementId)).version }),
        200,
      );
    });

    it('gives each party the same original, and the papers of the counter only to whoever asked for them', async () => {
      const original = await fileOf(mediator, `/papers/${(await view(mediator, agreementId)).paper?.id ?? ''}/file`);
      const ids: string[][] = [];
      for (const caller of [one, other]) {
        const { papers } = await read(caller);
        ids.push(papers.map((p) => p.id));
        const agreement = papers.find((p) => p.title.includes('协议'));
        expect((await fileOf(caller, `/portal/papers/${agreement?.id ?? ''}/file`)).equals(original)).toBe(true);
      }
      expect(ids.map((l) => l.length)).toEqual([3, 1]);
      for (const id of ids[0]?.slice(0, 2) ?? [])
        expect((await other.get(`/portal/papers/${id}/file`)).status).toBe(404);
      const elsewhere = await aMatter(t)
        .between(...PARTIES)
        .accepted();
      const [stranger] = await bothAt(elsewhere);
      for (const id of ids[0] ?? []) expect((await stranger.get(`/portal/papers/${id}/file`)).status).toBe(404);
      expect((await one.get('/portal/papers/no-id/file')).status).toBe(400);
      const entries = await t.sql<{ n: number }>(
        "select count(*)::int as n from audit_entry where act = 'portal.download-copy' and dispute_id = $1",
        [matter.id],
      );
      expect(entries[0]?.n).toBe(2);
    });

    it('answers neither side anything of the other: no number, no address, no ring', async () => {
      for (const [caller, foreign] of [
        [one, OF.respondent],
        [other, OF.applicant],
      ] as const) {
        const { papers } = await read(caller);
        const matterAnswer = await caller.get('/portal/matter');
        const texts = [matterAnswer.text, JSON.stringify(matterAnswer.headers)];
        for (const { id, title } of papers) {
          // The agreement names all its parties with number and address by law; everything else is searched.
          if (title.includes('协议')) continue;
          texts.push(textOf(await fileOf(caller, `/portal/papers/${id}/file`)));
        }
        for (const path of ['/portal/consent', '/portal/rights-notice-receipt', '/portal/rating'])
          texts.push((await caller.post(path, {})).text);
        for (const word of foreign) expect([word, texts.filter((text) => text.includes(word))]).toEqual([word, []]);
        expect(texts[0]).not.toContain(matter.partyIds[0] ?? '-');
        expect(texts[0]).not.toContain(matter.partyIds[1] ?? '-');
      }
      // The words are there to be found: the desk meets them.
      const desk = JSON.stringify((await mediator.get(`/disputes/${matter.id}`)).body);
      expect(desk).toContain('慢性病');
    });

    it('shows each what is owed, and whose turn it is', async () => {
      expect((await read(one)).obligations.map((o) => [o.isOwn, o.amountFen])).toEqual([[false, 180_000]]);
      expect((await read(other)).obligations.map((o) => [o.isOwn, o.amountFen])).toEqual([[true, 180_000]]);
      expect((await read(one)).steps.find((s) => s.state === 'now')?.title).toBe('履行协议');
    });

    it('takes one rating each; those who were rated see none, the others see scores without names or times', async () => {
      const path = `/disputes/${matter.id}/ratings`;
      for (const score of [0, 6, 4.5, '5']) expect((await one.post('/portal/rating', { score })).status).toBe(400);
      expect(must<OwnMatter>(await one.post('/portal/rating', { score: 5, words: '说话耐心。' }), 200).hasRated).toBe(
        true,
      );
      expect(codeOf(await one.post('/portal/rating', { score: 1 }))).toEqual([409, 'portal.rated']);
      const supervisor = await t.as('supervisor');
      must(await other.post('/portal/rating', { score: 2, words: '等得久。' }), 200);
      const ratings = must<object>(await supervisor.get(path), 200);
      expect(ratings).toEqual({
        count: 2,
        average: 3.5,
        items: [
          { score: 2, scoreName: '不满意', words: '等得久。' },
          { score: 5, scoreName: '很满意', words: '说话耐心。' },
        ],
      });
      for (const key of ['mediator', 'intake', 'dispatcher', 'committee-director'])
        expect([key, (await (await t.as(key)).get(path)).status]).toEqual([key, 403]);
      expect((await (await t.as('intake:foreign')).get(path)).status).toBe(404);
      expect((await t.anonymous.get(path)).status).toBe(401);
      // Nor does the timeline, which they read.
      expect(
        await t.sql("select 1 from dispute_event where dispute_id = $1 and act = 'portal.rate'", [matter.id]),
      ).toEqual([]);
    });

    it('is not asked for an opinion before there is a result', async () => {
      const early = await aMatter(t)
        .between(...PARTIES)
        .assigned();
      const [party] = await bothAt(early);
      expect(waits(await read(party))).toEqual([]);
      expect(codeOf(await party.post('/portal/rating', { score: 5 }))).toEqual([409, 'portal.no-outcome']);
    });
  });

  it('shuts out whoever takes no part any more', async () => {
    const matter = await aMatter(t)
      .between(...PARTIES, { kind: 'person', side: 'applicant', name: '孙三' })
      .accepted();
    const slip = await aSlip(t, intake, matter.id, matter.partyIds[2]);
    const third = await atPortal(t, slip);
    expect((await third.get('/portal/matter')).status).toBe(200);
    const party = (await partiesOf(intake, matter.id)).find((p) => p.id === matter.partyIds[2]);
    must(
      await intake.post(
        `/parties/${matter.partyIds[2] ?? ''}/withdrawal`,
        { reason: '已经自行解决。' },
        { ifMatch: party?.version ?? 1 },
      ),
      200,
    );
    expect(codeOf(await third.get('/portal/matter'))).toEqual([401, 'portal.session-ended']);
  });
});
