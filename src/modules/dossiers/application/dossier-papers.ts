import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  fen,
  formatCaseNumber,
  formatLegalDateCn,
  formatMoney,
  type LegalDate,
  legalDateFromInstant,
  moneyInWords,
  parseCaseNumber,
  ruleViolation,
} from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Day, OneOf, Text, Whole } from '../../../platform/http';
import { type AgreementInEffect, Agreements } from '../../agreements';
import { Assignments } from '../../assignments';
import { Attachments } from '../../attachments';
import { CHANNELS, Dispute, MEDIATION_STATES, closingOf, endingOf, followUpsOf } from '../../disputes';
import { PaperSources, type PaperSubject, Papers, present } from '../../documents';
import { Organizations } from '../../organizations';
import { Parties } from '../../parties';
import { Sessions } from '../../sessions';

/** 保管期限: the house fixes its own (档案法实施条例第十九条); those of the national rule and of the ministry's cover. */
export const RETENTIONS = {
  permanent: '永久',
  'thirty-years': '30年',
  'ten-years': '10年',
  long: '长期',
  short: '短期',
} as const;

class VisitParameters {
  @Day({
    label: '哪一天的回访',
    optional: true,
    description: '不填为最近一次联系上当事人的回访',
    example: '2026-11-20',
  })
  visitedOn?: string;
}

export class CoverParameters {
  @OneOf({ label: '保管期限', values: RETENTIONS, optional: true, description: '不选的留空填写', example: 'long' })
  retention?: keyof typeof RETENTIONS;

  @Text({ label: '立卷人', max: 50, optional: true, description: '不填为出具人', example: '李娜' })
  filer?: string;

  @Day({ label: '立卷日期', optional: true, description: '不填为当天', example: '2026-11-20' })
  filedOn?: string;

  @Text({ label: '备注', max: 200, optional: true, example: '原件两件存调委会档案柜' })
  remark?: string;
}

class StatementParameters {
  @Text({
    label: '其他需要说明的情况',
    max: 2000,
    multiline: true,
    optional: true,
    description: '缺少的文书、退回的原件、司法确认或者诉讼的结果等',
    example: '房产证原件核对后已经退回当事人，卷内为复印件。',
  })
  remark?: string;

  @Text({ label: '立卷人', max: 50, optional: true, description: '不填为出具人', example: '李娜' })
  filer?: string;

  @Day({ label: '立卷日期', optional: true, description: '不填为当天', example: '2026-11-20' })
  filedOn?: string;

  @Text({ label: '检查人', max: 50, optional: true, example: '刘建国' })
  inspector?: string;

  @Day({ label: '检查日期', optional: true, example: '2026-11-23' })
  inspectedOn?: string;
}

export class BackCoverParameters {
  @Whole({ label: '本卷装订总页数', min: 1, max: 9999, optional: true, description: '装订前留空', example: 36 })
  pages?: number;

  @Text({ label: '装订人', max: 50, optional: true, example: '李娜' })
  binder?: string;

  @Day({ label: '装订日期', optional: true, example: '2026-11-20' })
  boundOn?: string;
}

/** Pages of the file itself: not counted among what was issued. */
const OF_THE_FILE: readonly string[] = ['dossier-cover', 'dossier-statement', 'dossier-back-cover'];

/** An accepted matter with its committee: what every page of a dossier begins with. */
interface Filed {
  readonly dispute: Dispute;
  readonly caseNumber: string;
  readonly acceptedOn: LegalDate;
  readonly committee: { readonly id: string; readonly name: string };
}

