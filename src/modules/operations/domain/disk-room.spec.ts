import { leastFreeBytes } from './disk-room';

const GIB = 1024 ** 3;

describe('room on the disk', () => {
  it.each([
    ['a small disk: a twentieth', 20, 1],
    ['where both are one', 100, 5],
    ['a large disk: no more than 5 GiB', 4096, 5],
  ])('%s', (_, total, least) => {
    expect(leastFreeBytes(total * GIB)).toBe(least * GIB);
  });
});
