import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { authorize, mayAct } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { DISPUTE_TYPES, type DisputeType } from '../../disputes';
import { LocalType } from '../persistence/local-type.entity';
import { KEEPERS } from '../policies';

interface Row extends Pick<LocalType, 'id' | 'centerId' | 'disputeType' | 'name' | 'stoppedAt' | 'version'> {
  readonly usedCount: number;
}

const MOST_PER_TYPE = 30;
/** Sealed and foreign matters count as well: a name that stands in a record is not changed. */
const ROWS = `select l.id, l.center_id as "centerId", l.dispute_type as "disputeType", l.name, l.stopped_at as "stoppedAt",
       l.version, (select count(*)::int from dispute d where d.local_type_id = l.id) as "usedCount"
  from local_type l`;

/**
 * What a center sets beneath the types of dispute: its own finer kinds (本地小类). The types themselves stay, since figures
 * are reported by them. One that was used is never removed or renamed, only stopped.
 */
@Injectable()
export class LocalTypes {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'local-types.list', { ownerAccountId: tx.actor.accountId });
      await tx.one('select 1 from center where id = $1', [centerId]);
      const may = mayAct(tx.actor, KEEPERS, { centerId });
      const rows = await tx.asSystem(() =>
        tx.query<Row>(`${ROWS} where l.center_id = $1 order by l.dispute_type, l.ordinal, l.id`, [centerId]),
      );
      return {
        items: rows.map((row) => shown(row, may)),
        allowedActs: may ? ['local-types.add', 'local-types.order'] : [],
      };
    });
  }

  async add(centerId: string, { disputeType, name }: { readonly disputeType: DisputeType; readonly name: string }) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'local-types.add', { centerId });
      await tx.one('select 1 from center where id = $1', [centerId]);
      await tx.query('select pg_advisory_xact_lock(727023, hashtext($1))', [centerId]);
      const siblings = await siblingsOf(tx, centerId, disputeType);
      if (siblings.length >= MOST_PER_TYPE)
        throw new DomainError(
          'conflict',
          'local-types.too-many',
          `一个纠纷类型下最多 ${MOST_PER_TYPE} 个小类，请先停用不用的。`,
        );
      refuseTaken(siblings, name);
      const id = uuidv7();
      await tx.insert(LocalType, {
        id,
        centerId,
        disputeType,
        name,
        ordinal: siblings.length + 1,
        createdBy: tx.actor.accountId,
        createdAt: tx.now,
      });
      audit(tx, 'local-types.add', { id, centerId }, { disputeType, name });
      return this.answer(tx, id);
    });
  }

  async rename(id: string, name: string) {
    return this.unitOfWork.run(async (tx) => {
      const type = await lock(tx, id, 'local-types.rename');
      const { usedCount } = await this.answer(tx, id);
      if (usedCount > 0)
        throw new DomainError(
          'conflict',
          'local-types.used',
          `已有 ${usedCount} 件事项用了这个小类，不能改名。请停用它，另外增加一个。`,
        );
      const siblings = await siblingsOf(tx, type.centerId, type.disputeType);
      refuseTaken(
        siblings.filter((s) => s.id !== id),
        name,
      );
      await tx.update(LocalType, id, { name });
      audit(tx, 'local-types.rename', type, { before: type.name, after: name });
      return this.answer(tx, id);
    });
  }

  /** Puts the kinds under one type in the order given; it must name each of them. */
  async order(centerId: string, disputeType: DisputeType, ids: readonly string[]) {
    await this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'local-types.order', { centerId });
      await tx.one('select 1 from center where id = $1', [centerId]);
      await tx.query('select pg_advisory_xact_lock(727023, hashtext($1))', [centerId]);
      const siblings = await siblingsOf(tx, centerId, disputeType);
      if (ids.length !== siblings.length || siblings.some((s) => !ids.includes(s.id)))
        throw new DomainError('conflict', 'local-types.changed', '小类有增减，请刷新后再调整次序。');
      for (const [i, id] of ids.entries()) await tx.update(LocalType, id, { ordinal: i + 1 });
      audit(tx, 'local-types.order', { id: null, centerId }, { disputeType, ids });
      return { ids };
    });
    return this.list(centerId);
  }

  async stop(id: string) {
    return this.unitOfWork.run(async (tx) => {
      const type = await lock(tx, id, 'local-types.stop');
      if (type.stoppedAt !== null) throw new DomainError('conflict', 'local-types.stopped', '该小类已经停用。');
      await tx.update(LocalType, id, { stoppedAt: tx.now });
      audit(tx, 'local-types.stop', type, { name: type.name });
      return this.answer(tx, id);
    });
  }

  async resume(id: string) {
    return this.unitOfWork.run(async (tx) => {
      const type = await lock(tx, id, 'local-types.resume');
      if (type.stoppedAt === null) throw new DomainError('conflict', 'local-types.in-use', '该小类正在使用。');
      await tx.update(LocalType, id, { stoppedAt: null });
      audit(tx, 'local-types.resume', type, { name: type.name });
      return this.answer(tx, id);
    });
  }

  private async answer(tx: Tx, id: string) {
    return tx.asSystem(async () => shown(await tx.one<Row>(`${ROWS} where l.id = $1`, [id]), true));
  }
}

async function lock(tx: Tx, id: string, act: string): Promise<LocalType> {
  const { centerId } = await tx.get(LocalType, id);
  authorize(tx.actor, act, { centerId });
  const type = await tx.lock(LocalType, id);
  tx.checkVersion(type);
  return type;
}

async function siblingsOf(tx: Tx, centerId: string, disputeType: string): Promise<{ id: string; name: string }[]> {
  return tx.query('select id, name from local_type where center_id = $1 and dispute_type = $2 order by ordinal, id', [
    centerId,
    disputeType,
  ]);
}

function refuseTaken(siblings: readonly { readonly name: string }[], name: string): void {
  if (siblings.some((s) => s.name === name))
    throw ruleViolation('local-types.name-taken', '这个类型下已有同名的小类；停用的可以恢复使用。', '/name');
}

function audit(
  tx: Tx,
  act: string,
  { id, centerId }: { readonly id: string | null; readonly centerId: string },
  details: Readonly<Record<string, unknown>>,
): void {
  tx.audit({ act, objectType: 'local-type', objectId: id, chain: centerId, details });
}

const TYPE_NAMES: Readonly<Record<string, string>> = DISPUTE_TYPES;

function shown({ centerId: _, stoppedAt, ...row }: Row, may: boolean) {
  const isActive = stoppedAt === null;
  return {
    ...row,
    disputeTypeName: TYPE_NAMES[row.disputeType] ?? row.disputeType,
    isActive,
    allowedActs: may
      ? [...(row.usedCount === 0 ? ['local-types.rename'] : []), isActive ? 'local-types.stop' : 'local-types.resume']
      : [],
  };
}
