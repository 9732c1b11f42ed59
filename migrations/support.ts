import type { QueryRunner } from 'typeorm';

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** COMMENT ON for a table and each of its columns. A test refuses a column without one. */
export async function describeTable(
  runner: QueryRunner,
  table: string,
  meaning: string,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const statements = [
    `comment on table ${table} is ${quote(meaning)}`,
    ...Object.entries(columns).map(([column, text]) => `comment on column ${table}.${column} is ${quote(text)}`),
  ];
  await runner.query(statements.join(';\n'));
}

type Verb = 'select' | 'insert' | 'update' | 'delete';

/** One row-security policy with its description. Expressions are SQL over the table's own columns. */
export async function policy(
  runner: QueryRunner,
  table: string,
  verb: Verb,
  expression: string,
  meaning: string,
): Promise<void> {
  const name = `${table}_${verb}`;
  const clause =
    verb === 'insert'
      ? `with check (${expression})`
      : verb === 'update'
        ? `using (${expression}) with check (${expression})`
        : `using (${expression})`;
  await runner.query(`create policy ${name} on ${table} for ${verb} ${clause}`);
  await runner.query(`comment on policy ${name} on ${table} is ${quote(meaning)}`);
}

/**
 * Switches row security on (for the owner too) and grants the verbs to the application's role. A table without a
 * policy for a granted verb answers with no rows. Policies hold for every role, so that a SECURITY DEFINER function
 * must name itself as the system (app.elevate) even when its owner is no superuser. What hangs on a matter stays with it:
 * a policy sees one row at a time, so whoever may write in two matters could carry a row from one into the other.
 */
export async function secure(runner: QueryRunner, table: string, verbs: readonly Verb[]): Promise<void> {
  await runner.query(`alter table ${table} enable row level security`);
  await runner.query(`alter table ${table} force row level security`);
  await runner.query(`grant ${verbs.join(', ')} on ${table} to zongzhi_app`);
  if (verbs.includes('update') && (await runner.hasColumn(table, 'dispute_id'))) {
    await runner.query(`create trigger ${table}_stays before update of dispute_id on ${table} for each row
      when (old.dispute_id is distinct from new.dispute_id) execute function app.refuse_move()`);
  }
}

/** True for the program's own jobs, set-up and public look-ups, which name themselves as the system. */
export const IS_SYSTEM = '(select app.is_system())';
/** True for anyone who is logged in, and for the system. */
export const IS_KNOWN = '(select app.account_id()) is not null or (select app.is_system())';

/**
 * Row security of a table that hangs on a matter (column `dispute_id`).
 * - `header`: whoever may see the matter's header (directors of the subtree included) may see the rows
 * - `full`: only those who may read its content: the center's desk, those assigned, the committee's head, or a reader
 *   who has stepped up with a reason
 * Rows are written by whoever may read the content.
 */
export async function secureMatterTable(
  runner: QueryRunner,
  table: string,
  reading: 'header' | 'full',
  verbs: readonly Verb[] = ['select', 'insert', 'update'],
): Promise<void> {
  await secure(runner, table, verbs);
  const header = `exists (select 1 from dispute d where d.id = ${table}.dispute_id)`;
  const full = `exists (select 1 from dispute d where d.id = ${table}.dispute_id and ${fullAccess('d')})`;
  for (const verb of verbs) {
    const content = verb === 'select' && reading === 'header' ? header : full;
    await policy(
      runner,
      table,
      verb,
      `${IS_SYSTEM} or ${content}`,
      verb === 'select' && reading === 'header'
        ? 'Readable by whoever may see the header of the matter.'
        : 'Only for those who may read the content of the matter.',
    );
  }
}

/** SQL: may the content (not just the header) of the dispute row with this alias be read? Of a row that carries its places, `id` names the matter. */
export function fullAccess(alias: string, id = 'id'): string {
  return `(
    ${alias}.center_id = any ((select app.center_ids())::uuid[])
    or ${alias}.handling_center_id = any ((select app.center_ids())::uuid[])
    or ${alias}.committee_id = any ((select app.committee_ids())::uuid[])
    or ${alias}.handling_unit_id = any ((select app.unit_ids())::uuid[])
    or ${alias}.${id} in (select a.dispute_id from dispute_access a
                        where a.account_id = (select app.account_id())
                          and (a.ends_at is null or a.ends_at > (select app.now())))
  )`;
}
