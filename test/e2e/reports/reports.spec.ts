import ExcelJS from 'exceljs';
import { execFileSync } from 'node:child_process';
import { uuidv7 } from '../../../src/platform/database';
import { CHANNELS, DISPUTE_TYPES } from '../../../src/modules/disputes/domain/dictionaries';
import { must } from '../../support/builders';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { noon, tell, type Told } from '../statistics/stage';

interface Column {
  readonly key: string;
  readonly name: string;
}
interface Report {
  readonly version: number;
  readonly state: string;
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly unit: string; readonly name: string; readonly cells: readonly string[] }[];
  readonly faults: readonly string[];
  readonly corrections: readonly string[];
  readonly allowedActs: readonly string[];
}
interface Cases {
  readonly figure: string;
  readonly total: number;
  readonly hiddenCount: number;
  readonly nextCursor: string | null;
  readonly items: readonly { readonly subjectId: string; readonly disputeId: string | null; readonly weight: string }[];
}
interface Moved {
  readonly disputeId: string | null;
  readonly acts: readonly { readonly actName: string; readonly actorName: string }[];
}
interface Differences {
  readonly items: readonly {
    readonly unitName: string;
    readonly cell: string;
    readonly before: string;
    readonly after: string;
    readonly entered: readonly Moved[];
    readonly left: readonly Moved[];
    readonly changed: readonly Moved[];
  }[];
}

/** The same numbers in each run. */
const drawn = (seed: number) => (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};

