import { parsed, refused, unwrap } from './parse-result';

describe('unwrap', () => {
  it('gives the value', () => {
    expect(unwrap(parsed(7))).toBe(7);
  });

  it('throws the code of a refusal', () => {
    expect(() => unwrap(refused('thing.missing', '请填写。'))).toThrow(new RangeError('thing.missing: 请填写。'));
  });
});
