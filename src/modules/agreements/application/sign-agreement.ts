import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Assignments } from '../../assignments';
import { type AttachmentSnapshot, Attachments } from '../../attachments';
import type { IdentityCheck } from '../domain/dictionaries';
import { type Stroke, strokesProblem } from '../domain/strokes';
import { Agreement } from '../persistence/agreement.entity';
import { SignatureSlot } from '../persistence/signing.entity';
import { AgreementBook, type AgreementStanding, type OpenAgreement } from './agreement-book';
import { refuseElectronic } from './draft-agreement';
import { type MarkTaken, MarkLedger } from './mark-ledger';

/** What is taken down of any signature on a screen. */
export interface ScreenSignature {
  readonly contentHash: string;
  readonly strokes: readonly Stroke[];
  readonly agreesToElectronic: boolean;
  readonly clientAt: string;
  readonly secondsSpent: number;
  readonly scrolledToEnd: boolean;
  readonly isMachineRead?: boolean;
}

export interface TabletCommand extends ScreenSignature {
  readonly slot: string;
  readonly identityCheck: IdentityCheck;
  readonly identityNote?: string;
  readonly witnessName?: string;
  readonly isReadAloud?: boolean;
}

export interface InkCommand {
  readonly contentHash: string;
  readonly scanAttachmentId: string;
  readonly witnessName?: string;
  readonly marks: readonly {
    readonly slot: string;
    readonly signedOn: string;
    readonly hasSignature: boolean;
    readonly hasFingerprint: boolean;
    readonly hasCorporateSeal?: boolean;
    readonly identityCheck: IdentityCheck;
    readonly isReadAloud?: boolean;
  }[];
}

const SCANS = ['application/pdf', 'image/jpeg', 'image/png'];

