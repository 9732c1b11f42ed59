import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { ChartPicture } from '../charts/picture';

/** A document of headings, paragraphs, tables and pictures; everything in it is text as printed. */
export interface WordDocument {
  readonly title: string;
  readonly subtitle: string;
  /** At the top right, such as 草稿; empty for none. */
  readonly standing: string;
  readonly isWide: boolean;
  /** Typography of official documents (GB/T 9704): 三号仿宋, 22 lines of 28 characters. */
  readonly isOfficial: boolean;
  readonly blocks: readonly WordBlock[];
  readonly createdAt: Date;
}

/** `isKept`: stays on one page with what follows. */
export type WordBlock = { readonly isKept?: boolean } & (
  | { readonly kind: 'heading' | 'body' | 'note' | 'right' | 'left'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly columns: readonly { readonly weight: number; readonly align: 'left' | 'center' | 'right' }[];
      readonly head: readonly (readonly { readonly text: string; readonly across: number; readonly down: number }[])[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: 'picture'; readonly picture: ChartPicture; readonly alt: string }
);

/** Twentieths of a point. */
const TWIP = 20;
const EMU = 12_700;
const A4 = [11_906, 16_838] as const;

/** A .docx that Word, WPS and LibreOffice open. The same document and `createdAt` give the same bytes. */
export async function writeWord(document: WordDocument): Promise<Buffer> {
  const pictures = document.blocks.flatMap((block) => (block.kind === 'picture' ? [block.picture] : []));
  const zip = new ZipFile();
  const add = (name: string, content: string | Buffer): void => {
    zip.addBuffer(typeof content === 'string' ? Buffer.from(content) : content, name, { mtime: document.createdAt });
  };
  add('[Content_Types].xml', CONTENT_TYPES);
  add(
    '_rels/.rels',
    relations([
      ['rId1', 'officeDocument', 'word/document.xml'],
      ['rId2', 'CORE', 'docProps/core.xml'],
    ]),
  );
  add('docProps/core.xml', core(document));
  add(
    'word/_rels/document.xml.rels',
    relations([
      ['rId1', 'styles', 'styles.xml'],
      ['rId2', 'footer', 'footer1.xml'],
      ...pictures.map((_, i): [string, string, string] => [`rIdP${i}`, 'image', `media/chart${i + 1}.png`]),
    ]),
  );
  add('word/styles.xml', styles(document.isOfficial));
  add('word/footer1.xml', FOOTER);
  add('word/document.xml', body(document));
  pictures.forEach(({ png }, i) => {
    add(`word/media/chart${i + 1}.png`, png);
  });
  zip.end();
  return buffer(zip.outputStream);
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

function xml(text: string): string {
  const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (c) => named[c] ?? c);
}

const CONTENT_TYPES = `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`;

function relations(list: readonly (readonly [string, string, string])[]): string {
  const kind = (name: string): string =>
    name === 'CORE'
      ? 'http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties'
      : `${OFFICE}/${name}`;
  const lines = list.map(([id, name, target]) => `<Relationship Id="${id}" Type="${kind(name)}" Target="${target}"/>`);
  return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join('')}</Relationships>`;
}

function core({ title, createdAt }: WordDocument): string {
  return `${HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xml(title)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">${createdAt.toISOString().slice(0, 19)}Z</dcterms:created></cp:coreProperties>`;
}

const fontsOf = (name: string): string =>
  `<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="${name}"/>`;

function styles(isOfficial: boolean): string {
  const size = isOfficial ? 32 : 28;
  const leading = isOfficial ? Math.round(28.99 * TWIP) : 26 * TWIP;
  const exact = `w:line="${leading}" w:lineRule="exact"`;
  const style = (id: string, name: string, paragraph: string, run: string): string =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:pPr>${paragraph}</w:pPr><w:rPr>${run}</w:rPr></w:style>`;
  return `${HEAD}<w:styles ${W}><w:docDefaults><w:rPrDefault><w:rPr>${fontsOf('仿宋')}<w:sz w:val="${size}"/><w:szCs w:val="${size}"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>
${style('Title', 'Title', `<w:spacing w:before="120" w:after="120" w:line="${33 * TWIP}" w:lineRule="atLeast"/><w:jc w:val="center"/>`, `${fontsOf(isOfficial ? '方正小标宋简体' : '宋体')}${isOfficial ? '' : '<w:b/>'}<w:sz w:val="44"/>`)}
${style('Subtitle', 'Subtitle', `<w:spacing w:after="160"/><w:jc w:val="center"/>`, '')}
${style('Heading1', 'heading 1', `<w:keepNext/><w:spacing ${exact}/><w:ind w:firstLineChars="200" w:firstLine="${size * TWIP}"/><w:outlineLvl w:val="0"/>`, fontsOf('黑体'))}
${style('Body', 'Body Text', `<w:spacing ${exact}/><w:ind w:firstLineChars="200" w:firstLine="${size * TWIP}"/>`, '')}
${style('Left', 'Left', `<w:spacing ${exact}/>`, '')}
${style('Right', 'Right', `<w:spacing ${exact}/><w:ind w:rightChars="200" w:right="${size * TWIP}"/><w:jc w:val="right"/>`, '')}
${style('Note', 'Note', '<w:spacing w:before="40" w:line="320" w:lineRule="atLeast"/>', '<w:sz w:val="21"/>')}
${style('Cell', 'Cell', '<w:spacing w:line="280" w:lineRule="atLeast"/>', '<w:sz w:val="21"/>')}
${style('SmallCell', 'Small Cell', '<w:spacing w:line="230" w:lineRule="atLeast"/>', '<w:sz w:val="17"/>')}
${style('Footer', 'footer', '<w:jc w:val="center"/>', '<w:sz w:val="18"/>')}</w:styles>`;
}

const field = (name: string): string =>
  `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
const plain = (text: string): string => `<w:r><w:t xml:space="preserve">${xml(text)}</w:t></w:r>`;
const FOOTER = `${HEAD}<w:ftr ${W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>${plain('第')}${field('PAGE')}${plain('页 共')}${field('NUMPAGES')}${plain('页')}</w:p></w:ftr>`;

const paragraph = (style: string, text: string, more = ''): string =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr>${plain(text)}</w:p>`;

const KEEP = '<w:keepNext/>';
/** A table of so few rows goes to the next page as a whole. */
const WHOLE_ROWS = 8;
const STYLES = { heading: 'Heading1', body: 'Body', note: 'Note', right: 'Right', left: 'Left' } as const;

function body(document: WordDocument): string {
  const { title, subtitle, standing, isWide, isOfficial, blocks } = document;
  const [short, long] = A4;
  const [pageWidth, pageHeight] = isWide ? [long, short] : [short, long];
  // 37/28/26/35 mm of GB/T 9704; 25/28/25/25 mm otherwise.
  const [top, left, right, bottom] = isOfficial ? [2098, 1588, 1474, 1985] : [1417, 1588, 1417, 1417];
  const room = pageWidth - left - right;
  let pictures = 0;
  const parts = blocks.map((block) => {
    const keep = block.isKept === true ? KEEP : '';
    if (block.kind === 'table') return table(block, room, keep);
    if (block.kind === 'picture') return picture(block.picture, block.alt, pictures++, keep);
    return paragraph(STYLES[block.kind], block.text, keep);
  });
  return `${HEAD}<w:document ${W} xmlns:r="${OFFICE}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><w:body>${standing === '' ? '' : paragraph('Right', `（${standing}）`)}${paragraph('Title', title)}${subtitle === '' ? '' : paragraph('Subtitle', subtitle)}${parts.join('')}<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="${pageWidth}" w:h="${pageHeight}"${isWide ? ' w:orient="landscape"' : ''}/><w:pgMar w:top="${top}" w:right="${right}" w:bottom="${bottom}" w:left="${left}" w:header="850" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`;
}

function table({ columns, head, rows }: Extract<WordBlock, { kind: 'table' }>, room: number, keep: string): string {
  const total = columns.reduce((sum, { weight }) => sum + weight, 0);
  const widths = columns.map(({ weight }) => Math.floor((weight / total) * room));
  const style = columns.length > 8 ? 'SmallCell' : 'Cell';
  const inside = rows.length <= WHOLE_ROWS ? KEEP : keep;
  const cell = (text: string, align: string, width: number, more = '', isBold = false, stays = inside): string =>
    `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${more}<w:vAlign w:val="center"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="${style}"/>${stays}<w:jc w:val="${align}"/></w:pPr><w:r>${isBold ? '<w:rPr><w:b/></w:rPr>' : ''}<w:t xml:space="preserve">${xml(text)}</w:t></w:r></w:p></w:tc>`;
  // Cells that reach down are written again, empty, in each row that they cover.
  const covered = new Map<string, number>();
  const heads = head.map((cells, level) => {
    const written: string[] = [];
    let at = 0;
    const fill = (): void => {
      for (let span = covered.get(`${level}/${at}`); span !== undefined; span = covered.get(`${level}/${at}`)) {
        written.push(cell('', 'center', sum(widths, at, span), `<w:gridSpan w:val="${span}"/><w:vMerge/>`));
        at += span;
      }
    };
    for (const { text, across, down } of cells) {
      fill();
      for (let r = level + 1; r < level + down; r++) covered.set(`${r}/${at}`, across);
      const merge = `<w:gridSpan w:val="${across}"/>${down > 1 ? '<w:vMerge w:val="restart"/>' : ''}`;
      written.push(cell(text, 'center', sum(widths, at, across), merge, true));
      at += across;
    }
    fill();
    return `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${written.join('')}</w:tr>`;
  });
  const lines = rows.map(
    (cells, row) =>
      `<w:tr><w:trPr><w:cantSplit/></w:trPr>${cells.map((text, i) => cell(text, columns[i]?.align ?? 'left', widths[i] ?? 0, '', false, row < rows.length - 1 ? inside : keep)).join('')}</w:tr>`,
  );
  const border = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
    .map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>`)
    .join('');
  const padding = columns.length > 8 ? 30 : 80;
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('');
  return `<w:tbl><w:tblPr><w:tblW w:w="${sum(widths, 0, widths.length)}" w:type="dxa"/><w:tblBorders>${border}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="${padding}" w:type="dxa"/><w:right w:w="${padding}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${heads.join('')}${lines.join('')}</w:tbl>${paragraph('Note', '', keep)}`;
}

const sum = (list: readonly number[], from: number, count: number): number =>
  list.slice(from, from + count).reduce((total, n) => total + n, 0);

function picture({ width, height }: ChartPicture, alt: string, at: number, keep: string): string {
  const [cx, cy] = [Math.round(width * EMU), Math.round(height * EMU)];
  const id = at + 1;
  return `<w:p><w:pPr><w:pStyle w:val="Note"/>${keep}<w:jc w:val="center"/></w:pPr><w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${cx}" cy="${cy}"/><wp:docPr id="${id}" name="chart${id}" descr="${xml(alt)}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="${id}" name="chart${id}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdP${at}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${cx}" cy="${cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
}
