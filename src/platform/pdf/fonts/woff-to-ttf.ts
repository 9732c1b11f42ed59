import { inflateSync } from 'node:zlib';
import { FontError } from '../paper-errors';

const WOFF = 0x774f4646;
const HEADER = 44;
const ENTRY = 20;

/**
 * Unpacks a WOFF 1.0 file (W3C, https://www.w3.org/TR/WOFF/) into the plain sfnt it wraps.
 * The painter is given static TTF only: subsetting straight from WOFF takes minutes, because every table read inflates again.
 *
 * @param woff bytes of a `.woff` file
 * @returns bytes of the same font as `.ttf`
 * @throws FontError when the bytes are no WOFF 1.0 file or a table is damaged
 */
export function woffToTtf(woff: Buffer): Buffer {
  if (woff.length < HEADER || woff.readUInt32BE(0) !== WOFF)
    throw new FontError('字库文件不是 WOFF 格式，请重新安装程序。');
  const flavor = woff.readUInt32BE(4);
  const numTables = woff.readUInt16BE(12);
  const tables = Array.from({ length: numTables }, (_, i) => {
    const at = HEADER + i * ENTRY;
    const offset = woff.readUInt32BE(at + 4);
    const packedLength = woff.readUInt32BE(at + 8);
    const length = woff.readUInt32BE(at + 12);
    const packed = woff.subarray(offset, offset + packedLength);
    const bytes = packedLength < length ? inflateSync(packed) : packed;
    if (bytes.length !== length) throw new FontError('字库文件已损坏，请重新安装程序。');
    return { tag: woff.readUInt32BE(at), checksum: woff.readUInt32BE(at + 16), bytes };
  });

  const power = 2 ** Math.floor(Math.log2(numTables));
  const head = Buffer.alloc(12 + numTables * 16);
  head.writeUInt32BE(flavor, 0);
  head.writeUInt16BE(numTables, 4);
  head.writeUInt16BE(power * 16, 6);
  head.writeUInt16BE(Math.log2(power), 8);
  head.writeUInt16BE(numTables * 16 - power * 16, 10);
  const parts: Buffer[] = [head];
  let offset = head.length;
  tables.forEach((table, i) => {
    const at = 12 + i * 16;
    head.writeUInt32BE(table.tag, at);
    head.writeUInt32BE(table.checksum, at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(table.bytes.length, at + 12);
    const padding = (4 - (table.bytes.length % 4)) % 4;
    parts.push(table.bytes, Buffer.alloc(padding));
    offset += table.bytes.length + padding;
  });
  return Buffer.concat(parts);
}
