/** How a container is looked into before it is accepted. */
export type Structure = 'pdf' | 'jpeg' | 'png' | 'webp' | 'heif' | 'media-boxes' | 'riff' | 'zip' | 'plain';

/** One type that may be kept: by what its bytes say, what its name must end in, and how it is looked into. */
export interface FileKind {
  readonly label: string;
  /** Served under this type, whatever the uploader claimed. */
  readonly mediaType: string;
  readonly extensions: readonly string[];
  readonly structure: Structure;
  /** An entry that an archive of this kind must hold. */
  readonly entry?: string;
}

const OOXML = 'application/vnd.openxmlformats-officedocument';

const KINDS: readonly FileKind[] = [
  { label: 'PDF', mediaType: 'application/pdf', extensions: ['pdf'], structure: 'pdf' },
  { label: 'JPEG 图片', mediaType: 'image/jpeg', extensions: ['jpg', 'jpeg'], structure: 'jpeg' },
  { label: 'PNG 图片', mediaType: 'image/png', extensions: ['png'], structure: 'png' },
  { label: 'WebP 图片', mediaType: 'image/webp', extensions: ['webp'], structure: 'webp' },
  { label: 'HEIC 图片', mediaType: 'image/heic', extensions: ['heic', 'heif'], structure: 'heif' },
  {
    label: 'Word 文档',
    mediaType: `${OOXML}.wordprocessingml.document`,
    extensions: ['docx'],
    structure: 'zip',
    entry: 'word/document.xml',
  },
  {
    label: 'Excel 表格',
    mediaType: `${OOXML}.spreadsheetml.sheet`,
    extensions: ['xlsx'],
    structure: 'zip',
    entry: 'xl/workbook.xml',
  },
  { label: 'OFD 版式文件', mediaType: 'application/ofd', extensions: ['ofd'], structure: 'zip', entry: 'OFD.xml' },
  { label: 'MP3 录音', mediaType: 'audio/mpeg', extensions: ['mp3'], structure: 'plain' },
  { label: 'AMR 录音', mediaType: 'audio/amr', extensions: ['amr'], structure: 'plain' },
  { label: 'AAC 录音', mediaType: 'audio/aac', extensions: ['aac'], structure: 'plain' },
  { label: 'WAV 录音', mediaType: 'audio/wav', extensions: ['wav'], structure: 'riff' },
  { label: 'M4A 录音', mediaType: 'audio/x-m4a', extensions: ['m4a'], structure: 'media-boxes' },
  { label: 'MP4 视频', mediaType: 'video/mp4', extensions: ['mp4'], structure: 'media-boxes' },
  { label: 'MOV 视频', mediaType: 'video/quicktime', extensions: ['mov'], structure: 'media-boxes' },
  { label: '3GP 视频', mediaType: 'video/3gpp', extensions: ['3gp'], structure: 'media-boxes' },
];

export const ALLOWED_EXTENSIONS: readonly string[] = KINDS.flatMap((kind) => kind.extensions);

/** Names that the sniffer has for the same bytes. */
const SYNONYMS: Readonly<Record<string, string>> = {
  'image/heif': 'image/heic',
  'audio/mp4': 'audio/x-m4a',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-wav': 'audio/wav',
};

/** The kind that the bytes are of, or null when that kind is not kept. An OFD is a zip archive to the sniffer. */
export function kindOfBytes(sniffed: string | null, extension: string): FileKind | null {
  if (sniffed === null) return null;
  const type =
    sniffed === 'application/zip' && extension === 'ofd' ? 'application/ofd' : (SYNONYMS[sniffed] ?? sniffed);
  return KINDS.find((kind) => kind.mediaType === type) ?? null;
}
