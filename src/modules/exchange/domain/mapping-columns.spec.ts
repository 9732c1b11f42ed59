import { type MappedRecord, type MappingColumn, drawRows } from './mapping-columns';

const column = (row: Partial<MappingColumn>): MappingColumn => ({
  header: '列',
  source: 'title',
  format: 'text',
  codes: [],
  awaitsCodes: false,
  isNeeded: false,
  most: null,
  ...row,
});
const record = {
  registrationNumber: '登字1号',
  title: '漏水纠纷',
  closedOn: '2026-09-18',
  amount: 123_450,
  isSettled: true,
  place: null,
} as unknown as MappedRecord;
const drawn = (row: Partial<MappingColumn>) => {
  const { rows, faults } = drawRows([record], [column(row)]);
  return [rows[0]?.[0], faults.map(({ row: at, rule }) => [at, rule])];
};

describe('one record in the columns of a receiver', () => {
  it.each<[string, Partial<MappingColumn>, string, [number | null, string][]]>([
    ['as it is', {}, '漏水纠纷', []],
    ['a day in eight digits', { source: 'closedOn', format: 'compact-day' }, '20260918', []],
    ['money in yuan', { source: 'amount', format: 'yuan' }, '1234.50', []],
    ['yes as one', { source: 'isSettled', format: 'one-zero' }, '1', []],
    ['yes in words', { source: 'isSettled' }, '是', []],
    ['by its code', { codes: [{ from: '漏水纠纷', to: '07' }] }, '07', []],
    ['nothing, which is not needed', { source: 'place' }, '', []],
    ['nothing, though it is needed', { source: 'place', isNeeded: true }, '', [[1, 'missing']]],
    ['whole, though it is too long', { most: 3 }, '漏水纠纷', [[1, 'too-long']]],
    ['long enough', { most: 4 }, '漏水纠纷', []],
    ['no code of its own', { codes: [{ from: '其他', to: '99' }] }, '', [[1, 'unknown-code']]],
    ['what nobody records', { source: null, isNeeded: true }, '', [[null, 'unrecorded']]],
    ['a code that nobody has verified', { awaitsCodes: true, isNeeded: true }, '', [[null, 'awaits-codes']]],
  ])('writes %s', (_, row, text, faults) => {
    expect(drawn(row)).toEqual([text, faults]);
  });
});
