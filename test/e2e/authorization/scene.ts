import { uuidv7 } from '../../../src/platform/database';
import { type FixtureMatter, FixtureBuilder, type Cast } from '../../support/fixture-matters';
import { PICTURE } from '../../support/paper-fixtures';
import type { TestApp } from '../../support/test-app';
import type { World } from '../../support/world';

/** The matters of both sides, one per relation in which principals can stand to a matter. */
export async function buildScene(t: TestApp): Promise<FixtureMatter[]> {
  const { world } = t;
  const own: Cast = {
    centerId: world.centerId,
    intake: 'intake',
    dispatcher: 'dispatcher',
    dutyLeader: 'duty-leader',
    committeeId: world.committeeId,
    mediator: 'mediator',
    recorder: 'recorder',
  };
  const foreign: Cast = {
    centerId: world.foreignCenterId,
    intake: 'intake:foreign',
    dispatcher: 'dispatcher:foreign',
    dutyLeader: 'duty-leader:foreign',
    committeeId: world.foreignCommitteeId,
    mediator: 'mediator:foreign',
    recorder: 'recorder:foreign',
    agencies: [{ id: world.foreignAgencyId, account: 'liaison:foreign' }],
  };
  const street: Cast = {
    centerId: world.streetCenterId,
    intake: 'street-intake',
    dispatcher: 'street-dispatcher',
    dutyLeader: 'street-duty-leader',
  };
  const [a0, a1, a2] = world.agencyIds;
  const plain = { nature: 'other', route: 'grid', committeeId: undefined };

  const open = await whole(
    new FixtureBuilder(t, 'own', {
      ...own,
      agencies: [
        { id: a0, account: 'liaison' },
        { id: a1, account: 'liaison-2' },
      ],
    }),
  );
  const other = await whole(
    new FixtureBuilder(t, 'other-committee', {
      ...own,
      committeeId: world.otherCommitteeId,
      mediator: 'mediator-other',
      recorder: undefined,
      agencies: [{ id: a2, account: 'liaison-3' }],
    }),
  );
  const sealed = await whole(
    new FixtureBuilder(t, 'sealed', {
      ...own,
      mediator: 'mediator-2',
      recorder: 'mediator',
      agencies: [{ id: a2, account: 'liaison-3' }],
    }),
  );
  const abroad = await whole(new FixtureBuilder(t, 'foreign', foreign));
  const closed = await (await (await begun(new FixtureBuilder(t, 'closed', own))).assigned()).investigated();
  const below = await (await new FixtureBuilder(t, 'street', street).registered()).documented();
  const sentToGrid = await begun(new FixtureBuilder(t, 'sent-to-grid', own), plain);
  const sentToStreet = await begun(new FixtureBuilder(t, 'sent-to-street', own), plain);
  const sentAbroad = await begun(new FixtureBuilder(t, 'foreign-sent', foreign), plain);

  // Last, in one instant: what lasts for a time only is in force while the matrix is asked.
  for (const builder of [open, sealed, abroad]) await builder.agreed();
  for (const builder of [open, other, sealed, abroad]) await builder.summoned();
  for (const builder of [open, sealed, abroad]) await builder.reviewed();
  await closed.closed();
  await sentToGrid.sent({ toUnitId: world.gridId });
  await sentToStreet.sent({ toCenterId: world.streetCenterId });
  await sentAbroad.sent({ toUnitId: world.foreignGridId });
  await other.steppedUpBy('director');
  await sealed.sealed(['director', 'archivist']);
  return [open, other, closed, sealed, below, sentToGrid, sentToStreet, abroad, sentAbroad].map((b) => b.build());
}

async function begun(builder: FixtureBuilder, triage: object = {}): Promise<FixtureBuilder> {
  return (await (await builder.registered()).triaged(triage)).documented();
}

async function whole(builder: FixtureBuilder): Promise<FixtureBuilder> {
  return (await (await (await begun(builder)).assigned()).investigated()).inSession();
}

