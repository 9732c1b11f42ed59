import { packInputs, unpackInputs } from './packed-inputs';

describe('what a paper was drawn from, as text', () => {
  it('comes back as it was: data, strokes and the bytes of pictures', () => {
    const bytes = Buffer.from([0, 255, 137, 80, 78, 71]);
    const inputs = {
      data: { name: '李建国', amount: 1250000, nested: [{ a: null }] },
      marks: {
        'party-1': [
          { kind: 'strokes' as const, strokes: [[{ x: 1, y: 2, t: 3, p: 0.5 }]], signedOn: '2026-09-18' },
          { kind: 'fingerprint' as const, bytes },
        ],
      },
      glyphPictures: { 𱍐: bytes },
    };
    expect(unpackInputs(packInputs(inputs))).toEqual(inputs);
    expect(unpackInputs(packInputs({ data: {}, marks: undefined, glyphPictures: {} }))).toEqual({
      data: {},
      marks: undefined,
      glyphPictures: {},
    });
  });
});
