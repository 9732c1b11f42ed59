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
 * the resident id counts as one. Equal names alone are the weakest sign. Four index probes per party, at most 50 matters.
 */
export async function findSamePersons(tx: Tx, disputeId: string): Promise<SamePersonMatch[]> {
  return tx.query<SamePersonMatch>(
    `with own as (select * from party where dispute_id = $1),
          met as (
            select o.id as party_id, p.dispute_id, p.name, p.birth_on, 'resident-id' as by, 1 as strength from own o
              join party p on p.document_number_index = o.document_number_index and p.dispute_id <> $1
            union all
            select o.id, p.dispute_id, p.name, p.birth_on, 'credit-code', 1 from own o
              join party p on p.credit_code_index = o.credit_code_index and p.dispute_id <> $1
            union all
            select o.id, p.dispute_id, p.name, p.birth_on, 'phone', 2 from own o
              join party p on p.phone_index = o.phone_index and p.dispute_id <> $1
            union all
            select o.id, p.dispute_id, p.name, p.birth_on, 'name', 3 from own o
              join party p on p.name_key = o.name_key and p.kind = o.kind and p.dispute_id <> $1),
          strongest as (
            select distinct on (party_id, dispute_id) * from met order by party_id, dispute_id, strength)
     select m.party_id as "partyId", d.id as "disputeId", d.registration_number as "registrationNumber", d.title, d.state,
            d.registered_at as "registeredAt", m.name, m.by as "matchedBy",
            coalesce(m.birth_on > ($2::timestamptz at time zone 'Asia/Shanghai')::date - interval '18 years', false) as "isMinor"
       from strongest m join dispute d on d.id = m.dispute_id
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
