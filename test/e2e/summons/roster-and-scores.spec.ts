import { uuidv7 } from '../../../src/platform/database';
import { textOf } from '../../support/paper-fixtures';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { tell } from '../statistics/stage';
import { aMatterInProgress, ANSWERS, aWhistle, codeOf, expectStatus, onDuty, proposal, read, taskOf } from './stage';

interface Cell {
  readonly on: string;
  readonly state: string;
  readonly stateName: string;
  readonly people: { readonly name: string; readonly insteadOf: string | null; readonly changeId: string | null }[];
  readonly absent: { readonly name: string; readonly reason: string; readonly changeId: string }[];
}
interface Week {
  readonly from: string;
  readonly gaps: number;
  readonly days: { readonly on: string; readonly isWorkingDay: boolean; readonly holiday: string | null }[];
  readonly units: {
    readonly name: string;
    readonly isUnregistered: boolean;
    readonly cells: Cell[];
    readonly members: { readonly postingId: string; readonly rota: string; readonly allowedActs: string[] }[];
  }[];
}
interface Suggestions {
  readonly agencies: {
    readonly id: string;
    readonly duty: { readonly words: string; readonly warnings: { readonly kind: string; readonly words: string }[] };
  }[];
}
interface Noted {
  readonly tasks: {
    readonly agencyId: string;
    readonly dutyNotes: { readonly occasion: string; readonly words: string; readonly warning: string | null }[];
  }[];
}
interface Score {
  readonly agencyId: string;
  readonly rank: number | null;
  readonly mean: number | null;
  readonly scored: number;
  readonly upheld: number;
  readonly onTime: { readonly part: string; readonly of: number; readonly inTime: number }[];
}
interface Scores {
  readonly items: Score[];
  readonly rankedFrom: number;
}
interface OwnScore {
  readonly summary: Score;
  readonly tasks: {
    readonly taskId: string;
    readonly score: number;
    readonly path: string;
    readonly weightsName: string;
    readonly registrationNumber: string | null;
  }[];
}

interface CardPart {
  readonly part: string;
  readonly partName: string;
  readonly good: number;
  readonly of: number;
  readonly excused: number;
}
interface CardCases {
  readonly hiddenCount: number;
  readonly items: { readonly isGood: boolean; readonly resultName: string; readonly path: string }[];
}

const REMOTE = { attendanceRequired: false, place: undefined };

