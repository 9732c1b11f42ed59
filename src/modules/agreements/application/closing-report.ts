import { Injectable, type OnModuleInit } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { CHANNELS, closingOf, Dispute, disputeTypeName, narrativeOf } from '../../disputes';
import { PaperSources, type PaperSubject, present } from '../../documents';
import { Organizations } from '../../organizations';
import { Parties } from '../../parties';

const SIDES_ON_PAPER = { applicant: '申请方', respondent: '被申请方', other: '其他' } as const;

interface AgreementRow {
  readonly number: string | null;
  readonly effectiveOn: string;
  readonly amount: number | null;
  readonly performed: number | null;
  readonly open: number;
  readonly breached: number;
  readonly items: number;
}

const AGREEMENTS = `select a.number, a.effective_on as "effectiveOn", sum(i.amount_fen)::bigint as amount,
       sum(i.performed_fen) filter (where i.amount_fen is not null)::bigint as performed,
       count(*) filter (where i.state = 'open')::int as open, count(*) filter (where i.state = 'breached')::int as breached,
       count(i.id)::int as items
  from agreement a left join performance_item i on i.agreement_id = a.id
 where a.dispute_id = $1 and a.state = 'effective' group by a.id order by a.ordinal limit 20`;

/** Those who served to the end; the words of their office stand beside the name. */
const SERVING = `select name, capacity from assignment where dispute_id = $1 and ended_at is null
  order by array_position(array['host', 'co-mediator', 'recorder'], capacity), assigned_at, id`;

/** Source of 人民调解结案报告表: filled in from the closed matter alone. */
@Injectable()
export class ClosingReport implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
    private readonly parties: Parties,
  ) {}

  onModuleInit(): void {
    this.sources.register('closing-report', {
      stage: 'file',
      act: 'agreements.print-closing-report',
      load: (tx, disputeId) => this.load(tx, disputeId),
    });
  }

  private async load(tx: Tx, disputeId: string): Promise<PaperSubject> {
    const dispute = await tx.get(Dispute, disputeId);
    const closing = dispute.closedAt === null ? null : await closingOf(tx, disputeId);
    if (!closing) {
      throw ruleViolation('agreements.not-closed', '该事项还没有办结。请先办结，再出具结案报告表。', '/templateId');
    }
    const { committeeId, upstreamNumber, acceptedAt, disputeType } = dispute;
    const organization =
      committeeId === null
        ? await this.organizations.center(tx, dispute.centerId)
        : await this.organizations.committee(tx, committeeId);
    const parties = await this.parties.forPaper(tx, disputeId);
    const words = await narrativeOf(tx, disputeId);
    const agreements = await tx.query<AgreementRow>(AGREEMENTS, [disputeId]);
    const { sessions } = await tx.one<{ sessions: number }>(
      'select count(*)::int as sessions from mediation_session where dispute_id = $1 and started_at is not null',
      [disputeId],
    );
    const number = dispute.caseNumber ?? dispute.registrationNumber;
    return {
      title: '人民调解结案报告表',
      number,
      names: parties.map((p) => p.name),
      committeeId,
      data: {
        number,
        volume: closing.volume,
        filledOn: legalDateFromInstant(tx.now),
        organization: organization.name,
        handlers: await this.handlers(tx, dispute),
        acceptedOn: legalDateFromInstant(acceptedAt ?? dispute.registeredAt),
        closedOn: legalDateFromInstant(closing.closedAt),
        matter: dispute.title,
        ...present({ disputeType: disputeType && disputeTypeName(disputeType) }),
        source: [CHANNELS[dispute.channel], ...(upstreamNumber === null ? [] : [upstreamNumber])].join('，'),
        parties: parties.map(({ name, side, address, phone }) => ({
          name,
          ...present({ side: side && SIDES_ON_PAPER[side], address, phone }),
        })),
        facts: words?.narrative ?? '',
        sessions,
        outcome: closing.outcomeName,
        summary: closing.summary,
        agreements: agreements.map((a) => ({
          number: a.number ?? number,
          effectiveOn: a.effectiveOn,
          ...(a.amount === null ? {} : { amount: a.amount, performed: a.performed ?? 0 }),
          performance: performanceOf(a),
        })),
        reviewer: closing.reviewedByName,
      },
    };
  }

  /** Who served on the mediation; without one, who handled the matter or first took it in. */
  private async handlers(tx: Tx, { id, handlerAccountId, firstResponderId }: Dispute): Promise<string> {
    const serving = await tx.query<{ name: string; capacity: 'host' | 'co-mediator' | 'recorder' }>(SERVING, [id]);
    if (serving.length > 0) {
      const office = { host: '主持人', 'co-mediator': '调解员', recorder: '记录人' } as const;
      return serving.map(({ name, capacity }) => `${name}（${office[capacity]}）`).join('、');
    }
    const { name } = await tx.one<{ name: string }>('select display_name as name from account where id = $1', [
      handlerAccountId ?? firstResponderId,
    ]);
    return name;
  }
}

function performanceOf({ items, open, breached }: AgreementRow): string {
  if (items === 0) return '没有履行事项';
  if (breached > 0) return `${breached}项违约`;
  return open > 0 ? `${items}项中还有${open}项没有履行` : '全部履行完毕';
}
