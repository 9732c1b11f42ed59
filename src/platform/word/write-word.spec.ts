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
});
