import { ledgerLight, ledgerState, type LedgerKind } from './ledger';

const at = (local: string): Date => new Date(`2026-12-${local}+08:00`);
const DUE = at('10T17:30:00');
const row = (changes: object = {}) => ({
  kind: 'summons-sign' as LedgerKind,
  currentDueAt: DUE as Date | null,
  metAt: null as Date | null,
  stoppedAt: null as Date | null,
  ...changes,
});

describe('where a deadline of the ledger stands', () => {
  it.each<[string, object, string, string]>([
    ['runs to the last instant', {}, '10T17:29:59', 'running'],
    ['is late from the first instant too late', {}, '10T17:30:00', 'late'],
    ['is over, and nobody late, where it was a right', { kind: 'judicial-confirmation' }, '10T17:30:00', 'over'],
    ['stands in a pause, however long', { currentDueAt: null }, '31T09:00:00', 'paused'],
    ['was met in time', { metAt: at('10T17:29:59') }, '31T09:00:00', 'met'],
    ['was met too late', { metAt: DUE }, '31T09:00:00', 'met-late'],
    ['was met in a pause', { currentDueAt: null, metAt: at('09T09:00:00') }, '31T09:00:00', 'met'],
    ['ended with its task', { stoppedAt: at('09T09:00:00') }, '31T09:00:00', 'stopped'],
  ])('%s', (_, changes, now, state) => {
    expect(ledgerState(row(changes), at(now))).toBe(state);
  });

  it('has a light only while it runs or stands', () => {
    const light = (state: Parameters<typeof ledgerLight>[0], now: string) =>
      ledgerLight(state, DUE, at('09T09:00:00'), at(now));
    expect([light('running', '08T09:00:00'), light('running', '09T09:00:00'), light('late', '11T09:00:00')]).toEqual([
      'green',
      'yellow',
      'red',
    ]);
    expect([light('paused', '11T09:00:00'), light('met', '11T09:00:00'), light('over', '11T09:00:00')]).toEqual([
      'grey',
      null,
      null,
    ]);
  });
});
