import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DomainError, ruleViolation } from '../../../kernel';
import { mayAct } from '../../../platform/auth';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork, uuidv7, withFileInClaim } from '../../../platform/database';
import { PaperEngine } from '../../../platform/pdf';
import { IMAGE_CONSENTS, IMAGE_KINDS, type ImageKind } from '../domain/dictionaries';
import { IMAGE_KEEPERS, IMAGE_TAKERS } from '../domain/image-keepers';
import { type TakenImage, loadImages, loadMarks } from '../persistence/agreement-rows';
import { SigningImage } from '../persistence/signing-image.entity';
import type { SignatureMark, SignatureSlot } from '../persistence/signing.entity';
import { AgreementBook, type AgreementStanding, type OpenAgreement } from './agreement-book';
import { imageHashOf } from './evidence-chain';

interface NewImage {
  readonly markId: string;
  readonly kind: ImageKind;
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const JPEG = Buffer.from('ffd8ff', 'hex');
/** Drawn once as it would be beside a signature: a damaged picture is found now, not when the committee seals. */
const TRIAL = `---
id: image-trial
name: 签署影像
version: 1.0.0
data:
  name: { type: name, label: 姓名, example: 王秀兰 }
---
# {{ name }}
@signatures 1
@sign one | {{ name }}
@endsignatures
`;

/**
 * Photographs of the signing and pictures of fingerprints. Nobody needs one to sign: sensitive personal data are kept only with
 * the signer's separate consent (个人信息保护法第二十九条), read by few and on record, and erased with their mark.
 */
@Injectable()
export class SigningImages {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
    private readonly book: AgreementBook,
    private readonly engine: PaperEngine,
  ) {}

  async add(agreementId: string, picture: Buffer | undefined, { markId, kind }: NewImage): Promise<AgreementStanding> {
    const at = await this.unitOfWork.read(async (tx) => {
      await this.book.read(tx, agreementId, 'agreements.add-image');
      return tx.now;
    });
    if (picture === undefined) throw ruleViolation('agreements.image-missing', '请拍摄或者选择图片。', '/file');
    const mediaType = await this.checked(picture, at);
    const sha256 = createHash('sha256').update(picture).digest('hex');
    return withFileInClaim({ sha256, fileName: kind }, { markId }, () =>
      this.unitOfWork.run(async (tx) => {
        const open = await this.book.lock(tx, agreementId, 'add-image');
        if (!isOpenTo(open)) {
          throw new DomainError('conflict', 'agreements.wrong-state', '协议不在签署中，不能再留存签署影像。');
        }
        const mark = (await loadMarks(tx, agreementId)).find((m) => m.id === markId);
        const slot = open.slots.find((s) => s.id === mark?.slotId);
        if (mark === undefined || slot === undefined || !mayHaveImage(mark, slot)) {
          throw ruleViolation(
            'agreements.image-of-no-mark',
            '只能为本轮已经签名的人留存影像，请刷新后查看。',
            '/markId',
          );
        }
        if ((await loadImages(tx, agreementId)).some((i) => i.markId === markId && i.kind === kind && !i.removedAt)) {
          throw new DomainError('conflict', 'agreements.image-there', `已经留存了${IMAGE_KINDS[kind]}，请刷新后查看。`);
        }
        const id = uuidv7();
        const row = {
          id,
          disputeId: open.agreement.disputeId,
          agreementId,
          markId,
          kind,
          mediaType,
          sizeBytes: picture.length,
          sha256,
          pictureEncrypted: this.keys.encrypt(picture.toString('base64'), placeOf(id)),
          consentText: IMAGE_CONSENTS[kind],
          consentedAt: tx.now,
          recordedBy: tx.actor.accountId ?? '',
          previousHash: mark.chainHash,
          removedAt: null,
          removedBy: null,
          removedReason: null,
        };
        await tx.insert(SigningImage, { ...row, chainHash: imageHashOf(row) });
        await this.book.record(tx, open, 'add-image', {
          details: { slot: slot.slot, round: open.agreement.round, kind, sha256 },
        });
        return this.book.answer(tx, agreementId, 'add-image');
      }),
    );
  }

  async view(imageId: string): Promise<{ bytes: Buffer; mediaType: string; fileName: string }> {
    return this.unitOfWork.run(async (tx) => {
      const image = await tx.get(SigningImage, imageId);
      const { matter } = await this.book.read(tx, image.agreementId, 'agreements.view-image');
      const { kind, mediaType, sha256 } = image;
      tx.audit({
        act: 'agreements.view-image',
        objectType: 'signing-image',
        objectId: imageId,
        disputeId: image.disputeId,
        chain: matter.dispute.centerId,
        details: { kind, sha256 },
      });
      const fileName = `${IMAGE_KINDS[kind]}.${mediaType === 'image/png' ? 'png' : 'jpg'}`;
      return { bytes: this.pictureOf(image), mediaType, fileName };
    });
  }

