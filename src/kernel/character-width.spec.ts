import { foldWidth } from './character-width';

describe('foldWidth', () => {
  it('turns full-width ASCII and the ideographic space into ASCII', () => {
    expect(foldWidth('１２３ＡＢｃ－（）\u3000～')).toBe('123ABc-() ~');
  });

  it('leaves ideographs alone, compatibility ideographs too', () => {
    // U+F9D1 and U+516D are drawn alike; NFKC would merge them and change the name on the paper.
    expect(foldWidth('\uF9D1〇𠮷\u{2F800}。')).toBe('\uF9D1〇𠮷\u{2F800}。');
  });
});
