import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LongTermCopies } from '../../../src/modules/documents/application/long-term-copies';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { heicPicture, lockedPdf, mp4, pdf, webp } from '../../support/files';
import { fileOf as onDisk, textOf } from '../../support/paper-fixtures';
import { SIX_SIBLINGS } from '../../support/parties';
import { run } from '../../support/sealing-fixtures';
import { Chores } from '../../../src/platform/chores';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, codeOf, fileOf } from '../agreements/stage';
import {
  type Binding,
  PRIVATE,
  bound,
  issue,
  itemOf,
  listOf,
  pagesOf,
  photograph,
  theHeirs,
  theyAgree,
  unpacked,
  upload,
} from './stage';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const plain = (text = ''): string => text.replace(/\s/g, '');

describe('the dossier of case A (real PostgreSQL, HTTP and PDF; fake clock)', () => {
  let t: TestApp;
  let mediator: Caller;
  let director: Caller;
  let matter: BuiltMatter & { readonly sessionId: string };
  let agreementId: string;
  let sample: Buffer;
  let full: Binding;
  let book: Buffer;

  beforeAll(async () => {
    t = await startTestApp();
    mediator = await t.as('mediator');
    director = await t.as('committee-director');
    matter = await theHeirs(t);
  });
  afterAll(async () => t.close());

  it('says in plain words what is missing, and asks for nothing that the record does not call for', async () => {
    const dossier = await listOf(mediator, matter.id);
    expect(dossier).toMatchObject({ caseNumber: '新城人调字〔2026〕1号', conclusionName: '尚未结束' });
    expect(dossier.items.map(({ ordinal, name }) => `${ordinal ?? '—'} ${name}`)).toEqual([
      '— 卷宗封面',
      '— 卷内目录',
      '1 人民调解申请书或者受理登记表',
      '2 当事人权利义务告知书',
      '3 当事人身份证明',
      '4 授权委托书',
      '5 调查记录',
      '6 证据材料',
      '7 调解记录',
      '8 人民调解协议书',
      '9 收条、汇款单等履行凭证',
      '10 回访记录',
      '11 司法确认有关材料',
      '12 卷宗情况说明',
      '— 其他文书',
      '13 封底',
    ]);
    expect(dossier.items.filter(({ state }) => state === 'gap').map(({ gaps }) => gaps[0]?.text)).toEqual([
      '还没有人民调解申请书或者受理登记表，请在“文书”中出具。',
      '还没有权利义务告知书，请在“文书”中出具。',
      '还没有当事人身份证明页，也没有证件复印件，请在“文书”中出具。',
      '调解还没有结束，没有协议书，也没有终止调解的记录。',
    ]);
    for (const key of ['power', 'investigation', 'performance', 'follow-up', 'confirmation', 'statement']) {
      expect(itemOf(dossier, key)).toMatchObject({ need: 'on-demand', state: 'idle', gaps: [] });
    }
    for (const kind of ['court', 'enforcement', 'police']) {
      expect(codeOf(await mediator.post(`/disputes/${matter.id}/dossier/bindings`, { kind }))).toEqual([
        422,
        'dossiers.kind-refused',
      ]);
    }
  });

  it('fills with what is issued, signed and uploaded; what can not be bound is told beforehand', async () => {
    const register = await issue(mediator, matter.id, 'mediation-register');
    sample = await fileOf(mediator, `/papers/${register}/file`);
    agreementId = await theyAgree(t, matter, photograph('signed'), photograph('paid', 6));
    await issue(mediator, matter.id, 'rights-notice');
    await issue(mediator, matter.id, 'identity-page');
    await issue(mediator, matter.id, 'mediation-record', { sessionId: matter.sessionId });
    await issue(mediator, matter.id, 'performance-page');
    const wrong = await issue(mediator, matter.id, 'dossier-statement', { remark: '写错的一份' });
    must(await mediator.post(`/papers/${wrong}/voiding`, { reason: '写错了' }, { ifMatch: 1 }), 200);
    await upload(
      mediator,
      matter.id,
      { bytes: sample, name: '存折复印件.pdf', type: 'application/pdf' },
      { evidenceType: 'documentary' },
    );
    await upload(
      mediator,
      matter.id,
      { bytes: await lockedPdf(), name: '有密码的流水.pdf', type: 'application/pdf' },
      { evidenceType: 'documentary' },
    );
    await upload(
      mediator,
      matter.id,
      { bytes: pdf('no page'), name: '坏了的😀文件.pdf', type: 'application/pdf' },
      { evidenceType: 'documentary' },
    );
    await upload(
      mediator,
      matter.id,
      { bytes: mp4(), name: '现场录像.mp4', type: 'video/mp4' },
      { evidenceType: 'audio-visual' },
    );
    await upload(
      mediator,
      matter.id,
      { bytes: webp(), name: '聊天截图.webp', type: 'image/webp' },
      { evidenceType: 'electronic' },
    );
    await upload(
      mediator,
      matter.id,
      { bytes: heicPicture(), name: '现场照片.heic', type: 'image/heic' },
      { evidenceType: 'electronic' },
    );
    const hidden = await mediator.upload(
      `/disputes/${matter.id}/attachments`,
      { bytes: photograph('in private'), name: '单独谈话照片.jpg', type: 'image/jpeg' },
      { evidenceType: 'other', form: 'photo', ring: 'mediator' },
    );
    expect(hidden.status).toBe(201);

    await t.sql("update paper_long_term set due_at = '2026-01-01'");
    await t.app.get(LongTermCopies).collectDue();

    const dossier = await listOf(mediator, matter.id);
    expect(dossier.conclusionName).toBe('达成书面协议');
    expect(dossier.items.filter(({ state }) => state === 'gap').flatMap(({ gaps }) => gaps.map((g) => g.text))).toEqual(
      ['“支付存款应继承份额”已登记履行，还没有收条、汇款单等凭证，请在“履行”中补登。'],
    );
    expect(itemOf(dossier, 'statement').papers).toEqual([]);
    expect(itemOf(dossier, 'agreement')).toMatchObject({
      papers: [{ title: '人民调解协议书' }],
      files: [{ fileName: '签署页.jpg', pages: 1 }],
    });
    expect(itemOf(dossier, 'performance').files.map((f) => f.fileName)).toEqual(['汇款回单.jpg']);
    expect(
      itemOf(dossier, 'evidence').files.map(({ fileName, pages, obstacle }) => [fileName, pages, obstacle]),
    ).toEqual([
      ['存折复印件.pdf', expect.any(Number), null],
      ['有密码的流水.pdf', null, 'PDF 设有密码，打不开'],
      ['坏了的😀文件.pdf', null, '文件打不开，可能已经损坏'],
      ['现场录像.mp4', null, '录像不能装订成页'],
      ['聊天截图.webp', null, '文件打不开，可能已经损坏'],
      ['现场照片.heic', 1, null],
    ]);
    expect(JSON.stringify(dossier)).not.toContain('单独谈话');
  });

  it('binds the whole: every page numbered, the catalogue true to the page, a sheet for what can not be bound', async () => {
    full = await bound(t, mediator, matter.id, { kind: 'full', retention: 'long', note: '原件两件存调委会档案柜' });
    expect(full.stepsDone).toBe(full.steps);
    expect(full.gaps).toHaveLength(1);
    book = await fileOf(mediator, `/dossier-bindings/${full.id}/book`);
    expect(sha256(book)).toBe(full.bookSha256);
    const pages = pagesOf(book);
    expect(pages).toHaveLength(full.pageCount);
    pages.forEach((text, i) => {
      expect(text.trimStart().split('\n')[0]?.trim().split(/\s+/).at(-1)).toBe(String(i + 1));
    });
    expect(plain(pages[0])).toContain('调解卷宗');
    expect(plain(pages.at(-1))).toContain(`本卷共${full.pageCount}页（从第1页至第${full.pageCount}页）`);
    // What the catalogue says of a page stands on that page.
    const heads: Readonly<Record<string, string>> = {
      人民调解受理登记表: '人民调解受理登记表',
      权利义务告知书: '权利义务告知书',
      当事人身份证明: '当事人身份证明',
      人民调解协议书: '人民调解协议书',
      '调解记录（第1次）': '人民调解记录',
    };
    for (const [title, head] of Object.entries(heads)) {
      const row = full.contents.find((line) => line.title === title);
      expect([title, plain(pages[(row?.from ?? 0) - 1]).includes(head)]).toEqual([title, true]);
    }
    full.contents.reduce(
      (last, { from, to }) => {
        expect(from).toBe(last + 1);
        return to;
      },
      full.contents[0]?.from === undefined ? 0 : full.contents[0].from - 1,
    );
    expect(full.contents.at(-1)?.to).toBe(full.pageCount - 1);
    const catalogue = plain(pages.slice(1, (full.contents[0]?.from ?? 2) - 1).join(''));
    for (const { title, from, to } of full.contents) {
      expect(catalogue).toContain(plain(title).replace('😀', '〓'));
      expect(catalogue).toContain(from === to ? String(from) : `${from}–${to}`);
    }
    expect(catalogue).toContain('在压缩包内的原始文件中有效');
    expect(catalogue).toContain('装订时尚缺');
    for (const name of ['有密码的流水.pdf', '现场录像.mp4']) {
      const row = full.contents.find((line) => line.title.endsWith(name));
      expect(plain(pages[(row?.from ?? 0) - 1])).toMatch(new RegExp(`未装订材料说明.*${name}`));
    }
    expect(book.includes(Buffer.from('单独谈话'))).toBe(false);
    expect(plain(pages.join(''))).not.toContain(PRIVATE.note);
  });

  it('turns a photograph as the camera was held', () => {
    const place = full.contents.find((line) => line.title.endsWith('汇款回单.jpg'))?.from ?? 0;
    const straight = full.contents.find((line) => line.title.endsWith('签署页.jpg'))?.from ?? 0;
    const sizes = run('pdfinfo', ['-f', '1', '-l', String(full.pageCount), onDisk(book)]).output;
    const sizeOf = (page: number): string =>
      new RegExp(`Page\\s+${page} size:\\s+([0-9.]+ x [0-9.]+)`).exec(sizes)?.[1] ?? '';
    // The same upright sheet: once as it is, once marked by the camera as turned by a quarter.
    expect(sizeOf(straight)).toMatch(/^595\.\d+ x 841\.\d+$/);
    expect(sizeOf(place)).toMatch(/^841\.\d+ x 595\.\d+$/);
  });

  it('packs the originals byte for byte, with digests that sha256sum confirms', async () => {
    const archive = await fileOf(mediator, `/dossier-bindings/${full.id}/archive`);
    expect(sha256(archive)).toBe(full.archiveSha256);
    const files = await unpacked(archive);
    const sums = files.get('SHA256SUMS')?.toString('utf8').trim().split('\n') ?? [];
    expect(sums.length).toBe(files.size - 2);
    for (const line of sums) {
      const [digest = '', name = ''] = line.split('  ');
      expect([name, sha256(files.get(name) ?? Buffer.alloc(0))]).toEqual([name, digest]);
    }
    expect(files.get('全卷.pdf')?.equals(book)).toBe(true);
    const { paper } = must<{ paper: { id: string; sha256: string } }>(
      await mediator.get(`/agreements/${agreementId}`),
      200,
    );
    const sealed = await fileOf(mediator, `/papers/${paper.id}/file`);
    const [name = ''] = [...files.keys()].filter((n) => n.endsWith('人民调解协议书.pdf'));
    expect(files.get(name)?.equals(sealed)).toBe(true);
    expect(run('pdfsig', ['-nocert', onDisk(files.get(name) ?? Buffer.alloc(0))]).output).toContain(
      'Signature is Valid',
    );
    const [kept = ''] = [...files.keys()].filter((n) => n.endsWith('人民调解协议书（长期保存版）.pdf'));
    expect(files.get(kept)?.subarray(0, sealed.length).equals(sealed)).toBe(true);
    expect(files.get(kept)?.includes(Buffer.from('/DSS'))).toBe(true);
    const list = files.get('清单.txt')?.toString('utf8') ?? '';
    expect(list).toContain('1．人民调解受理登记表');
    expect(list).toContain(paper.sha256);
  });

  it('hides every number, private word and scan in the redacted copy', async () => {
    const archivist = await t.as('archivist');
    const copy = await bound(t, archivist, matter.id, { kind: 'redacted' });
    expect(copy.archiveSha256).toBeNull();
    expect(codeOf(await archivist.get(`/dossier-bindings/${copy.id}/archive`))).toEqual([409, 'dossiers.no-archive']);
    const bytes = await fileOf(archivist, `/dossier-bindings/${copy.id}/book`);
    const open = run('qpdf', ['--qdf', '--object-streams=disable', onDisk(bytes), '-']).output;
    const text = textOf(bytes);
    // The search finds what is there: the same words stand in the whole volume.
    expect(textOf(book)).toContain(SIX_SIBLINGS[0].residentId);
    expect(textOf(book)).toContain(SIX_SIBLINGS[0].phone);
    for (const word of [
      ...Object.values(PRIVATE),
      ...SIX_SIBLINGS.flatMap(({ residentId, phone, address }) => [residentId, phone, address]),
      '单独谈话',
      '签署页',
    ]) {
      expect([word, text.includes(word), open.includes(word), bytes.includes(word)]).toEqual([
        word,
        false,
        false,
        false,
      ]);
    }
    const pages = pagesOf(bytes);
    expect(pages.every((page) => plain(page).includes('脱敏副本'))).toBe(true);
    expect(text).toContain('李建国');
    expect(text).toContain('六名当事人就该存款再无其他争议');
    expect(text).not.toContain('/verify/');
    expect(copy.contents.find((line) => line.title === '证据材料：扫描件、照片等6件')).toMatchObject({
      remark: '不能脱敏，未放入',
    });
  });

  it('binds packs for the court, the enforcement and the police, and says what they lack', async () => {
    const { kinds } = await listOf(mediator, matter.id);
    expect(kinds.map(({ kind, refusal, missing }) => [kind, refusal, missing.length])).toEqual([
      ['full', null, 1],
      ['redacted', null, 1],
      ['court', null, 1],
      ['enforcement', null, 1],
      ['police', null, 0],
    ]);
    await issue(mediator, matter.id, 'judicial-confirmation-application', {});
    const extra = must<{ items: { id: string; fileName: string }[] }>(
      await mediator.get(`/disputes/${matter.id}/attachments`),
      200,
    ).items.find((a) => a.fileName === '存折复印件.pdf');
    const court = await bound(t, mediator, matter.id, { kind: 'court', attachmentIds: [extra?.id] });
    expect(court.gaps).toEqual([]);
    expect(court.contents.map((line) => line.title)).toEqual([
      '司法确认申请书',
      '人民调解协议书',
      '人民调解协议书：签署页.jpg',
      '调解记录（第1次）',
      '人民调解受理登记表',
      '当事人身份证明',
      '另附材料：存折复印件.pdf',
    ]);
    const police = await bound(t, mediator, matter.id, { kind: 'police' });
    const words = textOf(await fileOf(mediator, `/dossier-bindings/${police.id}/book`));
    expect(words).toContain('公安机关材料目录');
    expect(words).not.toContain('人民调解记录');
    expect(
      codeOf(
        await mediator.post(`/disputes/${matter.id}/dossier/bindings`, {
          kind: 'police',
          attachmentIds: ['0194f7f2-c0de-7000-a1b2-c3d4e5f60718'],
        }),
      ),
    ).toEqual([422, 'dossiers.unknown-file']);
  });

  it('keeps full numbers from those who may not see them, and enters every reading', async () => {
    const archivist = await t.as('archivist');
    const [latest] = must<Binding[]>(await archivist.get(`/disputes/${matter.id}/dossier/bindings`), 200);
    expect(latest).toMatchObject({ kind: 'police', allowedActs: [] });
    for (const file of ['book', 'archive']) {
      expect((await archivist.download(`/dossier-bindings/${full.id}/${file}`)).status).toBe(403);
      expect((await director.download(`/dossier-bindings/${full.id}/${file}`)).status).toBe(200);
      expect((await (await t.as('mediator-2')).download(`/dossier-bindings/${full.id}/${file}`)).status).toBe(404);
    }
    expect((await (await t.as('director')).get(`/disputes/${matter.id}/dossier`)).status).toBe(403);
    const taken = await t.sql<{ n: number }>(
      "select count(*)::int as n from audit_entry where act = 'dossiers.download' and object_id = $1",
      [full.id],
    );
    expect(taken).toEqual([{ n: 4 }]);
    expect(
      await t.sql("select count(*)::int as n from audit_entry where act = 'dossiers.bind' and dispute_id = $1", [
        matter.id,
      ]),
    ).toEqual([{ n: 4 }]);
  });

  it('binds a matter once at a time, and answers a repetition without binding again', async () => {
    const key = 'bind-once-000001';
    const order = { kind: 'enforcement' };
    const path = `/disputes/${matter.id}/dossier/bindings`;
    const first = must<{ id: string }>(await mediator.post(path, order, { idempotencyKey: key }), 202);
    const again = await mediator.post(path, order, { idempotencyKey: key });
    expect(again.body).toEqual(first);
    // It goes on by itself: what is said of another below must not be said of it.
    await t.app.get(Chores).settled();
    await t.sql("update dossier_binding set state = 'running', book_sha256 = null, finished_at = null where id = $1", [
      full.id,
    ]);
    await t.sql('update dossier_binding set moved_at = $2 where id = $1', [full.id, t.clock.at()]);
    expect(codeOf(await mediator.post(path, order))).toEqual([409, 'dossiers.binding-running']);
    t.clock.advance(600_000);
    const cut = must<Binding[]>(await mediator.get(path), 200).find((b) => b.id === full.id);
    expect(cut).toMatchObject({ state: 'failed', problem: '系统中途停止，没有装订完，请重新装订。' });
  });

  it('stops with words that help where a kept file is damaged on disk', async () => {
    const { sha256: digest } = must<{ items: { fileName: string; sha256: string }[] }>(
      await mediator.get(`/disputes/${matter.id}/attachments`),
      200,
    ).items.find((a) => a.fileName === '现场录像.mp4') ?? { sha256: '' };
    writeFileSync(join(t.config.dataDir, 'files', digest.slice(0, 2), digest), 'other bytes');
    await expect(bound(t, mediator, matter.id, { kind: 'full' })).rejects.toThrow('从备份恢复');
  });

  it('refuses a scan of more than fifty megabytes where it is uploaded, in words that help', async () => {
    const reply = await mediator.upload(
      `/disputes/${matter.id}/attachments`,
      { bytes: Buffer.alloc(51 * 1024 * 1024, sample), name: '整卷扫描.pdf', type: 'application/pdf' },
      { evidenceType: 'documentary', form: 'scan', ring: 'parties' },
    );
    expect([reply.status, (reply.body as { code: string }).code]).toEqual([413, 'too-large']);
    expect((reply.body as { detail: string }).detail).toBe(
      '文件超过50兆字节，没有上传。请降低扫描分辨率、压缩或者分成几个文件，再上传。',
    );
  });
});

