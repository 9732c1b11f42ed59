import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hidePersonalNumbers, legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { OneOf, Text, TextList, Uuid, UuidList } from '../../../platform/http';
import { Attachments, type AttachmentSnapshot, EVIDENCE_FORMS, EVIDENCE_TYPES } from '../../attachments';
import {
  Dispute,
  disputeTypeName,
  endingOf,
  refusalOf,
  type RouteInWords,
  SEALED_TITLE,
  transferOf,
} from '../../disputes';
import { PaperSources, type PaperSubject, present } from '../../documents';
import { Organizations } from '../../organizations';
import { DOCUMENT_KINDS, REPRESENTATIVE_KINDS, SIDES } from '../domain/dictionaries';
import { type PaperParty, type PaperRepresentative, Parties, type PartySnapshot } from './parties';

const ELECTRONIC = { agreed: '同意', declined: '不同意' } as const;

class EndingParameters {
  @Text({
    label: '向当事人说明的情况',
    max: 1000,
    multiline: true,
    optional: true,
    description: '案内记录的情况说明不印给当事人；终止原因为“其他”的，请在这里写明。不得写入单独听取的内容和让步',
    example: '经三次调解，各方对租金数额的意见没有取得一致。',
  })
  explanation?: string;
}

class AddressParameters {
  @Uuid({ label: '当事人' })
  partyId!: string;

  @Text({ label: '送达地址', max: 200, optional: true, description: '与住址相同的不填', example: '海拉尔东路2号' })
  address?: string;

  @Text({ label: '邮政编码', max: 6, optional: true, pattern: /^\d{6}$/, patternHint: '邮政编码应为六位数字' })
  postcode?: string;

  @OneOf({ label: '是否同意电子送达', values: ELECTRONIC, optional: true, description: '不填的由本人当场勾选' })
  electronic?: keyof typeof ELECTRONIC;

  @Text({ label: '电子邮箱', max: 100, optional: true, example: 'sunzhiqiang@example.cn' })
  email?: string;

  @Text({ label: '其他电子地址', max: 100, optional: true, description: '例如微信号' })
  account?: string;
}

class TransferParameters {
  @Uuid({ label: '流转单', optional: true, description: '不填为最近一次移送、下派或上报' })
  transferId?: string;

  @UuidList({ label: '附送的电子材料', max: 200, optional: true, description: '不填为已设为可以提供给部门的全部材料' })
  attachmentIds?: string[];

  @TextList({ label: '另附的纸质材料', max: 30, maxEach: 100, optional: true, example: ['终止调解通知书 1份'] })
  enclosures?: string[];
}

