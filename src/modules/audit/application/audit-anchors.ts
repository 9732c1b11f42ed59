import { Inject, Injectable } from '@nestjs/common';
import { existsSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { CONFIG, type Config } from '../../../config';
import { Chores } from '../../../platform/chores';
import { KeyRing } from '../../../platform/crypto';
import { UnitOfWork } from '../../../platform/database';

export interface Anchor {
  readonly chain: string;
  readonly seq: number;
  readonly mac: Buffer;
}

interface AnchorLine {
  readonly at: string;
  readonly heads: readonly { readonly chain: string; readonly seq: number; readonly mac: string }[];
  readonly seal: string;
}

const EVERY_MS = 3_600_000;

/** The chains there are, by one probe of the index for each: the table itself has as many rows as people have acted. */
export const CHAINS = `with recursive chains as (
    (select e.chain from audit_entry e order by e.chain limit 1)
    union all
    select (select e.chain from audit_entry e where e.chain > c.chain order by e.chain limit 1) from chains c where c.chain is not null
  )`;

/**
 * Writes the heads of all chains every hour to an append-only file outside the database, each line sealed with the
 * audit key. Whoever cuts the end of a chain would have to cut the file too; operators copy it to another place
 * (docs/operations.md).
 */
@Injectable()
export class AuditAnchors {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
    @Inject(CONFIG) private readonly config: Config,
    chores: Chores,
  ) {
    chores.add({ name: 'audit-anchor', everyMs: EVERY_MS, work: () => this.drop() });
  }

  /** Appends the present heads. Returns how many chains there are. */
  async drop(): Promise<number> {
    const { at, heads } = await this.unitOfWork.readAsSystem('audit-anchor', async (tx) => ({
      at: tx.now,
      heads: await tx.query<{ chain: string; seq: number; mac: string }>(
        `${CHAINS} select c.chain, h.seq, encode(h.mac, 'hex') as mac from chains c
           cross join lateral (select e.seq, e.mac from audit_entry e where e.chain = c.chain order by e.seq desc limit 1) h
          where c.chain is not null order by c.chain`,
      ),
    }));
    const content = { at: at.toISOString(), heads };
    const seal = this.seal(content);
    const file = await open(this.path, 'a', 0o600);
    try {
      await file.write(`${JSON.stringify({ ...content, seal })}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    return heads.length;
  }

  /** The last anchored head of each chain. Throws when a line of the file was changed. */
  latest(): Map<string, Anchor> {
    const anchors = new Map<string, Anchor>();
    if (!existsSync(this.path)) return anchors;
    for (const [index, text] of readFileSync(this.path, 'utf8').split('\n').entries()) {
      if (text === '') continue;
      const { seal, ...content } = JSON.parse(text) as AnchorLine;
      if (this.seal(content) !== seal) throw new Error(`audit anchors: line ${index + 1} was changed`);
      for (const head of content.heads) anchors.set(head.chain, { ...head, mac: Buffer.from(head.mac, 'hex') });
    }
    return anchors;
  }

  private get path(): string {
    return join(this.config.dataDir, 'audit-anchors.jsonl');
  }

  private seal(content: Omit<AnchorLine, 'seal'>): string {
    return this.keys.auditMac(Buffer.from('anchor'), JSON.stringify(content)).toString('hex');
  }
}
