import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import type { ParticipantKind, Publicity, SessionMode, SessionResult } from '../domain/dictionaries';
import type { SessionState } from '../domain/session-lifecycle';

export interface SessionSnapshot {
  readonly id: string;
  /** Which session of the matter it is, from 1. */
  readonly ordinal: number;
  readonly state: SessionState;
  readonly mode: SessionMode;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly place: string;
  readonly publicity: Publicity;
  readonly result: SessionResult | null;
}

export interface ParticipantSnapshot {
  readonly id: string;
  readonly kind: ParticipantKind;
  readonly name: string;
  readonly organization: string | null;
  /** Came to a session at least once. */
  readonly hasAttended: boolean;
}

/**
 * What other modules may ask of the sessions of a matter: times, results, and what nobody disputes. There is no way
 * here to an entry of the record, a concession or a note.
 */
@Injectable()
export class Sessions {
  /** All sessions of a matter in their order, cancelled ones included. */
  async list(tx: Tx, disputeId: string): Promise<SessionSnapshot[]> {
    return tx.query<SessionSnapshot>(
      `select id, ordinal, state, mode, starts_at as "startsAt", ends_at as "endsAt", started_at as "startedAt",
              ended_at as "endedAt", place, publicity, result
         from mediation_session where dispute_id = $1 order by ordinal`,
      [disputeId],
    );
  }

  /** Facts that no party disputes, over all sessions whose result is recorded (OL2021 art. 22). */
  async undisputedFacts(tx: Tx, disputeId: string): Promise<string[]> {
    const rows = await tx.query<{ text: string }>(
      `select f.text from session_fact f join mediation_session s on s.dispute_id = f.dispute_id and s.id = f.session_id
        where f.dispute_id = $1 and f.retracted_at is null and s.state in ('recorded', 'confirmed')
        order by s.ordinal, f.ordinal`,
      [disputeId],
    );
    return rows.map((row) => row.text);
  }

  /** Those invited to take part whose invitation stands. */
  async participants(tx: Tx, disputeId: string): Promise<ParticipantSnapshot[]> {
    return tx.query<ParticipantSnapshot>(
      `select p.id, p.kind, p.name, p.organization,
              exists (select 1 from session_invitee i where i.dispute_id = p.dispute_id and i.participant_id = p.id
                        and i.removed_at is null and i.arrived_at is not null) as "hasAttended"
         from participant p where p.dispute_id = $1 and p.state = 'invited' order by p.invited_at, p.id`,
      [disputeId],
    );
  }
}