/** Signing in presence: on one tablet round the table, or in ink on paper; and refusing to. */
@Injectable()
export class SignAgreement {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly book: AgreementBook,
    private readonly ledger: MarkLedger,
    private readonly attachments: Attachments,
    private readonly assignments: Assignments,
  ) {}

  /** One signer's handwriting on the tablet of a mediator or recorder who is there. Officers sign under their own account. */
  async onTablet(agreementId: string, command: TabletCommand): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.lock(tx, agreementId, 'sign-on-tablet');
      refuseElectronic(open);
      this.book.next(open, 'sign-on-tablet', tx.now);
      const { slot: name, identityCheck, identityNote, witnessName, isReadAloud = false, ...screen } = command;
      const slot = slotNamed(open, name, '/slot');
      await this.refuseWrongSigner(tx, open, slot);
      const isOfficer = slot.accountId !== null;
      if (isOfficer && slot.accountId !== tx.actor.accountId) {
        throw ruleViolation(
          'agreements.not-your-place',
          `${slot.signsFor}须登录本人账号签名，不能由他人代签。`,
          '/slot',
        );
      }
      if (!isOfficer && identityCheck === 'own-account') {
        throw ruleViolation('agreements.identity-check', '签名前请核对证件或以其他方式核实身份。', '/identityCheck');
      }
      if (isReadAloud && witnessName === undefined) {
        throw ruleViolation('agreements.witness-missing', '由他人宣读后签名的，请写明见证人。', '/witnessName');
      }
      const taken = checkedScreen(open.agreement, screen, isReadAloud);
      await this.ledger.add(tx, open.agreement, slot, {
        ...taken,
        method: 'tablet',
        signedOn: legalDateFromInstant(tx.now),
        identityCheck,
        identityNote: identityNote ?? null,
        witnessName: witnessName ?? null,
        isReadAloud,
        device: tx.context.userAgent?.slice(0, 300) ?? null,
      });
      await this.book.record(tx, open, 'sign-on-tablet', { details: { slot: name, round: open.agreement.round } });
      return this.book.answer(tx, agreementId, 'sign-on-tablet');
    });
  }

  /** Marks in ink, with the scan of the signed original. One scan may show several signers. */
  async inInk(agreementId: string, command: InkCommand): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.lock(tx, agreementId, 'record-ink');
      this.book.next(open, 'record-ink', tx.now);
      refuseOtherText(open.agreement, command.contentHash);
      const scan = await this.scan(tx, open, command.scanAttachmentId);
      // Signed on one sheet, they count in the order that was agreed, whichever line is filled in first.
      const turnOf = (name: string): number => open.slots.find((s) => s.slot === name)?.turn ?? 0;
      const inOrder = [...command.marks.entries()].sort(([, a], [, b]) => turnOf(a.slot) - turnOf(b.slot));
      for (const [i, mark] of inOrder) {
        await this.recordInk(tx, open, mark, `/marks/${i}`, scan, command.witnessName ?? null);
      }
      await this.book.record(tx, open, 'record-ink', {
        details: {
          slots: command.marks.map((m) => m.slot),
          round: open.agreement.round,
          scanSha256: scan.sha256,
        },
      });
      return this.book.answer(tx, agreementId, 'record-ink');
    });
  }

  /** A signer does not sign. The mediator decides what follows: persuade, change the text, or end. */
  async refuse(
    agreementId: string,
    command: { readonly slot: string; readonly reason: string },
  ): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.lock(tx, agreementId, 'refuse');
      const slot = slotNamed(open, command.slot, '/slot');
      await refuseSlot(tx, this.book, open, slot, command.reason, 'refuse');
      return this.book.answer(tx, agreementId, 'refuse');
    });
  }

  /** Whoever refused signs after all: the same text, so the marks of the others stand. */
  async resume(agreementId: string, reason: string): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const open = await this.book.lock(tx, agreementId, 'resume-signing');
      const state = this.book.next(open, 'resume-signing', tx.now);
      for (const slot of open.slots) {
        if (slot.state === 'refused') await tx.update(SignatureSlot, slot.id, { state: 'open' });
      }
      await tx.update(Agreement, agreementId, { state });
      await this.book.record(tx, open, 'resume-signing', { toState: state, opinion: reason });
      return this.book.answer(tx, agreementId, 'resume-signing');
    });
  }

  /** The right to sign may have ended since the freeze: a power run out, a mediator gone. */
  async refuseWrongSigner(tx: Tx, { parties, matter }: OpenAgreement, slot: SignatureSlot): Promise<void> {
    // Witnesses and interpreters were there when the text was fixed; nothing ends their place.
    if (slot.partyId === null && slot.accountId === null) return;
    if (slot.partyId === null) {
      const officers = await this.assignments.active(tx, matter.dispute.id);
      if (officers.some((o) => o.accountId === slot.accountId)) return;
    } else {
      const party = parties.find((p) => p.id === slot.partyId);
      const may = party?.signatories;
      if (slot.representativeId === null ? may?.self : may?.representativeIds.includes(slot.representativeId)) return;
    }
    throw new DomainError(
      'conflict',
      'agreements.signatory-changed',
      `${slot.signerName}已不能在此签署（代理终止、到期或已更换）。请退回修改，重新定稿。`,
    );
  }

  private async recordInk(
    tx: Tx,
    open: OpenAgreement,
    mark: InkCommand['marks'][number],
    at: string,
    scan: AttachmentSnapshot,
    witnessName: string | null,
  ): Promise<void> {
    const {
      signedOn,
      hasSignature,
      hasFingerprint,
      hasCorporateSeal = false,
      identityCheck,
      isReadAloud = false,
    } = mark;
    // Read anew: an earlier mark of the same request may have filled the place.
    const slot = await tx.get(SignatureSlot, slotNamed(open, mark.slot, `${at}/slot`).id);
    if (signedOn > legalDateFromInstant(tx.now) || signedOn < legalDateFromInstant(open.agreement.frozenAt ?? tx.now)) {
      throw ruleViolation('agreements.signed-on', '签署日期应在定稿之后、今天以前，请核对。', `${at}/signedOn`);
    }
    if (!hasSignature && !hasFingerprint && !hasCorporateSeal) {
      throw ruleViolation('agreements.nothing-signed', '请注明是签名、按指印还是加盖公章。', at);
    }
    if (hasCorporateSeal && !slot.needsCorporateSeal) {
      throw ruleViolation('agreements.no-corporate-seal', '只有单位签署处加盖单位公章。', `${at}/hasCorporateSeal`);
    }
    if (slot.partyId === null && slot.capacity !== 'witness' && !hasSignature) {
      throw ruleViolation('agreements.signature-needed', '翻译人员、调解员、记录人须签名。', `${at}/hasSignature`);
    }
    if (slot.accountId === null && identityCheck === 'own-account') {
      throw ruleViolation('agreements.identity-check', '签署前请核对证件或以其他方式核实身份。', `${at}/identityCheck`);
    }
    const needsWitness = isReadAloud || (hasFingerprint && !hasSignature);
    if (needsWitness && witnessName === null) {
      throw ruleViolation('agreements.witness-missing', '只按指印或者由他人宣读的，请写明见证人。', '/witnessName');
    }
    await this.refuseWrongSigner(tx, open, slot);
    const base: Omit<MarkTaken, 'kind'> = {
      method: 'ink',
      signedOn,
      identityCheck,
      witnessName,
      isReadAloud,
      scanAttachmentId: scan.id,
      scanSha256: scan.sha256,
    };
    if (hasSignature || hasFingerprint) {
      await this.ledger.add(tx, open.agreement, slot, { ...base, kind: 'signature', hasSignature, hasFingerprint });
    }
    if (hasCorporateSeal) {
      const now = await tx.get(SignatureSlot, slot.id);
      await this.ledger.add(tx, open.agreement, now, { ...base, kind: 'corporate-seal', hasSignature: false });
    }
  }

  private async scan(tx: Tx, { agreement }: OpenAgreement, attachmentId: string): Promise<AttachmentSnapshot> {
    const scan = (await this.attachments.list(tx, agreement.disputeId)).find((a) => a.id === attachmentId);
    if (!scan) {
      throw ruleViolation(
        'agreements.scan-missing',
        '没有找到签署扫描件，请先上传到本事项的材料中。',
        '/scanAttachmentId',
      );
    }
    if (!SCANS.includes(scan.mediaType)) {
      throw ruleViolation(
        'agreements.scan-format',
        '签署扫描件应为 PDF、JPEG 或 PNG，请重新扫描上传。',
        '/scanAttachmentId',
      );
    }
    if (scan.isLocked) {
      throw ruleViolation(
        'agreements.scan-locked',
        '签署扫描件设有密码，打不开，不能作为签署的凭证。请另上传一份没有密码的。',
        '/scanAttachmentId',
      );
    }
    return scan;
  }
}

