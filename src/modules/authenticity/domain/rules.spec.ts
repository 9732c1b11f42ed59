import {
  type PresenceRow,
  type TextRow,
  type UseRow,
  type WordRow,
  type WorkRow,
  bursts,
  denials,
  nearIdentical,
  saidTooFast,
  sameDevice,
  samePhone,
  signedAfterDeath,
  twoPlaces,
} from './rules';

const at = (time: string): Date => new Date(`2026-09-18T${time}+08:00`);

describe('the same telephone', () => {
  const use = (id: string, disputeId: string, row: Partial<UseRow> = {}): UseRow => ({
    id,
    disputeId,
    kind: 'person',
    side: 'applicant',
    nameKey: `name ${id}`,
    documentIndex: `document ${id}`,
    address: `address ${id}`,
    standsFor: null,
    disputeType: 'neighbour.noise',
    used: 'phone',
    at: at('09:00'),
    ...row,
  });
  const three = [use('a', '1'), use('b', '2'), use('c', '3')];

  it('is noticed of three strangers in several matters, and of two opposed sides', () => {
    expect(samePhone(three)).toMatchObject([{ kind: 'same-phone', disputeIds: ['1', '2', '3'], facts: { people: 3 } }]);
    expect(samePhone([use('a', '1'), use('b', '1', { side: 'respondent' })])).toMatchObject([{ disputeIds: ['1'] }]);
  });

  it.each<[string, UseRow[]]>([
    ['two people only', three.slice(0, 2)],
    ['three of one matter and one side', three.map((row) => ({ ...row, disputeId: '1' }))],
    ['other telephones', [three[0], three[1], use('c', '3', { used: 'another' })] as UseRow[]],
    ['an office', three.map((row) => ({ ...row, kind: 'organization' }))],
    ['one household', three.map((row) => ({ ...row, address: '光明社区 6号楼' }))],
    ['one person with three papers', three.map((row) => ({ ...row, nameKey: 'one' }))],
    ['one person under three names', three.map((row) => ({ ...row, documentIndex: 'one' }))],
    [
      'who speaks for the others',
      [use('a', '1'), use('b', '2', { standsFor: 'a' }), use('c', '3', { standsFor: 'b' })],
    ],
    [
      'a couple',
      [
        use('a', '1', { disputeType: 'family.divorce' }),
        use('b', '1', { side: 'respondent', disputeType: 'family.divorce' }),
      ],
    ],
    [
      'a household against itself',
      [use('a', '1', { address: '同楼' }), use('b', '1', { side: 'respondent', address: '同楼' })],
    ],
  ])('is nothing of %s', (_, rows) => {
    expect(samePhone(rows)).toEqual([]);
  });

  describe('and device', () => {
    const signed = (rows: readonly UseRow[], network = '203.0.113.7') => rows.map((row) => ({ ...row, network }));
    it('is noticed within a day', () => {
      expect(sameDevice(signed(three), [])).toMatchObject([{ kind: 'same-device', disputeIds: ['1', '2', '3'] }]);
    });
    it.each(['127.0.0.1', '10.1.2.3', '192.168.1.5', '172.20.0.1', '100.64.3.3', '::1', 'fd00::1', '::ffff:127.0.0.1'])(
      'is nothing at the inner address %s',
      (network) => {
        expect(sameDevice(signed(three, network), [])).toEqual([]);
      },
    );
    it('is nothing at the center, in one household, or on different days', () => {
      expect(sameDevice(signed(three), ['203.0.113.7'])).toEqual([]);
      expect(sameDevice(signed(three.map((row) => ({ ...row, address: 'one' }))), [])).toEqual([]);
      const days = three.map((row, i) => ({ ...row, at: new Date(at('09:00').getTime() + i * 86_400_000) }));
      expect(sameDevice(signed(days), [])).toEqual([]);
    });
  });
});

describe('nearly the same text', () => {
  const LONG =
    '申请人称被申请人在楼道堆放旧家具和纸箱多年，影响通行和消防安全，多次劝说无果。被申请人承认堆放，但称家中狭小确无处可放，愿意在月底以前清走，请社区协助联系废品站上门收取。';
  const text = (disputeId: string, row: Partial<TextRow> = {}): TextRow => ({
    disputeId,
    kind: 'session',
    text: LONG,
    writer: 'one',
    parties: [disputeId],
    ...row,
  });
  const fresh = new Set(['1']);

  it('is noticed, also with other names in it', () => {
    const [found] = nearIdentical([text('1'), text('2', { text: LONG.replace('申请人', '王某') })], fresh, []);
    expect(found).toMatchObject({ kind: 'near-identical', disputeIds: ['1', '2'], facts: { text: 'session' } });
    expect(found?.explanation[0]).toMatch(/^2件事项的调解笔录有(?:8[5-9]|9\d)%以上相同/);
    const [same] = nearIdentical([text('1'), text('2')], fresh, []);
    expect(same?.explanation[0]).toBe('2件事项的调解笔录完全相同（常用语已去掉）。');
  });

  it.each<[string, TextRow[], string[]]>([
    ['another kind of text', [text('1'), text('2', { kind: 'facts' })], []],
    ['matters of the same people', [text('1', { parties: ['x', 'a'] }), text('2', { parties: ['x', 'b'] })], []],
    ['short texts', [text('1', { text: '双方自愿达成协议。' }), text('2', { text: '双方自愿达成协议。' })], []],
    ['phrases of the house', [text('1'), text('2')], [LONG.slice(0, 60)]],
    ['what three writers use', [text('1'), text('2', { writer: 'two' }), text('3', { writer: 'three' })], []],
    ['matters that nothing happened to', [text('2'), text('3')], []],
    ['other words', [text('1'), text('2', { text: Array.from(LONG).reverse().join('') })], []],
  ])('is nothing of %s', (_, rows, phrases) => {
    expect(nearIdentical(rows, fresh, phrases)).toEqual([]);
  });
});

