import { reconcile } from '../../web/src/acts/reconcile';

describe('a form that somebody else has overtaken', () => {
  const base = { name: '李建国', phone: '1', tags: ['甲'] };

  it('takes over what only the other changed, and keeps what only I typed', () => {
    expect(reconcile(base, { name: '李建民' }, { ...base, phone: '2' })).toEqual({
      typed: { name: '李建民' },
      takenOver: [{ pointer: '/phone', before: '1', now: '2' }],
      kept: ['/name'],
      differences: [],
    });
  });

  it('asks where both changed the same, with mine in place until then', () => {
    const { typed, differences, takenOver, kept } = reconcile(base, { name: '李建民' }, { ...base, name: '李建华' });
    expect(typed).toEqual({ name: '李建民' });
    expect(differences).toEqual([{ pointer: '/name', base: '李建国', mine: '李建民', theirs: '李建华' }]);
    expect([takenOver, kept]).toEqual([[], []]);
  });

  it('has nothing to ask where both typed the same, and leaves own words alone', () => {
    expect(reconcile(base, { name: '李建民' }, { ...base, name: '李建民' })).toMatchObject({
      typed: {},
      differences: [],
      kept: [],
    });
    expect(reconcile({}, { reason: '等待鉴定' }, {})).toEqual({
      typed: { reason: '等待鉴定' },
      takenOver: [],
      kept: ['/reason'],
      differences: [],
    });
  });

  it('does not bring back what the other emptied, nor empty what the other wrote', () => {
    expect(reconcile(base, {}, { name: '李建国', tags: ['甲'] }).takenOver).toEqual([
      { pointer: '/phone', before: '1', now: undefined },
    ]);
    expect(reconcile(base, { phone: null }, { ...base, phone: '2' }).differences).toHaveLength(1);
  });
});
