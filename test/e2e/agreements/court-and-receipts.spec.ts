import { OutboxDispatcher } from '../../../src/platform/database';
import { KeepPromises } from '../../../src/modules/agreements/application/keep-promises';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { aSlip, atPortal } from '../../support/slips';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { onDuty } from '../summons/stage';
import { aScan, aSeal, codeOf, inEffect } from './stage';

const COURT = '呼和浩特市新城区人民法院';

interface Way {
  readonly words: string;
  readonly tab: string;
}

interface Item {
  readonly id: string;
  readonly state: string;
  readonly stateName: string;
  readonly performedFen: number;
  readonly remainingFen: number | null;
  readonly ways: readonly Way[];
  readonly records: readonly {
    readonly id: string;
    readonly receipt: string | null;
    readonly isDisputed: boolean;
    readonly receiptWords: readonly { readonly sentence: string }[];
    readonly allowedActs: readonly string[];
  }[];
}

interface Ledger {
  readonly items: readonly Item[];
  readonly agreements: readonly {
    readonly enforcementEndsOn: string | null;
    readonly isConfirmed: boolean;
    readonly confirmation: {
      readonly daysLeft: number | null;
      readonly applications: readonly { readonly state: string; readonly sentence: string }[];
      readonly reminders: readonly { readonly step: string }[];
      readonly ways: readonly Way[];
      readonly allowedActs: readonly string[];
    };
  }[];
}

