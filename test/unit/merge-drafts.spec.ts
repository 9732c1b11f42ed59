import { isSame, mergeDrafts, withValueAt } from '../../web/src/ui/merge-drafts';

describe('merging what two windows typed', () => {
  const base = { title: '漏水', narrative: '', parties: [{ name: '李建国' }, { name: '' }] };

  it('takes the changes of both where they touched different fields', () => {
    const mine = { ...base, narrative: '楼上漏水。' };
    const theirs = { ...base, title: '漏水纠纷' };
    expect(mergeDrafts(base, mine, theirs)).toEqual({
      value: { ...base, title: '漏水纠纷', narrative: '楼上漏水。' },
      differences: [],
    });
  });

  it('goes into rows and nested fields', () => {
    const mine = { ...base, parties: [{ name: '李建国', phone: '1' }, { name: '' }] };
    const theirs = { ...base, parties: [{ name: '李建国' }, { name: '张伟' }] };
    expect(mergeDrafts(base, mine, theirs)).toEqual({
      value: { ...base, parties: [{ name: '李建国', phone: '1' }, { name: '张伟' }] },
      differences: [],
    });
  });

  it('keeps mine and names the place where both changed the same', () => {
    const mine = { ...base, parties: [{ name: '李建国' }, { name: '张伟' }] };
    const theirs = { ...base, parties: [{ name: '李建国' }, { name: '张卫' }] };
    expect(mergeDrafts(base, mine, theirs)).toEqual({
      value: mine,
      differences: [{ pointer: '/parties/1/name', base: '', mine: '张伟', theirs: '张卫' }],
    });
  });

  it('takes a row list whole where the numbers of rows differ', () => {
    const mine = { ...base, parties: [...base.parties, { name: '王五' }] };
    const theirs = { ...base, parties: [{ name: '李建国' }] };
    expect(mergeDrafts(base, mine, theirs).differences).toEqual([
      { pointer: '/parties', base: base.parties, mine: mine.parties, theirs: theirs.parties },
    ]);
    expect(mergeDrafts(base, base, theirs)).toEqual({ value: theirs, differences: [] });
  });

  it('does not quarrel over nothing: absent, null and empty are the same', () => {
    expect(isSame({ a: '', b: 1 }, { b: 1 })).toBe(true);
    expect(isSame({ b: 1, a: { d: 2, c: 3 } }, { a: { c: 3, d: 2 }, b: 1 })).toBe(true);
    expect(isSame({ a: 0 }, {})).toBe(false);
    expect(mergeDrafts({}, { a: '' }, { a: null }).differences).toEqual([]);
  });

  it('deletes what one side emptied, and asks when the other wrote on', () => {
    expect(mergeDrafts({ a: '字' }, { a: '' }, { a: '字' })).toEqual({ value: { a: '' }, differences: [] });
    expect(mergeDrafts({ a: '字' }, { a: '' }, { a: '字句' }).differences).toHaveLength(1);
  });

  it('puts a choice back in its place', () => {
    expect(withValueAt(base, '/parties/1/name', '张卫')).toEqual({
      ...base,
      parties: [{ name: '李建国' }, { name: '张卫' }],
    });
    expect(withValueAt({ a: 1 }, '/b/c', 2)).toEqual({ a: 1, b: { c: 2 } });
    expect(withValueAt('x', '', 'y')).toBe('y');
  });
});
