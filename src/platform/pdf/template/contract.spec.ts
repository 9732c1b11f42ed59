import { checkData, contractSchema, ContractShapeError, exampleData, readContract } from './contract';

const contract = readContract({
  title: { type: 'line', label: '标题', example: '协议' },
  note: { type: 'text', label: '说明', optional: true },
  amount: { type: 'money', label: '金额', example: 100 },
  dueOn: { type: 'date', label: '期限', example: '2026-01-31' },
  kind: { type: 'choice', label: '类别', values: { a: '甲类', b: '乙类' }, example: 'a' },
  parties: {
    type: 'list',
    label: '当事人',
    min: 2,
    max: 3,
    item: { type: 'group', label: '当事人', fields: { name: { type: 'name', label: '姓名', example: '孙志强' } } },
  },
});
const good = exampleData(contract);

describe('data contract', () => {
  it('accepts its own example', () => {
    expect(checkData(contract, good)).toEqual([]);
  });

  it.each([
    ['a missing field', { title: undefined }, '/title', '“标题”没有填写'],
    ['a blank field', { title: ' ' }, '/title', '“标题”没有填写'],
    ['a line break in a line', { title: 'a\nb' }, '/title', '“标题”第2个字符（U+000A）'],
    ['a control character', { note: 'a\u0007b' }, '/note', '控制字符'],
    ['a broken surrogate', { note: 'a\ud842' }, '/note', '残缺'],
    ['an amount in yuan', { amount: 12.5 }, '/amount', '以分为单位'],
    ['a negative amount', { amount: -1 }, '/amount', '以分为单位'],
    ['a day that does not exist', { dueOn: '2026-02-30' }, '/dueOn', '不是存在的日期'],
    ['an unknown choice', { kind: 'c' }, '/kind', '甲类、乙类'],
    ['a choice that is a property of objects', { kind: 'constructor' }, '/kind', '甲类、乙类'],
    ['too few parties', { parties: [{ name: '甲' }] }, '/parties', '至少要有2项，现在只有1项'],
    ['too many parties', { parties: [1, 2, 3, 4].map((i) => ({ name: `甲${i}` })) }, '/parties', '最多3项'],
    [
      'a party without a name',
      { parties: [{ name: '甲' }, { name: '' }] },
      '/parties/1/name',
      '“当事人”第2项“姓名”没有填写',
    ],
    ['something the template does not know', { extra: 1 }, '/extra', '多出了模板没有的内容“extra”'],
  ])('refuses %s', (_, change, pointer, detail) => {
    const errors = checkData(contract, { ...good, ...change });
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ pointer, detail: expect.stringContaining(detail) as string });
  });

  it('is exported as JSON Schema', () => {
    expect(contractSchema(contract)).toMatchObject({
      type: 'object',
      additionalProperties: false,
      required: ['title', 'amount', 'dueOn', 'kind', 'parties'],
      properties: {
        amount: { title: '金额', type: 'integer', minimum: 0 },
        kind: { enum: ['a', 'b'] },
        parties: { type: 'array', minItems: 2, maxItems: 3, items: { properties: { name: { title: '姓名' } } } },
      },
    });
  });

  it.each([
    [{ a: { type: 'txt', label: '甲' } }, 'type“txt”不认识'],
    [{ a: { type: 'text' } }, '缺少中文说明'],
    [{ a: { type: 'date', label: '甲', example: '2026-02-30' } }, '示例不合要求'],
    [{ a: { type: 'text', label: '甲', example: 'x', optonal: true } }, '多余的设置“optonal”'],
  ])('refuses the contract %j', (raw, message) => {
    expect(() => readContract(raw)).toThrow(ContractShapeError);
    expect(() => readContract(raw)).toThrow(message);
  });
});
