import { type CheckCode, formatCheckCode } from '../../../kernel/check-code';
import { type ObjectFacts, mayAct } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import { longTermView } from '../domain/long-term';
import { PAPER_STATES, paperLifecycle } from '../domain/paper-lifecycle';
import type { LoadedPaper } from './papers';

/** A paper as its readers see it, with what this actor may do to it now. */
export function paperView(tx: Tx, loaded: LoadedPaper, code: string, standing: ObjectFacts) {
  const { paper, current, files, longTerm } = loaded;
  return {
    id: paper.id,
    disputeId: paper.disputeId,
    templateId: paper.templateId,
    templateVersion: paper.templateVersion,
    title: paper.title,
    number: paper.number,
    issuerName: paper.issuerName,
    state: paper.state,
    stateName: PAPER_STATES[paper.state],
    sha256: current.sha256,
    sizeBytes: current.sizeBytes,
    pageCount: current.pageCount,
    contentHash: paper.contentHash,
    copies: paper.copies,
    verificationCode: formatCheckCode(code as CheckCode),
    issuedAt: paper.issuedAt.toISOString(),
    sealedAt: paper.sealedAt?.toISOString() ?? null,
    voidedAt: paper.voidedAt?.toISOString() ?? null,
    voidReason: paper.voidReason,
    supersedesId: paper.supersedesId,
    hasVoidedCopy: files.has('voided'),
    longTerm: longTermView(files.has('sealed'), longTerm),
    allowedActs: paperLifecycle
      .allowedActs(paper, tx.now, (by) => mayAct(tx.actor, by, standing))
      .map((act) => `papers.${act}`),
    version: paper.version,
  };
}
