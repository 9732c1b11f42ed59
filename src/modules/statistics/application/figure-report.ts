import { Injectable } from '@nestjs/common';
import { formatLegalDateCn, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { WORD } from '../../../platform/http';
import { PaperEngine } from '../../../platform/pdf';
import { writeWord } from '../../../platform/word';
import { CHANNELS, DISPUTE_TYPES } from '../../disputes';
import { BASES, type Figure, LEVELS } from '../domain/figures';
import type { FigureQuestion } from './figure-question';
import { type Answer, byCn, cellsOf, FIGURE_HEADS, notesOf, periodCn, unitOf } from './figure-words';
import { Figures } from './figures';
import { namesOf } from './group-names';

export const REPORT_KINDS = { pdf: 'PDF', docx: 'Word' } as const;
export type ReportKind = keyof typeof REPORT_KINDS;

/** Rows of groups in one report; nobody reads more on paper. */
const MOST_ROWS = 2000;
const COLUMNS = [
  { weight: 22, align: 'left' },
  { weight: 11, align: 'right' },
  { weight: 9, align: 'right' },
  { weight: 9, align: 'right' },
  { weight: 24, align: 'left' },
  { weight: 10, align: 'right' },
  { weight: 10, align: 'right' },
] as const;
const NUMERALS = ['一', '二', '三'];

/** What is on the page of figures as a paper to sign and file: the question, the numbers, and how they were counted. */
@Injectable()
export class FigureReport {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly figures: Figures,
    private readonly engine: PaperEngine,
  ) {}

  async write(question: FigureQuestion & { readonly figure?: Figure }, kind: ReportKind) {
    const { document, createdAt, fileName } = await this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'statistics.export');
      tx.audit({
        act: 'statistics.export',
        objectType: 'statistics',
        chain: question.centerId ?? null,
        details: { ...question, kind },
      });
      const answer = await this.figures.compute(tx, question);
      if (answer.items.reduce((sum, { groups }) => sum + groups.length, 0) > MOST_ROWS)
        throw ruleViolation(
          'statistics.too-wide',
          '行数太多，不适合做成报告。请选定一个指标，或者导出 Excel。',
          '/figure',
        );
      return {
        document: documentOf(answer, await conditionsOf(tx, question, answer), {
          by: tx.actor.displayName ?? '',
          on: formatLegalDateCn(legalDateFromInstant(tx.now)),
        }),
        createdAt: tx.now,
        fileName: `统计指标报告${answer.from}至${answer.to}.${kind}`,
      };
    });
    if (kind === 'docx') return { bytes: await word(document, createdAt), mediaType: WORD, fileName };
    const { bytes } = await this.engine.renderPaper({ templateId: 'report-figures', createdAt, data: { ...document } });
    return { bytes, mediaType: 'application/pdf', fileName };
  }
}

type FigureDocument = ReturnType<typeof documentOf>;

function documentOf(answer: Answer, conditions: readonly string[], made: { readonly by: string; readonly on: string }) {
  const grid = (caption: string, first: string, rows: readonly (readonly (string | number | null)[])[]) => ({
    caption,
    columns: COLUMNS,
    head: [[first, ...FIGURE_HEADS].map((text) => ({ text, across: 1, down: 1 }))],
    rows: rows.map((row) => row.map((cell) => String(cell ?? ''))),
  });
  const grouped = answer.items.filter(({ groups }) => groups.length > 0);
  return {
    // Of several centers the scope below says whose it is.
    title: `${answer.centers.length > 1 ? '' : unitOf(answer)}统计指标报告`,
    subtitle: periodCn(answer),
    sections: [
      { heading: '统计范围', paragraphs: conditions, grids: [] },
      {
        heading: '各项指标',
        paragraphs: [],
        grids: [
          grid(
            '表　各项指标',
            '指标',
            answer.items.map((item) => [`${item.label}（${item.unit}）`, ...cellsOf(item)]),
          ),
        ],
      },
      ...(grouped.length === 0
        ? []
        : [
            {
              heading: `${byCn(answer)}分组`,
              paragraphs: [],
              grids: grouped.map(({ label, unit, groups, ...whole }) =>
                grid(`表　${label}（${unit}），${byCn(answer)}`, '分组', [
                  ...groups.map((g) => [g.name, ...cellsOf({ ...g, total: g.tally })]),
                  ['合计', ...cellsOf(whole)],
                ]),
              ),
            },
          ]),
    ].map((section, i) => ({ ...section, heading: `${NUMERALS[i] ?? ''}、${section.heading}` })),
    notes: notesOf(answer),
    signedBy: `制表人：${made.by}`,
    signedOn: made.on,
  };
}

const MOST_NAMED = 3;
const centersCn = (centers: Answer['centers']): string => {
  const names = centers.slice(0, MOST_NAMED).map(({ name }) => name);
  return `${names.join('、')}${centers.length > MOST_NAMED ? `等${centers.length}个中心` : ''}`;
};

/** The question in words. */
async function conditionsOf(tx: Tx, question: FigureQuestion, { centers }: Answer): Promise<string[]> {
  const { centerId, disputeType, channel, level, committeeId, mediatorId, agencyId, placeId } = question;
  const named = async (by: Parameters<typeof namesOf>[1], id: string): Promise<string> =>
    (await namesOf(tx, by, [id])).get(id) ?? '所选的一个';
  const word = (words: Readonly<Record<string, string>>, key: string): string => words[key] ?? key;
  const told: [string, string | undefined][] = [
    [
      '综治中心',
      centerId === undefined ? `本级及下级全部中心（${centersCn(centers)}）` : await named('center', centerId),
    ],
    ['归入期间', BASES[question.basis ?? 'period']],
    ['纠纷类型', disputeType === undefined ? undefined : word(DISPUTE_TYPES, disputeType)],
    ['来源', channel === undefined ? undefined : word(CHANNELS, channel)],
    ['化解层级', level === undefined ? undefined : word(LEVELS, level)],
    ['人民调解委员会', committeeId === undefined ? undefined : await named('committee', committeeId)],
    ['承办人', mediatorId === undefined ? undefined : await named('mediator', mediatorId)],
    ['联动单位', agencyId === undefined ? undefined : await named('agency', agencyId)],
    ['发生地', placeId === undefined ? undefined : await named('street', placeId)],
  ];
  return told.flatMap(([what, value]) => (value === undefined ? [] : [`${what}：${value}`]));
}

async function word(document: FigureDocument, createdAt: Date): Promise<Buffer> {
  const { title, subtitle, sections, notes, signedBy, signedOn } = document;
  return writeWord({
    title,
    subtitle,
    standing: '',
    isWide: true,
    isOfficial: false,
    createdAt,
    blocks: [
      ...sections.flatMap(({ heading, paragraphs, grids }) => [
        { kind: 'heading' as const, text: heading },
        ...paragraphs.map((text) => ({ kind: 'body' as const, text })),
        ...grids.flatMap((grid) => [
          { kind: 'note' as const, text: grid.caption },
          { kind: 'table' as const, ...grid },
        ]),
      ]),
      { kind: 'left' as const, text: `${signedBy}　${signedOn}` },
      ...notes.map((text) => ({ kind: 'note' as const, text })),
    ],
  });
}
