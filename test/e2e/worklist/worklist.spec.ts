import { FillWorklist } from '../../../src/modules/worklist';
import { isOfAgency } from '../../../src/modules/worklist/application/audiences';
import { STEP_RULES } from '../../../src/modules/worklist/domain/steps';
import { policyOf } from '../../../src/platform/auth';
import { UnitOfWork, withContext } from '../../../src/platform/database';
import { aMatter, must } from '../../support/builders';
import { aRegisteredMatter, aTriagedMatter } from '../../support/matters';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { aMatterInProgress, aWhistle, onDuty, taskOf } from '../summons/stage';

interface Item {
  readonly disputeId: string;
  readonly taskId: string | null;
  readonly number: string;
  readonly title: string;
  readonly parties: string | null;
  readonly stateName: string;
  readonly light: string | null;
  readonly due: {
    readonly kind: string;
    readonly dueAt: string;
    readonly dueOn: string | null;
    readonly explanation: readonly string[];
  } | null;
  readonly nextAct: string | null;
  readonly nextStep: string | null;
  readonly holder: string | null;
  readonly since: string | null;
}

interface Page {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

interface Standing {
  readonly light: string | null;
  readonly nextAct: string | null;
  readonly waits: readonly { readonly nextAct: string; readonly isMine: boolean; readonly light: string | null }[];
}

const tab = async (caller: Caller, name: string, query = ''): Promise<Page> =>
  must<Page>(await caller.get(`/worklist?tab=${name}${query}`), 200);

describe('the worklist (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  const on = async (key: string, disputeId: string, name = 'to-do'): Promise<Item | undefined> => {
    for (let cursor = ''; ;) {
      const page = await tab(await onDuty(t, key), name, `&limit=100${cursor}`);
      const found = page.items.find((i) => i.disputeId === disputeId);
      if (found || page.nextCursor === null) return found;
      cursor = `&cursor=${page.nextCursor}`;
    }
  };
  const allowed = async (key: string, disputeId: string): Promise<readonly string[]> =>
    must<{ allowedActs: readonly string[] }>(await (await onDuty(t, key)).get(`/disputes/${disputeId}`), 200)
      .allowedActs;
  const standing = async (key: string, disputeId: string): Promise<Standing> =>
    must<Standing>(await (await onDuty(t, key)).get(`/disputes/${disputeId}/standing`), 200);

