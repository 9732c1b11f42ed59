import type { Mark, PaperContent } from '../../../platform/pdf';

/** What a paper was drawn from: enough to draw it again. */
export interface PaperInputs {
  readonly data: Readonly<Record<string, unknown>>;
  readonly marks: PaperContent['marks'];
  /** Pictures of the characters that no font had. */
  readonly glyphPictures: PaperContent['glyphPictures'];
}

type PackedMark =
  | { readonly kind: 'image' | 'fingerprint'; readonly base64: string; readonly signedOn?: string }
  | Extract<Mark, { kind: 'strokes' | 'ink' }>;

interface PackedInputs {
  readonly data: Readonly<Record<string, unknown>>;
  readonly marks?: Readonly<Record<string, readonly PackedMark[]>>;
  readonly glyphPictures?: Readonly<Record<string, string>>;
}

/** As text, for encryption. */
export function packInputs({ data, marks, glyphPictures = {} }: PaperInputs): string {
  const pictures = Object.entries(glyphPictures).map(([character, bytes]) => [
    character,
    Buffer.from(bytes).toString('base64'),
  ]);
  const packed: PackedInputs = {
    data,
    ...(marks === undefined ? {} : { marks: mapSlots(marks, pack) }),
    ...(pictures.length === 0 ? {} : { glyphPictures: Object.fromEntries(pictures) as Record<string, string> }),
  };
  return JSON.stringify(packed);
}

export function unpackInputs(text: string): PaperInputs {
  const { data, marks, glyphPictures = {} } = JSON.parse(text) as PackedInputs;
  return {
    data,
    marks: marks === undefined ? undefined : mapSlots(marks, unpack),
    glyphPictures: Object.fromEntries(
      Object.entries(glyphPictures).map(([character, base64]) => [character, Buffer.from(base64, 'base64')]),
    ),
  };
}

function mapSlots<From, To>(
  slots: Readonly<Record<string, readonly From[]>>,
  change: (mark: From) => To,
): Record<string, To[]> {
  return Object.fromEntries(Object.entries(slots).map(([slot, marks]) => [slot, marks.map(change)]));
}

function pack(mark: Mark): PackedMark {
  if (mark.kind === 'strokes' || mark.kind === 'ink') return mark;
  const { bytes, ...rest } = mark;
  return { ...rest, base64: Buffer.from(bytes).toString('base64') };
}

function unpack(mark: PackedMark): Mark {
  if (mark.kind === 'strokes' || mark.kind === 'ink') return mark;
  const { base64, ...rest } = mark;
  return { ...rest, bytes: Buffer.from(base64, 'base64') };
}
