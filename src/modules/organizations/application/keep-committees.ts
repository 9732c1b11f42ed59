import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, parseNumberPrefix, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { type CommitteeSeat, compositionWarnings } from '../domain/composition';
import { Center, Committee, CommitteeMember } from '../persistence/organization.entity';

interface CommitteeInput {
  readonly centerId: string;
  readonly name: string;
  readonly kind: string;
  readonly numberingWord: string;
  readonly unitId?: string;
  readonly specialty?: string;
  readonly courtName?: string;
}

interface MemberInput {
  readonly accountId?: string;
  readonly name: string;
  readonly engagement: string;
  readonly position: string;
  readonly sex?: string;
  readonly ethnicity?: string;
  readonly isFullTime?: boolean;
  readonly languages?: string[];
  readonly specialties?: string[];
  readonly certificateNumber?: string;
  readonly termFrom: string;
  readonly termTo?: string;
}

@Injectable()
export class KeepCommittees {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'organizations.read');
      return tx.query<Committee>(
        `select id, center_id as "centerId", unit_id as "unitId", name, kind, numbering_word as "numberingWord", specialty,
                court_name as "courtName", is_active as "isActive", version from committee order by name`,
      );
    });
  }

  async add(input: CommitteeInput) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.add-committee');
      await tx.get(Center, input.centerId);
      const prefix = parseNumberPrefix(input.numberingWord);
      if (!prefix.ok) throw ruleViolation(prefix.code, prefix.message, '/numberingWord');
      const id = uuidv7();
      await tx.insert(Committee, { id, ...input });
      tx.audit({
        act: 'organizations.add-committee',
        objectType: 'committee',
        objectId: id,
        details: { name: input.name },
      });
      return { id };
    });
  }

  async change(id: string, changes: Partial<Pick<Committee, 'name' | 'specialty' | 'courtName' | 'isActive'>>) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.change-committee');
      const committee = await tx.lock(Committee, id);
      tx.checkVersion(committee);
      await tx.update(Committee, id, changes);
      tx.audit({
        act: 'organizations.change-committee',
        objectType: 'committee',
        objectId: id,
        details: { fields: Object.keys(changes) },
      });
      return { id, version: committee.version + 1 };
    });
  }

  /** Members and engaged mediators, with what the law would have otherwise. */
  async members(committeeId: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'organizations.read');
      await tx.get(Committee, committeeId);
      const members = await tx.query<CommitteeMember & CommitteeSeat>(
        `select id, committee_id as "committeeId", account_id as "accountId", name, engagement, position, sex, ethnicity,
                is_full_time as "isFullTime", languages, specialties, certificate_number as "certificateNumber",
                term_from as "termFrom", term_to as "termTo", ended_reason as "endedReason", version
           from committee_member where committee_id = $1 order by term_from, name`,
        [committeeId],
      );
      const today = legalDateFromInstant(tx.now);
      const serving = members.filter((m) => m.termFrom <= today && (m.termTo === null || m.termTo > today));
      return { members, warnings: compositionWarnings(serving) };
    });
  }

  async addMember(committeeId: string, input: MemberInput) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.add-member');
      await tx.get(Committee, committeeId);
      const id = uuidv7();
      await tx.insert(CommitteeMember, { id, committeeId, ...input });
      tx.audit({
        act: 'organizations.add-member',
        objectType: 'committee-member',
        objectId: id,
        details: { committeeId },
      });
      return { id };
    });
  }

  async endMember(id: string, endsOn: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.end-member');
      const member = await tx.lock(CommitteeMember, id);
      if (member.termTo !== null && member.termTo <= endsOn) {
        throw ruleViolation('organizations.term-ended', `任期已于 ${member.termTo} 结束。`, '/endsOn');
      }
      await tx.update(CommitteeMember, id, { termTo: endsOn, endedReason: reason });
      tx.audit({ act: 'organizations.end-member', objectType: 'committee-member', objectId: id, details: { endsOn } });
      return { id, version: member.version + 1 };
    });
  }
}
