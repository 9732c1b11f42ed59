import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import type { Attachment as EmbeddedFile, Mark } from '../../../platform/pdf';
import { type FiledPaper, Papers, type SealedPaper, Seals } from '../../documents';
import { AGREEMENT_PAPERS, IMAGE_KINDS, SLOT_CAPACITIES, amends } from '../domain/dictionaries';
import { effectiveInstant } from '../domain/effect';
import { Agreement } from '../persistence/agreement.entity';
import { type TakenImage, loadImages, loadMarks } from '../persistence/agreement-rows';
import { SignatureMark, SignatureSlot } from '../persistence/signing.entity';
import { AgreementBook, type AgreementStanding, type OpenAgreement } from './agreement-book';
import { brokenLink, isOnMark } from './evidence-chain';
import { MarkLedger } from './mark-ledger';
import { SigningImages } from './signing-images';
import { SigningTexts } from './signing-text';
import { TakeEffect } from './take-effect';

/** Scans beyond this are kept in the dossier alone; their digest is in the evidence all the same. */
const LARGEST_SCAN = 10 * 1024 * 1024;
const LARGEST_TOTAL = 30 * 1024 * 1024;

interface ReadyToSeal {
  readonly open: OpenAgreement;
  readonly marks: readonly SignatureMark[];
  /** Kept with the consent of those who signed, and not erased. */
  readonly images: readonly TakenImage[];
  readonly data: Readonly<Record<string, unknown>>;
  readonly effectiveAt: Date;
  readonly at: Date;
  readonly committeeId: string;
}

interface SealedText {
  readonly ready: ReadyToSeal;
  /** The day on which the agreement came about. */
  readonly signedOn: string;
  readonly sealed: SealedPaper;
  readonly filed: FiledPaper;
}

