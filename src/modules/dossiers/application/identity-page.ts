import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formatLegalDateCn, legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Agreements, type IdentityChecked } from '../../agreements';
import { type AttachmentSnapshot, Attachments, EVIDENCE_FORMS } from '../../attachments';
import { Dispute } from '../../disputes';
import { PaperSources, type PaperSubject, present } from '../../documents';
import { type PaperParty, Parties, REPRESENTS_AS, partyBlockOf } from '../../parties';

const DIGITS = 8;

/** Source of 当事人身份证明: which document each person has, how it was checked, of what a copy is kept. */
@Injectable()
export class IdentityPage implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly parties: Parties,
    private readonly agreements: Agreements,
    private readonly attachments: Attachments,
  ) {}

  onModuleInit(): void {
    this.sources.register('identity-page', {
      stage: 'parties',
      act: 'dossiers.print-identity',
      load: (tx, disputeId) => this.load(tx, disputeId),
    });
  }

  private async load(tx: Tx, disputeId: string): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    const parties = await this.parties.forPaper(tx, disputeId);
    if (parties.length === 0) {
      throw ruleViolation('dossiers.no-parties', '本案还没有登记当事人，不能出具身份证明页。', '/templateId');
    }
    const checks = await this.agreements.identityChecks(tx, disputeId);
    const copies = (await this.attachments.list(tx, disputeId)).filter(
      (a) => a.evidenceType === 'identity' && a.ring !== 'mediator',
    );
    const number = dispute.caseNumber ?? dispute.registrationNumber;
    return {
      title: '当事人身份证明',
      number,
      names: parties.map((p) => p.name),
      committeeId: dispute.committeeId,
      data: {
        number,
        disputeName: dispute.title,
        people: parties.flatMap((p) => [partyLine(p, checks, copies), ...representativeLines(p, checks)]),
        checker: { slot: 'checker', name: tx.actor.displayName ?? '' },
        listedOn: legalDateFromInstant(tx.now),
      },
    };
  }
}

function partyLine(party: PaperParty, checks: readonly IdentityChecked[], copies: readonly AttachmentSnapshot[]) {
  const { legalRepresentative, creditCode, idNumber } = partyBlockOf(party);
  const own = checks.filter((c) => c.partyId === party.id && c.representativeId === null);
  return present({
    name: party.name,
    capacity: party.kind === 'person' ? '当事人' : '当事人（单位）',
    document: creditCode === undefined ? party.documentKindName : '统一社会信用代码',
    idNumber: creditCode ?? idNumber,
    head: legalRepresentative,
    checks: checksText(own),
    copies: copiesText(copies.filter((a) => a.providedByPartyId === party.id)),
  });
}

function representativeLines({ id, name, representatives }: PaperParty, checks: readonly IdentityChecked[]) {
  return representatives.map((r) =>
    present({
      name: r.name,
      capacity: `${name}的${REPRESENTS_AS[r.kind]}`,
      document: r.documentKindName,
      idNumber: r.documentNumber,
      checks: checksText(checks.filter((c) => c.partyId === id && c.representativeId === r.id)),
      copies: r.authorityNote,
    }),
  );
}

function checksText(checks: readonly IdentityChecked[]): string | null {
  const lines = checks.map((c) => `${formatLegalDateCn(c.signedOn)}签署时${c.checkName}。`);
  return lines.length === 0 ? null : [...new Set(lines)].join('');
}

/** Copies stand there by form and digest: what a file is called is for those who may open it. */
function copiesText(copies: readonly AttachmentSnapshot[]): string | null {
  if (copies.length === 0) return null;
  const each = copies.map(
    (a) =>
      `${EVIDENCE_FORMS[a.form]}，${formatLegalDateCn(legalDateFromInstant(a.uploadedAt))}收存（摘要${a.sha256.slice(0, DIGITS)}）`,
  );
  return `${each.join('；')}。`;
}
