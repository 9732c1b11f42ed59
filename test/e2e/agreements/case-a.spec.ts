import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { jpeg } from '../../support/files';
import { textOf } from '../../support/paper-fixtures';
import { SIX_SIBLINGS } from '../../support/parties';
import { isInstalled } from '../../support/sealing-fixtures';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aScan, aSeal, codeOf, fileOf, ledger, onScreen, view } from './stage';

describe('case A: six siblings agree on an estate in ink (real PostgreSQL, HTTP and PDF; fake clock)', () => {
  let t: TestApp;
  let mediator: Caller;
  let director: Caller;
  let matter: BuiltMatter;
  let agreementId: string;
  let contentHash: string | null;
  let folder: string;
  const scan = jpeg(1200, 1600, 'signed by six');

  const payments = (amountFen = 6_000_000): object[] =>
    matter.partyIds.slice(1).map((obligeeId) => ({
      kind: 'payment',
      obligorId: matter.partyIds[0],
      obligeeId,
      content: '支付存款应继承份额',
      amountFen,
      dueOn: '2026-10-15',
      place: '汇入本人银行账户',
      manner: '银行转账，一次付清',
    }));
  const content = (): object => ({
    facts: '六名当事人系兄弟姐妹。父母去世后遗有存款人民币叁拾陆万元，未立遗嘱，因分配意见不一发生争议。',
    responsibilities: '各方确认存款由李建国保管，金额属实。',
    clauses: ['父母名下存款由六名当事人各得六分之一。', '六名当事人就该存款再无其他争议，互相恢复往来。'],
    breachClause: '逾期支付的，应当继续履行，并赔偿对方由此受到的损失。',
    obligations: payments(),
  });

  beforeAll(async () => {
    t = await startTestApp();
    folder = mkdtempSync(join(tmpdir(), 'case-a-'));
    await aSeal(t);
    matter = await aMatter(t)
      .with({ title: '李家六兄妹遗产纠纷', channel: 'proactive' })
      .ofType('family.inheritance')
      .between(...SIX_SIBLINGS)
      .agreed();
    mediator = await t.as('mediator');
    director = await t.as('committee-director');
  });
  afterAll(async () => {
    await t.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('drafts from data: all faults at once, each at its place; warnings do not stand in the way', async () => {
    const faulty = await mediator.post(`/disputes/${matter.id}/agreements`, {
      kind: 'written',
      clauses: ['各方不得再向人民法院起诉。', '房屋归李建国所有。'],
      obligations: [
        { kind: 'payment', obligorId: matter.partyIds[0], content: '支付折价款', dueOn: '2026-01-01' },
        { kind: 'act', obligorId: matter.partyIds[0], obligeeId: matter.partyIds[0], content: '腾房', amountFen: 1 },
      ],
    });
    expect(faulty.status).toBe(422);
    const { errors } = faulty.body as { errors: { pointer: string; code: string }[] };
    expect(errors.map((e) => `${e.pointer} ${e.code}`)).toEqual([
      '/facts agreements.facts-missing',
      '/obligations/0/obligeeId agreements.who-missing',
      '/obligations/0/amountFen agreements.amount-missing',
      '/obligations/0/place agreements.place-missing',
      '/obligations/0/manner agreements.manner-missing',
      '/obligations/0/dueOn agreements.due-in-past',
      '/obligations/1/obligeeId agreements.owes-itself',
      '/obligations/1/amountFen agreements.amount-without-payment',
      '/obligations/1/place agreements.place-missing',
      '/obligations/1/manner agreements.manner-missing',
      '/obligations/1/dueOn agreements.due-missing',
      '/clauses/0 words.waiver-of-remedy',
    ]);
    expect(await t.sql('select 1 from agreement where dispute_id = $1', [matter.id])).toEqual([]);
    const kept = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'written',
        isUnfinished: true,
        facts: '待补。',
        clauses: ['房屋归李建国所有。'],
        obligations: [],
      }),
      201,
    );
    agreementId = kept.id;
    expect(kept).toMatchObject({ state: 'drafting', faults: [], round: 0 });
    expect(kept.warnings.map((w) => w.code)).toEqual([
      'agreements.responsibilities-missing',
      'agreements.nothing-to-perform',
      'agreements.ownership-not-confirmable',
    ]);
    const second = await mediator.post(`/disputes/${matter.id}/agreements`, { kind: 'written', ...content() });
    expect(codeOf(second)).toEqual([409, 'agreements.one-at-a-time']);
  });

  it('revises under the version that was read', async () => {
    expect((await mediator.put(`/agreements/${agreementId}/content`, content(), 99)).status).toBe(412);
    const revised = must<Standing>(await mediator.put(`/agreements/${agreementId}/content`, content(), 1), 200);
    expect(revised).toMatchObject({ version: 2, faults: [] });
    expect(revised.warnings.map((w) => w.code)).toEqual(['agreements.deferred-performance']);
    expect(revised.allowedActs).toEqual(['agreements.revise', 'agreements.freeze', 'agreements.discard']);
    const preview = await fileOf(mediator, `/agreements/${agreementId}/preview`);
    if (isInstalled('pdftotext')) {
      const text = textOf(preview);
      expect(text).toContain('第1稿未生效');
      expect(text).toContain('当事人姓名李建平');
    }
  });

  it('refuses electronic signing of an inheritance at every door (E-signature Law art. 3)', async () => {
    const consent = await mediator.post(`/agreements/${agreementId}/electronic-consents`, {
      partyIds: matter.partyIds,
      agreedOn: '2026-09-19',
    });
    expect(codeOf(consent)).toEqual([422, 'agreements.electronic-not-allowed']);
    const frozen = must<Standing>(await mediator.post(`/agreements/${agreementId}/freezing`, {}, { ifMatch: 2 }), 200);
    contentHash = frozen.contentHash;
    expect(frozen).toMatchObject({ state: 'signing', mediationState: 'signing', round: 1, openSlots: 8 });
    expect(frozen.allowedActs).toEqual([
      'agreements.unfreeze',
      'agreements.record-ink',
      'agreements.refuse',
      'agreements.discard',
    ]);
    for (const reply of [
      await mediator.post(`/agreements/${agreementId}/tablet-signatures`, {
        ...onScreen(t, contentHash),
        slot: 'party-1',
        identityCheck: 'document-compared',
      }),
      await mediator.post(`/agreements/${agreementId}/signing-links`, {
        slot: 'party-1',
        expiresAt: new Date(t.clock.at().getTime() + 3_600_000).toISOString(),
        identityCheck: 'phone-confirmed',
      }),
    ]) {
      expect(codeOf(reply)).toEqual([422, 'agreements.electronic-not-allowed']);
    }
    expect(await t.sql('select 1 from signature_mark', [])).toEqual([]);
    const shown = await view(mediator, agreementId);
    expect(shown).toMatchObject({ copies: 7, number: '新城人调字〔2026〕1号' });
    expect(shown.inkOnlyReason).toContain('电子签名法第三条');
    expect(shown.plan.map((row) => row.slot)).toEqual([
      ...SIX_SIBLINGS.map((_, i) => `party-${i + 1}`),
      'mediator-1',
      'recorder',
      'committee-seal',
    ]);
  });

  it('prints one and the same copy for signing: final, without watermark and without a code', async () => {
    const one = await fileOf(mediator, `/agreements/${agreementId}/signing-copy`);
    const two = await fileOf(await t.as('recorder'), `/agreements/${agreementId}/signing-copy`);
    expect(one.equals(two)).toBe(true);
    const { signingCopySha256 } = await view(mediator, agreementId);
    expect(createHash('sha256').update(one).digest('hex')).toBe(signingCopySha256);
    if (!isInstalled('pdftotext')) return;
    const text = textOf(one);
    expect(text).not.toContain('未生效');
    expect(text).not.toContain('/verify/');
    expect(text).toContain('本协议一式七份');
    for (const { name } of SIX_SIBLINGS) expect(text).toContain(`当事人（签名盖章或按指印）：${name}`);
  });

  it('takes down ink with its scan; a wrong scan, day, slot or text is refused', async () => {
    const scanAttachmentId = await aScan(mediator, matter.id, scan);
    const foreign = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
    const mark = (slot: string, changes: object = {}): object => ({
      slot,
      signedOn: '2026-09-19',
      hasSignature: true,
      hasFingerprint: true,
      identityCheck: 'document-compared',
      ...changes,
    });
    const post = (body: object) =>
      mediator.post(`/agreements/${agreementId}/ink-signatures`, {
        contentHash,
        scanAttachmentId,
        witnessName: '社区工作人员云娜',
        ...body,
      });
    expect(codeOf(await post({ contentHash: '0'.repeat(64), marks: [mark('party-1')] }))).toEqual([
      409,
      'agreements.content-changed',
    ]);
    expect(codeOf(await post({ scanAttachmentId: foreign, marks: [mark('party-1')] }))).toEqual([
      422,
      'agreements.scan-missing',
    ]);
    expect(codeOf(await post({ marks: [mark('party-7')] }))).toEqual([422, 'agreements.unknown-slot']);
    expect(codeOf(await post({ marks: [mark('committee-seal')] }))).toEqual([422, 'agreements.unknown-slot']);
    expect(codeOf(await post({ marks: [mark('party-1', { signedOn: '2026-09-20' })] }))).toEqual([
      422,
      'agreements.signed-on',
    ]);
    expect(codeOf(await post({ marks: [mark('party-1', { hasCorporateSeal: true })] }))).toEqual([
      422,
      'agreements.no-corporate-seal',
    ]);
    expect(codeOf(await post({ marks: [mark('party-1', { identityCheck: 'own-account' })] }))).toEqual([
      422,
      'agreements.identity-check',
    ]);
    expect(codeOf(await post({ marks: [mark('mediator-1', { hasSignature: false })] }))).toEqual([
      422,
      'agreements.signature-needed',
    ]);
    expect(codeOf(await post({ witnessName: undefined, marks: [mark('party-2', { hasSignature: false })] }))).toEqual([
      422,
      'agreements.witness-missing',
    ]);
    expect(await t.sql('select 1 from signature_mark', [])).toEqual([]);
    const five = must<Standing>(await post({ marks: [1, 2, 3, 4, 5].map((n) => mark(`party-${n}`)) }), 200);
    expect(five.openSlots).toBe(3);
    expect(codeOf(await post({ marks: [mark('party-1')] }))).toEqual([409, 'agreements.slot-signed']);
    expect(codeOf(await director.post(`/agreements/${agreementId}/sealing`, {}, { ifMatch: five.version }))).toEqual([
      409,
      'agreements.slots-open',
    ]);
  });

  it('one who refuses stops the signing; the five marks stand when he signs after all', async () => {
    const refused = must<Standing>(
      await mediator.post(`/agreements/${agreementId}/refusals`, { slot: 'party-6', reason: '想再考虑一天。' }),
      200,
    );
    expect(refused).toMatchObject({ state: 'refused', mediationState: 'signing' });
    expect(refused.allowedActs).toEqual(['agreements.unfreeze', 'agreements.resume-signing', 'agreements.discard']);
    expect((await view(mediator, agreementId)).plan[5]).toMatchObject({
      state: 'refused',
      refusalReason: '想再考虑一天。',
    });
    expect(
      await t.sql("select payload ->> 'slot' as slot from outbox_message where topic = 'agreements.refused'", []),
    ).toEqual([{ slot: 'party-6' }]);
    t.clock.advanceDays(1);
    const resumed = must<Standing>(
      await mediator.post(`/agreements/${agreementId}/signing-resumption`, { reason: '李建平表示愿意签。' }),
      200,
    );
    expect(resumed).toMatchObject({ state: 'signing', openSlots: 3, contentHash });
    const scanAttachmentId = await aScan(mediator, matter.id);
    const ink = {
      signedOn: '2026-09-20',
      hasSignature: true,
      hasFingerprint: true,
      identityCheck: 'document-compared',
    };
    const whole = must<Standing>(
      await mediator.post(`/agreements/${agreementId}/ink-signatures`, {
        contentHash,
        scanAttachmentId,
        marks: [
          { ...ink, slot: 'party-6' },
          { ...ink, slot: 'mediator-1', hasFingerprint: false, identityCheck: 'own-account' },
          { ...ink, slot: 'recorder', hasFingerprint: false, identityCheck: 'own-account' },
        ],
      }),
      200,
    );
    expect(whole.openSlots).toBe(0);
  });

  it('takes effect with the committee’s seal, on the day of the last mark: ledger, countdown, seven copies', async () => {
    t.clock.advanceDays(1);
    const { version } = await view(mediator, agreementId);
    expect((await mediator.post(`/agreements/${agreementId}/sealing`, {}, { ifMatch: version })).status).toBe(403);
    expect((await director.post(`/agreements/${agreementId}/sealing`, {})).status).toBe(428);
    const key = 'seal-once-0001';
    const sealed = must<Standing>(
      await director.post(`/agreements/${agreementId}/sealing`, {}, { ifMatch: version, idempotencyKey: key }),
      200,
    );
    expect(sealed).toMatchObject({ state: 'effective', mediationState: 'effective', openSlots: 0 });
    const replay = await director.post(
      `/agreements/${agreementId}/sealing`,
      {},
      { ifMatch: version, idempotencyKey: key },
    );
    expect([replay.status, replay.body]).toEqual([200, sealed]);
    const shown = await view(mediator, agreementId);
    expect(shown).toMatchObject({
      effectiveOn: '2026-09-21',
      copies: 7,
      paper: { state: 'sealed' },
      // 30 days from 09-21 end on 10-21, a Wednesday.
      confirmation: { dueOn: '2026-10-21' },
    });
    expect(shown.effectiveAt).toBe(t.clock.at().toISOString());
    const items = await ledger(mediator, matter.id);
    expect(items.map((i) => [i.amountFen, i.dueOn, i.state])).toEqual(
      Array.from({ length: 5 }, () => [6_000_000, '2026-10-15', 'open']),
    );
    expect(await t.sql('select copies, governed_by, number from paper where subject_id = $1', [agreementId])).toEqual([
      { copies: 7, governed_by: '协议', number: '新城人调字〔2026〕1号' },
    ]);
    const acts = await t.sql<{ act: string }>(
      "select act from audit_entry where dispute_id = $1 and object_type = 'agreement' order by seq",
      [matter.id],
    );
    expect(acts.map((a) => a.act)).toEqual(
      expect.arrayContaining([
        'agreements.draft',
        'agreements.revise',
        'agreements.freeze',
        'agreements.record-ink',
        'agreements.refuse',
        'agreements.resume-signing',
        'agreements.seal',
        'agreements.read',
        'agreements.download-signing-copy',
      ]) as string[],
    );
  });

  it('is a PDF that independent programs verify, with the scans and the evidence inside', async () => {
    const { paper } = await view(mediator, agreementId);
    const body = await fileOf(mediator, `/papers/${paper?.id ?? ''}/file`);
    const file = join(folder, 'agreement.pdf');
    writeFileSync(file, body);
    const check = await t.anonymous.upload('/verification/files', {
      bytes: body,
      name: '协议.pdf',
      type: 'application/pdf',
    });
    expect(check.body).toMatchObject({ verdict: 'identical', paper: { isEffective: true } });
    const forged = Buffer.from(body);
    const at = Math.floor(body.length / 2);
    forged.writeUInt8(forged.readUInt8(at) ^ 1, at);
    const bad = await t.anonymous.upload('/verification/files', {
      bytes: forged,
      name: '协议.pdf',
      type: 'application/pdf',
    });
    expect(['invalid', 'unreadable', 'indeterminate']).toContain((bad.body as { verdict: string }).verdict);
    if (isInstalled('pdfsig')) {
      const { stdout } = spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8' });
      expect(stdout).toContain('Signature is Valid');
    }
    if (isInstalled('qpdf')) expect(spawnSync('qpdf', ['--check', file]).status).toBe(0);
    if (isInstalled('pdftotext')) {
      const text = textOf(body);
      expect(text).toContain('（¥60,000.00）');
      expect(text).toContain('以上金额合计人民币叁拾万元整（¥300,000.00）');
      expect(text).toContain('已在纸质文本上签名、按指印');
      expect(text).toContain('2026年9月20日');
      expect(text).toContain('2026年9月21日');
      expect(text).toContain('本协议一式七份');
      expect(text).not.toContain('未生效');
    }
    if (isInstalled('pdfdetach')) {
      spawnSync('pdfdetach', ['-saveall', '-o', folder, file]);
      const names = readdirSync(folder).filter((n) => n !== 'agreement.pdf');
      expect(names.sort()).toEqual(['签署扫描件-1.jpg', '签署扫描件-2.jpg', '签署证据.json'].sort());
      expect(readFileSync(join(folder, '签署扫描件-1.jpg')).equals(scan)).toBe(true);
      const evidence = JSON.parse(readFileSync(join(folder, '签署证据.json'), 'utf8')) as {
        签署: { 链值: string; 前链值: string; 内容摘要: string; 扫描件SHA256: string }[];
      };
      expect(evidence.签署).toHaveLength(8);
      expect(evidence.签署.every((m) => m.内容摘要 === contentHash)).toBe(true);
      expect(evidence.签署[0]?.扫描件SHA256).toBe(createHash('sha256').update(scan).digest('hex'));
      evidence.签署.slice(1).forEach((m, i) => {
        expect(m.前链值).toBe(evidence.签署[i]?.链值);
      });
    }
  });

  it('is performed payment by payment; the last one completes the mediation', async () => {
    t.clock.set('2026-10-12T10:00:00+08:00');
    const items = await ledger(mediator, matter.id);
    for (const [i, item] of items.entries()) {
      const reply = await mediator.post(`/performance-items/${item.id}/records`, {
        amountFen: 6_000_000,
        performedOn: '2026-10-12',
        manner: 'transfer',
        isConfirmedByObligee: true,
      });
      expect(must<{ mediationState: string }>(reply, 200).mediationState).toBe(i < 4 ? 'performing' : 'performed');
    }
  });
});
