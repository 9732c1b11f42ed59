import { SearchableText } from './phrase-search';

describe('SearchableText', () => {
  it('finds every match with its place in the text as written', () => {
    expect(new SearchableText('不得起诉，不得\u200B起 诉。').find(/不得起诉/g)).toEqual([
      { position: 0, word: '不得起诉' },
      { position: 5, word: '不得\u200B起 诉' },
    ]);
  });

  it('counts code units, so that a slice of the text gives the word', () => {
    const text = ' 𠮷\n𬱖 某';
    const [match] = new SearchableText(text).find(/𬱖某/gu);
    expect(match).toEqual({ position: 4, word: '𬱖 某' });
    expect(text.slice(4, 8)).toBe('𬱖 某');
  });

  it('finds nothing in nothing', () => {
    expect(new SearchableText('').find(/不得/g)).toEqual([]);
  });
});