/** Seals of both sides and other objects of the house itself, by the first segment of their path. */
export async function houseObjects(t: TestApp, side: 'own' | 'foreign'): Promise<Map<string, string>> {
  const { world } = t;
  const isOwn = side === 'own';
  const committeeId = isOwn ? world.committeeId : world.foreignCommitteeId;
  const [seal] = await t.sql<{ id: string }>('select id from committee_seal where committee_id = $1', [committeeId]);
  const one = async (table: string): Promise<string> =>
    (await t.sql<{ id: string }>(`select id from ${table} limit 1`))[0]?.id ?? '';
  const accountId = world.account(isOwn ? 'intake' : 'intake:foreign').id;
  const [clause] = await t.sql<{ id: string }>('select id from agreement_clause where center_id = $1', [
    centerOf(world, side),
  ]);
  const [localType] = await t.sql<{ id: string }>('select id from local_type where center_id = $1', [
    centerOf(world, side),
  ]);
  const [rule] = await t.sql<{ id: string }>('select id from deadline_rule where center_id = $1', [
    centerOf(world, side),
  ]);
  const ofCenter = async (table: string): Promise<string> =>
    (await t.sql<{ id: string }>(`select id from ${table} where center_id = $1 limit 1`, [centerOf(world, side)]))[0]
      ?.id ?? '';
  const [grant] = await t.sql<{ id: string }>('select id from role_grant where account_id = $1', [accountId]);
  const [alarm] = await t.sql<{ id: string }>(
    `insert into alarm (id, center_id, kind, fingerprint, facts, explanation, state, raised_at)
     values (gen_random_uuid(), $1, 'burst', gen_random_uuid()::text, '{}', array['一天内办结了10件互不相干的事项。'], 'open', now()) returning id`,
    [centerOf(world, side)],
  );
  return new Map([
    ['alarms', alarm?.id ?? ''],
    ['committees', committeeId],
    ['seals', seal?.id ?? ''],
    ['accounts', accountId],
    ['role-grants', grant?.id ?? ''],
    ['centers', centerOf(world, side)],
    ['agencies', isOwn ? world.agencyIds[0] : world.foreignAgencyId],
    ['org-units', isOwn ? world.districtId : world.foreignDistrictId],
    ['committee-members', await one('committee_member')],
    ['center-slots', await one('center_slot')],
    ['postings', await one('posting')],
    ['agency-duties', await one('agency_duty')],
    ['agreement-clauses', clause?.id ?? ''],
    ['local-types', localType?.id ?? ''],
    ['glyph-pictures', await one('glyph_picture')],
    ['duty-changes', await one('duty_change')],
    ['hand-overs', await one('hand_over')],
    ['calendar-notices', await one('working_day_notice')],
    ['deadline-rules', rule?.id ?? ''],
    ['reports', await ofCenter('report')],
    ['prevention-records', await ofCenter('prevention_record')],
    ['review-rounds', await ofCenter('review_round')],
    ['subsidy-lists', await ofCenter('subsidy_list')],
    ['card-appeals', await ofCenter('card_appeal')],
  ]);
}

export const centerOf = (world: World, side: string): string =>
  side === 'foreign' ? world.foreignCenterId : side === 'street' ? world.streetCenterId : world.centerId;