/** Sources of the papers of refusing, ending and passing on, and of 送达地址确认书. */
@Injectable()
export class CoursePapers implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
    private readonly attachments: Attachments,
    private readonly parties: Parties,
  ) {}

  onModuleInit(): void {
    this.sources.register('non-acceptance-notice', {
      stage: 'intake',
      act: 'parties.print-refusal',
      load: (tx, disputeId) => this.refusal(tx, disputeId),
    });
    this.sources.register('termination-notice', {
      stage: 'mediation',
      act: 'parties.print-ending',
      parameters: EndingParameters,
      load: (tx, disputeId, parameters) => this.ending(tx, disputeId, parameters),
    });
    this.sources.register('service-address-confirmation', {
      stage: 'parties',
      act: 'parties.print-service-address',
      parameters: AddressParameters,
      load: (tx, disputeId, parameters) => this.address(tx, disputeId, parameters as unknown as AddressParameters),
    });
    this.sources.register('transfer-letter', {
      stage: 'agencies',
      act: 'parties.print-transfer',
      parameters: TransferParameters,
      load: (tx, disputeId, parameters) => this.transfer(tx, disputeId, parameters),
    });
  }

  private async refusal(tx: Tx, disputeId: string): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    const refusal = await refusalOf(tx, dispute);
    // A matter taken up after all is no longer refused, though the record keeps the decision.
    if (!refusal || (dispute.state !== 'not-accepted' && dispute.outcome !== 'not-accepted')) {
      throw ruleViolation(
        'parties.not-refused',
        '该事项没有作出不予受理的决定。请先办理“不予受理”，再出具通知书。',
        '/templateId',
      );
    }
    const center = await this.organizations.center(tx, dispute.centerId);
    const applicants = dispute.isReporterProtected
      ? []
      : (await this.parties.list(tx, disputeId)).filter((p) => p.isActive && p.side === 'applicant');
    return {
      title: '不予受理通知书',
      number: dispute.registrationNumber,
      names: applicants.map((p) => p.name),
      copies: Math.max(1, applicants.length) + 1,
      data: {
        number: dispute.registrationNumber,
        issuer: center.name,
        recipients: applicants.map(({ ordinal, name }) => ({ slot: `recipient-${ordinal}`, name })),
        matter: dispute.title,
        registeredOn: legalDateFromInstant(dispute.registeredAt),
        decidedOn: legalDateFromInstant(refusal.decidedAt),
        ...present({ ground: refusal.ground }),
        reason: refusal.reason,
        ...present({ law: refusal.law }),
        routes: refusal.routes.map(routeOnPaper),
        handler: { name: refusal.decidedByName, ...present({ phone: center.phone }) },
        issuedOn: legalDateFromInstant(tx.now),
      },
    };
  }

  private async ending(tx: Tx, disputeId: string, { explanation }: EndingParameters): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    const ending = await endingOf(tx, dispute);
    // Of a mediation that was taken up again the earlier end stays on record: it is not noticed any more.
    if (!ending || ending.endState !== dispute.mediationState) {
      throw ruleViolation(
        'parties.mediation-not-ended',
        '该事项的调解没有终止。请先办理“终止调解”，再出具通知书。',
        '/templateId',
      );
    }
    if (ending.code === 'other' && explanation === undefined) {
      throw ruleViolation(
        'parties.ending-unexplained',
        '终止原因登记为“其他”，请写明向当事人说明的情况。',
        '/parameters/explanation',
      );
    }
    const { committeeId } = dispute;
    const issuer =
      committeeId === null
        ? await this.organizations.center(tx, dispute.centerId)
        : await this.organizations.committee(tx, committeeId);
    const parties = await this.activeParties(tx, disputeId);
    const mediators = await tx.query<{ name: string }>(
      `select name from assignment where dispute_id = $1 and ended_at is null and capacity <> 'recorder'
        order by capacity = 'host' desc, assigned_at, id limit 6`,
      [disputeId],
    );
    const copies = parties.length + 1;
    return {
      title: '终止调解通知书',
      number: dispute.caseNumber ?? dispute.registrationNumber,
      names: parties.map((p) => p.name),
      committeeId,
      copies,
      data: {
        number: dispute.caseNumber ?? dispute.registrationNumber,
        issuer: issuer.name,
        parties: parties.map(({ ordinal, name }) => ({ slot: `party-${ordinal}`, name })),
        matter: dispute.title,
        requestedOn: legalDateFromInstant(dispute.limitationInterruptedAt),
        ...present({ acceptedOn: dispute.acceptedAt && legalDateFromInstant(dispute.acceptedAt) }),
        endedOn: legalDateFromInstant(ending.endedAt),
        reason: ending.codeName,
        ...present({ explanation }),
        articles: articlesOf(ending),
        routes: ending.routes.map(routeOnPaper),
        ...present({ told: ending.toldHow }),
        copies,
        mediators: mediators.map(({ name }, i) => ({ slot: `mediator-${i + 1}`, name })),
        issuedOn: legalDateFromInstant(tx.now),
      },
    };
  }

  private async address(tx: Tx, disputeId: string, asked: AddressParameters): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    const party = (await this.parties.forPaper(tx, disputeId)).find((p) => p.id === asked.partyId);
    if (!party) {
      throw ruleViolation(
        'parties.not-in-matter',
        '所选当事人不在本案中或已退出，请从当事人名单中选择。',
        '/parameters/partyId',
      );
    }
    const { committeeId } = dispute;
    const issuer =
      committeeId === null
        ? await this.organizations.center(tx, dispute.centerId)
        : await this.organizations.committee(tx, committeeId);
    const { name, phone } = party;
    const agents = party.representatives.filter((r) => r.scope.includes('receive') || r.kind === 'statutory');
    const number = dispute.caseNumber ?? dispute.registrationNumber;
    return {
      title: '送达地址确认书',
      number,
      names: [name],
      committeeId,
      subjectType: 'party',
      subjectId: party.id,
      data: {
        number,
        issuer: issuer.name,
        matter: dispute.title,
        party: {
          slot: `party-${party.ordinal}`,
          name,
          ...present({ capacity: party.side === null || party.side === 'other' ? null : SIDES[party.side] }),
          ...documentOf(party),
          ...present({ phone, address: party.address }),
        },
        postal: {
          ...present({ address: asked.address ?? party.address }),
          receiver: name,
          ...present({ phone, postcode: asked.postcode }),
        },
        agents: agents.map(agentOf),
        ...present({ electronic: asked.electronic }),
        // A number at hand is no consent to be reached by it.
        ...present({
          mobile: asked.electronic === 'agreed' ? phone : null,
          email: asked.email,
          account: asked.account,
        }),
        registrar: tx.actor.displayName ?? '',
        issuedOn: legalDateFromInstant(tx.now),
      },
    };
  }

  /** It goes to another body: names at most, no numbers, and nothing of whoever reported under protection. */
  private async transfer(tx: Tx, disputeId: string, asked: TransferParameters): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    const transfer = await transferOf(tx, disputeId, asked.transferId);
    if (!transfer) {
      throw ruleViolation(
        'parties.not-transferred',
        '该事项没有移送、下派或上报的记录。请先办理流转，再出具移送函。',
        '/parameters/transferId',
      );
    }
    const center = await this.organizations.center(tx, dispute.centerId);
    const active = await this.activeParties(tx, disputeId);
    const isHidden = dispute.isReporterProtected || dispute.isSealed;
    const named = dispute.isSealed ? [] : active.filter((p) => !dispute.isReporterProtected || p.side === 'respondent');
    const reporters = dispute.isReporterProtected ? active.filter((p) => p.side !== 'respondent') : [];
    const veiled = (words: string): string =>
      hidePersonalNumbers(reporters.reduce((text, { name }) => text.replaceAll(name, '反映人'), words));
    return {
      title: '移送函',
      number: dispute.registrationNumber,
      names: [transfer.toName],
      copies: 2,
      subjectType: 'transfer',
      subjectId: transfer.id,
      data: {
        number: dispute.registrationNumber,
        issuer: center.name,
        receiver: transfer.toName,
        kind: transfer.kind,
        ...present({
          matter: isHidden || dispute.title === SEALED_TITLE ? null : hidePersonalNumbers(dispute.title),
          disputeType: dispute.disputeType && disputeTypeName(dispute.disputeType),
        }),
        registeredOn: legalDateFromInstant(dispute.registeredAt),
        ...present({ persons: named.length === 0 ? null : named.map((p) => p.shownName).join('、') }),
        reason: veiled(transfer.request),
        sentOn: legalDateFromInstant(transfer.sentAt),
        enclosures: [
          ...(await this.enclosed(tx, disputeId, asked.attachmentIds)).map((file) => ({
            name: EVIDENCE_TYPES[file.evidenceType],
            ...present({ detail: file.description && veiled(file.description) }),
            form: EVIDENCE_FORMS[file.form],
          })),
          ...(asked.enclosures ?? []).map((name) => ({ name: veiled(name) })),
        ],
        ...present({
          objection:
            transfer.kind === 'send-down' ? '认为不属于你单位职责的，请在签收前提出异议，并说明理由和依据。' : null,
          receiptNumber: transfer.receiptNumber,
        }),
        contact: {
          name: transfer.sentByName,
          ...present({ phone: center.phone, address: center.address }),
        },
        issuedOn: legalDateFromInstant(tx.now),
      },
    };
  }

  private async enclosed(
    tx: Tx,
    disputeId: string,
    ids: readonly string[] | undefined,
  ): Promise<readonly AttachmentSnapshot[]> {
    const shareable = await this.attachments.shareable(tx, disputeId);
    if (ids === undefined) return shareable;
    if (ids.some((id) => !shareable.some((file) => file.id === id))) {
      throw ruleViolation(
        'parties.not-shareable',
        '所选材料中有的没有设为可以提供给部门。请先在材料中设置，或者重新选择。',
        '/parameters/attachmentIds',
      );
    }
    return shareable.filter((file) => ids.includes(file.id));
  }

  private async activeParties(tx: Tx, disputeId: string): Promise<PartySnapshot[]> {
    return (await this.parties.list(tx, disputeId)).filter((p) => p.isActive);
  }
}

