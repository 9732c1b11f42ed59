import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { maskMinorName } from '../domain/masking';

/** Another matter in which one of the parties seems to appear, by the strongest thing that coincides. */
export interface SamePersonMatch {
  readonly partyId: string;
  readonly disputeId: string;
  readonly registrationNumber: string;
  readonly title: string;
  readonly state: string;
  readonly registeredAt: Date;
  readonly name: string;
  readonly isMinor: boolean;
  readonly matchedBy: 'resident-id' | 'credit-code' | 'phone' | 'name';
}

/**
 * Other matters of the same people, within what the reader may see: row security hides the rest. A document other than
 * the resident id counts as one. Equal names alone are the weakest sign. Index probes per party, whatever the size of the
 * country (each row is fetched by its id: the planner would rather read all that there is); at most 50 matters.
 */
export async function findSamePersons(tx: Tx, disputeId: string): Promise<SamePersonMatch[]> {
  return tx.query<SamePersonMatch>(
    `with strongest as (
       select distinct on (s.party_id, p.dispute_id) s.party_id, s.matched_by, s.strength, p.dispute_id, p.name, p.birth_on
         from app.same_parties($1) s
        cross join lateral (select p.dispute_id, p.name, p.birth_on from party p where p.id = s.other_id limit 1) p
        order by s.party_id, p.dispute_id, s.strength)
     select m.party_id as "partyId", d.id as "disputeId", d.registration_number as "registrationNumber", d.title, d.state,
            d.registered_at as "registeredAt", m.name, m.matched_by as "matchedBy",
            coalesce(m.birth_on > ($2::timestamptz at time zone 'Asia/Shanghai')::date - interval '18 years', false) as "isMinor"
       from strongest m
      cross join lateral (select d.* from dispute d where d.id = m.dispute_id limit 1) d
      order by m.strength, d.registered_at desc, d.id limit 50`,
    [disputeId, tx.now],
  );
}

@Injectable()
export class FindSamePersons {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  async execute(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      await this.matters.read(tx, disputeId, 'parties.find-same');
      const hints = await findSamePersons(tx, disputeId);
      return {
        items: hints.map(({ registeredAt, isMinor, name, ...hint }) => ({
          ...hint,
          name: isMinor ? maskMinorName(name) : name,
          registeredAt: registeredAt.toISOString(),
        })),
      };
    });
  }
}
