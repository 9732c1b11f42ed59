import { Injectable } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { type Confirmation, confirmationOf, possibleOutcomes } from '../domain/closing';
import { type DifficultMark, OUTCOMES, type Outcome } from '../domain/dictionaries';
import { DisputeClosing } from '../persistence/course.entity';
import { Dispute } from '../persistence/dispute.entity';
import { difficultyOf } from './difficulty';
import { MatterHooks } from './matter-hooks';
import { type MatterStanding, Matters } from './matters';

export interface CloseDisputeCommand extends Confirmation {
  readonly outcome: Outcome;
  readonly summary: string;
  readonly difficultGround?: DifficultMark;
}

@Injectable()
export class CloseDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly keys: KeyRing,
    private readonly hooks: MatterHooks,
  ) {}

  /** Closes the matter after review by one who did not handle it, with an outcome that the record bears out. */
  async execute(disputeId: string, command: CloseDisputeCommand): Promise<MatterStanding> {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, 'disputes.close');
      const { dispute } = matter;
      tx.checkVersion(dispute);
      const state = this.matters.next(matter, 'close', tx.now);
      const possible = possibleOutcomes(matter.snapshot);
      if (!possible.includes(command.outcome)) {
        const names = possible.map((o) => OUTCOMES[o]).join('、');
        throw ruleViolation(
          'disputes.outcome-mismatch',
          `办理记录不支持“${OUTCOMES[command.outcome]}”。可选的办结结果：${names}。`,
          '/outcome',
        );
      }
      const confirmation = confirmationOf(
        command.outcome,
        matter.snapshot,
        await this.hooks.partyWords(tx, disputeId),
        command,
      );
      if ('code' in confirmation)
        throw ruleViolation(confirmation.code, confirmation.message, `/${confirmation.field}`);
      const { share } = await tx.one<{ share: number }>('select call_back_share as share from center where id = $1', [
        dispute.centerId,
      ]);
      await tx.insert(DisputeClosing, {
        id: uuidv7(),
        disputeId,
        volume: dispute.volume,
        outcome: command.outcome,
        summary: command.summary,
        handlerAccountId: dispute.handlerAccountId,
        reviewedBy: tx.actor.accountId ?? '',
        closedAt: tx.now,
        ...confirmation,
        isDrawn: dispute.allowsCallBack && isDrawn(this.keys, disputeId, dispute.volume, share),
      });
      await this.matters.record(tx, dispute, {
        act: 'disputes.close',
        fromState: dispute.state,
        toState: state,
        opinion: command.summary,
        details: {
          outcome: command.outcome,
          confirmedBy: confirmation.confirmedBy,
          ...difficultyOf(command.difficultGround),
        },
      });
      await tx.update(Dispute, disputeId, {
        state,
        outcome: command.outcome,
        closedAt: tx.now,
        ...difficultyOf(command.difficultGround),
        updatedAt: tx.now,
      });
      tx.send({ topic: 'disputes.closed', payload: { disputeId, outcome: command.outcome } });
      return this.matters.answer(tx, disputeId);
    });
  }
}

/**
 * Of a hundred closings `share` are called back by somebody else. Nobody who closes a matter can tell whether it will be drawn,
 * and trying again changes nothing: the key decides.
 */
export function isDrawn(keys: KeyRing, disputeId: string, volume: number, share: number): boolean {
  const digest = Buffer.from(keys.linkDigest(`call-back:${disputeId}:${volume}`), 'base64url');
  return digest.readUInt32BE(0) / 2 ** 32 < share / 100;
}