  describe('whose turn it is', () => {
    it('follows a matter from the counter to the agreement, and only to those who may do the next act', async () => {
      const registered = await aMatter(t).registered();
      expect(await on('dispatcher', registered.id)).toMatchObject({
        nextAct: 'disputes.triage',
        stateName: '已登记',
        parties: expect.stringMatching(/^.某、.某$/) as string,
        holder: '研判调度员、值班长',
        light: null,
      });
      expect(await allowed('dispatcher', registered.id)).toContain('disputes.triage');
      expect(await on('intake', registered.id)).toBeUndefined();
      expect(await on('mediator', registered.id)).toBeUndefined();
      expect(await on('dispatcher:foreign', registered.id)).toBeUndefined();
      expect(await on('intake', registered.id, 'in-hand')).toMatchObject({ nextAct: 'disputes.triage' });
      expect(await on('intake', registered.id, 'initiated')).toMatchObject({ nextAct: 'disputes.triage' });
      expect(await on('dispatcher', registered.id, 'initiated')).toBeUndefined();

      const triaged = await aMatter(t).triaged();
      expect(await on('committee-director', triaged.id)).toMatchObject({ nextAct: 'disputes.accept' });
      expect(await allowed('committee-director', triaged.id)).toContain('disputes.accept');

      const accepted = await aMatter(t).accepted();
      expect(await on('intake', accepted.id)).toMatchObject({
        nextAct: 'parties.record-consent',
        number: expect.stringContaining('人调字') as string,
      });

      const consented = await aMatter(t).consented();
      expect(await on('committee-director', consented.id)).toMatchObject({
        nextAct: 'assignments.assign',
        light: 'green',
        due: { kind: 'mediation-period', dueOn: expect.stringMatching(/^2026-/) as string },
      });
      expect((await on('committee-director', consented.id))?.due?.explanation.join('')).toContain('期限为1个月');
      expect(await on('mediator', consented.id)).toBeUndefined();

      const assigned = await aMatter(t).assigned();
      expect(await on('mediator', assigned.id)).toMatchObject({ nextAct: 'sessions.plan', holder: '刘调解、郑记录' });
      expect(await on('mediator-2', assigned.id)).toBeUndefined();
      expect(await on('dispatcher', assigned.id)).toBeUndefined();
      expect(await on('mediator', assigned.id, 'in-hand')).toBeDefined();

      const held = await aMatter(t).inSession();
      expect(await on('mediator', held.id)).toMatchObject({ nextAct: 'sessions.record' });
      expect(await on('dispatcher', held.id)).toBeUndefined();

      const agreed = await aMatter(t).agreed();
      const { waits } = await standing('mediator', agreed.id);
      expect(waits.map((w) => w.nextAct).sort()).toEqual(['agreements.draft', 'sessions.confirm']);
      expect(waits.every((w) => w.isMine)).toBe(true);
      expect((await standing('director', agreed.id)).waits.some((w) => w.isMine)).toBe(false);
    });

    it('asks first to report cues of escalation, and to close by one who did not handle it', async () => {
      const cued = await aRegisteredMatter(t, { narrative: '对方扬言要拿刀砍死全家，双方矛盾激烈。' });
      expect(await on('dispatcher', cued)).toMatchObject({ nextAct: 'disputes.report-escalation' });
      expect(await allowed('dispatcher', cued)).not.toContain('disputes.triage');

      const answered = await aTriagedMatter(t, {}, { nature: 'consultation', route: 'answer', committeeId: undefined });
      expect(await on('intake', answered)).toMatchObject({ nextAct: 'disputes.answer' });
      must(
        await (await t.as('dispatcher')).post(`/disputes/${answered}/answer`, { content: '已当面解答物业费的构成。' }),
        200,
      );
      expect(await on('duty-leader', answered)).toMatchObject({ nextAct: 'disputes.close' });
      await t.sql('update dispute set handler_account_id = $2 where id = $1', [
        answered,
        t.world.account('duty-leader').id,
      ]);
      await t.sql('delete from worklist_matter where dispute_id = $1', [answered]);
      expect(await t.app.get(FillWorklist).fill()).toBe(1);
      // The center is through, and is looked through again only under other rules.
      const before = await on('dispatcher', answered);
      await t.sql('delete from worklist_matter where dispute_id = $1', [answered]);
      expect(await t.app.get(FillWorklist).fill()).toBe(0);
      await t.sql("update worklist_fill set rules = 'former'");
      expect(await t.app.get(FillWorklist).fill()).toBe(1);
      expect(await on('dispatcher', answered)).toEqual(before);
      expect(await on('duty-leader', answered)).toBeUndefined();
      expect(await on('dispatcher', answered)).toMatchObject({ nextAct: 'disputes.close' });
      must(
        await (
          await t.as('dispatcher')
        ).post(`/disputes/${answered}/closing`, {
          outcome: 'answered',
          summary: '已答复，反映人表示清楚。',
          confirmedBy: 'phone',
          partyWords: '可以，没有意见了。',
        }),
        200,
      );
      expect(await on('dispatcher', answered, 'in-hand')).toBeUndefined();
      expect(await on('dispatcher', answered, 'done')).toMatchObject({ stateName: '已办结', due: null, light: null });
      expect(await on('follow-up', answered)).toMatchObject({ nextAct: 'disputes.follow-up' });
    });

    it('brings a whistle to each agency on its own clock, and its answer back to the desk', async () => {
      const id = await aMatterInProgress(t);
      const [a0, a1] = t.world.agencyIds;
      const whistle = await aWhistle(t, id, [
        { agencyId: a0, role: 'lead' },
        { agencyId: a1, role: 'assist' },
      ]);
      const task = taskOf(whistle, a0);
      const line = await on('liaison', id);
      expect(line).toMatchObject({
        taskId: task.id,
        number: whistle.number,
        nextAct: 'summons-tasks.sign',
        due: { kind: 'summons-sign' },
        light: 'green',
        parties: null,
        stateName: '已吹哨',
      });
      expect(line?.title).toContain('某小区征收补偿争议');
      expect(line?.due?.explanation.join('')).toContain('60分钟');
      expect(await standing('dispatcher', id)).toMatchObject({ due: { explanation: line?.due?.explanation } });
      expect(await on('liaison-2', id)).toMatchObject({ nextAct: 'summons-tasks.sign' });
      expect(await on('liaison-3', id)).toBeUndefined();
      expect((await standing('dispatcher', id)).waits).toHaveLength(2);

      const due = new Date(line?.due?.dueAt ?? 0);
      t.clock.set(new Date(due.getTime() - 60_000).toISOString());
      expect(await on('liaison', id)).toMatchObject({ light: 'yellow' });
      t.clock.set(due.toISOString());
      expect(await on('liaison', id)).toMatchObject({ light: 'red' });
      expect((await standing('dispatcher', id)).light).toBe('red');

      must(await (await onDuty(t, 'liaison')).post(`/summons-tasks/${task.id}/signature`), 201);
      expect((await on('liaison', id))?.nextAct).not.toBe('summons-tasks.sign');
      expect(await on('handler', id, 'in-hand')).toMatchObject({ taskId: task.id });
    });
  });

