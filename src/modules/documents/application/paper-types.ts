import type { PaperContent, RenderedPaper } from '../../../platform/pdf';
import type { PaperState } from '../domain/paper-lifecycle';

/** How a paper is drawn, beside its content. */
export interface RenderOptions {
  /** Center of the matter: the paper is drawn with what it has made of the template. */
  readonly centerId: string;
  /** Draws with this very template instead of the one in force: what people sign stays as it was frozen. */
  readonly templateHash?: string;
  /** Draws with the version that was in force then: a draft that people have seen stays as it was. */
  readonly templateAt?: Date;
  /** Prints “第n稿 未生效”; such a paper is not kept and carries no verification code. */
  readonly draft?: { readonly number: number };
  /** The copy that people sign, in ink or on a screen: final in content, not kept and without a verification code. */
  readonly forSigning?: true;
  /** For a slip that is handed out and not kept: what `@qr` prints, its address and the caption beside it. */
  readonly entry?: { readonly url: string; readonly caption: readonly string[]; readonly code: string };
  /** Handwriting, fingerprints and scans by signature slot. */
  readonly marks?: PaperContent['marks'];
  /** Files to embed, e.g. the evidence of the marks. */
  readonly attachments?: PaperContent['attachments'];
  /** Committee whose seal goes onto the paper afterwards: draws the riding seal (骑缝章) over the page edges. */
  readonly sealOf?: string;
  /** Instant written into the file; the instant of the act. */
  readonly createdAt: Date;
}

/** A drawn paper, not yet kept. */
export interface DraftedPaper extends RenderedPaper {
  /** 12 characters; null for a draft and for the copy that people sign. */
  readonly verificationCode: string | null;
  /** The exact template it was drawn from. */
  readonly template: { readonly name: string; readonly file: string; readonly source: string };
  /** What it was drawn from, kept encrypted with the paper. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly marks: PaperContent['marks'];
  readonly glyphPictures: PaperContent['glyphPictures'];
}

export interface SealRequest {
  readonly committeeId: string;
  /** The present moment of the database (`tx.now`). */
  readonly signingTime: Date;
  /** Why, e.g. 人民调解协议书盖章; written into the signature and the ledger of the seal. */
  readonly purpose: string;
}

/** A drawn paper with the committee's electronic seal on it. */
export interface SealedPaper {
  readonly bytes: Buffer;
  /** SHA-256 of the whole sealed file, lower-case hex. */
  readonly sha256: string;
  readonly sealId: string;
  readonly committeeId: string;
  /** True when the seal must not be put on by the one who asked for it. */
  readonly requiresSecondPerson: boolean;
  readonly purpose: string;
  readonly sealedAt: Date;
  /** B-T carries an RFC 3161 timestamp; for B-B one is kept beside the file as soon as the service answers. */
  readonly level: 'B-B' | 'B-T';
  /** Why there is no timestamp, for staff; null when there is. */
  readonly timestampProblem: string | null;
}

/** A paper whose bytes lie safely in the file store: what a transaction may refer to. */
export interface FiledPaper {
  readonly drafted: DraftedPaper;
  readonly sealed: SealedPaper | null;
  readonly sha256: string;
  readonly sizeBytes: number;
}

/** What the transaction that keeps a paper says of it. */
export interface PaperToKeep {
  readonly disputeId: string;
  readonly filed: FiledPaper;
  readonly title: string;
  readonly number?: string | null;
  /** Committee that issues (and seals) it; null when the center does. */
  readonly committeeId?: string | null;
  /** Names of those concerned, in the clear; only masked ones are stored beside the encrypted content. */
  readonly names?: readonly string[];
  readonly copies?: number;
  /** The paper that this one replaces. */
  readonly supersedesId?: string | undefined;
  /** The paper that stays in force and is supplemented or corrected by this one. */
  readonly amends?: { readonly id: string; readonly as: 'supplement' | 'correction' };
  /** The draft that says the same. */
  readonly previewId?: string | undefined;
  readonly subjectType?: string;
  readonly subjectId?: string;
  /** Chinese name of the module's thing through which alone the paper is sealed and voided, e.g. 协议. */
  readonly governedBy?: string;
  /** Who asked for the seal: must be another person than the one who seals where the seal demands two. */
  readonly sealRequestedBy?: string | null;
}

/** A kept paper as other modules see it. */
export interface PaperSnapshot {
  readonly id: string;
  readonly disputeId: string;
  /** Template id. */
  readonly kind: string;
  readonly title: string;
  readonly number: string | null;
  /** Of the current file: the sealed one where there is one. */
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly pageCount: number;
  readonly contentHash: string;
  readonly verificationCode: string;
  readonly state: PaperState;
}
