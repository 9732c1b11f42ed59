import {
  degrees,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFFont,
  type PDFPage,
  popGraphicsState,
  pushGraphicsState,
  scale,
  StandardFonts,
} from '@cantoo/pdf-lib';
import { readFile, writeFile } from 'node:fs/promises';
import PdfKit from 'pdfkit';
import { probe } from './photograph';

/** One file of a bound volume; everything travels by path, so that no thread copies what another holds. */
export interface VolumePart {
  readonly path: string;
  readonly kind: 'pdf' | 'image';
}

/** How many pages a file has, or why it can not be bound. */
export type Measured = { readonly pages: number } | { readonly fault: 'encrypted' | 'damaged' | 'too-large' };

/** A file whose pages are counted; a photograph is developed before it is bound. */
export interface MeasuredFile {
  readonly path: string;
  readonly kind: VolumePart['kind'] | 'photograph';
}

export interface BindTask {
  readonly parts: readonly VolumePart[];
  readonly out: string;
  readonly title: string;
  readonly createdAt: Date;
  /** A sheet whose first line is laid over the upper left corner of every page. */
  readonly labelPath?: string;
}

/** What the types of the library leave out. */
interface ImageOpener {
  openImage(bytes: Buffer): { readonly width: number; readonly height: number; readonly orientation?: number };
}

const A4 = { width: 595.28, height: 841.89 } as const;
/** Room around a photograph, in points. */
const FRAME = 42;
const NUMBER = { size: 11, right: 30, top: 26 } as const;
/** Where the first line of a sheet stands, from its upper left corner. */
const LABEL = { left: 78, top: 68, width: 330, height: 20 } as const;
/** Sheets that differ by less than a sheet of paper does are left as they are. */
const TOLERANCE = 3;

/** Opens each file and takes its pages out, as they will be when it is bound. */
export async function measure(parts: readonly MeasuredFile[]): Promise<Measured[]> {
  const found: Measured[] = [];
  for (const { path, kind } of parts) {
    try {
      if (kind === 'photograph') {
        found.push((await probe(path)) === 'fits' ? { pages: 1 } : { fault: 'too-large' });
        continue;
      }
      const source = await open({ path, kind });
      const trial = await PDFDocument.create();
      const pages = (await trial.copyPages(source, source.getPageIndices())).length;
      found.push(pages === 0 ? { fault: 'damaged' } : { pages });
    } catch (error) {
      found.push({ fault: /encrypt|password/iu.test(String(error)) ? 'encrypted' : 'damaged' });
    }
  }
  return found;
}

/** Puts the files one behind the other, each page on A4 and with its running number; answers how many pages there are. */
export async function bind({ parts, out, title, createdAt, labelPath }: BindTask): Promise<number> {
  const volume = await PDFDocument.create({ updateMetadata: false });
  volume.setTitle(title);
  volume.setCreationDate(createdAt);
  volume.setModificationDate(createdAt);
  volume.setLanguage('zh-CN');
  const font = await volume.embedFont(StandardFonts.Helvetica);
  for (const part of parts) {
    const source = await open(part);
    for (const page of await volume.copyPages(source, source.getPageIndices())) {
      disarm(page);
      volume.addPage(page);
      fit(page);
    }
  }
  const label = labelPath === undefined ? null : await labelOf(volume, labelPath);
  volume.getPages().forEach((page, i) => {
    stamp(page, font, String(i + 1));
    if (label !== null && page.getRotation().angle % 360 === 0) {
      const { x, y, height } = page.getCropBox();
      page.drawPage(label, { x: x + NUMBER.right, y: y + height - NUMBER.top - LABEL.height / 4 });
    }
  });
  await writeFile(out, await volume.save({ objectsPerTick: Infinity }), { mode: 0o600 });
  return volume.getPageCount();
}

