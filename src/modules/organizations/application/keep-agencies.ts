import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { Agency, AgencyLiaison, Center, Posting } from '../persistence/organization.entity';
import { PostingEndings } from './posting-endings';

interface AgencyInput {
  readonly centerId: string;
  readonly name: string;
  readonly residency: string;
  readonly duties?: string;
}

interface LiaisonInput {
  readonly slot: string;
  readonly accountId?: string;
  readonly name: string;
  readonly officePhone?: string;
  readonly validFrom: string;
}

interface PostingInput {
  readonly accountId: string;
  readonly homeOrganization: string;
  readonly agencyId?: string;
  readonly slotId?: string;
  readonly residency: string;
  /** Days of service of who comes in rotation, 1 Monday to 7 Sunday. */
  readonly weekdays?: readonly string[];
  readonly validFrom: string;
  readonly validTo?: string;
}

@Injectable()
export class KeepAgencies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly endings: PostingEndings,
  ) {}

  /** Agencies with the liaisons of today. */
  async list(centerId?: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'organizations.read');
      const agencies = await tx.query<Pick<Agency, keyof Agency>>(
        `select id, center_id as "centerId", name, residency, duties, is_active as "isActive", version
           from agency where $1::uuid is null or center_id = $1 order by name`,
        [centerId ?? null],
      );
      const liaisons = await tx.query<AgencyLiaison>(
        `select id, agency_id as "agencyId", slot, account_id as "accountId", name, office_phone as "officePhone",
                valid_from as "validFrom", valid_to as "validTo"
           from agency_liaison where agency_id = any ($1) and valid_from <= $2 and (valid_to is null or valid_to > $2) order by slot`,
        [agencies.map((a) => a.id), legalDateFromInstant(tx.now)],
      );
      return agencies.map((agency) => ({ ...agency, liaisons: liaisons.filter((l) => l.agencyId === agency.id) }));
    });
  }

  async add(input: AgencyInput) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.add-agency');
      await tx.get(Center, input.centerId);
      const id = uuidv7();
      await tx.insert(Agency, { id, ...input });
      tx.audit({ act: 'organizations.add-agency', objectType: 'agency', objectId: id, details: { name: input.name } });
      return { id };
    });
  }

  async change(id: string, changes: Partial<Pick<Agency, 'name' | 'residency' | 'duties' | 'isActive'>>) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.change-agency');
      const agency = await tx.lock(Agency, id);
      tx.checkVersion(agency);
      await tx.update(Agency, id, changes);
      tx.audit({
        act: 'organizations.change-agency',
        objectType: 'agency',
        objectId: id,
        details: { fields: Object.keys(changes) },
      });
      return { id, version: agency.version + 1 };
    });
  }

  /** Names liaison A or B from a day on; whoever held the slot ends the day before. */
  async nameLiaison(agencyId: string, input: LiaisonInput) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.name-liaison');
      await tx.lock(Agency, agencyId);
      const [open] = await tx.query<{ id: string; validFrom: string }>(
        `select id, valid_from as "validFrom" from agency_liaison where agency_id = $1 and slot = $2 and valid_to is null`,
        [agencyId, input.slot],
      );
      if (open && open.validFrom >= input.validFrom) {
        throw ruleViolation(
          'organizations.liaison-order',
          `接任日期应晚于现任联络员的起始日 ${open.validFrom}。`,
          '/validFrom',
        );
      }
      if (open) await tx.update(AgencyLiaison, open.id, { validTo: input.validFrom });
      const id = uuidv7();
      await tx.insert(AgencyLiaison, { id, agencyId, ...input });
      tx.audit({
        act: 'organizations.name-liaison',
        objectType: 'agency',
        objectId: agencyId,
        details: { slot: input.slot },
      });
      return { id };
    });
  }

  async postings(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'organizations.read');
      await tx.get(Center, centerId);
      return tx.query<Posting & { displayName: string }>(
        `select p.id, p.account_id as "accountId", a.display_name as "displayName", p.center_id as "centerId",
                p.home_organization as "homeOrganization", p.agency_id as "agencyId", p.slot_id as "slotId", p.residency, p.weekdays,
                p.valid_from as "validFrom", p.valid_to as "validTo", p.ended_reason as "endedReason"
           from posting p join account a on a.id = p.account_id where p.center_id = $1 order by p.valid_from desc, a.display_name`,
        [centerId],
      );
    });
  }

  async addPosting(centerId: string, input: PostingInput) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.add-posting');
      await tx.get(Center, centerId);
      const id = uuidv7();
      const { weekdays, ...rest } = input;
      if (weekdays !== undefined && rest.residency !== 'rotating') {
        throw ruleViolation('organizations.weekdays-out-of-place', '只有轮驻的人员才填写轮驻日。', '/weekdays');
      }
      const days = weekdays === undefined ? null : [...new Set(weekdays.map(Number))].sort();
      await tx.insert(Posting, { id, centerId, ...rest, weekdays: days });
      tx.audit({ act: 'organizations.add-posting', objectType: 'posting', objectId: id, details: { centerId } });
      return { id };
    });
  }

  async endPosting(id: string, endsOn: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.end-posting');
      const posting = await tx.lock(Posting, id);
      if (posting.validTo !== null && posting.validTo <= endsOn) {
        throw ruleViolation('organizations.posting-ended', `入驻已于 ${posting.validTo} 结束。`, '/endsOn');
      }
      await this.endings.check(tx, posting);
      await tx.update(Posting, id, { validTo: endsOn, endedReason: reason });
      tx.audit({ act: 'organizations.end-posting', objectType: 'posting', objectId: id, details: { endsOn } });
      return { id };
    });
  }
}
