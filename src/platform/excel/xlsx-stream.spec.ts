import ExcelJS from 'exceljs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { type Compiled, compileSources } from '../../../test/support/compiled';
import { streamSheet } from './xlsx-stream';

/** The last cell of each row beside the others, as the database may give it. */
const packed = (rows: readonly (readonly (string | number | null)[])[]) => ({
  cells: JSON.stringify(rows.map((row) => row.slice(0, 2))),
  besides: [JSON.stringify(rows.map((row) => row[2]))],
});

async function* pages() {
  await Promise.resolve();
  yield packed([
    ['新城综治登字〔2026〕1号', '邻里 <噪声> & “漏水”', 3],
    ['007', '控制\u0001字符\n换行 _x0041_', null],
  ]);
  yield packed(Array.from({ length: 998 }, (_, i) => [`编号${i}`, '𫖯'.repeat(3), i / 2]));
  yield packed([]);
  yield packed([['last', ' 两端空格 ', -1]]);
}

const sheet = () => ({
  name: '事项',
  title: '事项清单',
  columns: [
    { header: '编号', width: 24, place: 0, names: { last: '末' } },
    { header: '名称', width: 36, place: 1 },
    { header: '数', width: 10, place: 2 },
  ],
  pages: pages(),
  notes: ['说明一'],
});

async function read(bytes: Buffer): Promise<unknown[][]> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer);
  const rows: unknown[][] = [];
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
  return rows;
}

describe('a streamed sheet', () => {
  let compiled: Compiled;
  beforeAll(() => {
    compiled = compileSources('excel', ['src/platform/excel']);
  });
  afterAll(() => {
    compiled.remove();
  });

  it('holds what was put in, as another reader sees it', async () => {
    const rows = await read(await buffer(streamSheet(sheet())));
    expect(rows).toHaveLength(2 + 1001 + 1);
    expect(rows[0]?.[0]).toBe('事项清单');
    expect(rows[1]).toEqual(['序号', '编号', '名称', '数']);
    expect(rows[2]).toEqual([1, '新城综治登字〔2026〕1号', '邻里 <噪声> & “漏水”', 3]);
    expect(rows[3]?.[1]).toBe('007');
    expect(rows[3]?.[2]).toContain('控制字符\n换行');
    expect(rows[4]).toEqual([3, '编号0', '𫖯𫖯𫖯', 0]);
    expect(rows[1002]).toEqual([1001, '末', ' 两端空格 ', -1]);
    expect(rows[1003]).toEqual(['说明一']);
  });

  it('is the same from a thread, and begins before there are rows', async () => {
    const load = createRequire(__filename);
    const threaded = load(join(compiled.folder, 'platform/excel/xlsx-stream.js')) as {
      streamSheet: typeof streamSheet;
    };
    expect(await buffer(threaded.streamSheet(sheet()))).toEqual(await buffer(streamSheet(sheet())));
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const waiting = threaded.streamSheet({
      ...sheet(),
      pages: (async function* () {
        await held;
        yield packed([]);
      })(),
    });
    const first: unknown = await new Promise((resolve) => waiting.once('data', resolve));
    expect((first as Buffer).subarray(0, 2).toString()).toBe('PK');
    waiting.destroy();
    release();
    await new Promise((resolve) => waiting.once('close', resolve));
  });

  it('tells the reader of rows that could not be read', async () => {
    const failing = async function* () {
      yield packed([['一', '二', 3]]);
      await Promise.resolve();
      throw new Error('away');
    };
    await expect(buffer(streamSheet({ ...sheet(), pages: failing() }))).rejects.toThrow('away');
  });
});
