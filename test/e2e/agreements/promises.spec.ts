import { KeepPromises } from '../../../src/modules/agreements/application/keep-promises';
import { OutboxDispatcher } from '../../../src/platform/database';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { onDuty } from '../summons/stage';
import { type LedgerItem, aSeal, inEffect } from './stage';

interface Reminder {
  readonly step: string;
  readonly sentence: string;
}

interface Ledger {
  readonly items: readonly (LedgerItem & { readonly reminders: readonly Reminder[] })[];
  readonly agreements: readonly {
    readonly confirmation: {
      readonly daysLeft: number;
      readonly checks: readonly { readonly condition: string; readonly isMet: boolean }[];
      readonly reminders: readonly Reminder[];
    } | null;
    readonly enforcementEndsOn: string;
    readonly enforcementReminders: readonly Reminder[];
  }[];
}

describe('case B: promises that act (real PostgreSQL, HTTP; fake clock)', () => {
  let t: TestApp;
  let matter: BuiltMatter;

  const at = (day: string, time = '09:00:00'): void => {
    t.clock.set(`${day}T${time}+08:00`);
  };
  const sweep = (): Promise<number> => t.app.get(KeepPromises).sweep();
  const sweepOn = (day: string): Promise<number> => {
    at(day);
    return sweep();
  };
  const mediator = (): Promise<Caller> => onDuty(t, 'mediator');
  const ledger = async ({ id }: BuiltMatter): Promise<Ledger> =>
    must<Ledger>(await (await mediator()).get(`/disputes/${id}/performance`), 200);
  const notices = ({ id }: BuiltMatter) =>
    t.sql<{ step: string; unsent_reason: string | null }>(
      'select step, unsent_reason from promise_notice where dispute_id = $1 order by taken_at, due_on, step',
      [id],
    );
  const bell = async (key: string, { id }: BuiltMatter): Promise<string[]> => {
    await t.app.get(OutboxDispatcher).drain();
    const { items } = must<{ items: { disputeId: string | null; kind: string; text: string }[] }>(
      await (await onDuty(t, key)).get('/notifications?limit=100'),
      200,
    );
    return items
      .filter((m) => m.disputeId === id && /履行|司法确认/.test(m.text) && !/跟踪/.test(m.text))
      .map((m) => m.text);
  };
  const pay = async (item: LedgerItem | undefined, performedOn: string): Promise<void> => {
    must(
      await (
        await mediator()
      ).post(`/performance-items/${item?.id ?? ''}/records`, {
        amountFen: item?.remainingFen,
        performedOn,
        manner: 'transfer',
        isConfirmedByObligee: true,
      }),
      200,
    );
  };
  const effective = (built: BuiltMatter, changes: object = {}) => inEffect(t, built, changes);

  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    matter = await aMatter(t).ofType('contract.lease').agreed();
    await effective(matter);
  });
  afterAll(() => t.close());

  it('says before anything has happened what it will do, and whether a court would confirm', async () => {
    expect(await sweep()).toBe(0);
    const { items, agreements } = await ledger(matter);
    expect(items[0]?.reminders.map((r) => r.sentence)).toEqual([
      '若届时仍未履行，将于2026年10月13日提醒（到期前7日提醒）。',
      '若届时仍未履行，将于2026年10月19日提醒（到期前1日提醒）。',
      '若届时仍未履行，将于2026年10月21日提醒（逾期提醒）。',
    ]);
    expect(agreements).toMatchObject([{ confirmation: { daysLeft: 30 }, enforcementEndsOn: '2028-12-20' }]);
    expect(agreements[0]?.confirmation?.checks.map((c) => c.isMet)).toEqual([true, true, true, true, true, true]);
    expect(agreements[0]?.confirmation?.reminders.map((r) => r.step)).toEqual([
      'confirm-7',
      'confirm-20',
      'confirm-25',
      'confirm-28',
    ]);
  });

  it('reminds of the court when the office opens before the holiday with the seventh day; sweeps at once do so once', async () => {
    at('2026-09-24', '08:29:59');
    expect(await sweep()).toBe(0);
    at('2026-09-24', '12:00:00');
    expect(await sweep()).toBe(0);
    at('2026-09-24', '08:30:00');
    const told = await Promise.all([sweep(), sweep(), sweep()]);
    expect(told.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(await sweep()).toBe(0);
    expect(await bell('mediator', matter)).toEqual(['协议生效已满7日，各方还可以共同申请司法确认，请告知当事人']);
    const { items } = must<{ items: { act: string; actName: string; actorName: string; opinion: string }[] }>(
      await (await mediator()).get(`/disputes/${matter.id}/events`),
      200,
    );
    expect(items[0]).toMatchObject({
      act: 'performance.remind',
      actName: '履行、司法确认提醒',
      actorName: '系统',
      opinion: '第1份协议，生效满7日的司法确认提醒。期限：2026年10月19日。',
    });
    expect(await sweepOn('2026-10-09')).toBe(1);
  });

  it('after three days without a run tells what still matters, and keeps what was overtaken', async () => {
    expect(await sweepOn('2026-10-16')).toBe(2);
    expect(await sweepOn('2026-10-17')).toBe(0);
    expect((await notices(matter)).slice(2)).toEqual([
      { step: 'due-7', unsent_reason: null },
      { step: 'confirm-25', unsent_reason: 'overtaken' },
      { step: 'confirm-28', unsent_reason: null },
    ]);
    const { agreements } = await ledger(matter);
    expect(agreements[0]?.confirmation?.reminders.map((r) => r.sentence)).toEqual([
      '已于2026年9月24日提醒承办人员（生效满7日的司法确认提醒）。',
      '已于2026年10月9日提醒承办人员（生效满20日的司法确认提醒）。',
      '2026年10月14日的生效满25日的司法确认提醒没有发出：系统停机期间已到下一次提醒的日子。',
      '已于2026年10月16日提醒承办人员（生效满28日的司法确认提醒）。',
    ]);
  });

  it('reminds the day before and the day after; what is performed is left in peace, in breach or not', async () => {
    expect(await sweepOn('2026-10-19')).toBe(1);
    expect(await sweepOn('2026-10-20')).toBe(0);
    expect(await sweepOn('2026-10-21')).toBe(1);
    expect(await bell('mediator', matter)).toHaveLength(6);
    expect(await bell('committee-director', matter)).toEqual(['有履行事项已到期，还没有登记履行，请核实并督促']);
    const [first, second] = (await ledger(matter)).items;
    expect(first?.reminders.map((r) => r.sentence)).toEqual([
      '已于2026年10月16日提醒承办人员（到期前7日提醒）。',
      '已于2026年10月19日提醒承办人员（到期前1日提醒）。',
      '已于2026年10月21日提醒承办人员（逾期提醒）。',
    ]);
    must(
      await (await mediator()).post(`/performance-items/${first?.id ?? ''}/breach`, { reason: '催告后仍不付。' }),
      200,
    );
    expect(await sweep()).toBe(0);
    await pay(first, '2026-10-21');
    await pay(second, '2026-10-21');
    expect(await sweepOn('2026-11-30')).toBe(0);
    expect((await ledger(matter)).items.map((i) => i.reminders.length)).toEqual([0, 0, 3]);
  });

  it('reminds of enforcement until all is performed', async () => {
    expect(await sweepOn('2026-12-22')).toBe(1);
    expect((await notices(matter)).slice(-3)).toEqual([
      { step: 'due-7', unsent_reason: 'overtaken' },
      { step: 'due-1', unsent_reason: 'overtaken' },
      { step: 'overdue', unsent_reason: null },
    ]);
    expect(await sweepOn('2028-09-20')).toBe(0);
    expect(await sweepOn('2028-09-21')).toBe(1);
    // Back to the day of the desk: logins end long before.
    at('2026-12-22', '10:00:00');
    const { items, agreements } = await ledger(matter);
    expect(agreements[0]?.enforcementReminders.map((r) => r.step)).toEqual(['enforce-90', 'enforce-30']);
    await pay(items[2], '2026-12-22');
    expect(await sweepOn('2028-11-20')).toBe(0);
    at('2026-12-22', '11:00:00');
    expect((await ledger(matter)).agreements).toEqual([]);
  });

  it('tells nobody to apply where a court would refuse, and says why', async () => {
    at('2026-09-18');
    const other = await aMatter(t).ofType('contract.lease').agreed();
    await effective(other, { clauses: ['该软件的著作权归出租人所有。', '承租人分期支付剩余租金。'] });
    expect(await sweepOn('2026-09-24')).toBe(0);
    expect(await notices(other)).toEqual([{ step: 'confirm-7', unsent_reason: 'not-confirmable' }]);
    const { agreements } = await ledger(other);
    expect(agreements[0]?.confirmation?.checks.filter((c) => !c.isMet).map((c) => c.condition)).toEqual([
      '不涉及物权、知识产权确权',
    ]);
    expect(agreements[0]?.confirmation?.reminders.map((r) => r.sentence)).toEqual([
      '2026年9月24日的生效满7日的司法确认提醒没有发出：有法院不予确认的情形。',
    ]);
  });
});
