import { Injectable } from '@nestjs/common';
import { type LegalDate, legalDate } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { AGREEMENT_KINDS, type AgreementKind, IDENTITY_CHECKS, type IdentityCheck } from '../domain/dictionaries';

export interface AgreementInEffect {
  readonly kindName: string;
  /** Null for an oral agreement. */
  readonly number: string | null;
  readonly effectiveOn: LegalDate;
  readonly totalFen: number;
  readonly items: number;
  readonly performedItems: number;
}

/** That somebody's identity was checked before a signature of theirs was taken. */
export interface IdentityChecked {
  readonly partyId: string;
  readonly representativeId: string | null;
  readonly checkName: string;
  readonly signedOn: LegalDate;
}

/** What other modules may ask of the agreements of a matter for its dossier: nothing of drafts. */
@Injectable()
export class Agreements {
  async inEffect(tx: Tx, disputeId: string): Promise<AgreementInEffect[]> {
    const rows = await tx.query<Omit<AgreementInEffect, 'kindName'> & { kind: AgreementKind; effectiveOn: string }>(
      `select a.kind, a.number, a.effective_on as "effectiveOn",
              coalesce(sum(i.amount_fen), 0)::bigint as "totalFen", count(i.id)::int as items,
              (count(i.id) filter (where i.state = 'performed'))::int as "performedItems"
         from agreement a left join performance_item i on i.dispute_id = a.dispute_id and i.agreement_id = a.id
        where a.dispute_id = $1 and a.state = 'effective' group by a.id order by a.ordinal`,
      [disputeId],
    );
    return rows.map(({ kind, effectiveOn, ...row }) => ({
      ...row,
      kindName: AGREEMENT_KINDS[kind],
      effectiveOn: legalDate(effectiveOn),
    }));
  }

  /** Checks of identity behind the marks that stand, in the order of the papers. */
  async identityChecks(tx: Tx, disputeId: string): Promise<IdentityChecked[]> {
    const rows = await tx.query<{
      partyId: string;
      representativeId: string | null;
      identityCheck: IdentityCheck;
      signedOn: string;
    }>(
      `select s.party_id as "partyId", s.representative_id as "representativeId", m.identity_check as "identityCheck",
              m.signed_on as "signedOn"
         from signature_mark m join signature_slot s on s.id = m.slot_id
        where m.dispute_id = $1 and m.voided_at is null and m.kind = 'signature' and s.party_id is not null
        order by m.server_at, m.sequence`,
      [disputeId],
    );
    return rows.map(({ identityCheck, signedOn, ...row }) => ({
      ...row,
      checkName: IDENTITY_CHECKS[identityCheck],
      signedOn: legalDate(signedOn),
    }));
  }
}
