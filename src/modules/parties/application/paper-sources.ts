import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formatLegalDateCn, legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Uuid, UuidList } from '../../../platform/http';
import { CHANNELS, Dispute, disputeTypeName, narrativeOf } from '../../disputes';
import { PaperSources, type PaperSubject, present } from '../../documents';
import { Organizations } from '../../organizations';
import { contactOf, partyBlockOf, representativesOf } from './paper-blocks';
import { type PaperParty, type PaperRepresentative, Parties } from './parties';

class NoticeParameters {
  @UuidList({ label: '被告知的当事人', max: 60, min: 1, optional: true, description: '不填为参加调解的全部当事人' })
  partyIds?: string[];
}

class ApplicationParameters {
  @UuidList({
    label: '申请人',
    max: 60,
    min: 1,
    optional: true,
    description: '不填为登记的申请方；没有分申请方、被申请方的，为表示“本人申请调解”的当事人',
  })
  partyIds?: string[];
}

class PowerParameters {
  @Uuid({ label: '委托人', optional: true, description: '只有一方委托了代理人的，可以不选' })
  partyId?: string;
}

/** Channels through which another body passed the matter on: the register names it. */
const REFERRED = ['department', 'court-entrusted', 'court-appointed', 'police', 'petition', 'hotline'] as const;

