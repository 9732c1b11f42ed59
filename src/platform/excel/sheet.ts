import type ExcelJS from 'exceljs';
import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';

const load = createRequire(__filename);

export interface Column {
  readonly header: string;
  /** In characters of the default font. */
  readonly width: number;
}

export type Row = readonly (string | number | null)[];
/** Rows at hand, or read while they are being written. */
type Rows = Iterable<Row> | AsyncIterable<Row>;

export interface Sheet {
  readonly name: string;
  /** First row, over all columns: what it is, of which unit, for which period. */
  readonly title: string;
  readonly columns: readonly Column[];
  /** Text stays text, so that numbers of registration are not turned into quantities; counts are numbers. */
  readonly rows: Rows;
  /** Below the table: how it was counted. */
  readonly notes: readonly string[];
}

/** An Excel workbook of one sheet with a leading column 序号, written as a stream: rows are not kept as cells. */
export async function writeSheet({ name, title, columns, rows, notes }: Sheet): Promise<Buffer> {
  // Loaded with the first export: most processes never write one.
  const { stream } = load('exceljs') as typeof ExcelJS;
  const out = new PassThrough();
  const written = buffer(out);
  const book = new stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 2 }] });
  sheet.columns = [{ width: 6 }, ...columns.map(({ width }) => ({ width }))];
  const head = sheet.addRow([title]);
  head.font = { bold: true, size: 14 };
  sheet.mergeCells(1, 1, 1, columns.length + 1);
  head.commit();
  const header = sheet.addRow(['序号', ...columns.map((c) => c.header)]);
  header.font = { bold: true };
  header.commit();
  let ordinal = 0;
  for await (const row of rows) {
    ordinal++;
    sheet.addRow([ordinal, ...row]).commit();
    // Lets other requests in between: a long export must not hold up the desk.
    if (ordinal % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  for (const note of ['', ...notes]) sheet.addRow([note]).commit();
  sheet.commit();
  await book.commit();
  return written;
}
