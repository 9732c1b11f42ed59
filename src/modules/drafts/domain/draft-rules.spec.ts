import { CONTENT_BYTES, contentRefusal, isDraftKey } from './draft-rules';

describe('what a draft may be', () => {
  it.each(['disputes.register:new', 'intake:0194f7f2-c0de-7000-a1b2-c3d4e5f60718', 'act:disputes.triage:a1'])(
    'takes the key %s',
    (key) => {
      expect(isDraftKey(key)).toBe(true);
    },
  );

  it.each([
    '',
    'x',
    'null',
    '__proto__',
    'intake',
    'intake:',
    ':new',
    'intake:新',
    'intake:a/b',
    `a:${'b'.repeat(200)}`,
  ])('refuses the key %s', (key) => {
    expect(isDraftKey(key)).toBe(false);
  });

  it('counts bytes, not characters: 66,700 ideographs are more than 200 kB', () => {
    const content = (length: number): string => JSON.stringify({ a: '长'.repeat(length) });
    expect(contentRefusal(content(66_600))).toBeNull();
    expect(contentRefusal(content(66_700))).toBe('too-long');
    expect(CONTENT_BYTES).toBe(200_000);
  });

  it('takes one JSON object and nothing else', () => {
    expect(['{}', '{"a":1}', '[]', 'null', '"a"', '{', ''].map(contentRefusal)).toEqual([
      null,
      null,
      'not-json',
      'not-json',
      'not-json',
      'not-json',
      'not-json',
    ]);
  });
});