/** The clock stands on Friday 2026-09-18, 09:00 in Hohhot. */
describe('statutory tables (real PostgreSQL, real HTTP; a generated year)', () => {
  let t: TestApp;
  let director: Caller;
  const ids: string[] = [];
  const told: Told[] = [];

  beforeAll(async () => {
    t = await startTestApp();
    director = await t.as('director');
    const next = drawn(20_260_918);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(next() * values.length)] as T;
    const day = (): string =>
      `2025-${String(1 + Math.floor(next() * 12)).padStart(2, '0')}-${String(1 + Math.floor(next() * 28)).padStart(2, '0')}`;
    for (let i = 0; i < 240; i++) {
      const on = day();
      const outcome = next();
      told.push({
        registered: '2025-01-01',
        accepted: '2025-01-02',
        type: next() < 0.05 ? null : pick(Object.keys(DISPUTE_TYPES)),
        center: next() < 0.2 ? t.world.streetCenterId : t.world.centerId,
        sealed: next() < 0.03,
        ...(outcome < 0.6
          ? {
              agreement: { effective: on, voided: outcome < 0.04 },
              items:
                next() < 0.5 ? [{ due: on, state: next() < 0.7 ? ('performed' as const) : ('open' as const) }] : [],
            }
          : outcome < 0.8
            ? { ending: { on, state: 'terminated' as const, code: 'irreconcilable' } }
            : outcome < 0.9
              ? { ending: { on, state: 'withdrawn' as const, code: 'applicant-withdrew' } }
              : {}),
      });
    }
    ids.push(...(await tell(t, told)));
    const committees = [
      t.world.committeeId,
      ...(await t.sql<{ id: string }>('select id from committee')).map((r) => r.id),
    ];
    await t.sql("set session_replication_role = 'replica'");
    for (const id of ids)
      await t.sql(
        'update dispute set channel = $2, committee_id = $3, headcount = $4, amount_fen = $5, difficult_ground = $6 where id = $1',
        [
          id,
          pick(Object.keys(CHANNELS)),
          next() < 0.1 ? null : pick(committees),
          next() < 0.5 ? 1 + Math.floor(next() * 30) : null,
          Math.floor(next() * 90_000_000),
          next() < 0.1 ? 'many-people' : null,
        ],
      );
    await t.sql("set session_replication_role = 'origin'");
    // A year in a moment: the planner hears of it now, not whenever it comes by.
    await t.sql('analyze');
  });
  afterAll(() => t.close());

  const begin = async (fields: object): Promise<string> =>
    must<{ id: string }>(
      await director.post('/reports', {
        centerId: t.world.centerId,
        form: 'statutory-1',
        span: 'year',
        day: '2025-06-01',
        ...fields,
      }),
      201,
    ).id;
  const read = async (id: string): Promise<Report> => must(await director.get(`/reports/${id}`), 200);
  const cases = async (id: string, cell: string, unit?: string): Promise<Cases> => {
    const asked = `cell=${cell}${unit === undefined ? '' : `&unit=${encodeURIComponent(unit)}`}&limit=100`;
    const first: Cases = must(await director.get(`/reports/${id}/cases?${asked}`), 200);
    const items = [...first.items];
    for (let cursor = first.nextCursor; cursor !== null;) {
      const page: Cases = must(await director.get(`/reports/${id}/cases?${asked}&cursor=${cursor}`), 200);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return { ...first, items };
  };
  const figuresOf = (report: Report, unit = '合计'): Record<string, number> =>
    Object.fromEntries(
      report.columns.map(({ key }, i) => [key, Number(report.rows.find((row) => row.unit === unit)?.cells[i])]),
    );
  const freeze = async (id: string): Promise<void> => {
    must(await director.post(`/reports/${id}/freezing`, {}, { ifMatch: (await read(id)).version }), 200);
  };
  const within = (record: Record<string, number>, prefix: string): number =>
    Object.entries(record).reduce((sum, [key, n]) => sum + (key.startsWith(prefix) ? n : 0), 0);

  it.each(['committee', 'street', 'center'] as const)(
    'a generated year foots by %s, against its plain telling',
    async (rowsBy) => {
      await t.sql("delete from report where span = 'year'");
      const id = await begin({ rowsBy });
      const report = await read(id);
      expect(report.faults).toEqual([]);
      const sum = figuresOf(report);
      const succeeded = told.filter(({ agreement }) => agreement !== undefined && agreement.voided !== true).length;
      const failed = told.filter(({ ending }) => ending?.state === 'terminated').length;
      expect(sum['total']).toBe(succeeded + failed);
      expect(sum['success']).toBe(succeeded);
      expect(succeeded).toBeGreaterThan(50);
      for (const row of report.rows) {
        const line = figuresOf(report, row.unit);
        expect(within(line, 'type.')).toBe(line['total']);
        expect(within(line, 'source.')).toBe(line['total']);
        expect(within(line, 'body.')).toBe(line['total']);
        expect(within(line, 'form.')).toBe(line['success']);
      }
      for (const [i, { key }] of report.columns.entries()) {
        const down = report.rows.slice(0, -1).reduce((total, row) => total + Number(row.cells[i]), 0);
        // Amounts are added up in fen and rounded as they are printed.
        const tail = key === 'amount' ? 0.005 * report.rows.length : 0;
        expect([key, Math.abs(down - (sum[key] ?? 0)) <= tail + 1e-9]).toEqual([key, true]);
      }
    },
  );

  it('opens for every number the very things that make it up; sealed ones are counted, not shown', async () => {
    await t.sql("delete from report where span = 'year'");
    const id = await begin({ rowsBy: 'center' });
    const report = await read(id);
    let hidden = 0;
    for (const row of report.rows)
      for (const [i, { key }] of report.columns.entries()) {
        if (row.cells[i] === '0') continue;
        const behind = await cases(id, key, row.unit === '合计' ? undefined : row.unit);
        expect(behind.figure).toBe(row.cells[i]);
        expect(behind.items).toHaveLength(behind.total - behind.hiddenCount);
        if (behind.hiddenCount === 0 && key !== 'amount') {
          const weight = behind.items.reduce((sum, item) => sum + Number(item.weight), 0);
          expect(weight).toBe(Number(row.cells[i]));
        }
        hidden += behind.hiddenCount;
      }
    expect(hidden).toBeGreaterThan(0);
  }, 60_000);

  it('writes the form as a workbook with merged heads and the same figures', async () => {
    await t.sql("delete from report where span = 'year'");
    const id = await begin({ rowsBy: 'center' });
    const report = await read(id);
    const reply = await director.download(`/reports/${id}/file?kind=xlsx`);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(reply.body as Uint8Array<ArrayBuffer> & ExcelJS.Buffer);
    const sheet = book.worksheets[0];
    if (sheet === undefined) throw new Error('no sheet');
    expect(sheet.getCell(2, 1).text).toContain('2025年度（草稿）');
    const types = Array.from({ length: report.columns.length + 1 }, (_, i) => i + 1).filter(
      (c) => sheet.getCell(3, c).text === '纠纷类型',
    );
    expect(types).toHaveLength(18);
    const first = 6;
    report.rows.forEach((row, r) => {
      expect([row.name, ...row.cells.map(Number)]).toEqual(
        Array.from({ length: row.cells.length + 1 }, (_, c) => sheet.getCell(first + r, c + 1).value),
      );
    });
  });

  it('is begun once, not before its time, frozen once and only by its makers', async () => {
    await t.sql('delete from report');
    const id = await begin({ span: 'quarter', day: '2026-09-01' });
    const again = { centerId: t.world.centerId, form: 'statutory-1', span: 'quarter', day: '2026-07-31' };
    expect((await director.post('/reports', again)).body).toMatchObject({ code: 'reports.there' });
    expect((await director.post('/reports', { ...again, day: '2026-10-01' })).body).toMatchObject({
      code: 'reports.future',
    });
    expect((await director.post('/reports', { ...again, span: 'week' })).body).toMatchObject({ code: 'reports.span' });
    expect((await director.post(`/reports/${id}/freezing`, {}, { ifMatch: 1 })).body).toMatchObject({
      code: 'reports.not-over',
    });
    const leader = await t.as('duty-leader');
    expect((await leader.get(`/reports/${id}`)).status).toBe(200);
    expect((await leader.post('/reports', again)).status).toBe(403);
    expect((await (await t.as('director:foreign')).get(`/reports/${id}`)).status).toBe(404);
    expect((await (await t.as('mediator')).get('/reports')).status).toBe(403);
  });

  describe('a frozen month', () => {
    let august: string;
    let [retyped, voided, reopened, late]: string[] = [];
    beforeAll(async () => {
      await t.sql('delete from report');
      [retyped, voided, reopened, late] = await tell(t, [
        { registered: '2026-08-01', accepted: '2026-08-02', type: 'contract', agreement: { effective: '2026-08-05' } },
        { registered: '2026-08-01', accepted: '2026-08-02', type: 'family', agreement: { effective: '2026-08-06' } },
        {
          registered: '2026-08-01',
          accepted: '2026-08-02',
          type: 'traffic',
          ending: { on: '2026-08-07', state: 'terminated', code: 'irreconcilable' },
        },
        { registered: '2026-08-01', accepted: '2026-08-02', type: 'medical' },
      ]);
      august = await begin({ span: 'month', day: '2026-08-15', rowsBy: 'committee' });
      await freeze(august);
    });

    const note = async (disputeId: string | undefined, act: string): Promise<void> => {
      await t.sql(
        `insert into dispute_event (id, dispute_id, at, act, actor_name) values ($1, $2, '2026-09-18T10:00:00+08:00', $3, '王主任')`,
        [uuidv7(), disputeId, act],
      );
    };

    it('changes no more, whoever asks', async () => {
      const { state, version } = await read(august);
      expect(state).toBe('frozen');
      expect((await director.post(`/reports/${august}/freezing`, {}, { ifMatch: version })).body).toMatchObject({
        code: 'reports.frozen',
      });
      await expect(t.sql("update report set content = '{}' where id = $1", [august])).rejects.toThrow('never changed');
      await expect(t.sql('delete from report_fact where report_id = $1', [august])).rejects.toThrow();
      expect(must<Differences>(await director.get(`/reports/${august}/differences`), 200).items).toEqual([]);
    });

    it('explains a late correction of type, a voided agreement, a reopening and a late entry by the acts that made them', async () => {
      const before = await read(august);
      await t.sql("set session_replication_role = 'replica'");
      await t.sql("update dispute set dispute_type = 'family' where id = $1", [retyped]);
      await t.sql(
        "update agreement set state = 'voided', ended_at = $2, end_reason = '重大误解' where dispute_id = $1",
        [voided, noon('2026-09-17')],
      );
      await t.sql("update dispute set state = 'reopened', mediation_state = 'in-mediation' where id = $1", [reopened]);
      await t.sql(
        `insert into dispute_reopening (id, dispute_id, volume, reason_code, reason, from_state, previous_outcome, previous_closed_at,
           reopened_by, reopened_at) values ($1, $2, 2, 'new-situation', '新证据', 'closed', 'not-agreed', $3, $4, $3)`,
        [uuidv7(), reopened, noon('2026-09-18'), director.accountId],
      );
      await t.sql(
        `insert into agreement (id, dispute_id, ordinal, kind, relation, state, is_partial, reached_at, effective_at, effective_on, created_at)
           values ($1, $2, 1, 'oral', 'original', 'effective', false, $3, $3, '2026-08-20', $3)`,
        [uuidv7(), late, noon('2026-08-20')],
      );
      await t.sql("set session_replication_role = 'origin'");
      await note(retyped, 'disputes.amend');
      await note(voided, 'agreements.void');
      await note(reopened, 'disputes.reopen');
      await note(late, 'agreements.conclude-orally');

      const { items } = must<Differences>(await director.get(`/reports/${august}/differences`), 200);
      const sum = new Map(items.filter((d) => d.unitName === '合计').map((d) => [d.cell, d]));
      expect(sum.get('total')).toMatchObject({ before: '3', after: '3' });
      expect(sum.get('success')).toMatchObject({ before: '2', after: '2' });
      const who = (list: readonly Moved[] | undefined) => list?.map((m) => [m.disputeId, m.acts.map((a) => a.actName)]);
      expect(who(sum.get('type.contract')?.left)).toEqual([[retyped, ['补充登记内容']]]);
      // What ended then stays ended then: a matter that is opened again is counted anew when it ends anew.
      expect(who(sum.get('total')?.left)).toEqual([[voided, ['作废已生效的协议']]]);
      expect(who(sum.get('total')?.entered)).toEqual([[late, [expect.any(String) as string]]]);
      expect(sum.get('total')?.left[0]?.acts[0]?.actorName).toBe('王主任');
      // Each explanation leads from what was frozen to what a report begun today would say.
      expect(figuresOf(await read(august))).toEqual(figuresOf(before));
      const shown = await cases(august, 'type.contract');
      expect(shown.items.map((i) => i.disputeId)).toEqual([retyped]);
    });

    it('is put right in the next month, once', async () => {
      t.clock.set('2026-10-02T09:00:00+08:00');
      const september = await begin({ span: 'month', day: '2026-09-15', rowsBy: 'committee' });
      const draft = await read(september);
      expect(draft.corrections).toContainEqual(
        expect.stringMatching(/^2026年8月合计“纠纷类型·合同”：原报 1 件，更正为 0 件/),
      );
      await freeze(september);
      expect((await read(september)).corrections).toEqual(draft.corrections);
      t.clock.set('2026-11-02T09:00:00+08:00');
      const october = await begin({ span: 'month', day: '2026-10-15', rowsBy: 'committee' });
      expect((await read(october)).corrections).toEqual([]);
      t.clock.set('2026-09-18T09:00:00+08:00');
    });
  });

  describe('the mapping to national categories', () => {
    it('is data: a center maps its own types otherwise from a day on, and the table follows', async () => {
      const centerId = t.world.centerId;
      await tell(t, [
        { registered: '2026-03-01', accepted: '2026-03-02', type: 'utilities', agreement: { effective: '2026-03-05' } },
        {
          registered: '2026-03-01',
          accepted: '2026-03-02',
          type: 'family.divorce',
          agreement: { effective: '2026-03-05' },
        },
      ]);
      const march = await begin({ span: 'month', day: '2026-03-15' });
      expect(figuresOf(await read(march))).toMatchObject({ 'type.other': 1, 'type.property': 0, 'type.family': 1 });
      const change = { centerId, dimension: 'type', fromKey: 'utilities', toKey: 'property', validFrom: '2026-04-01' };
      must(await director.post('/report-mappings', change), 201);
      expect(figuresOf(await read(march))).toMatchObject({ 'type.other': 1 });
      must(await director.post('/report-mappings', { ...change, validFrom: '2026-03-31' }), 201);
      expect(figuresOf(await read(march))).toMatchObject({ 'type.other': 0, 'type.property': 1 });
      expect((await director.post('/report-mappings', { ...change, toKey: 'fire' })).body).toMatchObject({
        code: 'report-mappings.unknown-target',
      });
      expect((await director.post('/report-mappings', { ...change, centerId: undefined })).status).toBe(403);
      const { items, changes, mayChangeForAll } = must<{
        items: { fromKey: string; toKey: string; isOwn: boolean; isInherited: boolean; isMapped: boolean }[];
        changes: { fromKey: string; toKey: string; validFrom: string; isComing: boolean; madeByName: string }[];
        mayChangeForAll: boolean;
      }>(await director.get(`/centers/${centerId}/report-mappings`), 200);
      // The latest first, by name; what the program brought along is nobody's change.
      expect(changes.slice(0, 2)).toMatchObject([{ validFrom: '2026-03-31' }, { validFrom: '2026-04-01' }]);
      expect(changes.every((one) => one.madeByName !== '系统预置')).toBe(true);
      expect(mayChangeForAll).toBe(false);
      expect(items.filter((i) => !i.isMapped)).toEqual([]);
      expect(items.find((i) => i.fromKey === 'utilities')).toMatchObject({ toKey: 'property', isOwn: true });
      expect(items.find((i) => i.fromKey === 'family.divorce')).toMatchObject({ toKey: 'family', isInherited: true });
    });
  });

  it('counts what was looked into and prevented, until it is taken back', async () => {
    const intake = await t.as('intake');
    const { centerId } = t.world;
    const february = await begin({ span: 'month', day: '2026-02-15' });
    const record = { happenedOn: '2026-02-03', note: '节前排查' };
    const { id } = must<{ id: string }>(
      await intake.post(`/centers/${centerId}/prevention-records`, { ...record, kind: 'survey', times: 2, matters: 5 }),
      201,
    );
    must(
      await intake.post(`/centers/${centerId}/prevention-records`, {
        ...record,
        kind: 'crime',
        matters: 1,
        persons: 3,
      }),
      201,
    );
    expect(
      (await intake.post(`/centers/${centerId}/prevention-records`, { ...record, kind: 'crime' })).body,
    ).toMatchObject({
      code: 'prevention.empty',
    });
    expect(figuresOf(await read(february))).toMatchObject({
      'survey.times': 2,
      'survey.matters': 5,
      'crime.matters': 1,
      'crime.persons': 3,
      total: 0,
    });
    const listed = async (who: string) =>
      must<{
        totals: { kind: string; times: number; matters: number }[];
        allowedActs: string[];
        proposedCommitteeId: string | null;
      }>(await (await t.as(who)).get(`/centers/${centerId}/prevention-records?from=2026-02-01&to=2026-02-28`), 200);
    expect((await listed('intake')).totals[0]).toMatchObject({ kind: 'survey', times: 2, matters: 5 });
    // A committee's director keeps those of the own committee, and of no other.
    const { allowedActs, proposedCommitteeId } = await listed('committee-director');
    expect({ allowedActs, proposedCommitteeId }).toEqual({
      allowedActs: ['prevention.record'],
      proposedCommitteeId: t.world.committeeId,
    });
    expect((await listed('mediator')).allowedActs).toEqual([]);
    must(await intake.post(`/prevention-records/${id}/withdrawal`, { reason: '重复' }), 201);
    expect((await listed('intake')).totals[0]).toMatchObject({ kind: 'survey', times: 0, matters: 0 });
    expect((await intake.post(`/prevention-records/${id}/withdrawal`, { reason: '重复' })).body).toMatchObject({
      code: 'prevention.withdrawn',
    });
    expect(figuresOf(await read(february))).toMatchObject({ 'survey.times': 0, 'crime.matters': 1 });
    expect(
      (
        await (
          await t.as('mediator')
        ).post(`/centers/${centerId}/prevention-records`, { ...record, kind: 'survey', times: 1 })
      ).status,
    ).toBe(403);
  });

  it('counts organisations and mediators on the last day, with the funding typed in', async () => {
    const id = await begin({ form: 'statutory-2', span: 'year', day: '2026-01-01', rowsBy: 'center' });
    const report = await read(id);
    const [{ n }] = (await t.sql<{ n: number }>(
      'select count(*)::int as n from committee where is_active and center_id = any ($1)',
      [[t.world.centerId, t.world.streetCenterId]],
    )) as [{ n: number }];
    expect(figuresOf(report)).toMatchObject({ committees: n });
    expect(figuresOf(report)['mediators']).toBeGreaterThan(0);
    const fund = async (unit: string) =>
      director.put(`/reports/${id}/content`, { funding: [{ unit, workFen: 12_345_600 }] }, report.version);
    expect((await fund(uuidv7())).body).toMatchObject({
      code: 'reports.unknown-unit',
      errors: [{ pointer: '/funding/0/unit' }],
    });
    must(await fund(t.world.centerId), 200);
    expect(figuresOf(await read(id), t.world.centerId)).toMatchObject({ 'funding.work': 12.35, 'funding.subsidy': 0 });
  });

  describe('the monthly report', () => {
    const month = '2025-05';
    let id: string;
    beforeAll(async () => {
      // One of two is settled in time; neither is closed, which makes both late.
      const told = { registered: '2025-04-20', accepted: '2025-04-20' };
      await tell(t, [
        { ...told, period: { due: '2025-05-20', ended: '2025-05-10' } },
        { ...told, period: { due: '2025-05-20', ended: '2025-05-25' } },
      ]);
      id = await begin({ form: 'monthly', span: 'month', day: `${month}-15`, rowsBy: 'center' });
    });
    interface Shown {
      readonly figure: string;
      readonly total: {
        readonly numerator: number;
        readonly denominator: number | null;
        readonly ratio: number | null;
      };
    }
    const figuresOfMonth = async (): Promise<readonly Shown[]> =>
      must<{ items: readonly Shown[] }>(await director.get(`/statistics/figures?from=${month}-01&to=${month}-31`), 200)
        .items;
    const rateCn = (shown: readonly Shown[], figure: string): string => {
      const { numerator, denominator, ratio } = shown.find((f) => f.figure === figure)?.total ?? {};
      return `${((ratio ?? Number.NaN) * 100).toFixed(1)}%（${numerator ?? ''}/${denominator ?? ''}）`;
    };
    const sentences = async (): Promise<string> =>
      must<{ sections: { paragraphs: string[] }[] }>(await director.get(`/reports/${id}`), 200)
        .sections.flatMap((s) => s.paragraphs)
        .join('');

    it('says the figures of the screen and of the statutory table', async () => {
      const figures = await figuresOfMonth();
      const agreed = figures.find((f) => f.figure === 'agreed')?.total;
      const registered = figures.find((f) => f.figure === 'registered')?.total;
      const table = await read(await begin({ span: 'month', day: `${month}-15`, rowsBy: 'center' }));
      const sum = figuresOf(table);
      expect(agreed).toMatchObject({ numerator: sum['success'], denominator: sum['total'] });
      const words = await sentences();
      expect(words).toContain(`共登记矛盾纠纷${registered?.numerator ?? 0}件`);
      expect(words).toContain(`调解结束${sum['total'] ?? 0}件，调解成功${sum['success'] ?? 0}件`);
      expect(words).toContain(`（${sum['success'] ?? 0}/${sum['total'] ?? 0}）`);
      expect(words).toContain(`按期调结率${rateCn(figures, 'on-time')}`);
      const written = await read(id);
      const kept = Object.entries(figuresOf(written)).filter(([key]) => key.startsWith('figure.'));
      expect(kept.length).toBe(21);
      for (const [key, value] of kept) {
        const [, figure, part] = key.split('.');
        const total = figures.find((f) => f.figure === figure)?.total;
        expect([key, value]).toEqual([key, part === 'of' ? total?.denominator : total?.numerator]);
      }
    });

    it('takes the words of the director, with figures that stay live', async () => {
      const { version } = await read(id);
      const words = '本月调解结束〔调解案件总数〕件，按期办结率〔按期办结率〕。要盯住物业纠纷。';
      const put = async (text: string) =>
        director.put(`/reports/${id}/content`, { texts: [{ section: 'attention', words: text }] }, version);
      expect((await put('〔合格率〕')).body).toMatchObject({ code: 'reports.unknown-figure' });
      must(await put(words), 200);
      const total = figuresOf(await read(id))['total'];
      const onTime = rateCn(await figuresOfMonth(), 'closed-on-time');
      expect(await sentences()).toContain(`本月调解结束${total ?? 0}件，按期办结率${onTime}。要盯住物业纠纷。`);
    });

    it('is drawn as PDF and Word, the same for ever once it is frozen', async () => {
      await freeze(id);
      const said = await sentences();
      const file = async (kind: string): Promise<Buffer> =>
        (await director.download(`/reports/${id}/file?kind=${kind}`)).body as Buffer;
      const [pdf, again] = [await file('pdf'), await file('pdf')];
      expect(pdf.equals(again)).toBe(true);
      const bare = (text: string): string => text.replace(/\s/g, '');
      // What the director's words alone name is defined with the others.
      expect(bare(textOf(pdf))).toContain('按期办结率：分子为');
      expect(bare(textOf(pdf))).toMatch(/要盯住物业纠纷.*2026年9月18日.*附：统计口径和说明登记数：/);
      const [word, same] = [await file('docx'), await file('docx')];
      expect(word.equals(same)).toBe(true);
      expect(said).toContain('要盯住物业纠纷');
      expect(word.subarray(0, 2).toString()).toBe('PK');
      expect(
        (await director.put(`/reports/${id}/content`, { texts: [] }, (await read(id)).version)).body,
      ).toMatchObject({ code: 'reports.frozen' });
    });

    it('explains what its rates would be today by the very cases', async () => {
      const differences = async () =>
        must<Differences>(await director.get(`/reports/${id}/differences`), 200).items.filter(
          ({ unitName, cell }) => unitName === '合计' && cell.startsWith('figure.'),
        );
      expect(await differences()).toEqual([]);
      const was = figuresOf(await read(id));
      const { items } = await cases(id, 'figure.settled.hits');
      const voided = items.find(({ disputeId }) => disputeId !== null)?.disputeId ?? '';
      await t.sql("set session_replication_role = 'replica'");
      await t.sql(
        "update agreement set state = 'voided', ended_at = $2, end_reason = '重大误解' where dispute_id = $1",
        [voided, noon('2026-09-17')],
      );
      await t.sql("set session_replication_role = 'origin'");
      await t.sql('select app.keep_figures(array[$1::uuid], $2)', [voided, t.clock.at()]);
      const told = new Map((await differences()).map((d) => [d.cell, d]));
      for (const cell of ['figure.agreed.hits', 'figure.settled.hits'])
        expect([cell, told.get(cell)?.left.map((m) => m.disputeId)]).toEqual([cell, [voided]]);
      expect(told.get('figure.agreed.hits')).toMatchObject({
        before: String(was['figure.agreed.hits']),
        after: String((was['figure.agreed.hits'] ?? 0) - 1),
      });
      expect(figuresOf(await read(id))).toEqual(was);
    });

    it.each([
      ['weekly', 'week'],
      ['bulletin', 'quarter'],
      ['statutory-1', 'half-year'],
    ])('so are %s', async (form, span) => {
      const one = await begin({ form, span, day: `${month}-15` });
      for (const kind of ['pdf', 'docx', 'xlsx']) {
        const reply = await director.download(`/reports/${one}/file?kind=${kind}`);
        expect([kind, reply.status]).toEqual([kind, 200]);
        expect((reply.body as Buffer).length).toBeGreaterThan(3000);
      }
    });
  });
});

function textOf(pdf: Buffer): string {
  return execFileSync('pdftotext', ['-', '-'], { input: pdf }).toString();
}
