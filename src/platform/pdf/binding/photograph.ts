import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type Sharp from 'sharp';

const load = createRequire(__filename);

/** A photograph that must be turned into a JPEG before it can be a page: WebP or HEIC. */
export interface PhotographTask {
  readonly path: string;
  readonly out: string;
}

/** Twice what phones take by default. Unpacked it costs four bytes a pixel, twice: a bound on memory, and on pictures made to burst it. */
export const MOST_PIXELS = 25_000_000;
/** The longer side of an A4 sheet at 212 dpi: an archive asks for 200, and sixty of them must fit into memory when they are bound. */
const LONGEST_SIDE = 2480;
const QUALITY = 85;
const SECONDS = 30;

/** What the library for HEIC leaves untyped. */
interface HeicImage {
  is_primary(): boolean;
  get_width(): number;
  get_height(): number;
  display(
    into: { data: Uint8ClampedArray; width: number; height: number },
    done: (shown: { readonly data: Uint8ClampedArray } | null) => void,
  ): void;
  free(): void;
}
interface HeicLibrary {
  readonly HeifDecoder: new () => { decode(bytes: Uint8Array): HeicImage[] };
}

type Pixels = { readonly width: number; readonly height: number };

/** Both libraries are large: loaded by whoever has a photograph in hand. */
function library(): typeof Sharp {
  const sharp = load('sharp') as typeof Sharp;
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

let decoder: InstanceType<HeicLibrary['HeifDecoder']> | undefined;

/** Hands over the picture that the file is about (it may hold its tiles and others as well) and lets go of all of them. */
async function withHeic<T>(bytes: Uint8Array, work: (image: HeicImage, size: Pixels) => T | Promise<T>): Promise<T> {
  // One for the life of the thread: it lets go of a file when the next one comes.
  decoder ??= new (load('libheif-js/wasm-bundle.js') as HeicLibrary).HeifDecoder();
  const images = decoder.decode(bytes);
  try {
    const image = images.find((one) => one.is_primary());
    if (!image) throw new Error('no picture inside');
    return await work(image, { width: image.get_width(), height: image.get_height() });
  } finally {
    for (const image of images) image.free();
  }
}

const isHeic = (bytes: Uint8Array): boolean => Buffer.from(bytes.subarray(4, 8)).toString('latin1') === 'ftyp';

/**
 * Whether a photograph can be expected to become a page; its head is read, not its pixels.
 *
 * @throws Error when it cannot be opened at all
 */
export async function probe(path: string): Promise<'fits' | 'too-large'> {
  const bytes = await readFile(path);
  const { width, height } = isHeic(bytes)
    ? await withHeic(bytes, (_, size) => size)
    : await library()(bytes).metadata();
  return width * height > MOST_PIXELS ? 'too-large' : 'fits';
}

/**
 * Writes the photograph as a JPEG for an A4 sheet, upright as the camera was held, transparent places white.
 *
 * @throws Error when it cannot be unpacked, or is larger than may be
 */
export async function develop({ path, out }: PhotographTask): Promise<void> {
  const bytes = await readFile(path);
  const sharp = library();
  const picture = isHeic(bytes) ? await unpackHeic(sharp, bytes) : sharp(bytes, { limitInputPixels: MOST_PIXELS });
  const jpeg = await picture
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: QUALITY })
    .timeout({ seconds: SECONDS })
    .toBuffer();
  await writeFile(out, jpeg, { mode: 0o600 });
}

/** How the camera was held stands in the file itself and is seen to by the decoder. */
function unpackHeic(sharp: typeof Sharp, bytes: Uint8Array): Promise<Sharp.Sharp> {
  return withHeic(bytes, async (image, size) => {
    if (size.width * size.height > MOST_PIXELS) throw new Error('too large');
    const data = new Uint8ClampedArray(size.width * size.height * 4);
    await new Promise<void>((resolve, reject) => {
      image.display({ data, ...size }, (shown) => {
        if (shown) resolve();
        else reject(new Error('cannot be unpacked'));
      });
    });
    return sharp(Buffer.from(data.buffer), { raw: { ...size, channels: 4 } });
  });
}
