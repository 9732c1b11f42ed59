import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The beginning of the next of the rules that a rule stands among. */
const next = (among: string): string => `(select min(n.in_force_at) from deadline_rule n
   where n.state = 'in-force' and n.rule_id = r.rule_id and ${among} and (n.in_force_at, n.version) > (r.in_force_at, r.version))`;
const COLUMNS = 'r.id, r.rule_id, c.id as center_id, r.version, r.term, r.unit, r.article, r.in_force_at as from_at';

/**
 * Until when a rule holds was told by windows over the rules of all centers: whoever asked for one center at each act on a matter
 * went through two thousand. Asked of each rule by itself, only those of the center are read.
 */
export class SpansOfRules1763600000086 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace view deadline_rule_span with (security_invoker = true) as
      select ${COLUMNS},
             least(case when r.center_id is null then least(${next('n.center_id is null')},
                          (select min(o.in_force_at) from deadline_rule o
                            where o.state = 'in-force' and o.rule_id = r.rule_id and o.center_id = c.id))
                        else ${next('n.center_id = r.center_id')} end, 'infinity') as to_at
        from center c join deadline_rule r on r.center_id is null or r.center_id = c.id
       where r.state = 'in-force'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace view deadline_rule_span with (security_invoker = true) as
      select ${COLUMNS},
             least(lead(r.in_force_at) over (partition by r.rule_id, c.id, r.center_id order by r.in_force_at, r.version),
                   case when r.center_id is null
                     then min(r.in_force_at) filter (where r.center_id is not null) over (partition by r.rule_id, c.id) end,
                   'infinity') as to_at
        from center c join deadline_rule r on r.center_id is null or r.center_id = c.id
       where r.state = 'in-force'`);
  }
}
