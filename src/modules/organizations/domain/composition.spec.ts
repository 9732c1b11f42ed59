import { type CommitteeSeat, compositionWarnings } from './composition';
import { mayHangUnder } from './dictionaries';

const seat = (change: Partial<CommitteeSeat> = {}): CommitteeSeat => ({
  engagement: 'member',
  sex: 'male',
  ethnicity: '汉族',
  ...change,
});

describe('composition of a committee (People’s Mediation Law art. 8)', () => {
  it('is content with three members, a woman and a minority member among them', () => {
    expect(compositionWarnings([seat(), seat({ sex: 'female' }), seat({ ethnicity: '蒙古族' })])).toEqual([]);
  });

  it('counts members only, not engaged mediators', () => {
    const engaged = seat({ engagement: 'engaged', sex: 'female', ethnicity: '蒙古族' });
    expect(compositionWarnings([seat(), seat(), engaged]).map((w) => w.code)).toEqual([
      'too-few-members',
      'no-woman',
      'no-minority-member',
    ]);
  });

  it('warns above nine', () => {
    const ten = [...Array.from({ length: 8 }, () => seat()), seat({ sex: 'female' }), seat({ ethnicity: '回族' })];
    expect(compositionWarnings(ten).map((w) => w.code)).toEqual(['too-many-members']);
  });
});

describe('levels of administrative units', () => {
  it('hang a lower under a higher, never the other way round', () => {
    expect(mayHangUnder('grid', 'community')).toBe(true);
    expect(mayHangUnder('grid', 'district')).toBe(true);
    expect(mayHangUnder('street', 'community')).toBe(false);
    expect(mayHangUnder('street', 'street')).toBe(false);
    expect(mayHangUnder('district', null)).toBe(true);
    expect(mayHangUnder('grid', null)).toBe(false);
  });
});
