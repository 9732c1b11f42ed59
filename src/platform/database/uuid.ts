import { randomBytes } from 'node:crypto';

/** 12 bits of every id count what is made within one millisecond (RFC 9562 §6.2, method 1). */
const MOST = 0xfff;
let lastMillisecond = 0;
let counter = 0;

/**
 * UUID version 7 (RFC 9562): ids that sort by the time of their making, so that indexes grow at one end. Those of one process
 * ascend even within a millisecond: rows made in one act keep their order.
 */
export function uuidv7(): string {
  const bytes = randomBytes(16);
  const now = Date.now();
  if (now > lastMillisecond) {
    lastMillisecond = now;
    // Half of the room at most, so that there is room to count.
    counter = bytes.readUInt16BE(6) & (MOST >> 1);
  } else if (++counter > MOST) {
    lastMillisecond += 1;
    counter = 0;
  }
  bytes.writeUIntBE(lastMillisecond, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
