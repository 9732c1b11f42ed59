import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import request from 'supertest';
import { switchAccessGuardOff } from '../../../src/platform/auth';
import {
  amr,
  docx,
  heic,
  jpeg,
  lockedPdf,
  m4a,
  mov,
  mp3,
  mp4,
  pdf,
  png,
  wav,
  webp,
  xlsx,
  zipOf,
} from '../../support/files';
import { aRegisteredMatter } from '../../support/matters';
import { TWO_PARTIES, partiesOf } from '../../support/parties';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

interface Kept {
  readonly id: string;
  readonly ordinal: number;
  readonly sha256: string;
  readonly mediaType: string;
  readonly version: number;
  readonly allowedActs: readonly string[];
}
const kept = (reply: Reply): Kept => reply.body as Kept;
const code = (reply: Reply): string => (reply.body as { code: string }).code;

const FIELDS = { evidenceType: 'documentary', form: 'scan', ring: 'center' };

describe('attachments (real PostgreSQL, real HTTP, real files, fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let dispatcher: Caller;
  let mediator: Caller;
  let disputeId: string;
  beforeAll(async () => {
    t = await startTestApp();
    intake = await t.as('intake');
    dispatcher = await t.as('dispatcher');
    mediator = await t.as('mediator');
    disputeId = await aRegisteredMatter(t, { parties: TWO_PARTIES });
    await t.sql(
      "insert into dispute_access (id, dispute_id, account_id, ground, role, starts_at) values (gen_random_uuid(), $1, $2, 'assigned', 'mediator', $3)",
      [disputeId, t.world.account('mediator').id, t.clock.at()],
    );
  });
  afterAll(() => t.close());

  let serial = 0;
  const unlike = (): string => `第${(serial += 1)}份`;
  const upload = (
    bytes: Buffer,
    name: string,
    fields: Readonly<Record<string, string>> = {},
    caller = intake,
  ): Promise<Reply> => caller.upload(`/disputes/${disputeId}/attachments`, { bytes, name }, { ...FIELDS, ...fields });
  const aKept = async (fields: Readonly<Record<string, string>> = {}, caller = intake): Promise<Kept> => {
    const reply = await upload(pdf(unlike()), '材料.pdf', fields, caller);
    if (reply.status !== 201) throw new Error(reply.text);
    return kept(reply);
  };
  const staged = (): string[] => readdirSync(join(t.config.dataDir, 'incoming'));
  /** The answer does not wait until the staged upload is gone. */
  const expectNothingStaged = async (): Promise<void> => {
    for (let i = 0; i < 100 && staged().length > 0; i++) await delay(20);
    expect(staged()).toEqual([]);
  };
  const lastActs = async (n: number): Promise<string[]> =>
    (
      await t.sql<{ act: string }>('select act from audit_entry where dispute_id = $1 order by seq desc limit $2', [
        disputeId,
        n,
      ])
    ).map((r) => r.act);

  it('keeps a file byte for byte under the name it came with, and serves it inert', async () => {
    const bytes = docx({ name: 'word/说明.xml' });
    const name = '李家六兄妹·房屋所有权证（复印件）𪩘.docx';
    const [party] = await partiesOf(intake, disputeId);
    const reply = await upload(bytes, name, {
      description: '证明房屋登记在父亲名下。',
      source: '当事人提交',
      providedByPartyId: party?.id ?? '',
      obtainedOn: '2026-09-17',
    });
    expect(reply.status).toBe(201);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(reply.body).toMatchObject({
      ordinal: 1,
      pageOrder: 1,
      fileName: name,
      mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      sizeBytes: bytes.length,
      sha256,
      evidenceTypeName: '书证',
      formName: '原件扫描',
      ring: 'center',
      isShareable: false,
      providedByPartyId: party?.id,
      uploadedByName: '王敏',
      version: 1,
    });
    const served = await mediator.download(`/attachments/${kept(reply).id}/content`);
    expect(served.status).toBe(200);
    expect(bytes.equals(served.body as Buffer)).toBe(true);
    expect(served.headers).toMatchObject({
      'content-type': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'content-length': String(bytes.length),
    });
    expect(await lastActs(2)).toEqual(['attachments.download', 'attachments.upload']);
    const [entry] = await t.sql<{ body: string }>(
      "select body from audit_entry where dispute_id = $1 and act = 'attachments.upload'",
      [disputeId],
    );
    expect(entry?.body).toContain(sha256);
    expect(entry?.body).not.toContain('李家');
    await expectNothingStaged();
  });

  it.each([
    ['录音.wav', wav(), 'audio/wav'],
    ['现场.mp4', mp4(), 'video/mp4'],
    ['照片.jpg', jpeg(), 'image/jpeg'],
    ['手机照片.heic', heic(), 'image/heic'],
    ['图片.webp', webp(), 'image/webp'],
    ['语音备忘.m4a', m4a(), 'audio/x-m4a'],
    ['手机录像.mov', mov(), 'video/quicktime'],
    ['通话录音.mp3', mp3(), 'audio/mpeg'],
    ['旧手机录音.amr', amr(), 'audio/amr'],
    ['名单.xlsx', xlsx(), 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['照片.JPEG', jpeg(17, 17), 'image/jpeg'],
    ['截图.png', png(), 'image/png'],
    ['判决.ofd', zipOf([{ name: 'OFD.xml' }, { name: 'Doc_0/Document.xml' }]), 'application/ofd'],
  ])('takes %s for what its bytes are', async (name, bytes, mediaType) => {
    const reply = await upload(bytes, name);
    expect([reply.status, kept(reply).mediaType]).toEqual([201, mediaType]);
  });

  const BOMB = Buffer.alloc(60 * 1024 * 1024);
  it.each([
    [
      'a program',
      Buffer.from('MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0', 'latin1'),
      '证据.pdf',
      'attachments.type-not-allowed',
    ],
    [
      'the EICAR test text',
      Buffer.from('X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'),
      '证据.jpg',
      'attachments.type-not-allowed',
    ],
    [
      'a page of HTML',
      Buffer.from('<html><script>alert(1)</script></html>'),
      '证据.png',
      'attachments.type-not-allowed',
    ],
    [
      'a vector picture with a script',
      Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
      '图.png',
      'attachments.type-not-allowed',
    ],
    ['a plain archive', zipOf([{ name: 'a.txt' }]), '一包.zip', 'attachments.type-not-allowed'],
    ['a picture called a document', png(3, 3), '证据.pdf', 'attachments.extension-mismatch'],
    ['an archive called OFD', zipOf([{ name: 'a.txt' }]), '假.ofd', 'attachments.extension-mismatch'],
    [
      'a picture with an archive behind it',
      Buffer.concat([jpeg(), zipOf([{ name: 'x.js' }])]),
      '照片.jpg',
      'attachments.polyglot',
    ],
    [
      'a document with an archive behind it',
      Buffer.concat([pdf('z'), zipOf([{ name: 'x.class' }])]),
      '材料.pdf',
      'attachments.polyglot',
    ],
    ['a picture that is a PDF too', jpeg(16, 16, '%PDF-1.4'), '照片.jpg', 'attachments.polyglot'],
    [
      'a picture with something after its end',
      Buffer.concat([png(), Buffer.from('<?php system($_GET[0]);')]),
      '截图.png',
      'attachments.polyglot',
    ],
    ['half a picture', png(4, 4).subarray(0, 50), '截图.png', 'attachments.truncated'],
    ['half a photo', jpeg().subarray(0, 40), '照片.jpg', 'attachments.truncated'],
    ['half a PDF', pdf('q').subarray(0, 40), '材料.pdf', 'attachments.truncated'],
    ['half a recording', wav().subarray(0, 1000), '录音.wav', 'attachments.truncated'],
    ['half a film', mp4().subarray(0, 60), '现场.mp4', 'attachments.truncated'],
    ['a flood of pixels from a phone', heic(10_000, 5_001), '照片.heic', 'attachments.too-many-pixels'],
    ['a flood of pixels on the web', webp(16_000, 16_000), '图.webp', 'attachments.too-many-pixels'],
    ['a flood of pixels in a photo', jpeg(60_000, 60_000), '照片.jpg', 'attachments.too-many-pixels'],
    ['a flood of pixels', png(10_000, 5_001), '截图.png', 'attachments.too-many-pixels'],
    [
      'an archive that unpacks a thousandfold',
      docx({ name: 'word/media/a.xml', bytes: BOMB }),
      '材料.docx',
      'attachments.archive-bomb',
    ],
    [
      'an archive of a thousand and one entries',
      docx(...Array.from({ length: 1000 }, (_, i) => ({ name: `word/${i}.xml` }))),
      '材料.docx',
      'attachments.archive-bomb',
    ],
    [
      'an archive whose directory lies about sizes',
      docx({ name: 'word/media/a.xml', bytes: Buffer.alloc(100_000), declaredSize: 10 }),
      '材料.docx',
      'attachments.truncated',
    ],
    [
      'an archive whose contents are not what was packed',
      docx({ name: 'word/a.xml', checksum: 1 }),
      '材料.docx',
      'attachments.truncated',
    ],
    ['an archive that climbs out', docx({ name: '../../etc/cron.d/x' }), '材料.docx', 'attachments.archive-path'],
    [
      'an archive with a link',
      docx({ name: 'word/link.xml', externalAttributes: (0o120777 << 16) >>> 0 }),
      '材料.docx',
      'attachments.archive-link',
    ],
    ['a document with macros', docx({ name: 'word/vbaProject.bin' }), '材料.docx', 'attachments.macro'],
    [
      'a document with a packaged program',
      docx({ name: 'word/embeddings/oleObject1.bin' }),
      '材料.docx',
      'attachments.macro',
    ],
    [
      'a document behind a password',
      docx({ name: 'word/a.xml', isEncrypted: true }),
      '材料.docx',
      'attachments.archive-encrypted',
    ],
    ['half an archive', docx().subarray(0, -30), '材料.docx', 'attachments.truncated'],
    ['nothing at all', Buffer.alloc(0), '空.pdf', 'attachments.type-not-allowed'],
  ])('refuses %s', async (_what, bytes, name, expected) => {
    const before = await t.sql('select count(*) from attachment');
    const reply = await upload(bytes, name);
    expect([reply.status, code(reply)]).toEqual([422, expected]);
    expect((reply.body as { errors: object[] }).errors).toMatchObject([{ pointer: '/file' }]);
    expect(await t.sql('select count(*) from attachment')).toEqual(before);
    await expectNothingStaged();
  });

  it.each([
    ['..\\..\\windows\\a.pdf'],
    ['C:\\a.pdf'],
    ['调解\u202efdp.exe.pdf'],
    ['没有扩展名'],
    [`${'长'.repeat(252)}.pdf`],
  ])('refuses the name %s instead of cleaning it', async (name) => {
    const reply = await upload(pdf(unlike()), name);
    expect([reply.status, code(reply)]).toEqual([422, 'attachments.file-name']);
  });

  it('refuses a path in the raw file name, which ordinary clients would cut off themselves', async () => {
    const part = (head: string, body: Buffer | string): Buffer =>
      Buffer.concat([
        Buffer.from(`--B\r\nContent-Disposition: form-data; ${head}\r\n\r\n`),
        Buffer.from(body),
        Buffer.from('\r\n'),
      ]);
    const reply = await request(t.app.getHttpServer())
      .post(`/api/disputes/${disputeId}/attachments`)
      .set('Authorization', intake.token ?? '')
      .set('Idempotency-Key', 'raw-path-00000001')
      .set('Content-Type', 'multipart/form-data; boundary=B')
      .send(
        Buffer.concat([
          ...Object.entries(FIELDS).map(([name, value]) => part(`name="${name}"`, value)),
          part('name="file"; filename="../../etc/passwd.pdf"', pdf(unlike())),
          Buffer.from('--B--\r\n'),
        ]),
      );
    expect([reply.status, code(reply)]).toEqual([422, 'attachments.file-name']);
  });

  it('refuses fields as strictly as JSON, and leaves nothing lying about', async () => {
    const missing = await intake.upload(
      `/disputes/${disputeId}/attachments`,
      { bytes: pdf(unlike()), name: 'a.pdf' },
      { form: 'scan', ring: 'center' },
    );
    expect([missing.status, code(missing)]).toEqual([400, 'invalid-fields']);
    expect((await upload(pdf(unlike()), 'a.pdf', { pageOrder: '0' })).status).toBe(400);
    expect((await upload(pdf(unlike()), 'a.pdf', { extra: '1' })).status).toBe(400);
    expect((await upload(pdf(unlike()), 'a.pdf', { description: 'a\0b' })).status).toBe(400);
    expect((await upload(pdf(unlike()), 'a.pdf', { obtainedOn: '2026-12-31' })).body).toMatchObject({
      code: 'attachments.in-future',
    });
    expect(
      (await upload(pdf(unlike()), 'a.pdf', { providedByPartyId: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })).status,
    ).toBe(409);
    const invalidUtf8 = await request(t.app.getHttpServer())
      .post(`/api/disputes/${disputeId}/attachments`)
      .set('Authorization', intake.token ?? '')
      .set('Idempotency-Key', 'invalid-utf8-0001')
      .set('Content-Type', 'multipart/form-data; boundary=B')
      .send(
        Buffer.concat([
          ...Object.entries({ ...FIELDS, description: '' }).map(([k, v]) =>
            Buffer.concat([
              Buffer.from(`--B\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}`),
              k === 'description' ? Buffer.from([0xff, 0xfe, 0x41]) : Buffer.alloc(0),
              Buffer.from('\r\n'),
            ]),
          ),
          Buffer.from('--B\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'),
          pdf(unlike()),
          Buffer.from('\r\n--B--\r\n'),
        ]),
      );
    expect(invalidUtf8.status).toBe(400);
    const empty = await request(t.app.getHttpServer())
      .post(`/api/disputes/${disputeId}/attachments`)
      .set('Authorization', intake.token ?? '')
      .set('Idempotency-Key', 'no-file-at-all-01')
      .field(FIELDS);
    expect([empty.status, code(empty)]).toEqual([422, 'attachments.file-missing']);
    await expectNothingStaged();
  });

  it('refuses more than fifty megabytes and more than one file', async () => {
    const big = await upload(Buffer.concat([pdf('big'), Buffer.alloc(50 * 1024 * 1024)]), '大.pdf');
    expect([big.status, code(big)]).toEqual([413, 'too-large']);
    expect((big.body as { detail: string }).detail).toMatch(/^文件超过50兆字节，没有上传。/);
    const two = await request(t.app.getHttpServer())
      .post(`/api/disputes/${disputeId}/attachments`)
      .set('Authorization', intake.token ?? '')
      .set('Idempotency-Key', 'two-files-000001')
      .field(FIELDS)
      .attach('file', pdf('1'), 'a.pdf')
      .attach('file', pdf('2'), 'b.pdf');
    expect(two.status).toBe(400);
    await expectNothingStaged();
  });

  it.each([
    ['says how long it is', true],
    ['does not', false],
  ])('refuses 200 MB that arrive as a stream which %s, and never holds them', async (_, isTold) => {
    const { port } = t.app.getHttpServer().address() as AddressInfo;
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const head = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7';
    let [sent, most] = [0, 0];
    const before = process.memoryUsage().rss;
    const body = Readable.from(
      (function* () {
        yield Buffer.from(head);
        for (; sent < 200; sent += 1) {
          most = Math.max(most, process.memoryUsage().rss - before);
          yield piece;
        }
        yield Buffer.from('\r\n--b--\r\n');
      })(),
    );
    const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const outgoing = httpRequest(
        {
          port,
          method: 'POST',
          path: `/api/disputes/${disputeId}/attachments`,
          headers: {
            Authorization: intake.token ?? '',
            'Idempotency-Key': `two-hundred-${String(isTold)}`,
            'Content-Type': 'multipart/form-data; boundary=b',
            ...(isTold ? { 'Content-Length': head.length + 200 * piece.length + 9 } : {}),
          },
        },
        (incoming) => {
          incoming.setEncoding('utf8');
          let text = '';
          incoming.on('data', (part: string) => (text += part));
          incoming.on('end', () => {
            resolve({ status: incoming.statusCode, text });
          });
        },
      );
      outgoing.on('error', reject);
      body.pipe(outgoing);
    });
    expect([answer.status, answer.text]).toEqual([413, expect.stringContaining('超过50兆字节')]);
    expect(most).toBeLessThan(100 * 1024 * 1024);
    await expectNothingStaged();
  });

  it('keeps a PDF with a password, and says what will come of it', async () => {
    const locked = await upload(await lockedPdf(), '有密码的流水.pdf');
    expect([locked.status, (locked.body as { notice: string }).notice]).toEqual([
      201,
      expect.stringContaining('不能装订入卷'),
    ]);
    const list = await intake.get(`/disputes/${disputeId}/attachments?limit=100`);
    const { items } = list.body as { items: { fileName: string; notice: string | null }[] };
    expect(items.filter((one) => one.notice !== null).map((one) => one.fileName)).toEqual(['有密码的流水.pdf']);
  });

  it('answers a repetition of the key once, and another file under it with 422', async () => {
    const bytes = pdf(unlike());
    const send = (content: Buffer, key: string): Promise<Reply> =>
      Promise.resolve(
        request(t.app.getHttpServer())
          .post(`/api/disputes/${disputeId}/attachments`)
          .set('Authorization', intake.token ?? '')
          .set('Idempotency-Key', key)
          .field(FIELDS)
          .attach('file', content, '重复.pdf'),
      );
    const [a, b] = await Promise.all([send(bytes, 'same-upload-key-1'), send(bytes, 'same-upload-key-1')]);
    expect([a.status, b.status]).toEqual([201, 201]);
    expect(kept(a).id).toBe(kept(b).id);
    const other = await send(pdf(unlike()), 'same-upload-key-1');
    expect([other.status, code(other)]).toEqual([422, 'idempotency-key-reused']);
    const again = await send(bytes, 'another-upload-key');
    expect([again.status, code(again)]).toEqual([409, 'attachments.already-here']);
  });

  it('numbers simultaneous uploads without gap or twin', async () => {
    const id = await aRegisteredMatter(t);
    const replies = await Promise.all(
      Array.from({ length: 6 }, () =>
        intake.upload(`/disputes/${id}/attachments`, { bytes: pdf(unlike()), name: '并发.pdf' }, FIELDS),
      ),
    );
    expect(replies.map((r) => kept(r).ordinal).sort()).toEqual([1, 2, 3, 4, 5, 6]);
    const page = (await intake.get(`/disputes/${id}/attachments?limit=4`)).body as {
      items: Kept[];
      nextCursor: string;
    };
    const rest = (await intake.get(`/disputes/${id}/attachments?limit=4&cursor=${page.nextCursor}`)).body as {
      items: Kept[];
      nextCursor: null;
    };
    expect([...page.items, ...rest.items].map((a) => a.ordinal)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rest.nextCursor).toBeNull();
  });

  it('belongs to the matter: 401, 403, invisible 404, also to those who write', async () => {
    const { id } = await aKept();
    expect((await t.anonymous.get(`/attachments/${id}/content`)).status).toBe(401);
    expect((await upload(pdf(unlike()), 'a.pdf', {}, t.anonymous)).status).toBe(401);
    for (const key of ['intake:foreign', 'mediator-2', 'liaison', 'system-admin', 'auditor']) {
      const caller = await t.as(key);
      expect([key, (await caller.get(`/attachments/${id}/content`)).status]).toEqual([key, 404]);
      expect([key, (await upload(pdf(unlike()), 'a.pdf', {}, caller)).status]).toEqual([key, 404]);
    }
    expect((await upload(pdf(unlike()), 'a.pdf', {}, await t.as('supervisor'))).status).toBe(403);
    expect((await (await t.as('director')).get(`/attachments/${id}/content`)).status).toBe(404);
    expect(
      (await (await t.as('intake')).post(`/attachments/${id}/withdrawal`, { reason: '试' }, { ifMatch: 1 })).status,
    ).toBe(403);
    await expectNothingStaged();
  });

  it('shows what is for the mediator alone to the mediator alone, also with the guard off', async () => {
    expect(code(await upload(pdf(unlike()), '私.pdf', { ring: 'mediator' }))).toBe('attachments.ring-not-yours');
    const secret = await aKept({ ring: 'mediator', description: '单独听取的陈述' }, mediator);
    const ids = async (caller: Caller): Promise<string[]> =>
      ((await caller.get(`/disputes/${disputeId}/attachments?limit=100`)).body as { items: Kept[] }).items.map(
        (a) => a.id,
      );
    expect(await ids(mediator)).toContain(secret.id);
    switchAccessGuardOff(true);
    try {
      for (const key of ['intake', 'dispatcher', 'duty-leader']) {
        const caller = await t.as(key);
        expect(await ids(caller)).not.toContain(secret.id);
        expect((await caller.get(`/attachments/${secret.id}/content`)).status).toBe(404);
        expect((await caller.post(`/attachments/${secret.id}/ring`, { ring: 'parties' }, { ifMatch: 1 })).status).toBe(
          404,
        );
      }
      const foreign = await t.as('intake:foreign');
      expect((await foreign.get(`/disputes/${disputeId}/attachments`)).status).toBe(404);
      expect((await foreign.get(`/attachments/${(await aKept()).id}/content`)).status).toBe(404);
    } finally {
      switchAccessGuardOff(false);
    }
    expect(code(await mediator.post(`/attachments/${secret.id}/sharing`, { reason: '试' }, { ifMatch: 1 }))).toBe(
      'attachments.mediator-only',
    );
    const opened = await mediator.post(`/attachments/${secret.id}/ring`, { ring: 'center' }, { ifMatch: 1 });
    expect([opened.status, opened.body]).toEqual([200, expect.objectContaining({ ring: 'center', version: 2 })]);
    expect(await ids(intake)).toContain(secret.id);
  });

  it('is shared with agencies by decision, and withdrawn without vanishing', async () => {
    const file = await aKept();
    expect((await dispatcher.post(`/attachments/${file.id}/sharing`, { reason: '处置需要。' })).status).toBe(428);
    const shared = await dispatcher.post(`/attachments/${file.id}/sharing`, { reason: '处置需要。' }, { ifMatch: 1 });
    expect(shared.body).toMatchObject({ isShareable: true, version: 2 });
    expect(code(await dispatcher.post(`/attachments/${file.id}/sharing`, { reason: '再' }, { ifMatch: 2 }))).toBe(
      'attachments.already-shared',
    );
    const hidden = await mediator.post(`/attachments/${file.id}/ring`, { ring: 'mediator' }, { ifMatch: 2 });
    expect(hidden.body).toMatchObject({ ring: 'mediator', isShareable: false, version: 3 });
    expect(
      (await dispatcher.post(`/attachments/${file.id}/sharing-end`, { reason: '试' }, { ifMatch: 3 })).status,
    ).toBe(404);

    const wrong = await aKept();
    const described = await intake.post(
      `/attachments/${wrong.id}/description`,
      { evidenceType: 'identity', form: 'copy', pageOrder: 9, description: '身份证复印件' },
      { ifMatch: 1 },
    );
    expect(described.body).toMatchObject({ evidenceTypeName: '身份证明', pageOrder: 9, source: null, version: 2 });
    const withdrawn = await dispatcher.post(
      `/attachments/${wrong.id}/withdrawal`,
      { reason: '传错了人。' },
      { ifMatch: 2 },
    );
    expect(withdrawn.body).toMatchObject({
      state: 'withdrawn',
      stateName: '已撤下',
      withdrawnReason: '传错了人。',
      allowedActs: [],
    });
    expect(code(await dispatcher.post(`/attachments/${wrong.id}/withdrawal`, { reason: '再' }, { ifMatch: 3 }))).toBe(
      'attachments.wrong-state',
    );
    expect((await intake.download(`/attachments/${wrong.id}/content`)).status).toBe(200);
    expect((await lastActs(3)).reverse()).toEqual([
      'attachments.describe',
      'attachments.withdraw',
      'attachments.download',
    ]);
  });

  it('notices one changed byte on disk and serves nothing', async () => {
    const file = await aKept();
    const root = join(t.config.dataDir, 'files');
    const path =
      readdirSync(root, { recursive: true, encoding: 'utf8' })
        .map((name) => join(root, name))
        .find((name) => name.endsWith(file.sha256) && statSync(name).isFile()) ?? '';
    const bytes = readFileSync(path);
    bytes[20] = (bytes[20] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const reply = await intake.get(`/attachments/${file.id}/content`);
    expect([reply.status, code(reply)]).toEqual([503, 'files.damaged']);
    expect(reply.headers['content-disposition']).toBeUndefined();
  });

  it('is what a scanned notice of rights points to, within the same matter only', async () => {
    const scan = await aKept({ evidenceType: 'signed-paper' });
    const [party] = await partiesOf(intake, disputeId);
    const elsewhere = await aRegisteredMatter(t, { parties: TWO_PARTIES });
    const [stranger] = await partiesOf(intake, elsewhere);
    const body = { method: 'ink-scan', signedAt: t.clock.at().toISOString(), attachmentId: scan.id };
    expect((await intake.post(`/parties/${stranger?.id ?? ''}/rights-notices`, body)).status).toBe(409);
    expect((await intake.post(`/parties/${party?.id ?? ''}/rights-notices`, body)).status).toBe(201);
  });
});
