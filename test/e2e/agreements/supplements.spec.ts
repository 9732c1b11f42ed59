import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { textOf } from '../../support/paper-fixtures';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aSeal, codeOf, fileOf, ledger, onScreen, view } from './stage';

interface Verified {
  readonly name: string;
  readonly number: string;
  readonly isEffective: boolean;
  readonly successors: readonly { readonly how: string; readonly number: string; readonly text: string }[];
}

describe('after the seal: supplements, corrections and what replaces an agreement (real PostgreSQL, HTTP and PDF)', () => {
  let t: TestApp;
  let mediator: Caller;
  let director: Caller;

  const payment = ([obligor, obligee]: readonly string[], changes: object = {}): object => ({
    kind: 'payment',
    obligorId: obligor,
    obligeeId: obligee,
    content: '返还借款',
    amountFen: 100_000,
    dueOn: '2027-03-01',
    place: '汇入银行账户',
    manner: '银行转账',
    ...changes,
  });
  const drafted = async (matter: BuiltMatter, changes: object = {}) =>
    mediator.post(`/disputes/${matter.id}/agreements`, {
      kind: 'written',
      facts: '双方就借款发生争议。',
      clauses: ['一方向另一方返还借款。'],
      obligations: [payment(matter.partyIds)],
      ...changes,
    });
  const frozen = async (matter: BuiltMatter, changes: object = {}): Promise<Standing> => {
    const { id } = must<Standing>(await drafted(matter, changes), 201);
    const agreedOn = t.clock.at().toISOString().slice(0, 10);
    const { version } = must<Standing>(
      await mediator.post(`/agreements/${id}/electronic-consents`, { partyIds: matter.partyIds, agreedOn }),
      200,
    );
    return must<Standing>(await mediator.post(`/agreements/${id}/freezing`, {}, { ifMatch: version }), 200);
  };
  const signed = async ({ id, contentHash }: Standing): Promise<Standing> => {
    const recorder = await t.as('recorder');
    for (const [by, slot] of [
      [mediator, 'party-1'],
      [mediator, 'party-2'],
      [mediator, 'mediator-1'],
    ] as const) {
      must(await sign(by, id, contentHash, slot), 200);
    }
    return must<Standing>(await sign(recorder, id, contentHash, 'recorder'), 200);
  };
  const sign = (by: Caller, id: string, contentHash: string | null, slot: string) =>
    by.post(`/agreements/${id}/tablet-signatures`, {
      ...onScreen(t, contentHash),
      slot,
      identityCheck: slot.startsWith('party') ? 'document-compared' : 'own-account',
    });
  const seal = ({ id, version }: Standing) => director.post(`/agreements/${id}/sealing`, {}, { ifMatch: version });
  const effective = async (matter: BuiltMatter, changes: object = {}): Promise<Standing> =>
    must<Standing>(await seal(await signed(await frozen(matter, changes))), 200);
  const verified = async (agreementId: string): Promise<Verified> => {
    const code = (await view(mediator, agreementId)).paper?.verificationCode ?? '';
    return must<Verified>(await t.anonymous.get(`/verification/${code}`), 200);
  };
  const paperText = async (agreementId: string): Promise<string> =>
    textOf(await fileOf(mediator, `/papers/${(await view(mediator, agreementId)).paper?.id ?? ''}/file`));

  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    [mediator, director] = [await t.as('mediator'), await t.as('committee-director')];
  });
  afterAll(() => t.close());

  it('a supplement has a paper, a number and marks of its own, changes what is due, and the former leads to it', async () => {
    const matter = await aMatter(t).agreed();
    const base = await effective(matter);
    expect((await verified(base.id)).successors).toEqual([]);
    const [due] = await ledger(mediator, matter.id);
    must(
      await mediator.post(`/performance-items/${due?.id ?? ''}/records`, {
        amountFen: 40_000,
        performedOn: t.clock.at().toISOString().slice(0, 10),
        manner: 'transfer',
        isConfirmedByObligee: true,
      }),
      200,
    );
    const anew = payment(matter.partyIds, { amountFen: 60_000, dueOn: '2027-06-01', replacesItemId: due?.id });
    const later = await effective(matter, {
      relation: 'supplement',
      baseId: base.id,
      facts: '借款人住院，双方就还款期限另行协商。',
      clauses: ['剩余借款延期返还。'],
      obligations: [anew],
    });
    expect(later).toMatchObject({ state: 'effective', mediationState: 'performing' });
    const { number } = await view(mediator, base.id);
    const text = await paperText(later.id);
    for (const part of [
      '人民调解补充协议书',
      `编号：${number ?? ''}之二`,
      `日生效的人民调解协议书，编号：${number ?? ''}（以下称原协议）`,
      '剩余借款延期返还。',
      '上列第1项代替原协议约定的“返还借款，¥1,000.00，2027年3月1日前，已履行¥400.00”',
    ])
      expect(text).toContain(part);
    expect((await ledger(mediator, matter.id)).map((i) => [i.state, i.remainingFen])).toEqual([
      ['cancelled', 60_000],
      ['open', 60_000],
    ]);
    expect(await verified(base.id)).toMatchObject({
      isEffective: true,
      successors: [
        {
          how: 'supplement',
          number: `${number ?? ''}之二`,
          text: `由${number ?? ''}之二《人民调解补充协议书》补充`,
        },
      ],
    });
    expect(await verified(later.id)).toMatchObject({
      name: '人民调解补充协议书',
      predecessors: [{ how: 'supplement', number, text: `补充${number ?? ''}《人民调解协议书》` }],
      successors: [],
    });
    expect((await view(mediator, base.id)) as unknown).toMatchObject({
      related: [{ id: later.id, isBase: false, relationName: '补充协议' }],
    });

    // Voided, it leaves what it had changed as it was.
    must(
      await director.post(
        `/agreements/${later.id}/voiding`,
        { ground: 'all-agreed', reason: '各方一致撤销延期。' },
        { ifMatch: (await view(mediator, later.id)).version },
      ),
      200,
    );
    expect((await ledger(mediator, matter.id)).map((i) => i.state)).toEqual(['open', 'cancelled']);
    expect((await verified(base.id)).successors).toEqual([]);
  });

  it('takes the place only of what is still due under the former agreement', async () => {
    const [matter, other] = [await aMatter(t).agreed(), await aMatter(t).agreed()];
    const base = await effective(matter);
    await effective(other);
    const [due] = await ledger(mediator, matter.id);
    const [foreign] = await ledger(mediator, other.id);
    const anew = (replacesItemId: string | undefined, relation: string = 'correction') =>
      drafted(matter, {
        ...(relation === 'original' ? {} : { relation, baseId: base.id }),
        obligations: [payment(matter.partyIds, { replacesItemId })],
      });
    for (const reply of [await anew(foreign?.id), await anew(due?.id, 'replacement')]) {
      expect(codeOf(reply)).toEqual([422, 'agreements.not-to-be-replaced']);
    }
    const standing = must<Standing>(await anew(due?.id), 201);
    expect((await view(mediator, standing.id)) as unknown).toMatchObject({ replaceable: [{ id: due?.id }] });
  });

  it('is not sealed over what was performed after its text was fixed', async () => {
    const matter = await aMatter(t).agreed();
    const base = await effective(matter);
    const [due] = await ledger(mediator, matter.id);
    const ready = await signed(
      await frozen(matter, {
        relation: 'correction',
        baseId: base.id,
        obligations: [payment(matter.partyIds, { amountFen: 90_000, replacesItemId: due?.id })],
      }),
    );
    must(
      await mediator.post(`/performance-items/${due?.id ?? ''}/records`, {
        amountFen: 10_000,
        performedOn: t.clock.at().toISOString().slice(0, 10),
        manner: 'cash',
        isConfirmedByObligee: true,
      }),
      200,
    );
    expect(codeOf(await seal(ready))).toEqual([409, 'agreements.item-moved']);
    expect((await ledger(mediator, matter.id)).map((i) => i.state)).toEqual(['open']);
  });

  it('amends an agreement, not an amendment; what was amended is not voided under a later one, and falls with it', async () => {
    const matter = await aMatter(t).agreed();
    const base = await effective(matter);
    const first = await effective(matter, { relation: 'supplement', baseId: base.id, obligations: [] });
    expect(codeOf(await drafted(matter, { relation: 'correction', baseId: first.id }))).toEqual([
      422,
      'agreements.base-not-effective',
    ]);
    const voiding = async () =>
      director.post(
        `/agreements/${base.id}/voiding`,
        { ground: 'court-invalid', reason: '人民法院裁定无效。' },
        { ifMatch: (await view(mediator, base.id)).version },
      );
    const pending = await frozen(matter, { relation: 'correction', baseId: base.id, obligations: [] });
    expect(codeOf(await voiding())).toEqual([409, 'agreements.later-pending']);
    must(
      await mediator.post(
        `/agreements/${pending.id}/discarding`,
        { reason: '原协议将作废。' },
        { ifMatch: (await view(mediator, pending.id)).version },
      ),
      200,
    );
    must(await voiding(), 200);
    expect(await view(mediator, first.id)).toMatchObject({ state: 'voided', paper: { state: 'voided' } });
  });

  it('a replacement says what it replaces; the old papers lead to it, those of its supplements too', async () => {
    const matter = await aMatter(t).agreed();
    const base = await effective(matter);
    const added = await effective(matter, { relation: 'supplement', baseId: base.id, obligations: [] });
    const later = await effective(matter, { relation: 'replacement', baseId: base.id });
    const { number } = await view(mediator, base.id);
    expect(await paperText(later.id)).toMatch(/本协议书替代各方当事人于2026年9月\d+日生效的人民调解协议书（新城人调字/);
    expect((await ledger(mediator, matter.id)).map((i) => i.state)).toEqual(['cancelled', 'open']);
    for (const id of [base.id, added.id]) {
      expect(await view(mediator, id)).toMatchObject({ state: 'superseded', paper: { state: 'superseded' } });
      const { isEffective, successors } = await verified(id);
      expect(isEffective).toBe(false);
      expect(successors.at(-1)).toMatchObject({
        how: 'supersede',
        text: `由${number ?? ''}之三《人民调解协议书》替代`,
      });
    }
  });
});
