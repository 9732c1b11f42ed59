import { sentencesOf, spokenText } from '../../web/src/ui/spoken-text';

describe('a text as a voice says it', () => {
  it.each([
    ['返还借款，10,000.00元，2027-03-01前', '返还借款，10000元，2027年3月1日前'],
    ['人民币壹万元整（¥10,000.00）', '人民币壹万元整（10000元）'],
    ['每期1,800.50元', '每期1800元5角'],
    ['尾款¥0.05', '尾款0元零5分'],
    ['合计600.01元', '合计600元零1分'],
    ['合计12.34 元', '合计12元3角4分'],
    ['共1,200户', '共1200户'],
    ['新城人调字〔2026〕12号', '新城人调字2026年12号'],
    ['电话0471-6600001', '电话0471-6600001'],
  ])('%s', (written, spoken) => {
    expect(spokenText(written)).toBe(spoken);
  });

  it('comes sentence by sentence and line by line, nothing left out', () => {
    expect(sentencesOf('借款合同纠纷\n编号 3\n\n一次付清。付清后再无争议；各方签名')).toEqual([
      '借款合同纠纷',
      '编号 3',
      '一次付清。',
      '付清后再无争议；',
      '各方签名',
    ]);
  });
});
