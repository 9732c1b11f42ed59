import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { pageOf } from '../../../platform/http';
import { notFound } from '../../../kernel';
import { Summons, SummonsTask } from '../persistence/summons.entity';
import { TaskFiles } from './task-files';
import { SUMMONS_BY_ID, SummonsViews } from './summons-views';

export interface TaskFilter {
  readonly isOpen?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
}

const TASKS_OF_AGENCIES = `select t.id, t.summons_id as "summonsId" from summons_task t
  where t.agency_id = any ($1) and t.state <> 'draft' and (t.agency_access_ends_at is null or t.agency_access_ends_at > $2)
    and (not $3::boolean or t.state not in ('upheld', 'rated', 'closed', 'withdrawn')) and ($4::uuid is null or t.id < $4)
  order by t.id desc limit $5`;

@Injectable()
export class ReadAgencyTasks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly views: SummonsViews,
    private readonly files: TaskFiles,
  ) {}

  /** The tasks of the caller's own agencies, newest first: brief and asks, never the matter behind them. */
  async list({ isOpen = false, limit = 20, cursor }: TaskFilter) {
    return this.unitOfWork.read(async (tx) => {
      const { agencyIds } = tx.actor;
      authorize(tx.actor, 'summons-tasks.list', { agencyIds });
      const rows = await tx.query<{ id: string; summonsId: string }>(TASKS_OF_AGENCIES, [
        agencyIds,
        tx.now,
        isOpen,
        cursor ?? null,
        limit + 1,
      ]);
      const page = pageOf(rows, limit, (t) => t.id);
      const summonses = await tx.query<Summons>(SUMMONS_BY_ID, [page.items.map((t) => t.summonsId)]);
      const views = await this.views.forAgency(tx, summonses, agencyIds);
      return { ...page, items: page.items.flatMap(({ id }) => views.filter((v) => v.id === id)) };
    });
  }

  /** One task with what the agency may know of its whistle. Leaves one audit entry. */
  async one(taskId: string) {
    return this.unitOfWork.run(async (tx) => {
      const task = await tx.get(SummonsTask, taskId);
      authorize(tx.actor, 'summons-tasks.read', { agencyIds: [task.agencyId] });
      const summons = await tx.get(Summons, task.summonsId);
      const views = await this.views.forAgency(tx, [summons], [task.agencyId]);
      const view = views.find((v) => v.id === taskId);
      if (!view) throw notFound();
      const agencies = await tx.query<{ agencyName: string; role: string }>(
        'select agency_name as "agencyName", task_role as role from app.summoned_agencies($1)',
        [summons.id],
      );
      const attachments = await this.files.ofTask(tx, task);
      tx.audit({
        act: 'summons-tasks.read',
        objectType: 'summons-task',
        objectId: taskId,
        disputeId: task.disputeId,
        chain: summons.centerId,
      });
      return { ...view, agencies, attachments };
    });
  }
}
