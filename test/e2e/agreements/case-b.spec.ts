import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltMatter, MatterBuilder, aMatter, must } from '../../support/builders';
import { textOf } from '../../support/paper-fixtures';
import { partiesOf, residentIdOf } from '../../support/parties';
import { isInstalled } from '../../support/sealing-fixtures';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aScan, aSeal, codeOf, fileOf, handwriting, ledger, onScreen, view } from './stage';

/** The shop, a company with its legal representative, and the tenant of twenty-three. */
function shopAndTenant(t: TestApp): MatterBuilder {
  return aMatter(t)
    .with({ title: '手机租赁合同纠纷' })
    .ofType('contract.lease')
    .between(
      {
        kind: 'organization',
        side: 'applicant',
        name: '青城数码租赁有限公司',
        creditCode: '91350100M000100Y43',
        phone: '0471-6612345',
        address: '新城区新华大街60号',
      },
      {
        kind: 'person',
        side: 'respondent',
        name: '乌云毕力格',
        residentId: residentIdOf('20030517', 215),
        phone: '13804711234',
        address: '新城区成吉思汗大街18号',
      },
    );
}

describe('case B: a shop and its tenant sign from afar (real PostgreSQL, HTTP and PDF; fake clock)', () => {
  let t: TestApp;
  let mediator: Caller;
  let matter: BuiltMatter;
  let agreementId: string;
  let contentHash: string | null;
  let shop: string;
  let tenant: string;
  const tokens: Record<string, string> = {};

  const content = (instalments: readonly number[]): object => ({
    facts: '双方于2026年3月签订手机租赁合同，承租人付了两期租金后未再付款，双方就剩余租金发生争议。',
    responsibilities: '承租人确认欠付租金属实；出租人同意延长付款期限。',
    clauses: ['承租人分期向出租人支付剩余租金。', '付清后双方就该合同再无其他争议。'],
    obligations: [
      {
        kind: 'payment',
        obligorId: tenant,
        obligeeId: shop,
        content: '支付剩余租金',
        amountFen: 180_001,
        dueOn: '2026-12-20',
        place: '汇入青城数码租赁有限公司的银行账户',
        manner: '银行转账',
        instalments: instalments.map((amountFen, i) => ({ amountFen, dueOn: `2026-1${i}-20` })),
      },
    ],
  });
  const link = async (slot: string, changes: object = {}) =>
    mediator.post(`/agreements/${agreementId}/signing-links`, {
      slot,
      expiresAt: new Date(t.clock.at().getTime() + 86_400_000).toISOString(),
      identityCheck: 'phone-confirmed',
      identityNote: '拨打登记的手机核对',
      ...changes,
    });

  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    matter = await shopAndTenant(t).agreed();
    [shop = '', tenant = ''] = matter.partyIds;
    mediator = await t.as('mediator');
  });
  afterAll(() => t.close());

  it('adds the instalments up to the fen, in the order of time, the last one due with the whole', async () => {
    const wrong = await mediator.post(`/disputes/${matter.id}/agreements`, {
      kind: 'written',
      ...content([60_000, 60_000, 60_000]),
    });
    expect(wrong.status).toBe(422);
    expect((wrong.body as { errors: object[] }).errors).toEqual([
      {
        pointer: '/obligations/0/instalments',
        code: 'agreements.instalments-sum',
        detail: '各期合计¥1,800.00，与总额¥1,800.01不一致，请核对各期金额。',
      },
    ]);
    const drafted = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'written',
        ...content([60_000, 60_000, 60_001]),
      }),
      201,
    );
    agreementId = drafted.id;
    expect(drafted.warnings.map((w) => w.code)).toEqual(['agreements.deferred-performance']);
  });

  it('asks for the right to sign for the company and for the agreement to sign electronically', async () => {
    const nobody = await mediator.post(`/agreements/${agreementId}/freezing`, {}, { ifMatch: 1 });
    const parties = await partiesOf(mediator, matter.id);
    if ((parties.find((p) => p.id === shop)?.representatives.length ?? 0) === 0) {
      expect(codeOf(nobody)).toEqual([422, 'agreements.nobody-may-sign']);
    }
    const added = await (
      await t.as('intake')
    ).post(`/parties/${shop}/representatives`, {
      kind: 'legal-representative',
      name: '陈宏',
      scope: ['attend', 'receive', 'sign', 'waive'],
      validFrom: '2026-01-01',
    });
    must(added, 201);
    const frozen = must<Standing>(await mediator.post(`/agreements/${agreementId}/freezing`, {}, { ifMatch: 1 }), 200);
    contentHash = frozen.contentHash;
    expect(frozen.openSlots).toBe(4);
    expect((await view(mediator, agreementId)).plan.map((r) => [r.slot, r.signerName, r.missing])).toEqual([
      ['party-1', '陈宏', ['signature', 'corporate-seal']],
      ['party-2', '乌云毕力格', ['signature']],
      ['mediator-1', '刘调解', ['signature']],
      ['recorder', '郑记录', ['signature']],
      ['committee-seal', '新城区光明社区人民调解委员会', []],
    ]);
    expect(codeOf(await link('party-2'))).toEqual([409, 'agreements.electronic-not-agreed']);
    const consent = (partyIds: string[]) =>
      mediator.post(`/agreements/${agreementId}/electronic-consents`, { partyIds, agreedOn: '2026-09-19' });
    must(await consent([shop]), 200);
    expect(codeOf(await link('party-2'))).toEqual([409, 'agreements.electronic-not-agreed']);
    must(await consent([tenant]), 200);
  });

  it('gives a link once, for a party’s place, for at most seven days; a new one revokes the old', async () => {
    expect(codeOf(await link('mediator-1'))).toEqual([422, 'agreements.link-for-parties']);
    const late = new Date(t.clock.at().getTime() + 8 * 86_400_000).toISOString();
    expect(codeOf(await link('party-2', { expiresAt: late }))).toEqual([422, 'agreements.link-period']);
    const first = must<{ token: string }>(await link('party-2'), 201).token;
    const second = must<{ token: string }>(await link('party-2'), 201).token;
    expect(second).not.toBe(first);
    expect((await t.link(first).get('/signing/agreement')).status).toBe(401);
    tokens.tenant = second;
    tokens.shop = must<{ token: string }>(await link('party-1'), 201).token;
    const rows = await t.sql<{ digest: string }>('select digest from signing_link');
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toContain(second);
  });

  it('shows the holder the text and the file, and nothing of the others’ numbers and addresses', async () => {
    const tenantPhone = t.link(tokens.tenant ?? '');
    const shown = must<Record<string, unknown>>(await tenantPhone.get('/signing/agreement'), 200);
    expect(shown).toMatchObject({
      signerName: '乌云毕力格',
      partyNames: ['青城数码租赁有限公司', '乌云毕力格'],
      totalFen: 180_001,
      contentHash,
      allowedActs: ['signing.sign', 'signing.refuse'],
    });
    expect(
      (shown.obligations as { content: string; amountFen: number }[]).map((o) => [o.content, o.amountFen]),
    ).toEqual([
      ['支付剩余租金（第1期，共3期）', 60_000],
      ['支付剩余租金（第2期，共3期）', 60_000],
      ['支付剩余租金（第3期，共3期）', 60_001],
    ]);
    // The one number there is the center's, for questions.
    expect(shown.centerPhone).toBe('0471-6600001');
    expect(JSON.stringify(shown)).not.toMatch(/91350100|6612345|13804711234|新华大街/);
    const paper = await fileOf(tenantPhone, '/signing/paper');
    expect(paper.equals(await fileOf(mediator, `/agreements/${agreementId}/signing-copy`))).toBe(true);
    for (const path of [`/agreements/${agreementId}`, `/disputes/${matter.id}`, `/disputes/${matter.id}/agreements`]) {
      expect((await tenantPhone.get(path)).status).toBe(401);
    }
    expect((await t.link('x'.repeat(43)).get('/signing/agreement')).status).toBe(401);
    expect((await t.anonymous.get('/signing/agreement')).status).toBe(401);
    expect((await mediator.get('/signing/agreement')).status).toBe(401);
    expect(await t.sql("select actor_kind from audit_entry where act = 'signing.read'")).toEqual([
      { actor_kind: 'link' },
    ]);
  });

  it('refuses what is no signature, and one of another text', async () => {
    const tenantPhone = t.link(tokens.tenant ?? '');
    const sign = (changes: object) => tenantPhone.post('/signing/signature', onScreen(t, contentHash, changes));
    for (const [changes, status, code] of [
      [{ strokes: [] }, 422, 'agreements.strokes'],
      [{ strokes: [{ points: [{ x: 1, y: 1, t: 0, p: 500 }] }] }, 422, 'agreements.strokes'],
      [
        { strokes: [{ points: Array.from({ length: 20 }, (_, i) => ({ x: i * 9, y: 50, t: i * 20, p: 500 })) }] },
        422,
        'agreements.strokes',
      ],
      [{ scrolledToEnd: false }, 422, 'agreements.not-read'],
      [{ agreesToElectronic: false }, 422, 'agreements.electronic-not-agreed'],
      [{ contentHash: 'a'.repeat(64) }, 409, 'agreements.content-changed'],
      [{ contentHash: 'short' }, 400, 'invalid-fields'],
    ] as const) {
      expect(codeOf(await sign(changes))).toEqual([status, code]);
    }
    expect(await t.sql('select 1 from signature_mark')).toEqual([]);
    expect(await t.sql('select used_at from signing_link where used_at is not null')).toEqual([]);
  });

  it('signs once; the same request again gets the same answer, another one finds the link used', async () => {
    const tenantPhone = t.link(tokens.tenant ?? '');
    const body = onScreen(t, contentHash, { strokes: handwriting(3) });
    const first = await tenantPhone.post('/signing/signature', body, { idempotencyKey: 'tenant-signs-1' });
    expect(first.status).toBe(200);
    expect(first.body).toMatchObject({ state: 'signed', signerName: '乌云毕力格' });
    const again = await tenantPhone.post('/signing/signature', body, { idempotencyKey: 'tenant-signs-1' });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(codeOf(await tenantPhone.post('/signing/signature', body))).toEqual([401, 'signing.link-invalid']);
    expect(await t.sql('select method, link_id is not null as linked, strokes_encrypted from signature_mark')).toEqual([
      { method: 'link', linked: true, strokes_encrypted: expect.stringMatching(/^v1\./) as string },
    ]);
  });

  it('lets the company sign by link and add its seal in ink; mediator and recorder under their own accounts', async () => {
    const signed = must<{ message: string }>(
      await t.link(tokens.shop ?? '').post('/signing/signature', onScreen(t, contentHash, { strokes: handwriting(5) })),
      200,
    );
    expect(signed.message).toContain('单位公章');
    expect((await view(mediator, agreementId)).plan[0]).toMatchObject({ state: 'open', missing: ['corporate-seal'] });
    const recorder = await t.as('recorder');
    const tablet = (slot: string) => ({ ...onScreen(t, contentHash), slot, identityCheck: 'own-account' });
    const foreign = await mediator.post(`/agreements/${agreementId}/tablet-signatures`, tablet('recorder'));
    expect(codeOf(foreign)).toEqual([422, 'agreements.not-your-place']);
    must(await mediator.post(`/agreements/${agreementId}/tablet-signatures`, tablet('mediator-1')), 200);
    must(await recorder.post(`/agreements/${agreementId}/tablet-signatures`, tablet('recorder')), 200);
    const scanAttachmentId = await aScan(mediator, matter.id);
    const sealed = must<Standing>(
      await mediator.post(`/agreements/${agreementId}/ink-signatures`, {
        contentHash,
        scanAttachmentId,
        marks: [
          {
            slot: 'party-1',
            signedOn: '2026-09-19',
            hasSignature: false,
            hasFingerprint: false,
            hasCorporateSeal: true,
            identityCheck: 'document-compared',
          },
        ],
      }),
      200,
    );
    expect(sealed.openSlots).toBe(0);
  });

  it('takes effect under the seal; the file holds the handwriting and verifies', async () => {
    const { version } = await view(mediator, agreementId);
    const director = await t.as('committee-director');
    must(await director.post(`/agreements/${agreementId}/sealing`, {}, { ifMatch: version }), 200);
    const { paper, confirmation, effectiveOn } = await view(mediator, agreementId);
    expect(effectiveOn).toBe('2026-09-19');
    // 30 days end on 10-19, a Monday after the holidays.
    expect(confirmation?.dueOn).toBe('2026-10-19');
    const body = await fileOf(mediator, `/papers/${paper?.id ?? ''}/file`);
    const code = await t.anonymous.get(`/verification/${paper?.verificationCode ?? ''}`);
    expect(code.body).toMatchObject({ isEffective: true, name: '人民调解协议书' });
    const folder = mkdtempSync(join(tmpdir(), 'case-b-'));
    const file = join(folder, 'b.pdf');
    writeFileSync(file, body);
    if (isInstalled('pdfsig')) {
      expect(spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' }).stdout).toContain('Signature is Valid');
    }
    if (isInstalled('pdftotext')) {
      const text = textOf(body);
      expect(text).toContain('法定代表人（负责人）陈宏');
      expect(text).toContain('已在纸质文本上加盖单位公章');
      expect(text).toContain('¥1,800.01');
      expect(text).toContain('陆佰元零壹分');
    }
    rmSync(folder, { recursive: true });
  });

  it('keeps the ledger: part payment, too much, urging, breach after the day, cure, a record struck out', async () => {
    const [first, second, third] = await ledger(mediator, matter.id);
    const pay = (id: string, amountFen: number, changes: object = {}) =>
      mediator.post(`/performance-items/${id}/records`, {
        amountFen,
        performedOn: '2026-09-19',
        manner: 'transfer',
        isConfirmedByObligee: true,
        ...changes,
      });
    const [a, b, c] = [first?.id ?? '', second?.id ?? '', third?.id ?? ''];
    const part = must<{ mediationState: string }>(await pay(a, 20_000), 200);
    expect(part).toMatchObject({
      state: 'open',
      performedFen: 20_000,
      remainingFen: 40_000,
      mediationState: 'performing',
    });
    expect(codeOf(await pay(a, 40_001))).toEqual([422, 'performance.too-much']);
    expect(codeOf(await pay(a, 40_000, { performedOn: '2026-09-20' }))).toEqual([422, 'performance.day']);
    expect(codeOf(await pay(a, 40_000, { amountFen: undefined }))).toEqual([422, 'performance.amount-missing']);
    const proof = await aScan(mediator, matter.id);
    expect(codeOf(await pay(a, 40_000, { attachmentIds: ['0194f7f2-c0de-7000-a1b2-c3d4e5f60718'] }))).toEqual([
      422,
      'performance.proof-missing',
    ]);
    expect(must(await pay(a, 40_000, { attachmentIds: [proof] }), 200)).toMatchObject({ state: 'performed' });
    expect(codeOf(await mediator.post(`/performance-items/${b}/breach`, { reason: '到期未付。' }))).toEqual([
      409,
      'performance.not-due-yet',
    ]);
    t.clock.set('2026-11-21T09:00:00+08:00');
    expect((await ledger(mediator, matter.id)).map((i) => i.isOverdue)).toEqual([false, true, false]);
    must(await mediator.post(`/performance-items/${b}/urgings`, { note: '电话催告。' }), 200);
    const breached = must(await mediator.post(`/performance-items/${b}/breach`, { reason: '催告后仍不付。' }), 200);
    expect(breached).toMatchObject({ state: 'breached', mediationState: 'in-breach' });
    const cured = must(await pay(b, 60_000, { performedOn: '2026-11-21' }), 200);
    expect(cured).toMatchObject({ state: 'performed', mediationState: 'performing' });
    const done = must(await pay(c, 60_001, { performedOn: '2026-11-21' }), 200);
    expect(done).toMatchObject({ state: 'performed', mediationState: 'performed' });
    const records = (await ledger(mediator, matter.id))[2]?.records ?? [];
    const struck = must(
      await mediator.post(`/performance-records/${records[0]?.id ?? ''}/retraction`, {
        reason: '银行退回，款项未到账。',
      }),
      200,
    );
    expect(struck).toMatchObject({ state: 'open', performedFen: 0, mediationState: 'performing' });
    expect(
      codeOf(await mediator.post(`/performance-records/${records[0]?.id ?? ''}/retraction`, { reason: '再冲。' })),
    ).toEqual([422, 'performance.not-retractable']);
  });
});
