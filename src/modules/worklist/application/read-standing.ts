import { Injectable } from '@nestjs/common';
import { mayAct, policyOf } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { STEP_RULES } from '../domain/steps';
import type { KeptWait } from '../persistence/worklist.entity';
import { reasonsOf } from './due-reasons';
import { shownLine } from './lines';

/** Of a matter that was never looked at: a database that was filled past the program. */
const UNKNOWN = {
  step: null,
  holder: null,
  since: null,
  dueKind: null,
  dueOn: null,
  dueAt: null,
  warnsAt: null,
  isPaused: false,
} as const;

@Injectable()
export class ReadStanding {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** Where the matter stands: its light, the nearest due, the next step, and everything else for which it waits. */
  async execute(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { standing } = await this.matters.read(tx, disputeId, 'worklist.read-standing');
      const [kept] = await tx.query<{ waits: readonly KeptWait[] }>(
        'select waits from worklist_matter where dispute_id = $1',
        [disputeId],
      );
      const waits = kept?.waits ?? [];
      const reasons = await reasonsOf(
        tx,
        waits.map((wait) => ({ disputeId, ...wait })),
      );
      return {
        disputeId,
        ...shownLine(waits[0] ?? UNKNOWN, tx.now, reasons[0]),
        waits: waits.map((wait, i) => ({
          step: wait.step,
          ...shownLine(wait, tx.now, reasons[i]),
          isMine: mayAct(tx.actor, policyOf(STEP_RULES[wait.step].act)?.by ?? [], standing),
        })),
      };
    });
  }
}
