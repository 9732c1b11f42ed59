import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config';
import { DomainError } from '../../../kernel';
import { Chores } from '../../../platform/chores';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { LOGGER, type Logger } from '../../../platform/logging';
import {
  type Identity,
  RevocationError,
  type RevocationQuestion,
  RevocationServices,
  type WithdrawnCertificate,
  issueRevocationList,
  rootOf,
} from '../../../platform/pdf/sign';
import { SigningPool } from '../../../platform/pdf/signing-pool';
import { retryAfter } from '../domain/long-term';
import { PaperFile } from '../persistence/paper.entity';
import { demoAuthority } from './demo-authority';
import { TrustAnchors } from './trust-anchors';

const EVERY_MS = 10 * 60_000;
const BATCH = 20;
/** How long one who has taken a paper on may be silent before another takes it. */
const LEASE_MINUTES = 15;

interface Claimed {
  readonly paperId: string;
  readonly attempts: number;
}

interface Sealed {
  readonly disputeId: string;
  readonly sha256: string;
  readonly pageCount: number;
}

/** What a batch has in common. */
interface Sources {
  readonly roots: {
    readonly trustedRoots: readonly Uint8Array[];
    readonly trustedTimestampRoots: readonly Uint8Array[];
  };
  readonly services: RevocationServices;
  readonly demoRoot: Identity | null;
  readonly withdrawn: readonly WithdrawnCertificate[];
  readonly now: Date;
}

/**
 * Makes the long-term copies of sealed papers in the night after the seal: then the authorities have published lists that were made
 * after it, and the desk is quiet. What a night missed is done when the program runs again; what cannot be had is asked for again,
 * at growing intervals, for as long as it takes. Several instances share the work by SKIP LOCKED and a lease.
 */
@Injectable()
export class LongTermCopies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: FileStore,
    private readonly pool: SigningPool,
    private readonly anchors: TrustAnchors,
    private readonly keys: KeyRing,
    private readonly chores: Chores,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    chores.add({ name: 'long-term-copies', everyMs: EVERY_MS, work: () => this.collectDue() });
  }

  /** Tries everything that is due, and answers how many copies there are now that were not there before. */
  async collectDue(): Promise<number> {
    let made = 0;
    for (let batch = await this.claim(); batch.length > 0; batch = await this.claim()) {
      const sources = await this.sources();
      for (const claimed of batch) {
        if (this.chores.isStopped) return made;
        if (await this.attempt(claimed, sources)) made += 1;
      }
    }
    return made;
  }

  private async claim(): Promise<Claimed[]> {
    return this.unitOfWork.runAsSystem('long-term-copies', (tx) =>
      tx.query<Claimed>(
        `update paper_long_term w set attempts = attempts + 1, due_at = $1::timestamptz + make_interval(mins => ${LEASE_MINUTES})
          where w.paper_id in (select paper_id from paper_long_term where collected_at is null and due_at <= $1
                                order by due_at limit ${BATCH} for update skip locked)
          returning w.paper_id as "paperId", w.attempts`,
        [tx.now],
      ),
    );
  }

  private async sources(): Promise<Sources> {
    return this.unitOfWork.readAsSystem('long-term-copies', async (tx) => {
      const { seal, timestamp } = await this.anchors.roots(tx);
      return {
        roots: { trustedRoots: seal, trustedTimestampRoots: timestamp },
        services: new RevocationServices(this.config.revocationHosts),
        demoRoot: await demoAuthority(tx, this.keys, 'root'),
        withdrawn: await tx.query<WithdrawnCertificate>(
          `select serial_number as "serialNumber", retired_at as at from committee_seal where origin = 'demo' and state = 'retired'`,
        ),
        now: tx.now,
      };
    });
  }

  private async attempt({ paperId, attempts }: Claimed, sources: Sources): Promise<boolean> {
    const problem = await this.collect(paperId, sources).catch((error: unknown) => {
      if (error instanceof RevocationError) return error.message;
      this.logger.error({ err: error, paperId }, 'the long-term copy of a paper could not be made');
      return error instanceof DomainError ? error.detail : '制作时出错，请系统管理员查看运行日志';
    });
    if (problem === null) return true;
    await this.unitOfWork.runAsSystem('long-term-copies', (tx) =>
      tx.query('update paper_long_term set problem = $2, due_at = $3 where paper_id = $1 and collected_at is null', [
        paperId,
        problem,
        retryAfter(tx.now, attempts),
      ]),
    );
    return false;
  }

  /** Why there is none yet, for staff; null when there is. */
  private async collect(paperId: string, sources: Sources): Promise<string | null> {
    const sealed = await this.unitOfWork.readAsSystem('long-term-copies', (tx) => sealedFile(tx, paperId));
    const bytes = Uint8Array.from(await this.store.get(sealed.sha256));
    const task = { bytes, options: sources.roots };
    const asked = await this.pool.questions(task);
    if ('problem' in asked) return asked.problem;
    const answers = [];
    for (const question of asked.questions) answers.push(await answer(question, sources));
    const made = await this.pool.longTerm({ ...task, answers });
    if ('problem' in made) return made.problem;
    const stored = await this.store.put(made.copy);
    await this.unitOfWork.runAsSystem('long-term-copies', async (tx) => {
      const [first] = await tx.query(
        'update paper_long_term set collected_at = $2, problem = null where paper_id = $1 and collected_at is null returning paper_id',
        [paperId, tx.now],
      );
      // Another instance was faster: its copy is the one that was shown.
      if (first === undefined) return;
      await tx.insert(PaperFile, {
        id: uuidv7(),
        disputeId: sealed.disputeId,
        paperId,
        kind: 'long-term',
        sha256: stored.sha256,
        sizeBytes: stored.size,
        pageCount: sealed.pageCount,
        createdAt: tx.now,
      });
    });
    return null;
  }
}

async function sealedFile(tx: Tx, paperId: string): Promise<Sealed> {
  const [file] = await tx.query<Sealed>(
    `select dispute_id as "disputeId", sha256, page_count as "pageCount" from paper_file where paper_id = $1 and kind = 'sealed'`,
    [paperId],
  );
  if (!file) throw new Error(`Paper ${paperId} has no sealed file`);
  return file;
}

/** A list first: it says as much of all certificates of its issuer, and asks nobody about one paper. */
async function answer(
  { subjectName, issuer, addresses, ocspRequest }: RevocationQuestion,
  { services, demoRoot, withdrawn, now }: Sources,
): Promise<{ kind: 'crl' | 'ocsp'; der: Uint8Array }> {
  if (demoRoot !== null && Buffer.from(issuer).equals(rootOf(demoRoot))) {
    // Lists know whole seconds; a timestamp of the same second must not seem later.
    const made = new Date(Math.ceil(Math.max(now.getTime(), Date.now()) / 1000) * 1000);
    return { kind: 'crl', der: await issueRevocationList(demoRoot, withdrawn, made) };
  }
  let last = new RevocationError(`“${subjectName}”的证书没有写明到哪里（http）查询吊销信息`);
  const sources = [
    ...addresses.crl.map((address) => ({ kind: 'crl' as const, get: () => services.list(address) })),
    ...addresses.ocsp.map((address) => ({ kind: 'ocsp' as const, get: () => services.ask(address, ocspRequest) })),
  ];
  for (const { kind, get } of sources) {
    try {
      return { kind, der: await get() };
    } catch (error) {
      if (!(error instanceof RevocationError)) throw error;
      last = error;
    }
  }
  throw last;
}
