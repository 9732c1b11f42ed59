import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { formatLegalDateCn, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { PaperEngineError, PaperTimeoutError } from '../../../platform/pdf';
import type { PdfVerification } from '../../../platform/pdf/sign';
import { SigningPool } from '../../../platform/pdf/signing-pool';
import type { KnownCertificate } from '../../../platform/pdf/signing.worker';
import type { PaperFileKind } from '../persistence/paper.entity';
import { type PublicPaper, paperByFile } from './public-paper';
import { TrustAnchors } from './trust-anchors';

/**
 * identical: byte for byte an issued file. The others as the signature check gives them; too-complex: no verdict within the time.
 */
export const FILE_VERDICTS = {
  identical: '与签发原件一字不差',
  valid: '签章核验通过',
  invalid: '核验不通过',
  indeterminate: '不能确认',
  unsigned: '没有电子签章',
  unreadable: '无法读取',
  'too-complex': '未能得出结论',
} as const;
export type FileVerdict = keyof typeof FILE_VERDICTS;

/** Whether a file with this verdict is to be trusted; null: it cannot be said. */
const TRUSTED: Readonly<Record<FileVerdict, boolean | null>> = {
  identical: true,
  valid: true,
  invalid: false,
  indeterminate: null,
  unsigned: null,
  unreadable: null,
  'too-complex': null,
};

const PDF_HEADER = Buffer.from('%PDF-');
/** Readers look for the header within the first 1024 bytes. */
const HEADER_WITHIN = 1024;

@Injectable()
export class VerifyFile {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly anchors: TrustAnchors,
    private readonly pool: SigningPool,
  ) {}

  /** First against the issued files by SHA-256, then by structure and signature, in the worker pool. Nothing is kept. */
  async execute(bytes: Buffer) {
    if (!bytes.subarray(0, HEADER_WITHIN).includes(PDF_HEADER)) {
      throw ruleViolation(
        'verification.not-a-pdf',
        '这不是 PDF 文件。请上传取得的电子原件，不要用照片、截图或改了后缀的文件。',
        '/file',
      );
    }
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const facts = await this.unitOfWork.readAsSystem('verification', async (tx) => ({
      issued: await paperByFile(tx, sha256),
      roots: await this.anchors.roots(tx),
      ledger: await ledger(tx),
      now: tx.now,
    }));
    const { issued, roots, now } = facts;
    if (issued) return identical(issued.view, issued.kind, sha256, bytes.length);
    try {
      const verification = await this.pool.verify({
        bytes: Uint8Array.from(bytes),
        options: { trustedRoots: roots.seal, trustedTimestampRoots: roots.timestamp, now },
        ledger: facts.ledger,
      });
      return answerOf(verification);
    } catch (error) {
      // A file made to exhaust the program gets an answer too, not an error.
      if (!(error instanceof PaperTimeoutError || error instanceof PaperEngineError)) throw error;
      return {
        ...empty('too-complex', sha256, bytes.length),
        summary: '文件过于复杂，在规定时间内没有核验完，未能得出结论。请凭文书上的查验码核验，或持原件向出具单位核实。',
        notChecked: ['签章、签章人身份和盖章时间均未能核验'],
      };
    }
  }
}

async function ledger(tx: Tx): Promise<KnownCertificate[]> {
  return tx.query<KnownCertificate>(
    'select serial_number as "serialNumber", retired_at as "retiredAt" from committee_seal',
  );
}

function empty(verdict: FileVerdict, sha256: string, sizeBytes: number) {
  return {
    verdict,
    verdictName: FILE_VERDICTS[verdict] as string,
    isTrustworthy: TRUSTED[verdict],
    summary: '',
    sha256,
    sizeBytes,
    paper: null as PublicPaper | null,
    signatures: [] as ReturnType<typeof signatureView>[],
    checked: [] as string[],
    failed: [] as string[],
    notChecked: [] as string[],
  };
}

function identical(paper: PublicPaper, kind: PaperFileKind, sha256: string, sizeBytes: number) {
  return {
    ...empty('identical', sha256, sizeBytes),
    ...(kind === 'long-term' ? { verdictName: '与存档的长期保存版一字不差' } : {}),
    // The text before the seal is the true text, but not the paper that counts.
    isTrustworthy:
      !paper.isEffective || kind === 'voided' ? false : kind === 'final' && paper.state === 'sealed' ? null : true,
    summary: summaryOf(paper, kind),
    paper,
    checked: ['文件的每一个字节都与签发时存档的文件相同（SHA-256 摘要一致）'],
  };
}

function summaryOf(paper: PublicPaper, kind: PaperFileKind): string {
  const on = (instant: string | null): string =>
    instant === null ? '' : formatLegalDateCn(legalDateFromInstant(new Date(instant)));
  const what = `${paper.issuerName}${on(paper.issuedAt)}出具的《${paper.name}》`;
  if (kind === 'voided') return `这是${what}作废后的副本（带“已作废”水印），不能再使用。`;
  const same = `与签发原件一字不差：${what}`;
  if (paper.state === 'voided') return `${same}，但该文书已于${on(paper.endedAt)}作废，不能再使用。`;
  if (paper.state === 'superseded')
    return `${same}，但该文书已于${on(paper.endedAt)}被替代，请以新文书为准${leadsTo(paper)}。`;
  if (kind === 'long-term')
    return `与存档的长期保存版一字不差：${what}，签发原件之后只附有长期验证资料，现行有效${leadsTo(paper)}。`;
  if (kind === 'final' && paper.state === 'sealed')
    return `${same}。这是盖章前的文本，盖章的文件另有一份，请以盖章的为准。`;
  return `${same}，现行有效${leadsTo(paper)}。`;
}

const leadsTo = ({ successors }: PublicPaper): string =>
  successors.length === 0 ? '' : `（${successors.map((s) => s.text).join('；')}）`;

function answerOf(verification: PdfVerification) {
  const { verdict, summary, sha256, sizeInBytes, signatures, checked, notChecked } = verification;
  return {
    ...empty(verdict, sha256, sizeInBytes),
    summary: `与本系统签发的任何文件都不完全相同。${summary}`,
    signatures: signatures.map(signatureView),
    checked: [...checked],
    failed: signatures.flatMap(({ checks }) => checks.filter((c) => c.outcome === 'failed').map((c) => c.text)),
    notChecked: ['是否与签发的原件相同（本系统没有存档这样的文件）', ...notChecked],
  };
}

function signatureView(signature: PdfVerification['signatures'][number]) {
  const { verdict, signerName, certificate, claimed, timestamp, checks } = signature;
  return {
    verdict,
    signerName: signerName ?? null,
    issuerName: certificate?.issuerName ?? null,
    reason: claimed.reason ?? null,
    claimedAt: claimed.time?.toISOString() ?? null,
    timestampedAt: timestamp?.time.toISOString() ?? null,
    checks: checks.map(({ code, outcome, text }) => ({ code, outcome, text })),
  };
}
