import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { DomainError, notFound } from '../../kernel';
import type { Actor } from './actor';
import type { RequestContext } from './request-context';

/** One typed entry for the hash-chained audit. Written at the end of the transaction, in the chain of `chain`. */
export interface AuditEntry {
  /** Act key (`disputes.accept`), the same word as route, table and error prefix. */
  readonly act: string;
  readonly objectType: string;
  readonly objectId?: string | null;
  readonly disputeId?: string | null;
  /** Center whose chain takes the entry; the platform chain when absent. */
  readonly chain?: string | null;
  /** What changed or was read: ids, states, reasons, field names. Never the personal data themselves. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A message that leaves the process after the commit, at least once. */
export interface OutboxMessage {
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly availableAt?: Date;
}

/** One change of a row, as it is told to whoever was overtaken by it. */
export interface RecentChange {
  readonly at: string;
  readonly actorName: string;
  readonly isOwn: boolean;
  readonly actName: string;
  readonly stateName: string | null;
}

export interface CurrentVersion {
  readonly version: number;
  readonly changes: readonly RecentChange[];
}

/** Somebody was quicker: what the caller has read is not what is there now. */
export class StaleVersion extends DomainError {
  /** What is there now and whose doing it was, once it has been read for the answer. */
  current: CurrentVersion | undefined;

  constructor(
    /** The row, under which the audit knows it; null for rows without an id of their own. */
    readonly rowId: string | null,
    readonly version: number,
    /** How many versions the caller is behind. */
    readonly steps: number,
  ) {
    super('precondition-failed', 'stale-version', '内容已被他人更新。请刷新后核对，再提交您的修改。');
  }
}

const statementNames = new Map<string, string>();

function statementName(sql: string): string {
  let name = statementNames.get(sql);
  if (name === undefined) {
    name = `s${createHash('sha1').update(sql).digest('hex').slice(0, 20)}`;
    statementNames.set(sql, name);
  }
  return name;
}

/**
 * The transaction of one request: the only way to the database.
 * SQL goes through `query` as named prepared statements, so the text must be constant: values are parameters.
 */
export class Tx {
  readonly auditEntries: AuditEntry[] = [];
  readonly messages: OutboxMessage[] = [];
  private readonly endings = new Map<string, () => Promise<void>>();
  private readonly gathered = new Map<string, Set<string>>();
  private isVersionChecked = false;

  constructor(
    readonly manager: EntityManager,
    private readonly client: PoolClient,
    readonly actor: Actor,
    /** Instant of the transaction by the database clock: the `now` of every rule. */
    readonly now: Date,
    readonly context: RequestContext,
  ) {}

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result = await this.client.query({ name: statementName(sql), text: sql, values: parameters as unknown[] });
    return result.rows as Row[];
  }

  /** The single row that the statement must find; absent or invisible is 404. */
  async one<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row> {
    const [row] = await this.query<Row>(sql, parameters);
    if (row === undefined) throw notFound();
    return row;
  }

  /** Inserts one row of an entity. Every column is given by the caller, ids included; omitted ones take defaults. */
  async insert<Entity extends ObjectLiteral>(target: EntityTarget<Entity>, row: Partial<Entity>): Promise<void> {
    const { tablePath, columns } = this.manager.dataSource.getMetadata(target);
    const given = columns.filter((c) => row[c.propertyName] !== undefined);
    const names = given.map((c) => c.databaseName).join(', ');
    const places = given.map((_, i) => `$${i + 1}`).join(', ');
    await this.query(
      `insert into ${tablePath} (${names}) values (${places})`,
      given.map((c) => parameter(row[c.propertyName], c.type)),
    );
  }