/** What becomes of an agreement: at the court, and in the word of whoever was to receive. One day after another. */
describe('judicial confirmation and the word on a receipt (real PostgreSQL, HTTP; fake clock)', () => {
  let t: TestApp;
  let matter: BuiltMatter;
  let agreementId: string;

  const on = (day: string): void => {
    t.clock.set(`${day}T09:00:00+08:00`);
  };
  const mediator = (): Promise<Caller> => onDuty(t, 'mediator');
  const ledger = async ({ id }: BuiltMatter = matter): Promise<Ledger> =>
    must<Ledger>(await (await mediator()).get(`/disputes/${id}/performance`), 200);
  const court = async () => (await ledger()).agreements[0];
  const figure = async (name: string) => {
    const director = await onDuty(t, 'director');
    const asked = `/statistics/figures?figure=${name}&from=2026-07-01&to=2026-12-31`;
    const { items } = must<{ items: { total: Record<string, unknown> }[] }>(await director.get(asked), 200);
    const [{ total }] = items as [{ total: Record<string, unknown> }];
    return total;
  };
  const path = (): string => `/agreements/${agreementId}/judicial-confirmation`;
  const apply = async (changes: object = {}, as = 'mediator') =>
    (await onDuty(t, as)).post(path(), {
      appliedOn: '2026-09-21',
      partyIds: matter.partyIds,
      court: COURT,
      hintsSeen: ['lawful', 'jurisdiction'],
      hintsNote: '申请人住所地的法院，已核对。',
      ...changes,
    });

  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    matter = await aMatter(t).ofType('contract.lease').agreed();
    agreementId = await inEffect(t, matter);
    on('2026-09-21');
  });
  afterAll(() => t.close());

  describe('judicial confirmation', () => {
    it('refuses what a court refuses, and asks to look again at what no program can judge', async () => {
      expect((await court())?.confirmation.allowedActs).toEqual(['confirmations.apply']);
      expect(codeOf(await apply({ partyIds: matter.partyIds.slice(0, 1) }))).toEqual([
        422,
        'confirmations.not-all-parties',
      ]);
      expect(codeOf(await apply({ court: '内蒙古自治区高级人民法院' }))).toEqual([
        422,
        'confirmations.no-jurisdiction',
      ]);
      expect(codeOf(await apply({ appliedOn: '2026-09-22' }))).toEqual([422, 'confirmations.day']);
      const seen = await apply({ hintsSeen: [] });
      expect(codeOf(seen)).toEqual([422, 'confirmations.look-again']);
      expect((seen.body as { errors: { pointer: string }[] }).errors.map((e) => e.pointer)).toContain('/hintsSeen');
      expect(codeOf(await apply({ hintsNote: undefined }))).toEqual([422, 'confirmations.note-missing']);
      expect((await apply({}, 'follow-up')).status).toBe(403);
    });

    it('ends the countdown and its reminders once applied; withdrawn, the days run again', async () => {
      expect(must(await apply(), 201)).toMatchObject({ state: 'applied', stateName: '已申请' });
      expect(codeOf(await apply())).toEqual([409, 'confirmations.applied']);
      expect(await court()).toMatchObject({
        confirmation: { daysLeft: null, reminders: [], applications: [{ state: 'applied' }] },
      });
      on('2026-09-24');
      expect(await t.app.get(KeepPromises).sweep()).toBe(0);
      const desk = await mediator();
      must(await desk.post(`${path()}/withdrawal`, { reason: '一方要再考虑几天。' }), 200);
      expect(await court()).toMatchObject({ confirmation: { allowedActs: ['confirmations.apply'] } });
      expect(await t.app.get(KeepPromises).sweep()).toBe(1);
      must(await apply(), 201);
    });

    it('is confirmed by a ruling on file, from which enforcement counts; nothing of it is changed later', async () => {
      on('2026-09-28');
      const desk = await mediator();
      const ruling = { ruling: 'confirmed', decidedOn: '2026-09-28', attachmentId: await aScan(desk, matter.id) };
      expect(codeOf(await desk.post(`${path()}/decision`, ruling))).toEqual([409, 'confirmations.not-accepted']);
      must(
        await desk.post(`${path()}/acceptance`, { acceptedOn: '2026-09-24', caseNumber: '（2026）内0102民特12号' }),
        200,
      );
      expect(await figure('court-confirmed')).toMatchObject({ numerator: 0, denominator: 0, apartCount: 1 });
      expect(codeOf(await desk.post(`${path()}/decision`, { ...ruling, attachmentId: undefined }))).toEqual([
        422,
        'confirmations.ruling-missing',
      ]);
      must(await desk.post(`${path()}/decision`, ruling), 200);
      expect(await court()).toMatchObject({
        isConfirmed: true,
        enforcementEndsOn: '2028-12-20',
        confirmation: {
          allowedActs: [],
          applications: [{ state: 'withdrawn' }, { state: 'confirmed' }],
        },
      });
      expect(await figure('court-confirmed')).toMatchObject({ numerator: 1, denominator: 1, ratio: 1 });
      expect(codeOf(await desk.post(`${path()}/withdrawal`, { reason: '不再需要。' }))).toEqual([
        409,
        'confirmations.wrong-state',
      ]);
      await expect(t.sql("update judicial_confirmation set court = '别的法院'")).rejects.toThrow();
      const dossier = must<{ items: { key: string; files: object[] }[] }>(
        await desk.get(`/disputes/${matter.id}/dossier`),
        200,
      );
      expect(dossier.items.find((i) => i.key === 'confirmation')?.files).toHaveLength(1);
    });

    it('is dismissed with a reason; the other ways are shown and the office is told', async () => {
      on('2026-09-21');
      const other = await aMatter(t).ofType('contract.lease').agreed();
      const id = await inEffect(t, other);
      on('2026-09-24');
      const desk = await mediator();
      const body = { appliedOn: '2026-09-24', partyIds: other.partyIds, court: COURT, hintsNote: '已核对。' };
      must(
        await desk.post(`/agreements/${id}/judicial-confirmation`, { ...body, hintsSeen: ['lawful', 'jurisdiction'] }),
        201,
      );
      const decision = { ruling: 'dismissed', decidedOn: '2026-09-24', reason: '给付内容不明确。' };
      must(await desk.post(`/agreements/${id}/judicial-confirmation/decision`, decision), 200);
      const [standing] = (await ledger(other)).agreements;
      expect(standing?.confirmation.ways.map((w) => w.tab)).toEqual(['agreement', 'agreement', 'dossier']);
      expect(standing?.confirmation.applications[0]?.sentence).toContain('给付内容不明确');
      expect(await figure('court-confirmed')).toMatchObject({ numerator: 1, denominator: 2 });
      await t.app.get(OutboxDispatcher).drain();
      const bell = must<{ items: { text: string }[] }>(
        await (await onDuty(t, 'committee-director')).get('/notifications?limit=20'),
        200,
      );
      expect(bell.items.map((m) => m.text).join()).toContain('法院没有确认调解协议');
    });

    it('is not asked after thirty days', async () => {
      on('2026-09-21');
      const late = await aMatter(t).ofType('contract.lease').agreed();
      agreementId = await inEffect(t, late);
      on('2026-10-28');
      const desk = await mediator();
      const reply = await desk.post(path(), {
        appliedOn: '2026-10-28',
        partyIds: late.partyIds,
        court: COURT,
        hintsSeen: ['lawful', 'jurisdiction'],
        hintsNote: '已核对。',
      });
      expect(codeOf(reply)).toEqual([422, 'confirmations.late']);
    });
  });

  describe('a suit, a judgment, an order for payment', () => {
    let disputed: BuiltMatter;
    let id: string;
    const JUDGED = { happenedOn: '2026-10-12', court: COURT, caseNumber: '（2026）内0102民初312号' };
    const enter = async (body: object, as = 'mediator') =>
      (await onDuty(t, as)).post(`/agreements/${id}/court-outcomes`, { ...JUDGED, ...body });
    const shown = async () =>
      must<{ beforeCourt: readonly Row[] }>(await (await mediator()).get(`/disputes/${disputed.id}/performance`), 200)
        .beforeCourt[0];
    interface Row {
      readonly stateName: string;
      readonly outcomes: readonly { readonly sentence: string; readonly allowedActs: readonly string[] }[];
    }
    /** The cells of the statutory table of October for this one matter's round. */
    const cells = async (): Promise<Record<string, string>> => {
      const director = await onDuty(t, 'director');
      const { rows, columns } = must<{ rows: { cells: string[] }[]; columns: { key: string }[] }>(
        await director.get(`/reports/${report}`),
        200,
      );
      return Object.fromEntries(columns.map(({ key }, i) => [key, rows.at(-1)?.cells[i] ?? '']));
    };
    let report: string;

    beforeAll(async () => {
      on('2026-09-21');
      disputed = await aMatter(t).ofType('contract.lease').agreed();
      id = await inEffect(t, disputed);
      on('2026-10-13');
      const begun = { centerId: t.world.centerId, form: 'statutory-1', span: 'half-year', day: '2026-10-13' };
      report = must<{ id: string }>(await (await onDuty(t, 'director')).post('/reports', begun), 201).id;
    });

    it('is entered with its paper, after the agreement and not twice, by those who watch over it', async () => {
      expect(codeOf(await enter({ kind: 'sued', happenedOn: '2026-09-01' }))).toEqual([422, 'court-outcomes.day']);
      expect(codeOf(await enter({ kind: 'varied', caseNumber: undefined }))).toEqual([
        422,
        'court-outcomes.case-number-missing',
      ]);
      expect(codeOf(await enter({ kind: 'varied' }))).toEqual([422, 'court-outcomes.judgment-missing']);
      expect(codeOf(await enter({ kind: 'varied', attachmentId: id }))).toEqual([422, 'court-outcomes.file-missing']);
      expect((await enter({ kind: 'sued' }, 'intake')).status).toBe(403);
      const before = await cells();
      must(await enter({ kind: 'sued' }), 201);
      must(await enter({ kind: 'payment-order' }, 'follow-up'), 201);
      expect(codeOf(await enter({ kind: 'sued' }))).toEqual([409, 'court-outcomes.there']);
      expect(await shown()).toMatchObject({ stateName: '已生效', outcomes: [{}, {}] });
      expect(await cells()).toEqual({ ...before, sued: '1', 'payment-order': '1' });
    });

    it('retracted, counts no more and stays on record', async () => {
      const suit = must<{ id: string }>(await enter({ kind: 'sued', happenedOn: '2026-10-13' }), 201);
      expect(await cells()).toMatchObject({ sued: '2' });
      const desk = await mediator();
      const retraction = `/court-outcomes/${suit.id}/retraction`;
      expect((await (await onDuty(t, 'follow-up')).post(retraction, { reason: '日期写错。' })).status).toBe(403);
      must(await desk.post(retraction, { reason: '日期写错。' }), 200);
      expect(codeOf(await desk.post(retraction, { reason: '再撤一次。' }))).toEqual([409, 'court-outcomes.retracted']);
      expect(await cells()).toMatchObject({ sued: '1' });
      expect((await shown())?.outcomes).toHaveLength(3);
      await expect(t.sql("update judicial_outcome set kind = 'varied'")).rejects.toThrow('only taken back');
    });

    it('revoked by a judgment, voids the agreement with the entry: no table and no rate counts it as a success', async () => {
      const scan = await aScan(await mediator(), disputed.id);
      const revoked = { kind: 'revoked', attachmentId: scan };
      expect(codeOf(await enter(revoked))).toEqual([422, 'court-outcomes.director-voids']);
      const before = await cells();
      expect(must(await enter(revoked, 'committee-director'), 201)).toMatchObject({ agreementState: 'voided' });
      const after = await cells();
      expect(after).toMatchObject({ revoked: '1', success: String(Number(before['success']) - 1) });
      expect(await shown()).toMatchObject({ stateName: '已作废' });
      const { endReason } = must<{ endReason: string }>(await (await mediator()).get(`/agreements/${id}`), 200);
      expect(endReason).toContain('判决撤销协议');
      expect(codeOf(await enter({ ...revoked, kind: 'invalid' }, 'committee-director'))).toEqual([
        409,
        'court-outcomes.there',
      ]);
      const { items } = must<{ items: { act: string }[] }>(
        await (await mediator()).get(`/disputes/${disputed.id}/events`),
        200,
      );
      expect(items.map((e) => e.act)).toEqual(
        expect.arrayContaining(['court-outcomes.record', 'court-outcomes.retract', 'agreements.void']),
      );
    });
  });

  describe('the word on a receipt', () => {
    let desk: Caller;
    let obligee: Caller;
    const first = async (): Promise<Item> => {
      const [item] = (await ledger()).items;
      if (item === undefined) throw new Error('No item');
      return item;
    };
    const recordOf = async () => {
      const last = (await first()).records.at(-1);
      if (last === undefined) throw new Error('No record');
      return last;
    };
    const pay = async (amountFen: number, attachmentIds: readonly string[] = []) =>
      must(
        await desk.post(`/performance-items/${(await first()).id}/records`, {
          amountFen,
          performedOn: '2026-10-22',
          manner: 'transfer',
          isConfirmedByObligee: false,
          attachmentIds,
        }),
        200,
      );

    beforeAll(async () => {
      on('2026-10-22');
      desk = await mediator();
      const intake = await onDuty(t, 'intake');
      obligee = await atPortal(t, await aSlip(t, intake, matter.id, matter.partyIds[1]));
    });

    it('is awaited: nobody calls it performed, and the obligee alone is asked on the phone', async () => {
      await pay(60_000);
      expect(await first()).toMatchObject({ state: 'performed', stateName: '已登记履行，待收款方确认' });
      const asked = must<{ waiting: { kind: string; id: string }[] }>(await obligee.get('/portal/matter'), 200);
      expect(asked.waiting.find((w) => w.kind === 'receipt')?.id).toBe((await recordOf()).id);
      const intake = await onDuty(t, 'intake');
      const obligor = await atPortal(t, await aSlip(t, intake, matter.id, matter.partyIds[0]));
      const words = { answer: 'confirmed' };
      expect((await obligor.post(`/portal/performance-records/${(await recordOf()).id}/receipt`, words)).status).toBe(
        404,
      );
    });

    it('denied, the item is open again with both statements; the mediator must hold which it was', async () => {
      const { id } = await recordOf();
      const answer = `/portal/performance-records/${id}/receipt`;
      expect(codeOf(await obligee.post(answer, { answer: 'disputed' }))).toEqual([422, 'performance.words-missing']);
      must(await obligee.post(answer, { answer: 'disputed', words: '账户里没有这笔钱。' }), 200);
      expect(await first()).toMatchObject({ state: 'open', stateName: '待履行，收款有争议', performedFen: 0 });
      const record = await recordOf();
      expect(record).toMatchObject({ isDisputed: true, receipt: 'disputed' });
      expect(record.receiptWords[0]?.sentence).toContain('账户里没有这笔钱');
      expect(record.allowedActs).toEqual(
        expect.arrayContaining(['performance.settle-receipt', 'performance.hear-obligee']),
      );
      const { items } = must<{ items: { disputeId: string; words: string }[] }>(
        await desk.get('/worklist?tab=to-do&limit=100'),
        200,
      );
      expect(
        items
          .filter((w) => w.disputeId === matter.id)
          .map((w) => JSON.stringify(w))
          .join(),
      ).toContain('没有收到登记的履行');
      const settle = `/performance-records/${id}/receipt-settlement`;
      expect(
        (await (await onDuty(t, 'follow-up')).post(settle, { ruling: 'accepted', reason: '有回单。' })).status,
      ).toBe(403);
      must(await desk.post(settle, { ruling: 'accepted', reason: '银行回单显示当日入账，双方已核对。' }), 200);
      expect(await first()).toMatchObject({ state: 'performed', stateName: '已履行', performedFen: 60_000 });
      expect(codeOf(await obligee.post(answer, { answer: 'confirmed' }))).toEqual([409, 'performance.receipt-settled']);
      await expect(t.sql('update receipt_word set words = null')).rejects.toThrow();
    });

    it('held as not paid it stays out; paid again in part, early, in kind it is confirmed at the desk', async () => {
      const second = (await ledger()).items[1]?.id ?? '';
      const give = async (amountFen: number, manner: string) =>
        must(
          await desk.post(`/performance-items/${second}/records`, {
            amountFen,
            performedOn: '2026-10-22',
            manner,
            isConfirmedByObligee: false,
          }),
          200,
        );
      const records = async () => (await ledger()).items[1]?.records ?? [];
      await give(20_000, 'transfer');
      const paid = (await records())[0]?.id ?? '';
      const disputed = { answer: 'disputed', channel: 'desk', words: '没有到账。' };
      must(await desk.post(`/performance-records/${paid}/obligee-words`, disputed), 200);
      must(
        await desk.post(`/performance-records/${paid}/receipt-settlement`, {
          ruling: 'not-paid',
          reason: '回单是另一笔款项。',
        }),
        200,
      );
      expect((await ledger()).items[1]).toMatchObject({ state: 'open', performedFen: 0, remainingFen: 60_000 });
      await give(60_000, 'in-kind');
      const kind = (await records())[1]?.id ?? '';
      const confirmed = { answer: 'confirmed', channel: 'tablet' };
      const done = must(await desk.post(`/performance-records/${kind}/obligee-words`, confirmed), 200);
      expect(done).toMatchObject({ state: 'performed', stateName: '已履行' });
    });

    it('in figures silence counts neither way for fifteen days, then for what is proved and against what is not', async () => {
      const third = (await ledger()).items[2]?.id ?? '';
      const before = await figure('performed');
      const body = { performedOn: '2026-10-22', manner: 'cash', isConfirmedByObligee: false };
      must(await desk.post(`/performance-items/${third}/records`, { ...body, amountFen: 30_000 }), 200);
      must(await desk.post(`/performance-items/${third}/records`, { ...body, amountFen: 30_000 }), 200);
      const isApart = { numerator: before['numerator'], apartCount: before['apartCount'] };
      expect(await figure('performed')).toMatchObject(isApart);
      on('2026-11-06');
      expect(await figure('performed')).toMatchObject(isApart);
      on('2026-11-07');
      expect(await figure('performed')).toMatchObject({ numerator: before['numerator'] });
      const { missed } = { missed: (await figure('performed'))['denominator'] };
      expect(missed).toBe((before['denominator'] as number) + 1);
      const records = (await ledger()).items[2]?.records ?? [];
      desk = await mediator();
      for (const record of records)
        must(await desk.post(`/performance-records/${record.id}/retraction`, { reason: '补登凭证。' }), 200);
      const proof = await aScan(desk, matter.id);
      must(
        await desk.post(`/performance-items/${third}/records`, { ...body, amountFen: 60_000, attachmentIds: [proof] }),
        200,
      );
      on('2026-11-23');
      expect(await figure('performed')).toMatchObject({ numerator: (before['numerator'] as number) + 1 });
    });
  });
});
