import { Inject, Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { CLOCK, type Clock, DomainError } from '../../kernel';
import { KeyRing } from '../crypto';
import { type BeginRequestRow, actorOf } from './actor';
import { appendAudit } from './audit-chain';
import { claimIdempotency, keptAnswer, settleIdempotency } from './idempotency';
import { leaveMessages } from './outbox';
import { type RequestContext, currentContext, withContext } from './request-context';
import { Tx } from './transaction';

const RETRIED = new Set(['40001', '40P01']);

const WRITING = 'begin';
const READING = 'begin read only';

/**
 * Opens the one transaction of a request, binds the rights of whoever asks to it, and closes it with audit, outbox and
 * the answer kept for repetitions. Nothing that leaves the process may happen inside.
 */
@Injectable()
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly keys: KeyRing,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** A transaction with effect. A repetition of a settled Idempotency-Key answers as the first time did. */
  async run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.once(work, WRITING);
      } catch (error) {
        const code = (error as { code?: string }).code ?? '';
        if (!RETRIED.has(code) || attempt === 3) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20 * attempt + attempt * 7));
      }
    }
  }

  /**
   * Prepares what must not happen inside a transaction (drawing, hashing), then runs `work` with it. A repetition of an
   * Idempotency-Key gets the first answer without preparing anew; also one that overlapped the first, whose preparation
   * may fail because the first has changed the state.
   */
  async prepareAndRun<Prepared, Answer>(
    prepare: () => Promise<Prepared>,
    work: (tx: Tx, prepared: Prepared) => Promise<Answer>,
  ): Promise<Answer> {
    const kept = await this.answered<Answer>();
    if (kept) return kept.response;
    const prepared = await prepare().then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    return this.run((tx) => {
      if ('error' in prepared) throw prepared.error;
      return work(tx, prepared.value);
    });
  }

  /** A read-only transaction: no audit, no messages, nothing kept. */
  async read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.once(work, READING);
  }

  /**
   * As `read`, for pages that walk along an index from where they begin, which is the same way for everybody: their plans are made once.
   * Left to itself the planner, which does not know how short a page is, would plan them anew each time, dearer than the page.
   */
  async readAlong<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.once(work, `${READING}; set local plan_cache_mode = force_generic_plan`);
  }

  /**
   * The answer that this very request was given before, for acts that do their work outside a transaction first: by then the
   * state has moved on, and a repetition would be refused instead of answered. Null when it is new.
   */
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names what it once answered
  async answered<T>(): Promise<{ readonly response: T } | null> {
    if (currentContext().idempotency === null) return null;
    const kept = await this.read((tx) => keptAnswer(tx, this.keys));
    return kept === null ? null : { response: kept.response as T };
  }

  /** Runs a job of the program itself, outside any request, as the system. */
  async runAsSystem<T>(job: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return withContext(
      { ...currentContext(), principal: { kind: 'system', job }, idempotency: null, ifMatchRequired: false },
      () => this.run(work),
    );
  }

  /** As `runAsSystem`, read-only. */
  async readAsSystem<T>(job: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return withContext(
      { ...currentContext(), principal: { kind: 'system', job }, idempotency: null, ifMatchRequired: false },
      () => this.read(work),
    );
  }

  private async once<T>(work: (tx: Tx) => Promise<T>, opening: string): Promise<T> {
    const readOnly = opening !== WRITING;
    const context = currentContext();
    const runner = this.dataSource.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    let isOpen = true;
    try {
      const tx = await this.begin(runner.manager, client, context, opening);
      const replay = readOnly ? null : await claimIdempotency(tx, this.keys);
      if (replay) {
        isOpen = false;
        await client.query('rollback');
        return replay.response as T;
      }
      const result = await work(tx);
      if (!readOnly) {
        tx.refuseUncheckedVersion();
        await tx.finish();
        await leaveMessages(tx);
        await settleIdempotency(tx, this.keys, result);
        await appendAudit(tx, this.keys);
      }
      isOpen = false;
      await client.query('commit');
      return result;
    } catch (error) {
      // A commit that failed has left nothing open, and one that was lost on the way has no connection.
      if (isOpen) await client.query('rollback').catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async begin(
    manager: Tx['manager'],
    client: PoolClient,
    context: RequestContext,
    opening: string,
  ): Promise<Tx> {
    const { principal } = context;
    const fixed = this.clock.at(EPOCH);
    const begun = client.query(opening);
    const asked = client.query<{ rights: BeginRequestRow }>({
      name: 'begin_request',
      text: 'select app.begin_request($1, $2, $3, $4, $5) as rights',
      values: [
        principal.kind,
        principal.kind === 'account' ? principal.accountId : null,
        principal.kind === 'account' ? principal.sessionId : null,
        principal.kind === 'link' ? principal.linkDigest : null,
        // A clock that ignores the database's reading is a fake one: its time is what the rules must see.
        fixed.getTime() === EPOCH.getTime() ? null : fixed,
      ],
    });
    // Both leave in one flight.
    const [, { rows }] = await Promise.all([begun, asked]);
    const [row] = rows;
    if (!row) throw new Error('app.begin_request returned nothing');
    if (principal.kind === 'account' && !row.rights.known) {
      throw new DomainError('unauthenticated', 'session-ended', '登录已失效或账号已停用，请重新登录。');
    }
    return new Tx(manager, client, actorOf(principal, row.rights), new Date(row.rights.now), context);
  }
}

const EPOCH = new Date(0);
