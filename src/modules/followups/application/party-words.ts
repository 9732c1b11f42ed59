import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { MatterHooks, Matters } from '../../disputes';
import { PartyWord } from '../persistence/party-word.entity';

export interface SaidByParty {
  readonly isSolved: boolean;
  readonly isPerformed?: boolean;
  readonly words?: string;
}

/** The last word of each party in the present volume. */
const LAST_WORDS = `select distinct on (w.party_id) w.party_id, w.helper_authority_id, w.is_solved, w.is_performed, w.words, w.said_at
  from party_word w join dispute d on d.id = w.dispute_id and d.volume = w.volume
 where w.dispute_id = $1 order by w.party_id, w.said_at desc, w.id desc`;

/** What parties themselves say of the outcome, by their own link (群众评单). The last word of each counts. */
@Injectable()
export class PartyWords implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly hooks: MatterHooks,
  ) {}

  onModuleInit(): void {
    this.hooks.providePartyWords((tx, disputeId) =>
      tx.one<{ satisfied: number; unsatisfied: number }>(
        `select count(*) filter (where is_solved)::int as satisfied, count(*) filter (where not is_solved)::int as unsatisfied
           from (${LAST_WORDS}) said`,
        [disputeId],
      ),
    );
  }

  /** Takes the word of a party down, or that of its helper under an authority; whoever calls has authorized and records the act. */
  async say(
    tx: Tx,
    disputeId: string,
    volume: number,
    partyId: string,
    said: SaidByParty,
    helperAuthorityId: string | null = null,
  ): Promise<void> {
    await tx.insert(PartyWord, {
      id: uuidv7(),
      disputeId,
      partyId,
      volume,
      isSolved: said.isSolved,
      isPerformed: said.isPerformed ?? null,
      words: said.words ?? null,
      helperAuthorityId,
      saidAt: tx.now,
    });
  }

  /** The last word of one party in the present volume, or null. */
  async lastOf(tx: Tx, disputeId: string, partyId: string): Promise<(SaidByParty & { readonly saidAt: Date }) | null> {
    const rows = await tx.query<{ isSolved: boolean; isPerformed: boolean | null; words: string | null; saidAt: Date }>(
      `select is_solved as "isSolved", is_performed as "isPerformed", words, said_at as "saidAt" from (${LAST_WORDS}) said
        where party_id = $2`,
      [disputeId, partyId],
    );
    const [row] = rows;
    if (!row) return null;
    const { isSolved, isPerformed, words, saidAt } = row;
    return {
      isSolved,
      ...(isPerformed === null ? {} : { isPerformed }),
      ...(words === null ? {} : { words }),
      saidAt,
    };
  }

  /** The last word of every party of a matter, the latest first. */
  async list(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'followups.read-words');
      tx.audit({
        act: 'followups.read-words',
        objectType: 'dispute',
        objectId: dispute.id,
        disputeId: dispute.id,
        chain: dispute.centerId,
      });
      const rows = await tx.query<{
        partyName: string;
        isSolved: boolean;
        isPerformed: boolean | null;
        words: string | null;
        helperName: string | null;
        saidAt: Date;
      }>(
        `select p.name as "partyName", said.is_solved as "isSolved", said.is_performed as "isPerformed", said.words,
                h.helper_name as "helperName", said.said_at as "saidAt"
           from (${LAST_WORDS}) said join party p on p.id = said.party_id
           left join helper_authority h on h.id = said.helper_authority_id order by said.said_at desc`,
        [disputeId],
      );
      return { items: rows.map((row) => ({ ...row, saidAt: row.saidAt.toISOString() })) };
    });
  }
}