  describe('order and pages', () => {
    let disputeIds: string[];
    beforeAll(async () => {
      // Ten matters, each with a notice to supplement due on another day; written past the program, made by the program.
      disputeIds = [];
      for (let i = 0; i < 10; i += 1) {
        const id = await aRegisteredMatter(t);
        must(
          await (
            await onDuty(t, 'intake')
          ).post(`/disputes/${id}/one-time-notices`, {
            items: [{ name: '身份证复印件' }],
            form: 'paper',
            dueOn: `2026-1${i % 2}-${String(10 + i)}`,
          }),
          201,
        );
        disputeIds.push(id);
      }
      t.clock.set('2026-10-14T10:00:00+08:00');
    });

    it('shows red before yellow before green before undated, the oldest due first, each line once over all pages', async () => {
      const guide = await onDuty(t, 'guide');
      const seen: Item[] = [];
      let cursor = '';
      for (let pages = 0; pages < 50; pages += 1) {
        const page = await tab(guide, 'to-do', `&limit=3${cursor}`);
        expect(page.items.length).toBeLessThanOrEqual(3);
        seen.push(...page.items);
        if (page.nextCursor === null) break;
        cursor = `&cursor=${page.nextCursor}`;
      }
      expect(new Set(seen.map((i) => i.disputeId)).size).toBe(seen.length);
      expect(disputeIds.every((id) => seen.some((i) => i.disputeId === id))).toBe(true);
      expect(new Set(seen.map((i) => i.light))).toEqual(new Set(['red', 'yellow', 'green', null]));
      const rank = ['red', 'yellow', 'green', null, 'grey'];
      const order = seen.map((i) => rank.indexOf(i.light));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      for (const light of ['red', 'yellow', 'green']) {
        const dues = seen.filter((i) => i.light === light).map((i) => i.due?.dueAt ?? '');
        expect(dues).toEqual([...dues].sort());
      }
      const counts = must<{ items: readonly { tab: string; count: number; red: number; yellow: number }[] }>(
        await guide.get('/worklist/counts'),
        200,
      ).items;
      expect(counts.find((c) => c.tab === 'to-do')).toMatchObject({
        count: seen.length,
        red: seen.filter((i) => i.light === 'red').length,
        yellow: seen.filter((i) => i.light === 'yellow').length,
      });
    });

    it('goes on with what is yellow now, though what came next has turned red since', async () => {
      const before = t.clock.at();
      const first = await tab(await onDuty(t, 'guide'), 'to-do', '&section=yellow&limit=1');
      expect(first.items.map((i) => [i.light, i.due?.dueOn])).toEqual([['yellow', '2026-10-14']]);
      expect(first.nextCursor).not.toBeNull();
      t.clock.set('2026-10-17T10:00:00+08:00');
      const next = await tab(
        await onDuty(t, 'guide'),
        'to-do',
        `&section=yellow&limit=100&cursor=${first.nextCursor ?? ''}`,
      );
      expect(next.items.map((i) => [i.light, i.due?.dueOn])).toEqual([['yellow', '2026-10-18']]);
      t.clock.set(before.toISOString());
    });

    it('filters by section, by type and by words, and refuses a mark that it did not give', async () => {
      const dispatcher = await onDuty(t, 'dispatcher');
      const undated = await tab(dispatcher, 'to-do', '&section=undated&limit=100');
      expect(undated.items.length).toBeGreaterThan(0);
      expect(undated.items.every((i) => i.light === null)).toBe(true);
      const [first] = undated.items;
      const byWords = await tab(dispatcher, 'to-do', `&limit=100&text=${encodeURIComponent(first?.title ?? '')}`);
      expect(byWords.items.map((i) => i.disputeId)).toEqual([first?.disputeId]);
      const reply = await dispatcher.get('/worklist?tab=to-do&cursor=red_1_2_3');
      expect([reply.status, (reply.body as { code: string }).code]).toEqual([400, 'malformed-cursor']);
      expect((await dispatcher.get('/worklist')).status).toBe(400);
      expect((await t.anonymous.get('/worklist?tab=to-do')).status).toBe(401);
      expect((await t.anonymous.get('/worklist/counts')).status).toBe(401);
    });
  });

