import { PDFDocument } from '@cantoo/pdf-lib';
import { createServer, type Server } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import request from 'supertest';
import { OutboxDispatcher } from '../../../src/platform/database';
import {
  type Identity,
  LocalTimestampAuthority,
  exportIdentity,
  issueCommitteeCertificate,
  issueRoot,
  issueTimestampCertificate,
  signerOf,
} from '../../../src/platform/pdf/sign';
import { isInstalled, run } from '../../support/sealing-fixtures';
import {
  ACCESS_TOKEN,
  CREDENTIAL,
  PIN,
  type SigningProvider,
  openSigningProvider,
} from '../../support/signing-provider';
import { sealedRegister } from '../../support/sealed-register';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

interface FileAnswer {
  readonly verdict: string;
  readonly summary: string;
  readonly checked: string[];
  readonly notChecked: string[];
  readonly signatures: { verdict: string; timestampedAt: string | null; checks: { code: string; outcome: string }[] }[];
}

const LIFE = {
  notBefore: new Date('2026-01-01T00:00:00Z'),
  notAfter: new Date('2036-01-01T00:00:00Z'),
  key: 'P-256',
} as const;

describe('what anybody may send to the public verification (real PostgreSQL, real HTTP)', () => {
  let t: TestApp;
  let addresses = 0;
  beforeAll(async () => {
    t = await startTestApp({ trustedProxies: 1 });
  });
  afterAll(() => t.close());

  const api = (): ReturnType<typeof request> => request(t.app.getHttpServer());
  /** From a new address each time, so that the limit is met only where it is meant. */
  const send = (bytes: Buffer, field = 'file', name = '文书.pdf'): request.Test =>
    api()
      .post('/api/verification/files')
      .set('X-Forwarded-For', `198.51.100.${(addresses += 1)}`)
      .attach(field, bytes, { filename: name, contentType: 'application/pdf' });
  const codeOf = (reply: Reply): string => (reply.body as { code: string }).code;

  it('answers hostile files with a verdict or a 4xx, never with 5xx, and quickly', async () => {
    const header = '%PDF-1.7\n';
    const files: Record<string, Buffer> = {
      'header only': Buffer.from(header),
      noise: Buffer.concat([Buffer.from(header), Buffer.alloc(300_000, 0x41)]),
      'deep arrays': Buffer.from(
        `${header}1 0 obj\n${'['.repeat(200_000)}\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF`,
      ),
      'deep dictionaries': Buffer.from(
        `${header}1 0 obj\n${'<</A'.repeat(100_000)}\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n9\n%%EOF`,
      ),
      'cross-reference to itself': Buffer.from(
        `${header}xref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF`,
      ),
      'huge counts': Buffer.from(
        `${header}xref\n0 99999999\ntrailer << /Size 99999999 /Root 1 0 R >>\nstartxref\n9\n%%EOF`,
      ),
      'open string': Buffer.from(`${header}1 0 obj\n(${'('.repeat(100_000)}\nendobj\nstartxref\n9\n%%EOF`),
    };
    for (const [name, bytes] of Object.entries(files)) {
      const start = performance.now();
      const reply = await send(bytes);
      expect([name, reply.status]).toEqual([name, 200]);
      expect(['unreadable', 'unsigned', 'indeterminate', 'too-complex']).toContain((reply.body as FileAnswer).verdict);
      expect((reply.body as FileAnswer).summary).toMatch(/[\u4e00-\u9fff]/);
      expect(performance.now() - start).toBeLessThan(5000);
    }
  });

  it('refuses what is no PDF, no file, too large or no upload at all', async () => {
    const zip = Buffer.from('504b0304140000000000', 'hex');
    expect([(await send(zip)).status, codeOf(await send(zip))]).toEqual([422, 'verification.not-a-pdf']);
    expect(codeOf(await send(Buffer.alloc(0)))).toBe('verification.no-file');
    expect((await send(Buffer.from('%PDF-1.7'), 'other')).status).toBe(400);
    expect((await send(Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(20 * 1024 * 1024)]))).status).toBe(413);
    expect((await t.anonymous.post('/verification/files', {})).status).toBe(400);
    const raw = (type: string, body: string): request.Test =>
      api().post('/api/verification/files').set('Content-Type', type).send(body);
    expect((await raw('multipart/form-data', 'x')).status).toBe(400);
    expect(
      (
        await raw(
          'multipart/form-data; boundary=b',
          '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-',
        )
      ).status,
    ).toBe(400);
    expect((await raw('multipart/form-data; boundary=b', '--b\r\nX\r\n\r\n--b--\r\n')).status).toBe(400);
    expect((await raw('text/plain', 'x')).status).toBe(415);
  });

  it('says of a foreign PDF without seal that it proves nothing', async () => {
    const document = await PDFDocument.create();
    document.addPage();
    const reply = await send(Buffer.from(await document.save()));
    expect(reply.body).toMatchObject({ verdict: 'unsigned', paper: null });
    expect((reply.body as FileAnswer).notChecked[0]).toContain('是否与签发的原件相同');
  });

  it('takes sixty codes and twenty files a minute from one address, and others meanwhile', async () => {
    const ask = (from: string): Promise<Reply> =>
      Promise.resolve(api().get('/api/verification/000000000000').set('X-Forwarded-For', from));
    const statuses: number[] = [];
    for (let i = 0; i < 61; i += 1) statuses.push((await ask('203.0.113.7')).status);
    expect(statuses.filter((s) => s === 404)).toHaveLength(60);
    expect(statuses.at(-1)).toBe(429);
    expect((await ask('203.0.113.8')).status).toBe(404);
    const upload = (): request.Test =>
      api()
        .post('/api/verification/files')
        .set('X-Forwarded-For', '203.0.113.9')
        .attach('file', Buffer.from('%PDF-1.7'), 'a.pdf');
    const uploads: number[] = [];
    for (let i = 0; i < 21; i += 1) uploads.push((await upload()).status);
    expect(uploads.slice(0, 20)).toEqual(Array(20).fill(200));
    expect(uploads[20]).toBe(429);
  });
});