/** Sources of 回访记录, 卷宗封面, 卷宗情况说明 and 封底. */
@Injectable()
export class DossierPapers implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
    private readonly parties: Parties,
    private readonly assignments: Assignments,
    private readonly sessions: Sessions,
    private readonly agreements: Agreements,
    private readonly attachments: Attachments,
    private readonly papers: Papers,
  ) {}

  onModuleInit(): void {
    this.sources.register('follow-up-record', {
      stage: 'agreement',
      act: 'dossiers.print-follow-up',
      parameters: VisitParameters,
      load: (tx, disputeId, parameters) => this.followUp(tx, disputeId, parameters),
    });
    this.sources.register('dossier-cover', {
      stage: 'file',
      act: 'dossiers.print-cover',
      parameters: CoverParameters,
      load: (tx, disputeId, parameters) => this.cover(tx, disputeId, parameters),
    });
    this.sources.register('dossier-statement', {
      stage: 'file',
      act: 'dossiers.print-statement',
      parameters: StatementParameters,
      load: (tx, disputeId, parameters) => this.statement(tx, disputeId, parameters),
    });
    this.sources.register('dossier-back-cover', {
      stage: 'file',
      act: 'dossiers.print-cover',
      parameters: BackCoverParameters,
      load: (tx, disputeId, parameters) => this.backCover(tx, disputeId, parameters),
    });
  }

  private async followUp(tx: Tx, disputeId: string, { visitedOn }: VisitParameters): Promise<PaperSubject> {
    const filed = await this.filed(tx, disputeId);
    const visits = (await followUpsOf(tx, disputeId)).filter(
      (v) => visitedOn === undefined || legalDateFromInstant(v.visitedAt) === visitedOn,
    );
    const visit = visits.findLast((v) => v.isReached) ?? visits.at(-1);
    if (visit === undefined) {
      throw ruleViolation(
        'dossiers.no-visit',
        visitedOn === undefined
          ? '本案没有登记回访，不能出具回访记录。请先由回访员登记回访。'
          : '这一天没有登记回访，请核对日期。',
        '/parameters/visitedOn',
      );
    }
    const parties = await this.parties.forPaper(tx, disputeId);
    const agreements = await this.agreements.inEffect(tx, disputeId);
    return {
      ...subjectOf(filed, '人民调解回访记录'),
      names: parties.map((p) => p.name),
      subjectType: 'follow-up-visit',
      subjectId: visit.id,
      data: present({
        number: filed.caseNumber,
        committee: filed.committee.name,
        parties: parties.map(({ name }) => ({ name })),
        agreement: agreements.map((a) => a.number ?? `${filed.caseNumber}（${a.kindName}）`).join('、') || null,
        disputeName: filed.dispute.title,
        visitedAt: visit.visitedAt.toISOString(),
        mode: visit.modeName,
        reached: visit.isReached,
        performed: visit.isPerformed,
        solved: visit.isSolved,
        satisfaction: visit.satisfaction,
        situation: visit.situation,
        visitor: { slot: 'visitor', name: visit.visitedByName },
      }),
    };
  }

  /** The cover, as it is issued or, where none was, drawn when the volume is bound. */
  async cover(
    tx: Tx,
    disputeId: string,
    { retention, filer, filedOn, remark }: CoverParameters,
  ): Promise<PaperSubject> {
    const filed = await this.filed(tx, disputeId);
    const { dispute, committee, acceptedOn } = filed;
    const { ending, closing } = await conclusionOf(tx, dispute);
    const agreements = await this.agreements.inEffect(tx, disputeId);
    const officers = await this.assignments.active(tx, disputeId);
    const endedAt = ending?.endedAt ?? closing?.closedAt;
    return {
      ...subjectOf(filed, '卷宗封面'),
      data: present({
        committee: committee.name,
        title: dispute.title,
        number: coverNumber(filed.caseNumber),
        volume: dispute.volume,
        mediators: officers.filter((o) => o.capacity !== 'recorder').map((o) => o.name),
        startedOn: acceptedOn,
        endedOn: agreements.at(-1)?.effectiveOn ?? (endedAt === undefined ? null : legalDateFromInstant(endedAt)),
        filer: filer ?? tx.actor.displayName,
        filedOn: filedOn ?? legalDateFromInstant(tx.now),
        retention: retention === undefined ? null : RETENTIONS[retention],
        remark,
      }),
    };
  }

  private async statement(
    tx: Tx,
    disputeId: string,
    { remark, filer, filedOn, inspector, inspectedOn }: StatementParameters,
  ): Promise<PaperSubject> {
    const filed = await this.filed(tx, disputeId);
    const { dispute, committee, caseNumber } = filed;
    const issued = await this.issued(tx, disputeId);
    return {
      ...subjectOf(filed, '卷宗情况说明'),
      data: present({
        number: caseNumber,
        title: dispute.title,
        committee: committee.name,
        course: await this.course(tx, filed),
        papers: [...new Set(issued.map((p) => p.name))].map((title) => {
          const same = issued.filter((p) => p.name === title);
          return { title, count: same.length, pages: pagesOf(same) };
        }),
        attachments: await this.attachmentCount(tx, disputeId),
        remark,
        filer: filer ?? tx.actor.displayName,
        filedOn: filedOn ?? legalDateFromInstant(tx.now),
        inspector,
        inspectedOn,
      }),
    };
  }

  async backCover(tx: Tx, disputeId: string, { pages, binder, boundOn }: BackCoverParameters): Promise<PaperSubject> {
    const filed = await this.filed(tx, disputeId);
    const issued = await this.issued(tx, disputeId);
    return {
      ...subjectOf(filed, '卷宗封底'),
      data: present({
        number: coverNumber(filed.caseNumber),
        title: filed.dispute.title,
        committee: filed.committee.name,
        volume: filed.dispute.volume,
        papers: issued.length,
        paperPages: pagesOf(issued),
        attachments: await this.attachmentCount(tx, disputeId),
        pages,
        binder,
        boundOn,
      }),
    };
  }

  /** The whole way of the matter in sentences, each from the record. */
  private async course(tx: Tx, { dispute, acceptedOn, caseNumber }: Filed): Promise<string[]> {
    const { id: disputeId, channel } = dispute;
    const parties = await this.parties.forPaper(tx, disputeId);
    const officers = await this.assignments.active(tx, disputeId);
    const sessions = (await this.sessions.list(tx, disputeId)).filter((s) => s.endedAt !== null);
    const agreements = await this.agreements.inEffect(tx, disputeId);
    const visits = (await followUpsOf(tx, disputeId)).filter((v) => v.isReached);
    const { ending, closing } = await conclusionOf(tx, dispute);
    const day = (at: Date): string => formatLegalDateCn(legalDateFromInstant(at));
    const mediators = officers.filter((o) => o.capacity !== 'recorder').map((o) => o.name);
    return [
      `${formatLegalDateCn(acceptedOn)}受理，案号${caseNumber}，来源：${CHANNELS[channel]}。`,
      `当事人${parties.length}方：${parties.map((p) => p.name).join('、')}。`,
      ...(mediators.length === 0 ? [] : [`人民调解员：${mediators.join('、')}。`]),
      ...(sessions.length === 0 ? [] : [`召开调解会${sessions.length}次。`]),
      ...agreements.map(agreementSentence),
      ...(ending === null ? [] : [`${day(ending.endedAt)}${MEDIATION_STATES[ending.endState]}：${ending.codeName}。`]),
      ...(closing === null
        ? []
        : [
            `${day(closing.closedAt)}办结，结果：${closing.outcomeName}。审核人：${closing.reviewedByName}。${closing.summary}`,
          ]),
      ...visits.map((v) => `${day(v.visitedAt)}${v.modeName}回访（${v.visitedByName}）：${v.situation}`),
    ];
  }

  private async issued(tx: Tx, disputeId: string) {
    return (await this.papers.inForce(tx, disputeId)).filter((p) => !OF_THE_FILE.includes(p.templateId));
  }

  /** What only the mediators may see is not bound into the file. */
  private async attachmentCount(tx: Tx, disputeId: string): Promise<number> {
    return (await this.attachments.list(tx, disputeId)).filter((a) => a.ring !== 'mediator').length;
  }

  private async filed(tx: Tx, disputeId: string): Promise<Filed> {
    const dispute = await tx.get(Dispute, disputeId);
    const { committeeId, caseNumber, acceptedAt } = dispute;
    if (committeeId === null || caseNumber === null || acceptedAt === null) {
      throw ruleViolation('dossiers.not-accepted', '该事项没有由人民调解委员会受理，没有调解卷宗。', '/templateId');
    }
    const { id, name } = await this.organizations.committee(tx, committeeId);
    return { dispute, caseNumber, acceptedOn: legalDateFromInstant(acceptedAt), committee: { id, name } };
  }
}

