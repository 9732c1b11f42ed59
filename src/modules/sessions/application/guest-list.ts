import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Assignments } from '../../assignments';
import { Parties } from '../../parties';
import { withoutAnswer } from '../domain/consent';
import { PARTICIPANT_KINDS } from '../domain/dictionaries';
import { latestConsents } from '../persistence/session-rows';
import type { Participant } from '../persistence/participant.entity';
import type { SessionInvitee } from '../persistence/session.entity';

/** Whom a plan asks to come. What is left out of the first three means: everybody there is. */
export interface Guests {
  readonly partyIds?: readonly string[];
  readonly mediatorIds?: readonly string[];
  readonly recorderId?: string;
  readonly representativeIds?: readonly string[];
  readonly participantIds?: readonly string[];
  readonly agencyIds?: readonly string[];
}

export type Guest = Pick<SessionInvitee, 'kind' | 'name' | 'roleName'> &
  Partial<Pick<SessionInvitee, 'partyId' | 'representativeId' | 'participantId' | 'accountId' | 'agencyId'>>;

/** Turns the ids of a plan into people, and refuses those who may not come. */
@Injectable()
export class GuestList {
  constructor(
    private readonly parties: Parties,
    private readonly assignments: Assignments,
  ) {}

  /** Everybody for a new plan: all active parties, all mediators and the recorder unless others are named. */
  async complete(tx: Tx, disputeId: string, guests: Guests): Promise<Guest[]> {
    const serving = await this.assignments.active(tx, disputeId);
    const mediatorIds = guests.mediatorIds ?? serving.filter((a) => a.capacity !== 'recorder').map((a) => a.accountId);
    if (mediatorIds.length === 0) {
      throw ruleViolation(
        'sessions.no-mediator',
        '调解会至少要有一名调解员（人民调解法第十九条），请先指派。',
        '/mediatorIds',
      );
    }
    const recorderId =
      guests.recorderId ??
      serving.find((a) => a.capacity === 'recorder' && !mediatorIds.includes(a.accountId))?.accountId;
    const active = (await this.parties.list(tx, disputeId)).filter((p) => p.isActive);
    const partyIds = guests.partyIds ?? active.map((p) => p.id);
    return this.named(tx, disputeId, { ...guests, mediatorIds, recorderId, partyIds });
  }

  /** Only those who are named. */
  async named(tx: Tx, disputeId: string, guests: Guests): Promise<Guest[]> {
    return [
      ...(await this.staff(tx, disputeId, guests)),
      ...(await this.partySide(tx, disputeId, guests)),
      ...(await this.participants(tx, disputeId, guests.participantIds ?? [])),
      ...(await this.agencies(tx, guests.agencyIds ?? [])),
    ];
  }

  /**
   * Refuses (422) a participant to whom not every active party has agreed, and names who is missing
   * (人民调解法第二十条).
   */
  async checkConsents(
    tx: Tx,
    disputeId: string,
    participants: readonly Pick<Participant, 'id' | 'name'>[],
  ): Promise<void> {
    if (participants.length === 0) return;
    const active = (await this.parties.list(tx, disputeId)).filter((p) => p.isActive);
    const consents = await latestConsents(tx, disputeId);
    for (const { id, name } of participants) {
      const missing = withoutAnswer(
        active,
        consents.filter((c) => c.participantId === id),
        'agreed',
      );
      if (missing.length > 0) {
        const names = missing.map((p) => p.name).join('、');
        throw new DomainError(
          'rule',
          'participants.consent-missing',
          `邀请${name}参加须经各方当事人同意（人民调解法第二十条），还缺：${names}。请先征得同意并登记。`,
          missing.map((p) => ({
            pointer: '/participantIds',
            code: 'participants.consent-missing',
            detail: `${p.name}没有表示同意`,
          })),
        );
      }
    }
  }