describe('row security of papers and seals alone, the guard of the application off (real PostgreSQL)', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  it('shows nothing to a foreign center, and no seal to the desk', async () => {
    const disputeId = await sealedRegister.matter(t);
    await (
      await t.as('system-admin')
    ).post(`/committees/${t.world.committeeId}/seals`, { origin: 'demo', requiresSecondPerson: false });
    const { id, answer } = await sealedRegister.paper(t, disputeId);
    expect(answer.status).toBe(200);
    const { switchAccessGuardOff } =
      jest.requireActual<typeof import('../../../src/platform/auth')>('../../../src/platform/auth');
    switchAccessGuardOff(true);
    try {
      for (const key of [
        'intake:foreign',
        'committee-director:foreign',
        'liaison',
        'grid-worker',
        'system-admin',
        'director',
      ]) {
        const caller = await t.as(key);
        expect([key, (await caller.get(`/papers/${id}`)).status]).toEqual([key, 404]);
        expect([key, (await caller.get(`/papers/${id}/file`)).status]).toEqual([key, 404]);
      }
      expect((await (await t.as('intake')).get(`/committees/${t.world.committeeId}/seals`)).body).toMatchObject({
        items: [],
      });
      const [seal] = await t.sql<{ id: string }>('select id from committee_seal');
      expect((await (await t.as('committee-director:foreign')).get(`/seals/${seal?.id ?? ''}/uses`)).status).toBe(404);
    } finally {
      switchAccessGuardOff(false);
    }
  });
});

