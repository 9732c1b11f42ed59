/** Where a phrase stands in the text as written. */
export interface PhraseMatch {
  /** Index of the UTF-16 code unit in the text. */
  readonly position: number;
  /** As written, white space inside included. */
  readonly word: string;
}

/** White space and invisible characters, which scans and line breaks leave inside words. */
const ignorable = /[\s\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/;

/**
 * Finds phrases in running Chinese text, also where white space or a line break splits a word.
 * Matches of one pattern do not overlap; patterns need the `g` flag and bounded repetition.
 */
export class SearchableText {
  private readonly condensed: string;
  /** For each code unit of the condensed text its index in the text. */
  private readonly origin: readonly number[];

  constructor(private readonly text: string) {
    const origin: number[] = [];
    let condensed = '';
    for (let i = 0; i < text.length; i += 1) {
      const unit = text.charAt(i);
      if (ignorable.test(unit)) continue;
      condensed += unit;
      origin.push(i);
    }
    this.condensed = condensed;
    this.origin = origin;
  }

  find(pattern: RegExp): PhraseMatch[] {
    return Array.from(this.condensed.matchAll(pattern), (match) => {
      const position = this.origin[match.index] ?? 0;
      const last = this.origin[match.index + match[0].length - 1] ?? position;
      return { position, word: this.text.slice(position, last + 1) };
    });
  }
}
