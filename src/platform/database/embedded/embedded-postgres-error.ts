/** Raised when the bundled PostgreSQL cannot be used; the message is for the person who starts the system. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/** What every message ends with: the way out that always works. */
export const USE_OWN_DATABASE = '也可以自备 PostgreSQL 15 以上版本，并设置环境变量 DATABASE_URL 后再启动。';
