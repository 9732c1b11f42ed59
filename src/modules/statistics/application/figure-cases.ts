import { addDays, startOfDay } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { cursorParts } from '../../../platform/http';
import { DISPUTE_TYPES, MATTER_STATES, type MatterState, SEALED_TITLE } from '../../disputes';
import type { Breakdown } from '../domain/breakdowns';
import { type Figure, FIGURE_CODES, NOTE_CODES, NOTES, type Note, type Verdict, VERDICTS } from '../domain/figures';
import type { Period } from '../domain/periods';
import { type Asked, placesIn } from './figure-question';
import {
  dayOf,
  figureOf,
  groupKey,
  narrowing,
  noteOf,
  type SumRow,
  turnedSource,
  Values,
  verdictOf,
} from './figure-sums';

/** Which of the cases behind a figure. */
export interface CasePart {
  readonly verdicts: readonly Verdict[];
  /** Key of the group; '' for cases that belong to none, null for all. */
  readonly group: string | null;
  readonly note: Note | null;
}

interface CaseRow {
  readonly mark: string;
  readonly subjectId: string;
  readonly at: Date;
  readonly verdict: number;
  readonly note: number | null;
  readonly weight: number;
  readonly disputeId: string;
  readonly registrationNumber: string;
  readonly caseNumber: string | null;
  readonly title: string;
  readonly disputeType: string | null;
  readonly state: MatterState;
  readonly isSealed: boolean;
  readonly centerName: string;
  readonly handlerName: string | null;
  readonly agencyName: string | null;
}

const DAY_NAMES = { hit: '暂停', miss: '计算中', apart: '另列' } as const;
const VERDICT_NAMES = { hit: '达到', miss: '未达到', apart: '另列' } as const;
const TYPE_NAMES: Readonly<Record<string, string>> = DISPUTE_TYPES;
const MARK = /^(-?\d{1,18})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** A sealed matter (alias x) on whose list an account is not. */
const hiddenFrom = (account: string, now: string): string => `(x.is_sealed and not exists (
  select 1 from dispute_access a where a.dispute_id = x.id and a.account_id = ${account} and (a.ends_at is null or a.ends_at > ${now})))`;

/** Cases of one figure in a group, the latest first; those of matters sealed to whoever asks are left out. */
export async function casesOf(
  tx: Tx,
  q: Asked,
  figure: Figure,
  part: CasePart,
  page: { readonly limit: number; readonly cursor?: string },
) {
  const after = cursorParts(page.cursor, MARK, ['mark', 'id']);
  const values = new Values();
  const { kept, turned, now } = await sources(tx, q, figure, part, values);
  const day = dayOf(q.basis);
  const limit = values.add(page.limit + 1, 'integer');
  const mark = values.add(after?.mark ?? null, 'bigint');
  const id = values.add(after?.id ?? null, 'uuid');
  const hidden = hiddenFrom(values.add(tx.actor.accountId, 'uuid'), now);
  const rest = `and not ${hidden} and (${mark} is null or (${day}, f.subject_id) < (timestamptz 'epoch' + ${mark} * interval '1 microsecond', ${id}))`;
  const centers = values.ids(q.centerIds);
  const open = 'join dispute x on x.id = f.dispute_id';
  // Each center gives its latest, by its index; of these the latest of all.
  const found = q.isKept
    ? `select n.* from unnest(${centers}) ce(id) cross join lateral (
         select f.* from app.figure_fact f ${open} where f.center_id = ce.id and ${kept} ${rest}
          order by ${day} desc, f.subject_id desc limit ${limit}) n
       union all
       select f.* from ${turnedSource(q, values)} f ${open} where ${turned} ${rest}`
    : `select f.* from app.figure_rows_at(${now}) f ${open} where f.center_id = any (${centers}) and ${turned} ${rest}`;
  const rows = await tx.query<CaseRow>(
    `select (extract(epoch from ${day}) * 1000000)::bigint::text as mark, f.subject_id as "subjectId", ${day} as at, f.verdict, f.note,
            (f.weight + f.daily * app.day_number(${now}))::float8 as weight, x.id as "disputeId",
            x.registration_number as "registrationNumber", x.case_number as "caseNumber", x.title, x.dispute_type as "disputeType",
            x.state, x.is_sealed as "isSealed", ce.name as "centerName", h.display_name as "handlerName", g.name as "agencyName"
       from (${found}) f ${open} join center ce on ce.id = f.center_id
       left join account h on h.id = f.mediator_id left join agency g on g.id = f.agency_id
      order by ${day} desc, f.subject_id desc limit ${limit}`,
    values.list,
  );
  const items = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? items.at(-1) : undefined;
  return {
    nextCursor: last === undefined ? null : `${last.mark}_${last.subjectId}`,
    items: items.map((r) => caseOf(figure, r)),
  };
}

/** How many of them belong to matters sealed to whoever asks: counted, not listed. */
export async function hiddenCount(tx: Tx, q: Asked, figure: Figure, part: CasePart): Promise<number> {
  const values = new Values();
  const { kept, turned, now } = await sources(tx, q, figure, part, values);
  const centers = values.ids(q.centerIds);
  const sealed = `select x.id from dispute x where x.is_sealed and x.center_id in (select unnest(${centers}))
    and ${hiddenFrom(values.add(tx.actor.accountId, 'uuid'), now)}`;
  const keptRows = `select 1 from app.figure_fact f where f.dispute_id in (${sealed}) and ${kept} union all`;
  const { count } = await tx.one<{ count: number }>(
    `select count(*)::int as count from (${q.isKept ? keptRows : ''}
       select 1 from ${q.isKept ? turnedSource(q, values) : `app.figure_rows_at(${now})`} f where f.dispute_id in (${sealed}) and ${turned}) r`,
    values.list,
  );
  return count;
}

