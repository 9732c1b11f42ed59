import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { BuiltProgram, type Program } from '../support/built-program';
import { World } from '../support/world';

const LATE_WHISTLES = readFileSync(join(__dirname, '../support/late-whistles.sql'), 'utf8');

/** Where they hang. */
const PLACES = `select c.id as center, (select g.id from agency g where g.center_id = c.id limit 1) as agency,
                (select a.id from account a limit 1) as account
           from center c where exists (select 1 from agency g where g.center_id = c.id) limit 1`;

/** The built program with its embedded PostgreSQL and its queue, in real time, with organisations and staff in it. */
export class RecurringWork {
  private readonly built = new BuiltProgram();

  async open(): Promise<Program> {
    const program = await this.start();
    await this.withOwner((owner) => World.create(owner));
    await program.kill('SIGTERM');
    return this.start();
  }

  close(): Promise<void> {
    return this.built.remove();
  }

  async start(): Promise<Program> {
    const program = this.built.start({ PORT: '0' });
    await program.listening();
    return program;
  }

  async withOwner<T>(work: (owner: Client) => Promise<T>): Promise<T> {
    const owner = new Client({ connectionString: this.built.databaseUrl() });
    owner.on('error', () => undefined);
    await owner.connect();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  }

  count(table: string): Promise<number> {
    return this.withOwner(async (owner) =>
      Number((await owner.query<{ n: string }>(`select count(*) as n from ${table}`)).rows[0]?.n),
    );
  }

  async until(condition: () => Promise<boolean>, what: string): Promise<void> {
    const deadline = performance.now() + 300_000;
    while (!(await condition())) {
      if (performance.now() > deadline) throw new Error(`Never happened: ${what}`);
      await delay(100);
    }
  }

  /** Whistles whose clocks run: what follows center, agency and account in late-whistles.sql. */
  async whistles(...clocks: readonly unknown[]): Promise<void> {
    await this.withOwner(async (owner) => {
      const { rows } = await owner.query<{ center: string; agency: string; account: string }>(PLACES);
      const { center, agency, account } = rows[0] ?? {};
      await owner.query(LATE_WHISTLES, [center, agency, account, ...clocks]);
    });
  }

  /** Which of the questions for faulty rows find some. */
  faults(questions: Readonly<Record<string, string>>): Promise<string[]> {
    return this.withOwner(async (owner) => {
      const found: string[] = [];
      for (const [what, question] of Object.entries(questions)) {
        const { rowCount } = await owner.query(question);
        if (rowCount !== 0) found.push(`${what}: ${rowCount}`);
      }
      return found;
    });
  }
}
