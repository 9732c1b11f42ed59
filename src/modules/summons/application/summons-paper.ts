import { Injectable, type OnModuleInit } from '@nestjs/common';
import { notFound, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Uuid } from '../../../platform/http';
import { PaperSources, type PaperSubject } from '../../documents';
import type { DueKind, TaskRole } from '../domain/dictionaries';
import { Summons } from '../persistence/summons.entity';

class SummonsParameters {
  @Uuid({ label: '吹哨单' })
  summonsId!: string;
}

interface UnitRow {
  readonly name: string;
  readonly role: TaskRole;
  readonly dues: Readonly<Partial<Record<DueKind, string>>>;
  readonly isProvisional: boolean;
}

/** Clocks as first set; a task that was withdrawn or whose objection was upheld is no longer on the whistle. */
const UNITS = `select a.name, t.role, (select jsonb_object_agg(d.kind, to_char(d.original_due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))
      from summons_due d where d.task_id = t.id and d.round = 1 and d.kind <> 'ruling') as dues,
    exists (select 1 from summons_due d where d.task_id = t.id and d.round = 1 and d.kind <> 'ruling' and d.is_provisional) as "isProvisional"
  from summons_task t join agency a on a.id = t.agency_id
  where t.summons_id = $1 and t.state not in ('draft', 'upheld', 'withdrawn')
  order by array_position(array['lead', 'assist', 'notify'], t.role), t.issued_at, a.name`;

const OBJECTION =
  '认为不属于本部门职责的，应当在签收前书面提出并说明理由和依据，签收后应当在四个工作小时内提出；经中心研究指定承办的，不得再次退回。';

const PROVISIONAL =
  '跨入下一年的截止时间为暂定：该年的放假安排尚未启用，暂按星期一至星期五推算；启用后重新计算，有变动的另行通知。';

/** Source of 吹哨单. It goes to agencies: neither the name of the matter nor its parties stand on it. */
@Injectable()
export class SummonsPaper implements OnModuleInit {
  constructor(private readonly sources: PaperSources) {}

  onModuleInit(): void {
    this.sources.register('summons', {
      stage: 'agencies',
      act: 'summons.print',
      parameters: SummonsParameters,
      load: (tx, disputeId, parameters) =>
        this.load(tx, disputeId, (parameters as unknown as SummonsParameters).summonsId),
    });
  }

  private async load(tx: Tx, disputeId: string, summonsId: string): Promise<PaperSubject> {
    const summons = await tx.get(Summons, summonsId);
    if (summons.disputeId !== disputeId) throw notFound();
    const units = await tx.query<UnitRow>(UNITS, [summonsId]);
    const { number, issuedAt, kind, level, ground, brief, place, meetAt } = summons;
    if (number === null || issuedAt === null || units.length === 0) {
      throw ruleViolation('summons.not-issued', '该吹哨单尚未签发或已经撤回，不能出具。', '/parameters/summonsId');
    }
    const head = await tx.one<{
      center: string;
      phone: string | null;
      registration: string;
      issuer: string;
      proposer: string;
    }>(
      `select c.name as center, c.phone, d.registration_number as registration,
              i.display_name as issuer, p.display_name as proposer
         from summons s join center c on c.id = s.center_id join dispute d on d.id = s.dispute_id
         join account i on i.id = s.issued_by join account p on p.id = s.proposed_by
        where s.id = $1`,
      [summonsId],
    );
    return {
      title: '吹哨单',
      number,
      names: units.map((u) => u.name),
      copies: units.length + 1,
      subjectType: 'summons',
      subjectId: summonsId,
      data: {
        number,
        issuer: head.center,
        matterNumber: head.registration,
        kind,
        level,
        ground,
        issuedAt: issuedAt.toISOString(),
        brief,
        asks: summons.asks.map((text) => ({ text })),
        ...(place === null ? {} : { place }),
        ...(meetAt === null ? {} : { meetAt: meetAt.toISOString() }),
        units: units.map(({ name, role, dues }, i) => ({
          slot: `unit-${i + 1}`,
          name,
          role,
          signBy: dues.sign,
          ...(dues.contact === undefined ? {} : { contactBy: dues.contact }),
          ...(dues.arrive === undefined ? {} : { arriveBy: dues.arrive }),
          ...(dues.feedback === undefined ? {} : { feedbackBy: dues.feedback }),
        })),
        ...(units.some((u) => u.isProvisional) ? { provisional: PROVISIONAL } : {}),
        objection: OBJECTION,
        contact: { name: head.proposer, ...(head.phone === null ? {} : { phone: head.phone }) },
        approver: head.issuer,
        approverSlot: 'approver',
      },
    };
  }
}
