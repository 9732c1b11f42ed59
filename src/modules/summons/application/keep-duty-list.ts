import { Injectable } from '@nestjs/common';
import { DomainError, type RuleBook } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { pageOf } from '../../../platform/http';
import { Calendars, DeadlineRules } from '../../calendar';
import { DISPUTE_TYPES, type DisputeType, Matters } from '../../disputes';
import {
  DUTY_ROLES,
  type DutyRole,
  SUMMONS_KIND_NOTES,
  SUMMONS_KINDS,
  SUMMONS_LEVELS,
  type SummonsKind,
  type SummonsLevel,
} from '../domain/dictionaries';
import { termsInWords } from '../domain/terms';
import { AgencyDuty } from '../persistence/summons.entity';
import { DutyNotes } from './duty-notes';

export interface DutyInput {
  readonly agencyId: string;
  readonly disputeType: DisputeType;
  readonly role: DutyRole;
  readonly duty: string;
  readonly basis?: string;
}

export interface DutyFilter {
  readonly centerId?: string;
  readonly agencyId?: string;
  readonly disputeType?: DisputeType;
  readonly limit?: number;
  readonly cursor?: string;
}

interface DutyRow {
  readonly id: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly disputeType: DisputeType;
  readonly role: DutyRole;
  readonly duty: string;
  readonly basis: string | null;
  readonly version: number;
}

/** The whole type or its first level: what is said of 合同 holds for 租赁合同 too. */
const DUTIES = `select u.id, u.agency_id as "agencyId", a.name as "agencyName", u.dispute_type as "disputeType", u.role, u.duty, u.basis, u.version
  from agency_duty u join agency a on a.id = u.agency_id
  where u.ended_at is null and ($1::uuid is null or a.center_id = $1) and ($2::uuid is null or u.agency_id = $2)
    and ($3::text is null or u.dispute_type = $3) and ($4::uuid is null or u.id > $4)
  order by u.id limit $5`;

const SUGGESTED = `select u.id, u.agency_id as "agencyId", a.name as "agencyName", u.dispute_type as "disputeType", u.role, u.duty, u.basis, u.version
  from agency_duty u join agency a on a.id = u.agency_id
  where u.ended_at is null and a.is_active and a.center_id = any ($1) and u.dispute_type = any ($2)
  order by length(u.dispute_type) desc, array_position(array['lead', 'assist'], u.role), a.name`;

const termsAt = (rules: RuleBook, now: Date) =>
  (Object.keys(SUMMONS_KINDS) as SummonsKind[]).flatMap((kind) =>
    (Object.keys(SUMMONS_LEVELS) as SummonsLevel[]).map((level) => ({
      kind,
      level,
      words: termsInWords(rules, kind, level, now),
      note: SUMMONS_KIND_NOTES[kind],
    })),
  );

/** 权责清单: which agency answers for which type of dispute. It drives whom to whistle, it forbids nobody. */
@Injectable()
export class KeepDutyList {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly rules: DeadlineRules,
    private readonly calendars: Calendars,
    private readonly duty: DutyNotes,
  ) {}

  async list({ centerId, agencyId, disputeType, limit = 50, cursor }: DutyFilter) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'agency-duties.list');
      const rows = await tx.query<DutyRow>(DUTIES, [
        centerId ?? null,
        agencyId ?? null,
        disputeType ?? null,
        cursor ?? null,
        limit + 1,
      ]);
      const page = pageOf(rows, limit, (r) => r.id);
      return { ...page, items: page.items.map(dutyView) };
    });
  }

  async add(input: DutyInput) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'agency-duties.add');
      await tx.one('select 1 from agency where id = $1', [input.agencyId]);
      await this.refuseTwice(tx, input, null);
      const id = uuidv7();
      await tx.insert(AgencyDuty, { id, ...input });
      this.audit(tx, 'agency-duties.add', id, { agencyId: input.agencyId, disputeType: input.disputeType });
      return { id, version: 1 };
    });
  }

  async revise(id: string, changes: Partial<Omit<DutyInput, 'agencyId'>>) {
    return this.unitOfWork.run(async (tx) => {
      const duty = await this.lockInForce(tx, id, 'agency-duties.revise');
      const { agencyId } = duty;
      await this.refuseTwice(tx, { agencyId, disputeType: changes.disputeType ?? duty.disputeType }, id);
      await tx.update(AgencyDuty, id, changes);
      this.audit(tx, 'agency-duties.revise', id, { fields: Object.keys(changes) });
      return { id, version: duty.version + 1 };
    });
  }

  /** The agency no longer answers for it. The line stays for those who ask what held when. */
  async end(id: string) {
    return this.unitOfWork.run(async (tx) => {
      const duty = await this.lockInForce(tx, id, 'agency-duties.end');
      await tx.update(AgencyDuty, id, { endedAt: tx.now });
      this.audit(tx, 'agency-duties.end', id, { agencyId: duty.agencyId, disputeType: duty.disputeType });
      return { id, version: duty.version + 1 };
    });
  }

  /** Whom to whistle for a matter by its type, the exact type before its first level; whom else there is; and the terms. */
  async suggest(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'summons.suggest');
      const type = dispute.disputeType;
      const types = type === null ? [] : [...new Set([type, type.split('.')[0] ?? type])];
      const centers = [dispute.centerId, dispute.handlingCenterId].filter((id) => id !== null);
      const rows = await tx.query<DutyRow>(SUGGESTED, [centers, types]);
      const agencies = await tx.query<{ id: string; name: string }>(
        'select id, name from agency where is_active and center_id = any ($1) order by name',
        [centers],
      );
      const items = rows.filter((row, i) => rows.findIndex((r) => r.agencyId === row.agencyId) === i);
      const centerId = dispute.handlingCenterId ?? dispute.centerId;
      const office = await this.calendars.forCenter(tx, centerId);
      const duties = await this.duty.forForm(
        tx,
        centerId,
        agencies.map((a) => a.id),
        office,
      );
      return {
        items: items.map(dutyView),
        agencies: duties.flatMap((duty, i) => {
          const agency = agencies[i];
          return agency ? [{ ...agency, duty }] : [];
        }),
        terms: termsAt(await this.rules.forCenter(tx, centerId), tx.now),
      };
    });
  }

  private async lockInForce(tx: Tx, id: string, act: string): Promise<AgencyDuty> {
    authorize(tx.actor, act);
    const duty = await tx.lock(AgencyDuty, id);
    tx.checkVersion(duty);
    if (duty.endedAt !== null) {
      throw new DomainError('conflict', 'agency-duties.ended', '该项职责已经停用。请刷新后重新登记。');
    }
    return duty;
  }

  private async refuseTwice(
    tx: Tx,
    { agencyId, disputeType }: { readonly agencyId: string; readonly disputeType: string },
    except: string | null,
  ): Promise<void> {
    const [there] = await tx.query(
      'select 1 from agency_duty where agency_id = $1 and dispute_type = $2 and ended_at is null and id is distinct from $3',
      [agencyId, disputeType, except],
    );
    if (there) {
      throw new DomainError(
        'conflict',
        'agency-duties.twice',
        '该部门对这一类纠纷的职责已在清单中，请直接修改那一项。',
      );
    }
  }

  private audit(tx: Tx, act: string, objectId: string, details: Readonly<Record<string, unknown>>): void {
    tx.audit({ act, objectType: 'agency-duty', objectId, details });
  }
}

function dutyView(row: DutyRow) {
  return { ...row, disputeTypeName: DISPUTE_TYPES[row.disputeType], roleName: DUTY_ROLES[row.role] };
}
