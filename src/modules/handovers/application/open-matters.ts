import { formatLegalDateCn, type LegalDate, legalDateFromInstant, timeOfDayMs } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { MATTER_STATES, MEDIATION_STATES, type MatterState, type MediationState, SEALED_TITLE } from '../../disputes';
import { dueName, stepWords } from '../../worklist';
import type { Duty } from '../domain/dictionaries';

/** A matter that somebody has in hand, as it stands now. */
export interface OpenMatter {
  readonly disputeId: string;
  readonly number: string;
  readonly title: string;
  readonly duties: readonly Duty[];
  readonly standing: readonly string[];
}

interface Row {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly isSealed: boolean;
  readonly state: MatterState;
  readonly mediationState: MediationState | null;
  readonly duties: Duty[];
  readonly step: string | null;
  readonly dueKind: string | null;
  readonly dueOn: LegalDate | null;
  readonly dueAt: Date | null;
  readonly isPaused: boolean | null;
  readonly whistles: { number: string; agency: string; dueAt: string | null }[];
  readonly promises: { content: string; dueOn: LegalDate }[];
  readonly sessions: { startsAt: string; place: string }[];
}

/** States in which nothing is left to be handed over. */
export const NOTHING_LEFT = ['answered', 'referred', 'not-accepted', 'merged', 'closed', 'followed-up', 'archived'];

/** $1 who, $2 the center, $3 states in which nothing is left to do. */
const IN_HAND = `from dispute d, lateral (
    select array_remove(array_agg(distinct x.duty order by x.duty), null) as duties from (
      select a.capacity as duty from assignment a where a.dispute_id = d.id and a.account_id = $1 and a.ended_at is null
      union all select 'handler' where d.handler_account_id = $1
      union all select 'supervised' from supervision v where v.dispute_id = d.id and v.addressee_account_id = $1 and v.state = 'open') x) h
  where cardinality(h.duties) > 0 and d.state <> all ($3) and $2 in (d.center_id, d.handling_center_id)`;

const MATTERS = `select d.id, d.registration_number as number, d.title, d.is_sealed as "isSealed", d.state, d.mediation_state as "mediationState", h.duties,
    w.step, w.due_kind as "dueKind", w.due_on as "dueOn", w.due_at as "dueAt", w.is_paused as "isPaused",
    coalesce((select jsonb_agg(jsonb_build_object('number', s.number, 'agency', g.name,
        'dueAt', (select min(u.current_due_at) from summons_due u where u.task_id = t.id and u.met_at is null and u.stopped_at is null)) order by s.number)
      from summons s join summons_task t on t.summons_id = s.id join agency g on g.id = t.agency_id
     where s.dispute_id = d.id and s.state = 'issued' and t.state not in ('upheld', 'rated', 'closed', 'withdrawn')), '[]') as whistles,
    coalesce((select jsonb_agg(jsonb_build_object('content', i.content, 'dueOn', i.due_on) order by i.due_on)
      from performance_item i where i.dispute_id = d.id and i.state in ('open', 'breached')), '[]') as promises,
    coalesce((select jsonb_agg(jsonb_build_object('startsAt', m.starts_at, 'place', m.place) order by m.starts_at)
      from mediation_session m where m.dispute_id = d.id and m.state = 'planned'), '[]') as sessions
  ${IN_HAND.replace('from dispute d,', 'from dispute d left join worklist_matter w on w.dispute_id = d.id,')} order by d.registration_number`;

/** All that somebody has in hand at a center. Read as the system: whoever takes over does not see the matters yet. */
export async function openMatters(tx: Tx, accountId: string, centerId: string): Promise<OpenMatter[]> {
  const rows = await tx.asSystem(() => tx.query<Row>(MATTERS, [accountId, centerId, NOTHING_LEFT]));
  return rows.map((row) => ({
    disputeId: row.id,
    number: row.number,
    title: row.isSealed ? SEALED_TITLE : row.title,
    duties: row.duties,
    standing: standingOf(row),
  }));
}

export async function countOpenMatters(tx: Tx, accountId: string, centerId: string): Promise<number> {
  const [row] = await tx.asSystem(() =>
    tx.query<{ count: number }>(`select count(*)::int as count ${IN_HAND}`, [accountId, centerId, NOTHING_LEFT]),
  );
  return row?.count ?? 0;
}

/** What is told beside the matters: the agency's whistles stay with it, drafts are the writer's alone. */
export async function besideMatters(tx: Tx, accountId: string, centerId: string): Promise<string[]> {
  const [row] = await tx.asSystem(() =>
    tx.query<{ drafts: number; whistles: string[] | null }>(
      `select (select count(*)::int from draft where account_id = $1) as drafts,
              (select array_agg(distinct s.number || '（' || g.name || '）')
                 from posting p join summons_task t on t.agency_id = p.agency_id join summons s on s.id = t.summons_id
                      join agency g on g.id = t.agency_id
                where p.account_id = $1 and p.center_id = $2 and s.state = 'issued'
                  and t.state not in ('upheld', 'rated', 'closed', 'withdrawn')) as whistles`,
      [accountId, centerId],
    ),
  );
  return [
    ...(row?.whistles ?? []).map((whistle) => `所在单位未办完的吹哨单：${whistle}，由所在单位接续办理`),
    ...((row?.drafts ?? 0) > 0 ? [`本人未提交的草稿${row?.drafts ?? 0}份，离任前由本人提交或删除`] : []),
  ];
}

function standingOf({
  state,
  mediationState,
  step,
  dueKind,
  dueOn,
  dueAt,
  isPaused,
  whistles,
  promises,
  sessions,
}: Row): string[] {
  const mediation = mediationState === null ? '' : `，${MEDIATION_STATES[mediationState]}`;
  return [
    `进度：${MATTER_STATES[state]}${mediation}`,
    ...(step === null ? [] : [`下一步：${stepWords(step)}`]),
    ...(isPaused === true ? ['时限：暂停计时'] : []),
    ...(dueKind !== null && dueAt !== null && isPaused !== true
      ? [`时限：${dueName(dueKind)}到${dueOn === null ? instantCn(dueAt) : formatLegalDateCn(dueOn)}`]
      : []),
    ...whistles.map(
      (w) => `吹哨：${w.number} ${w.agency}${w.dueAt === null ? '' : `，时限到${instantCn(new Date(w.dueAt))}`}`,
    ),
    ...sessions.map((s) => `调解会：${instantCn(new Date(s.startsAt))}，${s.place}`),
    ...promises.map((p) => `待履行：${p.content}，${formatLegalDateCn(p.dueOn)}前`),
  ];
}

function instantCn(at: Date): string {
  const minutes = Math.floor(timeOfDayMs(at) / 60_000);
  const time = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  return `${formatLegalDateCn(legalDateFromInstant(at))}${time}`;
}