  /** The signer takes the consent back: the picture is gone, what it was stays on record. */
  async erase(imageId: string, reason: string): Promise<AgreementStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { agreementId } = await tx.get(SigningImage, imageId);
      const open = await this.book.lock(tx, agreementId, 'erase-image');
      const image = await tx.lock(SigningImage, imageId);
      if (image.removedAt !== null) throw erased();
      await tx.update(SigningImage, imageId, {
        pictureEncrypted: null,
        removedAt: tx.now,
        removedBy: tx.actor.accountId,
        removedReason: reason,
      });
      await this.book.record(tx, open, 'erase-image', {
        opinion: reason,
        details: { kind: image.kind, sha256: image.sha256 },
      });
      return this.book.answer(tx, agreementId, 'erase-image');
    });
  }

  /** The fingerprints there are, by their marks. */
  async fingerprints(tx: Tx, images: readonly TakenImage[]): Promise<ReadonlyMap<string, Buffer>> {
    const found = new Map<string, Buffer>();
    for (const { id, kind, markId, removedAt } of images) {
      if (kind === 'fingerprint' && removedAt === null) {
        found.set(markId, this.pictureOf(await tx.get(SigningImage, id)));
      }
    }
    return found;
  }

  /** The picture itself, which must be the one whose digest is on record. */
  private pictureOf({ id, pictureEncrypted, sha256 }: SigningImage): Buffer {
    if (pictureEncrypted === null) throw erased();
    const bytes = Buffer.from(this.keys.decrypt(pictureEncrypted, placeOf(id)), 'base64');
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new Error('The picture is not the one taken');
    return bytes;
  }

  /** What there is of each mark, and what may still be added, for whoever asks. */
  viewsOf(tx: Tx, open: OpenAgreement, images: readonly TakenImage[]) {
    const mayAdd = isOpenTo(open) && mayAct(tx.actor, IMAGE_TAKERS, open.matter.standing);
    const isKeeper = mayAct(tx.actor, IMAGE_KEEPERS, open.matter.standing);
    return (mark: SignatureMark, slot: SignatureSlot) => {
      const here = images.filter((i) => i.markId === mark.id && i.removedAt === null);
      const lacking = (Object.keys(IMAGE_KINDS) as ImageKind[]).filter((kind) => !here.some((i) => i.kind === kind));
      return {
        images: here.map(({ id, kind, sha256, consentedAt }) => ({
          id,
          kind,
          kindName: IMAGE_KINDS[kind],
          sha256,
          consentedAt: consentedAt.toISOString(),
          allowedActs: isKeeper ? ['agreements.view-image', 'agreements.erase-image'] : [],
        })),
        imageChoices:
          mayAdd && mayHaveImage(mark, slot)
            ? lacking.map((kind) => ({ kind, kindName: IMAGE_KINDS[kind], consent: IMAGE_CONSENTS[kind] }))
            : [],
      };
    };
  }

  private async checked(picture: Buffer, at: Date): Promise<string> {
    const mediaType = picture.subarray(0, 8).equals(PNG)
      ? 'image/png'
      : picture.subarray(0, 3).equals(JPEG)
        ? 'image/jpeg'
        : null;
    const template = { file: 'image-trial', source: TRIAL, hash: createHash('sha256').update(TRIAL).digest('hex') };
    const isDrawn =
      mediaType !== null &&
      (await this.engine
        .renderFrom(template, {
          data: { name: '试印' },
          createdAt: at,
          marks: { one: [{ kind: 'fingerprint', bytes: picture }] },
        })
        .then(
          () => true,
          () => false,
        ));
    if (mediaType === null || !isDrawn) {
      throw ruleViolation('agreements.image-unreadable', '图片读不出来，请用 JPEG 或者 PNG 图片重新拍摄。', '/file');
    }
    return mediaType;
  }
}

/** Before the seal: the evidence that goes along with the paper names what there is. */
const isOpenTo = ({ agreement }: OpenAgreement): boolean => agreement.state === 'signing';

/** Of those who sign for themselves or attest; officers sign under their own account, which proves more. */
function mayHaveImage(
  mark: Pick<SignatureMark, 'kind' | 'voidedAt'>,
  { accountId }: Pick<SignatureSlot, 'accountId'>,
): boolean {
  return mark.kind === 'signature' && mark.voidedAt === null && accountId === null;
}

const placeOf = (id: string): string => `signing_image.picture:${id}`;

const erased = (): DomainError => new DomainError('conflict', 'agreements.image-erased', '该影像已经删除，不能查看。');
