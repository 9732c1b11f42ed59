import { Injectable } from '@nestjs/common';
import { addDays, legalDateFromInstant } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { Assignments } from '../../assignments';
import { Matters } from '../../disputes';
import { Parties } from '../../parties';
import { withoutAnswer } from '../domain/consent';
import { PARTICIPANT_KINDS } from '../domain/dictionaries';
import type { Participant } from '../persistence/participant.entity';
import { latestConsents } from '../persistence/session-rows';
import { Rooms } from './rooms';

/** How far ahead a room must be in use to be offered for planning. */
const AHEAD_DAYS = 92;

/** Whom and what a plan of a session can choose from, in one read. */
@Injectable()
export class PlanOptions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly assignments: Assignments,
    private readonly parties: Parties,
    private readonly rooms: Rooms,
  ) {}

  async execute(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'sessions.plan-options');
      const serving = await this.assignments.active(tx, disputeId);
      const active = (await this.parties.list(tx, disputeId)).filter((p) => p.isActive);
      const participants = await tx.query<Pick<Participant, 'id' | 'name' | 'kind'>>(
        "select id, name, kind from participant where dispute_id = $1 and state = 'invited' order by invited_at, id",
        [disputeId],
      );
      const consents = await latestConsents(tx, disputeId);
      const centers = [...new Set([dispute.centerId, dispute.handlingCenterId].filter((id) => id !== null))];
      const agencies = await tx.query<{ id: string; name: string }>(
        'select id, name from agency where center_id = any ($1) and is_active order by name',
        [centers],
      );
      const today = legalDateFromInstant(tx.now);
      const rooms = await this.rooms.inUse(tx, centers, today, addDays(today, AHEAD_DAYS));
      return {
        mediators: serving
          .filter((a) => a.capacity !== 'recorder')
          .map(({ accountId, name, capacity }) => ({ accountId, name, isHost: capacity === 'host' })),
        recorders: serving.filter((a) => a.capacity === 'recorder').map(({ accountId, name }) => ({ accountId, name })),
        parties: active.map(({ id, name, isMinor, representatives }) => ({
          id,
          name,
          isMinor,
          representatives: representatives.map((r) => ({ id: r.id, name: r.name })),
        })),
        participants: participants.map(({ id, name, kind }) => {
          const missing = withoutAnswer(
            active,
            consents.filter((c) => c.participantId === id),
            'agreed',
          ).map((p) => p.name);
          return { id, name, kindName: PARTICIPANT_KINDS[kind], isAgreedByAll: missing.length === 0, missing };
        }),
        agencies,
        rooms: rooms.map(({ id, name }) => ({ id, name })),
      };
    });
  }
}
