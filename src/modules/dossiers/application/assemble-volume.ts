import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIG, type Config } from '../../../config';
import { legalDateFromInstant } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { FileStore, type StoredFile } from '../../../platform/files';
import { MissingGlyphError } from '../../../platform/pdf';
import { BindingPool, type VolumePart } from '../../../platform/pdf/binding';
import { Papers, present } from '../../documents';
import { type PaperParty, Parties, maskAddress, maskMinorName } from '../../parties';
import {
  type CatalogueRow,
  FAULTS,
  type PagesKind,
  archiveName,
  numbered,
  pageRange,
  sizeInWords,
} from '../domain/binding-rules';
import { type BoundItem, DOSSIER_KINDS, type DossierKind } from '../domain/dossier-kinds';
import type { FileOnRecord } from '../domain/dossier-list';
import { type Hidden, maskedNumber, redacted, withTexts } from '../domain/redaction';
import { DossierPapers, type RETENTIONS } from './dossier-papers';

export interface VolumeOrder {
  readonly disputeId: string;
  readonly centerId: string;
  readonly kind: DossierKind;
  readonly purpose: string;
  readonly note: string | null;
  readonly retention: keyof typeof RETENTIONS | undefined;
  readonly number: string;
  readonly title: string;
  readonly binder: string;
  readonly items: readonly BoundItem[];
  readonly gaps: readonly string[];
}

export interface AssembledVolume {
  readonly rows: readonly CatalogueRow[];
  readonly pages: number;
  readonly book: StoredFile;
  readonly archive: StoredFile | null;
}

interface Original {
  readonly name: string;
  readonly sha256: string;
}

/** One place in the volume: its sheets on disk, and what lies in the archive for it. */
interface Part {
  readonly title: string;
  readonly remark: string | null;
  readonly sheets: VolumePart;
  readonly pages: number;
  readonly originals: readonly Original[];
}

interface Bench {
  readonly order: VolumeOrder;
  readonly folder: string;
  readonly at: Date;
  /** Null where nothing is hidden. */
  readonly hidden: Hidden | null;
  readonly step: () => Promise<void>;
}

type Data = Readonly<Record<string, unknown>>;

const MOST_PASSES = 4;
/** Stands where a sign has no glyph: a name of a file may hold any. */
const NO_GLYPH = '〓';

