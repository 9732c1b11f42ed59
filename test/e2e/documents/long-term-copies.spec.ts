import { Chores } from '../../../src/platform/chores';
import { LongTermCopies } from '../../../src/modules/documents/application/long-term-copies';
import { exportIdentity } from '../../../src/platform/pdf/sign';
import { must } from '../../support/builders';
import { ListedAuthority } from '../../support/listed-authority';
import { sealedRegister } from '../../support/sealed-register';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';

interface PaperAnswer {
  readonly sha256: string;
  readonly longTerm: { readonly state: string; readonly text: string };
}
interface FileAnswer {
  readonly verdict: string;
  readonly verdictName: string;
  readonly summary: string;
  readonly checked: string[];
}

describe('long-term copies of sealed papers (real PostgreSQL, real HTTP, real certificates)', () => {
  let t: TestApp;
  let authority: ListedAuthority;
  let copies: LongTermCopies;
  let intake: Caller;
  let disputeId: string;

  beforeAll(async () => {
    authority = await ListedAuthority.open(() => t.clock.at());
    t = await startTestApp({ timestampAuthorityUrl: authority.timestampUrl, revocationHosts: [authority.host] });
    copies = t.app.get(LongTermCopies);
    intake = await t.as('intake');
    const admin = await t.as('system-admin');
    must(
      await admin.post(`/committees/${t.world.committeeId}/seals`, { origin: 'demo', requiresSecondPerson: false }),
      201,
    );
    const certificatePem = exportIdentity(authority.root).certificatesPem;
    must(await admin.post('/trust-anchors', { purpose: 'timestamp', certificatePem }), 201);
    disputeId = await sealedRegister.matter(t);
  });
  afterAll(async () => {
    await t.close();
    await authority.close();
  });

  const paper = async (id: string): Promise<PaperAnswer> => must(await intake.get(`/papers/${id}`), 200);
  const verify = async (bytes: Buffer): Promise<FileAnswer> =>
    must(await t.anonymous.upload('/verification/files', { bytes, name: 'a.pdf' }), 200);
  const filesOf = (id: string) =>
    t.sql("select sha256 from paper_file where paper_id = $1 and kind = 'long-term'", [id]);
  const untilNight = (): void => {
    t.clock.advanceDays(1);
  };

  it('waits for the night, says why there is none yet, tries again later and later, and gets there', async () => {
    const { id, bytes } = await sealedRegister.paper(t, disputeId);
    expect((await paper(id)).longTerm).toEqual({
      state: 'waiting',
      text: '长期验证资料待取（夜间自动办理）',
      attachedAt: null,
    });
    expect(await copies.collectDue()).toBe(0);
    expect((await intake.get(`/papers/${id}/file?copy=long-term`)).status).toBe(404);
    untilNight();
    for (const hours of [1, 2]) {
      expect(await copies.collectDue()).toBe(0);
      const asked = authority.listsAsked;
      t.clock.advance(hours * 3_600_000 - 1000);
      await copies.collectDue();
      expect(authority.listsAsked).toBe(asked);
      t.clock.advance(1000);
    }
    const why = `长期验证资料待取（吊销信息服务 ${authority.host} 没有正常应答（HTTP 503）；系统会自动再试）`;
    expect((await paper(id)).longTerm.text).toBe(why);
    const [seal] = await t.sql<{ id: string }>('select id from committee_seal');
    for (const reader of ['committee-director', 'auditor']) {
      const ledger = await (await t.as(reader)).get(`/seals/${seal?.id ?? ''}/uses`);
      expect(ledger.body).toMatchObject({ items: [{ paperId: id, longTermText: why }] });
    }

    authority.isListUp = true;
    expect(await copies.collectDue()).toBe(1);
    const after = await paper(id);
    expect(after.longTerm).toMatchObject({ state: 'attached', text: '长期验证资料已附' });
    expect(must<{ items: object[] }>(await intake.get(`/disputes/${disputeId}/papers`), 200).items[0]).toMatchObject({
      longTerm: { state: 'attached' },
    });
    const copy = must<Buffer>(await intake.download(`/papers/${id}/file?copy=long-term`), 200);
    const original = must<Buffer>(await intake.download(`/papers/${id}/file`), 200);
    expect(original).toEqual(bytes);
    expect(copy.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(copy.length).toBeGreaterThan(bytes.length);

    expect(await verify(original)).toMatchObject({ verdict: 'identical', verdictName: '与签发原件一字不差' });
    const known = await verify(copy);
    expect(known).toMatchObject({ verdict: 'identical', verdictName: '与存档的长期保存版一字不差' });
    expect(known.summary).toContain('签发原件之后只附有长期验证资料，现行有效');

    // As somebody sees it who does not hold our archive, when every certificate has run out.
    await t.sql('alter table paper_file disable trigger paper_file_append_only');
    await t.sql("update paper_file set sha256 = repeat('0', 64) where paper_id = $1", [id]);
    t.clock.advanceDays(30 * 365);
    const judged = await verify(copy);
    t.clock.advanceDays(-30 * 365);
    expect(judged.verdict).toBe('valid');
    expect(judged.checked).toContain('所附的长期验证资料证明：盖章时签章证书和时间戳证书均未被吊销');
    expect((await verify(Buffer.concat([copy, Buffer.from('\n')]))).verdict).toBe('invalid');
  });

  it('makes one copy of each paper however many instances work, and asks an authority once for all of them', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push((await sealedRegister.paper(t, disputeId)).id);
    untilNight();
    const asked = authority.listsAsked;
    const made = await Promise.all([copies.collectDue(), copies.collectDue(), copies.collectDue()]);
    expect(made.reduce((sum, n) => sum + n)).toBe(6);
    for (const id of ids) expect(await filesOf(id)).toHaveLength(1);
    expect(authority.listsAsked - asked).toBeLessThanOrEqual(3);
  });

  it('takes up what an instance left when it was stopped, after its lease', async () => {
    const { id } = await sealedRegister.paper(t, disputeId);
    untilNight();
    const stopped = jest.spyOn(t.app.get(Chores), 'isStopped', 'get').mockReturnValue(true);
    await copies.collectDue();
    stopped.mockRestore();
    expect(await copies.collectDue()).toBe(0);
    t.clock.advance(16 * 60_000);
    expect(await copies.collectDue()).toBe(1);
    expect(await filesOf(id)).toHaveLength(1);
  });

  it('does not cover up that a certificate was withdrawn before the paper was sealed', async () => {
    const { id } = await sealedRegister.paper(t, disputeId);
    authority.withdrawn.push({ serialNumber: '4711', at: new Date('2026-09-01T00:00:00Z') });
    untilNight();
    expect(await copies.collectDue()).toBe(0);
    expect((await paper(id)).longTerm.text).toContain('“测试时间戳机构”的证书在盖章前已被吊销');
    authority.withdrawn.length = 0;
  });
});
