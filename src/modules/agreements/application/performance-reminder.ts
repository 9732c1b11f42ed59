import { Injectable, type OnModuleInit } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Day, Text, Uuid } from '../../../platform/http';
import { Assignments } from '../../assignments';
import { Dispute } from '../../disputes';
import { PaperSources, type PaperSubject, present } from '../../documents';
import { Organizations } from '../../organizations';
import { Parties } from '../../parties';
import type { AgreementKind } from '../domain/dictionaries';

class ReminderParameters {
  @Uuid({ label: '没有履行的当事人', optional: true, description: '只有一方到期没有履行的不填' })
  obligorId?: string;

  @Day({ label: '催告的履行期限', example: '2026-12-10' })
  performBy!: string;

  @Text({
    label: '司法确认裁定书案号',
    max: 60,
    optional: true,
    description: '协议已经人民法院裁定确认有效的填写',
    example: '（2026）内0102民特5号',
  })
  confirmationNumber?: string;
}

interface OverdueRow {
  readonly agreementId: string;
  readonly obligorId: string;
  readonly obligeeId: string;
  readonly content: string;
  readonly dueOn: string;
  readonly amountFen: number | null;
  readonly performedFen: number;
  readonly number: string | null;
  readonly kind: AgreementKind;
  readonly effectiveOn: string;
  readonly breachClause: string | null;
  readonly confirmationDueOn: string | null;
  readonly urgings: number;
}

/** Due and not performed, of agreements in effect; as `isOverdue` tells it. */
const OVERDUE = `select i.agreement_id as "agreementId", i.obligor_id as "obligorId", i.obligee_id as "obligeeId", i.content,
       i.due_on as "dueOn", i.amount_fen as "amountFen", i.performed_fen as "performedFen", a.number, a.kind,
       a.effective_on as "effectiveOn", a.breach_clause as "breachClause", a.confirmation_due_on as "confirmationDueOn",
       (select count(*)::int from performance_record r where r.item_id = i.id and r.kind = 'urging') as urgings
  from performance_item i join agreement a on a.id = i.agreement_id
 where i.dispute_id = $1 and a.state = 'effective' and i.state in ('open', 'breached') and i.due_on < $2::date
   and ($3::uuid is null or i.obligor_id = $3)
 order by i.due_on, a.ordinal, i.ordinal`;

/** Source of 催告函, which urges one obligor to perform (人民调解法第三十一条). */
@Injectable()
export class PerformanceReminder implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
    private readonly parties: Parties,
    private readonly assignments: Assignments,
  ) {}

  onModuleInit(): void {
    this.sources.register('performance-reminder', {
      stage: 'agreement',
      act: 'performance.print-reminder',
      parameters: ReminderParameters,
      load: (tx, disputeId, parameters) => this.load(tx, disputeId, parameters as unknown as ReminderParameters),
    });
  }

  private async load(tx: Tx, disputeId: string, asked: ReminderParameters): Promise<PaperSubject> {
    const today = legalDateFromInstant(tx.now);
    if (asked.performBy < today) {
      throw ruleViolation(
        'performance.reminder-past',
        '催告的履行期限已经过去。请选择今天或以后的日期。',
        '/parameters/performBy',
      );
    }
    const dispute = await tx.get(Dispute, disputeId);
    const { all, agreement } = await overdueOf(tx, disputeId, today, asked.obligorId);
    const { committeeId } = dispute;
    if (committeeId === null) throw new Error('An agreement in effect has its committee');
    const committee = await this.organizations.committee(tx, committeeId);
    const center = await this.organizations.center(tx, dispute.centerId);
    const known = await this.parties.list(tx, disputeId);
    const nameOf = (id: string): string => known.find((p) => p.id === id)?.name ?? '';
    const obligor = known.find((p) => p.id === agreement.obligorId);
    const address = (await this.parties.forPaper(tx, disputeId)).find((p) => p.id === obligor?.id)?.address;
    const money = all.flatMap((i) => (i.amountFen === null ? [] : [i.amountFen - i.performedFen]));
    const urgings = all.reduce((most, i) => Math.max(most, i.urgings), 0);
    const number = agreement.number ?? dispute.caseNumber ?? dispute.registrationNumber;
    const mayConfirm = agreement.confirmationDueOn !== null && agreement.confirmationDueOn >= today;
    return {
      title: `催告函（${obligor?.shownName ?? ''}）`,
      number,
      names: [obligor?.name ?? ''],
      committeeId,
      copies: 2,
      subjectType: 'party',
      subjectId: agreement.obligorId,
      data: {
        number,
        committee: committee.name,
        obligor: obligor?.name ?? '',
        obligorSlot: `party-${obligor?.ordinal ?? 1}`,
        ...present({ address }),
        matter: dispute.title,
        kind: agreement.kind,
        effectiveOn: agreement.effectiveOn,
        items: all.map(({ obligeeId, content, dueOn, amountFen, performedFen }) => ({
          obligee: nameOf(obligeeId),
          content,
          dueOn,
          ...(amountFen === null
            ? {}
            : { amount: amountFen, performed: performedFen, remaining: amountFen - performedFen }),
        })),
        ...present({ total: money.length === 0 ? null : money.reduce((sum, part) => sum + part, 0) }),
        performBy: asked.performBy,
        ...present({
          breachClause: agreement.breachClause,
          urgings: urgings === 0 ? null : urgings,
          confirmationNumber: asked.confirmationNumber,
          confirmationDueOn: mayConfirm ? agreement.confirmationDueOn : null,
          court: committee.courtName,
        }),
        mediator: await this.host(tx, disputeId),
        ...present({ phone: center.phone }),
        issuedOn: today,
      },
    };
  }

  /** Who presides over the matter, else who prints. */
  private async host(tx: Tx, disputeId: string): Promise<string> {
    const officers = await this.assignments.active(tx, disputeId);
    return officers.find(({ capacity }) => capacity === 'host')?.name ?? tx.actor.displayName ?? '';
  }
}

/** What one obligor owes under one agreement: the one that was due first. */
async function overdueOf(
  tx: Tx,
  disputeId: string,
  today: string,
  obligorId: string | undefined,
): Promise<{ readonly all: readonly OverdueRow[]; readonly agreement: OverdueRow }> {
  const rows = await tx.query<OverdueRow>(OVERDUE, [disputeId, today, obligorId ?? null]);
  const [agreement] = rows;
  if (!agreement) {
    throw ruleViolation(
      'performance.nothing-overdue',
      '没有到期未履行的事项，不需要催告。',
      obligorId === undefined ? '/templateId' : '/parameters/obligorId',
    );
  }
  if (rows.some((r) => r.obligorId !== agreement.obligorId)) {
    throw ruleViolation(
      'performance.choose-obligor',
      '有几方当事人到期没有履行，请选择向哪一方催告。',
      '/parameters/obligorId',
    );
  }
  return { all: rows.filter((r) => r.agreementId === agreement.agreementId), agreement };
}
