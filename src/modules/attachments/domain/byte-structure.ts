import type { Structure } from './file-kinds';

/** 50 megapixels: what an A3 scan at 600 dpi needs, and what a viewer can still unpack. */
export const MAX_PIXELS = 50_000_000;

export interface StructureFault {
  readonly code: 'attachments.truncated' | 'attachments.polyglot' | 'attachments.too-many-pixels';
  readonly message: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const TRUNCATED: StructureFault = {
  code: 'attachments.truncated',
  message: '文件不完整，可能没有传完或已损坏。请打开确认后重新上传。',
};
const POLYGLOT: StructureFault = {
  code: 'attachments.polyglot',
  message: '文件中夹带了其他格式的内容，不能上传。请另存或重新拍照、扫描后上传。',
};
const TOO_LARGE: StructureFault = {
  code: 'attachments.too-many-pixels',
  message: '图片超过5000万像素，请缩小后上传。',
};

/**
 * What is wrong with the bytes of a file whose type is known, or null. Walks the containers just as far as to see that
 * they are whole and that nothing else hides in them; no pixel is unpacked.
 */
export function structureFault(structure: Structure, bytes: Buffer): StructureFault | null {
  if (structure !== 'zip' && (endsAsArchive(bytes) || (structure !== 'pdf' && beginsLikePdf(bytes)))) return POLYGLOT;
  switch (structure) {
    case 'pdf':
      return pdfFault(bytes);
    case 'jpeg':
      return imageFault(jpegSize(bytes), bytes.lastIndexOf(JPEG_END) > bytes.indexOf(JPEG_SCAN));
    case 'png':
      return pngFault(bytes);
    case 'webp':
      return imageFault(webpSize(bytes), riffIsWhole(bytes));
    case 'heif':
      return imageFault(heifSize(bytes), boxesAreWhole(bytes));
    case 'media-boxes':
      return boxesAreWhole(bytes) ? null : TRUNCATED;
    case 'riff':
      return riffIsWhole(bytes) ? null : TRUNCATED;
    case 'zip':
      return bytes.subarray(0, 4).equals(ZIP_START) ? null : POLYGLOT;
    case 'plain':
      return null;
  }
}

const ZIP_START = Buffer.from('PK\x03\x04', 'latin1');
const ZIP_END = Buffer.from('PK\x05\x06', 'latin1');
const ZIP_END_LENGTH = 22;
const ZIP_COMMENT_MAX = 65_535;
const JPEG_SCAN = Buffer.from([0xff, 0xda]);
const JPEG_END = Buffer.from([0xff, 0xd9]);

/** A zip directory whose comment reaches exactly to the end: zip programs would open the file as an archive. */
function endsAsArchive(bytes: Buffer): boolean {
  const from = Math.max(0, bytes.length - ZIP_END_LENGTH - ZIP_COMMENT_MAX);
  for (let at = bytes.indexOf(ZIP_END, from); at >= 0; at = bytes.indexOf(ZIP_END, at + 1)) {
    if (at + ZIP_END_LENGTH <= bytes.length && at + ZIP_END_LENGTH + bytes.readUInt16LE(at + 20) === bytes.length)
      return true;
  }
  return false;
}

/** Readers take a PDF header anywhere in the first 1,024 bytes. */
function beginsLikePdf(bytes: Buffer): boolean {
  return bytes.subarray(0, 1024).includes('%PDF-');
}

function pdfFault(bytes: Buffer): StructureFault | null {
  if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) return POLYGLOT;
  const tail = bytes.subarray(Math.max(0, bytes.length - 2048));
  return tail.includes('%%EOF') && tail.includes('startxref') ? null : TRUNCATED;
}

function imageFault(size: Size | null, isWhole: boolean): StructureFault | null {
  if (size === null || !isWhole) return TRUNCATED;
  return size.width * size.height > MAX_PIXELS ? TOO_LARGE : null;
}

/** The frame header (SOF), reached from segment to segment. */
function jpegSize(bytes: Buffer): Size | null {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    if (marker === 0xda || marker === 0xd9) return null;
    const isBare = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    at += isBare ? 2 : 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** Chunks up to IEND; whatever follows it is not the picture. */
function pngFault(bytes: Buffer): StructureFault | null {
  let at = 8;
  let size: Size | null = null;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'IHDR' && length >= 8)
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    at += 12 + length;
    if (type !== 'IEND') continue;
    if (at < bytes.length) return POLYGLOT;
    return imageFault(size, at === bytes.length);
  }
  return TRUNCATED;
}

/** RIFF: the length in the header must be there; an odd one is padded. */
function riffIsWhole(bytes: Buffer): boolean {
  return bytes.length >= 12 && bytes.readUInt32LE(4) + 8 <= bytes.length;
}

function webpSize(bytes: Buffer): Size | null {
  if (bytes.length < 30) return null;
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    default:
      return null;
  }
}

/** ISO 14496-12: top-level boxes follow each other to the end; size 0 means up to the end. */
function boxesAreWhole(bytes: Buffer): boolean {
  let at = 0;
  while (at + 8 <= bytes.length) {
    const short = bytes.readUInt32BE(at);
    if (short === 0) return true;
    const isLong = short === 1;
    if (isLong && at + 16 > bytes.length) return false;
    const size = isLong ? Number(bytes.readBigUInt64BE(at + 8)) : short;
    if (size < (isLong ? 16 : 8)) return false;
    at += size;
  }
  return at === bytes.length;
}

/** The largest spatial extent (`ispe`) among the image items; a grid names that of the whole. */
function heifSize(bytes: Buffer): Size | null {
  let largest: Size | null = null;
  for (let at = bytes.indexOf('ispe'); at >= 0 && at + 16 <= bytes.length; at = bytes.indexOf('ispe', at + 4)) {
    const size: Size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    if (largest === null || size.width * size.height > largest.width * largest.height) largest = size;
  }
  return largest;
}
