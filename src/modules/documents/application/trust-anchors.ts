import { Injectable } from '@nestjs/common';
import { X509Certificate } from 'node:crypto';
import { ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { TrustAnchor } from '../persistence/seal.entity';
import { type CertificateFacts, certificateFacts } from './seal-material';

/** What a root is believed for. */
export const ANCHOR_PURPOSES = { seal: '印章', timestamp: '时间戳' } as const;
export type AnchorPurpose = keyof typeof ANCHOR_PURPOSES;

/** The roots under which verification believes seals and timestamps. */
@Injectable()
export class TrustAnchors {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Adds the root of a certification authority or timestamp service. */
  async add({ purpose, certificatePem }: { purpose: AnchorPurpose; certificatePem: string }) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'trust-anchors.add');
      const facts = certificateFacts(certificatePem, '/certificatePem');
      if (!facts.isAuthority) {
        throw ruleViolation(
          'trust-anchors.not-an-authority',
          '这不是根证书（CA 证书）。请向电子认证服务机构或时间戳服务机构索取其根证书。',
          '/certificatePem',
        );
      }
      const anchor = await this.enter(tx, purpose, facts);
      tx.audit({
        act: 'trust-anchors.add',
        objectType: 'trust-anchor',
        objectId: anchor.id,
        details: { purpose, fingerprint: facts.fingerprint },
      });
      return anchorView(anchor);
    });
  }

  async list() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'trust-anchors.list');
      return { items: (await this.all(tx)).map(anchorView) };
    });
  }

  /** DER of the roots for a verification. */
  async roots(tx: Tx): Promise<Readonly<Record<AnchorPurpose, readonly Uint8Array[]>>> {
    const all = await this.all(tx);
    const der = (purpose: AnchorPurpose): Uint8Array[] =>
      all.filter((a) => a.purpose === purpose).map((a) => new X509Certificate(a.certificatePem).raw);
    // Whoever may issue seals here may also issue timestamps here; a foreign timestamp service issues no seals.
    return { seal: der('seal'), timestamp: [...der('seal'), ...der('timestamp')] };
  }

  /** Enters a root once. */
  async enter(tx: Tx, purpose: AnchorPurpose, facts: CertificateFacts): Promise<TrustAnchor> {
    const known = (await this.all(tx)).find((a) => a.purpose === purpose && a.fingerprint === facts.fingerprint);
    if (known) return known;
    const id = uuidv7();
    await tx.insert(TrustAnchor, {
      id,
      purpose,
      subjectName: facts.subjectName,
      fingerprint: facts.fingerprint,
      certificatePem: facts.pem,
      validTo: facts.validTo,
      addedBy: tx.actor.accountId,
      addedAt: tx.now,
    });
    return tx.get(TrustAnchor, id);
  }

  private async all(tx: Tx): Promise<TrustAnchor[]> {
    return tx.query<TrustAnchor>(
      `select id, purpose, subject_name as "subjectName", fingerprint, certificate_pem as "certificatePem", valid_to as "validTo",
              added_by as "addedBy", added_at as "addedAt" from trust_anchor order by added_at, id`,
    );
  }
}

function anchorView(anchor: TrustAnchor) {
  return {
    id: anchor.id,
    purpose: anchor.purpose,
    purposeName: ANCHOR_PURPOSES[anchor.purpose],
    subjectName: anchor.subjectName,
    fingerprint: anchor.fingerprint,
    validTo: anchor.validTo.toISOString(),
    addedAt: anchor.addedAt.toISOString(),
  };
}