async function open({ path, kind }: VolumePart): Promise<PDFDocument> {
  const bytes = await readFile(path);
  const source = await PDFDocument.load(kind === 'image' ? await sheetOf(bytes) : bytes, {
    updateMetadata: false,
    // What is only locked against changes opens without a word: statements of banks come so.
    password: '',
  });
  // The appearance of a seal belongs to its field: without the field a viewer would not show it.
  if (source.catalog.getAcroForm() !== undefined) source.getForm().flatten({ updateFieldAppearances: false });
  return source;
}

/** A photograph on a sheet of its own, upright as the camera was held. */
async function sheetOf(bytes: Buffer): Promise<Buffer> {
  const sheet = new PdfKit({ size: 'A4', margin: 0, autoFirstPage: false });
  const chunks: Buffer[] = [];
  sheet.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    sheet.on('end', resolve);
    sheet.on('error', reject);
  });
  const image = (sheet as unknown as ImageOpener).openImage(bytes);
  const isTurned = (image.orientation ?? 1) > 4;
  const isWide = isTurned ? image.height > image.width : image.width > image.height;
  sheet.addPage({ size: 'A4', margin: 0, layout: isWide ? 'landscape' : 'portrait' });
  const { width, height } = sheet.page;
  sheet.image(bytes, FRAME, FRAME, {
    fit: [width - 2 * FRAME, height - 2 * FRAME],
    align: 'center',
    valign: 'center',
  });
  sheet.end();
  await ended;
  return Buffer.concat(chunks);
}

/** What came from outside may act when it is opened; in a bound volume nothing does. */
function disarm(page: PDFPage): void {
  page.node.delete(PDFName.of('AA'));
  const annotations = page.node.Annots();
  for (let i = 0; i < (annotations?.size() ?? 0); i += 1) {
    const annotation = annotations?.lookupMaybe(i, PDFDict);
    annotation?.delete(PDFName.of('A'));
    annotation?.delete(PDFName.of('AA'));
  }
}

/** Sheets of another size are brought to A4, lying or standing as they are. */
function fit(page: PDFPage): void {
  const { x, y, width, height } = page.getCropBox();
  const isWide = width > height;
  const target = isWide ? { width: A4.height, height: A4.width } : A4;
  if (Math.abs(width - target.width) <= TOLERANCE && Math.abs(height - target.height) <= TOLERANCE) return;
  const by = Math.min(target.width / width, target.height / height);
  // Around what the page holds; the library's own scaling would take in what is stamped onto it later.
  const { context } = page.doc;
  page.node.normalize();
  page.node.wrapContentStreams(
    context.register(context.contentStream([pushGraphicsState(), scale(by, by)])),
    context.register(context.contentStream([popGraphicsState()])),
  );
  page.scaleAnnotations(by, by);
  const left = x * by - (target.width - width * by) / 2;
  const bottom = y * by - (target.height - height * by) / 2;
  page.setMediaBox(left, bottom, target.width, target.height);
  page.setCropBox(left, bottom, target.width, target.height);
}

/** The number in the upper right corner of what the reader sees, whichever way the sheet is turned. */
function stamp(page: PDFPage, font: PDFFont, text: string): void {
  const { x, y, width, height } = page.getCropBox();
  const across = NUMBER.right + font.widthOfTextAtSize(text, NUMBER.size);
  const angle = ((page.getRotation().angle % 360) + 360) % 360;
  const places: Readonly<Record<number, readonly [number, number]>> = {
    0: [width - across, height - NUMBER.top],
    90: [NUMBER.top, height - across],
    180: [across, NUMBER.top],
    270: [width - NUMBER.top, across],
  };
  const [dx, dy] = places[angle] ?? [width - across, height - NUMBER.top];
  page.drawText(text, { x: x + dx, y: y + dy, size: NUMBER.size, font, rotate: degrees(angle) });
}

async function labelOf(volume: PDFDocument, path: string) {
  const [page] = (await PDFDocument.load(await readFile(path), { updateMetadata: false })).getPages();
  if (page === undefined) throw new Error('A label is one sheet');
  return volume.embedPage(page, {
    left: LABEL.left,
    right: LABEL.left + LABEL.width,
    top: A4.height - LABEL.top,
    bottom: A4.height - LABEL.top - LABEL.height,
  });
}
