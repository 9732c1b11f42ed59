import { Injectable } from '@nestjs/common';
import { parseCheckCode, ruleViolation } from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import type { Rank } from '../domain/dictionaries';
import { SummonsArrival, SummonsTask } from '../persistence/summons.entity';
import { signInDigest } from './show-sign-in-code';
import { SummonsLedger, taskAnswer } from './summons-ledger';

@Injectable()
export class SignInOnArrival {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: SummonsLedger,
    private readonly keys: KeyRing,
  ) {}

  /** A person of the agency signs in with the code on the screen of the room. Further persons may follow, each with a code. */
  async execute(taskId: string, arrival: { readonly code: string; readonly personName: string; readonly rank: Rank }) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.ledger.lockTaskForAgency(tx, taskId, 'arrive');
      const { summons, task } = locked;
      const to = task.state === 'handling' ? 'handling' : 'arrived';
      const state = await this.ledger.nextState(tx, locked, 'arrive', { to });
      const code = parseCheckCode(arrival.code);
      if (!code.ok) throw ruleViolation('summons-tasks.code-invalid', code.message, '/code');
      const [used] = await tx.query<{ codeId: string | null }>('select app.use_sign_in_code($1, $2) as "codeId"', [
        taskId,
        signInDigest(this.keys, code.value),
      ]);
      const codeId = used?.codeId ?? null;
      if (codeId === null) {
        throw ruleViolation(
          'summons-tasks.code-invalid',
          '签到码已使用、已过期或不属于本吹哨单。请扫描现场屏幕上的新码。',
          '/code',
        );
      }
      await tx.insert(SummonsArrival, {
        id: uuidv7(),
        disputeId: task.disputeId,
        taskId,
        personName: arrival.personName,
        rank: arrival.rank,
        arrivedAt: tx.now,
        codeId,
        signedInBy: tx.actor.accountId ?? '',
      });
      await tx.update(SummonsTask, taskId, { state });
      // Whoever stands in the room has been in touch.
      await this.ledger.meet(tx, taskId, ['contact', 'arrive']);
      await this.ledger.record(
        tx,
        summons,
        { act: 'summons-tasks.arrive', fromState: task.state, toState: state, details: { rank: arrival.rank, codeId } },
        task,
      );
      tx.send({ topic: 'summons-tasks.arrived', payload: { taskId } });
      return taskAnswer(task, state);
    });
  }
}
