import { UnitOfWork, withContext } from '../../src/platform/database';
import { switchAccessGuardOff } from '../../src/platform/auth';
import { pdf } from '../support/files';
import { anAcceptedMatter, aRegisteredMatter } from '../support/matters';
import { TWO_PARTIES, aConsent, partiesOf, residentIdOf } from '../support/parties';
import { type Caller, type TestApp, startTestApp } from '../support/test-app';

const TABLES = [
  'party',
  'representative',
  'party_consent',
  'rights_notice',
  'contact_attempt',
  'represented_person',
  'party_change',
  'attachment',
] as const;

describe('tables of parties and attachments (real PostgreSQL)', () => {
  let t: TestApp;
  let intake: Caller;
  let disputeId: string;
  let partyId: string;
  beforeAll(async () => {
    t = await startTestApp();
    intake = await t.as('intake');
    disputeId = await aRegisteredMatter(t, { parties: TWO_PARTIES });
    partyId = (await partiesOf(intake, disputeId))[0]?.id ?? '';
    await intake.post(`/parties/${partyId}/consents`, aConsent(t));
    await intake.post(`/parties/${partyId}/rights-notices`, {
      method: 'on-site',
      signedAt: t.clock.at().toISOString(),
    });
    await intake.post(`/parties/${partyId}/contact-attempts`, {
      at: t.clock.at().toISOString(),
      channel: 'phone',
      contacted: 'party',
      outcome: 'reached',
    });
    await intake.post(`/parties/${partyId}/representatives`, {
      kind: 'entrusted',
      name: '王律师',
      scope: ['sign'],
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
      authorityNote: '存卷',
    });
    await intake.post(`/parties/${partyId}/represented-persons`, {
      persons: [{ name: '被代表人甲', residentId: residentIdOf('19700707', 9) }],
    });
    await intake.post(
      `/parties/${partyId}/corrections`,
      { kind: 'person', name: '赵一鸣', side: 'applicant', occupation: '教师', reason: '补充。' },
      { ifMatch: 3 },
    );
    await intake.upload(
      `/disputes/${disputeId}/attachments`,
      { bytes: pdf('rls'), name: '材料.pdf' },
      { evidenceType: 'documentary', form: 'scan', ring: 'center' },
    );
  });
  afterAll(() => t.close());

  const as = <T>(key: string, work: () => Promise<T>): Promise<T> =>
    withContext({ principal: { kind: 'account', accountId: t.world.account(key).id, sessionId: null } }, work);

  it('hold a row each to look for', async () => {
    for (const table of TABLES) {
      expect([table, (await t.sql(`select 1 from ${table} where dispute_id = $1`, [disputeId])).length > 0]).toEqual([
        table,
        true,
      ]);
    }
  });

  it.each(TABLES)(
    'row security alone hides %s from everyone without the content, and lets them write nothing',
    async (table) => {
      switchAccessGuardOff(true);
      try {
        const unitOfWork = t.app.get(UnitOfWork);
        const count = (key: string): Promise<number> =>
          as(key, () =>
            unitOfWork.read(
              async (tx) =>
                (
                  await tx.one<{ n: number }>(`select count(*)::int as n from ${table} where dispute_id = $1`, [
                    disputeId,
                  ])
                ).n,
            ),
          );
        expect(await count('intake')).toBeGreaterThan(0);
        for (const key of [
          'intake:foreign',
          'mediator',
          'mediator-2',
          'recorder',
          'liaison',
          'handler',
          'director',
          'superior',
          'grid-worker',
          'street-intake',
          'system-admin',
          'security-admin',
          'auditor',
        ]) {
          expect([key, await count(key)]).toEqual([key, 0]);
        }
        const [original] = await t.sql<{ row: object }>(
          `select to_jsonb(r) as row from ${table} r where dispute_id = $1 limit 1`,
          [disputeId],
        );
        const insert = (key: string, row: object): Promise<unknown> =>
          as(key, () =>
            unitOfWork.run((tx) =>
              tx.query(`insert into ${table} select r.* from jsonb_populate_record(null::${table}, $1::jsonb) r`, [
                JSON.stringify(row),
              ]),
            ),
          );
        for (const key of ['intake:foreign', 'mediator', 'liaison', 'director']) {
          await expect(insert(key, original?.row ?? {})).rejects.toMatchObject({ code: '42501' });
        }
        // The control: from one who may read the content the same row fails only for being there already.
        await expect(insert('intake', original?.row ?? {})).rejects.toMatchObject({ code: '23505' });
      } finally {
        switchAccessGuardOff(false);
      }
    },
  );

  const UPDATES: readonly [string, string][] = [
    ['party_left_has_reason', "update party set state = 'withdrawn' where id = $1"],
    ['party_deceased_has_day', "update party set died_on = '2026-01-01' where id = $1"],
    ['party_person_fields', "update party set kind = 'organization' where id = $1"],
    ['party_organization_fields', "update party set legal_representative = '某' where id = $1"],
    ['party_capacity_has_proof', "update party set capacity = 'limited' where id = $1"],
    ['party_phone_whole', 'update party set phone_index = null where id = $1'],
    ['party_document_whole', 'update party set document_kind = null where id = $1'],
    ['party_consent_has_time', 'update party set consent_at = null where id = $1'],
    ['party_side_known', "update party set side = 'both' where id = $1"],
    ['representative_proxy_has_period', 'update representative set valid_to = null where party_id = $1'],
    ['representative_scope_known', "update representative set scope = '{everything}' where party_id = $1"],
    ['representative_scope_named', "update representative set scope = '{}' where party_id = $1"],
    ['representative_end_has_reason', "update representative set ended_on = '2026-09-18' where party_id = $1"],
    ['representative_authority_shown', 'update representative set authority_note = null where party_id = $1'],
    [
      'represented_person_settlement_shown',
      'update represented_person set settlement_agreed_at = now() where party_id = $1',
    ],
    [
      'attachment_shared_not_private',
      "update attachment set ring = 'mediator', is_shareable = true where $1::uuid is not null",
    ],
    ['attachment_withdrawn_has_reason', "update attachment set state = 'withdrawn' where $1::uuid is not null"],
    ['attachment_name_flat', "update attachment set file_name = '../a.pdf' where $1::uuid is not null"],
    ['attachment_name_flat', "update attachment set file_name = 'a\\b.pdf' where $1::uuid is not null"],
    ['attachment_size_bounded', 'update attachment set size_bytes = 52428801 where $1::uuid is not null'],
    ['attachment_digest_whole', "update attachment set sha256 = 'x' where $1::uuid is not null"],
  ];
  it.each(UPDATES)('%s refuses a row that cannot be', async (constraint, sql) => {
    await expect(t.sql(sql, [partyId])).rejects.toMatchObject({ code: '23514', constraint });
  });

  it.each(['party_consent', 'rights_notice', 'contact_attempt', 'party_change'])(
    '%s only grows, even for the owner',
    async (table) => {
      await expect(t.sql(`delete from ${table} where dispute_id = $1`, [disputeId])).rejects.toMatchObject({
        code: '42501',
      });
      await expect(
        t.sql(`update ${table} set dispute_id = dispute_id where dispute_id = $1`, [disputeId]),
      ).rejects.toMatchObject({ code: '42501' });
    },
  );

  it('demands the routes told with a refusal, the scan with an inked notice, the ground of a disclosure', async () => {
    const refused = (sql: string): Promise<unknown> => t.sql(sql, [disputeId, partyId, t.clock.at()]);
    await expect(
      refused(
        "insert into party_consent (id, dispute_id, party_id, answer, channel, asked_at, asked_by_name, recorded_at) values (gen_random_uuid(), $1, $2, 'refused', 'phone', $3, '甲', $3)",
      ),
    ).rejects.toMatchObject({ constraint: 'party_consent_refusal_told' });
    await expect(
      refused(
        "insert into contact_attempt (id, dispute_id, party_id, at, channel, contacted, outcome, made_by_name, recorded_at) values (gen_random_uuid(), $1, $2, $3, 'phone', 'relative', 'relayed', '甲', $3)",
      ),
    ).rejects.toMatchObject({ constraint: 'contact_attempt_disclosure_grounded' });
    const [other] = (await partiesOf(intake, disputeId)).slice(1);
    await expect(
      t.sql(
        "insert into rights_notice (id, dispute_id, party_id, method, signed_at, told_by_name, recorded_at) values (gen_random_uuid(), $1, $2, 'ink-scan', $3, '甲', $3)",
        [disputeId, other?.id, t.clock.at()],
      ),
    ).rejects.toMatchObject({ constraint: 'rights_notice_scan_shown' });
  });

  it('ties every child to a party of the same matter', async () => {
    const elsewhere = await aRegisteredMatter(t, { parties: TWO_PARTIES });
    await expect(
      t.sql(
        "insert into contact_attempt (id, dispute_id, party_id, at, channel, contacted, outcome, made_by_name, recorded_at) values (gen_random_uuid(), $1, $2, $3, 'phone', 'party', 'reached', '甲', $3)",
        [elsewhere, partyId, t.clock.at()],
      ),
    ).rejects.toMatchObject({ code: '23503', constraint: 'contact_attempt_of_party' });
  });

  it('leave nothing of an act that fails half-way: no row, no audit entry, no line, no answer kept', async () => {
    const id = await anAcceptedMatter(t, { parties: TWO_PARTIES });
    const [a] = await partiesOf(intake, id);
    const traces = (): Promise<object[]> =>
      t.sql(
        `select (select count(*) from party where dispute_id = $1) as parties, (select count(*) from represented_person where dispute_id = $1) as represented,
                (select count(*) from audit_entry where dispute_id = $1) as audit, (select count(*) from dispute_event where dispute_id = $1) as events,
                (select count(*) from outbox_message) as messages, (select count(*) from idempotency_record where key = 'half-way-000001') as answers`,
        [id],
      );
    const before = await traces();
    const twins = Array.from({ length: 2 }, () => ({ name: '同一人', residentId: residentIdOf('19700707', 11) }));
    const listed = await intake.post(
      `/parties/${a?.id ?? ''}/represented-persons`,
      { persons: [{ name: '先行' }, ...twins] },
      { idempotencyKey: 'half-way-000001' },
    );
    expect(listed.status).toBe(409);
    const [, b] = await partiesOf(intake, id);
    const death = {
      diedOn: '2026-09-01',
      reason: '证明已核对。',
      successors: [
        { kind: 'person', name: '子' },
        { kind: 'person', name: '赵一鸣', documentKind: 'resident-id', documentNumber: residentIdOf('19800101', 11) },
      ],
    };
    expect(
      (
        await intake.post(`/parties/${b?.id ?? ''}/succession`, death, {
          ifMatch: 1,
          idempotencyKey: 'half-way-000001',
        })
      ).status,
    ).toBe(422);
    expect(await traces()).toEqual(before);
  });
});
