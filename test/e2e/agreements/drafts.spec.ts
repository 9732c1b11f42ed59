import { OutboxDispatcher } from '../../../src/platform/database';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { textOf } from '../../support/paper-fixtures';
import { aSlip, atPortal } from '../../support/slips';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aSeal, fileOf, onScreen, view } from './stage';

interface Run {
  readonly text: string;
  readonly mark: string;
}
interface Draft {
  readonly id: string;
  readonly number: number;
  readonly writtenByName: string;
  readonly shownAt: string | null;
  readonly round: number | null;
  readonly differences: readonly { readonly place: string; readonly kind: string; readonly runs: readonly Run[] }[];
}
interface Earlier {
  readonly draft: number;
  readonly signedOn: string;
  readonly differences: readonly { readonly place: string; readonly runs: readonly Run[] }[];
}

describe('drafts by number, and what changed between them (real PostgreSQL, HTTP and PDF; fake clock)', () => {
  let t: TestApp;
  let mediator: Caller;
  let matter: BuiltMatter;
  let agreementId: string;

  const content = (clause: string, amountFen = 180_000): object => ({
    facts: '双方就剩余租金发生争议。',
    clauses: [clause, '付清后再无其他争议。'],
    obligations: [
      {
        kind: 'payment',
        obligorId: matter.partyIds[1],
        obligeeId: matter.partyIds[0],
        content: '支付剩余租金',
        amountFen,
        dueOn: '2026-12-20',
        place: '汇入银行账户',
        manner: '银行转账',
      },
    ],
  });
  const revise = async (body: object): Promise<Standing> =>
    must<Standing>(
      await mediator.put(`/agreements/${agreementId}/content`, body, (await view(mediator, agreementId)).version),
      200,
    );
  const drafts = async (): Promise<readonly Draft[]> =>
    must<{ items: Draft[] }>(await mediator.get(`/agreements/${agreementId}/drafts`), 200).items;
  const preview = async (): Promise<string> => textOf(await fileOf(mediator, `/agreements/${agreementId}/preview`));
  const freeze = async (): Promise<Standing> =>
    must<Standing>(
      await mediator.post(
        `/agreements/${agreementId}/freezing`,
        {},
        { ifMatch: (await view(mediator, agreementId)).version },
      ),
      200,
    );

  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    mediator = await t.as('mediator');
    matter = await aMatter(t).ofType('contract.lease').agreed();
    const begun = { kind: 'written', clauses: [], obligations: [], isUnfinished: true };
    agreementId = must<Standing>(await mediator.post(`/disputes/${matter.id}/agreements`, begun), 201).id;
  });
  afterAll(() => t.close());

  it('what nobody was shown is written over; what was printed stays, and the next text is the next draft', async () => {
    expect(await drafts()).toEqual([]);
    await revise(content('承租人付清租金。'));
    await revise(content('承租人于十二月二十日前付清租金。'));
    expect((await drafts()).map((d) => [d.number, d.shownAt])).toEqual([[1, null]]);
    expect(await preview()).toContain('第1稿未生效');
    // Looked at again, it is the same draft.
    expect(await preview()).toContain('第1稿未生效');
    await (await t.as('recorder')).get(`/agreements/${agreementId}/drafts`);
    await revise(content('承租人于十二月三十日前付清租金。'));
    const unsaved = await mediator.post(`/disputes/${matter.id}/agreement-previews`, {
      kind: 'written',
      ...content('承租人于十二月三十一日前付清租金。'),
    });
    expect(textOf(unsaved.body as Buffer)).toContain('第2稿未生效');
    expect(await preview()).toContain('第2稿未生效');
    const [second, first] = await drafts();
    expect(second).toMatchObject({ number: 2, writtenByName: '刘调解', round: null });
    expect(second?.differences.map((d) => [d.place, d.kind])).toEqual([['协议内容第1条', 'changed']]);
    expect(second?.differences[0]?.runs.filter((r) => r.mark !== 'same').map((r) => r.mark)).toContain('removed');
    // An earlier draft is drawn as it was.
    const old = textOf(await fileOf(mediator, `/agreement-drafts/${first?.id ?? ''}/paper`));
    expect(old).toContain('第1稿未生效');
    expect(old).toContain('十二月二十日前');
  });

  it('a draft that was shown is never changed, whoever writes', async () => {
    const { id = '' } = (await drafts())[0] ?? {};
    await expect(
      t.sql(`update agreement_draft set data_sha256 = repeat('0', 64) where id = $1 returning id`, [id]),
    ).rejects.toThrow('a draft that was shown is never changed');
  });

  it('keeps drafts from everybody who may not read the agreement', async () => {
    const { id = '' } = (await drafts())[0] ?? {};
    for (const [key, status] of [
      ['guide', 403],
      ['director', 404],
      ['mediator:foreign', 404],
    ] as const) {
      expect((await (await t.as(key)).get(`/agreements/${agreementId}/drafts`)).status).toBe(status);
      expect((await (await t.as(key)).get(`/agreement-drafts/${id}/paper`)).status).toBe(status);
    }
  });

  it('a word changed drops the marks; whoever had signed is told, and shown what was changed since', async () => {
    const first = await freeze();
    must(
      await mediator.post(`/agreements/${agreementId}/electronic-consents`, {
        partyIds: matter.partyIds,
        agreedOn: t.clock.at().toISOString().slice(0, 10),
      }),
      200,
    );
    const tablet = (contentHash: string | null) =>
      mediator.post(`/agreements/${agreementId}/tablet-signatures`, {
        ...onScreen(t, contentHash),
        slot: 'party-2',
        identityCheck: 'document-compared',
      });
    must(await tablet(first.contentHash), 200);
    const tenant = await atPortal(t, await aSlip(t, await t.as('intake'), matter.id, matter.partyIds[1]));
    const waiting = async (): Promise<string[]> =>
      must<{ waiting: { kind: string; text: string }[] }>(await tenant.get('/portal/matter'), 200)
        .waiting.filter((w) => w.kind === 'signature')
        .map((w) => w.text);
    expect(await waiting()).toEqual([]);
    t.clock.advance(60_000);
    const { version } = await view(mediator, agreementId);
    must(
      await mediator.post(`/agreements/${agreementId}/unfreezing`, { reason: '租金算错。' }, { ifMatch: version }),
      200,
    );
    expect(await waiting()).toEqual([expect.stringContaining('之前的签名已经作废')]);
    await revise(content('承租人于十二月三十日前付清租金。', 170_000));
    const second = await freeze();
    expect(await waiting()).toEqual([expect.stringMatching(/协议有改动，之前的签名已经作废.*等待/)]);

    const changed = (earlier: Earlier | null | undefined) =>
      earlier?.differences.map((d) => [
        d.place,
        d.runs.filter((r) => r.mark === 'removed').map((r) => r.text),
        d.runs.filter((r) => r.mark === 'added').map((r) => r.text),
      ]);
    const text = must<{ earlier: (Earlier & { slot: string })[] }>(
      await mediator.get(`/agreements/${agreementId}/signing-text`),
      200,
    );
    expect(text.earlier.map((e) => [e.slot, e.draft])).toEqual([['party-2', 2]]);
    expect(changed(text.earlier[0])).toEqual([['履行事项第1项', ['1,800.00'], ['1,700.00']]]);
    for (const [slot, isShown] of [
      ['party-2', true],
      ['party-1', false],
    ] as const) {
      const { token } = must<{ token: string }>(
        await mediator.post(`/agreements/${agreementId}/signing-links`, {
          slot,
          expiresAt: new Date(t.clock.at().getTime() + 86_400_000).toISOString(),
          identityCheck: 'phone-confirmed',
        }),
        201,
      );
      const shown = must<{ earlier: Earlier | null }>(await t.link(token).get('/signing/agreement'), 200);
      expect(changed(shown.earlier)).toEqual(isShown ? [['履行事项第1项', ['1,800.00'], ['1,700.00']]] : undefined);
    }
    expect((await drafts()).map((d) => [d.number, d.round])).toEqual([
      [3, 2],
      [2, 1],
      [1, null],
    ]);
    expect(second.round).toBe(2);

    await t.app.get(OutboxDispatcher).drain();
    const bell = must<{ items: { text: string }[] }>(
      await (await t.as('recorder')).get('/notifications?limit=100'),
      200,
    );
    expect(bell.items.map((m) => m.text)).toContain('协议已退回修改，已有的签署失效，改后须重新签署');
  });
});

describe('drafts of other papers by number', () => {
  it('the same content keeps its number, another one is the next', async () => {
    const t = await startTestApp();
    const matter = await aMatter(t).agreed();
    const look = async (): Promise<string> => {
      const order = { disputeId: matter.id, templateId: 'rights-notice', parameters: {} };
      const reply = await (await t.as('mediator')).fetchPost('/papers/preview', order);
      return /第(\d+)稿未生效/.exec(textOf(must<Buffer>(reply, 200)))?.[1] ?? '';
    };
    expect([await look(), await look()]).toEqual(['1', '1']);
    // The notice says the day on which it was given.
    t.clock.advance(86_400_000);
    expect([await look(), await look()]).toEqual(['2', '2']);
    await t.close();
  });
});