describe('roster, and the score of agencies (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let dispatcher: Caller;
  let dutyLeader: Caller;
  let director: Caller;
  let liaison: Caller;
  let liaison2: Caller;
  let a0: string;
  let a1: string;
  let a2: string;
  /** 人社局 comes on Tuesdays and Thursdays; 征收办 is there every day. */
  const rotation = uuidv7();
  const residence = uuidv7();

  beforeAll(async () => {
    t = await startTestApp();
    t.clock.set('2026-09-21T09:00:00+08:00');
    [a0, a1, a2] = t.world.agencyIds;
    for (const [id, key, agency, residency, weekdays] of [
      [residence, 'handler', a0, 'resident', null],
      [rotation, 'liaison-3', a2, 'rotating', [2, 4]],
    ] as const)
      await t.sql(
        `insert into posting (id, account_id, center_id, home_organization, agency_id, residency, weekdays, valid_from)
           values ($1, $2, $3, '原单位', $4, $5, $6, '2026-01-01')`,
        [id, t.world.account(key).id, t.world.centerId, agency, residency, weekdays],
      );
    await t.sql(
      `insert into agency_liaison (id, agency_id, slot, name, office_phone, valid_from)
         values ($1, $2, 'A', '人社联络', '0471-6600002', '2026-01-01')`,
      [uuidv7(), a2],
    );
    dispatcher = await onDuty(t, 'dispatcher');
    dutyLeader = await onDuty(t, 'duty-leader');
    director = await onDuty(t, 'director');
    liaison = await onDuty(t, 'liaison');
    liaison2 = await onDuty(t, 'liaison-2');
    for (const key of [
      'mediator',
      'mediator-2',
      'intake',
      'liaison-3',
      'superior',
      'liaison:foreign',
      'director:foreign',
    ])
      await onDuty(t, key);
  });
  beforeEach(() => {
    t.clock.set('2026-09-21T09:00:00+08:00');
  });
  afterAll(() => t.close());

  const week = async (caller: Caller, on = '2026-09-21'): Promise<Week> =>
    expectStatus(await caller.get(`/centers/${t.world.centerId}/roster?on=${on}`), 200).body as Week;
  const unit = (shown: Week, name: string) => {
    const found = shown.units.find((u) => u.name === name);
    if (!found) throw new Error(`No unit ${name}`);
    return found;
  };
  const states = (shown: Week, name: string): string[] => unit(shown, name).cells.map((c) => c.state);

  describe('the roster', () => {
    it('shows a week unit by unit, the holiday of it closed, and nobody where nobody is registered', async () => {
      const shown = await week(liaison, '2026-09-23');
      expect(shown).toMatchObject({ from: '2026-09-21', gaps: 0 });
      expect(shown.days.map((d) => d.isWorkingDay)).toEqual([true, true, true, true, false, false, false]);
      expect(shown.days[4]).toMatchObject({ on: '2026-09-25', holiday: '中秋节' });
      expect(states(shown, '新城区征收办')).toEqual(['there', 'there', 'there', 'there', 'closed', 'closed', 'closed']);
      expect(states(shown, '新城区人社局')).toEqual(['off', 'there', 'off', 'there', 'closed', 'closed', 'closed']);
      expect(unit(shown, '新城区住建局')).toMatchObject({ isUnregistered: true });
      expect(unit(shown, '新城区住建局').cells[0]?.stateName).toBe('未登记人员');
    });

    it('is changed for a day by the center or by the agency itself, by nobody else, and changed back', async () => {
      const body = { dutyOn: '2026-09-22', reason: '外出培训' };
      const path = `/postings/${rotation}/duty-changes`;
      expect((await liaison.post(path, body)).status).toBe(403);
      expect((await (await onDuty(t, 'director:foreign')).post(path, body)).status).toBe(403);
      expect((await (await onDuty(t, 'mediator')).post(path, body)).status).toBe(403);
      expectStatus(await (await onDuty(t, 'liaison-3')).post(path, body), 201);
      const gap = await week(dutyLeader);
      expect(gap.gaps).toBe(1);
      expect(unit(gap, '新城区人社局').cells[1]).toMatchObject({
        state: 'gap',
        stateName: '缺岗',
        absent: [{ name: '人社联络', reason: '外出培训' }],
      });
      // The center finds somebody: the later change holds, the earlier one stays on record.
      const substitute = { ...body, substituteId: t.world.account('handler').id, reason: '由征收办代收' };
      expectStatus(await dutyLeader.post(path, substitute), 201);
      const filled = unit(await week(dutyLeader), '新城区人社局').cells[1];
      expect(filled).toMatchObject({ state: 'there', people: [{ name: '征收承办', insteadOf: '人社联络' }] });
      const changeId = filled?.people[0]?.changeId ?? '';
      expectStatus(await dutyLeader.post(`/duty-changes/${changeId}/withdrawal`), 201);
      expect(codeOf(await dutyLeader.post(`/duty-changes/${changeId}/withdrawal`))).toEqual([409, 'roster.withdrawn']);
      expect(states(await week(dutyLeader), '新城区人社局')[1]).toBe('there');
      const kept = await t.sql('select 1 from duty_change where posting_id = $1 and duty_on = $2', [
        rotation,
        '2026-09-22',
      ]);
      expect(kept).toHaveLength(2);
      const audited = await t.sql("select 1 from audit_entry where act like 'roster.%'");
      expect(audited).toHaveLength(3);
    });

    it.each([
      ['a past day', { dutyOn: '2026-09-18', reason: '补记' }, 'roster.past-day'],
      ['a day before the posting', { dutyOn: '2025-12-31', reason: '补记' }, 'roster.past-day'],
      ['a stranger', { dutyOn: '2026-09-22', reason: '替班', substituteId: uuidv7() }, 'roster.no-such-person'],
    ])('refuses %s', async (_, body, code) => {
      expect(codeOf(await dutyLeader.post(`/postings/${rotation}/duty-changes`, body))).toEqual([422, code]);
    });
  });

  describe('a whistle into a gap', () => {
    it('is warned of before it is blown, not forbidden, and what was shown stays with it', async () => {
      const matter = await aMatterInProgress(t);
      const advice = expectStatus(await dispatcher.get(`/disputes/${matter}/summons-suggestions`), 200)
        .body as Suggestions;
      const duty = (id: string) => advice.agencies.find((a) => a.id === id)?.duty;
      // Monday 9:00: signing until 10:00, in an emergency until 9:30; 人社局 comes on Tuesday.
      expect(duty(a0)).toMatchObject({ words: '现在有人值班：征收承办，到12:00', warnings: [] });
      expect(duty(a2)?.warnings.map((w) => w.kind)).toEqual(['progress', 'assault', 'emergency']);
      expect(duty(a2)?.warnings[0]?.words).toBe(
        '签收时限到今天10:00止，此前该部门没有人在中心值班（轮驻日为星期二、星期四），下一班明天8:30起。联络员A岗人社联络 0471-6600002。',
      );
      expect(duty(a1)?.words).toBe('没有登记入驻人员，没有登记联络员，请打中心值班电话0471-6600001');

      const body = proposal([
        { agencyId: a2, role: 'lead' },
        { agencyId: a0, role: 'assist' },
      ]);
      const draft = expectStatus(await dispatcher.post(`/disputes/${matter}/summons`, body), 201).body as {
        id: string;
      };
      // The issuer reads it as it stands now: on Tuesday somebody is there.
      t.clock.set('2026-09-22T09:00:00+08:00');
      const seen = (await read(dispatcher, draft.id)) as unknown as Noted;
      const notes = (shown: Noted, id: string) => shown.tasks.find((x) => x.agencyId === id)?.dutyNotes;
      expect(notes(seen, a2)).toMatchObject([
        { occasion: 'propose', warning: expect.stringContaining('没有人在中心值班') as string },
        { occasion: 'issue', words: '现在有人值班：人社联络，到12:00', warning: null },
      ]);
      expectStatus(await dispatcher.post(`/summons/${draft.id}/issuance`), 201);
      t.clock.set('2026-09-23T09:00:00+08:00');
      const kept = (await read(dispatcher, draft.id)) as unknown as Noted;
      expect(notes(kept, a2)).toEqual(notes(seen, a2)?.map((n) => ({ ...n, at: expect.any(String) as string })));
      expect(notes(kept, a2)).toHaveLength(2);
      expect(notes(kept, a0)).toHaveLength(2);
    });

    it('names the telephone in an emergency, by day and by night', async () => {
      t.clock.set('2026-09-26T23:00:00+08:00');
      const whistle = await aWhistle(t, await aMatterInProgress(t), [{ agencyId: a2, role: 'lead' }], {
        kind: 'emergency',
        ground: 'emergency',
      });
      const [proposed, issued] = (taskOf(whistle, a2) as unknown as Noted['tasks'][number]).dutyNotes;
      expect(proposed).toMatchObject({
        words: '现在没有人值班，下一班2026年9月29日（星期二）8:30起：人社联络；联络员A岗人社联络 0471-6600002',
        warning: expect.stringContaining('签收时限到今天23:30止') as string,
      });
      expect(issued).toMatchObject({ occasion: 'issue', words: proposed?.words });
    });
  });

  /** Rated by the dispatcher; signed in time or twenty minutes late. */
  async function rated(agencyId: string, by: Caller, effect: number, isLate = false): Promise<string> {
    const whistle = await aWhistle(t, await aMatterInProgress(t), [{ agencyId, role: 'lead' }], REMOTE);
    const { id } = taskOf(whistle, agencyId);
    const start = t.clock.at().getTime();
    t.clock.set(new Date(start + (isLate ? 80 : 20) * 60_000).toISOString());
    expectStatus(await by.post(`/summons-tasks/${id}/signature`), 201);
    expectStatus(await by.post(`/summons-tasks/${id}/handling`), 201);
    expectStatus(await by.post(`/summons-tasks/${id}/feedback`, ANSWERS), 201);
    expectStatus(await dispatcher.post(`/summons-tasks/${id}/confirmation`), 201);
    expectStatus(await dispatcher.post(`/summons-tasks/${id}/rating`, { effect }), 201);
    t.clock.set(new Date(start).toISOString());
    return id;
  }

  describe('the score per agency', () => {
    const scores = async (query = ''): Promise<Scores> =>
      expectStatus(await director.get(`/centers/${t.world.centerId}/agency-scores${query}`), 200).body as Scores;
    const of = ({ items }: Scores, id: string): Score | undefined => items.find((i) => i.agencyId === id);
    const own = async (caller: Caller, id: string): Promise<OwnScore> =>
      expectStatus(await caller.get(`/agencies/${id}/score`), 200).body as OwnScore;
    const WEIGHTS = { sign: 40, contact: 0, arrive: 0, feedback: 0, effect: 60, party: 0 };
    const NEW = { ...WEIGHTS, validFrom: '2026-09-21', rankedFrom: 2, basis: '考核办法第八条' };

    it('is the mean over scored tasks by the weights of their day; upheld objections and excused parts are left out', async () => {
      expect(of(await scores(), a0)).toMatchObject({ mean: null, scored: 0, rank: null });
      // Preset: signing 15, contact 10, feedback 20, effect 25 of 70; late signing 0.
      const first = await rated(a0, liaison, 100, true);
      expect(of(await scores(), a0)).toMatchObject({ mean: 78.6, scored: 1, rank: null });
      const whistle = await aWhistle(t, await aMatterInProgress(t), [{ agencyId: a0, role: 'lead' }], REMOTE);
      const objected = taskOf(whistle, a0).id;
      expectStatus(
        await liaison.post(`/summons-tasks/${objected}/objection`, {
          ground: 'not-competent',
          reason: '不属于本部门职责范围。',
        }),
        201,
      );
      expectStatus(
        await dispatcher.post(`/summons-tasks/${objected}/objection-upholding`, {
          reason: '理由成立。',
          replacementAgencyId: a1,
        }),
        201,
      );
      expect(of(await scores(), a0)).toMatchObject({ scored: 1, upheld: 1, mean: 78.6 });

      expect((await dispatcher.post(`/centers/${t.world.centerId}/score-weights`, NEW)).status).toBe(403);
      for (const [body, code] of [
        [{ ...NEW, sign: 39 }, 'score-weights.sum'],
        [{ ...NEW, validFrom: '2026-09-20' }, 'score-weights.past'],
      ] as const)
        expect(codeOf(await director.post(`/centers/${t.world.centerId}/score-weights`, body))).toEqual([422, code]);
      expectStatus(await director.post(`/centers/${t.world.centerId}/score-weights`, NEW), 201);
      // What was rated before keeps its weights; what is rated now goes by the new ones.
      expect(of(await scores(), a0)).toMatchObject({ mean: 78.6 });
      const second = await rated(a0, liaison, 100, true);
      const shown = await own(liaison, a0);
      expect(shown.tasks.map(({ taskId, score, weightsName }) => [taskId, score, weightsName])).toEqual(
        expect.arrayContaining([
          [second, 60, '2026年9月21日起的权重（考核办法第八条）'],
          [first, 78.6, '通用权重（系统预置）'],
        ]),
      );
      expect(of(await scores(), a0)).toMatchObject({ mean: 69.3, scored: 2, rank: 1 });
      expect(of(await scores(), a0)?.onTime.find((o) => o.part === 'sign')).toMatchObject({ of: 2, inTime: 0 });

      // Two tasks of another at 100: in front. One task alone has no place, however good.
      await rated(a1, liaison2, 100);
      expect(of(await scores(), a1)).toMatchObject({ mean: 100, scored: 1, rank: null });
      await rated(a1, liaison2, 100);
      const ranked = await scores();
      expect(ranked.items.slice(0, 2).map((i) => [i.agencyId, i.rank])).toEqual([
        [a1, 1],
        [a0, 2],
      ]);

      expectStatus(
        await liaison.post(`/summons-tasks/${second}/appeal`, {
          ground: 'not-to-blame',
          reason: '当日办公系统中断，有记录。',
        }),
        201,
      );
      expectStatus(
        await director.post(`/summons-tasks/${second}/appeal-granting`, { reason: '属实。', excused: ['sign'] }),
        201,
      );
      // 60 becomes 100: (78.6 + 100) / 2; the excused signing is in no count either.
      expect(of(await scores(), a0)).toMatchObject({ mean: 89.3, scored: 2 });
      expect(of(await scores(), a0)?.onTime.find((o) => o.part === 'sign')).toMatchObject({ of: 1, inTime: 0 });
      expect(of(await scores('?from=2026-01-01&to=2026-09-20'), a0)).toMatchObject({ mean: null, scored: 0 });
    });

    it('opens for each part of the card its very cases, and prints the card as it is shown', async () => {
      const task = { agency: a0, issued: '2026-09-15', due: '2026-09-16', signed: '2026-09-15' };
      const told = { registered: '2026-09-14', accepted: '2026-09-14', tasks: [task] };
      await tell(t, [
        { ...told, visits: [{ on: '2026-09-17', satisfaction: 'satisfied' }] },
        { ...told, visits: [{ on: '2026-09-18', satisfaction: 'dissatisfied' }], sealed: true },
      ]);
      t.clock.set('2026-09-21T17:00:00+08:00');
      const period = 'from=2026-09-01&to=2026-09-21';
      let shown: CardPart[] = [];
      for (const caller of [director, liaison]) {
        const { parts } = expectStatus(await caller.get(`/agencies/${a0}/card?${period}`), 200).body as {
          parts: CardPart[];
        };
        const of = (key: string) => parts.find((p) => p.part === key);
        expect(of('sign')).toMatchObject({ good: 2, of: 3, excused: 1 });
        expect(of('satisfied')).toMatchObject({ good: 1, of: 2, excused: 0 });
        let hidden = 0;
        for (const { part, good, of: all, excused } of parts) {
          const behind = expectStatus(await caller.get(`/agencies/${a0}/card-cases?${period}&part=${part}`), 200)
            .body as CardCases;
          const counted = behind.items.filter((c) => c.resultName !== '申诉成立，不计');
          expect([part, behind.items.length - counted.length]).toEqual([part, excused]);
          expect([part, counted.length + behind.hiddenCount]).toEqual([part, all]);
          expect(counted.filter((c) => c.isGood).length).toBeLessThanOrEqual(good);
          if (behind.hiddenCount === 0) expect([part, counted.filter((c) => c.isGood).length]).toEqual([part, good]);
          hidden += behind.hiddenCount;
        }
        // The sealed matter is counted for the director; an agency sees its tasks alone.
        expect(hidden).toBe(caller === director ? 1 : 2);
        shown = parts;
      }
      const answer = await liaison.download(`/agencies/${a0}/card-paper?${period}`);
      const paper = textOf(answer.body as Buffer).replace(/\s/g, '');
      expect(shown.length).toBeGreaterThan(0);
      for (const { partName, good, of: all, excused } of shown)
        expect(paper).toContain(`${partName}${all === 0 ? '—' : `${good}/${all}`}${excused}件`);
      for (const words of ['平均得分89.3分', '评分2件', '处置实效100×60', '申诉成立', '异议成立1件', '考核办法第八条'])
        expect(paper).toContain(words);
      expect(await t.sql("select 1 from audit_entry where act = 'agency-cards.print'")).toHaveLength(1);
      for (const key of ['liaison-2', 'mediator', 'director:foreign'])
        expect((await (await onDuty(t, key)).get(`/agencies/${a0}/card-paper`)).status).toBe(403);
    });

    it('is read by director and superior; an agency reads its own alone, without a place', async () => {
      const path = `/centers/${t.world.centerId}/agency-scores`;
      expect((await (await onDuty(t, 'superior')).get(path)).status).toBe(200);
      for (const key of ['dispatcher', 'liaison', 'mediator', 'director:foreign'])
        expect((await (await onDuty(t, key)).get(path)).status).toBe(403);
      const shown = await own(liaison, a0);
      expect(shown.summary).toMatchObject({ agencyId: a0, rank: null, scored: 2 });
      expect(shown.tasks[0]).toMatchObject({
        registrationNumber: null,
        path: `/agency/tasks/${shown.tasks[0]?.taskId ?? ''}`,
      });
      expect((await liaison.get(`/agencies/${a1}/score`)).status).toBe(403);
      const asDirector = await own(director, a0);
      expect(asDirector.tasks).toHaveLength(2);
      expect(asDirector.tasks[0]?.path).toMatch(/^\/whistles\//);
      expect(asDirector.tasks[0]?.registrationNumber).not.toBeNull();
    });
  });
});
