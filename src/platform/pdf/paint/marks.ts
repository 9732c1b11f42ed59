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

export type Mark = StrokeMark | ImageMark;
