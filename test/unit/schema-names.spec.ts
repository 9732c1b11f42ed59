import { readFileSync, readdirSync } from 'node:fs';

/** Regression: of two classes of one name the OpenAPI description kept only one, and a client was told its bounds for both. */
it('no two classes of requests or responses share a name', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (f) => f.endsWith('.ts') && !f.endsWith('.spec.ts'),
  );
  const places = new Map<string, string[]>();
  for (const file of files) {
    for (const [, name = ''] of readFileSync(`src/${file}`, 'utf8').matchAll(
      /^(?:export )?class (\w+(?:Request|Response|Query))\b/gm,
    )) {
      places.set(name, [...(places.get(name) ?? []), file]);
    }
  }
  expect(places.size).toBeGreaterThan(100);
  expect([...places].filter(([, of]) => of.length > 1)).toEqual([]);
});
