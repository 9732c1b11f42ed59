import { redacted } from './redaction';

const ID = '11010519491231002X';

describe('a paper for those outside', () => {
  it.each([
    [`身份证${ID}。`, '11010519491231'],
    ['身份证 110105 19491231 002X', '19491231'],
    ['电话138 0000 1234', '0000 1234'],
    ['电话0471-6612345', '6612345'],
    ['卡号6222 0212 3456 7890 123', '3456 7890'],
  ])('%s', (text, gone) => {
    expect(redacted({ facts: text }, new Map()).facts).not.toContain(gone);
  });

  it('hides what the record knows wherever it stands, the longer before the shorter', () => {
    const hidden = new Map([
      ['P123', '****23'],
      ['P1234567', '******67'],
      ['李小明', '李某某'],
    ]);
    expect(redacted({ a: ['护照P1234567', { b: '李小明之子' }], amount: 12_500 }, hidden)).toEqual({
      a: ['护照******67', { b: '李某某之子' }],
      amount: 12_500,
    });
  });

  it('masks what stands in a field of numbers whatever its form, and keeps the number of the case', () => {
    const data = { idNumber: 'A-77', phone: '8号线路', number: '1501022026091800001' };
    expect(redacted(data, new Map())).toEqual({ idNumber: '****77', phone: '****线路', number: data.number });
  });

  it('leaves days, amounts and the telephone of an office as they are', () => {
    const data = {
      on: '2026-01-16',
      at: '2026-01-16T01:00:00.000Z',
      facts: '共360000.00元',
      supervision: '0471-6600001',
    };
    expect(redacted(data, new Map())).toEqual(data);
  });
});
