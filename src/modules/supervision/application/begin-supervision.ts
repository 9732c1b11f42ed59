import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize, mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { type LoadedMatter, Matters } from '../../disputes';
import {
  LEADERS,
  MATTER_BEGINNINGS,
  type MatterBeginning,
  type OversightLevel,
  SUPERVISION_KINDS,
  TASK_BEGINNINGS,
  type TaskBeginning,
} from '../domain/supervision-lifecycle';
import { Supervision } from '../persistence/supervision.entity';
import { SupervisionDesk } from './supervision-desk';

export interface SupervisionWords {
  readonly reason: string;
  readonly answerDueOn?: string;
  /** Only for an oversight. */
  readonly level?: OversightLevel;
  /** Only for a charge: the leader who takes it; the actor himself when absent. */
  readonly leaderAccountId?: string;
}

interface TaskRow {
  readonly id: string;
  readonly disputeId: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly state: string;
}

interface Addressee {
  readonly accountId: string | null;
  readonly name: string;
}

/** Nothing is left to be urged in these states of a task. */
const TASK_OVER = ['upheld', 'rated', 'closed', 'withdrawn', 'draft'];

/** 催办、督办、约谈、批示、包案. */
@Injectable()
export class BeginSupervision {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly desk: SupervisionDesk,
  ) {}

  async ofMatter(disputeId: string, act: MatterBeginning, words: SupervisionWords) {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.lock(tx, disputeId, `supervisions.${act}`);
      const addressee =
        act === 'take-charge' ? await leader(tx, words.leaderAccountId) : await whoHolds(tx, matter.dispute.id);
      return this.begin(tx, matter, { act, kind: MATTER_BEGINNINGS[act], task: null, addressee, words });
    });
  }

  async ofTask(taskId: string, act: TaskBeginning, words: SupervisionWords) {
    return this.unitOfWork.run(async (tx) => {
      const task = await tx.one<TaskRow>(
        `select t.id, t.dispute_id as "disputeId", t.agency_id as "agencyId", a.name as "agencyName", t.state
           from summons_task t join agency a on a.id = t.agency_id where t.id = $1`,
        [taskId],
      );
      const [seen] = await tx.query('select 1 from dispute where id = $1', [task.disputeId]);
      // The agency sees its task but not the matter: it is told that this is not for it, not that there is nothing.
      if (!seen) authorize(tx.actor, `supervisions.${act}`, { agencyIds: [task.agencyId] });
      const matter = await this.matters.lock(tx, task.disputeId, `supervisions.${act}`);
      if (TASK_OVER.includes(task.state)) {
        throw new DomainError(
          'conflict',
          'supervisions.task-over',
          '该部门的吹哨任务尚未签发或已经闭合、撤回，不需要催办。请刷新后查看。',
        );
      }
      const addressee = { accountId: null, name: task.agencyName };
      return this.begin(tx, matter, { act, kind: TASK_BEGINNINGS[act], task, addressee, words });
    });
  }

  private async begin(
    tx: Tx,
    { dispute, standing }: LoadedMatter,
    asked: {
      readonly act: MatterBeginning | TaskBeginning;
      readonly kind: Supervision['kind'];
      readonly task: TaskRow | null;
      readonly addressee: Addressee;
      readonly words: SupervisionWords;
    },
  ) {
    const { act, kind, task, addressee, words } = asked;
    if (['archived', 'merged'].includes(dispute.state)) {
      throw new DomainError(
        'conflict',
        'supervisions.matter-over',
        '事项已并案或归档，不能再督办。并案的请在主件中办理，归档的请先申请重启。',
      );
    }
    if (words.answerDueOn !== undefined && words.answerDueOn < legalDateFromInstant(tx.now)) {
      throw ruleViolation('supervisions.due-past', '答复期限已经过去。请选择今天或以后的日期。', '/answerDueOn');
    }
    const level = kind === 'oversight' ? (words.level ?? 'daily') : null;
    if (level === 'listed' && !mayAct(tx.actor, LEADERS, standing)) {
      throw new DomainError(
        'forbidden',
        'supervisions.listed-by-leaders',
        '挂牌督办由中心主任或上级领导决定。请选择日常督办，或报请领导挂牌。',
      );
    }
    const [waiting] = await tx.query(
      `select 1 from supervision where dispute_id = $1 and kind = $2 and task_id is not distinct from $3 and state = 'open'`,
      [dispute.id, kind, task?.id ?? null],
    );
    if (waiting) {
      throw new DomainError(
        'conflict',
        'supervisions.already-open',
        `已有待答复的${SUPERVISION_KINDS[kind]}。请等待答复，或改用更高一级的督办。`,
      );
    }
    const supervision: Supervision = Object.assign(new Supervision(), {
      id: uuidv7(),
      disputeId: dispute.id,
      centerId: dispute.centerId,
      taskId: task?.id ?? null,
      agencyId: task?.agencyId ?? null,
      dueId: null,
      kind,
      level,
      reason: words.reason,
      answerDueOn: words.answerDueOn ?? null,
      addresseeAccountId: addressee.accountId,
      addresseeName: addressee.name,
      state: 'open',
      issuedBy: tx.actor.accountId,
      issuedByName: tx.actor.displayName ?? '',
      issuedAt: tx.now,
      answer: null,
      answeredBy: null,
      answeredByName: null,
      answeredAt: null,
      returnReason: null,
      endedBy: null,
      endedAt: null,
      endingOpinion: null,
      version: 1,
    });
    await tx.insert(Supervision, supervision);
    await this.desk.record(tx, supervision, { act, fromState: null, toState: 'open', opinion: words.reason });
    return this.desk.view(tx, supervision, await this.desk.standingTo(tx, supervision));
  }
}

/** Who answers for the matter as it stands: its handler, else the committee, unit or center that has it in hand. */
async function whoHolds(tx: Tx, disputeId: string): Promise<Addressee> {
  const held = await tx.one<{ accountId: string | null; name: string | null }>(
    `select h.id as "accountId",
            coalesce(h.display_name, c.name,
              (select v.name from org_unit_version v where v.unit_id = d.handling_unit_id order by v.valid_from desc limit 1),
              hc.name, o.name) as name
       from dispute d
       join center o on o.id = d.center_id
       left join account h on h.id = d.handler_account_id
       left join committee c on c.id = d.committee_id
       left join center hc on hc.id = d.handling_center_id
      where d.id = $1`,
    [disputeId],
  );
  return { accountId: held.accountId, name: held.name ?? '承办单位' };
}

/** The leader who takes charge: one who directs or heads a center now. */
async function leader(tx: Tx, accountId: string | undefined): Promise<Addressee> {
  const { actor } = tx;
  if (accountId === undefined || accountId === actor.accountId)
    return { accountId: actor.accountId, name: actor.displayName ?? '' };
  const [found] = await tx.asSystem(() =>
    tx.query<{ name: string }>(
      `select a.display_name as name from account a
        where a.id = $1 and a.status = 'active' and exists (select 1 from role_grant g
          where g.account_id = a.id and g.role in ('center-director', 'superior', 'duty-leader')
            and g.scope_id = any ($2) and g.valid_from <= $3 and (g.valid_to is null or g.valid_to > $3))`,
      [accountId, actor.headerCenterIds, tx.now],
    ),
  );
  if (!found) {
    throw ruleViolation(
      'supervisions.no-such-leader',
      '包案领导应为本级或下级中心的主任、上级领导或值班长。请重新选择。',
      '/leaderAccountId',
    );
  }
  return { accountId, name: found.name };
}
