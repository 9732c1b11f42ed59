import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel';
import { authorize, centersOf, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { malformedCursor, pageOf } from '../../../platform/http';
import { SEALED_TITLE } from '../../disputes';
import type { Column } from '../domain/columns';
import type { Change } from '../domain/explain';
import { type Form, FORMS, isWritten, ROWS_BY, STATES } from '../domain/forms';
import { NATIONAL_SOURCES, NATIONAL_TYPES } from '../domain/national';
import { periodName } from '../domain/periods';
import { mergedHeads } from '../domain/report-document';
import { columnName, printed } from '../domain/statutory-document';
import { FIGURE_NAMES, sectionsOf } from '../domain/wording';
import type { Report } from '../persistence/report.entity';
import { REPORT_READERS } from '../policies';
import { columnsOf, kindCn } from './counted-columns';
import { Counting, parametersOf, SUM } from './counting';
import { casesOf, caseTotalsOf } from './facts';
import { periodOf, Reports } from './reports';

/** Beyond so many a difference names the first ones. */
const MOST_NAMED = 20;

@Injectable()
export class ReadReports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reports: Reports,
    private readonly counting: Counting,
  ) {}

  /** Reports of the centers that one oversees, the latest period first. */
  async list(filter: {
    readonly centerId?: string;
    readonly form?: Form;
    readonly limit?: number;
    readonly cursor?: string;
  }) {
    const { limit = 20 } = filter;
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'reports.list');
      const mine = centersOf(tx.actor, REPORT_READERS);
      if (filter.centerId !== undefined && !mine.includes(filter.centerId)) throw notFound();
      const [after, id] = cursorOf(filter.cursor);
      const rows = await tx.query<Report & { centerName: string }>(
        `select r.id, r.center_id as "centerId", r.form, r.span, r.rows_by as "rowsBy", r.from_on as "fromOn", r.to_on as "toOn", r.state,
                r.made_by_name as "madeByName", r.frozen_by_name as "frozenByName", r.frozen_at as "frozenAt", r.version,
                c.name as "centerName"
           from report r join center c on c.id = r.center_id
          where r.center_id = any ($1) and ($2::text is null or r.form = $2)
            and ($3::date is null or (r.to_on, r.id) < ($3::date, $4::uuid))
          order by r.to_on desc, r.id desc limit $5`,
        [filter.centerId === undefined ? mine : [filter.centerId], filter.form ?? null, after, id, limit + 1],
      );
      const page = pageOf(rows, limit, (r) => `${r.toOn}_${r.id}`);
      return {
        nextCursor: page.nextCursor,
        items: page.items.map((r) => ({ ...headerOf(r), centerName: r.centerName })),
        allowedActs: mine.some((centerId) => mayAct(tx.actor, policyOf('reports.begin')?.by ?? [], { centerId }))
          ? ['reports.begin']
          : [],
      };
    });
  }

  async read(id: string) {
    return this.unitOfWork.read(async (tx) => {
      const report = await this.reports.get(tx, id, 'reports.read');
      const { name } = await tx.one<{ name: string }>('select name from center where id = $1', [report.centerId]);
      const counted = await this.counting.table(tx, report);
      const document = await this.reports.document(tx, report, counted);
      const columns = columnsOf(report);
      return {
        ...headerOf(report),
        centerName: name,
        columns: columns.map((column) => ({ key: column.key, name: columnName(column), unit: column.unit })),
        head: mergedHeads([['填报单位'], ...columns.map(({ heads }) => heads)]),
        rows: [...counted.rows, { unit: SUM, name: SUM, figures: counted.sum }].map((row) => ({
          unit: row.unit,
          name: row.name,
          cells: columns.map((column) => printed(column, row.figures)),
          ...(report.typed[row.unit] === undefined ? {} : { typed: report.typed[row.unit] }),
        })),
        faults: counted.faults.map(({ label, expected, found }) => `${label}：应为 ${expected}，现为 ${found}`),
        sections: document.sections.map((section) => ({ ...section })),
        texts: sectionsOf(report.form).map(({ key, heading, words }) => ({
          section: key,
          heading,
          words: report.texts[key] ?? words,
        })),
        figureNames: isWritten(report.form) ? [...FIGURE_NAMES] : [],
        corrections: document.sections.find(({ key }) => key === 'corrections')?.paragraphs.slice() ?? [],
        notes: document.notes.slice(),
        allowedActs: this.reports.allowedActs(tx, report),
      };
    });
  }

  /** What stands behind a cell: of a frozen report what stood behind it then. */
  async cases(
    id: string,
    {
      cell,
      unit,
      limit = 20,
      cursor,
    }: { readonly cell: string; readonly unit?: string; readonly limit?: number; readonly cursor?: string },
  ) {
    return this.unitOfWork.read(async (tx) => {
      const report = await this.reports.get(tx, id, 'reports.list-cases');
      const column = columnsOf(report).find(({ key }) => key === cell);
      if (column === undefined) throw notFound();
      const isFrozen = report.state === 'frozen';
      const asked = [...(await parametersOf(tx, report, isFrozen)), ...askedOf(column, unit), tx.actor.accountId];
      const { rows, totals } = await tx.asSystem(async () => ({
        rows: await tx.query<CaseRow>(casesOf(report.form, isFrozen), [...asked, cursor ?? null, limit + 1]),
        totals: await tx.one<{ total: number; weight: number; hidden: number }>(
          caseTotalsOf(report.form, isFrozen),
          asked,
        ),
      }));
      const page = pageOf(rows, limit, (r) => r.subjectId);
      return {
        name: columnName(column),
        figure: printed(column, { [cell]: totals.weight }),
        unit: column.unit,
        total: totals.total,
        hiddenCount: totals.hidden,
        nextCursor: page.nextCursor,
        items: page.items.map((row) => ({
          subjectId: row.subjectId,
          disputeId: row.disputeId,
          title: row.title,
          registrationNumber: row.registrationNumber,
          caseNumber: row.caseNumber,
          kindName: kindCn(row.kind, row.success),
          typeName: row.disputeId === null || row.type === '' ? null : nameIn(NATIONAL_TYPES, row.type),
          sourceName: row.disputeId === null || row.source === '' ? null : nameIn(NATIONAL_SOURCES, row.source),
          weight: printed(column, { [cell]: row.weight }),
        })),
      };
    });
  }

  /** Why figures of a frozen report are others today: the things that came and went, and the acts since that moved them. */
  async differences(id: string) {
    return this.unitOfWork.read(async (tx) => {
      const report = await this.reports.get(tx, id, 'reports.explain');
      const found = await this.counting.differences(tx, report);
      const things = await this.things(
        tx,
        report,
        found.flatMap((d) => [...d.entered, ...d.left, ...d.changed]),
      );
      const columns = columnsOf(report);
      return {
        asOf: tx.now.toISOString(),
        frozenAt: report.frozenAt?.toISOString() ?? null,
        items: found.flatMap((d) => {
          const column = columns.find(({ key }) => key === d.cell);
          if (column === undefined) return [];
          const named = (changes: readonly Change[]) =>
            changes.slice(0, MOST_NAMED).map((c) => things.get(c.subjectId) ?? unnamed(c));
          return [
            {
              unitName: report.content?.rows.find((row) => row.unit === d.unit)?.name ?? SUM,
              cell: d.cell,
              name: columnName(column),
              before: printed(column, { [d.cell]: d.before }),
              after: printed(column, { [d.cell]: d.after }),
              enteredCount: d.entered.length,
              leftCount: d.left.length,
              changedCount: d.changed.length,
              entered: named(d.entered),
              left: named(d.left),
              changed: named(d.changed),
            },
          ];
        }),
      };
    });
  }

  private async things(tx: Tx, { frozenAt, toOn }: Report, changes: readonly Change[]) {
    const disputes = [...new Set(changes.flatMap(({ disputeId }) => disputeId ?? []))];
    const { rows, events, mappings } = await tx.asSystem(async () => ({
      rows: await tx.query<{ id: string; number: string; title: string; hidden: boolean }>(
        `select d.id, d.registration_number as number, d.title, d.is_sealed and not exists (select 1 from dispute_access x
           where x.dispute_id = d.id and x.account_id = $2 and (x.ends_at is null or x.ends_at > $3)) as hidden
           from dispute d where d.id = any ($1)`,
        [disputes, tx.actor.accountId, tx.now],
      ),
      events: await tx.query<{ disputeId: string; at: Date; act: string; actorName: string }>(
        `select dispute_id as "disputeId", at, act, actor_name as "actorName" from dispute_event
          where dispute_id = any ($1) and at > $2 order by at, id`,
        [disputes, frozenAt],
      ),
      mappings: await tx.query<{ at: Date; actorName: string }>(
        `select made_at as at, made_by_name as "actorName" from report_mapping where made_at > $1 and valid_from <= $2 order by made_at`,
        [frozenAt, toOn],
      ),
    }));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return new Map(
      changes.map((change) => {
        const row = change.disputeId === null ? undefined : byId.get(change.disputeId);
        const acts = events
          .filter(({ disputeId }) => disputeId === change.disputeId)
          .map(({ at, act, actorName }) => ({ at: at.toISOString(), actName: policyOf(act)?.label ?? act, actorName }));
        const remapped = mappings.map(({ at, actorName }) => ({
          at: at.toISOString(),
          actName: '修改统计口径对照',
          actorName,
        }));
        return [
          change.subjectId,
          {
            subjectId: change.subjectId,
            disputeId: row?.hidden === true ? null : change.disputeId,
            number: row?.number ?? null,
            title: row === undefined ? kindCn(change.kind, true) : row.hidden ? SEALED_TITLE : row.title,
            acts: acts.length > 0 ? acts : remapped,
          },
        ] as const;
      }),
    );
  }
}

