import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

describe('names of the wire (the sources)', () => {
  it('belong to one class each: the description of the interface would keep only one of two', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) =>
      /\.(request|response)\.ts$/.test(f),
    );
    expect(files.length).toBeGreaterThan(20);
    const names = files.flatMap((file) =>
      [...readFileSync(join('src', file), 'utf8').matchAll(/^(?:export )?class (\w+)/gm)].map(
        (found) => found[1] ?? '',
      ),
    );
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });
});
