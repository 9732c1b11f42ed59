import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

interface Preset {
  readonly id: string;
  readonly term: number;
  readonly unit: string;
  readonly rolls: boolean;
  readonly closes: boolean;
  readonly article: string;
}

/** The presets stay beside the sources; a compiled migration finds them from the built folder. */
const DATA = [join(__dirname, 'data'), join(__dirname, '../../migrations/data')];

const HOLDS = (...roles: string[]): string =>
  `(select app.roles())::text[] && array[${roles.map((role) => `'${role}'`).join(', ')}]`;
const IN_SIGHT = `(center_id = any ((select app.center_ids())::uuid[]) or center_id = any ((select app.header_center_ids())::uuid[]))`;
const SETS = `${IS_SYSTEM} or ((${HOLDS('system-admin')} or (${HOLDS('center-director', 'duty-leader')} and ${IN_SIGHT})) and center_id is not null)`;
const REVIEWS = `${IS_SYSTEM} or ((${HOLDS('system-admin')} or (${HOLDS('center-director', 'superior')} and ${IN_SIGHT})) and center_id is not null)`;

/** Terms of deadlines as data: presets of the program, and what a center sets in their place; nothing is written over. */
export class DeadlineRules1763600000045 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table deadline_rule (
        id uuid primary key,
        rule_id text not null,
        center_id uuid references center (id),
        version integer not null,
        term integer not null,
        unit text not null,
        rolls boolean not null,
        closes boolean not null,
        article text not null,
        valid_from date not null,
        in_force_at timestamptz,
        state text not null,
        note text,
        set_by uuid references account (id),
        set_by_name text not null,
        set_at timestamptz not null,
        reviewed_by uuid references account (id),
        reviewed_by_name text,
        reviewed_at timestamptz,
        review_note text,
        constraint deadline_rule_version_once unique nulls not distinct (rule_id, center_id, version),
        constraint deadline_rule_term_counts check (term > 0),
        constraint deadline_rule_unit_known check (unit in
          ('natural-day', 'working-day', 'calendar-month', 'year', 'working-hour', 'working-minute', 'real-hour', 'real-minute')),
        constraint deadline_rule_hours_end check
          (unit in ('natural-day', 'working-day', 'calendar-month', 'year') or not (rolls or closes)),
        constraint deadline_rule_state_known check (state in ('draft', 'in-force', 'discarded')),
        constraint deadline_rule_two_people check (reviewed_by is null or reviewed_by <> set_by or state = 'discarded'),
        constraint deadline_rule_reviewed check (state = 'draft' or reviewed_at is not null),
        constraint deadline_rule_holds_from check ((in_force_at is not null) = (state = 'in-force'))
      );
      create unique index deadline_rule_draft on deadline_rule (rule_id, center_id) where state = 'draft';
      create index deadline_rule_of_center on deadline_rule (center_id, rule_id, in_force_at) where state = 'in-force';
    `);
    const file = DATA.map((folder) => join(folder, 'deadline-rules.json')).find((path) => existsSync(path));
    const presets = JSON.parse(readFileSync(file ?? '', 'utf8')) as Preset[];
    for (const { id, term, unit, rolls, closes, article } of presets) {
      await runner.query(
        `insert into deadline_rule (id, rule_id, version, term, unit, rolls, closes, article, valid_from, in_force_at, state,
                                    set_by_name, set_at, reviewed_by_name, reviewed_at)
           values (gen_random_uuid(), $1, 1, $2, $3, $4, $5, $6, '2000-01-01', '2000-01-01 00:00+08', 'in-force',
                   '系统预置', now(), '系统预置', now())`,
        [id, term, unit, rolls, closes, article],
      );
    }

    await runner.query(`
      create view deadline_rule_span with (security_invoker = true) as
      select r.id, r.rule_id, c.id as center_id, r.version, r.term, r.unit, r.article, r.in_force_at as from_at,
             least(lead(r.in_force_at) over (partition by r.rule_id, c.id, r.center_id order by r.in_force_at, r.version),
                   case when r.center_id is null
                     then min(r.in_force_at) filter (where r.center_id is not null) over (partition by r.rule_id, c.id) end,
                   'infinity') as to_at
        from center c join deadline_rule r on r.center_id is null or r.center_id = c.id
       where r.state = 'in-force';
      grant select on deadline_rule_span to zongzhi_app;
      comment on view deadline_rule_span is 'From when until when a rule holds in a center: its own from its first day on, else the preset.';

      alter table mediation_period add column deadline_rule_id uuid references deadline_rule (id);
      update mediation_period p set deadline_rule_id = r.id
        from deadline_rule r where r.rule_id = 'mediation.' || p.rule and r.center_id is null;
      alter table mediation_period alter column deadline_rule_id set not null;
      create index mediation_period_rule on mediation_period (deadline_rule_id);

      alter table summons_due add column deadline_rule_id uuid references deadline_rule (id);
      update summons_due u set deadline_rule_id = r.id, rule_id = r.rule_id
        from summons_task t join summons s on s.id = t.summons_id, deadline_rule r
       where t.id = u.task_id and u.unit <> 'agreed-time' and r.center_id is null
         and r.rule_id = case when u.rule_id ~ '^summons[.](progress|assault|emergency)[.]feedback$' then u.rule_id || '.' || s.level
                              else u.rule_id end;
      alter table summons_due add constraint summons_due_rule_or_agreed
        check (unit = 'agreed-time' or deadline_rule_id is not null);

      alter table agreement add column confirmation_rule_id uuid references deadline_rule (id);
      update agreement a set confirmation_rule_id = r.id
        from deadline_rule r where r.rule_id = 'judicial-confirmation' and r.center_id is null and a.confirmation_due_on is not null;
      comment on column mediation_period.deadline_rule_id is 'Version of the rule by which it was begun; later ones do not move it.';
      comment on column summons_due.deadline_rule_id is 'Version of the rule by which it was begun; null for an agreed time.';
      comment on column agreement.confirmation_rule_id is 'Version of the rule for the joint application; null before the agreement takes effect.';
    `);

    await secure(runner, 'deadline_rule', ['select', 'insert', 'update']);
    await runner.query(`
      revoke update on deadline_rule from zongzhi_app;
      grant update (state, in_force_at, reviewed_by, reviewed_by_name, reviewed_at, review_note) on deadline_rule to zongzhi_app;
    `);
    await policy(runner, 'deadline_rule', 'select', IS_KNOWN, 'Everyone who is logged in may reckon a deadline.');
    await policy(
      runner,
      'deadline_rule',
      'insert',
      SETS,
      'The leaders of the center, or the system administrator, for a center.',
    );
    await policy(
      runner,
      'deadline_rule',
      'update',
      REVIEWS,
      'Another person puts it in force; presets stay as delivered.',
    );
    await describeTable(
      runner,
      'deadline_rule',
      'How long a term is, since when: presets of the program, and what a center has set in their place. Every version is kept.',
      {
        id: 'Identity of this version.',
        rule_id: 'Rule, as the program asks for it.',
        center_id: 'Center that it holds for; null for a preset.',
        version: 'Counts the versions of a rule in a center.',
        term: 'Number of units.',
        unit: 'What is counted: natural or working days, calendar months, years, hours or minutes of work or on the clock.',
        rolls: 'A last day off moves to the next working day (CC art. 203).',
        closes: 'The last day ends when the office closes (CC art. 203 para. 2).',
        article: 'Where the term comes from, in Chinese.',
        valid_from: 'First day of it.',
        in_force_at:
          'From this instant on: the first day, or its confirmation where that came later. What began before is not moved.',
        state: 'Draft until another person has confirmed it.',
        note: 'Why it was set.',
        set_by: 'Who set it.',
        set_by_name: 'Their name at that time.',
        set_at: 'When.',
        reviewed_by: 'Who confirmed or discarded it.',
        reviewed_by_name: 'Their name at that time.',
        reviewed_at: 'When.',
        review_note: 'What they said.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table agreement drop column confirmation_rule_id;
      alter table summons_due drop constraint summons_due_rule_or_agreed, drop column deadline_rule_id;
      update summons_due set rule_id = regexp_replace(rule_id, '[.]feedback[.](regular|key|hard)$', '.feedback');
      alter table mediation_period drop column deadline_rule_id;
      drop view deadline_rule_span;
      drop table deadline_rule;
    `);
  }
}