interface CaseRow {
  readonly subjectId: string;
  readonly disputeId: string | null;
  readonly weight: number;
  readonly registrationNumber: string | null;
  readonly caseNumber: string | null;
  readonly title: string;
  readonly type: string;
  readonly source: string;
  readonly success: boolean;
  readonly kind: string;
}

function headerOf(report: Report) {
  const { id, centerId, form, span, rowsBy, fromOn, toOn, state, madeByName, frozenByName, frozenAt, version } = report;
  return {
    id,
    centerId,
    form,
    formName: FORMS[form],
    span,
    rowsBy,
    rowsByName: ROWS_BY[rowsBy],
    periodName: periodName(periodOf(report)),
    from: fromOn,
    to: toOn,
    state,
    stateName: STATES[state],
    madeByName,
    frozenByName,
    frozenAt: frozenAt?.toISOString() ?? null,
    version,
  };
}

/** Parameters $8 to $16. */
function askedOf({ where, measure }: Column, unit: string | undefined): unknown[] {
  const { kind, body = null, source = null, type = null, form = null, success = null, difficult = null } = where;
  return [
    unit === undefined || unit === SUM ? null : unit === NO_UNIT ? '' : unit,
    kind,
    body,
    source,
    type,
    form,
    success,
    difficult,
    measure,
  ];
}

/** Stands for the unit of what belongs to none: a query string carries no empty value. */
export const NO_UNIT = '-';

const nameIn = (names: Readonly<Record<string, string>>, key: string): string => names[key] ?? key;
const unnamed = (change: Change) => ({
  subjectId: change.subjectId,
  disputeId: null,
  number: null,
  title: kindCn(change.kind, true),
  acts: [],
});

const LISTED = /^(\d{4}-\d\d-\d\d)_([0-9a-f-]{36})$/;
function cursorOf(cursor: string | undefined): [string | null, string | null] {
  if (cursor === undefined) return [null, null];
  const [, day, id] = LISTED.exec(cursor) ?? [];
  if (day === undefined || id === undefined) throw malformedCursor();
  return [day, id];
}