export function slotNamed({ slots }: OpenAgreement, name: string, pointer: string): SignatureSlot {
  const slot = slots.find((s) => s.slot === name && s.capacity !== 'committee-seal');
  if (!slot) throw ruleViolation('agreements.unknown-slot', '没有这个签名位，请从签署安排中选择。', pointer);
  return slot;
}

/** A mark binds to the text its signer saw. */
export function refuseOtherText({ contentHash }: Agreement, seen: string): void {
  if (seen === contentHash) return;
  throw new DomainError(
    'conflict',
    'agreements.content-changed',
    '您看到的文本已经不是最新的定稿。请重新打开最新文本，看过后再签署。',
  );
}

/** What every signature on a screen must fulfil. */
export function checkedScreen(
  agreement: Agreement,
  {
    contentHash,
    strokes,
    agreesToElectronic,
    clientAt,
    secondsSpent,
    scrolledToEnd,
    isMachineRead = false,
  }: ScreenSignature,
  isReadAloud: boolean,
): Pick<MarkTaken, 'strokes' | 'agreedElectronic' | 'clientAt' | 'secondsSpent' | 'scrolledToEnd' | 'isMachineRead'> & {
  kind: 'signature';
} {
  refuseOtherText(agreement, contentHash);
  if (!agreesToElectronic) {
    throw ruleViolation(
      'agreements.electronic-not-agreed',
      '请先勾选同意采用电子签名；不同意的，可以改为在纸上签署。',
      '/agreesToElectronic',
    );
  }
  if (!scrolledToEnd && !isReadAloud) {
    throw ruleViolation('agreements.not-read', '请先把协议全文看到最后，或由工作人员宣读，再签名。', '/scrolledToEnd');
  }
  const problem = strokesProblem(strokes);
  if (problem !== null) throw ruleViolation('agreements.strokes', problem, '/strokes');
  return {
    kind: 'signature',
    strokes,
    agreedElectronic: true,
    clientAt: new Date(clientAt),
    secondsSpent,
    scrolledToEnd,
    isMachineRead,
  };
}

/** Registers a refusal at one place; the mediator and the recorder are told at once. */
export async function refuseSlot(
  tx: Tx,
  book: AgreementBook,
  open: OpenAgreement,
  slot: SignatureSlot,
  reason: string,
  act: 'refuse' | 'refuse-by-link',
): Promise<void> {
  const { agreement, slots } = open;
  const state = book.next(open, act, tx.now);
  if (slot.state !== 'open') {
    throw new DomainError('conflict', 'agreements.slot-signed', `${slot.signsFor}处已经签过或已失效，请刷新后查看。`);
  }
  await tx.update(SignatureSlot, slot.id, { state: 'refused', refusedAt: tx.now, refusalReason: reason });
  await tx.update(Agreement, agreement.id, { state });
  await book.record(tx, open, act, {
    toState: state,
    opinion: reason,
    details: { slot: slot.slot, round: agreement.round },
  });
  tx.send({
    topic: 'agreements.refused',
    payload: {
      disputeId: agreement.disputeId,
      agreementId: agreement.id,
      slot: slot.slot,
      accountIds: slots.flatMap((s) => (s.accountId === null ? [] : [s.accountId])),
    },
  });
}
