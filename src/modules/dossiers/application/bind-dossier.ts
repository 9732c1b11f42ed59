import { Inject, Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { Chores } from '../../../platform/chores';
import { UnitOfWork, uuidv7, withContext } from '../../../platform/database';
import { LOGGER, type Logger } from '../../../platform/logging';
import { Dispute, Matters } from '../../disputes';
import { type DossierKind, contentOf, outlookOf } from '../domain/dossier-kinds';
import { dossierList } from '../domain/dossier-list';
import { DossierBinding } from '../persistence/dossier-binding.entity';
import { AssembleVolume } from './assemble-volume';
import type { RETENTIONS } from './dossier-papers';
import { DossierRecord } from './dossier-record';
import { STALLED_MS } from './read-dossier';

export interface BindCommand {
  readonly kind: DossierKind;
  readonly note?: string;
  readonly retention?: keyof typeof RETENTIONS;
  readonly attachmentIds?: readonly string[];
}

interface Order {
  readonly id: string;
  readonly accountId: string;
  readonly binder: string;
  readonly disputeId: string;
  readonly command: BindCommand;
}

/** Binds the dossier beside the requests, by the rights of whoever asked. One at a time for each matter. */
@Injectable()
export class BindDossier {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly record: DossierRecord,
    private readonly volumes: AssembleVolume,
    private readonly chores: Chores,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async execute(disputeId: string, command: BindCommand) {
    let isNew = false as boolean;
    const order = await this.unitOfWork.run(async (tx): Promise<Order> => {
      // A repetition of the same submission is answered without coming here, and begins nothing.
      isNew = true;
      const { dispute } = await this.matters.lock(tx, disputeId, 'dossiers.bind');
      filedNumber(dispute);
      const unopened = await this.record.load(tx, dispute);
      // Nothing that is decided here depends on what a file holds.
      const facts = {
        ...unopened,
        files: unopened.files.map((f) => ({ ...f, kind: null, pages: null, obstacle: null })),
      };
      const { refusal, missing } = outlookOf(command.kind, facts, dossierList(facts));
      if (refusal !== null) throw ruleViolation('dossiers.kind-refused', refusal, '/kind');
      if (command.attachmentIds?.some((id) => !facts.files.some((f) => f.id === id)) === true) {
        throw ruleViolation('dossiers.unknown-file', '所选材料不在卷内，请从材料目录中选择。', '/attachmentIds');
      }
      const [open] = await tx.query(
        "select 1 from dossier_binding where dispute_id = $1 and state = 'running' and moved_at > $2",
        [disputeId, new Date(tx.now.getTime() - STALLED_MS)],
      );
      if (open !== undefined) {
        throw new DomainError('conflict', 'dossiers.binding-running', '这件卷宗正在装订，请等它完成后再装订。');
      }
      const id = uuidv7();
      const accountId = tx.actor.accountId ?? '';
      const binder = tx.actor.displayName ?? '';
      await tx.insert(DossierBinding, {
        id,
        disputeId,
        kind: command.kind,
        volume: dispute.volume,
        note: command.note ?? null,
        state: 'running',
        gaps: [...missing],
        contents: [],
        requestedBy: accountId,
        requestedByName: binder,
        requestedAt: tx.now,
        movedAt: tx.now,
      });
      await this.matters.record(tx, dispute, {
        act: 'dossiers.bind',
        objectType: 'dossier-binding',
        objectId: id,
        details: { kind: command.kind, gaps: missing.length },
      });
      return { id, accountId, binder, disputeId, command };
    });
    if (isNew) this.begin(order);
    return { id: order.id };
  }

  private begin(order: Order): void {
    // The rights are those of the person, not of this request: its login may end before the volume is bound.
    const principal = { kind: 'account', accountId: order.accountId, sessionId: null } as const;
    this.chores.begin({ name: 'bind-dossier', work: () => withContext({ principal }, () => this.bind(order)) });
  }

  private async bind({ id, disputeId, binder, command }: Order): Promise<void> {
    try {
      const { kind, note, retention, attachmentIds } = command;
      const { dispute, unopened } = await this.unitOfWork.read(async (tx) => {
        const found = await tx.get(Dispute, disputeId);
        return { dispute: found, unopened: await this.record.load(tx, found) };
      });
      const facts = await this.record.opened(unopened);
      const list = dossierList(facts);
      const { purpose, missing } = outlookOf(kind, facts, list);
      const volume = await this.volumes.execute(
        {
          disputeId,
          centerId: dispute.centerId,
          kind,
          purpose,
          note: note ?? null,
          retention,
          number: filedNumber(dispute),
          title: dispute.title,
          binder,
          items: contentOf(kind, facts, list, attachmentIds ?? []),
          gaps: missing,
        },
        (done, of) => this.moved(id, done, of),
      );
      const { rows, pages, book, archive } = volume;
      await this.settle(id, {
        state: 'done',
        gaps: [...missing],
        contents: rows,
        pageCount: pages,
        bookSha256: book.sha256,
        bookBytes: book.size,
        archiveSha256: archive?.sha256 ?? null,
        archiveBytes: archive?.size ?? null,
      });
    } catch (error) {
      const problem =
        error instanceof DomainError ? error.message : '没有装订成功，请重新装订；仍不成功的，请联系系统管理员。';
      if (!(error instanceof DomainError)) this.logger.warn({ err: error, bindingId: id }, 'binding failed');
      await this.settle(id, { state: 'failed', problem }).catch(() => undefined);
    }
  }

  private async moved(id: string, stepsDone: number, steps: number): Promise<void> {
    if (this.chores.isStopped) {
      throw new DomainError('unavailable', 'dossiers.stopping', '系统正在重启，请稍后重新装订。');
    }
    await this.unitOfWork.run(async (tx) => {
      await tx.update(DossierBinding, id, { stepsDone, steps, movedAt: tx.now });
    });
  }

  private async settle(id: string, end: Partial<DossierBinding>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await tx.update(DossierBinding, id, { ...end, movedAt: tx.now, finishedAt: tx.now });
    });
  }
}

function filedNumber({ caseNumber, committeeId }: Dispute): string {
  if (caseNumber === null || committeeId === null) {
    throw ruleViolation('dossiers.not-accepted', '该事项没有由人民调解委员会受理，没有调解卷宗。');
  }
  return caseNumber;
}