  describe('copying for information', () => {
    it('brings the matter to a colleague who may see it, leaves a line and one audit entry', async () => {
      const id = await aRegisteredMatter(t);
      const dispatcher = await onDuty(t, 'dispatcher');
      const supervisor = t.world.account('supervisor').id;
      const reply = await dispatcher.post(`/disputes/${id}/copies`, {
        colleagueId: supervisor,
        reason: '请知悉，便于督办。',
      });
      expect(reply.status).toBe(201);
      expect(reply.body).toEqual({
        items: [
          {
            id: expect.any(String) as string,
            accountId: supervisor,
            name: '陈督办',
            reason: '请知悉，便于督办。',
            copiedByName: '赵研判',
            copiedAt: t.clock.at().toISOString(),
          },
        ],
      });
      expect(await on('supervisor', id, 'copied')).toMatchObject({ nextAct: 'disputes.triage' });
      expect(await on('dispatcher', id, 'copied')).toBeUndefined();
      expect(must<object>(await (await onDuty(t, 'supervisor')).get(`/disputes/${id}/copies`), 200)).toEqual(
        reply.body,
      );
      expect(
        await t.sql("select count(*)::int as n from audit_entry where act = 'worklist.copy' and dispute_id = $1", [id]),
      ).toEqual([{ n: 1 }]);
      expect(
        await t.sql("select opinion from dispute_event where act = 'worklist.copy' and dispute_id = $1", [id]),
      ).toEqual([{ opinion: '请知悉，便于督办。' }]);

      const code = async (by: string, accountId: string, matter = id): Promise<[number, string]> => {
        const refused = await (
          await onDuty(t, by)
        ).post(`/disputes/${matter}/copies`, { colleagueId: accountId, reason: '请知悉。' });
        return [refused.status, (refused.body as { code: string }).code];
      };
      expect(await code('dispatcher', supervisor)).toEqual([409, 'worklist.copied-already']);
      expect(await code('dispatcher', t.world.account('dispatcher').id)).toEqual([422, 'worklist.copy-to-self']);
      expect(await code('dispatcher', t.world.account('mediator-2').id)).toEqual([422, 'worklist.copy-invisible']);
      expect(await code('dispatcher', t.world.account('intake:foreign').id)).toEqual([422, 'worklist.copy-invisible']);
      expect(await code('dispatcher:foreign', supervisor)).toEqual([404, 'not-found']);
      expect(
        (await t.anonymous.post(`/disputes/${id}/copies`, { colleagueId: supervisor, reason: '请知悉。' })).status,
      ).toBe(401);
    });
  });

