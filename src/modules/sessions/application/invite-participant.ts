import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { type LoadedMatter, Matters } from '../../disputes';
import { Parties } from '../../parties';
import { withoutAnswer } from '../domain/consent';
import {
  CONSENT_ANSWERS,
  type ConsentAnswer,
  type ConsentChannel,
  PARTICIPANT_KINDS,
  type ParticipantKind,
} from '../domain/dictionaries';
import {
  PARTICIPANT_STATES,
  type ParticipantAct,
  type ParticipantState,
  participantLifecycle,
} from '../domain/participant-lifecycle';
import { Participant, ParticipantConsent } from '../persistence/participant.entity';
import { latestConsents } from '../persistence/session-rows';
import { mayPerform } from './may-perform';
import { wrongTime } from './session-desk';

export interface InviteParticipantCommand {
  readonly kind: ParticipantKind;
  readonly name: string;
  readonly organization?: string;
  readonly purpose: string;
}

export interface ParticipantConsentCommand {
  readonly partyId: string;
  readonly representativeId?: string;
  readonly answer: ConsentAnswer;
  readonly channel: ConsentChannel;
  readonly givenAt?: string;
  readonly note?: string;
}

interface ParticipantStanding {
  readonly id: string;
  readonly state: ParticipantState;
  readonly version: number;
  /** Active parties who have not agreed. */
  readonly missingPartyIds: readonly string[];
}

