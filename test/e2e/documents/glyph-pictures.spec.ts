import { deflateSync } from 'node:zlib';
import { OutboxDispatcher } from '../../../src/platform/database';
import { PICTURE, textOf } from '../../support/paper-fixtures';
import { isInstalled } from '../../support/sealing-fixtures';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

/** Of the third ideographic plane: no font here has it. */
const RARE = '𱍐';
/** A character of private use, as readers of identity cards deliver those without a code of their own. */
const PRIVATE = '\uE123';

describe('pictures of characters that no font has (real PostgreSQL, real PDF)', () => {
  let t: TestApp;
  let admin: Caller;
  let intake: Caller;
  let disputeId: string;

  beforeAll(async () => {
    t = await startTestApp();
    admin = await t.as('system-admin');
    intake = await t.as('intake');
    const reply = await intake.post('/disputes', {
      centerId: t.world.centerId,
      channel: 'visit',
      title: '李家遗产纠纷',
      narrative: '子女因遗产分配意见不一。',
    });
    disputeId = (reply.body as { id: string }).id;
  });
  afterAll(() => t.close());

  const codeOf = (reply: Reply): string => (reply.body as { code: string }).code;
  const picture = PICTURE.toString('base64');
  const add = (body: object = {}): Promise<Reply> =>
    admin.post('/glyph-pictures', { character: RARE, picture, source: '居民身份证', ...body });
  const issue = (applicant: string): Promise<Reply> =>
    intake.post(`/disputes/${disputeId}/papers`, {
      templateId: 'one-time-notice',
      parameters: {
        applicant,
        kind: 'supplement',
        materials: [{ name: '亲属关系证明', form: '原件1份' }],
        office: '综治中心一楼窗口',
      },
    });

  it('says which character is missing, where, and what to do', async () => {
    const reply = await issue(`李${RARE}`);
    expect([reply.status, codeOf(reply)]).toEqual([422, 'pdf.missing-glyph']);
    expect((reply.body as { detail: string }).detail).toContain('“𱍐”（U+31350）');
    expect((reply.body as { detail: string }).detail).toContain('上传该字的字形图片');
  });

  it('takes no picture for a character that fonts have, for letters, for two characters, nor a damaged one', async () => {
    const torn = Buffer.concat([PICTURE.subarray(0, 41), deflateSync(Buffer.from('x')), PICTURE.subarray(60)]);
    for (const [change, code] of [
      [{ character: '李' }, 'glyph-pictures.not-needed'],
      [{ character: 'A' }, 'glyph-pictures.not-one-character'],
      [{ character: '2' }, 'glyph-pictures.not-one-character'],
      [{ character: '李军' }, 'glyph-pictures.not-one-character'],
      [{ picture: Buffer.from('GIF89a').toString('base64') }, 'glyph-pictures.unreadable'],
      [{ picture: torn.toString('base64') }, 'glyph-pictures.unreadable'],
      [{ picture: PICTURE.subarray(0, 20).toString('base64') }, 'glyph-pictures.unreadable'],
    ] as const) {
      const reply = await add(change);
      expect([change, reply.status, codeOf(reply)]).toEqual([change, 422, code]);
    }
    expect(await t.sql('select 1 from glyph_picture')).toHaveLength(0);
  });

  it('is the system administrator’s', async () => {
    for (const key of ['intake', 'committee-director', 'director', 'security-admin']) {
      const caller = await t.as(key);
      const body = { character: RARE, picture, source: '居民身份证' };
      expect([key, (await caller.post('/glyph-pictures', body)).status]).toEqual([key, 403]);
      expect([key, (await caller.get('/glyph-pictures')).status]).toEqual([key, 403]);
    }
  });

  it('draws the picture on papers, and a reader copies the character out of them', async () => {
    expect((await add()).body).toMatchObject({ character: RARE, codePoint: 'U+31350', isInUse: true });
    expect((await add({ character: PRIVATE, source: '读卡器' })).status).toBe(201);
    const reply = await issue(`李${RARE}${PRIVATE}军`);
    expect(reply.status).toBe(201);
    const file = await intake.download(`/papers/${(reply.body as { id: string }).id}/file`);
    if (isInstalled('pdftotext')) expect(textOf(file.body as Buffer)).toContain(`李${RARE}${PRIVATE}军`);
  });

  it('keeps the picture with the paper: what was made with it is drawn again without a picture in use', async () => {
    const issued = (await issue(`王${RARE}`)).body as { id: string; version: number };
    const [kept] = (
      (await admin.get('/glyph-pictures')).body as { items: { id: string; character: string; version: number }[] }
    ).items.filter((one) => one.character === RARE);
    const path = `/glyph-pictures/${kept?.id ?? ''}/removal`;
    expect((await admin.post(path, {})).status).toBe(428);
    expect((await admin.post(path, {}, { ifMatch: kept?.version ?? 0 })).body).toMatchObject({ isInUse: false });
    expect(codeOf(await admin.post(path, {}, { ifMatch: 2 }))).toBe('glyph-pictures.removed');
    expect((await issue(`王${RARE}`)).status).toBe(422);
    const dispatcher = await t.as('dispatcher');
    const voided = await dispatcher.post(
      `/papers/${issued.id}/voiding`,
      { reason: '录错' },
      { ifMatch: issued.version },
    );
    expect(voided.status).toBe(200);
    await t.app.get(OutboxDispatcher).drain();
    const copy = await dispatcher.download(`/papers/${issued.id}/file?copy=voided`);
    expect(copy.status).toBe(200);
    if (isInstalled('pdftotext')) expect(textOf(copy.body as Buffer)).toContain(`王${RARE}`);
  });

  it('replaces the picture that stood for the character', async () => {
    await add();
    await add({ source: '户口簿' });
    expect(await t.sql('select source from glyph_picture where character = $1 and removed_at is null', [RARE])).toEqual(
      [{ source: '户口簿' }],
    );
    expect(await t.sql("select 1 from audit_entry where act = 'glyph-pictures.add'")).not.toHaveLength(0);
  });
});
