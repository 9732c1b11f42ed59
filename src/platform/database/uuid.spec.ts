import { uuidv7 } from './uuid';

describe('ids', () => {
  it('ascend, however many are made within a millisecond, and are of version 7', () => {
    const ids = Array.from({ length: 20_000 }, () => uuidv7());
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids.slice(0, 100))
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('say when they were made, to a few milliseconds', () => {
    const made = Number.parseInt(uuidv7().replaceAll('-', '').slice(0, 12), 16);
    expect(Math.abs(made - Date.now())).toBeLessThan(100);
  });
});
