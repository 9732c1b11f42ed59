import { once } from 'node:events';
import { mkdtempSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import PdfKit from 'pdfkit';

/** One entry of a made archive; the overrides let it lie. */
export interface ZipEntry {
  readonly name: string;
  readonly bytes?: Buffer;
  /** Declared instead of the true length. */
  readonly declaredSize?: number;
  readonly externalAttributes?: number;
  readonly isEncrypted?: boolean;
  readonly checksum?: number;
}

/** A zip archive, byte by byte, so that tests can make ones that no tool would. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const bytes = entry.bytes ?? Buffer.from('<x/>');
    const packed = deflateRawSync(bytes);
    const name = Buffer.from(entry.name, 'utf8');
    const size = entry.declaredSize ?? bytes.length;
    const flags = 0x0800 | (entry.isEncrypted === true ? 1 : 0);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(entry.checksum ?? crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(size, 18);
    common.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(entry.externalAttributes ?? 0, 6);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x03', 'latin1'), common, tail, name]));
    locals.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, central, end]);
}

const CONTENT_TYPES = (main: string): ZipEntry => ({
  name: '[Content_Types].xml',
  bytes: Buffer.from(
    `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${main}+xml"/></Types>`,
  ),
});

/** A Word document as small as it can be, with further entries. */
export function docx(...more: readonly ZipEntry[]): Buffer {
  return zipOf([
    CONTENT_TYPES('application/vnd.openxmlformats-officedocument.wordprocessingml.document.main'),
    { name: 'word/document.xml', bytes: Buffer.from('<w:document>调解</w:document>') },
    ...more,
  ]);
}

/** A PNG of the given size in one grey, whole and valid. */
export function png(width = 2, height = 2): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, checksum]);
  };
  const pixels = Buffer.from([0x78, 0x9c, 0x62, 0x00, 0x00, 0x00, 0x00, 0x01]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A JPEG skeleton: start, frame header, scan, end. */
export function jpeg(width = 16, height = 16, mark = ''): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0x00, 0x0b, 0x08, 0, 0, 0, 0, 0x01, 0x01, 0x11, 0x00]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  const comment = Buffer.from(mark);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(comment.length + 2);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10]),
    Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'),
    ...(mark === '' ? [] : [Buffer.from([0xff, 0xfe]), length, comment]),
    frame,
    Buffer.from([0xff, 0xda, 0x00, 0x08, 0x01, 0x01, 0x00, 0x00, 0x3f, 0x00, 0x12, 0x34]),
    Buffer.from([0xff, 0xd9]),
  ]);
}

/** A PDF skeleton with a comment that makes it unlike others. */
export function pdf(mark = ''): Buffer {
  return Buffer.from(
    `%PDF-1.7\n%${mark}\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n`,
  );
}

/** A WAV of one second of silence at 8 kHz. */
export function wav(): Buffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + 8000, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(8000, 40);
  return Buffer.concat([header, Buffer.alloc(8000, 0x80)]);
}

/** An MP4 of two boxes. */
export function mp4(): Buffer {
  const box = (type: string, data: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(8 + data.length);
    return Buffer.concat([size, Buffer.from(type, 'latin1'), data]);
  };
  return Buffer.concat([
    box('ftyp', Buffer.from('isom\0\0\x02\0isomiso2mp41', 'latin1')),
    box('mdat', Buffer.alloc(64)),
  ]);
}

const isoBox = (type: string, data: Buffer): Buffer => {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(8 + data.length);
  return Buffer.concat([size, Buffer.from(type, 'latin1'), data]);
};

