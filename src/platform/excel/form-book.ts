import type ExcelJS from 'exceljs';
import { createRequire } from 'node:module';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';

const load = createRequire(__filename);

export interface FormColumn {
  readonly header: string;
  readonly hint: string;
  readonly example: string;
  /** In characters of the default font. */
  readonly width: number;
  readonly isNeeded?: boolean;
  /** Values to choose from; anything else is refused by the table program. */
  readonly choices?: readonly string[];
}

interface FormBook {
  readonly name: string;
  readonly columns: readonly FormColumn[];
  /** Rows to be filled in, for which the lists of choices are offered. */
  readonly room: number;
  /** Filled-in rows; where there are none, the example stands in their place. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** On a sheet of their own: how to fill it in. */
  readonly notes: readonly string[];
}

const CHOICES_SHEET = '可选值';
const HINT_COLOR = 'FF606266';
const EXAMPLE_COLOR = 'FF909399';

/**
 * A workbook to be filled in: headings (`*` for what must be there), hints, example, and a sheet of the values to choose
 * from. Every cell is text, so that no number loses digits and nothing that begins with `=` is ever reckoned.
 */
export async function writeForm({ name, columns, room, rows, notes }: FormBook): Promise<Buffer> {
  const { stream } = load('exceljs') as typeof ExcelJS;
  const out = new PassThrough();
  const written = buffer(out);
  const book = new stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  const sheet = book.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 2 }] });
  sheet.columns = columns.map(({ width }) => ({
    width,
    style: { numFmt: '@', alignment: { vertical: 'top', wrapText: true } },
  }));
  const last = room + 3;
  const lists = columns.flatMap((column, i) =>
    column.choices === undefined ? [] : [{ ...column, choices: column.choices, at: i + 1 }],
  );
  lists.forEach(({ choices, header, at }, i) => {
    const [letter, list] = [letterOf(at), letterOf(i + 1)];
    validationsOf(sheet).add(`${letter}3:${letter}${last}`, {
      type: 'list',
      allowBlank: true,
      formulae: [`${CHOICES_SHEET}!$${list}$2:$${list}$${choices.length + 1}`],
      showErrorMessage: true,
      errorTitle: header,
      error: '请从列表中选择。',
    });
  });
  const header = sheet.addRow(columns.map((c) => (c.isNeeded === true ? `${c.header}*` : c.header)));
  header.font = { bold: true };
  header.commit();
  const hints = sheet.addRow(columns.map((c) => c.hint));
  hints.font = { color: { argb: HINT_COLOR }, size: 9 };
  hints.commit();
  if (rows.length === 0) {
    const example = sheet.addRow(columns.map((c) => c.example));
    example.font = { italic: true, color: { argb: EXAMPLE_COLOR } };
    example.commit();
  }
  for (const row of rows) sheet.addRow([...row]).commit();
  sheet.commit();

  const choicesSheet = book.addWorksheet(CHOICES_SHEET);
  choicesSheet.columns = lists.map(() => ({ width: 24 }));
  const head = choicesSheet.addRow(lists.map((c) => c.header));
  head.font = { bold: true };
  head.commit();
  for (let i = 0; i < Math.max(0, ...lists.map((c) => c.choices.length)); i++)
    choicesSheet.addRow(lists.map((c) => c.choices[i] ?? null)).commit();
  choicesSheet.commit();

  const notesSheet = book.addWorksheet('填写说明');
  notesSheet.columns = [{ width: 100, style: { alignment: { wrapText: true } } }];
  for (const note of notes) notesSheet.addRow([note]).commit();
  notesSheet.commit();
  await book.commit();
  return written;
}

/** In the program, but not in its types. */
function validationsOf(sheet: ExcelJS.Worksheet): { add: (range: string, rule: ExcelJS.DataValidation) => void } {
  return (sheet as unknown as { dataValidations: { add: (range: string, rule: ExcelJS.DataValidation) => void } })
    .dataValidations;
}

/** 1 → A, 27 → AA. */
function letterOf(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return `${rest > 0 ? letterOf(rest) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`;
}
