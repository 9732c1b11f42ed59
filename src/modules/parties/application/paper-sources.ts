import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formatLegalDateCn, legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { UuidList } from '../../../platform/http';
import { CHANNELS, Dispute, disputeTypeName, narrativeOf } from '../../disputes';
import { PaperSources, type PaperSubject } from '../../documents';
import { Organizations } from '../../organizations';
import { type PaperParty, Parties } from './parties';

class NoticeParameters {
  @UuidList({ label: '被告知的当事人', max: 60, min: 1, optional: true, description: '不填为参加调解的全部当事人' })
  partyIds?: string[];
}

/** Channels through which another body passed the matter on: the register names it. */
const REFERRED = ['department', 'court-entrusted', 'court-appointed', 'police', 'petition', 'hotline'] as const;

/** Sources of 权利义务告知书 and 受理登记表. Names are printed in full: a minor's too, for the guardian who signs. */
@Injectable()
export class PartyPapers implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
    private readonly parties: Parties,
  ) {}

  onModuleInit(): void {
    this.sources.register('rights-notice', {
      act: 'parties.print-notice',
      parameters: NoticeParameters,
      load: (tx, disputeId, parameters) => this.notice(tx, disputeId, (parameters as NoticeParameters).partyIds),
    });
    this.sources.register('mediation-register', {
      act: 'parties.print-register',
      load: (tx, disputeId) => this.register(tx, disputeId),
    });
  }

  private async notice(tx: Tx, disputeId: string, partyIds: readonly string[] | undefined): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    const committee = await this.committeeOf(tx, dispute);
    const center = await this.organizations.center(tx, dispute.centerId);
    const all = await this.parties.forPaper(tx, disputeId);
    const told = partyIds === undefined ? all : all.filter((p) => partyIds.includes(p.id));
    if (told.length === 0 || (partyIds !== undefined && told.length !== new Set(partyIds).size)) {
      throw ruleViolation(
        'parties.not-in-matter',
        '所选当事人不在本案中或已退出，请从当事人名单中选择。',
        '/parameters/partyIds',
      );
    }
    const contact = [`${center.name}受理窗口`, ...(center.phone === null ? [] : [center.phone])].join('，');
    return {
      title: '权利义务告知书',
      number: dispute.caseNumber,
      names: told.map((p) => p.name),
      committeeId: committee.id,
      copies: told.length + 1,
      data: {
        ...optional('number', dispute.caseNumber),
        committee: committee.name,
        parties: told.map(signatureOf),
        ...optional('confirmationCourt', committee.courtName),
        ...optional('supervision', center.phone),
        privacy: { retention: '按人民调解卷宗的保管期限保存', contact },
        notifiedOn: legalDateFromInstant(tx.now),
      },
    };
  }

  private async register(tx: Tx, disputeId: string): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    if (dispute.caseNumber === null || dispute.acceptedAt === null) {
      throw ruleViolation(
        'parties.not-accepted',
        '该事项尚未受理，没有案号。请先办理受理，再出具受理登记表。',
        '/templateId',
      );
    }
    const committee = await this.committeeOf(tx, dispute);
    const parties = await this.parties.forPaper(tx, disputeId);
    if (parties.length < 2) {
      throw ruleViolation('parties.too-few', '受理登记表至少要有两方当事人。请先登记当事人。', '/templateId');
    }
    const words = await narrativeOf(tx, disputeId);
    const registeredOn = legalDateFromInstant(dispute.registeredAt);
    const isReferred = (REFERRED as readonly string[]).includes(dispute.channel);
    const channel = CHANNELS[dispute.channel];
    return {
      title: '人民调解受理登记表',
      number: dispute.caseNumber,
      names: parties.map((p) => p.name),
      committeeId: committee.id,
      data: {
        number: dispute.caseNumber,
        acceptedOn: legalDateFromInstant(dispute.acceptedAt),
        committee: committee.name,
        source: dispute.channel === 'proactive' || dispute.channel === 'grid' ? 'initiative' : 'application',
        ...(isReferred
          ? {
              referral: [
                channel,
                ...(dispute.upstreamNumber === null ? [] : [dispute.upstreamNumber]),
                formatLegalDateCn(registeredOn),
              ].join('，'),
            }
          : {}),
        disputeType: disputeTypeName(dispute.disputeType ?? 'other'),
        parties: parties.map((p) => ({
          ...signatureOf(p),
          ...optional('contact', contactOf(p)),
          ...optional('address', p.address),
        })),
        facts: words?.narrative ?? '',
        ...optional('requests', words?.requests),
        registrar: { slot: 'registrar', name: tx.actor.displayName ?? '' },
      },
    };
  }

  private async committeeOf(tx: Tx, { committeeId }: Dispute) {
    if (committeeId === null) {
      throw ruleViolation('parties.no-committee', '请先选定受理的人民调解委员会，再出具该文书。', '/templateId');
    }
    return this.organizations.committee(tx, committeeId);
  }
}

function signatureOf({ ordinal, name }: PaperParty): { slot: string; name: string } {
  return { slot: `party-${ordinal}`, name };
}

/** `男，46岁，13800000000`; for an organisation its kind, its head and its phone. */
function contactOf({ sex, age, phone, organization }: PaperParty): string | null {
  const head = organization?.operatorName ?? organization?.legalRepresentative ?? null;
  const parts =
    organization === null ? [sex, age === null ? null : `${age}岁`, phone] : [organization.kindName, head, phone];
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? null : known.join('，');
}

function optional<K extends string>(key: K, value: string | null | undefined): Partial<Record<K, string>> {
  return value === null || value === undefined ? {} : ({ [key]: value } as Partial<Record<K, string>>);
}
