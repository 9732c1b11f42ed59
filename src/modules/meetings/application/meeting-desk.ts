import { Injectable } from '@nestjs/common';
import { notFound, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, uuidv7 } from '../../../platform/database';
import { type LoadedMatter, Matters } from '../../disputes';
import { findPersonalNumber } from '../../summons';
import type { UnitRole } from '../domain/dictionaries';
import { type MeetingAct, type MeetingSnapshot, meetingLifecycle } from '../domain/meeting-lifecycle';
import {
  type MeetingTaskAct,
  type MeetingTaskSnapshot,
  type MeetingTaskState,
  meetingTaskLifecycle,
} from '../domain/task-lifecycle';
import { Meeting, MeetingTask, MeetingUnit } from '../persistence/meeting.entity';

export interface InvitedUnit {
  readonly agencyId?: string;
  readonly name?: string;
  readonly role: UnitRole;
  readonly personName?: string;
}

interface Happening {
  readonly act: string;
  readonly fromState?: string | null;
  readonly toState?: string | null;
  readonly opinion?: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The way of every act to a meeting: lock the matter, then the row; decide by the table; record. Agencies lock the matter without
 * seeing it, as with whistles.
 */
@Injectable()
export class MeetingDesk {
  constructor(private readonly matters: Matters) {}

  /** Locks a meeting for an act of the center, which the table must admit. */
  async lockForCenter(tx: Tx, meetingId: string, act: MeetingAct): Promise<Meeting> {
    const { disputeId } = await tx.get(Meeting, meetingId);
    await this.lockMatter(tx, disputeId, `meetings.${act}`);
    const meeting = await this.lockMeeting(tx, meetingId);
    await this.check(tx, meeting, act);
    return meeting;
  }

  /** The same for an act of an invited agency, with its place at the table. */
  async lockForAgency(tx: Tx, meetingId: string, act: MeetingAct): Promise<{ meeting: Meeting; unit: MeetingUnit }> {
    const found = await tx.get(Meeting, meetingId);
    const unit = await this.ownUnit(tx, meetingId);
    authorize(tx.actor, `meetings.${act}`, { agencyIds: unit?.agencyId ? [unit.agencyId] : [] });
    if (!unit) throw notFound();
    await this.matters.lockForSystem(tx, found.disputeId);
    const meeting = await tx.asSystem(() => this.lockMeeting(tx, meetingId));
    await this.check(tx, meeting, act);
    return { meeting, unit: await tx.lock(MeetingUnit, unit.id) };
  }

  /** The place of the actor's own agency at the table, if it has one. */
  async ownUnit(tx: Tx, meetingId: string): Promise<MeetingUnit | null> {
    const [own] = await tx.query<{ id: string }>(
      'select id from meeting_unit where meeting_id = $1 and agency_id = any ($2) order by ordinal limit 1',
      [meetingId, tx.actor.agencyIds],
    );
    return own ? tx.get(MeetingUnit, own.id) : null;
  }

  async snapshot(tx: Tx, meeting: Meeting): Promise<MeetingSnapshot> {
    const counts = await tx.asSystem(() =>
      tx.one<{ present: number; undecided: number }>(
        `select (select count(*)::int from meeting_unit u where u.meeting_id = $1 and u.arrived_at is not null) as present,
                (select count(*)::int from meeting_item i where i.meeting_id = $1 and i.decision is null) as undecided`,
        [meeting.id],
      ),
    );
    return {
      state: meeting.state,
      ...counts,
      actorIsChair: meeting.chairAccountId === tx.actor.accountId,
      reservationsUntil: meeting.reservationsUntil,
    };
  }

  private async check(tx: Tx, meeting: Meeting, act: MeetingAct): Promise<void> {
    meetingLifecycle.next(act, await this.snapshot(tx, meeting), tx.now);
  }

  async record(tx: Tx, meeting: Meeting, happening: Happening): Promise<void> {
    const { details, ...rest } = happening;
    await this.matters.record(
      tx,
      { id: meeting.disputeId, centerId: meeting.centerId },
      {
        ...rest,
        objectType: 'meeting',
        objectId: meeting.id,
        details: { meetingId: meeting.id, meeting: meeting.ordinal, ...details },
      },
    );
  }

