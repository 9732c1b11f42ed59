import { Injectable } from '@nestjs/common';
import { DomainError, formatLegalDateCn, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize, mayAct, type ObjectFacts, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Assignments } from '../../assignments';
import { Dispute, Matters } from '../../disputes';
import { Papers } from '../../documents';
import { DUTIES, HAND_OVER_STATES, ITEM_OUTCOMES, OVERRIDE_GROUNDS, type OverrideGround } from '../domain/dictionaries';
import { isComplete, mayBeOverridden, sideToSign } from '../domain/hand-over-rules';
import { HandOver, HandOverItem } from '../persistence/hand-over.entity';
import { besideMatters, NOTHING_LEFT, openMatters } from './open-matters';

export interface HandOverInput {
  readonly leaverId: string;
  readonly successorId: string;
  readonly leavesOn: string;
  readonly reason: string;
  readonly disputeIds?: readonly string[];
}

type Row = HandOver & { readonly centerName: string; readonly items: number };

const ROWS = `select h.id, h.center_id as "centerId", c.name as "centerName", h.leaver_id as "leaverId", h.leaver_name as "leaverName",
    h.successor_id as "successorId", h.successor_name as "successorName", h.leaves_on as "leavesOn", h.reason, h.state, h.round,
    h.dispute_ids as "disputeIds", h.beside, h.packed_at as "packedAt", h.made_by as "madeBy", h.made_by_name as "madeByName",
    h.made_at as "madeAt", h.leaver_signed_at as "leaverSignedAt", h.successor_signed_at as "successorSignedAt",
    h.override_ground as "overrideGround", h.override_reason as "overrideReason", h.overridden_by as "overriddenBy",
    h.overridden_by_name as "overriddenByName", h.overridden_at as "overriddenAt", h.done_at as "doneAt",
    h.cancel_reason as "cancelReason", h.version,
    (select count(*)::int from hand_over_item i where i.hand_over_id = h.id and i.round = h.round) as items
  from hand_over h join center c on c.id = h.center_id`;

const ITEMS = `select id, dispute_id as "disputeId", number, title, duties, standing, outcome from hand_over_item
  where hand_over_id = $1 and round = $2 order by number`;

type ItemRow = Pick<HandOverItem, 'id' | 'disputeId' | 'number' | 'title' | 'duties' | 'standing' | 'outcome'>;

/** Matters that were over by the time both had signed stay where they are. */
const STILL_OPEN = 'select 1 from dispute where id = $1 and state <> all ($2)';

