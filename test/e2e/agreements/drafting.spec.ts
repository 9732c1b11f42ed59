import { switchAccessGuardOff } from '../../../src/platform/auth';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { textOf } from '../../support/paper-fixtures';
import { isInstalled } from '../../support/sealing-fixtures';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';
import { aSeal, codeOf, onScreen, type Standing } from './stage';

interface Check {
  readonly faults: readonly { pointer: string; code: string }[];
  readonly warnings: readonly { pointer: string; code: string }[];
  readonly words: readonly { pointer: string; word: string; position: number; fixes: readonly string[] }[];
  readonly instalments: readonly object[];
  readonly items: readonly object[];
  readonly totalFen: number | null;
  readonly totalInWords: string | null;
  readonly inkOnlyReason: string | null;
}

interface Clause {
  readonly id: string;
  readonly isPreset: boolean;
  readonly disputeTypeName: string;
  readonly section: string;
  readonly title: string;
  readonly text: string;
  readonly obligation: { readonly kind: string } | null;
  readonly allowedActs: readonly string[];
  readonly version: number;
}

describe('drafting: checks, preview, instalments and clauses (real PostgreSQL, HTTP and PDF; fake clock)', () => {
  let t: TestApp;
  let mediator: Caller;
  let matter: BuiltMatter;

  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    matter = await aMatter(t).ofType('contract.lease').agreed();
    mediator = await t.as('mediator');
  });
  afterAll(async () => {
    await t.close();
  });

  const obligation = (changes: object = {}): object => ({
    kind: 'payment',
    obligorId: matter.partyIds[1],
    obligeeId: matter.partyIds[0],
    content: '支付剩余租金',
    amountFen: 180_000,
    dueOn: '2027-02-20',
    place: '汇入银行账户',
    manner: '银行转账',
    ...changes,
  });
  const content = (changes: object = {}): object => ({
    facts: '双方就剩余租金发生争议。',
    clauses: ['承租人付清租金。'],
    obligations: [obligation()],
    ...changes,
  });
  const check = (body: object, by = mediator): Promise<Reply> =>
    by.post(`/disputes/${matter.id}/agreement-checks`, body);
  const rowsOf = async (): Promise<number> =>
    (await t.sql<{ n: number }>('select count(*)::int as n from agreement where dispute_id = $1', [matter.id]))[0]?.n ??
    -1;
  const auditsOf = async (act: string): Promise<number> =>
    (
      await t.sql<{ n: number }>('select count(*)::int as n from audit_entry where act = $1 and dispute_id = $2', [
        act,
        matter.id,
      ])
    )[0]?.n ?? -1;

  it('checks what is being written: faults, words at their place, sums, and what the ledger would hold', async () => {
    const instalments = [
      { amountFen: 60_000, dueOn: '2026-12-20' },
      { amountFen: 60_000, dueOn: '2027-01-20' },
      { amountFen: 50_000, dueOn: '2027-02-20' },
    ];
    const found = must<Check>(
      await check(
        content({
          clauses: ['承租人已付订金抵作租金。', '承租人于【年月日】前付清。'],
          obligations: [obligation({ instalments }), { kind: 'act' }],
        }),
      ),
      200,
    );
    expect(found.faults.map((f) => `${f.pointer} ${f.code}`)).toEqual([
      '/obligations/0/instalments agreements.instalments-sum',
      '/obligations/1/obligorId agreements.who-missing',
      '/obligations/1/obligeeId agreements.who-missing',
      '/obligations/1/content agreements.content-missing',
      '/obligations/1/place agreements.place-missing',
      '/obligations/1/manner agreements.manner-missing',
      '/obligations/1/dueOn agreements.due-missing',
      '/clauses/1 agreements.blank-left',
    ]);
    expect(found.words).toMatchObject([
      { pointer: '/clauses/0', word: '订金', position: 5, fixes: ['定金', '预付款'], severity: 'confirm' },
    ]);
    expect(found.instalments).toEqual([{ obligation: 0, sumFen: 170_000, lackingFen: 10_000 }]);
    expect(found.items).toHaveLength(4);
    expect(found.items[2]).toEqual({
      obligorName: expect.any(String) as string,
      obligeeName: expect.any(String) as string,
      content: '支付剩余租金（第3期，共3期）',
      amountFen: 50_000,
      dueOn: '2027-02-20',
    });
    expect([found.totalFen, found.totalInWords, found.inkOnlyReason]).toEqual([180_000, '壹仟捌佰元整', null]);
    const personal = must<Check>(await check(content({ clauses: ['各方就遗产继承达成一致。'] })), 200);
    expect(personal.inkOnlyReason).toContain('电子签名法第三条');
    expect(await rowsOf()).toBe(0);
  });

  it('lets those check and preview who draft, and nobody else', async () => {
    for (const path of ['agreement-checks', 'agreement-previews'] as const) {
      const url = `/disputes/${matter.id}/${path}`;
      const body = path === 'agreement-previews' ? { kind: 'written', ...content() } : content();
      expect((await t.anonymous.post(url, body)).status).toBe(401);
      expect((await (await t.as('intake')).post(url, body)).status).toBe(403);
      expect((await (await t.as('mediator-other')).post(url, body)).status).toBe(404);
      expect((await mediator.post(url, { ...body, clauses: '如约' })).status).toBe(400);
    }
  });

  it('draws the unsaved text with what is missing marked, keeps nothing and leaves one entry for each look', async () => {
    const before = await auditsOf('agreements.preview-unsaved');
    const reply = await mediator.post(`/disputes/${matter.id}/agreement-previews`, {
      kind: 'written',
      clauses: [],
      obligations: [{ kind: 'payment', content: '尚未保存的租金' }],
    });
    expect([reply.status, reply.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(await auditsOf('agreements.preview-unsaved')).toBe(before + 1);
    expect(await rowsOf()).toBe(0);
    if (isInstalled('pdftotext')) {
      const text = textOf(reply.body as Buffer);
      expect(text).toContain('第1稿未生效');
      expect(text).toContain('尚未保存的租金');
      expect(text).toContain('（待填写）');
    }
  });

  it('plans instalments that add up, and refuses what cannot be', async () => {
    const plan = (changes: object): Promise<Reply> =>
      mediator.post(`/disputes/${matter.id}/instalment-plans`, {
        amountFen: 100_001,
        count: 3,
        firstOn: '2026-12-31',
        interval: 'month',
        ...changes,
      });
    expect(must(await plan({}), 200)).toEqual({
      instalments: [
        { amountFen: 33_333, dueOn: '2026-12-31' },
        { amountFen: 33_333, dueOn: '2027-01-31' },
        { amountFen: 33_335, dueOn: '2027-02-28' },
      ],
    });
    expect(codeOf(await plan({ amountFen: 2 }))).toEqual([422, 'money.split']);
    expect(codeOf(await plan({ firstOn: '9999-12-01' }))).toEqual([422, 'agreements.first-too-late']);
  });

  it('offers a draft to be begun, keeps an unfinished one whole, and says who may sign for whom', async () => {
    interface List {
      readonly draftChoices: readonly { label: string; relation: string }[];
    }
    const list = must<List>(await mediator.get(`/disputes/${matter.id}/agreements`), 200);
    expect(list.draftChoices.map((c) => c.label)).toEqual(['书面协议', '口头协议']);
    const { id } = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'written',
        isUnfinished: true,
        clauses: [],
        obligations: [{ kind: 'payment' }],
      }),
      201,
    );
    interface Detail {
      readonly content: { readonly obligations: readonly { content: string }[] };
      readonly parties: readonly { maySignSelf: boolean; representatives: readonly object[] }[];
      readonly waiting: { readonly total: number };
    }
    const detail = must<Detail>(await mediator.get(`/agreements/${id}`), 200);
    expect(detail.content.obligations.map((o) => o.content)).toEqual(['']);
    expect(detail.parties.map((p) => [p.maySignSelf, p.representatives])).toEqual([
      [true, []],
      [true, []],
    ]);
    expect(must<List>(await mediator.get(`/disputes/${matter.id}/agreements`), 200).draftChoices).toEqual([]);
    const preview = await mediator.download(`/agreements/${id}/preview`);
    expect(preview.status).toBe(200);
    must(await mediator.post(`/agreements/${id}/discarding`, { reason: '改天再写。' }, { ifMatch: 1 }), 200);
  });

  describe('the library of clauses', () => {
    const fitting = async (): Promise<Clause[]> =>
      must<{ items: Clause[] }>(await mediator.get(`/disputes/${matter.id}/agreement-clauses`), 200).items;
    const clause = {
      disputeType: 'contract',
      section: 'clauses',
      title: '付清租金（本中心）',
      text: '承租人于【年月日】前到【窗口】当面付清租金。',
      obligationKind: 'payment',
      obligationContent: '当面付清租金',
    };

    it('offers what fits the type of the matter first, then what fits all', async () => {
      const items = await fitting();
      const types = [...new Set(items.map((c) => c.disputeTypeName))];
      expect(types).toEqual(['租赁合同', '各类纠纷通用']);
      expect(items.find((c) => c.title === '付清欠付租金')).toMatchObject({
        isPreset: true,
        obligation: { kind: 'payment', content: '支付欠付租金' },
      });
      expect((await (await t.as('intake')).get(`/disputes/${matter.id}/agreement-clauses`)).status).toBe(403);
      expect((await (await t.as('mediator-other')).get(`/disputes/${matter.id}/agreement-clauses`)).status).toBe(404);
    });

    it('is kept by each center for itself: own clauses, and own wording in the place of a preset', async () => {
      const director = await t.as('director');
      const url = `/centers/${t.world.centerId}/agreement-clauses`;
      const preset = (await fitting()).find((c) => c.title === '付清欠付租金')?.id ?? '';
      expect((await mediator.post(url, clause)).status).toBe(403);
      expect((await (await t.as('director:foreign')).post(url, clause)).status).toBe(403);
      expect(codeOf(await director.post(url, { ...clause, obligationContent: undefined }))).toEqual([
        422,
        'clauses.obligation-half',
      ]);
      const own = must<Clause>(await director.post(url, { ...clause, replacesId: preset }), 201);
      expect(own.allowedActs).toEqual(['clauses.revise', 'clauses.retire']);
      expect(codeOf(await director.post(url, { ...clause, replacesId: preset }))).toEqual([409, 'clauses.replaced']);
      expect(codeOf(await director.post(url, { ...clause, replacesId: own.id }))).toEqual([
        422,
        'clauses.not-a-preset',
      ]);
      const titles = async (): Promise<string[]> => (await fitting()).map((c) => c.title);
      expect(await titles()).toContain('付清租金（本中心）');
      expect(await titles()).not.toContain('付清欠付租金');

      const elsewhere = must<{ items: Clause[]; allowedActs: string[] }>(
        await director.get(`/centers/${t.world.foreignCenterId}/agreement-clauses`),
        200,
      );
      expect(elsewhere.items.map((c) => c.title)).toContain('付清欠付租金');
      expect(elsewhere.items.map((c) => c.title)).not.toContain('付清租金（本中心）');
      expect(elsewhere.allowedActs).toEqual([]);

      expect((await director.put(`/agreement-clauses/${preset}`, clause, 1)).status).toBe(403);
      expect((await director.put(`/agreement-clauses/${own.id}`, clause, 9)).status).toBe(412);
      expect(
        (await (await t.as('director:foreign')).put(`/agreement-clauses/${own.id}`, clause, own.version)).status,
      ).toBe(403);
      const revised = must<Clause>(
        await director.put(`/agreement-clauses/${own.id}`, { ...clause, title: '改过的条款' }, own.version),
        200,
      );
      expect(await titles()).toContain('改过的条款');
      must(await director.post(`/agreement-clauses/${own.id}/retirement`, {}, { ifMatch: revised.version }), 200);
      expect(await titles()).toContain('付清欠付租金');
      expect(await titles()).not.toContain('改过的条款');
      expect(codeOf(await director.put(`/agreement-clauses/${own.id}`, clause, 3))).toEqual([409, 'clauses.retired']);
      const audits = await t.sql<{ act: string }>('select act from audit_entry where object_id = $1 order by act', [
        own.id,
      ]);
      expect(audits.map((a) => a.act)).toEqual(['clauses.add', 'clauses.retire', 'clauses.revise']);
    });

    it('is out of reach of other centers by row security alone', async () => {
      const director = await t.as('director');
      const own = must<Clause>(
        await director.post(`/centers/${t.world.centerId}/agreement-clauses`, { ...clause, disputeType: undefined }),
        201,
      );
      const preset = (await fitting()).find((c) => c.isPreset)?.id ?? '';
      switchAccessGuardOff(true);
      try {
        for (const key of ['director:foreign', 'mediator', 'liaison']) {
          const other = await t.as(key);
          expect((await other.put(`/agreement-clauses/${own.id}`, clause, own.version)).status).toBe(404);
          expect((await other.post(`/centers/${t.world.centerId}/agreement-clauses`, clause)).status).not.toBe(201);
        }
        expect((await director.put(`/agreement-clauses/${preset}`, clause, 1)).status).toBe(404);
      } finally {
        switchAccessGuardOff(false);
      }
    });
  });

  describe('performance over all matters', () => {
    interface Item {
      readonly id: string;
      readonly disputeId: string;
      readonly obligorName: string;
      readonly dueOn: string;
      readonly light: string | null;
      readonly remainingFen: number;
      readonly lastUrgedAt: string | null;
      readonly allowedActs: readonly string[];
    }
    interface Page {
      readonly items: readonly Item[];
      readonly nextCursor: string | null;
      readonly counts: Readonly<Record<string, number>>;
    }
    const list = async (by: Caller, query = ''): Promise<Page> =>
      must<Page>(await by.get(`/performance-items${query}`), 200);
    let other: BuiltMatter;

    beforeAll(async () => {
      other = await aMatter(t).agreed();
      const recorder = await t.as('recorder');
      const director = await t.as('committee-director');
      for (const [one, days] of [
        [matter, ['2026-12-20', '2027-02-20']],
        [other, ['2026-10-01']],
      ] as const) {
        const drafted = must<Standing>(
          await mediator.post(`/disputes/${one.id}/agreements`, {
            kind: 'written',
            ...content({
              obligations: days.map((dueOn) =>
                obligation({ dueOn, obligorId: one.partyIds[1], obligeeId: one.partyIds[0] }),
              ),
            }),
          }),
          201,
        );
        const frozen = must<Standing>(
          await mediator.post(`/agreements/${drafted.id}/freezing`, {}, { ifMatch: drafted.version }),
          200,
        );
        must(
          await mediator.post(`/agreements/${drafted.id}/electronic-consents`, {
            partyIds: one.partyIds,
            agreedOn: t.clock.at().toISOString().slice(0, 10),
          }),
          200,
        );
        const sign = async (by: Caller, slot: string): Promise<Standing> =>
          must<Standing>(
            await by.post(`/agreements/${drafted.id}/tablet-signatures`, {
              ...onScreen(t, frozen.contentHash),
              slot,
              identityCheck: slot.startsWith('party') ? 'document-compared' : 'own-account',
            }),
            200,
          );
        await sign(mediator, 'party-1');
        await sign(mediator, 'party-2');
        await sign(mediator, 'mediator-1');
        const { version } = await sign(recorder, 'recorder');
        must(await director.post(`/agreements/${drafted.id}/sealing`, {}, { ifMatch: version }), 200);
      }
    });

    it('lists what falls due, the earliest first, by pages, each with what can be done', async () => {
      const whole = await list(mediator);
      expect(whole.items.map((i) => [i.disputeId, i.dueOn, i.light])).toEqual([
        [other.id, '2026-10-01', 'green'],
        [matter.id, '2026-12-20', 'green'],
        [matter.id, '2027-02-20', 'green'],
      ]);
      expect(whole.counts).toEqual({ open: 3, overdue: 0, soon: 0, breached: 0 });
      expect(whole.items[0]?.allowedActs).toEqual(['performance.record', 'performance.urge']);
      const first = await list(mediator, '?limit=2');
      const second = await list(mediator, `?limit=2&cursor=${first.nextCursor ?? ''}`);
      expect([...first.items, ...second.items]).toEqual(whole.items);
      expect(second.nextCursor).toBeNull();
      expect((await mediator.get('/performance-items?cursor=nonsense')).status).toBe(400);
    });

    it('shows them to whoever serves on the matter or keeps the desk, and to nobody else', async () => {
      expect((await list(await t.as('mediator-other'), '?scope=all')).items).toEqual([]);
      expect((await list(await t.as('director:foreign'), '?scope=all')).items).toEqual([]);
      expect((await list(await t.as('follow-up'))).items).toEqual([]);
      const desk = await list(await t.as('follow-up'), '?scope=all');
      expect(desk.items).toHaveLength(3);
      expect(desk.items[0]?.allowedActs).toEqual(['performance.record', 'performance.urge']);
      expect((await list(await t.as('intake'), '?scope=all')).items[0]?.allowedActs).toEqual([]);
    });

    it('turns yellow and red with the days, and tells what was urged', async () => {
      t.clock.set('2026-10-03T02:00:00Z');
      mediator = await t.as('mediator');
      const late = await list(mediator, '?show=overdue');
      expect(late.items.map((i) => [i.disputeId, i.light])).toEqual([[other.id, 'red']]);
      expect(late.counts).toEqual({ open: 3, overdue: 1, soon: 0, breached: 0 });
      const [item] = late.items;
      expect(item?.allowedActs).toEqual(['performance.record', 'performance.urge', 'performance.breach']);
      must(await mediator.post(`/performance-items/${item?.id ?? ''}/urgings`, { note: '电话提醒。' }), 200);
      expect((await list(mediator, '?show=overdue')).items[0]?.lastUrgedAt).toBe('2026-10-03T02:00:00.000Z');
      must(await mediator.post(`/performance-items/${item?.id ?? ''}/breach`, { reason: '到期未付。' }), 200);
      expect((await list(mediator, '?show=breached')).items.map((i) => i.id)).toEqual([item?.id]);
      const agreements = must<{ items: { confirmation: { daysLeft: number; light: string } | null }[] }>(
        await mediator.get(`/disputes/${matter.id}/agreements`),
        200,
      ).items;
      expect(agreements.at(-1)?.confirmation?.light).toMatch(/green|yellow/);
      expect(agreements[0]?.confirmation).toBeNull();
    });
  });
});