  it('holds a line for whoever of its list sees the matter, also after the matter went elsewhere or was sealed', async () => {
    const [sealed, moved] = [await aMatter(t).registered(), await aMatter(t).accepted()];
    const readers = [
      'dispatcher',
      'duty-leader',
      'intake',
      'committee-director',
      'mediator',
      'director',
      'dispatcher:foreign',
    ];
    const linesOf = async (key: string) => {
      const accountId = t.world.account(key).id;
      const [mine, matters, words] = await withContext(
        { principal: { kind: 'account', accountId, sessionId: null } },
        () =>
          t.app
            .get(UnitOfWork)
            .read(
              async (tx) =>
                [
                  await tx.query<{ line: string }>(
                    "select concat_ws(' ', dispute_id, tab, audience) as line from worklist_entry where line_id = dispute_id",
                  ),
                  await tx.query<{ id: string }>('select id from dispute'),
                  await tx.query<{ words: string[] }>('select app.audiences() as words'),
                ] as const,
            ),
      );
      const all = await t.sql<{ line: string }>(
        `select concat_ws(' ', dispute_id, tab, audience) as line from worklist_entry
          where line_id = dispute_id and audience = any ($1) and dispute_id = any ($2)`,
        [words[0]?.words ?? [], matters.map(({ id }) => id)],
      );
      return { mine: mine.map(({ line }) => line).sort(), expected: all.map(({ line }) => line).sort() };
    };
    const shown = async (): Promise<number> => {
      let count = 0;
      for (const key of readers) {
        const { mine, expected } = await linesOf(key);
        expect({ key, lines: mine }).toEqual({ key, lines: expected });
        count += mine.length;
      }
      return count;
    };
    const before = await shown();
    await t.sql('update dispute set is_sealed = true where id = $1', [sealed.id]);
    expect(await on('dispatcher', sealed.id)).toBeUndefined();
    const afterSealing = await shown();
    expect(afterSealing).toBeLessThan(before);
    await t.sql(
      'update dispute d set committee_id = (select c.id from committee c where c.id <> d.committee_id limit 1) where id = $1',
      [moved.id],
    );
    expect(await shown()).toBeLessThan(afterSealing);
  });

  it('shows the standing to those who see the matter and to nobody else', async () => {
    const id = await aRegisteredMatter(t);
    expect(await standing('director', id)).toMatchObject({ disputeId: id, nextAct: 'disputes.triage', light: null });
    expect((await (await onDuty(t, 'director:foreign')).get(`/disputes/${id}/standing`)).status).toBe(404);
    expect((await t.anonymous.get(`/disputes/${id}/standing`)).status).toBe(401);
    expect((await (await onDuty(t, 'liaison')).get(`/disputes/${id}/standing`)).status).toBe(404);
  });

  it('waits with tasks for the people of agencies alone: other lists do not ask for them', () => {
    const roles = Object.values(STEP_RULES).flatMap(({ side, act }) =>
      side === 'agency' ? (policyOf(act)?.by ?? []).map((grant) => grant.split('@')[0] ?? '') : [],
    );
    expect(roles.length).toBeGreaterThan(4);
    for (const role of roles) expect([role, isOfAgency({ grants: [{ role } as never] })]).toEqual([role, true]);
  });
});
