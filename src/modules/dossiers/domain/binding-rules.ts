/** How a file becomes pages; a photograph of a phone's format is developed first. */
export type PagesKind = 'pdf' | 'image' | 'photograph';

/** Files that become pages, and why the others do not: said before anybody binds. */
const AS_PAGES: Readonly<Record<string, PagesKind>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'photograph',
  'image/heic': 'photograph',
};

/** More than this is not held in memory at once, nor bound by anybody in one volume. */
export const MOST_BYTES = 120 * 1024 * 1024;
export const MOST_PAGES = 2000;

export const TOO_LARGE = '装订件已经很大，放不下这份材料';
export const FAULTS = {
  encrypted: 'PDF 设有密码，打不开',
  damaged: '文件打不开，可能已经损坏',
  'too-large': '照片像素过多，放不进装订件，需要装订的请另存为 JPG 后补充上传',
} as const;

export function pagesKindOf(mediaType: string): PagesKind | null {
  return AS_PAGES[mediaType] ?? null;
}

/** Why files of this type are no pages; null where they are. */
export function obstacleOf(mediaType: string): string | null {
  if (pagesKindOf(mediaType) !== null) return null;
  if (mediaType.startsWith('audio/')) return '录音不能装订成页';
  if (mediaType.startsWith('video/')) return '录像不能装订成页';
  if (mediaType.startsWith('image/')) return '这种格式的图片不能装订，需要装订的请另存为 JPG 后补充上传';
  return '这种格式的文件（Word、OFD 等）不能装订，需要装订的请另存为 PDF 后补充上传';
}

/** Takes files in their order for as long as they fit into one volume; the rest keeps its place with a sheet. */
export function withinVolume<File extends { readonly pages: number | null; readonly sizeBytes: number }>(
  files: readonly File[],
): (File & { readonly fits: boolean })[] {
  let bytes = 0;
  let pages = 0;
  return files.map((file) => {
    if (file.pages === null) return { ...file, fits: true };
    const fits = bytes + file.sizeBytes <= MOST_BYTES && pages + file.pages <= MOST_PAGES;
    if (fits) {
      bytes += file.sizeBytes;
      pages += file.pages;
    }
    return { ...file, fits };
  });
}

/** One line of the catalogue (卷内目录). */
export interface CatalogueRow {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly remark: string | null;
}

/** Gives each part its pages, after the sheets that stand before all of them. */
export function numbered(
  parts: readonly { readonly title: string; readonly remark: string | null; readonly pages: number }[],
  sheetsBefore: number,
): CatalogueRow[] {
  let last = sheetsBefore;
  return parts.map(({ title, remark, pages }) => {
    const from = last + 1;
    last += pages;
    return { title, remark, from, to: last };
  });
}

/** `5` or `5–7`. */
export function pageRange({ from, to }: Pick<CatalogueRow, 'from' | 'to'>): string {
  return from === to ? String(from) : `${from}–${to}`;
}

/** A name that every system can store, however the evidence was called; its end tells what it is and stays. */
export function archiveName(ordinal: number, name: string): string {
  const plain = name.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
  const short = plain.length <= 80 ? plain : `${plain.slice(0, 68)}…${plain.slice(-11)}`;
  return `${String(ordinal).padStart(3, '0')} ${short}`;
}

/** `1.2 MB` or `48 KB`. */
export function sizeInWords(bytes: number): string {
  return bytes >= 1024 * 1024
    ? `${(bytes / 1024 / 1024).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1024))} KB`;
}
