import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** A made-up resident id of 新城区 with a valid check digit (GB 11643); `order` odd for men, even for women. */
export function residentIdOf(birth: string, order: number): string {
  const body = `150102${birth}${String(order).padStart(3, '0')}`;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(body[i]), 0);
  return `${body}${'10X98765432'[sum % 11] ?? ''}`;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

/** A small PNG that stands for a scan or photograph; the same subject gives the same picture. */
export function aPhotograph(subject: string): Buffer {
  const width = 240;
  const height = 160;
  const [red = 0, green = 0, blue = 0] = createHash('sha256').update(subject).digest();
  const rows = Buffer.alloc((width * 3 + 1) * height, 0xf4);
  for (let y = 0; y < height; y++) {
    rows[y * (width * 3 + 1)] = 0;
    const inLine = y % 16 < 3 && y > 20 && y < height - 20;
    for (let x = 24; inLine && x < width - 24; x++)
      rows.set([red >> 1, green >> 1, blue >> 1], y * (width * 3 + 1) + 1 + x * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
