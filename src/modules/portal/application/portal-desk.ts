import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import { type LoadedMatter, Matters } from '../../disputes';
import { AnswerForOneself, type OwnStanding } from '../../parties';
import { SESSION_IDLE, SESSION_LONGEST } from '../domain/access-rules';
import { PortalAccess, PortalSession } from '../persistence/portal.entity';

/** A party at its own matter. */
export interface OpenDesk {
  readonly access: PortalAccess;
  readonly session: PortalSession;
  readonly matter: LoadedMatter;
  readonly party: OwnStanding;
}

/**
 * The way of every use case of the portal. The holder of a session sees by row security that session and nothing else; the use
 * case then works as the system, strictly on the one matter and the one party that the access names.
 */
@Injectable()
export class PortalDesk {
  constructor(
    private readonly matters: Matters,
    private readonly answers: AnswerForOneself,
  ) {}

  /** Opens the desk for one act, prolongs the session, and runs `work` past row security. */
  async at<T>(tx: Tx, act: string, work: (desk: OpenDesk) => Promise<T>): Promise<T> {
    authorize(tx.actor, act);
    const { principal } = tx.actor;
    const [own] = await tx.query<{ id: string; accessId: string; disputeId: string }>(
      'select id, access_id as "accessId", dispute_id as "disputeId" from portal_session where digest = $1',
      [principal.kind === 'link' ? principal.linkDigest : ''],
    );
    if (!own) throw ended();
    return tx.asSystem(async () => {
      const matter = await this.matters.lock(tx, own.disputeId, act);
      const session = await tx.lock(PortalSession, own.id);
      const access = await tx.get(PortalAccess, own.accessId);
      if (session.endedAt !== null || session.expiresAt <= tx.now || (await isOver(tx, access.id))) throw ended();
      const party = await this.answers.standing(tx, own.disputeId, access.partyId);
      if (party?.isActive !== true) throw ended();
      await tx.update(PortalSession, session.id, { lastUsedAt: tx.now, expiresAt: prolonged(session, tx.now) });
      return work({ access, session, matter, party });
    });
  }

  /** One entry of a reading in the audit. */
  auditReading(
    tx: Tx,
    { access, matter }: OpenDesk,
    act: string,
    details: Readonly<Record<string, unknown>> = {},
  ): void {
    tx.audit({
      act,
      objectType: 'portal-access',
      objectId: access.id,
      disputeId: matter.dispute.id,
      chain: matter.dispute.centerId,
      details,
    });
  }
}

/**
 * An access is over once it was replaced or withdrawn, and for good with the archiving of its matter: one that is taken up
 * again asks for a new slip.
 */
export async function isOver(tx: Tx, accessId: string): Promise<boolean> {
  const { over } = await tx.one<{ over: boolean }>(
    `select a.ended_at is not null or d.state = 'archived'
            or exists (select 1 from dispute_event e
                        where e.dispute_id = a.dispute_id and e.act = 'disputes.archive' and e.at >= a.issued_at) as over
       from portal_access a join dispute d on d.id = a.dispute_id where a.id = $1`,
    [accessId],
  );
  return over;
}

function prolonged({ openedAt }: PortalSession, now: Date): Date {
  return new Date(Math.min(now.getTime() + SESSION_IDLE, openedAt.getTime() + SESSION_LONGEST));
}

/** One answer for what is unknown, run out, withdrawn, archived, and for a party that takes no part any more. */
function ended(): DomainError {
  return new DomainError(
    'unauthenticated',
    'portal.session-ended',
    '查询已超时或联系单已不能使用。请重新扫码并输入查询码；仍打不开的，请拨打中心电话。',
  );
}
