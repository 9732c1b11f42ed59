import { Client } from 'pg';

/** The database would store Chinese but not find it again. */
export class ChineseTextSearchError extends Error {
  override readonly name = 'ChineseTextSearchError';
}

/** Any word will do; an empty set of trigrams means that the database takes its characters for punctuation. */
const SAMPLE = '调解';

/**
 * Refuses a database in which search by name or matter would silently find nothing: with character type `C`, pg_trgm
 * drops every Chinese character. Usable for any database; it changes nothing in it.
 *
 * @param url a role that may connect; without the right to create extensions the character type is judged by its name
 * @throws ChineseTextSearchError saying how to create the database anew
 */
export async function assertChineseTextSearch(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // Without a listener a server that dies meanwhile would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const settings = await client.query<{ encoding: string; ctype: string }>(
      `SELECT pg_encoding_to_char(encoding) AS encoding, datctype AS ctype FROM pg_database WHERE datname = current_database()`,
    );
    const { encoding, ctype } = settings.rows[0] ?? { encoding: '', ctype: '' };
    if (encoding !== 'UTF8' || !(await findsTrigrams(client, ctype))) {
      throw new ChineseTextSearchError(
        `数据库的字符设置（编码 ${encoding}，LC_CTYPE ${ctype}）不支持中文检索，姓名、事由将无法查到。` +
          `请用以下语句重新建立数据库后再启动：CREATE DATABASE zongzhi TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';`,
      );
    }
  } finally {
    await client.end();
  }
}

async function findsTrigrams(client: Client, ctype: string): Promise<boolean> {
  await client.query('BEGIN');
  try {
    const installed = await schemaOfTrigrams(client);
    if (installed === undefined) {
      await client.query('CREATE EXTENSION pg_trgm');
    }
    const schema = installed ?? (await schemaOfTrigrams(client)) ?? 'public';
    const answer = await client.query<{ found: boolean }>(
      `SELECT cardinality(${client.escapeIdentifier(schema)}.show_trgm($1)) > 0 AS found`,
      [SAMPLE],
    );
    return answer.rows[0]?.found ?? false;
  } catch (error) {
    // 42501 insufficient_privilege, 25006 read_only_sql_transaction (a standby), 58P01/0A000 extension not supplied.
    if (!['42501', '25006', '58P01', '0A000'].includes((error as { code?: string }).code ?? '')) {
      throw error;
    }
    return !['C', 'POSIX'].includes(ctype);
  } finally {
    await client.query('ROLLBACK');
  }
}

async function schemaOfTrigrams(client: Client): Promise<string | undefined> {
  const answer = await client.query<{ schema: string }>(
    `SELECT n.nspname AS schema FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'pg_trgm'`,
  );
  return answer.rows[0]?.schema;
}
