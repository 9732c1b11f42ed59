import { PDFDict, PDFDocument as LibDocument, PDFRef } from '@cantoo/pdf-lib';
import { PdfReader } from './pdf-reader';
import { PdfParser, PdfSyntaxError, PdfValue } from './pdf-syntax';
import { aCompressedPaper, aPaper } from '../../../../test/support/sealing-fixtures';

const parse = (source: string): PdfValue =>
  new PdfParser(Buffer.from(source, 'latin1'), 0, { values: 1_000, inflatedBytes: 0 }).value();

describe('PDF syntax', () => {
  it.each([
    ['(a(b)c)', 'a(b)c'],
    ['(\\101\\n\\)\\\\)', 'A\n)\\'],
    ['(a\\\r\nb)', 'ab'],
    ['<48 65 6C 6c 6F>', 'Hello'],
    ['<4>', '@'],
  ])('reads the string %s', (source, text) => {
    const value = parse(source);
    expect(value.kind === 'string' && Buffer.from(value.bytes).toString('latin1')).toBe(text);
    expect([value.start, value.end]).toEqual([0, source.length]);
  });

  it('tells numbers from references', () => {
    const value = parse('[1 2 R 1 2 3 0 R -4.5 7]');
    if (value.kind !== 'array') throw new Error('no array');
    const kinds = value.items.map((item) => item.kind);
    expect(kinds).toEqual(['reference', 'number', 'number', 'reference', 'number', 'number']);
  });

  it('marks a dictionary that names a key twice', () => {
    expect(parse('<< /A 1 /B 2 /#41 3 >>')).toMatchObject({ kind: 'dictionary', ambiguous: true });
    expect(parse('<< /A 1 /B 2 >>')).toMatchObject({ kind: 'dictionary', ambiguous: false });
  });

  it.each(['', '(', '<', '<4g>', '[', '<<', '<< 1 2 >>', '<< /A >>', 'R', '1.2.3', '--1', '>', '{', '['.repeat(100)])(
    'refuses %j',
    (source) => {
      expect(() => parse(source)).toThrow(PdfSyntaxError);
    },
  );
});

describe('the reader agrees with an independent library', () => {
  it.each([
    ['a cross-reference table', () => aPaper(3)],
    ['cross-reference and object streams', () => aCompressedPaper()],
  ])('on %s', async (_what, make) => {
    const bytes = await make();
    const reader = new PdfReader(bytes);
    const document = await LibDocument.load(bytes, { updateMetadata: false });
    const theirs = document.getPages().map((page) => page.ref.objectNumber);
    expect(reader.pages().map((page) => page.reference.number)).toEqual(theirs);
    const root = document.context.trailerInfo.Root as PDFRef;
    expect(reader.catalog.reference.number).toBe(root.objectNumber);
    let compared = 0;
    for (const [reference, object] of document.context.enumerateIndirectObjects()) {
      const ours = reader.object(reference.objectNumber, reference.generationNumber)?.value;
      const dictionary = object instanceof PDFDict ? object : (object as { dict?: PDFDict }).dict;
      if (!dictionary || ours?.kind !== 'dictionary') continue;
      expect([...ours.entries.keys()].sort()).toEqual(
        dictionary
          .keys()
          .map((key) => key.decodeText())
          .sort(),
      );
      compared++;
    }
    expect(compared).toBeGreaterThanOrEqual(4);
  });
});
