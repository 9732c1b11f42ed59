import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { type Dispute, Matters } from '../../disputes';
import { Organizations } from '../../organizations';
import { attests, signsBefore } from '../domain/signature-plan';
import { Agreement } from '../persistence/agreement.entity';
import { SignatureSlot, SigningLink } from '../persistence/signing.entity';
import { AgreementDrafts, earlierOf } from './agreement-drafts';
import { AgreementBook, type OpenAgreement } from './agreement-book';
import { refuseElectronic } from './draft-agreement';
import { MarkLedger } from './mark-ledger';
import { type FrozenText, SigningTexts, textToSign } from './signing-text';
import { type ScreenSignature, SignAgreement, checkedScreen, refuseOtherText, refuseSlot } from './sign-agreement';

interface LinkedAgreement {
  readonly link: SigningLink;
  readonly open: OpenAgreement;
  readonly slot: SignatureSlot;
}

/**
 * Signing from afar. The holder of a link sees by row security its own link and nothing else; the use case then works as the
 * system, strictly on the one agreement that the link names.
 */
@Injectable()
export class SignByLink {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly book: AgreementBook,
    private readonly ledger: MarkLedger,
    private readonly signing: SignAgreement,
    private readonly store: FileStore,
    private readonly texts: SigningTexts,
    private readonly organizations: Organizations,
    private readonly drafts: AgreementDrafts,
  ) {}

  /** Shows the text, and takes down that it was opened. */
  async view() {
    return this.unitOfWork.run((tx) =>
      this.withLink(tx, 'signing.read', async ({ link, open, slot }) => {
        const { agreement, matter } = open;
        if (link.openedAt === null) await tx.update(SigningLink, link.id, { openedAt: tx.now });
        this.auditReading(tx, matter.dispute, agreement, link, 'signing.read');
        const text = this.texts.frozen(agreement);
        return {
          ...textToSign(agreement.relation, text as unknown as FrozenText),
          waitsFor: signsBefore(slot, open.slots)?.signerName ?? null,
          earlier: earlierOf(await this.drafts.earlierSignatures(tx, agreement, text), slot),
          signerName: slot.signerName,
          signsFor: slot.signsFor,
          signsAs: attests(slot, (id) => open.parties.find((p) => p.id === id)?.name ?? ''),
          needsCorporateSeal: slot.needsCorporateSeal,
          contentHash: agreement.contentHash ?? '',
          expiresAt: link.expiresAt.toISOString(),
          centerPhone: (await this.organizations.center(tx, matter.dispute.centerId)).phone,
          allowedActs: ['signing.sign', 'signing.refuse'],
        };
      }),
    );
  }

  /** The very file that is signed. */
  async paper(): Promise<{ bytes: Buffer; fileName: string }> {
    const { sha256, number } = await this.unitOfWork.run((tx) =>
      this.withLink(tx, 'signing.read-paper', ({ link, open }) => {
        this.auditReading(tx, open.matter.dispute, open.agreement, link, 'signing.read-paper');
        return Promise.resolve({ sha256: open.agreement.signingCopySha256 ?? '', number: open.agreement.number ?? '' });
      }),
    );
    return { bytes: await this.store.get(sha256), fileName: `待签文本-${number}.pdf` };
  }

  async sign(command: ScreenSignature) {
    return this.unitOfWork.run((tx) =>
      this.withLink(tx, 'signing.sign', async ({ link, open, slot }) => {
        refuseElectronic(open);
        this.book.next(open, 'sign-by-link', tx.now);
        await this.signing.refuseWrongSigner(tx, open, slot);
        const taken = checkedScreen(open.agreement, command, false);
        const isWhole = await this.ledger.add(tx, open.agreement, slot, {
          ...taken,
          method: 'link',
          signedOn: legalDateFromInstant(tx.now),
          // Whoever handed out the link says how it was made sure to reach this person.
          identityCheck: link.identityCheck,
          identityNote: link.identityNote,
          device: tx.context.userAgent?.slice(0, 300) ?? null,
          linkId: link.id,
        });
        await tx.update(SigningLink, link.id, { usedAt: tx.now });
        await this.book.record(tx, open, 'sign-by-link', {
          details: { slot: slot.slot, round: open.agreement.round, linkId: link.id },
        });
        tx.send({
          topic: 'agreements.signed-by-link',
          payload: { disputeId: open.agreement.disputeId, agreementId: open.agreement.id, slot: slot.slot },
        });
        return {
          state: 'signed' as const,
          signedAt: tx.now.toISOString(),
          signerName: slot.signerName,
          message: isWhole
            ? '签名已收到。待各方签署齐备并加盖调委会印章后，协议生效，调委会将把协议书交给您。'
            : '签名已收到。请把加盖单位公章的签署页交给调解员扫描登记。',
        };
      }),
    );
  }

  async refuse(command: { readonly contentHash: string; readonly reason: string }) {
    return this.unitOfWork.run((tx) =>
      this.withLink(tx, 'signing.refuse', async ({ link, open, slot }) => {
        refuseOtherText(open.agreement, command.contentHash);
        await refuseSlot(tx, this.book, open, slot, command.reason, 'refuse-by-link');
        await tx.update(SigningLink, link.id, { usedAt: tx.now });
        return {
          state: 'refused' as const,
          signedAt: null,
          signerName: slot.signerName,
          message: '已记录您不签署及理由，调解员会与您联系。签与不签由您自愿决定。',
        };
      }),
    );
  }

  private async withLink<T>(tx: Tx, act: string, work: (linked: LinkedAgreement) => Promise<T>): Promise<T> {
    authorize(tx.actor, act);
    const { principal } = tx.actor;
    // Row security shows nothing but the link that was brought.
    const [own] = await tx.query<{ id: string; disputeId: string }>(
      'select id, dispute_id as "disputeId" from signing_link where digest = $1',
      [principal.kind === 'link' ? principal.linkDigest : ''],
    );
    if (!own) throw linkInvalid();
    return tx.asSystem(async () => {
      const matter = await this.matters.lock(tx, own.disputeId, act);
      const link = await tx.lock(SigningLink, own.id);
      if (link.usedAt !== null || link.revokedAt !== null || link.expiresAt <= tx.now) throw linkInvalid();
      const open = await this.book.around(tx, matter, await tx.lock(Agreement, link.agreementId));
      const slot = open.slots.find((s) => s.id === link.slotId);
      if (!slot || open.agreement.contentHash !== link.contentHash) throw linkInvalid();
      return work({ link, open, slot });
    });
  }

  private auditReading(
    tx: Tx,
    dispute: Pick<Dispute, 'id' | 'centerId'>,
    agreement: Agreement,
    link: SigningLink,
    act: string,
  ): void {
    tx.audit({
      act,
      objectType: 'agreement',
      objectId: agreement.id,
      disputeId: dispute.id,
      chain: dispute.centerId,
      details: { linkId: link.id },
    });
  }
}

/** One answer for unknown, used, expired, taken back and overtaken links. */
function linkInvalid(): DomainError {
  return new DomainError(
    'unauthenticated',
    'signing.link-invalid',
    '链接无效、已使用或已过期。请向调解员索取新的链接。',
  );
}
