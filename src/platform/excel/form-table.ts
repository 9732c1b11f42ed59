import type ExcelJS from 'exceljs';
import { createRequire } from 'node:module';

const load = createRequire(__filename);

/** A cell of a head that reaches over several columns or rows. */
interface HeadCell {
  readonly text: string;
  readonly across: number;
  readonly down: number;
}

interface FormTable {
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  /** Rows of the head; a cell that another one covers is left out. */
  readonly head: readonly (readonly HeadCell[])[];
  /** Names at the left, figures after; the last row is the sum. */
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
  /** Below the table: who filled it in, and when. */
  readonly foot: string;
}

const THIN = { style: 'thin' } as const;
const BORDER = { top: THIN, left: THIN, bottom: THIN, right: THIN };

/** A printed form as a workbook: heads merged, figures as numbers, ruled, fitted to the width of a sheet laid across. */
export async function writeFormTable(table: FormTable): Promise<Buffer> {
  const { Workbook } = load('exceljs') as typeof ExcelJS;
  const book = new Workbook();
  const depth = table.head.length;
  const width = Math.max(...table.rows.map((row) => row.length));
  const sheet = book.addWorksheet(table.name, {
    views: [{ state: 'frozen', xSplit: 1, ySplit: depth + 2 }],
    pageSetup: { orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = Array.from({ length: width }, (_, i) => ({ width: i === 0 ? 26 : 8.5 }));
  const whole = (row: number, text: string, style: Partial<ExcelJS.Style>): void => {
    sheet.mergeCells(row, 1, row, width);
    Object.assign(sheet.getCell(row, 1), { value: text, ...style });
  };
  whole(1, table.title, { font: { bold: true, size: 16 }, alignment: { horizontal: 'center' } });
  whole(2, table.subtitle, { alignment: { horizontal: 'center' } });

  const taken = new Set<string>();
  table.head.forEach((cells, level) => {
    const row = level + 3;
    let at = 1;
    for (const { text, across, down } of cells) {
      while (taken.has(`${row}/${at}`)) at++;
      for (let r = row; r < row + down; r++)
        for (let c = at; c < at + across; c++) {
          taken.add(`${r}/${c}`);
          sheet.getCell(r, c).border = BORDER;
        }
      if (across > 1 || down > 1) sheet.mergeCells(row, at, row + down - 1, at + across - 1);
      Object.assign(sheet.getCell(row, at), {
        value: text,
        font: { bold: true },
        alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
      });
      at += across;
    }
  });
  for (let level = 0; level < depth; level++) sheet.getRow(level + 3).height = level === depth - 1 ? 62 : 22;

  table.rows.forEach((cells, i) => {
    cells.forEach((text, c) => {
      const cell = sheet.getCell(depth + 3 + i, c + 1);
      const isFigure = c > 0 && /^-?\d+(\.\d+)?$/.test(text);
      cell.value = isFigure ? Number(text) : text;
      if (text.includes('.')) cell.numFmt = '0.00';
      cell.border = BORDER;
      cell.font = { bold: i === table.rows.length - 1 };
    });
  });
  let row = depth + 3 + table.rows.length;
  whole(row, table.foot, {});
  for (const note of table.notes) {
    row++;
    whole(row, note, { font: { size: 9 }, alignment: { wrapText: true, vertical: 'top' } });
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}
