import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import {
  type ParticipantKind,
  type Publicity,
  SESSION_MODES,
  type SessionMode,
  type SessionResult,
} from '../domain/dictionaries';
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

export interface PartyAttendance {
  readonly sessionId: string;
  readonly partyId: string;
  readonly isRepresentative: boolean;
  readonly name: string;
  readonly arrivedAt: Date | null;
  readonly absentReason: string | null;
}

export interface PartyPosition {
  readonly partyId: string;
  readonly speaker: string;
  readonly text: string;
  readonly writtenAt: Date;
}

export interface ParticipantSnapshot {
  readonly id: string;
  readonly kind: ParticipantKind;
  readonly name: string;
  readonly organization: string | null;
  /** Came to a session at least once. */
  readonly hasAttended: boolean;
}

export interface InterpreterSnapshot {
  readonly name: string;
  /** Null when it was no party who was heard. */
  readonly partyId: string | null;
}

/**
 * What other modules may ask of the sessions of a matter: times, results, and what nobody disputes. There is no way
 * here to a concession, a note, or an entry that not all parties may see.
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

  /** Sessions still to come to which this party, or whoever represents it, is invited: nothing of sessions with others. */
  async toCome(
    tx: Tx,
    disputeId: string,
    partyId: string,
  ): Promise<(SessionSnapshot & { readonly modeName: string })[]> {
    const rows = await tx.query<SessionSnapshot>(
      `select s.id, s.ordinal, s.state, s.mode, s.starts_at as "startsAt", s.ends_at as "endsAt", s.started_at as "startedAt",
              s.ended_at as "endedAt", s.place, s.publicity, s.result
         from mediation_session s
        where s.dispute_id = $1 and s.state = 'planned' and s.ends_at >= $3
          and exists (select 1 from session_invitee i
                       where i.dispute_id = s.dispute_id and i.session_id = s.id and i.removed_at is null
                         and (i.party_id = $2 or exists (select 1 from representative r
                               where r.dispute_id = i.dispute_id and r.id = i.representative_id and r.party_id = $2)))
        order by s.starts_at, s.id`,
      [disputeId, partyId, tx.now],
    );
    return rows.map((row) => ({ ...row, modeName: SESSION_MODES[row.mode] }));
  }

  /** Who of each party is on the list of which session, and came or not; cancelled sessions left out. */
  async attendance(tx: Tx, disputeId: string): Promise<PartyAttendance[]> {
    return tx.query<PartyAttendance>(
      `select i.session_id as "sessionId", i.party_id as "partyId", i.kind = 'representative' as "isRepresentative", i.name,
              i.arrived_at as "arrivedAt", i.absent_reason as "absentReason"
         from session_invitee i join mediation_session s on s.dispute_id = i.dispute_id and s.id = i.session_id
        where i.dispute_id = $1 and i.party_id is not null and i.removed_at is null and s.state <> 'cancelled'
        order by s.ordinal, i.id`,
      [disputeId],
    );
  }

  /** What each party, or who spoke for it, last proposed openly: entries that all parties may see, and no others. */
  async positions(tx: Tx, disputeId: string): Promise<PartyPosition[]> {
    return tx.query<PartyPosition>(
      `select distinct on (i.party_id) i.party_id as "partyId", e.speaker, e.text, e.written_at as "writtenAt"
         from session_entry e join session_invitee i on i.dispute_id = e.dispute_id and i.id = e.invitee_id
        where e.dispute_id = $1 and e.ring = 'parties' and e.kind = 'proposal' and e.struck_at is null and i.party_id is not null
        order by i.party_id, e.written_at desc, e.id desc`,
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

  /** Through whom somebody was heard for a record, and which party that was. */
  async interpreters(tx: Tx, disputeId: string): Promise<InterpreterSnapshot[]> {
    return tx.query<InterpreterSnapshot>(
      `select distinct interpreter_name as name, party_id as "partyId" from investigation_record
        where dispute_id = $1 and interpreter_name is not null order by interpreter_name, party_id`,
      [disputeId],
    );
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
