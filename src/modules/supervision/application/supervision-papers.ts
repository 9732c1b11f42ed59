import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, endOfDay, hidePersonalNumbers, legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Uuid } from '../../../platform/http';
import { Dispute, RISK_LEVELS } from '../../disputes';
import { PaperSources, type PaperSubject, present } from '../../documents';
import { Organizations } from '../../organizations';
import { WATCH_CLOCKS, WATCH_TERMS } from '../domain/clocks';
import type { SupervisionKind } from '../domain/supervision-lifecycle';
import { Supervision } from '../persistence/supervision.entity';
import { matterClocks } from './matter-clocks';

class UrgingParameters {
  @Uuid({ label: '催办', optional: true, description: '不填为最近一次催办' })
  urgingId?: string;
}

class OrderParameters {
  @Uuid({ label: '督办', optional: true, description: '不填为最近一次督办、批示或包案' })
  oversightId?: string;
}

/** A running clock can be many; a letter names the first ones. */
const CLOCKS_ON_LETTER = 20;

const ROLES_ON_PAPER: Readonly<Record<string, string>> = { lead: '主办', assist: '协办', notify: '知会' };

/**
 * Sources of 催办函 and 督办单. To an agency they say of the matter what its whistle says: neither its name nor its
 * people, and only the clocks of that agency.
 */
@Injectable()
export class SupervisionPapers implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
  ) {}

  onModuleInit(): void {
    this.sources.register('urging-letter', {
      stage: 'agencies',
      act: 'supervisions.print-urging',
      parameters: UrgingParameters,
      load: (tx, disputeId, { urgingId }: UrgingParameters) => this.urging(tx, disputeId, urgingId),
    });
    this.sources.register('supervision-order', {
      stage: 'agencies',
      act: 'supervisions.print-order',
      parameters: OrderParameters,
      load: (tx, disputeId, { oversightId }: OrderParameters) => this.order(tx, disputeId, oversightId),
    });
  }

  private async urging(tx: Tx, disputeId: string, id: string | undefined): Promise<PaperSubject> {
    const supervision = await find(tx, disputeId, ['urging'], id);
    if (!supervision) {
      throw ruleViolation(
        'supervisions.not-urged',
        '该事项没有催办记录。请先办理“催办”，再出具催办函。',
        '/parameters/urgingId',
      );
    }
    const { dispute, data, phone, center } = await this.common(tx, supervision, ['urging']);
    return {
      ...subject('催办函', supervision, dispute),
      data: {
        ...data,
        reason: hidePersonalNumbers(supervision.reason),
        urgedAt: supervision.issuedAt.toISOString(),
        // Whoever is urged by the program speaks with the center.
        contact: { name: supervision.issuedBy === null ? center : supervision.issuedByName, ...present({ phone }) },
      },
    };
  }

  private async order(tx: Tx, disputeId: string, id: string | undefined): Promise<PaperSubject> {
    const kinds: readonly SupervisionKind[] = ['oversight', 'instruction', 'charge'];
    const supervision = await find(tx, disputeId, kinds, id);
    if (!supervision) {
      throw ruleViolation(
        'supervisions.not-overseen',
        '该事项没有督办、批示或包案的记录。请先办理“督办”，再出具督办单。',
        '/parameters/oversightId',
      );
    }
    const { dispute, data, phone } = await this.common(tx, supervision, kinds);
    const risk = supervision.agencyId === null ? dispute.riskLevel : null;
    return {
      ...subject('督办单', supervision, dispute),
      data: {
        ...data,
        level: supervision.level ?? supervision.kind,
        ...present({ risk: risk && RISK_LEVELS[risk] }),
        urgings: await countUntil(tx, supervision, ['urging']),
        demands: hidePersonalNumbers(supervision.reason),
        orderedAt: supervision.issuedAt.toISOString(),
        orderer: supervision.issuedByName,
        ordererSlot: 'orderer',
        receiverSlot: 'receiver',
        ...present({
          phone,
          opinion: supervision.endingOpinion && hidePersonalNumbers(supervision.endingOpinion),
        }),
      },
    };
  }

  private async common(tx: Tx, supervision: Supervision, kinds: readonly SupervisionKind[]) {
    const dispute = await tx.get(Dispute, supervision.disputeId);
    const center = await this.organizations.center(tx, supervision.centerId);
    const { agencyId, answer, answeredByName, answeredAt } = supervision;
    const isNamed = agencyId === null && !dispute.isSealed && !dispute.isReporterProtected;
    return {
      dispute,
      center: center.name,
      phone: center.phone,
      data: {
        number: dispute.registrationNumber,
        ordinal: await countUntil(tx, supervision, kinds),
        issuer: center.name,
        addressee: supervision.addresseeName,
        ...present({ matter: isNamed ? dispute.title : null, summons: await summonsOf(tx, supervision) }),
        clocks: await clocksOf(tx, supervision),
        ...present({
          answerDueOn: supervision.answerDueOn,
          answer: answer && hidePersonalNumbers(answer),
          answeredBy: answeredByName,
          answeredAt: answeredAt?.toISOString(),
        }),
        issuedOn: legalDateFromInstant(tx.now),
      },
    };
  }
}

