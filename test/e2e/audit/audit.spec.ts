import { AuditAnchors } from '../../../src/modules/audit/application/audit-anchors';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';

interface Verification {
  readonly isIntact: boolean;
  readonly chains: { chain: string; entries: number; fault: string | null; seq: number | null; message: string }[];
}

describe('the hash-chained audit (real PostgreSQL, real HTTP, tampering by direct SQL as the owner)', () => {
  let t: TestApp;
  let auditor: Caller;

  beforeAll(async () => {
    t = await startTestApp();
    auditor = await t.as('auditor');
    const intake = await t.as('intake');
    for (let i = 0; i < 6; i++) {
      await intake.post('/disputes', {
        centerId: t.world.centerId,
        channel: 'visit',
        title: `第${i}件`,
        narrative: '邻里争吵。',
      });
    }
    await t.app.get(AuditAnchors).drop();
  });
  afterAll(() => t.close());

  const verify = async (): Promise<Verification> => (await auditor.post('/audit-verifications')).body as Verification;
  const verdict = async (): Promise<Verification['chains'][number] | undefined> =>
    (await verify()).chains.find((c) => c.chain === t.world.centerId);

  /** Changes the chain past its triggers, lets the auditor look, and puts everything back. */
  async function tampered(sql: string, values: unknown[] = []): Promise<Verification['chains'][number] | undefined> {
    await t.sql('create table audit_copy as table audit_entry');
    await t.sql("set session_replication_role = 'replica'");
    await t.sql(sql, values);
    const seen = await verdict();
    await t.sql('delete from audit_entry');
    await t.sql('insert into audit_entry table audit_copy');
    await t.sql("set session_replication_role = 'origin'");
    await t.sql('drop table audit_copy');
    return seen;
  }

  it('is whole after honest work', async () => {
    const { isIntact, chains } = await verify();
    expect(isIntact).toBe(true);
    expect(chains.find((c) => c.chain === t.world.centerId)).toMatchObject({
      entries: 6,
      fault: null,
      message: '完整',
    });
  });

  it.each([
    [
      'an edited body',
      "update audit_entry set body = replace(body, 'visit', 'phone') where chain = $1 and seq = 3",
      'changed-body',
      3,
    ],
    [
      'an edited column',
      "update audit_entry set act = 'disputes.read' where chain = $1 and seq = 3",
      'changed-columns',
      3,
    ],
    [
      'another actor in the column',
      'update audit_entry set actor_id = null where chain = $1 and seq = 5',
      'changed-columns',
      5,
    ],
    ['a deleted entry', 'delete from audit_entry where chain = $1 and seq = 4', 'gap', 4],
    ['a cut tail', 'delete from audit_entry where chain = $1 and seq > 4', 'cut-tail', 5],
    ['the whole chain gone', 'delete from audit_entry where chain = $1', 'cut-tail', 1],
    [
      'two entries swapped',
      'update audit_entry set seq = case seq when 2 then 3 else 2 end where chain = $1 and seq in (2, 3)',
      'broken-link',
      2,
    ],
    [
      'a deletion papered over by renumbering',
      'with gone as (delete from audit_entry where chain = $1 and seq = 2) update audit_entry set seq = seq - 1 where chain = $1 and seq > 2',
      'broken-link',
      2,
    ],
  ])('%s is detected and located', async (_what, sql, fault, seq) => {
    if (fault === 'broken-link') await t.sql('alter table audit_entry drop constraint audit_entry_pkey');
    const seen = await tampered(sql, [t.world.centerId]);
    if (fault === 'broken-link') await t.sql('alter table audit_entry add primary key (chain, seq)');
    expect(seen).toMatchObject({ fault, seq });
  });

  it('cannot be changed or emptied even by the owner while its triggers stand, nor written by the application role', async () => {
    await expect(t.sql("update audit_entry set act = 'x'")).rejects.toThrow(/append-only/);
    await expect(t.sql('delete from audit_entry')).rejects.toThrow(/append-only/);
    await expect(t.sql('truncate audit_entry')).rejects.toThrow(/append-only/);
    await t.sql('begin');
    await t.sql('set local role zongzhi_app');
    await expect(
      t.sql(
        'insert into audit_entry select chain, seq + 100, at, actor_kind, actor_id, act, object_type, object_id, dispute_id, body, previous_mac, mac from audit_entry limit 1',
      ),
    ).rejects.toThrow(/permission denied/);
    await t.sql('rollback');
  });

  it('is searched by the auditor only, newest first, page by page', async () => {
    const first = (await auditor.get(`/audit-entries?limit=4&act=disputes.&from=2026-09-01T00:00:00%2B08:00`)).body as {
      items: { seq: number; actorName: string; details: object }[];
      nextCursor: string;
    };
    expect(first.items).toHaveLength(4);
    expect(first.items[0]).toMatchObject({
      act: 'disputes.register',
      actorName: '王敏',
      details: { channel: 'visit' },
    });
    const second = (
      await auditor.get(
        `/audit-entries?limit=4&act=disputes.&from=2026-09-01T00:00:00%2B08:00&cursor=${first.nextCursor}`,
      )
    ).body as typeof first;
    expect([...first.items, ...second.items].map((i) => i.seq)).toEqual([6, 5, 4, 3, 2, 1]);
    for (const key of ['intake', 'director', 'system-admin', 'security-admin']) {
      const caller = await t.as(key);
      expect((await caller.get('/audit-entries')).status).toBe(403);
      expect((await caller.post('/audit-verifications')).status).toBe(403);
    }
    expect((await t.anonymous.get('/audit-entries')).status).toBe(401);
    expect((await auditor.get('/audit-entries?act=DROP')).status).toBe(400);
  });
});
