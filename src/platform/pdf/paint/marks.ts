/** One sampled point of a handwritten stroke: position in the pad's own units, milliseconds, pressure 0–1. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  readonly t: number;
  readonly p: number;
}

/** Handwriting, kept as strokes so that it is drawn sharp and can be examined. */
export interface StrokeMark {
  readonly kind: 'strokes';
  readonly strokes: readonly (readonly StrokePoint[])[];
  /** Legal date on which the person signed; printed beside the mark. */
  readonly signedOn?: string;
}

/** A scanned signature or a fingerprint, PNG or JPEG. */
export interface ImageMark {
  readonly kind: 'image' | 'fingerprint';
  readonly bytes: Uint8Array;
  readonly signedOn?: string;
}

/** Says that the mark stands in ink on the signed original, whose scan is kept: printed as text in the slot. */
export interface InkNote {
  readonly kind: 'ink';
  /** Chinese, short, e.g. 已在纸质文本上签名、按指印. */
  readonly note: string;
  readonly signedOn?: string;
}

export type Mark = StrokeMark | ImageMark | InkNote;
