import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { StrokeMark } from '../../src/platform/pdf/paint/marks';
import { run } from './sealing-fixtures';

export const TEMPLATES = resolve('templates');
export const CREATED_AT = new Date('2026-01-16T09:30:00+08:00');

/** A cache shared by the spec files of one run of this machine. */
export const FONT_CACHE = join(tmpdir(), 'paper-font-cache');

/** Data of an agreement between parties of these names, all owing the first one money. */
export function anAgreement(names: readonly string[], change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    number: '新城人调字〔2026〕12号',
    disputeName: '孙家院落继承纠纷',
    committee: '呼和浩特市新城区东街街道人民调解委员会',
    parties: names.map((name, i) => ({
      slot: `party-${i + 1}`,
      kind: 'person',
      name,
      sex: i % 2 === 0 ? '男' : '女',
      ethnicity: '蒙古族',
      age: 40 + i,
      idNumber: '11010519491231002X',
      phone: '13800000000',
      address: `呼和浩特市新城区东街${i + 1}号`,
    })),
    facts: '父母去世后遗有平房一处，未立遗嘱，就房屋的居住、修缮费用和拆迁补偿款的分配发生争议。',
    clauses: ['拆迁补偿款由各方当事人等额分配。', '修缮费用由各方当事人等额分担。'],
    obligations: names.slice(1).map((obligor, i) => ({
      obligor,
      obligee: names[0],
      content: '支付修缮费用',
      amount: 1_250_000 + i,
      dueOn: '2026-03-31',
      place: '东街社区居民委员会',
      manner: '银行转账，一次付清',
    })),
    breach: '任何一方不履行本协议的，应当继续履行并赔偿损失。',
    copies: names.length + 1,
    mediators: [{ slot: 'mediator-1', name: '王秀兰' }],
    recorder: { slot: 'recorder', name: '李娜' },
    signedOn: '2026-01-16',
    ...change,
  };
}

export const SIBLINGS = ['孙志强', '孙志华', '孙志芳', '孙志兰', '孙志军', '孙志梅'];

/** Two strokes of a pen. */
export function aSignature(): StrokeMark {
  const stroke = (dx: number): StrokeMark['strokes'][number] =>
    Array.from({ length: 20 }, (_, i) => ({
      x: dx + i * 4,
      y: 40 + 30 * Math.sin(i / 3),
      t: i * 16,
      p: 0.3 + 0.02 * i,
    }));
  return { kind: 'strokes', strokes: [stroke(0), stroke(100)], signedOn: '2026-01-16' };
}

/** A red PNG of 2 × 2 pixels. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==',
  'base64',
);

/** The text that a reader gets out of the paper with pdftotext, without blanks and line ends. */
export function textOf(bytes: Uint8Array): string {
  const file = fileOf(bytes);
  const { output } = run('pdftotext', ['-raw', file, '-']);
  rmSync(dirname(file), { recursive: true });
  return output.replace(/\s/g, '');
}

/**
 * The text in the order of the structure, where a cell of a table is one piece however its lines were broken, and then as
 * `textOf` gives it, which adds the feet of the pages.
 */
export function wholeTextOf(bytes: Uint8Array): string {
  const file = fileOf(bytes);
  const { output } = run('pdfinfo', ['-struct-text', file]);
  rmSync(dirname(file), { recursive: true });
  const structure = [...output.matchAll(/^ *"(.*)"$/gm)].map(([, piece]) => piece).join('');
  return `${structure.replace(/\s/g, '')}\n${textOf(bytes)}`;
}

/** The paper as a file for tools. */
export function fileOf(bytes: Uint8Array): string {
  const file = join(mkdtempSync(join(tmpdir(), 'paper-')), 'paper.pdf');
  writeFileSync(file, bytes);
  return file;
}
