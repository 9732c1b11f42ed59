import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { jpeg, pdf } from '../../support/files';
import { isInstalled } from '../../support/sealing-fixtures';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aSeal, codeOf, fileOf, onScreen, view } from './stage';

const PHOTO = jpeg(640, 480, 'the signing');
const FINGERPRINT = jpeg(300, 400, 'a finger');
const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('photographs and fingerprints of a signing (real PostgreSQL, HTTP and PDF)', () => {
  let t: TestApp;
  let mediator: Caller;
  let director: Caller;
  let matter: BuiltMatter;
  let id: string;

  const sign = async (slot: string, by = mediator) => {
    const { contentHash } = await view(mediator, id);
    const identityCheck = slot.startsWith('party') ? 'document-compared' : 'own-account';
    must(
      await by.post(`/agreements/${id}/tablet-signatures`, { ...onScreen(t, contentHash), slot, identityCheck }),
      200,
    );
  };
  const markAt = async (slot: string) => {
    const mark = (await view(mediator, id)).plan.find((row) => row.slot === slot)?.marks[0];
    if (mark === undefined) throw new Error(`Nobody signed at ${slot}`);
    return mark;
  };
  const add = async (kind: string, bytes: Buffer, fields: object = { consent: 'given' }): Promise<Reply> =>
    mediator.upload(
      `/agreements/${id}/signing-images`,
      { bytes, name: 'picture.jpg', type: 'image/jpeg' },
      { markId: (await markAt('party-1')).id, kind, ...fields },
    );
  const freeze = async (): Promise<Standing> =>
    must(await mediator.post(`/agreements/${id}/freezing`, {}, { ifMatch: (await view(mediator, id)).version }), 200);
  const look = (by: Caller, imageId: string) => by.download(`/signing-images/${imageId}/content`);

  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    [mediator, director] = [await t.as('mediator'), await t.as('committee-director')];
    matter = await aMatter(t).agreed();
    const drafted = await mediator.post(`/disputes/${matter.id}/agreements`, {
      kind: 'written',
      facts: '双方就借款发生争议。',
      clauses: ['一方向另一方赔礼道歉。'],
      obligations: [],
    });
    id = must<Standing>(drafted, 201).id;
    const agreedOn = t.clock.at().toISOString().slice(0, 10);
    must(await mediator.post(`/agreements/${id}/electronic-consents`, { partyIds: matter.partyIds, agreedOn }), 200);
    await freeze();
    await sign('party-1');
    await sign('mediator-1');
  });
  afterAll(() => t.close());

  it('are offered with the words of consent to whoever signed, and not of officers', async () => {
    const { imageChoices, images } = await markAt('party-1');
    expect(images).toEqual([]);
    expect(imageChoices.map((c) => c.kind)).toEqual(['photo', 'fingerprint']);
    for (const { consent } of imageChoices) expect(consent).toContain('不同意不影响签署');
    expect((await markAt('mediator-1')).imageChoices).toEqual([]);
  });

  it('are kept only with the separate consent, and only as pictures', async () => {
    expect((await add('photo', PHOTO, {})).status).toBe(400);
    expect((await add('photo', PHOTO, { consent: 'no' })).status).toBe(400);
    expect(codeOf(await add('photo', pdf('no picture')))).toEqual([422, 'agreements.image-unreadable']);
    expect(codeOf(await add('photo', Buffer.from('ffd8ff00', 'hex')))).toEqual([422, 'agreements.image-unreadable']);
    const { id: officers } = await markAt('mediator-1');
    expect(codeOf(await add('photo', PHOTO, { consent: 'given', markId: officers }))).toEqual([
      422,
      'agreements.image-of-no-mark',
    ]);
    expect(await t.sql('select 1 from signing_image')).toEqual([]);
  });

  it('are encrypted, hang on their mark, and are never changed', async () => {
    must(await add('photo', PHOTO), 201);
    expect(codeOf(await add('photo', PHOTO))).toEqual([409, 'agreements.image-there']);
    const [row] = await t.sql<Record<string, string>>('select * from signing_image');
    expect(row).toMatchObject({
      sha256: digest(PHOTO),
      previous_hash: (await markAt('party-1')).chainHash,
      picture_encrypted: expect.stringMatching(/^v1\./) as string,
      consent_text: expect.stringContaining('照片属于敏感个人信息') as string,
    });
    expect(JSON.stringify(row)).not.toContain(PHOTO.toString('base64').slice(0, 60));
    await expect(t.sql("update signing_image set sha256 = 'x'")).rejects.toThrow('never changed');
    await expect(t.sql('delete from signing_image')).rejects.toThrow('never changed');
  });

  it('are looked at by few, each time on record', async () => {
    const [image] = (await markAt('party-1')).images;
    const imageId = image?.id ?? '';
    expect(image?.allowedActs).toEqual(['agreements.view-image', 'agreements.erase-image']);
    expect(must<Buffer>(await look(mediator, imageId), 200).equals(PHOTO)).toBe(true);
    expect(must<Buffer>(await look(director, imageId), 200).equals(PHOTO)).toBe(true);
    for (const key of ['recorder', 'intake', 'dispatcher', 'archivist']) {
      expect([key, (await look(await t.as(key), imageId)).status]).toEqual([key, 403]);
    }
    expect((await look(await t.as('mediator:foreign'), imageId)).status).toBe(404);
    expect(
      await t.sql(
        "select count(*)::int as looks from audit_entry where act = 'agreements.view-image' and object_id = $1",
        [imageId],
      ),
    ).toEqual([{ looks: 2 }]);
  });

  it('fall with their mark when the text is taken back', async () => {
    const [image] = (await markAt('party-1')).images;
    const { version } = await view(mediator, id);
    must(await mediator.post(`/agreements/${id}/unfreezing`, { reason: '改正错字。' }, { ifMatch: version }), 200);
    expect(await t.sql('select picture_encrypted, removed_reason, sha256 from signing_image')).toEqual([
      { picture_encrypted: null, removed_reason: '签署失效，影像随之删除。', sha256: digest(PHOTO) },
    ]);
    expect(codeOf(await look(mediator, image?.id ?? ''))).toMatchObject([409]);
  });

  it('stand in the evidence of the sealed paper; a fingerprint is printed beside the signature, a photograph never', async () => {
    await freeze();
    for (const slot of ['party-1', 'party-2', 'mediator-1']) await sign(slot);
    await sign('recorder', await t.as('recorder'));
    must(await add('photo', PHOTO), 201);
    must(await add('fingerprint', FINGERPRINT), 201);
    const { version } = await view(mediator, id);
    must(await director.post(`/agreements/${id}/sealing`, {}, { ifMatch: version }), 200);
    expect(codeOf(await add('photo', PHOTO))).toEqual([409, 'agreements.wrong-state']);
    const { paper } = await view(mediator, id);
    const folder = mkdtempSync(join(tmpdir(), 'images-'));
    const file = join(folder, 'agreement.pdf');
    writeFileSync(file, await fileOf(mediator, `/papers/${paper?.id ?? ''}/file`));
    if (isInstalled('pdfimages')) {
      const { stdout } = spawnSync('pdfimages', ['-list', file], { encoding: 'utf8' });
      expect(stdout).toMatch(/ 300 +400 /);
      expect(stdout).not.toMatch(/ 640 +480 /);
    }
    if (isInstalled('pdfdetach')) {
      spawnSync('pdfdetach', ['-saveall', '-o', folder, file]);
      const { 签署 } = JSON.parse(readFileSync(join(folder, '签署证据.json'), 'utf8')) as {
        签署: { 签名位: string; 影像: { 类别: string; SHA256: string }[] }[];
      };
      expect(签署.map((m) => [m.签名位, m.影像.map((i) => [i.类别, i.SHA256])])).toEqual([
        [
          'party-1',
          [
            ['签署照片', digest(PHOTO)],
            ['指印图片', digest(FINGERPRINT)],
          ],
        ],
        ['party-2', []],
        ['mediator-1', []],
        ['recorder', []],
      ]);
    }
    rmSync(folder, { recursive: true });
  });

  it('are erased when the consent is taken back, the signature standing', async () => {
    const [photo] = (await markAt('party-1')).images;
    const recorder = await t.as('recorder');
    const path = `/signing-images/${photo?.id ?? ''}/erasure`;
    expect((await recorder.post(path, { reason: '本人撤回同意。' })).status).toBe(403);
    expect(must(await mediator.post(path, { reason: '本人撤回同意。' }), 200)).toMatchObject({ state: 'effective' });
    expect((await markAt('party-1')).images.map((i) => i.kind)).toEqual(['fingerprint']);
    expect(codeOf(await mediator.post(path, { reason: '再来一次。' }))).toEqual([409, 'agreements.image-erased']);
  });
});