describe('dossiers of other endings', () => {
  let t: TestApp;
  let mediator: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    mediator = await t.as('mediator');
  });
  afterAll(async () => t.close());

  it('asks for the register of an oral agreement instead of an agreement', async () => {
    const matter = await aMatter(t).agreed();
    const oral = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'oral',
        facts: '双方因噪声发生争议。',
        responsibilities: '双方各自约束家人。',
        clauses: ['晚十时以后不播放音响。'],
        obligations: [],
      }),
      201,
    );
    must(
      await mediator.post(
        `/agreements/${oral.id}/oral-conclusion`,
        { reachedAt: t.clock.at().toISOString(), place: '光明社区' },
        { ifMatch: oral.version },
      ),
      200,
    );
    const missing = itemOf(await listOf(mediator, matter.id), 'agreement');
    expect(missing).toMatchObject({
      name: '口头协议登记表',
      gaps: [{ text: '还没有口头协议登记表，请在“文书”中出具。' }],
    });
    await issue(mediator, matter.id, 'oral-agreement-register');
    expect(itemOf(await listOf(mediator, matter.id), 'agreement')).toMatchObject({ state: 'filled', gaps: [] });
  });

  it('asks for the notice of termination and the statement where nothing was agreed', async () => {
    const matter = await aMatter(t).inSession();
    const entry = { ring: 'parties', kind: 'statement', speaker: '赵一鸣', text: '不同意对方的数额。' };
    must(await mediator.post(`/sessions/${matter.sessionId}/entries`, { entries: [entry] }), 201);
    t.clock.advance(3_600_000);
    must(await mediator.post(`/sessions/${matter.sessionId}/end`, {}), 200);
    must(await mediator.post(`/sessions/${matter.sessionId}/result`, { result: 'not-agreed' }), 200);
    must(
      await mediator.post(`/disputes/${matter.id}/mediation/termination`, {
        code: 'irreconcilable',
        explanation: '分歧较大。',
        routesTold: ['litigation'],
        toldHow: '当面告知',
      }),
      200,
    );
    const dossier = await listOf(mediator, matter.id);
    expect(dossier.conclusionName).toBe('没有达成协议');
    expect(itemOf(dossier, 'agreement')).toMatchObject({
      name: '终止调解通知书',
      gaps: [{ text: '还没有终止调解通知书，请在“文书”中出具。' }],
    });
    expect(itemOf(dossier, 'statement')).toMatchObject({ need: 'required', state: 'gap' });
    await issue(mediator, matter.id, 'termination-notice');
    await issue(mediator, matter.id, 'dossier-statement', { remark: '分歧较大，告知可以起诉。' });
    const after = await listOf(mediator, matter.id);
    expect(['agreement', 'statement'].map((key) => itemOf(after, key).state)).toEqual(['filled', 'filled']);
  });

  it('has no dossier where no committee has accepted the matter', async () => {
    const matter = await aMatter(t).registered();
    expect(await listOf(await t.as('duty-leader'), matter.id)).toMatchObject({
      caseNumber: null,
      items: [],
      kinds: [],
    });
    expect(
      codeOf(await (await t.as('archivist')).post(`/disputes/${matter.id}/dossier/bindings`, { kind: 'full' })),
    ).toEqual([422, 'dossiers.not-accepted']);
  });
});