/** Of the People's Mediation Law: a refusal ends it by art. 17, a party's own wish by art. 23. */
function articlesOf({ code, endState }: { readonly code: string; readonly endState: string }): string {
  if (endState === 'withdrawn') return '第二十三条';
  return code === 'refused' ? '第十七条、第二十六条' : '第二十六条';
}

function routeOnPaper({ name, organ, reason, law }: RouteInWords): { name: string; detail?: string } {
  const parts = [organ === null ? null : `请向${organ}提出。`, reason, law === null ? null : `依据：${law}。`].filter(
    (part) => part !== null,
  );
  return { name, ...present({ detail: parts.length === 0 ? null : parts.join('') }) };
}

function documentOf({ organization, documentKind, documentNumber }: PaperParty) {
  if (organization !== null) {
    return { documentLabel: '统一社会信用代码', ...present({ documentNumber: organization.creditCode }) };
  }
  const label =
    documentKind === null ? '证件号码' : documentKind === 'resident-id' ? '公民身份号码' : DOCUMENT_KINDS[documentKind];
  return { documentLabel: label, ...present({ documentNumber }) };
}

function agentOf({ kind, name, phone }: PaperRepresentative) {
  return { name, relation: REPRESENTATIVE_KINDS[kind], ...present({ phone }) };
}