describe('impossible times and places', () => {
  const here = (disputeId: string, row: Partial<PresenceRow> = {}): PresenceRow => ({
    disputeId,
    accountId: 'one',
    name: '刘调解',
    mode: 'on-site',
    place: `place ${disputeId}`,
    from: at('09:00'),
    to: at('11:00'),
    ...row,
  });
  const fresh = new Set(['1', '2']);

  it('are one person at two places', () => {
    expect(twoPlaces([here('1'), here('2', { from: at('10:00'), to: at('12:00') })], fresh)).toMatchObject([
      { kind: 'impossible-time', disputeIds: ['1', '2'], facts: { minutes: 60 } },
    ]);
  });

  it.each<[string, Partial<PresenceRow>]>([
    ['by telephone', { mode: 'phone' }],
    ['by video', { mode: 'video' }],
    ['at one place', { place: 'place　1' }],
    ['another person', { accountId: 'two' }],
    ['one after the other', { from: at('11:00'), to: at('12:00') }],
    ['ten minutes of slack', { from: at('10:50'), to: at('12:00') }],
    ['one matter', { disputeId: '1', place: 'elsewhere' }],
  ])('are not %s', (_, row) => {
    expect(twoPlaces([here('1'), here('2', row)], fresh)).toEqual([]);
  });

  it('are a signature after death, not on the day itself or before', () => {
    const signed = (signedOn: string) =>
      signedAfterDeath([{ disputeId: '1', markId: 'm', diedOn: '2026-09-10', signedOn }]);
    expect([signed('2026-09-11').length, signed('2026-09-10').length, signed('2026-09-01').length]).toEqual([1, 0, 0]);
  });

  it('are many words in no time, not few words or more time', () => {
    const session = (to: Date, entries: number) =>
      saidTooFast([{ disputeId: '1', sessionId: 's', from: at('09:00'), to, entries }]).length;
    expect([session(at('09:02:59'), 5), session(at('09:03'), 5), session(at('09:01'), 4)]).toEqual([1, 0, 0]);
  });
});

describe('a burst', () => {
  const closed = (n: number, row: (i: number) => Partial<WorkRow> = () => ({})): WorkRow[] =>
    Array.from({ length: n }, (_, i) => ({
      disputeId: String(i),
      work: 'closing',
      accountId: 'one',
      name: '刘调解',
      at: at(`${String(8 + i).padStart(2, '0')}:00`),
      parties: [`party ${String(i)}`],
      ...row(i),
    }));

  it('is ten affairs closed by one in a day, and five recorded in ten minutes', () => {
    expect(bursts(closed(10))).toMatchObject([{ kind: 'burst', facts: { affairs: 10 } }]);
    const recorded = closed(5, (i) => ({ work: 'record', at: new Date(at('09:00').getTime() + i * 60_000) }));
    expect(bursts(recorded)).toMatchObject([{ facts: { work: 'record', affairs: 5 } }]);
  });

  it('is not nine, not of several people, not over days, not many matters of the same people', () => {
    expect(bursts(closed(9))).toEqual([]);
    expect(bursts(closed(10, (i) => ({ accountId: String(i % 2) })))).toEqual([]);
    expect(bursts(closed(10, (i) => ({ at: new Date(at('09:00').getTime() + i * 86_400_000) })))).toEqual([]);
    expect(bursts(closed(14, () => ({ parties: ['the landlord'] })))).toEqual([]);
    const slowly = closed(5, (i) => ({ work: 'record', at: new Date(at('09:00').getTime() + i * 180_000) }));
    expect(bursts(slowly)).toEqual([]);
  });
});

describe('a denial', () => {
  const said = (row: Partial<WordRow>): WordRow => ({
    disputeId: '1',
    wordId: 'w',
    by: 'call-back',
    denies: false,
    isSolved: true,
    wasClosedAsSolved: true,
    confirmedBy: 'phone',
    isReopened: false,
    saidOn: '2026-09-18',
    ...row,
  });

  it.each<[string, Partial<WordRow>, number]>([
    ['that there was any dispute', { denies: true, isSolved: null }, 1],
    ['at a call-back that it is solved', { isSolved: false }, 1],
    ['on its own page what it is said to have confirmed', { by: 'party', isSolved: false }, 1],
    ['nothing', {}, 0],
    ['nothing, as it did not answer', { isSolved: null }, 0],
    ['what the file does not say either', { isSolved: false, wasClosedAsSolved: false }, 0],
    ['what has been taken up again', { isSolved: false, isReopened: true }, 0],
    ['on its own page what nobody said that it confirmed', { by: 'party', isSolved: false, confirmedBy: null }, 0],
  ])('is heard where the party denies %s', (_, row, count) => {
    expect(denials([said(row)])).toHaveLength(count);
  });
});
