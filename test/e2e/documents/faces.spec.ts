import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FiledPaper, type PaperToKeep, Papers, Seals } from '../../../src/modules/documents';
import { type Tx, UnitOfWork, withContext } from '../../../src/platform/database';
import { PaperEngine } from '../../../src/platform/pdf';
import { isInstalled, run } from '../../support/sealing-fixtures';
import { type TestApp, startTestApp } from '../../support/test-app';

/** As the modules use it that issue their own papers: agreements above all. */
describe('the faces of documents (real PostgreSQL, real PDF and certificates; the calling module is played by the test)', () => {
  let t: TestApp;
  let papers: Papers;
  let seals: Seals;
  let disputeId: string;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'faces-'));
    t = await startTestApp();
    papers = t.app.get(Papers);
    seals = t.app.get(Seals);
    const reply = await (
      await t.as('intake')
    ).post('/disputes', {
      centerId: t.world.centerId,
      channel: 'visit',
      title: '孙家院落继承纠纷',
      narrative: '父母去世后遗有平房一处，未立遗嘱，四年来发生争议。',
    });
    disputeId = (reply.body as { id: string }).id;
    await t.sql('update dispute set committee_id = $2 where id = $1', [disputeId, t.world.committeeId]);
    const installed = await (
      await t.as('system-admin')
    ).post(`/committees/${t.world.committeeId}/seals`, {
      origin: 'demo',
      code: '1501020012345',
      requiresSecondPerson: true,
    });
    expect(installed.status).toBe(201);
  });
  afterAll(async () => {
    await t.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const asDirector = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    withContext(
      { principal: { kind: 'account', accountId: t.world.account('committee-director').id, sessionId: null } },
      () => t.app.get(UnitOfWork).run(work),
    );
  /** An agreement with handwriting, sealed and filed, as it is before the transaction. */
  const anAgreement = async (): Promise<FiledPaper> => {
    const data = t.app.get(PaperEngine).templates.exampleOf('agreement');
    const strokes = [[0, 10, 30, 60].map((x, i) => ({ x, y: (i % 2) * 20, t: i * 40, p: 0.5 }))];
    const drafted = await papers.render('agreement', data, {
      centerId: t.world.centerId,
      sealOf: t.world.committeeId,
      createdAt: t.clock.at(),
      marks: { 'party-1': [{ kind: 'strokes', strokes, signedOn: '2026-09-18' }] },
    });
    const sealed = await seals.seal(drafted, {
      committeeId: t.world.committeeId,
      signingTime: t.clock.at(),
      purpose: '人民调解协议书盖章',
    });
    return papers.file(drafted, sealed);
  };
  const toKeep = (filed: FiledPaper, more: Partial<PaperToKeep> = {}): PaperToKeep => ({
    disputeId,
    filed,
    title: '人民调解协议书',
    number: '新城人调字〔2026〕12号',
    names: ['孙志强', '孙志华'],
    copies: 3,
    subjectType: 'agreement',
    subjectId: disputeId,
    governedBy: '协议',
    sealRequestedBy: t.world.account('mediator').id,
    ...more,
  });

  it('draws, seals, files and keeps a paper of several pages that was never without its seal', async () => {
    const filed = await anAgreement();
    const kept = await asDirector((tx) => papers.keep(tx, toKeep(filed)));
    expect(kept).toMatchObject({
      kind: 'agreement',
      state: 'sealed',
      number: '新城人调字〔2026〕12号',
      sha256: filed.sealed?.sha256,
    });
    expect(kept.pageCount).toBeGreaterThan(1);
    expect(await t.sql('select kind from paper_file where paper_id = $1', [kept.id])).toEqual([{ kind: 'sealed' }]);
    const found = await asDirector((tx) => papers.about(tx, disputeId, 'agreement', disputeId));
    expect(found).toEqual([kept]);
    expect((await t.anonymous.get(`/verification/${kept.verificationCode}`)).body).toMatchObject({
      issuerName: '新城区光明社区人民调解委员会',
      maskedNames: ['孙＊＊', '孙＊＊'],
      copies: 3,
    });
    if (isInstalled('pdfsig')) {
      const reply = await (await t.as('intake')).download(`/papers/${kept.id}/file`);
      writeFileSync(join(folder, 'agreement.pdf'), reply.body as Buffer);
      expect(run('pdfsig', ['-nocert', join(folder, 'agreement.pdf')]).output).toContain('Signature is Valid');
    }
  });

  it('keeps nothing when one person asked for the seal and sealed, or nobody is known to have asked', async () => {
    const filed = await anAgreement();
    const before = await t.sql('select id from paper');
    for (const sealRequestedBy of [t.world.account('committee-director').id, null]) {
      await expect(asDirector((tx) => papers.keep(tx, toKeep(filed, { sealRequestedBy })))).rejects.toMatchObject({
        code: 'seals.second-person-required',
      });
      await expect(asDirector((tx) => seals.check(tx, t.world.committeeId, sealRequestedBy))).rejects.toMatchObject({
        code: 'seals.second-person-required',
      });
    }
    expect(await t.sql('select id from paper')).toHaveLength(before.length);
    await expect(
      asDirector((tx) => seals.check(tx, t.world.committeeId, t.world.account('mediator').id)),
    ).resolves.toBeUndefined();
  });

  it('leaves nothing of a transaction that fails after keeping', async () => {
    const filed = await anAgreement();
    const count = async (): Promise<unknown> =>
      (
        await t.sql(`select (select count(*) from paper) as papers, (select count(*) from paper_file) as files,
                            (select count(*) from seal_use) as uses, (select count(*) from outbox_message) as messages`)
      )[0];
    const before = await count();
    const failing = asDirector(async (tx) => {
      await papers.keep(tx, toKeep(filed));
      throw new Error('the module thinks again');
    });
    await expect(failing).rejects.toThrow('thinks again');
    expect(await count()).toEqual(before);
  });

  it('replaces a paper by a newer one, once', async () => {
    const [first, second, third] = [await anAgreement(), await anAgreement(), await anAgreement()];
    const old = await asDirector((tx) => papers.keep(tx, toKeep(first)));
    const next = await asDirector((tx) => papers.keep(tx, toKeep(second, { supersedesId: old.id })));
    expect((await t.anonymous.get(`/verification/${old.verificationCode}`)).body).toMatchObject({
      state: 'superseded',
      isEffective: false,
    });
    expect((await t.anonymous.get(`/verification/${next.verificationCode}`)).body).toMatchObject({
      state: 'sealed',
      isEffective: true,
    });
    await expect(asDirector((tx) => papers.keep(tx, toKeep(third, { supersedesId: old.id })))).rejects.toMatchObject({
      code: 'papers.wrong-state',
    });
  });

  it('is voided only through the module that governs it', async () => {
    const filed = await anAgreement();
    const kept = await asDirector((tx) => papers.keep(tx, toKeep(filed)));
    const direct = await (
      await t.as('dispatcher')
    ).post(`/papers/${kept.id}/voiding`, { reason: '写错' }, { ifMatch: 1 });
    expect([direct.status, (direct.body as { code: string }).code]).toEqual([409, 'papers.governed']);
    await asDirector((tx) => papers.void(tx, kept.id, '协议作废，另行签订。'));
    expect(await asDirector((tx) => papers.get(tx, kept.id))).toMatchObject({ state: 'voided' });
    await expect(asDirector((tx) => papers.void(tx, kept.id, '再作废'))).rejects.toMatchObject({
      code: 'papers.wrong-state',
    });
  });

  it('keeps no draft', async () => {
    const data = t.app.get(PaperEngine).templates.exampleOf('agreement');
    const draft = await papers.render('agreement', data, {
      centerId: t.world.centerId,
      createdAt: t.clock.at(),
      draft: { number: 2 },
    });
    expect(draft.verificationCode).toBeNull();
    const filed = await papers.file(draft);
    await expect(asDirector((tx) => papers.keep(tx, toKeep(filed)))).rejects.toThrow('draft');
  });
});