/** Seals, a slot and a posting, so that every kind of the house has one. */
export async function furnish(t: TestApp): Promise<void> {
  const { world } = t;
  const admin = await t.as('system-admin');
  const must201 = (reply: { status: number; text: string }): void => {
    if (reply.status !== 201) throw new Error(reply.text);
  };
  for (const id of [world.committeeId, world.foreignCommitteeId])
    must201(await admin.post(`/committees/${id}/seals`, { origin: 'demo', requiresSecondPerson: false }));
  must201(
    await admin.post('/agency-duties', {
      agencyId: world.agencyIds[0],
      disputeType: 'expropriation',
      role: 'lead',
      duty: '房屋征收补偿标准的解释和征收档案核对',
    }),
  );
  const security = await t.as('security-admin');
  must201(
    await security.post(`/accounts/${world.account('two-hats').id}/grants`, {
      role: 'center-director',
      scopeId: world.foreignCenterId,
    }),
  );
  for (const [key, centerId] of [
    ['director', world.centerId],
    ['director:foreign', world.foreignCenterId],
  ] as const) {
    const keeper = await t.as(key);
    must201(
      await keeper.post(`/centers/${centerId}/agreement-clauses`, {
        section: 'clauses',
        title: '如约履行',
        text: '各方如约履行。',
      }),
    );
    must201(
      await keeper.post(`/centers/${centerId}/deadline-rules`, {
        ruleId: 'transfer.sign',
        term: 2,
        unit: 'natural-day',
        validFrom: '2099-01-01',
        note: '缩短签收时间',
      }),
    );
    must201(await keeper.post('/reports', { centerId, form: 'statutory-2', span: 'month', day: '2026-08-31' }));
    must201(
      await keeper.post(`/centers/${centerId}/prevention-records`, {
        kind: 'survey',
        happenedOn: '2026-08-31',
        times: 1,
        note: '月末排查',
      }),
    );
  }
  for (const centerId of [world.centerId, world.foreignCenterId])
    must201(
      await admin.post(`/centers/${centerId}/local-types`, { disputeType: 'neighbor.noise', name: '广场舞噪声' }),
    );
  must201(
    await admin.post('/glyph-pictures', {
      character: '𱍐',
      picture: PICTURE.toString('base64'),
      source: '居民身份证',
    }),
  );
  must201(
    await admin.post(`/centers/${world.centerId}/slots`, {
      kind: 'window',
      ordinal: 1,
      name: '综合受理',
      validFrom: '2026-01-01',
    }),
  );
  must201(
    await admin.post(`/centers/${world.centerId}/postings`, {
      accountId: world.account('intake').id,
      homeOrganization: '新城区司法局',
      residency: 'resident',
      validFrom: '2026-01-01',
    }),
  );
  const [posting] = await t.sql<{ id: string }>('select id from posting limit 1');
  const dutyLeader = await t.as('duty-leader');
  must201(
    await dutyLeader.post(`/postings/${posting?.id ?? ''}/duty-changes`, { dutyOn: '2098-12-31', reason: '外出培训' }),
  );
  for (const [centerId, key] of [
    [world.centerId, 'mediator-other'],
    [world.foreignCenterId, 'mediator:foreign'],
  ] as const)
    await t.sql(
      `insert into card_appeal (id, center_id, mediator_id, mediator_name, from_on, to_on, part, reason, lodged_at, due_on)
         values ($1, $2, $3, '调解员', '2026-01-01', '2026-03-31', 'settled', '各方同意延期', now(), '2098-12-31')`,
      [uuidv7(), centerId, world.account(key).id],
    );
  for (const centerId of [world.centerId, world.foreignCenterId])
    await t.sql(
      `insert into subsidy_list (id, center_id, from_on, to_on, state, total_fen, made_by, made_by_name, made_at)
         values ($1, $2, '2026-01-01', '2026-03-31', 'draft', 0, $3, '卫主任', now())`,
      [uuidv7(), centerId, world.account('director').id],
    );
  await t.sql(
    `insert into hand_over (id, center_id, leaver_id, leaver_name, successor_id, successor_name, leaves_on, reason, state, beside, packed_at,
       made_by, made_by_name, made_at) values ($1, $2, $3, '齐调解', $4, '刘调解', '2098-12-31', '轮驻期满', 'open', '[]', now(), $5, '卫主任', now())`,
    [
      uuidv7(),
      world.centerId,
      world.account('mediator-other').id,
      world.account('mediator').id,
      world.account('director').id,
    ],
  );
}
