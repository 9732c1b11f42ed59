import { Injectable } from '@nestjs/common';
import { addDays, legalDate, startOfDay } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import type { NamedRow, Typed } from '../domain/content';
import type { Change, Difference } from '../domain/explain';
import { explain } from '../domain/explain';
import type { RowsBy } from '../domain/forms';
import { type Fault, type FactGroup, faultsOf, type Figures, tabulate } from '../domain/tabulate';
import type { Report } from '../persistence/report.entity';
import { columnsOf, countingOf } from './counted-columns';
import { changesOf, groupsOf } from './facts';

export interface Counted {
  readonly rows: readonly NamedRow[];
  readonly sum: Figures;
  readonly faults: readonly Fault[];
}

/** Names the sum among the units of a difference. */
export const SUM = '合计';

/** Figures of reports: as they stand now, as they were frozen, and why the two differ. Always within the scope of its center. */
@Injectable()
export class Counting {
  /** As it stands: a frozen report answers what was frozen. */
  async table(tx: Tx, report: Report): Promise<Counted> {
    return report.content === null
      ? this.count(tx, report, false)
      : { rows: report.content.rows, sum: report.content.sum, faults: [] };
  }

  async count(tx: Tx, report: Report, isFrozen: boolean): Promise<Counted> {
    return tx.asSystem(async () => {
      const { columns, footings } = countingOf(report.form);
      const parameters = await parametersOf(tx, report, isFrozen);
      const counted = await tx.query<FactGroup>(groupsOf(report.form, isFrozen), parameters);
      const units = await unitsOf(tx, report, await centersUnder(tx, report.centerId));
      const table = tabulate(columns, [...units.keys()], [...counted, ...fundingOf(report.typed)]);
      const names = await namesOf(
        tx,
        report,
        table.rows.map(({ unit }) => unit).filter((unit) => !units.has(unit)),
      );
      return {
        rows: table.rows.map(({ unit, figures }) => ({
          unit,
          name: units.get(unit) ?? names.get(unit) ?? NO_UNIT[report.rowsBy],
          figures,
        })),
        sum: table.sum,
        faults: faultsOf(table, footings),
      };
    });
  }

  /** What differs today from what was frozen, for each unit and for the sum. */
  async differences(tx: Tx, report: Report): Promise<readonly Difference[]> {
    const { content } = report;
    if (content === null) return [];
    const changes = await tx.asSystem(async () =>
      tx.query<Change>(changesOf(report.form), [...(await parametersOf(tx, report, false)), report.id]),
    );
    const columns = columnsOf(report);
    const inSum = changes.map((change) => ({
      ...change,
      before: change.before === null ? null : { ...change.before, unit: SUM },
      after: change.after === null ? null : { ...change.after, unit: SUM },
    }));
    return [
      ...explain(columns, new Map([[SUM, content.sum]]), inSum),
      ...explain(columns, new Map(content.rows.map(({ unit, figures }) => [unit, figures])), changes),
    ];
  }
}

const NO_UNIT: Readonly<Record<RowsBy, string>> = {
  committee: '未归入调委会',
  street: '区级和行业性调委会',
  center: '其他',
};

/** Parameters $1 to $7 of every statement about a report. */
export async function parametersOf(tx: Tx, report: Report, isFrozen: boolean): Promise<unknown[]> {
  const [from, to] = [legalDate(report.fromOn), legalDate(report.toOn)];
  return [
    isFrozen ? [report.id] : await centersUnder(tx, report.centerId),
    tx.now,
    startOfDay(from),
    startOfDay(addDays(to, 1)),
    from,
    to,
    report.rowsBy,
  ];
}

async function centersUnder(tx: Tx, centerId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select id from center where id = $1 or ancestor_center_ids @> array[$1::uuid]',
    [centerId],
  );
  return rows.map(({ id }) => id);
}

/** Units that have a row whether or not anything was counted, the own center first. */
async function unitsOf(
  tx: Tx,
  { rowsBy, centerId, toOn }: Report,
  centers: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.query<{ id: string; name: string }>(UNITS[rowsBy], [centers, centerId, toOn]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const UNITS: Readonly<Record<RowsBy, string>> = {
  center: `select id::text, name from center where id = any ($1) and (is_active or id = $2) and $3::date is not null
    order by id <> $2, code`,
  committee: `select id::text, name from committee where center_id = any ($1) and is_active and $3::date is not null
    order by center_id <> $2, kind, name`,
  street: `with recursive up as (
      select c.unit_id as unit from committee c where c.center_id = any ($1) and c.is_active and c.unit_id is not null
      union
      select v.parent_id from up join org_unit_version v on v.unit_id = up.unit and v.valid_from <= $3
         and (v.valid_to is null or v.valid_to > $3) where v.parent_id is not null)
    select o.id::text, v.name from org_unit o join up on up.unit = o.id
      join org_unit_version v on v.unit_id = o.id and v.valid_from <= $3 and (v.valid_to is null or v.valid_to > $3)
     where o.kind = 'street' and $2::uuid is not null order by v.code, v.name`,
};

async function namesOf(tx: Tx, { rowsBy, toOn }: Report, units: readonly string[]): Promise<Map<string, string>> {
  const ids = units.filter((unit) => unit !== '');
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ id: string; name: string }>(NAMES[rowsBy], rowsBy === 'street' ? [ids, toOn] : [ids]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const NAMES: Readonly<Record<RowsBy, string>> = {
  center: 'select id::text, name from center where id = any ($1::uuid[])',
  committee: 'select id::text, name from committee where id = any ($1::uuid[])',
  street: `select unit_id::text as id, name from org_unit_version where unit_id = any ($1::uuid[])
    and valid_from <= $2 and (valid_to is null or valid_to > $2)`,
};

/** Typed figures count like any other. */
function fundingOf(typed: Typed): FactGroup[] {
  const none = { body: '', source: '', type: '', form: null, success: false, difficult: false };
  const counts = { count: 0, people: 0, times: 0, matters: 0 };
  return Object.entries(typed).flatMap(([unit, { workFen = 0, subsidyFen = 0 }]) => [
    { unit, kind: 'funding-work', amount: workFen, ...none, ...counts },
    { unit, kind: 'funding-subsidy', amount: subsidyFen, ...none, ...counts },
  ]);
}
