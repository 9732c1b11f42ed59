import { spawnSync } from 'node:child_process';
import { PDFDocument as LibDocument } from '@cantoo/pdf-lib';
import PDFDocument from 'pdfkit';
import {
  Identity,
  KeyKind,
  LocalTimestampAuthority,
  SealOptions,
  issueCommitteeCertificate,
  issueRoot,
  issueTimestampCertificate,
  rootOf,
  signerOf,
} from '../../src/platform/pdf/sign';

/** The moment at which everything in the specs happens, unless they say otherwise. */
export const NOW = new Date('2026-03-10T02:30:00.000Z');
const notBefore = new Date('2026-01-01T00:00:00.000Z');
const notAfter = new Date('2031-01-01T00:00:00.000Z');

export const COMMITTEE = '新城区中山路街道人民调解委员会';

export interface DemoCentre {
  readonly root: Identity;
  readonly committee: Identity;
  readonly timestamp: Identity;
  readonly roots: readonly Uint8Array[];
  readonly tsa: LocalTimestampAuthority;
}

/** Root, committee and timestamp certificates as a demonstration makes them. */
export async function aDemoCentre(key: KeyKind = 'P-256', clock: () => Date = () => NOW): Promise<DemoCentre> {
  const life = { key, notBefore, notAfter };
  const root = await issueRoot({ commonName: '新城区综治中心演示根证书', organization: '新城区综治中心', ...life });
  const committee = await issueCommitteeCertificate(root, {
    commonName: COMMITTEE,
    organization: '新城区中山路街道办事处',
    ...life,
  });
  const timestamp = await issueTimestampCertificate(root, { commonName: '新城区综治中心演示时间戳', ...life });
  return {
    root,
    committee,
    timestamp,
    roots: [rootOf(root)],
    tsa: new LocalTimestampAuthority(signerOf(timestamp), clock),
  };
}

/** Options of a usual sealing; give what differs. */
export const usualOptions = (centre: DemoCentre, changed: Partial<SealOptions> = {}): SealOptions => ({
  signer: signerOf(centre.committee),
  tsa: centre.tsa,
  reason: '人民调解协议书盖章',
  location: '新城区综治中心',
  name: COMMITTEE,
  signingTime: NOW,
  box: { page: 1, x: 380, y: 90, w: 119, h: 119 },
  appearance: { committeeName: COMMITTEE, code: '6101020012345' },
  ...changed,
});

/** A PDF of our painter's kind: pdfkit, tagged, PDF/A-3b, classic cross-reference table. */
export function aPaper(pages = 1): Promise<Buffer> {
  const document = new PDFDocument({
    font: require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
    autoFirstPage: false,
    subset: 'PDF/A-3b',
    pdfVersion: '1.7',
    tagged: true,
    lang: 'zh-CN',
    displayTitle: true,
    size: 'A4',
    info: { Title: '人民调解协议书', CreationDate: NOW },
  });
  for (let page = 1; page <= pages; page++) {
    document.addPage();
    const paragraph = document.struct('P', {}, () => {
      document.fontSize(16).text(`人民调解协议书 第${page}页`, 90, 100);
    });
    const date = document.struct('P', {}, () => {
      document.fontSize(16).text('新城区中山路街道人民调解委员会', 300, 640).text('2026年3月10日', 400, 670);
    });
    document.addStructure(document.struct('Document', {}, [paragraph, date]));
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    document.end();
  });
}

/** A PDF of a foreign kind: cross-reference stream, and pages and catalog compressed in object streams. */
export async function aCompressedPaper(): Promise<Buffer> {
  const document = await LibDocument.create();
  document.addPage([595, 842]);
  document.addPage([595, 842]);
  return Buffer.from(await document.save({ useObjectStreams: true }));
}

/** Is the program installed? If not, says so in the test output, so that a missing check is never a silent one. */
export function isInstalled(program: string, versionFlag = '--version'): boolean {
  const { error } = spawnSync(program, [versionFlag]);
  if (error)
    process.stderr.write(`\n*** SKIPPED: ${program} is not installed; its independent check did not run ***\n`);
  return !error;
}

/** Runs a program and answers everything it printed, with its exit code. */
export function run(
  program: string,
  args: readonly string[],
): { readonly code: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { code: status, output: `${stdout}${stderr}` };
}