describe('timestamps from a service outside, and certificates from an authority (real HTTP, real certificates)', () => {
  let t: TestApp;
  let admin: Caller;
  let service: Server;
  let isUp = false;
  let root: Identity;
  let disputeId: string;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tsa-'));
    root = await issueRoot({ commonName: '测试时间戳机构根证书', ...LIFE });
    const key = await issueTimestampCertificate(root, { commonName: '测试时间戳机构', ...LIFE });
    const authority = new LocalTimestampAuthority(signerOf(key), () => t.clock.at());
    service = createServer((incoming, outgoing) => {
      if (!isUp) {
        outgoing.writeHead(503).end();
        return;
      }
      const parts: Buffer[] = [];
      incoming.on('data', (part: Buffer) => parts.push(part));
      incoming.on('end', () => {
        void authority.query(Buffer.concat(parts)).then((answer) => {
          outgoing.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answer);
        });
      });
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    t = await startTestApp({ timestampAuthorityUrl: `http://127.0.0.1:${(service.address() as AddressInfo).port}/` });
    admin = await t.as('system-admin');
    disputeId = await sealedRegister.matter(t);
    await admin.post(`/committees/${t.world.committeeId}/seals`, { origin: 'demo', requiresSecondPerson: false });
  });
  afterAll(async () => {
    await t.close();
    await new Promise((resolve) => service.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  const verify = async (bytes: Buffer): Promise<FileAnswer> => {
    const reply = await t.anonymous.upload('/verification/files', { bytes, name: 'a.pdf' });
    expect(reply.status).toBe(200);
    return reply.body as FileAnswer;
  };
  /** Lets the verification see a file of ours as a stranger's: by structure and signature. */
  const asStranger = async (id: string, bytes: Buffer): Promise<FileAnswer> => {
    await t.sql('alter table paper_file disable trigger paper_file_append_only');
    await t.sql("update paper_file set sha256 = repeat('0', 64) where paper_id = $1", [id]);
    return verify(bytes);
  };

  it('seals without the service (B-B), says so, and fetches the timestamp when it answers again; the file stays as it is', async () => {
    const { id, bytes, answer } = await sealedRegister.paper(t, disputeId);
    expect(answer.status).toBe(200);
    const use = await t.sql('select level, timestamp_problem from seal_use where paper_id = $1', [id]);
    expect(use).toEqual([{ level: 'B-B', timestamp_problem: '时间戳服务暂不可用（HTTP 503）。' }]);
    const outbox = t.app.get(OutboxDispatcher);
    await outbox.drain();
    expect(await t.sql('select 1 from paper_timestamp')).toHaveLength(0);
    isUp = true;
    t.clock.advance(16 * 60_000);
    await outbox.drain();
    const [kept] = await t.sql<{ document_sha256: string; attested_at: Date }>(
      'select document_sha256, attested_at from paper_timestamp where paper_id = $1',
      [id],
    );
    expect(kept?.document_sha256).toBe((answer.body as { sha256: string }).sha256);
    expect((await (await t.as('intake')).download(`/papers/${id}/file`)).body).toEqual(bytes);
    const code = (answer.body as { verificationCode: string }).verificationCode;
    expect((await t.anonymous.get(`/verification/${code}`)).body).toMatchObject({
      timestampedAt: kept?.attested_at.toISOString(),
    });
  });

  it('believes the service’s timestamps only once its root was added by the system administrator', async () => {
    isUp = true;
    const { id, bytes } = await sealedRegister.paper(t, disputeId);
    expect(await t.sql('select level from seal_use where paper_id = $1', [id])).toEqual([{ level: 'B-T' }]);
    expect((await asStranger(id, bytes)).verdict).toBe('indeterminate');
    const anchor = { purpose: 'timestamp', certificatePem: exportIdentity(root).certificatesPem };
    expect((await (await t.as('committee-director')).post('/trust-anchors', anchor)).status).toBe(403);
    expect((await t.anonymous.post('/trust-anchors', anchor)).status).toBe(401);
    expect((await admin.post('/trust-anchors', { ...anchor, certificatePem: 'no' })).status).toBe(422);
    const added = await admin.post('/trust-anchors', anchor);
    expect(added.status).toBe(201);
    expect((await admin.get('/trust-anchors')).body).toMatchObject({
      items: [{ purpose: 'seal' }, { purpose: 'timestamp', subjectName: '测试时间戳机构根证书' }],
    });
    const answer = await verify(bytes);
    expect(answer.verdict).toBe('valid');
    expect(answer.signatures[0]?.timestampedAt).not.toBeNull();
  });

  it('does not believe a signature made after its seal was retired', async () => {
    const { id, bytes } = await sealedRegister.paper(t, disputeId);
    const [seal] = await t.sql<{ id: string }>("select id from committee_seal where state = 'active'");
    const director = await t.as('committee-director');
    // A retirement before the timestamp makes the signature one of a stolen key.
    await t.sql('update committee_seal set state = $2, retired_at = $3, retire_reason = $4 where id = $1', [
      seal?.id,
      'retired',
      '2026-09-17',
      '遗失',
    ]);
    const answer = await asStranger(id, bytes);
    expect(answer.verdict).toBe('invalid');
    expect(answer.summary).toContain('吊销');
    expect((await director.get(`/committees/${t.world.committeeId}/seals`)).body).toMatchObject({
      items: [{ state: 'retired' }],
    });
  });

  it('imports the .p12 of an authority, retires the seal before, and seals with it', async () => {
    if (!isInstalled('openssl')) return;
    const authority = await issueRoot({ commonName: '某电子认证机构', ...LIFE, key: 'RSA-3072' });
    const committee = await issueCommitteeCertificate(authority, {
      commonName: '新城区光明社区人民调解委员会',
      ...LIFE,
      key: 'RSA-3072',
    });
    const { privateKeyPem, certificatesPem } = exportIdentity(committee);
    writeFileSync(join(folder, 'seal.pem'), `${privateKeyPem}\n${certificatesPem}\n`);
    const file = (name: string): string => join(folder, name);
    const made = run('openssl', [
      'pkcs12',
      '-export',
      '-in',
      file('seal.pem'),
      '-passout',
      'pass:secret',
      '-out',
      file('seal.p12'),
    ]);
    expect(made).toMatchObject({ code: 0 });
    const order = {
      origin: 'pkcs12',
      code: '1501020099999',
      requiresSecondPerson: false,
      pkcs12: readFileSync(join(folder, 'seal.p12')).toString('base64'),
    };
    const wrong = await admin.post(`/committees/${t.world.committeeId}/seals`, { ...order, password: 'guess' });
    expect([wrong.status, (wrong.body as { code: string }).code]).toEqual([422, 'seals.key-store-unreadable']);
    await admin.post(`/committees/${t.world.committeeId}/seals`, { origin: 'demo', requiresSecondPerson: false });
    const reply = await admin.post(`/committees/${t.world.committeeId}/seals`, { ...order, password: 'secret' });
    expect(await t.sql("select origin from committee_seal where state = 'active'")).toEqual([{ origin: 'pkcs12' }]);
    expect(await t.sql("select 1 from committee_seal where retire_reason = '换装新的印章证书'")).toHaveLength(1);
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({
      origin: 'pkcs12',
      algorithm: 'RSA-SHA256',
      issuerName: '某电子认证机构',
      state: 'active',
    });
    const { id, bytes, answer } = await sealedRegister.paper(t, disputeId);
    expect(answer.status).toBe(200);
    expect((await asStranger(id, bytes)).verdict).toBe('valid');
    writeFileSync(join(folder, 'sealed.pdf'), bytes);
    if (isInstalled('pdfsig'))
      expect(run('pdfsig', ['-nocert', join(folder, 'sealed.pdf')]).output).toContain('Signature is Valid');
  });
});

describe('a seal whose key lies at a signing service (real HTTP, real PostgreSQL; the service is the suite’s own)', () => {
  let t: TestApp;
  let admin: Caller;
  let service: SigningProvider;
  let disputeId: string;
  const path = (): string => `/committees/${t.world.committeeId}/seals`;
  const codeOf = (reply: Reply): string => (reply.body as { code: string }).code;
  const order = { origin: 'provider', requiresSecondPerson: false, keyName: CREDENTIAL };

  beforeAll(async () => {
    const authority = await issueRoot({ commonName: '某电子认证机构', ...LIFE, key: 'RSA-3072' });
    const committee = { commonName: '新城区光明社区人民调解委员会', ...LIFE, key: 'RSA-3072' as const };
    service = await openSigningProvider(await issueCommitteeCertificate(authority, committee));
    t = await startTestApp({ signingProvider: { url: service.url, accessToken: ACCESS_TOKEN, pin: PIN } });
    admin = await t.as('system-admin');
    disputeId = await sealedRegister.matter(t);
  });
  afterAll(async () => {
    await t.close();
    await service.close();
  });

  it('is offered where the operator has set it up, and nothing else is', async () => {
    const { origins } = (await admin.get(path())).body as { origins: { origin: string }[] };
    expect(origins.map((one) => one.origin)).toEqual(['pkcs12', 'provider', 'demo']);
    const reply = await admin.post(path(), { ...order, origin: 'token' });
    expect([reply.status, codeOf(reply)]).toEqual([409, 'seals.signer-not-set-up']);
  });

  it('is not asked for somebody who may not install seals', async () => {
    service.calls.length = 0;
    expect((await (await t.as('committee-director')).post(path(), order)).status).toBe(403);
    expect(service.calls).toEqual([]);
  });

  it('refuses a key without a name, one the service does not know, and a service that signs wrongly', async () => {
    const refused = async (body: object): Promise<unknown> => {
      const reply = await admin.post(path(), { ...order, ...body });
      return [reply.status, codeOf(reply)];
    };
    expect(await refused({ keyName: undefined })).toEqual([422, 'seals.key-name-missing']);
    expect(await refused({ origin: 'demo' })).toEqual([422, 'seals.key-name-not-needed']);
    expect(await refused({ keyName: 'other' })).toEqual([422, 'seals.signer-refused']);
    service.mood = 'lying';
    expect(await refused({})).toEqual([422, 'seals.key-mismatch']);
    service.mood = 'silent';
    expect(await refused({})).toEqual([422, 'seals.signer-unreachable']);
    service.mood = 'well';
    expect(await t.sql('select 1 from committee_seal')).toHaveLength(0);
  });

  it('seals; only the name of the key is kept; an outage leaves the paper as it was', async () => {
    expect((await admin.post(path(), order)).body).toMatchObject({
      origin: 'provider',
      keyName: CREDENTIAL,
      state: 'active',
    });
    expect(await t.sql('select key_name, private_key_encrypted from committee_seal')).toEqual([
      { key_name: CREDENTIAL, private_key_encrypted: null },
    ]);
    service.mood = 'silent';
    const failed = await sealedRegister.paper(t, disputeId);
    expect([failed.answer.status, codeOf(failed.answer)]).toEqual([409, 'seals.signer-unreachable']);
    expect(await t.sql('select state from paper where id = $1', [failed.id])).toEqual([{ state: 'final' }]);
    service.mood = 'well';
    const { answer, bytes } = await sealedRegister.paper(t, disputeId);
    expect([answer.status, (answer.body as { state: string }).state]).toEqual([200, 'sealed']);
    const reply = await t.anonymous.upload('/verification/files', { bytes, name: 'a.pdf' });
    expect((reply.body as FileAnswer).verdict).toBe('identical');
  });
});
