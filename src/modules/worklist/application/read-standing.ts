import { Injectable } from '@nestjs/common';
import { mayAct, policyOf } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { STEP_RULES } from '../domain/steps';
import type { KeptWait } from '../persistence/worklist.entity';
import { type DueReasons, shownLine } from './lines';
import { WAITS } from './page-statements';

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
const UNREASONED: DueReasons = { explanation: null, isProvisional: false };

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
      const waits = await tx.query<DueReasons & { readonly wait: KeptWait }>(WAITS, [disputeId]);
      const [first] = waits;
      return {
        disputeId,
        ...(first === undefined ? shownLine(UNKNOWN, tx.now, UNREASONED) : shownLine(first.wait, tx.now, first)),
        waits: waits.map(({ wait, ...reasons }) => ({
          step: wait.step,
          ...shownLine(wait, tx.now, reasons),
          isMine: mayAct(tx.actor, policyOf(STEP_RULES[wait.step].act)?.by ?? [], standing),
        })),
      };
    });
  }
}
