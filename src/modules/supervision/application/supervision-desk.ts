import { Injectable } from '@nestjs/common';
import { type Grant, legalDateFromInstant } from '../../../kernel';
import { authorize, mayAct, type ObjectFacts } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import { Dispute, Matters } from '../../disputes';
import {
  OVERSIGHT_LEVELS,
  SUPERVISION_KINDS,
  SUPERVISION_STATES,
  type SupervisionAct,
  type SupervisionSnapshot,
  supervisionLifecycle,
} from '../domain/supervision-lifecycle';
import { Supervision } from '../persistence/supervision.entity';

const ENDERS: readonly Grant[] = [
  'center-director@center',
  'center-director@subtree',
  'superior@subtree',
  'supervisor@center',
];

/** A supervision locked for an act, with how the actor stands to it. */
export interface LockedSupervision {
  readonly supervision: Supervision;
  readonly standing: ObjectFacts;
}

/**
 * The way of every act to a supervision: lock the matter, then the row. An agency locks the matter without seeing it, so
 * that its answer and the acts of the center wait for each other.
 */
@Injectable()
export class SupervisionDesk {
  constructor(private readonly matters: Matters) {}

  async lock(tx: Tx, id: string, act: SupervisionAct): Promise<LockedSupervision> {
    const { disputeId } = await tx.get(Supervision, id);
    const seen = await this.standingTo(tx, await tx.get(Supervision, id));
    authorize(tx.actor, `supervisions.${act}`, seen);
    await this.matters.lockForSystem(tx, disputeId);
    const supervision = await tx.lock(Supervision, id);
    tx.checkVersion(supervision);
    return { supervision, standing: seen };
  }

  /** How the actor stands to it: by the matter where it is seen, and by the agency of the task. */
  async standingTo(tx: Tx, supervision: Pick<Supervision, 'disputeId' | 'agencyId'>): Promise<ObjectFacts> {
    const agencyIds = supervision.agencyId === null ? [] : [supervision.agencyId];
    const [seen] = await tx.query<{ id: string }>('select id from dispute where id = $1', [supervision.disputeId]);
    if (!seen) return { agencyIds };
    return { ...(await this.matters.standing(tx, await tx.get(Dispute, supervision.disputeId))), agencyIds };
  }

  snapshotOf(tx: Tx, { supervision, standing }: LockedSupervision): SupervisionSnapshot {
    const isIssuer = supervision.issuedBy !== null && supervision.issuedBy === tx.actor.accountId;
    return {
      state: supervision.state,
      kind: supervision.kind,
      mayEnd: isIssuer || mayAct(tx.actor, ENDERS, standing),
      isIssuer,
    };
  }

  /** One line on the matter's timeline and one audit entry. */
  async record(
    tx: Tx,
    supervision: Supervision,
    happening: { act: SupervisionAct; fromState: string | null; toState: string; opinion: string },
  ): Promise<void> {
    await this.matters.record(
      tx,
      { id: supervision.disputeId, centerId: supervision.centerId },
      {
        ...happening,
        act: `supervisions.${happening.act}`,
        objectType: 'supervision',
        objectId: supervision.id,
        details: {
          supervisionId: supervision.id,
          kind: supervision.kind,
          ...(supervision.taskId === null ? {} : { taskId: supervision.taskId, agencyId: supervision.agencyId }),
        },
      },
    );
    tx.send({
      topic: `supervisions.${happening.act}`,
      payload: {
        supervisionId: supervision.id,
        disputeId: supervision.disputeId,
        taskId: supervision.taskId,
        agencyId: supervision.agencyId,
        addresseeAccountId: supervision.addresseeAccountId,
        issuedBy: supervision.issuedBy,
      },
    });
  }

  /** As answered: named, with what this actor can do with it now. */
  view(tx: Tx, supervision: Supervision, standing: ObjectFacts) {
    const allowed = supervisionLifecycle.allowedActs(this.snapshotOf(tx, { supervision, standing }), tx.now, (by) =>
      mayAct(tx.actor, by, standing),
    );
    const {
      issuedAt,
      answeredAt,
      endedAt,
      endedBy: _,
      issuedBy: __,
      answeredBy: ___,
      centerId: ____,
      dueId,
      ...rest
    } = supervision;
    const today = legalDateFromInstant(tx.now);
    return {
      ...rest,
      isBySystem: dueId !== null,
      addresseeWords: addresseeCn(rest, dueId !== null),
      kindName: rest.level === null ? SUPERVISION_KINDS[rest.kind] : OVERSIGHT_LEVELS[rest.level],
      stateName: SUPERVISION_STATES[rest.state],
      issuedAt: issuedAt.toISOString(),
      answeredAt: answeredAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
      isOverdue: rest.state === 'open' && rest.answerDueOn !== null && rest.answerDueOn < today,
      allowedActs: allowed.map((act) => `supervisions.${act}`),
    };
  }
}

/** Who does what about it, in words. */
function addresseeCn(
  { kind, addresseeName, issuedByName }: Pick<Supervision, 'kind' | 'addresseeName' | 'issuedByName'>,
  isBySystem: boolean,
): string {
  if (kind === 'interview') return `由${isBySystem ? '中心主任' : issuedByName}约谈${addresseeName}，并登记约谈情况`;
  if (kind === 'report') return `涉及${addresseeName}，由中心主任报送，并登记报送情况和答复`;
  return `由${addresseeName}答复`;
}