/** How the present volume ended; the endings of earlier ones stand in theirs. */
async function conclusionOf(tx: Tx, dispute: Dispute) {
  const ending = await endingOf(tx, dispute);
  const closing = await closingOf(tx, dispute.id);
  return {
    ending: ending?.endState === dispute.mediationState ? ending : null,
    closing: closing?.volume === dispute.volume ? closing : null,
  };
}

function subjectOf({ caseNumber, committee }: Filed, title: string) {
  return { title, number: caseNumber, committeeId: committee.id };
}

/** The ministry's cover prints 第N号 where papers print N号. */
function coverNumber(caseNumber: string): string {
  const parsed = parseCaseNumber(caseNumber);
  return parsed.ok ? formatCaseNumber(parsed.value, 'ordinal') : caseNumber;
}

function pagesOf(papers: readonly { readonly pageCount: number }[]): number {
  return papers.reduce((sum, p) => sum + p.pageCount, 0);
}

function agreementSentence({
  kindName,
  number,
  effectiveOn,
  totalFen,
  items,
  performedItems,
}: AgreementInEffect): string {
  const which = number === null ? '' : `（${number}）`;
  const amount =
    totalFen === 0 ? '' : `，涉及金额人民币${moneyInWords(fen(totalFen))}（${formatMoney(fen(totalFen))}）`;
  const performance = items === 0 ? '' : `；履行事项${items}项，已履行${performedItems}项`;
  return `${formatLegalDateCn(effectiveOn)}达成的${kindName}${which}生效${amount}${performance}。`;
}