/** Somebody who is to take part beside parties and mediators, when every party agrees (人民调解法第二十条). */
@Injectable()
export class InviteParticipant {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly parties: Parties,
  ) {}

  async invite(disputeId: string, command: InviteParticipantCommand): Promise<ParticipantStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'participants.invite');
      const { kind, name, organization, purpose } = command;
      const id = uuidv7();
      await tx.insert(Participant, {
        id,
        disputeId,
        kind,
        name,
        organization: organization ?? null,
        purpose,
        state: 'invited',
        invitedBy: tx.actor.accountId,
        invitedByName: tx.actor.displayName ?? '',
        invitedAt: tx.now,
        withdrawnAt: null,
        withdrawnReason: null,
        version: 1,
      });
      await this.note(tx, matter, id, 'invite', null, 'invited', { kind });
      return { id, state: 'invited', version: 1, missingPartyIds: await this.missing(tx, disputeId, id) };
    });
  }

  /** Records what parties answered; each may change its mind, the latest answer counts. */
  async recordConsent(
    participantId: string,
    answers: readonly ParticipantConsentCommand[],
  ): Promise<ParticipantStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { matter, participant } = await this.lock(tx, participantId, 'record-consent');
      const { disputeId } = participant;
      const state = participantLifecycle.next('record-consent', participant, tx.now);
      const parties = await this.parties.list(tx, disputeId);
      for (const [i, { partyId, representativeId, answer, channel, givenAt, note }] of answers.entries()) {
        const party = parties.find((p) => p.id === partyId && p.isActive);
        if (!party)
          throw ruleViolation('participants.not-a-party', '表示意见的人不是本事项的当事人。', `/answers/${i}/partyId`);
        if (representativeId !== undefined && !party.representatives.some((r) => r.id === representativeId)) {
          throw ruleViolation(
            'participants.not-a-representative',
            `该代理人不代理${party.name}，或者代理期限不包括今天。`,
            `/answers/${i}/representativeId`,
          );
        }
        const at = givenAt === undefined ? tx.now : new Date(givenAt);
        if (at > tx.now)
          throw wrongTime('participants.in-the-future', '表示意见的时间不能晚于现在。', `/answers/${i}/givenAt`);
        await tx.insert(ParticipantConsent, {
          id: uuidv7(),
          disputeId,
          participantId,
          partyId,
          representativeId: representativeId ?? null,
          answer,
          channel,
          givenAt: at,
          note: note ?? null,
          recordedBy: tx.actor.accountId,
          recordedAt: tx.now,
        });
      }
      await tx.update(Participant, participantId, {});
      const objected = answers.filter((a) => a.answer === 'objected').length;
      await this.note(tx, matter, participantId, 'record-consent', state, state, { answers: answers.length, objected });
      return {
        id: participantId,
        state,
        version: participant.version + 1,
        missingPartyIds: await this.missing(tx, disputeId, participantId),
      };
    });
  }

  async withdraw(participantId: string, reason: string): Promise<ParticipantStanding> {
    return this.unitOfWork.run(async (tx) => {
      const { matter, participant } = await this.lock(tx, participantId, 'withdraw');
      const state = participantLifecycle.next('withdraw', participant, tx.now);
      await tx.update(Participant, participantId, { state, withdrawnAt: tx.now, withdrawnReason: reason });
      await this.note(tx, matter, participantId, 'withdraw', participant.state, state, {}, reason);
      return { id: participantId, state, version: participant.version + 1, missingPartyIds: [] };
    });
  }

  /** Those invited to a matter, with who has agreed and who is missing, and whether more may be invited. */
  async list(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'participants.read');
      const rows = await tx.query<Participant>(
        `select id, kind, name, organization, purpose, state, invited_by_name as "invitedByName", invited_at as "invitedAt",
                withdrawn_reason as "withdrawnReason", version
           from participant where dispute_id = $1 order by invited_at, id`,
        [disputeId],
      );
      const active = (await this.parties.list(tx, disputeId)).filter((p) => p.isActive);
      const consents = await latestConsents(tx, disputeId);
      const items = rows.map((row) => {
        const given = consents.filter((c) => c.participantId === row.id);
        const missing = withoutAnswer(active, given, 'agreed').map((p) => p.id);
        return {
          id: row.id,
          kind: row.kind,
          kindName: PARTICIPANT_KINDS[row.kind],
          name: row.name,
          organization: row.organization,
          purpose: row.purpose,
          state: row.state,
          stateName: PARTICIPANT_STATES[row.state],
          answers: active.map((party) => {
            const answer = given.find((c) => c.partyId === party.id)?.answer ?? null;
            return {
              partyId: party.id,
              partyName: party.shownName,
              answer,
              answerName: answer === null ? '未表示' : CONSENT_ANSWERS[answer as ConsentAnswer],
            };
          }),
          invitedByName: row.invitedByName,
          invitedAt: row.invitedAt.toISOString(),
          withdrawnReason: row.withdrawnReason,
          missingPartyIds: missing,
          isAgreedByAll: missing.length === 0 && active.length > 0,
          version: row.version,
          allowedActs: this.allowed(tx, matter, row),
        };
      });
      const mayInvite = mayPerform(tx.actor, 'participants.invite', matter.standing);
      return { items, allowedActs: mayInvite ? ['participants.invite'] : [] };
    });
  }

  private allowed(tx: Tx, { standing }: LoadedMatter, row: Pick<Participant, 'state'>): string[] {
    return participantLifecycle
      .allowedActs(row, tx.now, (by) => mayAct(tx.actor, by, standing))
      .map((act) => `participants.${act}`);
  }

  private async missing(tx: Tx, disputeId: string, participantId: string): Promise<string[]> {
    const active = (await this.parties.list(tx, disputeId)).filter((p) => p.isActive);
    const consents = (await latestConsents(tx, disputeId)).filter((c) => c.participantId === participantId);
    return withoutAnswer(active, consents, 'agreed').map((p) => p.id);
  }

  private async lock(tx: Tx, participantId: string, act: ParticipantAct) {
    const { disputeId } = await tx.get(Participant, participantId);
    const matter = await this.matters.lock(tx, disputeId, `participants.${act}`);
    const participant = await tx.lock(Participant, participantId);
    tx.checkVersion(participant);
    return { matter, participant };
  }

  private async note(
    tx: Tx,
    { dispute }: LoadedMatter,
    objectId: string,
    act: ParticipantAct,
    fromState: ParticipantState | null,
    toState: ParticipantState,
    details: Readonly<Record<string, unknown>>,
    opinion?: string,
  ): Promise<void> {
    await this.matters.record(tx, dispute, {
      act: `participants.${act}`,
      fromState,
      toState,
      opinion: opinion ?? null,
      objectType: 'participant',
      objectId,
      details,
    });
  }
}
