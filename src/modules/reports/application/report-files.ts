import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { writeFormTable } from '../../../platform/excel';
import { EXCEL, WORD } from '../../../platform/http';
import { PaperEngine } from '../../../platform/pdf';
import { type WordBlock, writeWord } from '../../../platform/word';
import { type Form, FORMS, STATES } from '../domain/forms';
import { periodName } from '../domain/periods';
import type { ReportChart, ReportDocument } from '../domain/report-document';
import { gridOf } from '../domain/statutory-document';
import { columnsOf } from './counted-columns';
import { type Counted, Counting } from './counting';
import { periodOf, Reports } from './reports';

export const FILE_KINDS = { xlsx: 'Excel', pdf: 'PDF', docx: 'Word' } as const;
export type FileKind = keyof typeof FILE_KINDS;

const MEDIA: Readonly<Record<FileKind, string>> = { xlsx: EXCEL, pdf: 'application/pdf', docx: WORD };
const TEMPLATES: Readonly<Record<Form, string>> = {
  'statutory-1': 'report-statutory',
  'statutory-2': 'report-statutory',
  weekly: 'report-weekly',
  monthly: 'report-monthly',
  bulletin: 'report-bulletin',
};
/** Over the definitions, after the signature; the templates of written reports say the same. */
const ANNEX = '附：统计口径和说明';
/** Width of the text on a sheet of Word, points. */
const TEXT_WIDTH = 440;

interface Drawn {
  readonly form: Form;
  readonly document: ReportDocument;
  readonly counted: Counted;
  /** 草稿, or nothing once it is frozen. */
  readonly standing: string;
  readonly createdAt: Date;
}

/** A report as a file, all kinds from the same document. The transaction reads; what is slow is drawn after it. */
@Injectable()
export class ReportFiles {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reports: Reports,
    private readonly counting: Counting,
    private readonly engine: PaperEngine,
  ) {}

  async write(id: string, kind: FileKind) {
    const { period, ...drawn } = await this.unitOfWork.run(async (tx) => {
      const report = await this.reports.get(tx, id, 'reports.download');
      const counted = await this.counting.table(tx, report);
      const { form, centerId, state, frozenAt } = report;
      tx.audit({
        act: 'reports.download',
        objectType: 'report',
        objectId: id,
        chain: centerId,
        details: { kind, state },
      });
      return {
        form,
        counted,
        document: await this.reports.document(tx, report, counted),
        standing: state === 'frozen' ? '' : STATES.draft,
        createdAt: frozenAt ?? tx.now,
        period: periodName(periodOf(report)),
      };
    });
    const { title } = drawn.document;
    const named = title.includes(period) ? title : `${title}（${period}）`;
    return {
      bytes: await this.draw(kind, drawn),
      mediaType: MEDIA[kind],
      fileName: `${named}${drawn.standing}.${kind}`,
    };
  }

  private async draw(kind: FileKind, drawn: Drawn): Promise<Buffer> {
    if (kind === 'xlsx') return sheetOf(drawn);
    return kind === 'pdf' ? this.paper(drawn) : this.word(drawn);
  }

  private async paper({ form, document, standing, createdAt }: Drawn): Promise<Buffer> {
    const { title, subtitle, sections, notes, signedBy, signedOn } = document;
    const { bytes } = await this.engine.renderPaper({
      templateId: TEMPLATES[form],
      createdAt,
      data: {
        ...(standing === '' ? {} : { standing }),
        title,
        ...(subtitle === '' ? {} : { subtitle }),
        sections: sections.map(({ heading, paragraphs, grid, chart }) => ({ heading, paragraphs, grid, chart })),
        ...(notes.length === 0 ? {} : { notes }),
        signedBy,
        signedOn,
      },
    });
    return bytes;
  }

  private async word({ form, document, standing, createdAt }: Drawn): Promise<Buffer> {
    const blocks: WordBlock[] = [];
    const say = (kind: 'heading' | 'body' | 'note' | 'right' | 'left', text: string, isKept = false): void => {
      if (text !== '') blocks.push({ kind, text, isKept });
    };
    for (const { heading, paragraphs, grid, chart } of document.sections) {
      say('heading', heading);
      for (const text of paragraphs) say('body', text);
      if (grid !== null) {
        say('note', grid.caption, true);
        blocks.push({ kind: 'table', ...grid });
      }
      if (chart !== null) {
        say('note', chart.caption, true);
        blocks.push({ kind: 'picture', picture: await this.engine.pictureOf(chart, TEXT_WIDTH), alt: altOf(chart) });
      }
    }
    const { title, subtitle, isWide, notes, signedBy, signedOn } = document;
    if (isWide) {
      say('left', `${signedBy}　${signedOn}`);
    } else {
      // Who signs and when takes what stands before it along to the next page.
      const last = blocks.pop();
      if (last !== undefined) blocks.push({ ...last, isKept: true });
      blocks.push({ kind: 'right', text: '', isKept: true });
      say('right', signedBy, true);
      say('right', signedOn);
      if (notes.length > 0) say('heading', ANNEX);
    }
    for (const note of notes) say('note', note);
    return writeWord({ title, subtitle, standing, isWide, isOfficial: form === 'bulletin', blocks, createdAt });
  }
}

async function sheetOf({ form, document, counted, standing }: Drawn): Promise<Buffer> {
  const grid = gridOf(columnsOf({ form, content: counted }), counted.rows, counted.sum);
  const corrections = document.sections.find(({ key }) => key === 'corrections')?.paragraphs ?? [];
  return writeFormTable({
    name: FORMS[form],
    title: document.title,
    subtitle: standing === '' ? document.subtitle : `${document.subtitle}（${standing}）`,
    head: grid.head,
    rows: grid.rows,
    notes: [...corrections.map((text) => `更正：${text}`), ...document.notes],
    foot: `${document.signedBy}　${document.signedOn}`,
  });
}

const altOf = ({ unit, labels, series }: ReportChart): string =>
  `图（${unit}）：${series.map(({ name, values }) => `${name} ${labels.map((l, i) => `${l} ${values[i] ?? ''}`).join('、')}`).join('；')}`;
