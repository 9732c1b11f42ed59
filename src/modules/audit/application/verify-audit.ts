import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { ChainWalk, type ChainVerdict, FAULT_WORDS, type StoredEntry } from '../domain/chain-verification';
import { AuditAnchors, CHAINS } from './audit-anchors';

const BATCH = 2_000;

@Injectable()
export class VerifyAudit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
    private readonly anchors: AuditAnchors,
  ) {}

  /** Recomputes every chain and holds it against the anchors. Leaves an entry that it was done. */
  async execute() {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'audit.verify');
      const anchors = this.anchors.latest();
      const found = await tx.query<{ chain: string }>(`${CHAINS} select chain from chains where chain is not null`);
      const chains = [...new Set([...found.map((f) => f.chain), ...anchors.keys()])].sort();
      const verdicts: ChainVerdict[] = [];
      for (const chain of chains) {
        const walk = new ChainWalk(
          chain,
          (previous, body) => this.keys.auditMac(Buffer.from(previous), body),
          anchors.get(chain) ?? null,
        );
        for await (const entry of entriesOf(tx, chain)) walk.next(entry);
        verdicts.push(walk.verdict());
      }
      const faults = verdicts.filter((v) => v.fault !== null);
      tx.audit({
        act: 'audit.verify',
        objectType: 'audit',
        details: { chains: verdicts.length, faults: faults.length },
      });
      return {
        verifiedAt: tx.now.toISOString(),
        isIntact: faults.length === 0,
        chains: verdicts.map((v) => ({
          ...v,
          message: v.fault === null ? '完整' : `第 ${v.seq ?? 0} 条：${FAULT_WORDS[v.fault]}`,
        })),
      };
    });
  }
}

async function* entriesOf(tx: Tx, chain: string): AsyncGenerator<StoredEntry> {
  for (let after = 0; ;) {
    const rows = await tx.query<StoredEntry>(
      `select chain, seq, at, actor_id as "actorId", act, object_type as "objectType", object_id as "objectId",
              dispute_id as "disputeId", body, previous_mac as "previousMac", mac
         from audit_entry where chain = $1 and seq > $2 order by seq limit $3`,
      [chain, after, BATCH],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = last.seq;
  }
}
