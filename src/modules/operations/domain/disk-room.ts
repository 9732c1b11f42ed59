const GIBIBYTE = 1024 ** 3;

/**
 * Bytes that must be free on a disk of that many bytes for the program to go on taking work: a twentieth, and of a large
 * disk 5 GiB, which is more than a province writes in a day; a share alone would stop a disk of 4 TB with 200 GB free.
 */
export function leastFreeBytes(totalBytes: number): number {
  return Math.min(totalBytes / 20, 5 * GIBIBYTE);
}