/** 工作交接: a pack of what somebody has in hand, signed by both; then it moves, matter by matter. */
@Injectable()
export class KeepHandOvers {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly assignments: Assignments,
    private readonly papers: Papers,
  ) {}

  /** Those of one's own, and of the centers that one leads; the open first. Overrides are counted. */
  async list() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'hand-overs.list');
      const rows = await tx.query<Row>(`${ROWS} order by h.state = 'open' desc, h.made_at desc limit 200`);
      const seen = rows.filter((row) => mayAct(tx.actor, policyOf('hand-overs.read')?.by ?? [], factsOf(tx, row)));
      return {
        items: seen.map((row) => this.view(tx, row)),
        overridden: seen.filter((row) => row.overriddenAt !== null && row.state === 'done').length,
      };
    });
  }

  /** One with its pack. Leaves one audit entry: the successor reads of matters before taking them over. */
  async one(id: string) {
    return this.unitOfWork.run(async (tx) => {
      const row = await tx.one<Row>(`${ROWS} where h.id = $1`, [id]);
      authorize(tx.actor, 'hand-overs.read', factsOf(tx, row));
      this.audit(tx, row, 'hand-overs.read');
      const items = await tx.query<ItemRow>(ITEMS, [id, row.round]);
      return { ...this.view(tx, row), beside: [...row.beside], matters: items.map(itemView) };
    });
  }

  async make(centerId: string, input: HandOverInput) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      const { leaverId, successorId, disputeIds } = input;
      authorize(tx.actor, 'hand-overs.make', { centerId, ownerAccountId: leaverId });
      if (leaverId === successorId)
        throw ruleViolation('hand-overs.same-person', '移交人和接任人不能是同一人。', '/successorId');
      const leaver = await nameOf(tx, leaverId);
      const successor = await nameOf(tx, successorId);
      if (leaver === undefined)
        throw ruleViolation('hand-overs.no-such-person', '没有这个人员，请从列表中选择。', '/leaverId');
      if (successor?.isActive !== true)
        throw ruleViolation('hand-overs.no-such-person', '接任人的账号不存在或已停用，请重新选择。', '/successorId');
      await tx.query('select pg_advisory_xact_lock(727051, hashtext($1))', [leaverId]);
      const [open] = await tx.query(
        "select 1 from hand_over where leaver_id = $1 and successor_id = $2 and center_id = $3 and state = 'open'",
        [leaverId, successorId, centerId],
      );
      if (open) throw new DomainError('conflict', 'hand-overs.open', '这两人之间已有一份待签的交接，请先签署或取消。');
      const handOver: HandOver = Object.assign(new HandOver(), {
        id: uuidv7(),
        centerId,
        leaverId,
        leaverName: leaver.name,
        successorId,
        successorName: successor.name,
        leavesOn: input.leavesOn,
        reason: input.reason,
        state: 'open',
        round: 1,
        disputeIds: disputeIds === undefined ? null : [...disputeIds],
        beside: await besideMatters(tx, leaverId, centerId),
        packedAt: tx.now,
        madeBy: tx.actor.accountId ?? '',
        madeByName: tx.actor.displayName ?? '',
        madeAt: tx.now,
        version: 1,
      });
      await tx.insert(HandOver, handOver);
      const count = await this.pack(tx, handOver, 1);
      this.audit(tx, handOver, 'hand-overs.make', { leaverId, successorId, matters: count });
      tx.send({ topic: 'hand-overs.made', payload: { handOverId: handOver.id } });
      return answer(handOver, 'open', 1);
    });
  }

  /** The pack anew, since matters came or went; whoever has signed signs again. */
  async renew(id: string) {
    return this.unitOfWork.run(async (tx) => {
      const handOver = await this.lock(tx, id, 'hand-overs.renew');
      refuseUnlessOpen(handOver);
      const round = handOver.round + 1;
      const beside = await besideMatters(tx, handOver.leaverId, handOver.centerId);
      await tx.update(HandOver, id, { round, beside, packedAt: tx.now, leaverSignedAt: null, successorSignedAt: null });
      const count = await this.pack(tx, handOver, round);
      this.audit(tx, handOver, 'hand-overs.renew', { round, matters: count });
      tx.send({ topic: 'hand-overs.made', payload: { handOverId: id } });
      return answer(handOver, 'open', handOver.version + 1);
    });
  }

  /** One of the two signs for what stands in the pack; with the second the matters move, in the same transaction. */
  async sign(id: string, isChecked: boolean) {
    return this.unitOfWork.run(async (tx) => {
      const handOver = await this.lock(tx, id, 'hand-overs.sign');
      refuseUnlessOpen(handOver);
      if (!isChecked) throw ruleViolation('hand-overs.not-checked', '请逐件核对清单后再签署。', '/isChecked');
      const side = sideToSign(handOver, tx.actor.accountId);
      if (side === null) throw new DomainError('conflict', 'hand-overs.signed-already', '您已经签过，或者不用您签。');
      const signed = side === 'leaver' ? { leaverSignedAt: tx.now } : { successorSignedAt: tx.now };
      const after = Object.assign(new HandOver(), handOver, signed);
      this.audit(tx, handOver, 'hand-overs.sign', { side, round: handOver.round });
      if (!isComplete(after)) {
        await tx.update(HandOver, id, signed);
        tx.send({ topic: 'hand-overs.signed', payload: { handOverId: id } });
        return answer(handOver, 'open', handOver.version + 1);
      }
      await this.move(tx, after);
      await tx.update(HandOver, id, { ...signed, state: 'done', doneAt: tx.now });
      tx.send({ topic: 'hand-overs.done', payload: { handOverId: id } });
      return answer(handOver, 'done', handOver.version + 1);
    });
  }

  /** The leaver cannot sign: with a ground and reasons, by the director alone; the successor still signs. */
  async passWithoutLeaver(id: string, ground: OverrideGround, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const handOver = await this.lock(tx, id, 'hand-overs.override');
      refuseUnlessOpen(handOver);
      if (!mayBeOverridden(handOver, tx.actor.accountId))
        throw new DomainError(
          'conflict',
          'hand-overs.not-overridable',
          '移交人已经签署，或者您是交接的一方，不能这样办理。',
        );
      const override = {
        overrideGround: ground,
        overrideReason: reason,
        overriddenBy: tx.actor.accountId,
        overriddenByName: tx.actor.displayName ?? '',
        overriddenAt: tx.now,
      };
      const after = Object.assign(new HandOver(), handOver, override);
      this.audit(tx, handOver, 'hand-overs.override', { ground });
      if (!isComplete(after)) {
        await tx.update(HandOver, id, override);
        tx.send({ topic: 'hand-overs.signed', payload: { handOverId: id } });
        return answer(handOver, 'open', handOver.version + 1);
      }
      await this.move(tx, after);
      await tx.update(HandOver, id, { ...override, state: 'done', doneAt: tx.now });
      tx.send({ topic: 'hand-overs.done', payload: { handOverId: id } });
      return answer(handOver, 'done', handOver.version + 1);
    });
  }

  async cancel(id: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const handOver = await this.lock(tx, id, 'hand-overs.cancel');
      refuseUnlessOpen(handOver);
      await tx.update(HandOver, id, {
        state: 'cancelled',
        cancelReason: reason,
        cancelledBy: tx.actor.accountId,
        cancelledAt: tx.now,
      });
      this.audit(tx, handOver, 'hand-overs.cancel');
      return answer(handOver, 'cancelled', handOver.version + 1);
    });
  }

  /** The pack on paper, with both signatures as they stand. Drawn from the record and kept nowhere else. */
  async print(id: string): Promise<{ bytes: Buffer; fileName: string }> {
    const { data, centerId, at, name } = await this.unitOfWork.run(async (tx) => {
      const row = await tx.one<Row>(`${ROWS} where h.id = $1`, [id]);
      authorize(tx.actor, 'hand-overs.print', factsOf(tx, row));
      this.audit(tx, row, 'hand-overs.print');
      const items = await tx.query<ItemRow>(ITEMS, [id, row.round]);
      return {
        data: printed(row, items),
        centerId: row.centerId,
        at: row.doneAt ?? row.packedAt,
        name: row.leaverName,
      };
    });
    const { bytes } = await this.papers.render('hand-over', data, { centerId, createdAt: at, forSigning: true });
    return { bytes, fileName: `工作交接清单-${name}.pdf` };
  }

  /** What the leaver has in hand now, of the matters chosen. Refuses a successor who could not serve on one of them. */
  private async pack(tx: Tx, handOver: HandOver, round: number): Promise<number> {
    const { leaverId, successorId, centerId, disputeIds } = handOver;
    const all = await openMatters(tx, leaverId, centerId);
    const chosen = disputeIds === null ? all : all.filter((m) => disputeIds.includes(m.disputeId));
    if (chosen.length === 0)
      throw new DomainError('conflict', 'hand-overs.nothing-open', '移交人在本中心没有在办的事项，不用交接。');
    await tx.asSystem(async () => {
      for (const matter of chosen) {
        await naming(matter.number, () => this.assignments.checkSuccessor(tx, matter.disputeId, leaverId, successorId));
        await tx.insert(HandOverItem, {
          id: uuidv7(),
          handOverId: handOver.id,
          round,
          disputeId: matter.disputeId,
          number: matter.number,
          title: matter.title,
          duties: [...matter.duties],
          standing: [...matter.standing],
          outcome: null,
          movedAt: null,
        });
      }
    });
    return chosen.length;
  }

  /** Each matter under its own lock, in one order; neither of the two could do it by their own rights. */
  private async move(tx: Tx, handOver: HandOver): Promise<void> {
    const { id, leaverId, successorId, successorName, leaverName } = handOver;
    const reason = `工作交接：${leaverName}移交${successorName}`;
    await tx.asSystem(async () => {
      const items = await tx.query<ItemRow>(ITEMS, [id, handOver.round]);
      for (const item of [...items].sort((a, b) => (a.disputeId < b.disputeId ? -1 : 1))) {
        await this.matters.lockForSystem(tx, item.disputeId);
        const [open] = await tx.query(STILL_OPEN, [item.disputeId, NOTHING_LEFT]);
        await tx.update(HandOverItem, item.id, { outcome: open ? 'moved' : 'over', movedAt: tx.now });
        if (!open) continue;
        await naming(item.number, () => this.assignments.handOver(tx, item.disputeId, leaverId, successorId, reason));
        const dispute = await tx.get(Dispute, item.disputeId);
        if (dispute.handlerAccountId === leaverId) await this.matters.setHandler(tx, item.disputeId, successorId);
        await tx.query(
          `update supervision set addressee_account_id = $3, addressee_name = $4, version = version + 1
            where dispute_id = $1 and addressee_account_id = $2 and state = 'open'`,
          [item.disputeId, leaverId, successorId, successorName],
        );
        await this.matters.record(tx, dispute, {
          act: 'hand-overs.move',
          opinion: reason,
          objectType: 'hand-over',
          objectId: id,
          details: { leaverId, successorId, duties: item.duties },
        });
      }
    });
  }

  private async lock(tx: Tx, id: string, act: string): Promise<HandOver> {
    const handOver = await tx.lock(HandOver, id);
    authorize(tx.actor, act, factsOf(tx, handOver));
    tx.checkVersion(handOver);
    return handOver;
  }

  private view(tx: Tx, row: Row) {
    const me = tx.actor.accountId;
    const may = (act: string): boolean => mayAct(tx.actor, policyOf(act)?.by ?? [], factsOf(tx, row));
    const isOpen = row.state === 'open';
    return {
      id: row.id,
      centerName: row.centerName,
      leaverName: row.leaverName,
      successorName: row.successorName,
      leavesOn: row.leavesOn,
      reason: row.reason,
      state: row.state,
      stateName: HAND_OVER_STATES[row.state],
      matterCount: row.items,
      packedAt: row.packedAt.toISOString(),
      madeByName: row.madeByName,
      leaverSignedAt: row.leaverSignedAt?.toISOString() ?? null,
      successorSignedAt: row.successorSignedAt?.toISOString() ?? null,
      excuse:
        row.overriddenAt === null || row.overrideGround === null
          ? null
          : {
              groundName: OVERRIDE_GROUNDS[row.overrideGround],
              reason: row.overrideReason ?? '',
              byName: row.overriddenByName ?? '',
              at: row.overriddenAt.toISOString(),
            },
      doneAt: row.doneAt?.toISOString() ?? null,
      cancelReason: row.cancelReason,
      waitsForMe: sideToSign(row, me) !== null,
      allowedActs: [
        ...(sideToSign(row, me) === null ? [] : ['hand-overs.sign']),
        ...(isOpen && may('hand-overs.renew') ? ['hand-overs.renew'] : []),
        ...(mayBeOverridden(row, me) && may('hand-overs.override') ? ['hand-overs.override'] : []),
        ...(isOpen && may('hand-overs.cancel') ? ['hand-overs.cancel'] : []),
      ],
      version: row.version,
    };
  }

  private audit(
    tx: Tx,
    { id, centerId }: Pick<HandOver, 'id' | 'centerId'>,
    act: string,
    details: Readonly<Record<string, unknown>> = {},
  ): void {
    tx.audit({ act, objectType: 'hand-over', objectId: id, chain: centerId, details });
  }
}

