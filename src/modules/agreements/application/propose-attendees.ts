import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { Sessions } from '../../sessions';
import type { AttendeeCapacity } from '../domain/dictionaries';
import { type Attendee, attendeesOf } from '../domain/signature-plan';
import { loadAttendees } from '../persistence/agreement-rows';
import type { OpenAgreement } from './agreement-book';

export interface ProposedAttendee {
  readonly capacity: AttendeeCapacity;
  readonly name: string;
  readonly language: string | null;
  readonly partyIds: string[];
  /** Entered beforehand; the others are names to choose from. */
  readonly isPlanned: boolean;
  readonly source: string;
}

/** Who may be given a place beside the parties, from what is known already: nobody types a name twice. */
@Injectable()
export class ProposeAttendees {
  constructor(private readonly sessions: Sessions) {}

  async of(tx: Tx, { agreement, parties }: OpenAgreement): Promise<ProposedAttendee[]> {
    const { id, disputeId, baseId, round } = agreement;
    const active = parties.filter((p) => p.isActive);
    const isParty = (partyId: string): boolean => active.some((p) => p.id === partyId);
    const earlier = attendeesOf(await loadAttendees(tx, round > 0 ? id : baseId), isParty);
    const source = round > 0 ? '上一轮签署安排' : '原协议';
    // Planned before, the plan itself says who is wanted again.
    const found: ProposedAttendee[] = earlier.map((a) => ({
      ...proposed(a),
      isPlanned: round > 0 || a.capacity === 'interpreter',
      source,
    }));
    const needing = active.filter((p) => p.neededLanguage !== null);
    const languages = [...new Set(needing.map((p) => p.neededLanguage))];
    const add = (name: string, capacity: AttendeeCapacity, from: string, partyIds: readonly string[]): void => {
      const known = found.find((f) => f.name === name && f.capacity === capacity);
      if (known !== undefined) {
        known.partyIds.push(...partyIds.filter((p) => known.source === from && !known.partyIds.includes(p)));
        return;
      }
      const isInterpreter = capacity === 'interpreter';
      const language = isInterpreter && languages.length === 1 ? (languages[0] ?? null) : null;
      const isPlanned = isInterpreter && round === 0;
      found.push({ capacity, name, language, partyIds: [...partyIds], isPlanned, source: from });
    };
    for (const { name, partyId } of await this.sessions.interpreters(tx, disputeId))
      add(name, 'interpreter', '调查记录', partyId !== null && isParty(partyId) ? [partyId] : []);
    for (const { name, kind } of await this.sessions.participants(tx, disputeId)) {
      if (kind === 'interpreter') {
        add(
          name,
          'interpreter',
          '邀请参与人',
          needing.map((p) => p.id),
        );
      } else if (!parties.some((p) => p.name === name)) add(name, 'witness', '邀请参与人', []);
    }
    return found;
  }
}

function proposed({ capacity, name, language, partyIds }: Attendee) {
  return { capacity, name, language: language ?? null, partyIds: [...(partyIds ?? [])] };
}