  private async staff(tx: Tx, disputeId: string, { mediatorIds = [], recorderId }: Guests): Promise<Guest[]> {
    if (recorderId !== undefined && mediatorIds.includes(recorderId)) {
      throw ruleViolation('sessions.person-twice', '同一人不能既列为调解员又列为记录人，请只列一次。', '/recorderId');
    }
    const serving = await this.assignments.active(tx, disputeId);
    const person = (accountId: string, pointer: string) => {
      const assignment = serving.find((a) => a.accountId === accountId);
      if (!assignment) throw ruleViolation('sessions.not-assigned', '此人没有被指派到本事项，请先办理指派。', pointer);
      return assignment;
    };
    const mediators = [...new Set(mediatorIds)].map((accountId): Guest => {
      const { name, capacity } = person(accountId, '/mediatorIds');
      if (capacity === 'recorder')
        throw ruleViolation('sessions.not-assigned', `${name}在本事项中是记录人，不能列为调解员。`, '/mediatorIds');
      return { kind: 'mediator', accountId, name, roleName: capacity === 'host' ? '主持人' : '调解员' };
    });
    if (recorderId === undefined) return mediators;
    return [
      ...mediators,
      { kind: 'recorder', accountId: recorderId, name: person(recorderId, '/recorderId').name, roleName: '记录人' },
    ];
  }

  private async partySide(
    tx: Tx,
    disputeId: string,
    { partyIds = [], representativeIds = [] }: Guests,
  ): Promise<Guest[]> {
    const active = (await this.parties.list(tx, disputeId)).filter((p) => p.isActive);
    const named = [...new Set(partyIds)].map((partyId): Guest => {
      const party = active.find((p) => p.id === partyId);
      if (!party)
        throw ruleViolation(
          'sessions.not-a-party',
          '与会当事人中有不是本事项当事人的，请从当事人名单中选择。',
          '/partyIds',
        );
      return { kind: 'party', partyId, name: party.name, roleName: '当事人' };
    });
    const representing = [...new Set(representativeIds)].map((representativeId): Guest => {
      const party = active.find((p) => p.representatives.some((r) => r.id === representativeId));
      const representative = party?.representatives.find((r) => r.id === representativeId);
      if (!party || !representative) {
        throw ruleViolation(
          'sessions.not-a-representative',
          '代理人未登记，或者代理期限不包括今天。请先登记代理。',
          '/representativeIds',
        );
      }
      return {
        kind: 'representative',
        partyId: party.id,
        representativeId,
        name: representative.name,
        roleName: `${party.name}的代理人`,
      };
    });
    return [...named, ...representing];
  }

  private async participants(tx: Tx, disputeId: string, ids: readonly string[]): Promise<Guest[]> {
    const rows = await tx.query<Pick<Participant, 'id' | 'name' | 'kind'>>(
      "select id, name, kind from participant where dispute_id = $1 and id = any ($2) and state = 'invited' order by id",
      [disputeId, ids],
    );
    if (rows.length !== new Set(ids).size) {
      throw ruleViolation('sessions.not-a-participant', '参与人未登记或邀请已撤回，请先登记邀请。', '/participantIds');
    }
    await this.checkConsents(tx, disputeId, rows);
    return rows.map(({ id, name, kind }) => ({
      kind: 'participant',
      participantId: id,
      name,
      roleName: PARTICIPANT_KINDS[kind],
    }));
  }

  private async agencies(tx: Tx, ids: readonly string[]): Promise<Guest[]> {
    const rows = await tx.query<{ id: string; name: string }>(
      'select id, name from agency where id = any ($1) and is_active order by id',
      [ids],
    );
    if (rows.length !== new Set(ids).size) {
      throw ruleViolation('sessions.no-such-agency', '联动单位不存在或已停用，请重新选择。', '/agencyIds');
    }
    return rows.map(({ id, name }) => ({ kind: 'agency', agencyId: id, name, roleName: '联动单位' }));
  }
}
