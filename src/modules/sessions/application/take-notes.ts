import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { malformedCursor, pageOf } from '../../../platform/http';
import { type LoadedMatter, Matters } from '../../disputes';
import { RINGS, type Ring } from '../domain/dictionaries';
import { isNarrower } from '../domain/rings';
import { MediationSession, SessionNote } from '../persistence/session.entity';
import { mayPerform } from './may-perform';
import { cuesOf } from './record-session';
import { mayWriteIn, writableRings } from './writable-rings';

interface NoteRow {
  readonly id: string;
  readonly sessionId: string | null;
  readonly ring: Ring;
  readonly text: string;
  readonly authorName: string;
  readonly writtenAt: Date;
  readonly narrowedAt: Date | null;
  readonly narrowedReason: string | null;
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Notes in three rings. Row security alone decides who reads which; nothing here widens it. */
@Injectable()
export class TakeNotes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  async write(disputeId: string, { ring, sessionId, text }: { ring: Ring; sessionId?: string; text: string }) {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'notes.write');
      refuseStrangeRing(matter, ring);
      if (sessionId !== undefined && (await tx.get(MediationSession, sessionId)).disputeId !== disputeId) {
        throw ruleViolation('notes.other-matter', '所选调解会不属于本事项。', '/sessionId');
      }
      const id = uuidv7();
      await tx.insert(SessionNote, {
        id,
        disputeId,
        sessionId: sessionId ?? null,
        ring,
        text,
        authorId: tx.actor.accountId ?? '',
        authorName: tx.actor.displayName ?? '',
        writtenAt: tx.now,
        narrowedAt: null,
        narrowedReason: null,
      });
      await this.matters.record(tx, matter.dispute, {
        act: 'notes.write',
        objectType: 'note',
        objectId: id,
        details: { ring },
      });
      return { id, ring, cues: cuesOf([text]) };
    });
  }

  /** The notes that row security lets this reader see, newest first. The reading is audited. */
  async list(disputeId: string, { limit = 20, cursor, ring }: { limit?: number; cursor?: string; ring?: Ring }) {
    if (cursor !== undefined && !ID.test(cursor)) throw malformedCursor();
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'notes.read');
      const { dispute } = matter;
      const mayWrite = mayPerform(tx.actor, 'notes.write', matter.standing);
      const mayNarrow = mayPerform(tx.actor, 'notes.narrow', matter.standing);
      const rows = await tx.query<NoteRow>(
        `select id, session_id as "sessionId", ring, text, author_name as "authorName", written_at as "writtenAt",
                narrowed_at as "narrowedAt", narrowed_reason as "narrowedReason"
           from session_note
          where dispute_id = $1 and ($2::uuid is null or id < $2) and ($3::text is null or ring = $3)
          order by id desc limit $4`,
        [disputeId, cursor ?? null, ring ?? null, limit + 1],
      );
      const page = pageOf(rows, limit, (row) => row.id);
      const count = (of: Ring): number => page.items.filter((n) => n.ring === of).length;
      tx.audit({
        act: 'notes.read',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: dispute.centerId,
        details: { parties: count('parties'), center: count('center'), mediator: count('mediator') },
      });
      return {
        items: page.items.map((note) => ({
          ...note,
          ringName: RINGS[note.ring],
          writtenAt: note.writtenAt.toISOString(),
          narrowedAt: note.narrowedAt?.toISOString() ?? null,
          // Only narrower rings are left to a note; the innermost has none.
          allowedActs: mayNarrow && note.ring !== 'mediator' ? ['notes.narrow'] : [],
        })),
        nextCursor: page.nextCursor,
        allowedActs: mayWrite ? ['notes.write'] : [],
        writableRings: mayWrite ? writableRings(matter) : [],
      };
    });
  }

  async narrow(noteId: string, ring: Ring, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const { disputeId } = await tx.get(SessionNote, noteId);
      const matter = await this.matters.lock(tx, disputeId, 'notes.narrow');
      const note = await tx.lock(SessionNote, noteId);
      refuseStrangeRing(matter, ring);
      if (!isNarrower(ring, note.ring)) {
        throw ruleViolation(
          'notes.ring-not-narrower',
          '可见范围只能缩小，不能扩大。需要让更多人看到的，请另写一条。',
          '/ring',
        );
      }
      await tx.update(SessionNote, noteId, { ring, narrowedAt: tx.now, narrowedReason: reason });
      await this.matters.record(tx, matter.dispute, {
        act: 'notes.narrow',
        objectType: 'note',
        objectId: noteId,
        details: { from: note.ring, to: ring },
      });
      return { id: noteId, ring, cues: [] };
    });
  }
}

/** Into the mediator’s ring writes only who serves on the matter: anybody else could not read it again. */
function refuseStrangeRing(matter: LoadedMatter, ring: Ring): void {
  if (!mayWriteIn(matter, ring)) {
    throw new DomainError(
      'rule',
      'notes.ring-not-yours',
      '“仅调解员可见”的内容只能由本事项的调解员、记录人书写。请选择“中心可见”或“各方可见”。',
      [{ pointer: '/ring', code: 'notes.ring-not-yours', detail: '请选择其他可见范围' }],
    );
  }
}
