import { Injectable, type OnModuleInit } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Dispute } from '../../disputes';
import { PaperSources, type PaperSubject, present } from '../../documents';
import { Organizations } from '../../organizations';
import { EVIDENCE_FORMS, EVIDENCE_TYPES, type EvidenceType } from '../domain/dictionaries';
import { loadAttachments } from '../persistence/attachment-rows';

/** Papers that have pages of their own in a dossier. */
const NOT_EVIDENCE: readonly EvidenceType[] = ['identity', 'authority', 'signed-paper'];
const DIGITS = 8;

/** Source of 证据材料清单. It goes into a file that all parties may read: only the ring `parties` is printed. */
@Injectable()
export class EvidencePapers implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
  ) {}

  onModuleInit(): void {
    this.sources.register('evidence-list', {
      stage: 'mediation',
      act: 'attachments.print-list',
      load: (tx, disputeId) => this.load(tx, disputeId),
    });
  }

  private async load(tx: Tx, disputeId: string): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    const { committeeId, centerId } = dispute;
    const { name: issuer } =
      committeeId === null
        ? await this.organizations.center(tx, centerId)
        : await this.organizations.committee(tx, committeeId);
    const materials = (await loadAttachments(tx, disputeId)).filter(
      (a) => a.state === 'kept' && a.ring === 'parties' && !NOT_EVIDENCE.includes(a.evidenceType),
    );
    if (materials.length === 0) {
      throw ruleViolation(
        'attachments.nothing-to-list',
        '卷内没有“各方当事人可见”的证据材料，不能出具清单。请先上传材料或者调整可见范围。',
        '/templateId',
      );
    }
    const parties = await tx.query<{ id: string; ordinal: number; name: string }>(
      'select id, ordinal, name from party where dispute_id = $1 order by ordinal',
      [disputeId],
    );
    const number = dispute.caseNumber ?? dispute.registrationNumber;
    const providers = parties.filter((p) => materials.some((m) => m.providedByPartyId === p.id));
    return {
      title: '证据材料清单',
      number,
      names: providers.map((p) => p.name),
      committeeId,
      data: {
        number,
        issuer,
        disputeName: dispute.title,
        materials: materials.map((m) =>
          present({
            name: m.fileName,
            proves: m.description,
            kind: `${EVIDENCE_TYPES[m.evidenceType]}，${EVIDENCE_FORMS[m.form]}`,
            provider: parties.find((p) => p.id === m.providedByPartyId)?.name,
            source: m.source,
            receivedOn: legalDateFromInstant(m.uploadedAt),
            digest: m.sha256.slice(0, DIGITS),
          }),
        ),
        providers: providers.map(({ ordinal, name }) => ({ slot: `party-${ordinal}`, name })),
        receiver: { slot: 'receiver', name: tx.actor.displayName ?? '' },
        listedOn: legalDateFromInstant(tx.now),
      },
    };
  }
}
