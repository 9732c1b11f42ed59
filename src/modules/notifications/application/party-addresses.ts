import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { Parties } from '../../parties';
import { type MessageChoice, type UnsentReason, addressOf } from '../domain/deliveries';
import type { PartyGroup } from '../domain/message-kinds';

interface PartyAddress {
  readonly partyId: string;
  /** As messages and logs call the party, without its name. */
  readonly calledAs: string;
  readonly address: { readonly phone: string } | { readonly unsent: UnsentReason };
}

const SIDES = { applicant: '申请方', respondent: '被申请方', other: '其他方' } as const;

/** Which parties a message is for, and by which number each may be reached. */
@Injectable()
export class PartyAddresses {
  constructor(private readonly parties: Parties) {}

  async of(
    tx: Tx,
    disputeId: string,
    group: PartyGroup,
    { sessionId, itemId }: { readonly sessionId: string | null; readonly itemId: string | null },
  ): Promise<PartyAddress[]> {
    if (group === 'applicants' || group === 'all') {
      const all = await this.addresses(tx, disputeId);
      return group === 'all' ? all : all.filter(({ isRespondent }) => !isRespondent);
    }
    const rows = await tx.query<{ id: string }>(
      group === 'invited'
        ? `select distinct party_id as id from session_invitee
            where dispute_id = $1 and session_id = $2 and party_id is not null and removed_at is null`
        : group === 'obligor'
          ? 'select obligor_id as id from performance_item where dispute_id = $1 and id = $2'
          : 'select obligee_id as id from performance_item where dispute_id = $1 and id = $2',
      [disputeId, group === 'invited' ? sessionId : itemId],
    );
    const named = rows.map(({ id }) => id);
    return (await this.addresses(tx, disputeId)).filter(({ partyId }) => named.includes(partyId));
  }

  /** Every party that takes part. */
  async addresses(tx: Tx, disputeId: string): Promise<(PartyAddress & { readonly isRespondent: boolean })[]> {
    const { isReporterProtected, allowsCallBack } = await tx.one<{
      isReporterProtected: boolean;
      allowsCallBack: boolean;
    }>(
      'select is_reporter_protected as "isReporterProtected", allows_call_back as "allowsCallBack" from dispute where id = $1',
      [disputeId],
    );
    const choices = await latestChoices(tx, disputeId);
    return (await this.parties.forPaper(tx, disputeId)).map((party) => ({
      partyId: party.id,
      isRespondent: party.side === 'respondent',
      calledAs: `${party.side === null ? '当事人' : SIDES[party.side]}（第${party.ordinal}位）`,
      address: addressOf({
        phone: party.phone,
        isGuarded: party.kind === 'person' && !party.signatories.self,
        guardianPhone: party.representatives.find((r) => r.kind === 'statutory' && r.phone !== null)?.phone ?? null,
        choice: choices.find((c) => c.partyId === party.id)?.answer ?? null,
        isProtected: isReporterProtected && party.side !== 'respondent',
        allowsCallBack,
      }),
    }));
  }
}

/** The last word of each party on whether it wants messages. */
export async function latestChoices(
  tx: Tx,
  disputeId: string,
): Promise<{ readonly partyId: string; readonly answer: MessageChoice; readonly at: Date }[]> {
  return tx.query(
    `select distinct on (party_id) party_id as "partyId", answer, at from message_choice where dispute_id = $1
      order by party_id, at desc, id desc`,
    [disputeId],
  );
}
