import { Matters } from '../../src/modules/disputes';
import { UnitOfWork, uuidv7, withContext } from '../../src/platform/database';
import { aRegisteredMatter, aTriagedMatter, anAcceptedMatter } from '../support/matters';
import { type TestApp, startTestApp } from '../support/test-app';

/** The name of the constraint that refuses the statement. */
async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'nothing refused it';
  } catch (error) {
    return (error as { constraint?: string; message: string }).constraint ?? (error as Error).message;
  }
}

describe('the records of a matter (real PostgreSQL)', () => {
  let t: TestApp;
  let id: string;
  beforeAll(async () => {
    t = await startTestApp();
    id = await aTriagedMatter(t);
  });
  afterAll(() => t.close());
  afterEach(() => jest.restoreAllMocks());

  it.each([
    ["state = 'strange'", 'dispute_state_known'],
    ["mediation_state = 'strange'", 'dispute_mediation_state_known'],
    ["nature = 'strange'", 'dispute_nature_known'],
    ["route = 'strange'", 'dispute_route_known'],
    ["risk_level = 'green'", 'dispute_risk_level_known'],
    ["outcome = 'perfect'", 'dispute_outcome_known'],
    ["state = 'accepted'", 'dispute_accepted_has_number'],
    ["case_number = '新城人调字〔2026〕1号'", 'dispute_number_whole'],
    ["state = 'merged'", 'dispute_merged_has_target'],
    ["state = 'closed'", 'dispute_closed_has_outcome'],
    ['nature = null', 'dispute_triaged_has_nature'],
    ['risk_level = null', 'dispute_triaged_has_risk'],
    ['amount_fen = -1', 'dispute_amount_positive'],
    ['headcount = 0', 'dispute_headcount_positive'],
    ["court_procedure = 'swift'", 'dispute_court_procedure_known'],
    ["court_materials_on = '2026-09-01'", 'dispute_court_materials_of_court'],
    ["channel = 'pigeon'", 'dispute_channel_known'],
    [
      'first_responder_id = null',
      'null value in column "first_responder_id" of relation "dispute" violates not-null constraint',
    ],
  ])('refuse a matter with %s', async (change, constraint) => {
    expect(await refusal(t.sql(`update dispute set ${change} where id = $1`, [id]))).toBe(constraint);
  });

  it.each([
    [
      'escalation_report',
      'finding, cues, situation, made_by, made_at',
      "'reported', '{}', '无', $2, now()",
      'escalation_report_reported_whole',
    ],
    [
      'duplicate_check',
      'candidates, verdict, checked_at',
      "'[{}]', 'none-found', now()",
      'duplicate_check_none_is_empty',
    ],
    [
      'one_time_notice',
      'ordinal, kind, items, form, given_at, given_by',
      "1, 'supplement', '[]', 'paper', now(), $2",
      'one_time_notice_names_items',
    ],
    [
      'one_time_notice',
      'ordinal, kind, items, form, given_at, given_by',
      "1, 'not-accepted', '[]', 'paper', now(), $2",
      'one_time_notice_gives_reason',
    ],
    [
      'dispute_decision',
      'kind, content, route, decided_by, decided_at',
      "'not-accept', '无', 'litigation', $2, now()",
      'dispute_decision_reason_of_refusal',
    ],
    [
      'dispute_decision',
      'kind, content, decided_by, decided_at',
      "'refer', '无', $2, now()",
      'dispute_decision_names_route',
    ],
    [
      'dispute_transfer',
      'kind, state, from_state, request, sent_by, sent_at',
      "'hand-off', 'sent', 'triaged', '无', $2, now()",
      'dispute_transfer_names_receiver',
    ],
    [
      'dispute_transfer',
      'kind, state, from_state, request, sent_by, sent_at, organ_kind, organ',
      "'hand-off', 'completed', 'triaged', '无', $2, now(), 'court', '法院'",
      'dispute_transfer_completed_has_result',
    ],
    [
      'dispute_closing',
      'volume, outcome, summary, handler_account_id, reviewed_by, closed_at',
      "1, 'settled', '无', $2, $2, now()",
      'dispute_closing_reviewer_is_another',
    ],
    [
      'follow_up_visit',
      'mode, is_reached, is_solved, situation, visited_by, visited_at',
      "'phone', false, true, '无', $2, now()",
      'follow_up_visit_reached_answers',
    ],
    [
      'mediation_ending',
      'volume, end_state, code, explanation, after_acceptance, ended_at, routes_told',
      "1, 'terminated', 'other', '无', true, now(), '{litigation}'",
      'mediation_ending_told_whole',
    ],
    [
      'mediation_period',
      'volume, rule, deadline_rule_id, article, start_on, original_due_on, is_provisional, explanation, calendar_version',
      "1, 'people', (select id from deadline_rule where rule_id = 'mediation.people'), '无', '2026-09-18', '2026-09-18', false, '{}', '1'",
      'mediation_period_after_start',
    ],
  ])('refuse a row of %s that contradicts itself (%#)', async (table, columns, values, constraint) => {
    const parameters = [id, ...(values.includes('$2') ? [t.world.account('intake').id] : [])];
    expect(
      await refusal(
        t.sql(
          `insert into ${table} (id, dispute_id, ${columns}) values (gen_random_uuid(), $1, ${values})`,
          parameters,
        ),
      ),
    ).toBe(constraint);
  });

  it('never change the timeline', async () => {
    expect(await refusal(t.sql("update dispute_event set opinion = '改' where dispute_id = $1", [id]))).toContain(
      'append-only',
    );
    expect(await refusal(t.sql('delete from dispute_event where dispute_id = $1', [id]))).toContain('append-only');
  });

  it('hold one open transfer, one standing merge, one running period, one open pause', async () => {
    const [open] = await t.sql<{ n: number }>(
      `select count(*)::int as n from pg_indexes where indexname in
         ('dispute_transfer_one_open', 'dispute_merge_once', 'mediation_period_one_running', 'mediation_pause_one_open')
         and indexdef like 'CREATE UNIQUE INDEX%WHERE%'`,
    );
    expect(open).toEqual({ n: 4 });
  });

  it('leave nothing of an act that fails at its end: no row, no number, no audit entry, no message', async () => {
    const counts = async (): Promise<object | undefined> =>
      (
        await t.sql<object>(`select (select count(*)::int from audit_entry) as audit, (select count(*)::int from dispute_event) as events,
          (select count(*)::int from outbox_message) as messages,
          (select coalesce(sum(value), 0)::int from number_counter where series = 'mediation') as numbers`)
      )[0];
    const before = await counts();
    jest.spyOn(Matters.prototype, 'answer').mockRejectedValueOnce(new Error('the plug is pulled'));
    const dispatcher = await t.as('dispatcher');
    const failed = await dispatcher.post(`/disputes/${id}/acceptance`, {});
    expect(failed.status).toBe(500);
    expect(failed.text).not.toContain('plug');
    expect(await counts()).toEqual(before);
    expect(await t.sql('select state, case_number, mediation_state from dispute where id = $1', [id])).toEqual([
      { state: 'triaged', case_number: null, mediation_state: null },
    ]);
    expect((await dispatcher.post(`/disputes/${id}/acceptance`, {})).body).toMatchObject({
      caseNumber: '新城人调字〔2026〕1号',
    });
  });

  describe('under the application’s role, with nobody in between', () => {
    /** Runs SQL in a transaction of the account, as any use case would. */
    const as = async <Row>(key: string, sql: string, parameters: unknown[] = []): Promise<Row[]> =>
      withContext({ principal: { kind: 'account', accountId: t.world.account(key).id, sessionId: null } }, () =>
        t.app.get(UnitOfWork).read((tx) => tx.query<Row>(sql, parameters)),
      );
    const TABLES = [
      'escalation_report',
      'duplicate_check',
      'risk_assessment',
      'one_time_notice',
      'dispute_decision',
      'dispute_transfer',
      'dispute_merge',
      'dispute_closing',
      'dispute_reopening',
      'follow_up_visit',
      'mediation_period',
      'mediation_extension',
      'mediation_pause',
      'mediation_ending',
      'dispute_narrative',
      'dispute_event',
    ];

    it('strangers read no row of any table of the matter, the desk its own', async () => {
      const matter = await aRegisteredMatter(t);
      for (const key of ['intake:foreign', 'grid-worker:foreign', 'liaison', 'mediator', 'system-admin']) {
        for (const table of TABLES) {
          expect([key, table, await as(key, `select 1 from ${table} where dispute_id = $1`, [matter])]).toEqual([
            key,
            table,
            [],
          ]);
        }
      }
      expect(await as('intake', 'select 1 from dispute_narrative where dispute_id = $1', [matter])).toHaveLength(1);
      expect(await as('director', 'select 1 from dispute_narrative where dispute_id = $1', [matter])).toHaveLength(0);
      expect(await as('director', 'select 1 from dispute where id = $1', [matter])).toHaveLength(1);
    });

    it('lets nobody in, and routes nothing, by the back door', async () => {
      const matter = await anAcceptedMatter(t);
      const own = t.world.account('mediator').id;
      const insert = `insert into dispute_access (id, dispute_id, account_id, ground, role, starts_at) values ($1, $2, $3, 'assigned', 'mediator', now())`;
      const write = (key: string, sql: string, parameters: unknown[]): Promise<unknown[]> =>
        withContext({ principal: { kind: 'account', accountId: t.world.account(key).id, sessionId: null } }, () =>
          t.app.get(UnitOfWork).run((tx) => tx.query(sql, parameters)),
        );
      expect(await refusal(write('mediator', insert, [uuidv7(), matter, own]))).toContain('row-level security');
      const routed = await write(
        'intake:foreign',
        "select app.route_dispute(d.id, 'triaged', null, null) from dispute d where d.id = $1",
        [matter],
      );
      expect(routed).toEqual([]);
      expect(await t.sql('select state from dispute where id = $1', [matter])).toEqual([{ state: 'accepted' }]);
    });
  });
});
