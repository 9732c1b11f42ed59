import { DataSource, type DataSourceOptions } from 'typeorm';
import { migrations } from '../migrations';
import { installPgTypes } from './platform/database/pg-types';
import { SnakeNaming } from './platform/database/snake-naming';

/** Role under which every request runs: no DDL, no way around row-level security. */
export const APP_ROLE = 'zongzhi_app';

/** Options shared by the application, the migrations and the tests. */
export function dataSourceOptions(url: string, poolSize: number): DataSourceOptions & { type: 'postgres' } {
  installPgTypes();
  return {
    type: 'postgres',
    url,
    synchronize: false,
    migrationsRun: false,
    namingStrategy: new SnakeNaming(),
    poolSize,
    applicationName: 'zongzhi',
    // A failing connection is reported by the query that meets it; without a listener node would die of the event.
    poolErrorHandler: () => undefined,
    extra: {
      connectionTimeoutMillis: 3_000,
      query_timeout: 15_000,
      idleTimeoutMillis: 30_000,
      // What is sent without waiting for the answer before it travels with it.
      pipeline: true,
    },
  };
}

/**
 * URL for the application's own pool. With a separate login given, that one; otherwise the owner's login which takes
 * the powerless role at connection, before any statement.
 */
export function appUrl(ownerUrl: string, givenAppUrl?: string): string {
  const url = new URL(givenAppUrl ?? ownerUrl);
  const settings = [
    ...(givenAppUrl === undefined ? [`role=${APP_ROLE}`] : []),
    'timezone=Asia/Shanghai',
    'jit=off',
    'statement_timeout=10000',
    'lock_timeout=5000',
    'idle_in_transaction_session_timeout=30000',
  ];
  url.searchParams.set('options', settings.map((s) => `-c ${s}`).join(' '));
  return url.toString();
}

/** What migrations run on. An upgrade of a large database takes as long as it takes, and so does waiting for another instance at it. */
export function migrationsDataSource(ownerUrl: string): DataSource {
  // Forced row security binds an owner who is no superuser; migrations act as the system.
  const extra = { connectionTimeoutMillis: 3_000, options: '-c app.principal=system' };
  return new DataSource({ ...dataSourceOptions(ownerUrl, 2), extra, migrations });
}

/** Brings the schema of the database at `ownerUrl` up to date. Safe to call by several processes at once. */
export async function migrate(ownerUrl: string): Promise<void> {
  const dataSource = migrationsDataSource(ownerUrl);
  await dataSource.initialize();
  try {
    const runner = dataSource.createQueryRunner();
    await runner.query('select pg_advisory_lock(727001)');
    try {
      await dataSource.runMigrations({ transaction: 'each' });
    } finally {
      await runner.query('select pg_advisory_unlock(727001)');
      await runner.release();
    }
  } finally {
    await dataSource.destroy();
  }
}