  /**
   * Changes one row by id and raises its `version` where the entity has one. The row was locked or its version
   * checked by the caller; a row that is not there (or not writable by this actor) is 404.
   */
  async update<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    id: string,
    changes: Partial<Entity>,
  ): Promise<void> {
    const { tablePath, columns, primaryColumns } = this.manager.dataSource.getMetadata(target);
    const given = columns.filter((c) => changes[c.propertyName] !== undefined && c.propertyName !== 'version');
    const sets = given.map((c, i) => `${c.databaseName} = $${i + 2}`);
    if (columns.some((c) => c.propertyName === 'version')) sets.push('version = version + 1');
    const key = primaryColumns[0]?.databaseName ?? 'id';
    const rows = await this.query(`update ${tablePath} set ${sets.join(', ')} where ${key} = $1 returning 1`, [
      id,
      ...given.map((c) => parameter(changes[c.propertyName], c.type)),
    ]);
    if (rows.length !== 1) throw notFound();
  }

  /** Locks one row for update and returns it; absent or invisible is 404. */
  async lock<Entity extends ObjectLiteral>(target: EntityTarget<Entity>, id: string): Promise<Entity> {
    return this.fetch(target, id, ' for update');
  }

  /** Reads one row by id; absent or invisible is 404. */
  async get<Entity extends ObjectLiteral>(target: EntityTarget<Entity>, id: string): Promise<Entity> {
    return this.fetch(target, id, '');
  }

  private async fetch<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    id: string,
    suffix: string,
  ): Promise<Entity> {
    const { tablePath, columns, primaryColumns } = this.manager.dataSource.getMetadata(target);
    const list = columns.map((c) => `${c.databaseName} as "${c.propertyName}"`).join(', ');
    const key = primaryColumns[0]?.databaseName ?? 'id';
    return this.one<Entity>(`select ${list} from ${tablePath} where ${key} = $1${suffix}`, [id]);
  }

  /**
   * Runs statements past the actor's row security, as the system. Only for rows that belong to nobody's sight (password
   * hashes, one-time links) after the act itself was authorized; the actor of the audit stays who it is. The actor's row
   * security holds again afterwards, also when `work` throws and the caller goes on.
   */
  async asSystem<T>(work: () => Promise<T>): Promise<T> {
    const { before } = await this.one<{ before: string }>('select app.elevate() as before');
    const restore = (): Promise<unknown[]> => this.query("select set_config('app.principal', $1, true)", [before]);
    try {
      const result = await work();
      await restore();
      return result;
    } catch (error) {
      // After an error of PostgreSQL the transaction answers nothing any more: the first error is the one to tell.
      await restore().catch(() => undefined);
      throw error;
    }
  }

  audit(entry: AuditEntry): void {
    this.auditEntries.push(entry);
  }

  send(message: OutboxMessage): void {
    this.messages.push(message);
  }

  /** Work for the end of the transaction, when everything the act writes is there: once per key, before the commit. */
  atEnd(key: string, work: () => Promise<void>): void {
    this.endings.set(key, work);
  }

  /** As `atEnd`, for work that takes many at once: done once for all ids that were left under the key, in their order. */
  atEndOfAll(key: string, id: string, work: (ids: readonly string[]) => Promise<void>): void {
    const known = this.gathered.get(key);
    if (known !== undefined) {
      known.add(id);
      return;
    }
    const ids = new Set([id]);
    this.gathered.set(key, ids);
    this.atEnd(key, () => {
      this.gathered.delete(key);
      return work([...ids].sort());
    });
  }

  /** Does what was left for the end. Called by the unit of work. */
  async finish(): Promise<void> {
    for (const [key, work] of this.endings) {
      this.endings.delete(key);
      await work();
    }
  }

  /**
   * Holds the If-Match header against the version of the row that the act changes: 412 when it differs,
   * 428 when the route demands the header and it is missing.
   */
  checkVersion({ id, version }: { readonly id?: string; readonly version: number }): void {
    this.isVersionChecked = true;
    const { ifMatch, ifMatchRequired } = this.context;
    if (ifMatch === null) {
      if (!ifMatchRequired) return;
      throw new DomainError(
        'precondition-required',
        'if-match-required',
        '缺少 If-Match 请求头。请先读取最新内容，再提交修改。',
      );
    }
    if (ifMatch !== version) {
      throw new StaleVersion(id ?? null, version, version - ifMatch);
    }
  }

  /** A route that demands If-Match and holds it against nothing would let the second of two writers win: a fault of the program. */
  refuseUncheckedVersion(): void {
    if (this.context.ifMatchRequired && !this.isVersionChecked) {
      throw new Error('The route demands If-Match, but its use case did not check a version');
    }
  }
}

function parameter(value: unknown, type: unknown): unknown {
  return (type === 'jsonb' || type === 'json') && value !== null ? JSON.stringify(value) : value;
}
