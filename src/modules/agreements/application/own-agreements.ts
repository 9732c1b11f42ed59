import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';

/** An agreement in force to which the party is one, as that party may know of it. */
export interface OwnAgreement {
  readonly id: string;
  readonly number: string | null;
  readonly kindName: string;
  readonly effectiveOn: string;
  /** The sealed paper; null for an oral agreement. */
  readonly paperId: string | null;
}

/** A signature that is wanted of a party. */
export interface AwaitedSignature {
  readonly signerName: string;
  /** The text was taken back and is not fixed again: there is nothing to sign yet. */
  readonly isBeingChanged: boolean;
  /** It had signed a text that was changed afterwards. */
  readonly hasFallen: boolean;
}

/** A performance on record that the party is asked whether it received. */
export interface AwaitedReceipt {
  readonly recordId: string;
  readonly content: string;
  readonly amountFen: number | null;
  readonly performedOn: string;
}

/** What the party owes or is owed. */
export interface OwnObligation {
  readonly content: string;
  readonly amountFen: number | null;
  readonly performedFen: number;
  readonly dueOn: string;
  readonly isOwn: boolean;
  readonly isPerformed: boolean;
  readonly isOverdue: boolean;
  /** Nobody who was to receive it has said yes yet. */
  readonly isUnconfirmed: boolean;
}

/** What a module that serves one party may ask of the agreements of a matter: that party’s own, and nothing of drafts. */
@Injectable()
export class OwnAgreements {
  async inForce(tx: Tx, disputeId: string, partyId: string): Promise<OwnAgreement[]> {
    return tx.query<OwnAgreement>(
      `select id, number, case when kind = 'oral' then '口头协议' when relation = 'supplement' then '补充协议书'
                   when relation = 'correction' then '更正协议书' else '调解协议书' end as "kindName",
              effective_on as "effectiveOn", paper_id as "paperId"
         from agreement
        where dispute_id = $1 and state = 'effective' and ($2 = any (party_ids) or (kind = 'oral' and not $2 = any (excluded_party_ids)))
        order by ordinal`,
      [disputeId, partyId],
    );
  }

  /** Who is asked to sign for the party now, and whether an earlier signature fell; null when none of it is wanted. */
  async awaitedSignature(tx: Tx, disputeId: string, partyId: string): Promise<AwaitedSignature | null> {
    const [row] = await tx.query<AwaitedSignature>(
      `select s.signer_name as "signerName", a.state = 'drafting' as "isBeingChanged",
              exists (select 1 from signature_mark m join signature_slot f on f.id = m.slot_id
                       where m.agreement_id = a.id and f.party_id = $2 and m.voided_at is not null) as "hasFallen"
         from signature_slot s join agreement a on a.id = s.agreement_id and a.round = s.round
        where s.dispute_id = $1 and s.party_id = $2
          and ((s.state = 'open' and a.state = 'signing')
            or (a.state = 'drafting' and exists (select 1 from signature_mark m where m.slot_id = s.id)))
        order by s.ordinal limit 1`,
      [disputeId, partyId],
    );
    return row ?? null;
  }

  /** What is on record as given to this party and was neither confirmed nor disputed, the earliest first. */
  async awaitedReceipts(tx: Tx, disputeId: string, partyId: string): Promise<AwaitedReceipt[]> {
    return tx.query<AwaitedReceipt>(
      `select r.id as "recordId", i.content, r.amount_fen as "amountFen", r.performed_on as "performedOn"
         from performance_record r join performance_item i on i.id = r.item_id join agreement a on a.id = i.agreement_id
        where r.dispute_id = $1 and i.obligee_id = $2 and r.receipt = 'awaited' and r.retracted_at is null
          and a.state = 'effective' and i.state <> 'cancelled'
        order by r.recorded_at, r.id`,
      [disputeId, partyId],
    );
  }

  /** Items of agreements in force that this party owes or is owed, by the day they are due. */
  async obligations(tx: Tx, disputeId: string, partyId: string): Promise<OwnObligation[]> {
    return tx.query<OwnObligation>(
      `select i.content, i.amount_fen as "amountFen", i.performed_fen as "performedFen", i.due_on as "dueOn",
              i.obligor_id = $2 as "isOwn", i.state = 'performed' as "isPerformed",
              exists (select 1 from performance_record r where r.item_id = i.id and r.receipt = 'awaited' and r.retracted_at is null) as "isUnconfirmed",
              i.state in ('open', 'breached') and i.due_on < ($3::timestamptz at time zone 'Asia/Shanghai')::date as "isOverdue"
         from performance_item i join agreement a on a.id = i.agreement_id
        where i.dispute_id = $1 and a.state = 'effective' and i.state <> 'cancelled' and $2 in (i.obligor_id, i.obligee_id)
        order by i.due_on, i.ordinal`,
      [disputeId, partyId, tx.now],
    );
  }
}
