import { text } from 'node:stream/consumers';
import { fromBuffer } from 'yauzl';
import { type WordBlock, writeWord } from './write-word';

/** One file of the packed document. */
async function entryOf(docx: Buffer, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    fromBuffer(docx, { lazyEntries: true }, (failure, zip) => {
      if (failure !== null) {
        reject(failure);
        return;
      }
      zip.on('entry', (entry: { readonly fileName: string }) => {
        if (entry.fileName !== name) zip.readEntry();
        else zip.openReadStream(entry as never, (_, stream) => void text(stream).then(resolve, reject));
      });
      zip.readEntry();
    });
  });
}

describe('a document of Word', () => {
  it('keeps what is to stay with the next: each line of a table too', async () => {
    const table: WordBlock = {
      kind: 'table',
      isKept: true,
      columns: [{ weight: 1, align: 'left' }],
      head: [[{ text: '单位', across: 1, down: 1 }]],
      rows: [['甲'], ['乙']],
    };
    const blocks: WordBlock[] = [
      { kind: 'body', text: '正文' },
      table,
      { kind: 'right', text: '新城区综治中心', isKept: true },
      { kind: 'right', text: '2026年9月1日' },
    ];
    const more = { title: '月报', subtitle: '', standing: '', isWide: false, isOfficial: false };
    const document = await entryOf(await writeWord({ ...more, blocks, createdAt: new Date(0) }), 'word/document.xml');
    const kept = [...document.matchAll(/<w:p>(.*?)<\/w:p>/g)]
      .filter(([, paragraph = '']) => paragraph.includes('<w:keepNext/>'))
      .map(([, paragraph = '']) => /<w:t[^>]*>(.*?)<\/w:t>/.exec(paragraph)?.[1]);
    expect(kept).toEqual(['单位', '甲', '乙', '', '新城区综治中心']);
  });

  it('takes a short table to the next page as a whole; a long one goes on there', async () => {
    const keptOf = async (rows: number): Promise<number> => {
      const table: WordBlock = {
        kind: 'table',
        columns: [{ weight: 1, align: 'left' }],
        head: [[{ text: '单位', across: 1, down: 1 }]],
        rows: Array.from({ length: rows }, (_, i) => [`第${i + 1}行`]),
      };
      const more = { title: '月报', subtitle: '', standing: '', isWide: false, isOfficial: false };
      const docx = await writeWord({ ...more, blocks: [table], createdAt: new Date(0) });
      return (await entryOf(docx, 'word/document.xml')).split('<w:keepNext/>').length - 1;
    };
    // The head and all rows but the last stay with the next.
    expect([await keptOf(3), await keptOf(9)]).toEqual([3, 0]);
  });
});
