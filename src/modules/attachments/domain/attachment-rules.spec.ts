import { lifecycleFaults } from '../../../kernel';
import { ARCHIVE_LIMITS, type ArchiveEntry, archiveFault } from './archive-rules';
import {
  ATTACHMENT_STATES,
  type AttachmentAct,
  type AttachmentStanding,
  type AttachmentState,
  attachmentLifecycle,
} from './attachment-lifecycle';
import { parseFileName } from './file-name';
import { kindOfBytes } from './file-kinds';

const NOW = new Date('2026-09-18T01:00:00Z');
const standing = (more: Partial<AttachmentStanding> = {}): AttachmentStanding => ({
  state: 'kept',
  ring: 'center',
  isShareable: false,
  matterState: 'in-progress',
  ...more,
});

describe('the lifecycle of an attachment', () => {
  it('is sound', () => {
    expect(lifecycleFaults(attachmentLifecycle.table)).toEqual([]);
  });
  const CELLS = attachmentLifecycle.actKeys
    .filter((act) => act !== 'upload')
    .flatMap((act) => (Object.keys(ATTACHMENT_STATES) as AttachmentState[]).map((state) => [act, state] as const));
  it.each(CELLS)('%s in %s', (act, state) => {
    const refusal = attachmentLifecycle.refusal(act, standing({ state, isShareable: act === 'unshare' }), NOW);
    expect(refusal?.code ?? null).toBe(state === 'kept' ? null : 'attachments.wrong-state');
  });
  it.each<[string, AttachmentAct[], Partial<AttachmentStanding>]>([
    ['matter-archived', ['describe', 'set-ring', 'share', 'withdraw'], { matterState: 'archived' }],
    ['mediator-only', ['share'], { ring: 'mediator' }],
    ['already-shared', ['share'], { isShareable: true }],
    ['not-shared', ['unshare'], {}],
  ])('refuses for %s: %j', (code, acts, more) => {
    for (const act of acts)
      expect(attachmentLifecycle.refusal(act, standing(more), NOW)?.code).toBe(`attachments.${code}`);
  });
});

describe('file names', () => {
  it.each([
    ['房屋所有权证（复印件）.PDF', 'pdf'],
    ['买买提·艾力的陈述.docx', 'docx'],
    ['ᠮᠣᠩᠭᠣᠯ.jpg', 'jpg'],
    ['a.b.c.mp4', 'mp4'],
    ["O'Neil (1)!.pdf", 'pdf'],
  ])('%s is kept exactly', (raw, extension) => {
    expect(parseFileName(raw)).toEqual({ ok: true, value: { raw, extension } });
  });
  it.each([
    'a/b.pdf',
    'a\\b.pdf',
    '..',
    'a\u202eb.pdf',
    'a\nb.pdf',
    'a\0.pdf',
    '.pdf',
    'a.',
    'a',
    `${'长'.repeat(252)}.pdf`,
    'a\uFFFD.pdf',
    '\ud800.pdf',
  ])('%j is refused', (raw) => {
    expect(parseFileName(raw)).toMatchObject({ ok: false, code: 'attachments.file-name' });
  });
});

describe('kinds', () => {
  it('follow the bytes; an extension only tells OFD from other archives', () => {
    expect(kindOfBytes('application/pdf', 'jpg')?.extensions).toEqual(['pdf']);
    expect(kindOfBytes('application/zip', 'zip')).toBeNull();
    expect(kindOfBytes('application/zip', 'ofd')?.entry).toBe('OFD.xml');
    expect(kindOfBytes('application/vnd.ms-word.document.macroenabled.12', 'docx')).toBeNull();
    expect(kindOfBytes('application/x-cfb', 'doc')).toBeNull();
    expect(kindOfBytes(null, 'txt')).toBeNull();
  });
});

describe('archives', () => {
  const entry = (more: Partial<ArchiveEntry> = {}): ArchiveEntry => ({
    name: 'a.xml',
    compressedSize: 1,
    uncompressedSize: 1,
    externalAttributes: 0,
    isEncrypted: false,
    ...more,
  });
  const main = entry({ name: 'word/document.xml' });
  const fault = (entries: ArchiveEntry[], size = 10_000_000): string | null =>
    archiveFault([main, ...entries], size, 'word/document.xml')?.code ?? null;
  it('pass within the limits and not beyond', () => {
    expect(fault([])).toBeNull();
    expect(fault([entry({ uncompressedSize: ARCHIVE_LIMITS.unpackedBytes - 1 })])).toBeNull();
    expect(fault([entry({ uncompressedSize: ARCHIVE_LIMITS.unpackedBytes })])).toBe('attachments.archive-bomb');
    expect(fault([entry({ uncompressedSize: 99_999 })], 1000)).toBeNull();
    expect(fault([entry({ uncompressedSize: 100_000 })], 1000)).toBe('attachments.archive-bomb');
    expect(fault(Array.from({ length: ARCHIVE_LIMITS.entries - 1 }, () => entry()))).toBeNull();
    expect(fault(Array.from({ length: ARCHIVE_LIMITS.entries }, () => entry()))).toBe('attachments.archive-bomb');
  });
  it.each(['../a', 'a/../../b', '/etc/passwd', 'C:/a', 'a\\b'])('do not hold the path %s', (name) => {
    expect(fault([entry({ name })])).toBe('attachments.archive-path');
  });
  it.each([
    'word/vbaProject.bin',
    'xl/vbaProject.bin',
    'word/activeX/activeX1.xml',
    'word/embeddings/oleObject3.bin',
    'setup.EXE',
    'a/b.js',
  ])('do not hold %s', (name) => {
    expect(fault([entry({ name })])).toBe('attachments.macro');
  });
  it('hold no links, no passwords, and what makes them the document they claim to be', () => {
    expect(fault([entry({ externalAttributes: (0o120777 << 16) >>> 0 })])).toBe('attachments.archive-link');
    expect(fault([entry({ externalAttributes: (0o100644 << 16) >>> 0 })])).toBeNull();
    expect(fault([entry({ isEncrypted: true })])).toBe('attachments.archive-encrypted');
    expect(archiveFault([entry()], 100, 'OFD.xml')?.code).toBe('attachments.extension-mismatch');
  });
});
