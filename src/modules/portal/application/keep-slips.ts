import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { END_GROUNDS, type EndGround } from '../domain/dictionaries';
import { PortalAccess } from '../persistence/portal.entity';

interface SlipRow {
  readonly id: string;
  readonly partyId: string;
  readonly partyName: string;
  readonly issuedByName: string;
  readonly issuedAt: Date;
  readonly openedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endGround: EndGround | null;
  readonly endReason: string | null;
  readonly version: number;
  readonly isArchived: boolean;
}

/** The slips handed out in a matter, as the counter sees them: never their codes. */
@Injectable()
export class KeepSlips {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  async list(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      await this.matters.read(tx, disputeId, 'portal.list-slips');
      return { items: (await rowsOf(tx, disputeId)).map(viewOf) };
    });
  }

  /** Takes a slip back: whoever holds it is out with the next reading. */
  async withdraw(disputeId: string, accessId: string, command: { readonly reason: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.lock(tx, disputeId, 'portal.withdraw-slip');
      const access = await tx.lock(PortalAccess, accessId);
      if (access.disputeId !== disputeId) throw notFound();
      if (access.endedAt !== null) {
        throw new DomainError('conflict', 'portal.slip-ended', '该联系单已经停用或重新出具，不必再停用。');
      }
      await tx.update(PortalAccess, accessId, {
        endedAt: tx.now,
        endGround: 'withdrawn',
        endReason: command.reason,
        endedBy: tx.actor.accountId,
      });
      await this.matters.record(tx, dispute, {
        act: 'portal.withdraw-slip',
        opinion: command.reason,
        objectType: 'portal-access',
        objectId: accessId,
      });
      const row = (await rowsOf(tx, disputeId)).find((r) => r.id === accessId);
      if (!row) throw notFound();
      return viewOf(row);
    });
  }
}

async function rowsOf(tx: Tx, disputeId: string): Promise<SlipRow[]> {
  return tx.query<SlipRow>(
    `select a.id, a.party_id as "partyId", p.name as "partyName", a.issued_by_name as "issuedByName", a.issued_at as "issuedAt",
            a.opened_at as "openedAt", a.ended_at as "endedAt", a.end_ground as "endGround", a.end_reason as "endReason", a.version,
            exists (select 1 from dispute_event e where e.dispute_id = a.dispute_id and e.act = 'disputes.archive'
                      and e.at >= a.issued_at) as "isArchived"
       from portal_access a join party p on p.dispute_id = a.dispute_id and p.id = a.party_id
      where a.dispute_id = $1 order by a.issued_at desc, a.id desc`,
    [disputeId],
  );
}

function viewOf({ isArchived, ...row }: SlipRow) {
  const { endGround, issuedAt, openedAt, endedAt } = row;
  return {
    ...row,
    issuedAt: issuedAt.toISOString(),
    openedAt: openedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
    isLive: endedAt === null && !isArchived,
    stateName: endGround !== null ? END_GROUNDS[endGround] : isArchived ? '随归档失效' : '有效',
  };
}