/** Sources of 调解申请书, 权利义务告知书, 受理登记表 and 授权委托书. Names are printed in full: a minor's too, for the guardian who signs. */
@Injectable()
export class PartyPapers implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
    private readonly parties: Parties,
  ) {}

  onModuleInit(): void {
    this.sources.register('rights-notice', {
      stage: 'parties',
      act: 'parties.print-notice',
      parameters: NoticeParameters,
      load: (tx, disputeId, parameters) => this.notice(tx, disputeId, (parameters as NoticeParameters).partyIds),
    });
    this.sources.register('mediation-register', {
      stage: 'intake',
      act: 'parties.print-register',
      load: (tx, disputeId) => this.register(tx, disputeId),
    });
    this.sources.register('mediation-application', {
      stage: 'intake',
      act: 'parties.print-application',
      parameters: ApplicationParameters,
      load: (tx, disputeId, parameters) =>
        this.application(tx, disputeId, (parameters as ApplicationParameters).partyIds),
    });
    this.sources.register('power-of-attorney', {
      stage: 'parties',
      act: 'parties.print-power',
      parameters: PowerParameters,
      load: (tx, disputeId, parameters) => this.power(tx, disputeId, (parameters as PowerParameters).partyId),
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

  private async application(tx: Tx, disputeId: string, partyIds: readonly string[] | undefined): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    const committee = dispute.committeeId === null ? null : await this.organizations.committee(tx, dispute.committeeId);
    const all = await this.parties.forPaper(tx, disputeId);
    const chosen = new Set(partyIds ?? (await this.applicantsOf(tx, disputeId, all)));
    const applicants = all.filter((p) => chosen.has(p.id));
    if (applicants.length === 0 || applicants.length !== chosen.size) {
      throw ruleViolation(
        'parties.no-applicant',
        partyIds === undefined
          ? '没有登记谁是申请方，请选择申请人。主动调解、没有人申请的，出具受理登记表即可。'
          : '所选申请人不在本案中或已退出，请从当事人名单中选择。',
        '/parameters/partyIds',
      );
    }
    const words = await narrativeOf(tx, disputeId);
    const requests = (words?.requests ?? '').split('\n').filter((line) => line.trim() !== '');
    return {
      title: '人民调解申请书',
      number: numberOf(dispute),
      names: applicants.map((p) => p.name),
      committeeId: dispute.committeeId,
      data: present({
        number: numberOf(dispute),
        committee: committee?.name,
        applicants: applicants.map((p) => ({
          ...withoutNumber(partyBlockOf(p)),
          slot: signatureOf(p).slot,
          representatives: representativesOf(p),
        })),
        respondents: all
          .filter((p) => !chosen.has(p.id) && p.side !== 'other')
          .map((p) => withoutNumber(partyBlockOf(p))),
        facts: words?.narrative,
        // More lines than the form numbers stay together in the last one.
        requests: requests.length <= 30 ? requests : [...requests.slice(0, 29), requests.slice(29).join('\n')],
      }),
    };
  }

  /** Those of the applying side; without sides those who said that they apply. Silence makes nobody an applicant. */
  private async applicantsOf(tx: Tx, disputeId: string, all: readonly PaperParty[]): Promise<string[]> {
    const side = all.filter((p) => p.side === 'applicant').map((p) => p.id);
    if (side.length > 0) return side;
    const rows = await tx.query<{ partyId: string }>(
      `select distinct party_id as "partyId" from party_consent where dispute_id = $1 and answer = 'applied'`,
      [disputeId],
    );
    return all.filter((p) => rows.some((row) => row.partyId === p.id)).map((p) => p.id);
  }

  private async power(tx: Tx, disputeId: string, partyId: string | undefined): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    const committee = dispute.committeeId === null ? null : await this.organizations.committee(tx, dispute.committeeId);
    const entrusting = (await this.parties.forPaper(tx, disputeId)).filter((p) => agentsOf(p).length > 0);
    const candidates = partyId === undefined ? entrusting : entrusting.filter((p) => p.id === partyId);
    const [principal, another] = candidates;
    if (principal === undefined || another !== undefined) {
      throw ruleViolation(
        'parties.no-agent',
        principal === undefined
          ? '没有在代理期限内的委托代理人。请先登记代理人、代理权限和期限。'
          : `${String(candidates.length)}方当事人都委托了代理人，请选择委托人，逐一出具。`,
        '/parameters/partyId',
      );
    }
    const agents = agentsOf(principal);
    const block = partyBlockOf(principal);
    return {
      title: '授权委托书',
      number: numberOf(dispute),
      names: [principal.name, ...agents.map((a) => a.name)],
      committeeId: dispute.committeeId,
      copies: 2,
      subjectType: 'party',
      subjectId: principal.id,
      data: present({
        number: numberOf(dispute),
        committee: committee?.name,
        disputeName: dispute.title,
        principal: present({
          ...withoutOccupation(block),
          // A minor's number is written in by the guardian who signs.
          ...(principal.isMinor ? { idNumber: null } : {}),
          slot: signatureOf(principal).slot,
          guardian: principal.representatives.find((r) => r.kind === 'statutory')?.name,
        }),
        agents: agents.map((a, i) =>
          present({
            slot: `agent-${i + 1}`,
            name: a.name,
            relation: a.relation,
            employer: a.employer,
            phone: a.phone,
            idNumber: a.documentNumber,
            attend: a.scope.includes('attend'),
            receive: a.scope.includes('receive'),
            sign: a.scope.includes('sign'),
            waive: a.scope.includes('waive'),
            receiveMoney: a.scope.includes('receive-money'),
            validFrom: a.validFrom,
            validTo: a.validTo,
          }),
        ),
      }),
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

function agentsOf({ representatives }: PaperParty): PaperRepresentative[] {
  return representatives.filter((r) => r.kind === 'entrusted');
}

/** An application asks for nobody's number. */
function withoutNumber({ idNumber: _, ...block }: Record<string, unknown>): Record<string, unknown> {
  return block;
}

function withoutOccupation({ occupation: _, ...block }: Record<string, unknown>): Record<string, unknown> {
  return block;
}

function numberOf({ caseNumber, registrationNumber }: Dispute): string {
  return caseNumber ?? registrationNumber;
}

function optional<K extends string>(key: K, value: string | null | undefined): Partial<Record<K, string>> {
  return value === null || value === undefined ? {} : ({ [key]: value } as Partial<Record<K, string>>);
}
