import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database';
import { supervisionLifecycle } from '../domain/supervision-lifecycle';
import { Supervision } from '../persistence/supervision.entity';
import { SupervisionDesk } from './supervision-desk';

type Later = 'answer' | 'record-interview' | 'record-report' | 'return' | 'close' | 'withdraw';

/** What follows a supervision: its answer, sent back or accepted. */
@Injectable()
export class AdvanceSupervision {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: SupervisionDesk,
  ) {}

  /** `words` are the answer, what came of an interview or report, the reason of the return or the opinion that ends it. */
  async execute(id: string, act: Later, words: string) {
    return this.unitOfWork.run(async (tx) => {
      const locked = await this.desk.lock(tx, id, act);
      const { supervision } = locked;
      const state = supervisionLifecycle.next(act, this.desk.snapshotOf(tx, locked), tx.now);
      await tx.update(Supervision, id, { state, ...changesOf(act, words, tx.actor, tx.now) });
      await this.desk.record(tx, supervision, { act, fromState: supervision.state, toState: state, opinion: words });
      return this.desk.view(tx, await tx.get(Supervision, id), locked.standing);
    });
  }
}

function changesOf(
  act: Later,
  words: string,
  actor: { readonly accountId: string | null; readonly displayName: string | null },
  now: Date,
): Partial<Supervision> {
  switch (act) {
    case 'answer':
    case 'record-interview':
    case 'record-report':
      return {
        answer: words,
        answeredBy: actor.accountId,
        answeredByName: actor.displayName,
        answeredAt: now,
        returnReason: null,
      };
    case 'return':
      return { returnReason: words };
    case 'close':
    case 'withdraw':
      return { endedBy: actor.accountId, endedAt: now, endingOpinion: words };
  }
}
