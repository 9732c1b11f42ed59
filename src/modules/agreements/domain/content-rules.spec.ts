import fc from 'fast-check';
import { type LegalDate, splitEqually, fen, unwrap } from '../../../kernel';
import { type AgreementContent, type Obligation, dueItems, totalFen } from './content';
import { type ContentContext, checkContent, instalmentSums, wordsOf } from './content-rules';
import { OBLIGATION_KINDS } from './dictionaries';
import { INSTALMENT_INTERVALS, planInstalments } from './instalment-plan';

const TODAY = '2026-09-18' as LegalDate;
const CONTEXT: ContentContext = {
  parties: [
    { id: 'a', name: '李建国' },
    { id: 'b', name: '李建军' },
  ],
  excluded: [],
  today: TODAY,
  replaceableIds: ['due'],
};
const payment = (changes: Partial<Obligation> = {}): Obligation => ({
  kind: 'payment',
  obligorId: 'a',
  obligeeId: 'b',
  content: '支付修缮费用',
  amountFen: 10_000,
  dueOn: '2026-10-15',
  place: '汇入银行账户',
  manner: '银行转账',
  instalments: [],
  replacesItemId: null,
  ...changes,
});
const content = (changes: Partial<AgreementContent> = {}): AgreementContent => ({
  facts: '双方就修缮费用发生争议。',
  responsibilities: '双方各担一半。',
  clauses: ['双方各承担修缮费用的一半。'],
  performanceNote: null,
  breachClause: null,
  obligations: [payment()],
  ...changes,
});
const faultsOf = (changes: Partial<AgreementContent>, context: Partial<ContentContext> = {}): string[] =>
  checkContent(content(changes), { ...CONTEXT, ...context }).faults.map((f) => `${f.pointer} ${f.code}`);
const warningsOf = (changes: Partial<AgreementContent>, context: Partial<ContentContext> = {}): string[] =>
  checkContent(content(changes), { ...CONTEXT, ...context }).warnings.map((f) => `${f.pointer} ${f.code}`);