/** Draws what is to be drawn, puts the sheets together, and packs the originals. It works on files on disk. */
@Injectable()
export class AssembleVolume implements OnModuleInit {
  private readonly workshop: string;
  private drawn = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly papers: Papers,
    private readonly parties: Parties,
    private readonly dossierPapers: DossierPapers,
    private readonly pool: BindingPool,
    private readonly store: FileStore,
    @Inject(CONFIG) config: Config,
  ) {
    this.workshop = join(config.dataDir, 'binding');
  }

  /** Clears away what a stop of the program left. */
  async onModuleInit(): Promise<void> {
    await rm(this.workshop, { recursive: true, force: true });
  }

  /** `onStep` is told how far it has come, and may end it by throwing. */
  async execute(order: VolumeOrder, onStep: (done: number, of: number) => Promise<void>): Promise<AssembledVolume> {
    await mkdir(this.workshop, { recursive: true, mode: 0o700 });
    const folder = await mkdtemp(join(this.workshop, 'volume-'));
    const steps = order.items.length + 3;
    let done = 0;
    try {
      const { at, hidden } = await this.unitOfWork.read(async (tx) => ({
        at: tx.now,
        hidden: order.kind === 'redacted' ? await this.hiddenIn(tx, order.disputeId) : null,
      }));
      const step = async (): Promise<void> => onStep((done += 1), steps);
      return await this.assemble({ order, folder, at, hidden, step });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async assemble(bench: Bench): Promise<AssembledVolume> {
    const { order, at, folder, hidden, step } = bench;
    const isWhole = order.items.some(({ item }) => item === 'cover');
    const front = isWhole ? [await this.cover(bench)] : [];
    const body: Part[] = [];
    for (const item of order.items) {
      body.push(...(await this.partsOf(bench, item)));
      await step();
    }
    const sheetsBefore = pagesOf(front);
    const { catalogue, rows } = await this.catalogue(bench, body, sheetsBefore);
    const before = [...front, catalogue, ...body];
    const back = isWhole ? [await this.backCover(bench, pagesOf(before))] : [];
    await step();
    const bound = [...before, ...back];
    for (const { sha256 } of bound.flatMap(({ originals }) => originals)) await this.store.confirm(sha256);
    const out = join(folder, 'volume.pdf');
    const pages = await this.pool.bind({
      parts: bound.map(({ sheets }) => sheets),
      out,
      title: `${DOSSIER_KINDS[order.kind]} ${order.number}`,
      createdAt: at,
      ...(hidden === null ? {} : { labelPath: (await this.label(bench)).path }),
    });
    if (pages !== pagesOf(bound)) throw new Error(`Bound ${pages} pages where the catalogue says ${pagesOf(bound)}`);
    const book = await this.store.adopt(out);
    await step();
    // The originals of a redacted copy are what it is meant to keep from its readers.
    const archive = hidden === null ? await this.archive(bench, bound, rows, book) : null;
    await step();
    return { rows, pages, book, archive };
  }

  private async partsOf(bench: Bench, { item, name, papers, files }: BoundItem): Promise<Part[]> {
    if (item === 'cover' || item === 'catalogue' || item === 'back-cover') return [];
    const parts: Part[] = [];
    for (const paper of papers) parts.push(await this.paper(bench, paper));
    if (bench.hidden !== null) {
      if (files.length > 0) parts.push(await this.leftOut(bench, name, files));
      return parts;
    }
    for (const file of files) parts.push(await this.file(bench, name, file));
    return parts;
  }

  private async paper(bench: Bench, paper: BoundItem['papers'][number]): Promise<Part> {
    const { id, title, sha256, pageCount, longTermSha256 } = paper;
    const { hidden, folder } = bench;
    if (hidden === null) {
      const sheets = { path: this.store.pathOf(sha256), kind: 'pdf' } as const;
      const originals = [
        { name: `${title}.pdf`, sha256 },
        ...(longTermSha256 === null ? [] : [{ name: `${title}（长期保存版）.pdf`, sha256: longTermSha256 }]),
      ];
      return { title, remark: null, sheets, pages: pageCount, originals };
    }
    const source = await this.unitOfWork.read((tx) => this.papers.loadWithTemplate(tx, id));
    const drafted = await this.papers.renderChanged(source, (data) => redacted(data, hidden));
    return {
      title: hiddenText(title, hidden),
      remark: '脱敏后重新排印',
      sheets: await this.written(folder, drafted.bytes),
      pages: drafted.pageCount,
      originals: [],
    };
  }

  private async file(bench: Bench, item: string, file: FileOnRecord): Promise<Part> {
    const { fileName, sha256, sizeBytes, pages, kind } = file;
    const common = { title: `${item}：${fileName}`, originals: [{ name: fileName, sha256 }] };
    if (pages !== null && kind !== null) {
      const sheets = await this.sheetsOf(bench, sha256, kind);
      if (sheets !== null) return { ...common, remark: null, sheets, pages };
    }
    const sheet = await this.draw(bench, 'dossier-placeholder', {
      item,
      lead: '下列材料没有装订成页。原件在随卷的压缩包中，逐字节保持原样，可凭摘要核对。',
      isNamed: true,
      files: [
        {
          name: fileName,
          type: file.typeName,
          reason: file.obstacle ?? FAULTS.damaged,
          size: sizeInWords(sizeBytes),
          sha256,
        },
      ],
    });
    return { ...common, remark: '原件见压缩包', ...sheet };
  }

  /** Null for a photograph that turns out not to be one. */
  private async sheetsOf({ folder }: Bench, sha256: string, kind: PagesKind): Promise<VolumePart | null> {
    const path = this.store.pathOf(sha256);
    if (kind !== 'photograph') return { path, kind };
    await this.store.confirm(sha256);
    const out = join(folder, `${sha256}.jpg`);
    return (await this.pool.develop({ path, out })) ? { path: out, kind: 'image' } : null;
  }

  /** In a redacted copy one sheet stands for all scans and photographs under an item; what they are called may name people. */
  private async leftOut(bench: Bench, item: string, files: readonly FileOnRecord[]): Promise<Part> {
    const sheet = await this.draw(bench, 'dossier-placeholder', {
      item,
      lead: '下列扫描件、照片等材料不能遮盖个人信息，没有放入脱敏副本。需要查阅的，请向立卷单位申请查阅全卷。',
      isNamed: false,
      files: files.map(({ typeName, sha256 }) => ({ type: typeName, reason: '不能脱敏', sha256 })),
    });
    return { title: `${item}：扫描件、照片等${files.length}件`, remark: '不能脱敏，未放入', originals: [], ...sheet };
  }

  private async cover(bench: Bench): Promise<Part> {
    const { order } = bench;
    const [issued] = order.items.find(({ item }) => item === 'cover')?.papers.slice(-1) ?? [];
    if (issued !== undefined) return this.paper(bench, issued);
    const { data } = await this.unitOfWork.read((tx) =>
      this.dossierPapers.cover(
        tx,
        order.disputeId,
        present({ retention: order.retention, remark: order.note, filer: order.binder }),
      ),
    );
    return { title: '卷宗封面', remark: null, originals: [], ...(await this.draw(bench, 'dossier-cover', data)) };
  }

  /** Drawn for each volume: only then is it known how many pages there are. */
  private async backCover(bench: Bench, pagesBefore: number): Promise<Part> {
    const { order, at } = bench;
    const parameters = { pages: pagesBefore + 1, binder: order.binder, boundOn: legalDateFromInstant(at) };
    const { data } = await this.unitOfWork.read((tx) => this.dossierPapers.backCover(tx, order.disputeId, parameters));
    return { title: '封底', remark: null, originals: [], ...(await this.draw(bench, 'dossier-back-cover', data)) };
  }

  /** Its own sheets move all that follows: drawn until it says where things are. */
  private async catalogue(
    bench: Bench,
    body: readonly Part[],
    sheetsBefore: number,
  ): Promise<{ catalogue: Part; rows: readonly CatalogueRow[] }> {
    let own = 1;
    for (let pass = 0; pass < MOST_PASSES; pass += 1) {
      const rows = numbered(body, sheetsBefore + own);
      const sheet = await this.draw(bench, 'dossier-catalogue', this.catalogueData(bench, rows));
      if (sheet.pages === own) return { catalogue: { title: '卷内目录', remark: null, originals: [], ...sheet }, rows };
      own = sheet.pages;
    }
    throw new Error('The catalogue finds no length at which it agrees with itself');
  }

  private catalogueData({ order, at, hidden }: Bench, rows: readonly CatalogueRow[]): Data {
    const { kind, number, title, purpose, note, binder, gaps } = order;
    const isWhole = kind === 'full' || kind === 'redacted';
    return present({
      number,
      title,
      heading: isWhole ? '卷内目录' : `${DOSSIER_KINDS[kind]}目录`,
      purpose: isWhole ? null : purpose,
      rows: rows.map((row) => present({ title: row.title, pages: pageRange(row), remark: row.remark })),
      gaps: hidden === null && gaps.length > 0 ? gaps : null,
      note,
      binder,
      boundOn: legalDateFromInstant(at),
      isRedacted: hidden !== null,
    });
  }

  private async label(bench: Bench): Promise<VolumePart> {
    const sheet = await this.draw(bench, 'dossier-label', { text: '脱敏副本，不作为凭证使用' });
    return sheet.sheets;
  }

  private async draw(bench: Bench, templateId: string, data: Data): Promise<Pick<Part, 'pages' | 'sheets'>> {
    const { hidden, at, folder, order } = bench;
    const { centerId } = order;
    const shown = hidden === null ? data : redacted(data, hidden);
    const render = (words: Data) =>
      this.papers.render(templateId, words, { centerId, createdAt: at, forSigning: true });
    const drafted = await render(shown).catch((error: unknown) => {
      if (!(error instanceof MissingGlyphError)) throw error;
      const missing = new Set(error.missing.map(({ character }) => character));
      const printable = (text: string): string => Array.from(text, (c) => (missing.has(c) ? NO_GLYPH : c)).join('');
      return render(withTexts(shown, printable) as Data);
    });
    return { pages: drafted.pageCount, sheets: await this.written(folder, drafted.bytes) };
  }

  private async written(folder: string, bytes: Buffer): Promise<VolumePart> {
    this.drawn += 1;
    const path = join(folder, `${this.drawn}.pdf`);
    await writeFile(path, bytes, { mode: 0o600 });
    return { path, kind: 'pdf' };
  }

  private async archive(
    bench: Bench,
    bound: readonly Part[],
    rows: readonly CatalogueRow[],
    book: StoredFile,
  ): Promise<StoredFile> {
    const { order, folder, at } = bench;
    const bookName = `${DOSSIER_KINDS[order.kind]}.pdf`;
    const originals = bound
      .flatMap(({ originals, title }) => originals.map((original) => ({ ...original, title })))
      .map(({ name, sha256, title }, i) => ({ name: `原件/${archiveName(i + 1, name)}`, sha256, title }));
    const files = [{ name: bookName, sha256: book.sha256, title: '装订件' }, ...originals];
    const out = join(folder, 'archive.zip');
    await this.pool.pack({
      out,
      createdAt: at,
      entries: [
        ...files.map(({ name, sha256 }) => ({ name, path: this.store.pathOf(sha256) })),
        { name: 'SHA256SUMS', text: files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('') },
        { name: '清单.txt', text: readableList(order, files, rows) },
      ],
    });
    return this.store.adopt(out);
  }

  /** What must not stand anywhere in a redacted copy, from the record of the people in the matter. */
  private async hiddenIn(tx: Tx, disputeId: string): Promise<Hidden> {
    const everybody = (await this.parties.list(tx, disputeId)).map(({ id }) => id);
    const parties = await this.parties.forPaper(tx, disputeId, everybody);
    return new Map(parties.flatMap(hiddenOf));
  }
}

function hiddenOf(party: PaperParty): [string, string][] {
  const { organization, representatives } = party;
  const numbers = [party.residentId, party.documentNumber, party.phone, organization?.creditCode].concat(
    representatives.flatMap((r) => [r.phone, r.documentNumber]),
  );
  return [
    ...numbers.flatMap((n): [string, string][] => (n === null || n === undefined ? [] : [[n, maskedNumber(n)]])),
    ...(party.address === null ? [] : ([[party.address, maskAddress(party.address)]] as [string, string][])),
    ...(party.isMinor ? ([[party.name, maskMinorName(party.name)]] as [string, string][]) : []),
  ];
}

function hiddenText(text: string, hidden: Hidden): string {
  return redacted({ text }, hidden).text as string;
}

function pagesOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { pages }) => sum + pages, 0);
}

function readableList(
  { title, number, kind, gaps }: VolumeOrder,
  files: readonly { readonly name: string; readonly sha256: string }[],
  rows: readonly CatalogueRow[],
): string {
  return [
    `${title}（${number}）${DOSSIER_KINDS[kind]}`,
    '',
    '一、目录',
    ...rows.map(
      (row, i) => `${i + 1}．${row.title}　第${pageRange(row)}页${row.remark === null ? '' : `（${row.remark}）`}`,
    ),
    '',
    '二、文件和 SHA-256 摘要（摘要一致的，与卷内原件一字不差；电子签名和印章在原件中有效）',
    ...files.map(({ name, sha256 }) => `${name}\n    ${sha256}`),
    ...(gaps.length === 0 ? [] : ['', '三、装订时尚缺', ...gaps.map((gap, i) => `${i + 1}．${gap}`)]),
    '',
  ].join('\r\n');
}
