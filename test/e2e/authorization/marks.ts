import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FixtureMatter, MarkKind } from '../../support/fixture-matters';
import { isInstalled, run } from '../../support/sealing-fixtures';
import { type Agency, RELATIONS, levelOf, sees } from './model';
import type { Answer } from './wire';

/** Which words of a matter an account may meet, by the model. A stranger meets none. */
export function mayMeet(key: string | null, matter: FixtureMatter, agencyOf: (id: string) => Agency): MarkKind[] {
  const relation = RELATIONS[matter.name];
  if (!relation || key === null) return [];
  const level = levelOf(key, relation);
  const [summons] = matter.objects.get('summons') ?? [];
  const [leading] = matter.objects.get('summons-tasks') ?? [];
  const asked = (summons?.agencyIds ?? []).map(agencyOf);
  const led = (leading?.agencyIds ?? []).map(agencyOf);
  return [
    ...(level === 'none' ? [] : (['header'] as const)),
    ...(level === 'full' ? (['content'] as const) : []),
    ...(sees(key, relation, 'serving') ? (['mediator'] as const) : []),
    ...(sees(key, relation, 'header', asked) ? (['brief'] as const) : []),
    ...(sees(key, relation, 'header', led) ? (['reply'] as const) : []),
  ];
}

/** Reads answers for words: bodies, headers with their encoded file names, and what is printed in a PDF. */
export class AnswerReader {
  private readonly folder = mkdtempSync(join(tmpdir(), 'answers-'));
  private readonly printed = new Map<string, string>();
  readonly readsPdf = isInstalled('pdftotext', '-v');

  textOf({ bytes, headers }: Answer): string {
    const isPdf = bytes.subarray(0, 5).toString('latin1') === '%PDF-';
    return `${decoded(headers)}\n${bytes.toString('utf8')}${isPdf && this.readsPdf ? this.print(bytes) : ''}`;
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private print(bytes: Buffer): string {
    const digest = createHash('sha256').update(bytes).digest('hex');
    const known = this.printed.get(digest);
    if (known !== undefined) return known;
    const file = join(this.folder, `${digest}.pdf`);
    writeFileSync(file, bytes);
    const text = run('pdftotext', ['-raw', file, '-']).output.replace(/\s/g, '');
    this.printed.set(digest, text);
    return text;
  }
}

function decoded(headers: string): string {
  return headers.replace(/(?:%[0-9A-Fa-f]{2})+/g, (encoded) => decodeURIComponent(encoded));
}

/** Words of matters in the text that the account may not meet, as `matter kind`. */
export function leaksIn(
  text: string,
  key: string | null,
  scene: readonly FixtureMatter[],
  agencyOf: (id: string) => Agency,
): string[] {
  return scene.flatMap((matter) => {
    const allowed = mayMeet(key, matter, agencyOf);
    const words = (Object.entries(matter.marks) as [MarkKind, string][])
      .filter(([kind, word]) => !allowed.includes(kind) && text.includes(word))
      .map(([kind]) => `${matter.name} ${kind}`);
    return [...words, ...matter.canaries.filter((n) => text.includes(n)).map(() => `${matter.name} personal number`)];
  });
}