/** Of the cases that sums add up, those of matters sealed to whoever reads: nothing where there are none. */
export async function closedSums(
  tx: Tx,
  q: Asked,
  figures: readonly Figure[],
  period: Period,
): Promise<Omit<SumRow, 'weight'>[]> {
  const values = new Values();
  const now = values.add(q.now, 'timestamptz');
  const centers = values.ids(q.centerIds);
  const reader = values.add(q.guardedFrom === 'everybody' ? null : tx.actor.accountId, 'uuid');
  const codes = values.add(
    figures.map((f) => FIGURE_CODES[f]),
    'smallint[]',
  );
  const day = dayOf(q.basis);
  const where = `f.dispute_id in (select id from sealed) and f.figure = any (${codes})
    and ${day} >= ${values.add(startOfDay(period.from), 'timestamptz')} and ${day} < ${values.add(startOfDay(addDays(period.to, 1)), 'timestamptz')}
    and ${narrowing(q, values)}`;
  const turned = values.ids(q.turned);
  const columns = `f.figure, coalesce(${groupKey(q.by, q.basis)}, '') as key, f.verdict, f.note`;
  const source = q.isKept
    ? `select ${columns} from app.figure_fact f where ${where} and f.dispute_id <> all (${turned}) union all
       select ${columns} from ${turnedSource(q, values)} f where ${where} and f.dispute_id = any (${turned})`
    : `select ${columns} from app.figure_rows_at(${now}) f where ${where} and ${turned} is not null`;
  return (
    await tx.query<{ figure: number; key: string; verdict: number; note: number | null; count: number }>(
      `with sealed as materialized (select x.id from dispute x where x.is_sealed and x.center_id = any (${centers}) and ${hiddenFrom(reader, now)})
       select figure, key, verdict, note, count(*)::int as count from (${source}) r group by 1, 2, 3, 4`,
      values.list,
    )
  ).map((r) => ({
    figure: figureOf(r.figure),
    key: r.key,
    verdict: verdictOf(r.verdict),
    note: noteOf(r.note),
    count: r.count,
  }));
}

/** Conditions on kept cases and on those that the clock has turned since (or on all, where none are kept). */
async function sources(tx: Tx, q: Asked, figure: Figure, part: CasePart, values: Values) {
  const code = values.add(FIGURE_CODES[figure], 'smallint');
  const from = values.add(startOfDay(q.period.from), 'timestamptz');
  const before = values.add(startOfDay(addDays(q.period.to, 1)), 'timestamptz');
  const verdicts = values.add(
    part.verdicts.map((v) => VERDICTS[v]),
    'smallint[]',
  );
  const note = values.add(part.note === null ? null : NOTE_CODES[part.note], 'smallint');
  const turned = q.isKept ? values.ids(q.turned) : 'null::uuid[]';
  const now = values.add(q.now, 'timestamptz');
  const day = dayOf(q.basis);
  const common = `f.figure = ${code} and ${day} >= ${from} and ${day} < ${before} and f.verdict = any (${verdicts})
    and (${note} is null or f.note = ${note}) and ${narrowing(q, values)}
    and ${await inGroup(tx, q, part.group, values)}`;
  return {
    kept: `${common} and not exists (select 1 from unnest(${turned}) t(id) where t.id = f.dispute_id)`,
    turned: q.isKept ? `f.dispute_id = any (${turned}) and ${common}` : common,
    now,
  };
}

const HOLDERS: Partial<Record<Breakdown, string>> = { street: 'street', community: 'community' };

async function inGroup(tx: Tx, q: Asked, group: string | null, values: Values): Promise<string> {
  if (group === null) return 'true';
  if (q.by === 'branch') {
    const centers = [...q.branchOf].filter(([, branch]) => branch === group).map(([id]) => id);
    return `f.center_id = any (${values.ids(centers)})`;
  }
  const kind = HOLDERS[q.by];
  if (kind === undefined) return `coalesce(${groupKey(q.by, q.basis)}, '') = ${values.add(group, 'text')}`;
  if (group !== '') return `f.place_unit_id = any (${values.ids(await placesIn(tx, group, q.today))})`;
  return `app.unit_within(f.place_unit_id, ${values.add(kind, 'text')}, ${values.add(q.today, 'date')}) is null`;
}

function caseOf(figure: Figure, r: CaseRow) {
  const verdict = verdictOf(r.verdict);
  const note = noteOf(r.note);
  const days = figure === 'paused';
  return {
    subjectId: r.subjectId,
    disputeId: r.disputeId,
    at: r.at.toISOString(),
    verdict,
    verdictName: (days ? DAY_NAMES : VERDICT_NAMES)[verdict],
    noteName: note === null ? null : NOTES[note],
    registrationNumber: r.registrationNumber,
    caseNumber: r.caseNumber,
    title: r.isSealed ? SEALED_TITLE : r.title,
    disputeType: r.disputeType,
    disputeTypeName: r.disputeType === null ? null : (TYPE_NAMES[r.disputeType] ?? r.disputeType),
    stateName: MATTER_STATES[r.state],
    centerName: r.centerName,
    handlerName: r.handlerName,
    agencyName: r.agencyName,
    days: days ? r.weight : null,
  };
}
