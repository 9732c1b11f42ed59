import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PaperSource, PaperSources } from '../../../src/modules/documents';
import { OutboxDispatcher } from '../../../src/platform/database';
import { isInstalled, run } from '../../support/sealing-fixtures';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

interface PaperBody {
  readonly id: string;
  readonly sha256: string;
  readonly state: string;
  readonly verificationCode: string;
  readonly pageCount: number;
  readonly allowedActs: string[];
  readonly version: number;
}

const NOTICE = {
  templateId: 'one-time-notice',
  parameters: {
    applicant: '李建国',
    kind: 'supplement',
    materials: [{ name: '亲属关系证明', form: '原件1份', note: '户口簿能够证明的，可以不另开' }],
    office: '新城区综治中心一楼综合受理窗口，工作日9时至17时',
  },
};

const REGISTER = { templateId: 'mediation-register', parameters: {} };

const RIGHTS = { committee: '新城区光明社区人民调解委员会', parties: [{ slot: 'party-1', name: '李建国' }] };

describe('papers of a matter (real PostgreSQL, real HTTP, real PDF and certificates; fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let director: Caller;
  let disputeId: string;
  let folder: string;
  const replaced = new Map<string, PaperSource>();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'papers-'));
    t = await startTestApp();
    const sources = t.app.get(PaperSources);
    const find = sources.find.bind(sources);
    jest.spyOn(sources, 'find').mockImplementation((id) => replaced.get(id) ?? find(id));
    intake = await t.as('intake');
    director = await t.as('committee-director');
    const reply = await intake.post('/disputes', {
      centerId: t.world.centerId,
      channel: 'visit',
      title: '李家六兄妹遗产纠纷',
      narrative: '父母去世后，六名子女因遗产分配意见不一，四年不相往来。',
      requests: '请求调解遗产分配。',
    });
    disputeId = (reply.body as { id: string }).id;
    // Acceptance is another module's: the committee is put on the matter directly.
    await t.sql('update dispute set committee_id = $2 where id = $1', [disputeId, t.world.committeeId]);
    useSource('mediation-register', {
      stage: 'intake',
      act: 'papers.issue',
      load: () =>
        Promise.resolve({
          title: '人民调解受理登记表',
          number: '新城人调字〔2026〕1号',
          names: ['李建国', '李建军'],
          committeeId: t.world.committeeId,
          data: {
            number: '新城人调字〔2026〕1号',
            acceptedOn: '2026-09-18',
            committee: '新城区光明社区人民调解委员会',
            source: 'application',
            disputeType: '婚姻家庭（继承）',
            parties: [
              { slot: 'party-1', name: '李建国' },
              { slot: 'party-2', name: '李建军' },
            ],
            facts: '父母去世后，六名子女因遗产分配意见不一。',
            registrar: { slot: 'registrar', name: '王敏' },
          },
        }),
    });
  });
  afterAll(async () => {
    await t.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Takes the place of whatever source the template has: the papers of other modules are tested there. */
  function useSource(templateId: string, source: PaperSource): void {
    replaced.set(templateId, source);
  }

  const issue = async (body: object = NOTICE): Promise<PaperBody> => {
    const reply = await intake.post(`/disputes/${disputeId}/papers`, body);
    expect(reply.status).toBe(201);
    return reply.body as PaperBody;
  };
  const download = async (
    id: string,
    query = '',
    caller = intake,
  ): Promise<{ status: number; headers: Record<string, string>; bytes: Buffer }> => {
    const reply = await caller.download(`/papers/${id}/file${query}`);
    return { status: reply.status, headers: reply.headers, bytes: reply.body as Buffer };
  };
  const bytesOf = async (id: string, query = ''): Promise<Buffer> => {
    const { status, bytes } = await download(id, query);
    expect(status).toBe(200);
    return bytes;
  };
  const codeOf = (reply: Reply): string => (reply.body as { code: string }).code;
  const verify = async (bytes: Buffer): Promise<Reply> =>
    t.anonymous.upload('/verification/files', { bytes, name: '文书.pdf', type: 'application/pdf' });
  const onDisk = (bytes: Buffer, name = 'paper.pdf'): string => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  };

  describe('issuing', () => {
    it('draws, keeps and records the one-time notice, and downloads it byte for byte', async () => {
      const paper = await issue();
      expect(paper).toMatchObject({
        templateId: 'one-time-notice',
        title: '一次性告知单',
        number: '新城综治登字〔2026〕1号',
        issuerName: '新城区综治中心',
        state: 'final',
        stateName: '已出具',
        copies: 2,
        version: 1,
        verificationCode: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/) as string,
      });
      const reply = await download(paper.id);
      expect(reply.headers['content-type']).toBe('application/pdf');
      expect(reply.headers['content-disposition']).toContain("filename*=UTF-8''%E4%B8%80%E6%AC%A1%E6%80%A7");
      expect(decodeURIComponent(reply.headers['content-disposition'] ?? '')).not.toContain('李');
      expect(reply.headers['content-security-policy']).toBe("default-src 'none'; sandbox");
      expect(reply.headers['x-content-type-options']).toBe('nosniff');
      expect(createHash('sha256').update(reply.bytes).digest('hex')).toBe(paper.sha256);
      const audit = await t.sql<{ act: string }>('select act from audit_entry where object_id = $1 order by seq', [
        paper.id,
      ]);
      expect(audit.map((a) => a.act)).toEqual(['papers.issue', 'papers.download']);
      const events = await t.sql('select act, actor_name from dispute_event where dispute_id = $1 and act = $2', [
        disputeId,
        'papers.issue',
      ]);
      expect(events).toEqual([{ act: 'papers.issue', actor_name: '王敏' }]);
      if (isInstalled('pdftotext')) {
        const { output } = run('pdftotext', [onDisk(reply.bytes), '-']);
        expect(output.replace(/\s/g, '')).toContain('李建国');
        expect(output.replace(/\s/g, '')).toContain('亲属关系证明');
        expect(output.replace(/\s/g, '')).toContain(paper.verificationCode.replaceAll('-', '').slice(0, 4));
      }
      if (isInstalled('qpdf')) expect(run('qpdf', ['--check', onDisk(reply.bytes)]).code).toBe(0);
    });

    it('keeps what it was drawn from encrypted, and names only masked', async () => {
      const { id, verificationCode } = await issue();
      const [row] = await t.sql<Record<string, unknown>>('select * from paper where id = $1', [id]);
      const text = JSON.stringify(row);
      expect(text).not.toContain('李建国');
      expect(text).not.toContain(verificationCode.replaceAll('-', ''));
      expect(row).toMatchObject({ masked_names: ['李＊＊'], data_encrypted: expect.stringMatching(/^v1\./) as string });
    });

    it('issues one paper for a repeated key', async () => {
      const send = (): Promise<Reply> =>
        intake.post(`/disputes/${disputeId}/papers`, NOTICE, { idempotencyKey: 'paper-key-0001' });
      const [a, b] = await Promise.all([send(), send()]);
      expect([a.status, b.status]).toEqual([201, 201]);
      expect(a.body).toEqual(b.body);
    });

    it('issues the receipt of registration from the record', async () => {
      const paper = await issue({
        templateId: 'registration-receipt',
        parameters: { applicants: '李建国', nextStep: '三个工作日内告知您是否受理和承办单位。' },
      });
      expect(paper).toMatchObject({ title: '登记回执', number: '新城综治登字〔2026〕1号' });
    });

    it('refuses: unknown template, faulty fields, a glyph that no font has, others without right', async () => {
      const post = (body: object, caller = intake): Promise<Reply> =>
        caller.post(`/disputes/${disputeId}/papers`, body);
      const unknown = await post({ templateId: 'love-letter', parameters: {} });
      expect([unknown.status, codeOf(unknown)]).toEqual([422, 'papers.no-source']);
      const faulty = await post({ ...NOTICE, parameters: { ...NOTICE.parameters, kind: 'pigeon', extra: 1 } });
      expect(faulty.status).toBe(400);
      expect(faulty.body).toMatchObject({
        code: 'invalid-fields',
        errors: expect.arrayContaining([
          expect.objectContaining({ pointer: '/parameters/kind' }),
          expect.objectContaining({ pointer: '/parameters/extra', code: 'unknown-field' }),
        ]) as object[],
      });
      const stray = await post({ templateId: 'mediation-register', parameters: { x: 1 } });
      expect(stray.status).toBe(400);
      const glyph = await post({ ...NOTICE, parameters: { ...NOTICE.parameters, applicant: '李\u{F0000}' } });
      expect([glyph.status, codeOf(glyph)]).toEqual([422, 'pdf.missing-glyph']);
      expect((glyph.body as { detail: string }).detail).toContain('U+F0000');
      expect((await post({ templateId: 'one-time-notice' })).status).toBe(400);
      expect((await post({ templateId: 'one-time-notice', parameters: [] })).status).toBe(400);
      expect((await post(NOTICE, t.anonymous)).status).toBe(401);
      expect((await post(NOTICE, await t.as('director'))).status).toBe(403);
      // The head of the committee may issue papers, but not those of the counter.
      expect((await post(NOTICE, director)).status).toBe(403);
      expect((await post(NOTICE, await t.as('intake:foreign'))).status).toBe(404);
      expect((await post(NOTICE, await t.as('system-admin'))).status).toBe(404);
    });

    it('refuses when the facts move between drawing and keeping, and keeps nothing', async () => {
      let loads = 0;
      useSource('rights-notice', {
        stage: 'intake',
        act: 'papers.issue',
        load: () => Promise.resolve({ title: `第${(loads += 1)}稿`, data: RIGHTS }),
      });
      const before = await t.sql('select id from paper');
      const reply = await intake.post(`/disputes/${disputeId}/papers`, { templateId: 'rights-notice', parameters: {} });
      expect([reply.status, codeOf(reply)]).toEqual([409, 'papers.content-changed']);
      expect(loads).toBe(2);
      expect(await t.sql('select id from paper')).toHaveLength(before.length);
    });
  });

  describe('previewing', () => {
    it('shows a draft without code, keeps nothing, and leaves one entry', async () => {
      const before = await t.sql('select id from paper');
      const reply = await intake.post('/papers/preview', { disputeId, ...NOTICE });
      expect(reply.status).toBe(200);
      expect(reply.headers['content-type']).toBe('application/pdf');
      expect(await t.sql('select id from paper')).toHaveLength(before.length);
      expect(
        await t.sql("select 1 from audit_entry where act = 'papers.preview' and dispute_id = $1", [disputeId]),
      ).toHaveLength(1);
      expect((await (await t.as('intake:foreign')).post('/papers/preview', { disputeId, ...NOTICE })).status).toBe(404);
      expect((await director.post('/papers/preview', { disputeId, ...NOTICE })).status).toBe(403);
      expect((await t.anonymous.post('/papers/preview', { disputeId, ...NOTICE })).status).toBe(401);
    });

    it('exports the contracts of all templates and draws each with its example', async () => {
      const reply = await intake.get('/paper-templates');
      expect(reply.status).toBe(200);
      const { items } = reply.body as { items: { id: string; canIssue: boolean; contract: { properties: object } }[] };
      expect(items.find((i) => i.id === 'one-time-notice')).toMatchObject({
        canIssue: true,
        contract: { type: 'object' },
      });
      expect(items.find((i) => i.id === 'agreement')).toMatchObject({ canIssue: false });
      const example = await intake.get('/paper-templates/one-time-notice/example');
      expect([example.status, example.headers['content-type']]).toEqual([200, 'application/pdf']);
      expect((await intake.get('/paper-templates/love-letter/example')).status).toBe(404);
      expect((await t.anonymous.get('/paper-templates')).status).toBe(401);
    });
  });

  describe('reading', () => {
    it('lists by page, newest first, and reads one with what may be done to it', async () => {
      const first = await issue();
      t.clock.advance(1000);
      const second = await issue();
      const page = await intake.get(`/disputes/${disputeId}/papers?limit=1`);
      expect(page.body).toMatchObject({
        items: [{ id: second.id, title: '一次性告知单', state: 'final', pageCount: 1, copies: 2 }],
      });
      const { nextCursor } = page.body as { nextCursor: string };
      expect((await intake.get(`/disputes/${disputeId}/papers?limit=1&cursor=${nextCursor}`)).body).toMatchObject({
        items: [{ id: first.id }],
      });
      expect((await intake.get(`/papers/${first.id}`)).body).toMatchObject({ id: first.id, allowedActs: [] });
      expect((await (await t.as('dispatcher')).get(`/papers/${first.id}`)).body).toMatchObject({
        allowedActs: ['papers.issue', 'papers.void'].slice(1),
      });
      expect((await intake.get(`/disputes/${disputeId}/papers?cursor=x_y`)).status).toBe(400);
      for (const path of [`/papers/${first.id}`, `/papers/${first.id}/file`, `/disputes/${disputeId}/papers`]) {
        expect((await (await t.as('intake:foreign')).get(path)).status).toBe(404);
        expect((await t.anonymous.get(path)).status).toBe(401);
      }
      // A director of the subtree sees headers of matters, not their papers.
      expect((await (await t.as('director')).get(`/papers/${first.id}`)).status).toBe(404);
      expect((await intake.get('/papers/not-an-id')).status).toBe(400);
      expect((await intake.get(`/papers/${first.id}/file?copy=voided`)).status).toBe(404);
    });

    it('stops serving a file whose bytes on disk no longer match', async () => {
      const paper = await issue();
      const path = join(t.config.dataDir, 'files', paper.sha256.slice(0, 2), paper.sha256);
      const bytes = readFileSync(path);
      bytes.writeUInt8(bytes.readUInt8(500) ^ 1, 500);
      writeFileSync(path, bytes);
      const reply = await intake.get(`/papers/${paper.id}/file`);
      expect([reply.status, codeOf(reply)]).toEqual([503, 'files.damaged']);
      rmSync(path);
      expect(codeOf(await intake.get(`/papers/${paper.id}/file`))).toBe('files.missing');
    });
  });

  describe('sealing', () => {
    let sealId: string;
    let paper: PaperBody;

    it('needs a seal first', async () => {
      const reply = await director.post(`/papers/${(await issue(REGISTER)).id}/sealing`, {}, { ifMatch: 1 });
      expect([reply.status, codeOf(reply)]).toEqual([409, 'seals.none']);
    });

    it('installs a demonstration seal: the system administrator, nobody else; the key is not in the clear', async () => {
      const admin = await t.as('system-admin');
      const path = `/committees/${t.world.committeeId}/seals`;
      const order = { origin: 'demo', code: '1501020012345', requiresSecondPerson: true };
      expect((await director.post(path, order)).status).toBe(403);
      expect((await t.anonymous.post(path, order)).status).toBe(401);
      expect((await admin.post('/committees/0194f7f2-c0de-7000-a1b2-c3d4e5f60718/seals', order)).status).toBe(404);
      expect((await admin.post(path, { ...order, origin: 'wax' })).status).toBe(400);
      expect(codeOf(await admin.post(path, { ...order, origin: 'pkcs12' }))).toBe('seals.pkcs12-missing');
      const broken = await admin.post(path, {
        ...order,
        origin: 'pkcs12',
        pkcs12: Buffer.from('no').toString('base64'),
        password: 'x',
      });
      expect([broken.status, codeOf(broken)]).toEqual([422, 'seals.key-store-unreadable']);
      const reply = await admin.post(path, order);
      expect(reply.status).toBe(201);
      expect(reply.body).toMatchObject({
        state: 'active',
        name: '新城区光明社区人民调解委员会',
        subjectName: '新城区光明社区人民调解委员会',
        algorithm: 'ECDSA-P256-SHA256',
        requiresSecondPerson: true,
      });
      expect(JSON.stringify(reply.body)).not.toContain('PRIVATE KEY');
      sealId = (reply.body as { id: string }).id;
      const rows = await t.sql<object>('select s.*, a.* from committee_seal s, demo_authority a');
      expect(JSON.stringify(rows)).not.toContain('PRIVATE KEY');
      expect(
        await t.sql("select 1 from audit_entry where act = 'seals.install' and object_id = $1", [sealId]),
      ).toHaveLength(1);
      expect((await director.get(path)).body).toMatchObject({ items: [{ id: sealId, state: 'active' }] });
      expect((await intake.get(path)).status).toBe(403);
    });

    it('seals in the pool: the file verifies here and by programs that know nothing of us', async () => {
      paper = await issue(REGISTER);
      expect((await intake.post(`/papers/${paper.id}/sealing`, {}, { ifMatch: 1 })).status).toBe(403);
      expect((await director.post(`/papers/${paper.id}/sealing`, {})).status).toBe(428);
      expect((await director.post(`/papers/${paper.id}/sealing`, {}, { ifMatch: 7 })).status).toBe(412);
      const reply = await director.post(`/papers/${paper.id}/sealing`, {}, { ifMatch: 1 });
      expect(reply.status).toBe(200);
      const sealed = reply.body as PaperBody;
      expect(sealed).toMatchObject({
        state: 'sealed',
        version: 2,
        verificationCode: paper.verificationCode,
        contentHash: (paper as unknown as { contentHash: string }).contentHash,
      });
      expect(sealed.sha256).not.toBe(paper.sha256);
      const bytes = await bytesOf(paper.id);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sealed.sha256);
      const [use] = await t.sql(
        'select used_by, requested_by, document_sha256, purpose, level from seal_use where paper_id = $1',
        [paper.id],
      );
      expect(use).toEqual({
        used_by: t.world.account('committee-director').id,
        requested_by: t.world.account('intake').id,
        document_sha256: sealed.sha256,
        purpose: '人民调解受理登记表盖章',
        level: 'B-T',
      });
      if (isInstalled('pdfsig')) {
        const { output } = run('pdfsig', ['-nocert', onDisk(bytes, 'sealed.pdf')]);
        expect(output).toContain('Signature is Valid');
        expect(output).toContain('Total document signed');
      }
      if (isInstalled('qpdf')) expect(run('qpdf', ['--check', onDisk(bytes, 'sealed.pdf')]).code).toBe(0);
      const again = await director.post(`/papers/${paper.id}/sealing`, {}, { ifMatch: 2 });
      expect([again.status, codeOf(again)]).toEqual([409, 'papers.wrong-state']);
    });

    it('shows the ledger of the seal to the head of the committee and the auditor', async () => {
      const path = `/seals/${sealId}/uses`;
      for (const key of ['committee-director', 'auditor']) {
        expect((await (await t.as(key)).get(path)).body).toMatchObject({
          items: [{ paperId: paper.id, usedByName: '周主任', requestedByName: '王敏', level: 'B-T' }],
        });
      }
      expect((await (await t.as('system-admin')).get(path)).status).toBe(403);
      expect((await (await t.as('committee-director:foreign')).get(path)).status).toBe(404);
    });

    it('keeps the two-person rule: who issued the paper does not seal it', async () => {
      const reply = await director.post(`/disputes/${disputeId}/papers`, REGISTER);
      const own = reply.body as PaperBody;
      const sealing = await director.post(`/papers/${own.id}/sealing`, {}, { ifMatch: 1 });
      expect([sealing.status, codeOf(sealing)]).toEqual([409, 'seals.second-person-required']);
      expect(await t.sql('select 1 from seal_use where paper_id = $1', [own.id])).toHaveLength(0);
    });

    it('does not put the committee’s seal on a paper of the center', async () => {
      const reply = await director.post(`/papers/${(await issue()).id}/sealing`, {}, { ifMatch: 1 });
      expect([reply.status, codeOf(reply)]).toEqual([409, 'papers.no-committee']);
    });

    it('gives a repeated request the first answer, although the paper is sealed by then', async () => {
      const { id } = await issue(REGISTER);
      const send = (): Promise<Reply> =>
        director.post(`/papers/${id}/sealing`, {}, { ifMatch: 1, idempotencyKey: 'sealing-key-0001' });
      const first = await send();
      const second = await send();
      expect([first.status, second.status]).toEqual([200, 200]);
      expect(second.body).toEqual(first.body);
      expect(await t.sql('select 1 from seal_use where paper_id = $1', [id])).toHaveLength(1);
    });

    it('lets one of two sealers through', async () => {
      const { id } = await issue(REGISTER);
      const send = (): Promise<Reply> => director.post(`/papers/${id}/sealing`, {}, { ifMatch: 1 });
      const statuses = (await Promise.all([send(), send()])).map((r) => r.status).sort();
      expect(statuses[0]).toBe(200);
      expect([409, 412]).toContain(statuses[1]);
      expect(await t.sql('select 1 from seal_use where paper_id = $1', [id])).toHaveLength(1);
    });

    describe('verification', () => {
      it('says of the issued file that it is the original, and keeps nothing', async () => {
        const reply = await verify(await bytesOf(paper.id));
        expect(reply.status).toBe(200);
        expect(reply.body).toMatchObject({
          verdict: 'identical',
          paper: { name: '人民调解受理登记表', state: 'sealed', isEffective: true, maskedNames: ['李＊＊', '李＊＊'] },
        });
        expect((reply.body as { summary: string }).summary).toContain('与签发原件一字不差');
      });

      it('detects one flipped byte, wherever it is, and so does pdfsig', async () => {
        const bytes = await bytesOf(paper.id);
        for (const place of [200, Math.floor(bytes.length / 3), bytes.length - 30]) {
          const forged = Buffer.from(bytes);
          forged.writeUInt8(forged.readUInt8(place) ^ 1, place);
          const reply = await verify(forged);
          expect(reply.status).toBe(200);
          expect(['invalid', 'unreadable', 'indeterminate']).toContain((reply.body as { verdict: string }).verdict);
          if (place < 1000 && isInstalled('pdfsig')) {
            const { output } = run('pdfsig', ['-nocert', onDisk(forged, 'forged.pdf')]);
            expect(output).not.toContain('Signature is Valid');
          }
        }
      });

      it('detects an appended update, which leaves the signature itself intact', async () => {
        const bytes = await bytesOf(paper.id);
        const start = bytes.lastIndexOf('startxref');
        const previous = Number(/startxref\s+(\d+)/.exec(bytes.subarray(start).toString('latin1'))?.[1]);
        const [, size, root] =
          /\/Size (\d+)[\s\S]*?\/Root (\d+ \d+ R)/.exec(bytes.subarray(previous).toString('latin1')) ?? [];
        const object = '9999 0 obj\n<< /Note (appended) >>\nendobj\n';
        const at = bytes.length;
        const update = `${object}xref\n9999 1\n${String(at).padStart(10, '0')} 00000 n \ntrailer\n<< /Size ${Math.max(10000, Number(size))} /Root ${root} /Prev ${previous} >>\nstartxref\n${at + object.length}\n%%EOF\n`;
        const reply = await verify(Buffer.concat([bytes, Buffer.from(update, 'latin1')]));
        expect(reply.body).toMatchObject({ verdict: 'invalid', paper: null });
        expect((reply.body as { summary: string }).summary).toContain('追加内容');
      });

      it('judges a seal of ours on a file it never issued by structure, signature and ledger', async () => {
        // The unsealed rendering is known; the sealed bytes are hidden from the register for this test.
        const [row] = await t.sql<{ id: string }>("select id from paper_file where paper_id = $1 and kind = 'sealed'", [
          paper.id,
        ]);
        const bytes = await bytesOf(paper.id);
        await t.sql('alter table paper_file disable trigger paper_file_append_only');
        await t.sql('update paper_file set sha256 = $2 where id = $1', [row?.id, '0'.repeat(64)]);
        const reply = await verify(bytes);
        await t.sql('update paper_file set sha256 = $2 where id = $1', [
          row?.id,
          createHash('sha256').update(bytes).digest('hex'),
        ]);
        await t.sql('alter table paper_file enable trigger paper_file_append_only');
        expect(reply.body).toMatchObject({
          verdict: 'valid',
          signatures: [
            { verdict: 'valid', signerName: '新城区光明社区人民调解委员会', reason: '人民调解受理登记表盖章' },
          ],
        });
        const { checked, notChecked } = reply.body as { checked: string[]; notChecked: string[] };
        expect(checked).toContain('签章证书未被吊销');
        expect(notChecked[0]).toContain('是否与签发的原件相同');
      });

      it('answers a code: what is printed, names masked; typed loosely too', async () => {
        const code = paper.verificationCode;
        const reply = await t.anonymous.get(`/verification/${code}`);
        expect(reply.status).toBe(200);
        expect(reply.body).toMatchObject({
          name: '人民调解受理登记表',
          number: '新城人调字〔2026〕1号',
          issuerName: '新城区光明社区人民调解委员会',
          maskedNames: ['李＊＊', '李＊＊'],
          state: 'sealed',
          isEffective: true,
        });
        expect(JSON.stringify(reply.body)).not.toContain('建国');
        expect((await t.anonymous.get(`/verification/${code.toLowerCase().replaceAll('-', '')}`)).body).toEqual(
          reply.body,
        );
      });

      it('tells a slip of the pen from an unknown code, and an unknown code is like anything unknown', async () => {
        const unknown = await t.anonymous.get('/verification/000000000000');
        const absent = await intake.get('/papers/0194f7f2-c0de-7000-a1b2-c3d4e5f60718');
        expect(unknown.status).toBe(404);
        expect(Object.keys(unknown.body as object)).toEqual(Object.keys(absent.body as object));
        expect((unknown.body as { detail: string }).detail).toBe((absent.body as { detail: string }).detail);
        const code = paper.verificationCode.replaceAll('-', '');
        const wrong = `${code.slice(0, 11)}${code.endsWith('0') ? '1' : '0'}`;
        const slip = await t.anonymous.get(`/verification/${wrong}`);
        expect([slip.status, codeOf(slip)]).toEqual([400, 'check-code.check-character']);
        expect((await t.anonymous.get('/verification/short')).status).toBe(400);
      });
    });

    it('voids with a reason: verification says so, the original stays, a copy carries the watermark', async () => {
      const original = await bytesOf(paper.id);
      const dispatcher = await t.as('dispatcher');
      const path = `/papers/${paper.id}/voiding`;
      const reason = { reason: '当事人姓名写错，已重新出具。' };
      expect((await intake.post(path, reason, { ifMatch: 2 })).status).toBe(403);
      expect((await dispatcher.post(path, reason)).status).toBe(428);
      expect((await dispatcher.post(path, reason, { ifMatch: 1 })).status).toBe(412);
      expect((await dispatcher.post(path, {}, { ifMatch: 2 })).status).toBe(400);
      const reply = await dispatcher.post(path, reason, { ifMatch: 2 });
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({
        state: 'voided',
        voidReason: reason.reason,
        hasVoidedCopy: false,
        allowedActs: [],
      });
      expect(codeOf(await dispatcher.post(path, reason, { ifMatch: 3 }))).toBe('papers.wrong-state');
      expect((await t.anonymous.get(`/verification/${paper.verificationCode}`)).body).toMatchObject({
        state: 'voided',
        isEffective: false,
      });
      expect(await bytesOf(paper.id)).toEqual(original);
      const upload = (await verify(original)).body as { verdict: string; summary: string };
      expect(upload.verdict).toBe('identical');
      expect(upload.summary).toContain('作废');
      expect(upload.summary).not.toContain('现行有效');
      await t.app.get(OutboxDispatcher).drain();
      const copy = await bytesOf(paper.id, '?copy=voided');
      expect(((await verify(copy)).body as { summary: string }).summary).toContain('不能再使用');
      if (isInstalled('pdftotext')) {
        const { output } = run('pdftotext', [onDisk(copy, 'voided.pdf'), '-']);
        expect(output.replace(/\s/g, '')).toContain('已于2026年9月18日作废，原因：当事人姓名写错');
      }
    });

    it('retires a seal: nothing more is sealed, and signatures made afterwards are not believed', async () => {
      const before = await issue(REGISTER);
      const path = `/seals/${sealId}/retirement`;
      expect(
        (await (await t.as('committee-director:foreign')).post(path, { reason: '遗失' }, { ifMatch: 1 })).status,
      ).toBe(404);
      expect((await (await t.as('auditor')).post(path, { reason: '遗失' }, { ifMatch: 1 })).status).toBe(403);
      const reply = await director.post(path, { reason: '证书介质遗失。' }, { ifMatch: 1 });
      expect(reply.body).toMatchObject({ state: 'retired', retireReason: '证书介质遗失。' });
      expect(codeOf(await director.post(`/papers/${before.id}/sealing`, {}, { ifMatch: 1 }))).toBe('seals.none');
    });
  });

  describe('the rows', () => {
    it('never change what was issued, whoever writes', async () => {
      const { id } = await issue();
      for (const statement of [
        "update paper set title = '改' where id = $1",
        "update paper set data_encrypted = 'v1.x' where id = $1",
        'delete from paper where id = $1',
        "update paper_file set sha256 = repeat('0', 64) where paper_id = $1",
        'delete from paper_file where paper_id = $1',
      ]) {
        await expect(t.sql(statement, [id])).rejects.toThrow(/never changed|append-only/);
      }
      await expect(t.sql("update paper set state = 'sealed' where id = $1", [id])).rejects.toThrow(
        'paper_sealed_has_seal',
      );
      await expect(t.sql("update paper set state = 'voided' where id = $1", [id])).rejects.toThrow(
        'paper_voided_has_reason',
      );
      await expect(t.sql('update seal_use set purpose = $1', ['x'])).rejects.toThrow('append-only');
    });
  });
});