describe('content of an agreement', () => {
  it('has no fault when everything is there', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it.each([
    [
      'one party',
      {},
      { parties: [{ id: 'a', name: '李建国' }] },
      ['/parties agreements.too-few-parties', '/obligations/0/obligeeId agreements.not-a-party'],
    ],
    ['no facts', { facts: null }, {}, ['/facts agreements.facts-missing']],
    ['no clause', { clauses: [] }, {}, ['/clauses agreements.clauses-missing']],
  ] as const)('with %s is refused', (_, changes, context, faults) => {
    expect(faultsOf(changes, context)).toEqual(faults);
  });

  it.each([
    ['nothing is named', { content: '' }, 'content agreements.content-missing'],
    ['nobody owes', { obligorId: null }, 'obligorId agreements.who-missing'],
    ['nobody is owed', { obligeeId: null }, 'obligeeId agreements.who-missing'],
    ['a third person owes', { obligorId: 'x' }, 'obligorId agreements.not-a-party'],
    ['a third person is owed', { obligeeId: 'x' }, 'obligeeId agreements.not-a-party'],
    ['one owes itself', { obligeeId: 'a' }, 'obligeeId agreements.owes-itself'],
    ['no amount is named', { amountFen: null }, 'amountFen agreements.amount-missing'],
    ['an amount stands beside an act', { kind: 'act' }, 'amountFen agreements.amount-without-payment'],
    ['no place is named', { place: null }, 'place agreements.place-missing'],
    ['no manner is named', { manner: null }, 'manner agreements.manner-missing'],
    ['no day is named', { dueOn: null }, 'dueOn agreements.due-missing'],
    ['the day is over', { dueOn: '2026-09-17' }, 'dueOn agreements.due-in-past'],
  ] as const)('is refused where %s', (_, changes, fault) => {
    expect(faultsOf({ obligations: [payment(), payment(changes)] })).toEqual([`/obligations/1/${fault}`]);
  });

  it('asks place, manner and day of every kind of obligation', () => {
    for (const kind of Object.keys(OBLIGATION_KINDS) as (keyof typeof OBLIGATION_KINDS)[]) {
      const bare = payment({ kind, place: null, manner: null, dueOn: null, amountFen: kind === 'payment' ? 1 : null });
      expect(faultsOf({ obligations: [bare] })).toEqual([
        '/obligations/0/place agreements.place-missing',
        '/obligations/0/manner agreements.manner-missing',
        '/obligations/0/dueOn agreements.due-missing',
      ]);
    }
  });

  it('admits performance on the very day of signing', () => {
    expect(faultsOf({ obligations: [payment({ dueOn: TODAY })] })).toEqual([]);
  });

  it('refuses the waiver of remedies in whatever place binds, and lets the story be told in any words', () => {
    const waiver = '双方今后不得再就此起诉。';
    expect(faultsOf({ clauses: ['如约。', waiver] })).toEqual(['/clauses/1 words.waiver-of-remedy']);
    expect(faultsOf({ breachClause: waiver })).toEqual(['/breachClause words.waiver-of-remedy']);
    expect(faultsOf({ performanceNote: waiver })).toEqual(['/performanceNote words.waiver-of-remedy']);
    expect(faultsOf({ obligations: [payment({ content: waiver })] })).toEqual([
      '/obligations/0/content words.waiver-of-remedy',
    ]);
    expect(faultsOf({ facts: `李建国曾要求对方书面承诺${waiver}` })).toEqual([]);
  });

  it('warns of words to check, once for each place', () => {
    expect(warningsOf({ clauses: ['逾期支付滞纳金，滞纳金另计。'] })).toContain('/clauses/0 words.late-fee');
    expect(warningsOf({ clauses: ['赔偿损失。'], breachClause: '另行补偿。' })).toContain(
      '/clauses words.compensation',
    );
  });

  it('tells what a court does not confirm and suggests to split', () => {
    for (const clause of [
      '位于光明社区的房屋归李建国所有。',
      '宅基地使用权归李建军。',
      '商标权归李建国享有。',
      '父母遗留的房产由李建国继承。',
    ]) {
      expect(warningsOf({ clauses: [clause] })).toContain('/clauses/0 agreements.ownership-not-confirmable');
    }
    for (const clause of ['双方自愿离婚。', '确认双方不存在亲子关系。', '双方同意解除收养关系。']) {
      expect(warningsOf({ clauses: [clause] })).toContain('/clauses/0 agreements.status-not-confirmable');
    }
    for (const clause of ['房屋修缮费用由双方各半承担。', '李建国向李建军支付房屋折价款。']) {
      expect(warningsOf({ clauses: [clause] }).join()).not.toContain('not-confirmable');
    }
  });

  it('prompts for judicial confirmation where performance is deferred', () => {
    expect(warningsOf({})).toContain('/obligations agreements.deferred-performance');
    expect(warningsOf({ obligations: [payment({ dueOn: TODAY })] })).toEqual([]);
  });

  it('warns of those left out of a partial agreement wherever it binds', () => {
    const excluded = [{ id: 'c', name: '李建平' }];
    expect(warningsOf({ clauses: ['李建平的份额另行处理。'] }, { excluded })).toContain(
      '/clauses/0 agreements.names-excluded',
    );
    expect(warningsOf({ facts: '李建平未参加调解。' }, { excluded }).join()).not.toContain('names-excluded');
  });
});

describe('instalments (properties)', () => {
  const days = ['2026-10-15', '2026-11-15', '2026-12-15', '2027-01-15', '2027-02-15', '2027-03-15'];
  const split = fc
    .record({ total: fc.integer({ min: 6, max: 90_000_000_000_000 }), count: fc.integer({ min: 1, max: 6 }) })
    .map(({ total, count }) => {
      const parts = unwrap(splitEqually(fen(total), count));
      const instalments = parts.map((amountFen, i) => ({ amountFen: Number(amountFen), dueOn: days[i] ?? '' }));
      return payment({ amountFen: total, instalments, dueOn: instalments.at(-1)?.dueOn ?? '' });
    });

  it('that add up pass, whatever the total', () => {
    fc.assert(fc.property(split, (obligation) => faultsOf({ obligations: [obligation] }).length === 0));
  });

  it('one fen more or less anywhere is found', () => {
    fc.assert(
      fc.property(split, fc.nat(), fc.constantFrom(1, -1), (obligation, at, change) => {
        const i = at % obligation.instalments.length;
        const changed = obligation.instalments.map((part, n) =>
          n === i ? { ...part, amountFen: part.amountFen + change } : part,
        );
        const faults = faultsOf({ obligations: [{ ...obligation, instalments: changed }] });
        return faults.includes('/obligations/0/instalments agreements.instalments-sum');
      }),
    );
  });

  it('two days in the wrong order are found', () => {
    fc.assert(
      fc.property(
        split.filter((o) => o.instalments.length > 1),
        fc.nat(),
        (obligation, at) => {
          const i = at % (obligation.instalments.length - 1);
          const instalments = obligation.instalments.map((part) => ({ ...part }));
          const [first, second] = [instalments[i], instalments[i + 1]];
          if (!first || !second) return false;
          [first.dueOn, second.dueOn] = [second.dueOn, first.dueOn];
          return faultsOf({ obligations: [{ ...obligation, instalments }] }).some((f) =>
            f.endsWith('agreements.instalments-order'),
          );
        },
      ),
    );
  });

  it('the paper’s rows and the ledger hold exactly the total', () => {
    fc.assert(
      fc.property(fc.array(split, { minLength: 1, maxLength: 5 }), (obligations) => {
        const items = dueItems(obligations);
        const sum = items.reduce((total, item) => total + (item.amountFen ?? 0), 0);
        expect(sum).toBe(totalFen(obligations));
        expect(items).toHaveLength(obligations.reduce((n, o) => n + Math.max(1, o.instalments.length), 0));
      }),
    );
  });

  it('end on the day on which the whole is due, and none lies in the past or is nothing', () => {
    const parts = [
      { amountFen: 5_000, dueOn: '2026-10-15' },
      { amountFen: 5_000, dueOn: '2026-11-15' },
    ];
    const faults = (changes: Partial<Obligation>): string[] =>
      faultsOf({ obligations: [payment({ instalments: parts, dueOn: '2026-11-15', ...changes })] });
    expect(faults({})).toEqual([]);
    expect(faults({ dueOn: '2026-12-15' })).toEqual(['/obligations/0/dueOn agreements.due-not-last']);
    expect(faults({ instalments: [{ amountFen: 5_000, dueOn: '2026-09-17' }, ...parts.slice(1)] })).toEqual([
      '/obligations/0/instalments/0/dueOn agreements.due-in-past',
    ]);
    const nothing = [
      { amountFen: 0, dueOn: '2026-10-15' },
      { amountFen: 10_000, dueOn: '2026-11-15' },
    ];
    expect(faults({ instalments: nothing })).toEqual([
      '/obligations/0/instalments/0/amountFen agreements.amount-missing',
    ]);
  });

  it('of an amount nobody can spell are refused', () => {
    const huge = payment({ amountFen: 9_000_000_000_000_000 });
    expect(faultsOf({ obligations: [huge, payment({ amountFen: 1 })] })).toEqual([
      '/obligations agreements.total-too-large',
    ]);
  });
});

describe('blanks of the library', () => {
  it.each(['【付款人】于【年月日】前付清。', '于____前付清。', '甲方于＿＿＿＿年付清。'])(
    '%s must be filled in',
    (text) => {
      expect(faultsOf({ clauses: ['如约。', text] })).toEqual(['/clauses/1 agreements.blank-left']);
    },
  );

  it('are looked for in the facts and in obligations too, and a number of a paper is none', () => {
    expect(faultsOf({ facts: '双方于【年月】订立合同。' })).toEqual(['/facts agreements.blank-left']);
    expect(faultsOf({ obligations: [payment({ content: '支付【费用】' })] })).toEqual([
      '/obligations/0/content agreements.blank-left',
    ]);
    expect(faultsOf({ clauses: ['按新城人调字〔2026〕12号办理。'] })).toEqual([]);
  });
});

describe('words at their place', () => {
  it('are found in what is agreed, not in what happened', () => {
    const found = wordsOf(content({ facts: '已付订金。', clauses: ['退还订金。'], breachClause: '支付滞纳金。' }));
    expect(found.map((w) => [w.pointer, w.position, w.word, w.fixes])).toEqual([
      ['/clauses/0', 2, '订金', ['定金', '预付款']],
      ['/breachClause', 2, '滞纳金', ['逾期利息', '违约金']],
    ]);
  });
});

describe('instalments', () => {
  it('tell what they lack or have too much', () => {
    const of = (...amounts: number[]) => amounts.map((amountFen) => ({ amountFen, dueOn: '2026-10-15' }));
    expect(
      instalmentSums([
        payment({ amountFen: 300, instalments: of(100, 100) }),
        payment(),
        payment({ amountFen: 150, instalments: of(100, 100) }),
        payment({ amountFen: null, instalments: of(1) }),
      ]),
    ).toEqual([
      { obligation: 0, sumFen: 200, lackingFen: 100 },
      { obligation: 2, sumFen: 200, lackingFen: -50 },
      { obligation: 3, sumFen: 1, lackingFen: null },
    ]);
  });

  it('end with the month where it is shorter, and go back to the day', () => {
    const plan = planInstalments(fen(100), 3, '2027-01-31' as LegalDate, 'month');
    expect(plan).toEqual({
      ok: true,
      value: [
        { amountFen: 33, dueOn: '2027-01-31' },
        { amountFen: 33, dueOn: '2027-02-28' },
        { amountFen: 34, dueOn: '2027-03-31' },
      ],
    });
  });

  it('pass the checks of the agreement however they are planned', () => {
    const intervals = Object.keys(INSTALMENT_INTERVALS) as (keyof typeof INSTALMENT_INTERVALS)[];
    fc.assert(
      fc.property(
        fc.integer({ min: 120, max: 10 ** 9 }),
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 1, max: 28 }),
        fc.constantFrom(...intervals),
        (amountFen, count, day, interval) => {
          const first = `2027-01-${String(day).padStart(2, '0')}` as LegalDate;
          const instalments = unwrap(planInstalments(fen(amountFen), count, first, interval));
          const dueOn = instalments.at(-1)?.dueOn ?? null;
          expect(faultsOf({ obligations: [payment({ amountFen, dueOn, instalments })] })).toEqual([]);
        },
      ),
    );
  });

  it('are refused where a part would be less than a fen', () => {
    expect(planInstalments(fen(2), 3, '2027-01-31' as LegalDate, 'week')).toMatchObject({ code: 'money.split' });
  });
});