/** The committee's seal: the last mark, by which a written agreement takes effect. */
@Injectable()
export class SealAgreement {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly book: AgreementBook,
    private readonly ledger: MarkLedger,
    private readonly papers: Papers,
    private readonly seals: Seals,
    private readonly store: FileStore,
    private readonly texts: SigningTexts,
    private readonly effect: TakeEffect,
    private readonly images: SigningImages,
  ) {}

  /**
   * Draws the frozen text with all marks and seals it, outside any transaction; the transaction that makes it effective
   * refuses when a mark has come or fallen in between. The only thing added to the frozen text is the day on which the
   * agreement came about, which is the day it takes effect.
   */
  async execute(agreementId: string): Promise<AgreementStanding> {
    return this.unitOfWork.prepareAndRun(
      () => this.draw(agreementId),
      (tx, drawn) => this.complete(tx, agreementId, drawn),
    );
  }

  private async draw(agreementId: string): Promise<SealedText> {
    const { ready, fingerprints } = await this.unitOfWork.read(async (tx) => {
      const ready = await this.prepare(tx, agreementId, null);
      return { ready, fingerprints: await this.images.fingerprints(tx, ready.images) };
    });
    const { agreement } = ready.open;
    const signedOn = legalDateFromInstant(ready.effectiveAt);
    const { templateId, title } = AGREEMENT_PAPERS[agreement.relation];
    const drafted = await this.papers.render(
      templateId,
      { ...ready.data, signedOn },
      {
        centerId: ready.open.matter.dispute.centerId,
        templateHash: agreement.templateHash ?? undefined,
        createdAt: ready.at,
        marks: this.marksBySlot(ready, fingerprints),
        sealOf: ready.committeeId,
        attachments: await this.evidence(ready),
      },
    );
    if (drafted.templateHash !== agreement.templateHash) {
      throw new DomainError(
        'conflict',
        'agreements.template-changed',
        '定稿以后协议书模板有更新，不能在新模板上盖章。请退回修改后重新定稿、重新签署。',
      );
    }
    const sealed = await this.seals.seal(drafted, {
      committeeId: ready.committeeId,
      signingTime: ready.at,
      purpose: `${title}盖章`,
    });
    return { ready, signedOn, sealed, filed: await this.papers.file(drafted, sealed) };
  }

  /** Makes the agreement effective: under the lock, the marks must still be the ones that were drawn. */
  private async complete(
    tx: Tx,
    agreementId: string,
    { ready, signedOn, sealed, filed }: SealedText,
  ): Promise<AgreementStanding> {
    const now = await this.prepare(tx, agreementId, ready.at);
    const seen = ({ marks, images }: ReadyToSeal): string => [...marks, ...images].map((m) => m.chainHash).join();
    if (seen(now) !== seen(ready)) {
      throw new DomainError('conflict', 'agreements.marks-changed', '盖章时签署情况刚有变化。请刷新核对后重新盖章。');
    }
    const { open } = now;
    const { dispute } = open.matter;
    const base = open.agreement.baseId === null ? null : await tx.get(Agreement, open.agreement.baseId);
    const { relation } = open.agreement;
    const basePaperId = base?.paperId ?? null;
    const as = amends(relation);
    const paper = await this.papers.keep(tx, {
      disputeId: dispute.id,
      filed,
      title: AGREEMENT_PAPERS[relation].title,
      number: open.agreement.number,
      committeeId: ready.committeeId,
      names: open.slots.flatMap((s) => (s.partyId === null ? [] : [s.signsFor])),
      copies: open.agreement.copies ?? 1,
      ...(basePaperId === null
        ? {}
        : as === null
          ? { supersedesId: basePaperId }
          : { amends: { id: basePaperId, as } }),
      subjectType: 'agreement',
      subjectId: agreementId,
      governedBy: '协议',
      sealRequestedBy: open.agreement.frozenBy,
    });
    const state = this.book.next(open, 'seal', tx.now);
    for (const slot of open.slots) {
      if (slot.capacity === 'committee-seal') {
        await tx.update(SignatureSlot, slot.id, { state: 'signed', signedAt: ready.at });
      }
    }
    await tx.update(Agreement, agreementId, {
      state,
      paperId: paper.id,
      sealedBy: tx.actor.accountId,
      sealedAt: sealed.sealedAt,
      ...(await this.effect.columns(tx, dispute, ready.effectiveAt)),
    });
    await this.ledger.revokeLinks(tx, agreementId);
    await this.book.record(tx, open, 'seal', {
      toState: state,
      details: {
        round: open.agreement.round,
        contentHash: open.agreement.contentHash,
        sha256: paper.sha256,
        paperId: paper.id,
        copies: open.agreement.copies,
        effectiveOn: signedOn,
      },
    });
    await this.effect.follow(tx, open);
    return this.book.answer(tx, agreementId, 'seal');
  }

  /** Everything that must hold, read the same way before the drawing and under the lock. */
  private async prepare(tx: Tx, agreementId: string, sealedAt: Date | null): Promise<ReadyToSeal> {
    const open =
      sealedAt === null
        ? await this.book.read(tx, agreementId, 'agreements.seal')
        : await this.book.lock(tx, agreementId, 'seal');
    const { agreement, matter } = open;
    tx.checkVersion(agreement);
    this.book.next(open, 'seal', tx.now);
    const { committeeId } = matter.dispute;
    if (committeeId === null) throw new Error('A frozen agreement has a committee');
    await this.seals.check(tx, committeeId, agreement.frozenBy);
    const all = await loadMarks(tx, agreementId);
    const images = (await loadImages(tx, agreementId)).filter((i) => i.removedAt === null);
    if (brokenLink(agreement, all) !== null || images.some((i) => !isOnMark(i, all))) {
      throw new DomainError(
        'conflict',
        'agreements.evidence-damaged',
        '签署证据链核对不符，已停止盖章。请立即报告安全管理员，并保留现场。',
      );
    }
    const data = this.texts.frozen(agreement);
    await this.texts.refuseMoved(tx, open, data);
    const marks = all.filter((m) => m.voidedAt === null);
    const at = sealedAt ?? tx.now;
    return {
      open,
      marks,
      images,
      at,
      committeeId,
      effectiveAt: effectiveInstant(
        marks.map((m) => m.serverAt),
        at,
      ),
      data,
    };
  }

  private marksBySlot({ open, marks }: ReadyToSeal, fingerprints: ReadonlyMap<string, Buffer>): Record<string, Mark[]> {
    const drawn: Record<string, Mark[]> = {};
    for (const { id, slot } of open.slots) {
      const here = marks.filter((m) => m.slotId === id);
      if (here.length > 0) drawn[slot] = here.flatMap((mark) => this.drawnMarks(mark, fingerprints.get(mark.id)));
    }
    return drawn;
  }

  /** A fingerprint stands beside handwriting from a screen; on a sheet signed in ink it is there already. */
  private drawnMarks(mark: SignatureMark, fingerprint: Buffer | undefined): Mark[] {
    const drawn = this.drawnMark(mark);
    if (drawn.kind === 'ink' || fingerprint === undefined) return [drawn];
    return [drawn, { kind: 'fingerprint', bytes: fingerprint }];
  }

  private drawnMark(mark: SignatureMark): Mark {
    const { signedOn } = mark;
    if (mark.method === 'ink') return { kind: 'ink', note: inkNote(mark), signedOn };
    return {
      kind: 'strokes',
      strokes: this.ledger
        .strokesOf(mark)
        .map(({ points }) => points.map(({ x, y, t, p }) => ({ x, y, t, p: p / 1000 }))),
      signedOn,
    };
  }

  /** What goes along in the file: the chain of marks, and the scans of what was signed in ink. */
  private async evidence({ open, marks, images }: ReadyToSeal): Promise<EmbeddedFile[]> {
    const files: EmbeddedFile[] = [];
    const scans = [...new Set(marks.flatMap((m) => (m.scanSha256 === null ? [] : [m.scanSha256])))];
    const embedded: string[] = [];
    let total = 0;
    for (const sha256 of scans) {
      const bytes = await this.store.get(sha256);
      if (bytes.length > LARGEST_SCAN || total + bytes.length > LARGEST_TOTAL) continue;
      total += bytes.length;
      embedded.push(sha256);
      const [extension, mediaType] = formatOf(bytes);
      files.push({
        name: `签署扫描件-${embedded.length}.${extension}`,
        mediaType,
        description: `纸质签署文本的扫描件，SHA-256：${sha256}`,
        bytes,
      });
    }
    const { agreement, slots, parties } = open;
    const nameOf = (id: string): string => parties.find((p) => p.id === id)?.name ?? '';
    const report = {
      说明: '本文件列明协议书上每一项签署的证据。每项的链值由前一项的链值与该项全部证据计算得出，设备和网络地址留存于调解系统，未在此列出。',
      协议编号: agreement.number,
      签署轮次: agreement.round,
      签署文本内容摘要: agreement.contentHash,
      签署文本文件SHA256: agreement.signingCopySha256,
      签署: marks.map((mark) => {
        const slot = slots.find((s) => s.id === mark.slotId);
        return {
          序号: mark.sequence,
          签名位: slot?.slot,
          身份: slot === undefined ? null : SLOT_CAPACITIES[slot.capacity],
          签署人: mark.signerName,
          代表: slot?.signsFor,
          ...(slot?.capacity === 'interpreter'
            ? { 翻译语言: slot.language, 为谁翻译: slot.interpretsFor.map(nameOf) }
            : {}),
          方式: mark.method,
          类别: mark.kind,
          身份核实: mark.identityCheck,
          见证人: mark.witnessName,
          宣读: mark.isReadAloud,
          设备朗读至末尾: mark.isMachineRead,
          签署日期: mark.signedOn,
          阅读用时秒: mark.secondsSpent,
          看到全文末尾: mark.scrolledToEnd,
          登记时间: mark.serverAt.toISOString(),
          笔迹SHA256: mark.strokesSha256,
          影像: images
            .filter((i) => i.markId === mark.id)
            .map(({ kind, sha256, consentedAt, chainHash }) => ({
              类别: IMAGE_KINDS[kind],
              SHA256: sha256,
              本人单独同意时间: consentedAt.toISOString(),
              链值: chainHash,
            })),
          扫描件SHA256: mark.scanSha256,
          扫描件随附: mark.scanSha256 === null ? null : embedded.includes(mark.scanSha256),
          内容摘要: mark.contentHash,
          前链值: mark.previousHash,
          链值: mark.chainHash,
        };
      }),
    };
    files.unshift({
      name: '签署证据.json',
      mediaType: 'application/json',
      description: '各项签署的证据和链值',
      bytes: Buffer.from(JSON.stringify(report, null, 2), 'utf8'),
    });
    return files;
  }
}

function inkNote({ kind, hasSignature, hasFingerprint }: SignatureMark): string {
  if (kind === 'corporate-seal') return '已在纸质文本上加盖单位公章';
  const what = [hasSignature ? '签名' : null, hasFingerprint ? '按指印' : null].filter((part) => part !== null);
  return `已在纸质文本上${what.join('、')}`;
}

/** The scan was sniffed when it was received; only these three come this far. */
function formatOf(bytes: Buffer): [string, string] {
  if (bytes[0] === 0x25) return ['pdf', 'application/pdf'];
  return bytes[0] === 0x89 ? ['png', 'image/png'] : ['jpg', 'image/jpeg'];
}
