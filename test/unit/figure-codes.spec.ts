import { FIGURES_BY_CODE, NOTES_BY_CODE } from '../../migrations/1763600000056-figure-facts';
import { FIGURE_CODES, NOTE_CODES } from '../../src/modules/statistics/domain/figures';

describe('codes of figures', () => {
  it('are the same in the program and in the database', () => {
    expect(FIGURES_BY_CODE).toEqual(FIGURE_CODES);
    for (const [note, code] of Object.entries(NOTES_BY_CODE))
      expect([note, NOTE_CODES[note as 'late']]).toEqual([note, code]);
  });
});