function subject(title: string, { id, addresseeName }: Supervision, { registrationNumber }: Dispute) {
  return {
    title,
    number: registrationNumber,
    names: [addresseeName],
    copies: 2,
    subjectType: 'supervision',
    subjectId: id,
  };
}

/** The named one of these kinds, or the latest that still stands. */
async function find(
  tx: Tx,
  disputeId: string,
  kinds: readonly SupervisionKind[],
  id: string | undefined,
): Promise<Supervision | null> {
  const [row] = await tx.query<{ id: string }>(
    `select id from supervision
      where dispute_id = $1 and kind = any ($2) and ($3::uuid is null and state <> 'withdrawn' or id = $3)
      order by issued_at desc, id desc limit 1`,
    [disputeId, kinds, id ?? null],
  );
  return row ? tx.get(Supervision, row.id) : null;
}

/** How many of these kinds the same addressee of the matter had been sent by then, this one included. */
async function countUntil(
  tx: Tx,
  { id, disputeId, taskId, issuedAt }: Supervision,
  kinds: readonly SupervisionKind[],
): Promise<number> {
  const { n } = await tx.one<{ n: number }>(
    `select count(*)::int as n from supervision
      where dispute_id = $1 and kind = any ($2) and task_id is not distinct from $3 and (issued_at, id) <= ($4, $5::uuid)`,
    [disputeId, kinds, taskId, issuedAt, id],
  );
  return n;
}

async function summonsOf(tx: Tx, { taskId }: Supervision) {
  if (taskId === null) return null;
  const { number, role, issuedAt } = await tx.one<{ number: string; role: string; issuedAt: Date }>(
    `select s.number, t.role, t.issued_at as "issuedAt" from summons_task t join summons s on s.id = t.summons_id where t.id = $1`,
    [taskId],
  );
  return { number, role: ROLES_ON_PAPER[role], issuedOn: legalDateFromInstant(issuedAt) };
}

/** The clocks that run against the addressee: those of its task, or those of the matter that no agency lets run. */
async function clocksOf(tx: Tx, { disputeId, taskId }: Supervision) {
  const horizon = addDays(legalDateFromInstant(tx.now), WATCH_TERMS.horizon);
  const clocks = await tx.asSystem(() => matterClocks(tx, [disputeId]));
  return clocks
    .filter((c) => c.taskId === taskId && c.clock !== 'answer' && c.clock !== 'idle')
    .filter((c) => c.clock === 'paused' || c.dueAt < endOfDay(horizon))
    .sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    .slice(0, CLOCKS_ON_LETTER)
    .map(({ clock, dueAt }) => {
      // A clock of whole days runs out with its last day.
      const lastDay = legalDateFromInstant(new Date(dueAt.getTime() - 1));
      const isWholeDay = endOfDay(lastDay).getTime() === dueAt.getTime();
      return {
        what: WATCH_CLOCKS[clock],
        ...(isWholeDay ? { dueOn: lastDay } : { dueAt: dueAt.toISOString() }),
        standing: dueAt <= tx.now ? '已经超过' : '尚未到期',
      };
    });
}