/** A phone's photo container with its spatial extent. */
export function heic(width = 4032, height = 3024): Buffer {
  const extent = Buffer.alloc(12);
  extent.writeUInt32BE(width, 4);
  extent.writeUInt32BE(height, 8);
  return Buffer.concat([
    isoBox('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
    isoBox('meta', Buffer.concat([Buffer.alloc(4), isoBox('ispe', extent)])),
    isoBox('mdat', Buffer.alloc(32)),
  ]);
}

/** A phone's voice memo. */
export function m4a(): Buffer {
  return Buffer.concat([
    isoBox('ftyp', Buffer.from('M4A \0\0\0\0M4A mp42isom', 'latin1')),
    isoBox('mdat', Buffer.alloc(64)),
  ]);
}

/** A phone's film. */
export function mov(): Buffer {
  return Buffer.concat([isoBox('ftyp', Buffer.from('qt  \0\0\0\0qt  ', 'latin1')), isoBox('mdat', Buffer.alloc(64))]);
}

/** A WebP of the extended form. */
export function webp(width = 100, height = 50): Buffer {
  const canvas = Buffer.alloc(10);
  canvas.writeUIntLE(width - 1, 4, 3);
  canvas.writeUIntLE(height - 1, 7, 3);
  const chunk = Buffer.concat([Buffer.from('WEBPVP8X\x0a\0\0\0', 'latin1'), canvas]);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(chunk.length);
  return Buffer.concat([Buffer.from('RIFF'), length, chunk]);
}

/** An MP3 that begins with its tag, as players write it. */
export function mp3(): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x64]);
  return Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0', 'latin1'), frame, frame, frame]);
}

/** A voice message of an older phone. */
export function amr(): Buffer {
  return Buffer.concat([Buffer.from('#!AMR\n'), Buffer.alloc(64, 0x3c)]);
}

/** An Excel sheet as small as it can be. */
export function xlsx(): Buffer {
  return zipOf([
    CONTENT_TYPES('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main'),
    { name: 'xl/workbook.xml' },
  ]);
}

/** A PDF with a password, as an office program would save it. */
export async function lockedPdf(): Promise<Buffer> {
  const sheet = new PdfKit({ size: 'A4', userPassword: 'secret', ownerPassword: 'owner', pdfVersion: '1.7' });
  const chunks: Buffer[] = [];
  sheet.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(sheet, 'end');
  sheet.end();
  await ended;
  return Buffer.concat(chunks);
}

/** The path of a file of 200 MB that takes no room. */
export function hugeFile(name: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'huge-')), name);
  writeFileSync(path, '%PDF-1.7\n');
  truncateSync(path, 200 * 1024 * 1024);
  return path;
}

/** A picture of 64 × 40 as phones save it (HEIC): red above, blue below, a white corner at the upper left. */
export const heicPicture = (): Buffer =>
  Buffer.from(
    'AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaptZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAA' +
      'AA5waXRtAAAAAAACAAAAEGlkYXQAAAAAAEAAKAAAADhpbG9jAQAAAERAAAIAAQAAAAAAAAHOAAEAAAAAAAAAiQACAAEAAAAAAAAA' +
      'AQAAAAAAAAAIAAAAOGlpbmYAAAAAAAIAAAAVaW5mZQIAAAEAAQAAaHZjMQAAAAAVaW5mZQIAAAAAAgAAZ3JpZAAAAADVaXBycAAA' +
      'ALNpcGNvAAAAc2h2Y0MBA3AAAAAAAAAAAAAe8AD8/fj4AAAPAyAAAQAYQAEMAf//A3AAAAMAkAAAAwAAAwAeugJAIQABACdCAQED' +
      'cAAAAwCQAAADAAADAB6gIIEFlurkprmwIAAAAwAgAAADACEiAAEABkQBwXPAiQAAABRpc3BlAAAAAAAAAEAAAABAAAAAFGlzcGUA' +
      'AAAAAAAAQAAAACgAAAAQcGl4aQAAAAADCAgIAAAAGmlwbWEAAAAAAAAAAgABAoECAAICA4QAAAAaaXJlZgAAAAAAAAAOZGltZwAC' +
      'AAEAAQAAAJFtZGF0AAAAhSgBrxOAejy3PyoWEiuXhgW6uhjH/JlD50yDhueWwP/AgLdSpRHGiaowN7HAleTESuixtGzecRm/9Iwv' +
      'RTLrygCWjsN3zk9jIuYln7/eu4hSPFHsZwPllZFGQaT/I9mv4Rxl4/ifqf+LfmjnCuw5IJMZAPVBCLR27AEjjyD7bjJCV8MypnM=',
    'base64',
  );