/** The two stand to it as owners; everybody else by the center. */
function factsOf(tx: Tx, { centerId, leaverId, successorId }: HandOver): ObjectFacts {
  const isOne = tx.actor.accountId === successorId;
  return { centerId, ownerAccountId: isOne ? successorId : leaverId };
}

async function nameOf(tx: Tx, id: string): Promise<{ name: string; isActive: boolean } | undefined> {
  const [row] = await tx.query<{ name: string; isActive: boolean }>(
    `select display_name as name, status = 'active' as "isActive" from account where id = $1`,
    [id],
  );
  return row;
}

function refuseUnlessOpen({ state }: HandOver): void {
  if (state !== 'open') throw new DomainError('conflict', 'hand-overs.over', '这份交接已经办结或者取消，请刷新。');
}

/** A refusal that names the matter: the pack has many. */
async function naming(number: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.kind !== 'rule') throw error;
    throw new DomainError(
      'conflict',
      'hand-overs.successor-unfit',
      `${number}不能交给所选的接任人：${error.detail}这一件可另选接任人单独交接。`,
    );
  }
}

function answer({ id }: HandOver, state: HandOver['state'], version: number) {
  return { id, state, stateName: HAND_OVER_STATES[state], version };
}

function itemView({ disputeId, number, title, duties, standing, outcome }: ItemRow) {
  return {
    disputeId,
    number,
    title,
    dutyNames: duties.map((duty) => DUTIES[duty]),
    standing: [...standing],
    outcomeName: outcome === null ? null : ITEM_OUTCOMES[outcome],
  };
}

function printed(row: Row, items: readonly ItemRow[]): Readonly<Record<string, unknown>> {
  const signed = (at: Date | null): object => (at === null ? {} : { at: at.toISOString() });
  return {
    issuer: row.centerName,
    leaver: row.leaverName,
    successor: row.successorName,
    leavesOn: row.leavesOn,
    reason: row.reason,
    packedAt: row.packedAt.toISOString(),
    count: items.length,
    matters: items.map((item) => ({
      number: item.number,
      title: item.title,
      duties: item.duties.map((duty) => DUTIES[duty]).join('、'),
      standing: item.standing.join('；'),
    })),
    ...(row.beside.length === 0 ? {} : { beside: row.beside.join('；') }),
    leaverSigned: signed(row.leaverSignedAt),
    successorSigned: signed(row.successorSignedAt),
    ...(row.overriddenAt === null || row.overrideGround === null
      ? {}
      : {
          override: `移交人${OVERRIDE_GROUNDS[row.overrideGround]}，${row.overriddenByName ?? ''}于${formatLegalDateCn(legalDateFromInstant(row.overriddenAt))}批准由接任人单方签收：${row.overrideReason ?? ''}`,
        }),
  };
}