  /** Puts units onto the list; agencies of the center by their id, others by their name. */
  async invite(
    tx: Tx,
    meeting: Pick<Meeting, 'id' | 'disputeId' | 'centerId'>,
    units: readonly InvitedUnit[],
    first: number,
  ) {
    const agencies = await tx.query<{ id: string; name: string }>(
      'select id, name from agency where id = any ($1) and is_active and center_id = $2',
      [units.flatMap((u) => u.agencyId ?? []), meeting.centerId],
    );
    const kept = await tx.query<{ name: string; role: UnitRole }>(
      'select name, role from meeting_unit where meeting_id = $1',
      [meeting.id],
    );
    for (const [i, unit] of units.entries()) {
      const agency = agencies.find((a) => a.id === unit.agencyId);
      if (unit.agencyId !== undefined && !agency) {
        throw ruleViolation(
          'meetings.unknown-agency',
          '所选部门不是本中心的联动单位，或已经停用。',
          `/units/${i}/agencyId`,
        );
      }
      const name = agency?.name ?? unit.name;
      if (name === undefined) {
        throw ruleViolation('meetings.unit-unnamed', '请选择联动单位，或者填写单位名称。', `/units/${i}/name`);
      }
      if (kept.some((k) => k.name === name)) {
        throw ruleViolation('meetings.unit-twice', `${name}已在参会名单中。`, `/units/${i}/name`);
      }
      if (unit.role === 'lead' && kept.some((k) => k.role === 'lead')) {
        throw ruleViolation('meetings.one-lead', '主办单位只能有一家，其余请选协办或列席。', `/units/${i}/role`);
      }
      kept.push({ name, role: unit.role });
      await tx.insert(MeetingUnit, {
        id: uuidv7(),
        disputeId: meeting.disputeId,
        meetingId: meeting.id,
        ordinal: first + i,
        agencyId: agency?.id ?? null,
        name,
        role: unit.role,
        personName: unit.personName ?? null,
      });
    }
  }

  async readMatter(tx: Tx, disputeId: string, act: string): Promise<LoadedMatter> {
    await this.refuseAgency(tx, disputeId, act);
    return this.matters.read(tx, disputeId, act);
  }

  private async lockMatter(tx: Tx, disputeId: string, act: string): Promise<LoadedMatter> {
    await this.refuseAgency(tx, disputeId, act);
    return this.matters.lock(tx, disputeId, act);
  }

  /** Locks a task for an act of its owner or of the center, and says where the table leads. */
  async lockTask(
    tx: Tx,
    taskId: string,
    act: MeetingTaskAct,
    side: 'agency' | 'center',
  ): Promise<{ task: MeetingTask; meeting: Meeting; to: MeetingTaskState }> {
    const found = await tx.get(MeetingTask, taskId);
    const key = `meeting-tasks.${act}`;
    if (side === 'center') await this.lockMatter(tx, found.disputeId, key);
    else {
      authorize(tx.actor, key, { agencyIds: found.agencyId === null ? [] : [found.agencyId] });
      await this.matters.lockForSystem(tx, found.disputeId);
    }
    const task = await tx.lock(MeetingTask, taskId);
    tx.checkVersion(task);
    const to = meetingTaskLifecycle.next(act, this.taskSnapshot(tx, task), tx.now);
    return { task, meeting: await tx.get(Meeting, task.meetingId), to };
  }

  taskSnapshot(tx: Tx, task: MeetingTask): MeetingTaskSnapshot {
    return {
      state: task.state,
      hasLogin: task.agencyId !== null,
      actorAnswered: task.answeredBy !== null && task.answeredBy === tx.actor.accountId,
    };
  }

  private async lockMeeting(tx: Tx, meetingId: string): Promise<Meeting> {
    const meeting = await tx.lock(Meeting, meetingId);
    tx.checkVersion(meeting);
    return meeting;
  }

  /** An agency sees its slice though not the matter: 403, since it knows that the meeting is there. */
  private async refuseAgency(tx: Tx, disputeId: string, act: string): Promise<void> {
    const [visible] = await tx.query('select 1 from dispute where id = $1', [disputeId]);
    if (visible !== undefined) return;
    authorize(tx.actor, act, { agencyIds: tx.actor.agencyIds });
    throw notFound();
  }
}

/** What goes to other units carries no number of a person. */
export function refuseNumbers(text: string, field: string): void {
  if (findPersonalNumber(text) === null) return;
  throw ruleViolation(
    'meetings.personal-number',
    '内容会发给各参会单位，不能写身份证号、手机号和银行卡号。请删去后再提交。',
    field,
  );
}

/** What acts on a meeting answer. */
export function meetingAnswer(meeting: Meeting, state = meeting.state) {
  return { id: meeting.id, state, stateName: meetingLifecycle.table.states[state], version: meeting.version + 1 };
}

export function meetingTaskAnswer(task: MeetingTask, state: MeetingTaskState) {
  return { id: task.id, state, stateName: meetingTaskLifecycle.table.states[state], version: task.version + 1 };
}
