import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { cursorParts, malformedCursor } from '../../../platform/http';
import { MATTER_STATES, MEDIATION_STATES, type MatterState, type MediationState, SEALED_TITLE } from '../../disputes';
import { PartyFinder } from '../../parties';
import { TASK_STATES, type TaskState } from '../../summons';
import { type DueKind, SECTIONS, type Section, type Tab } from '../domain/dictionaries';
import type { StepKey } from '../domain/steps';
import { type DueReasons, explainedDues } from './explained-dues';
import { shownLine } from './lines';
import { FILTERED_BY_RECENCY, FILTERED_BY_URGENCY, PAGE_BY_RECENCY, PAGE_BY_URGENCY } from './page-statements';

export interface ListWorklistQuery {
  readonly tab: Tab;
  readonly section?: Section;
  readonly disputeType?: string;
  readonly riskLevel?: string;
  readonly text?: string;
  readonly limit?: number;
  readonly cursor?: string;
}

interface Row {
  readonly disputeId: string;
  readonly lineId: string;
  readonly sortAt: Date;
  readonly step: StepKey | null;
  readonly holder: string | null;
  readonly since: Date;
  readonly dueKind: DueKind | null;
  readonly dueOn: string | null;
  readonly dueAt: Date | null;
  readonly warnsAt: Date | null;
  readonly isPaused: boolean;
  /** Something behind the line may be seen. */
  readonly isVisible: boolean;
  readonly registrationNumber: string | null;
  readonly caseNumber: string | null;
  readonly title: string | null;
  readonly disputeType: string | null;
  readonly riskLevel: string | null;
  readonly state: MatterState | null;
  readonly mediationState: MediationState | null;
  readonly isSealed: boolean | null;
  readonly summonsNumber: string | null;
  readonly brief: string | null;
  readonly taskState: TaskState | null;
}

/** Where a page begins: the section and the last line before it. */
interface Place {
  readonly section: Section;
  readonly at: Date | null;
  readonly disputeId: string | null;
  readonly lineId: string | null;
}

const ORDER = Object.keys(SECTIONS) as Section[];
/** Tabs of what is over or told: the latest first, whatever its light. */
const BY_RECENCY: readonly Tab[] = ['done', 'copied'];
const CURSOR = /^([a-z]+)_(-?\d{1,15})_([0-9a-f-]{36})_([0-9a-f-]{36})$/;
const TITLE_OF_BRIEF = 40;

/** A person's own lists: the most urgent first, by pages whose cost does not grow with the list. */
@Injectable()
export class ListWorklist {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly parties: PartyFinder,
  ) {}

  async execute(query: ListWorklistQuery) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'worklist.list');
      const limit = query.limit ?? 20;
      const sections = sectionsOf(query);
      const start = placeOf(query.cursor);
      const found: { readonly section: Section; readonly row: Row }[] = [];
      // Section after section until the page is full; each is a walk along the index of the list.
      for (const section of sections.slice(Math.max(0, sections.indexOf(start?.section ?? section0(sections))))) {
        const after = start?.section === section ? start : null;
        const rows = await this.section(tx, query, section, after, limit + 1 - found.length);
        found.push(...rows.map((row) => ({ section, row })));
        if (found.length > limit) break;
      }
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const names = await this.parties.inShort(
        tx,
        page.flatMap(({ row }) => (row.isSealed === false ? [row.disputeId] : [])),
      );
      const reasonsOf = await explainedDues(
        tx,
        page.map(({ row }) => row.disputeId),
      );
      return {
        items: page.map(({ section, row }) => ({
          section,
          ...this.item(row, names.get(row.disputeId) ?? null, tx.now, reasonsOf(row)),
        })),
        nextCursor:
          found.length > limit && last !== undefined
            ? `${last.section}_${last.row.sortAt.getTime()}_${last.row.disputeId}_${last.row.lineId}`
            : null,
      };
    });
  }

  /** At most `limit` lines of a section that the reader may see behind. */
  private async section(tx: Tx, query: ListWorklistQuery, section: Section, after: Place | null, limit: number) {
    const isFiltered = query.disputeType !== undefined || query.riskLevel !== undefined || query.text !== undefined;
    const isOver = section === 'over';
    const found: Row[] = [];
    for (let place = after; ;) {
      const common = [
        query.tab,
        ORDER.indexOf(section),
        tx.now,
        place?.at ?? null,
        place?.disputeId ?? null,
        place?.lineId ?? null,
        tx.actor.accountId,
      ];
      if (isFiltered) {
        return tx.query<Row>(isOver ? FILTERED_BY_RECENCY : FILTERED_BY_URGENCY, [
          ...common,
          limit,
          query.disputeType ?? null,
          query.riskLevel ?? null,
          query.text === undefined ? null : `%${query.text.replace(/[\\%_]/g, '\\$&')}%`,
        ]);
      }
      const rows = await tx.query<Row>(isOver ? PAGE_BY_RECENCY : PAGE_BY_URGENCY, [...common, limit]);
      found.push(...rows.filter((row) => row.isVisible));
      const last = rows.at(-1);
      if (rows.length < limit || last === undefined || found.length >= limit) return found.slice(0, limit);
      place = { section, at: last.sortAt, disputeId: last.disputeId, lineId: last.lineId };
    }
  }

  private item(row: Row, parties: string | null, now: Date, reasons: DueReasons) {
    const isTask = row.taskState !== null;
    const isSealed = row.isSealed ?? false;
    return {
      disputeId: row.disputeId,
      taskId: isTask ? row.lineId : null,
      number: isTask ? (row.summonsNumber ?? '') : (row.caseNumber ?? row.registrationNumber ?? ''),
      registrationNumber: isTask ? null : row.registrationNumber,
      title: isTask ? shortened(row.brief ?? '') : isSealed ? SEALED_TITLE : (row.title ?? ''),
      disputeType: isTask ? null : row.disputeType,
      riskLevel: isTask ? null : row.riskLevel,
      isSealed: !isTask && isSealed,
      parties: isTask ? null : parties,
      stateName: isTask ? TASK_STATES[row.taskState] : row.state === null ? '' : MATTER_STATES[row.state],
      mediationStateName: isTask || row.mediationState === null ? null : MEDIATION_STATES[row.mediationState],
      ...shownLine(row, now, reasons),
    };
  }
}

function shortened(brief: string): string {
  const characters = Array.from(brief);
  return characters.length <= TITLE_OF_BRIEF ? brief : `${characters.slice(0, TITLE_OF_BRIEF).join('')}…`;
}

function sectionsOf({ tab, section }: ListWorklistQuery): Section[] {
  if (BY_RECENCY.includes(tab)) return ['over'];
  if (section !== undefined) return [section];
  return tab === 'initiated' ? ORDER : ORDER.filter((s) => s !== 'over');
}

const section0 = (sections: readonly Section[]): Section => sections[0] ?? 'red';

function placeOf(cursor: string | undefined): Place | null {
  const parts = cursorParts(cursor, CURSOR, ['section', 'ms', 'disputeId', 'lineId']);
  if (parts === null) return null;
  const { section, ms, disputeId, lineId } = parts;
  if (!(section in SECTIONS)) throw malformedCursor();
  return { section: section as Section, at: new Date(Number(ms)), disputeId, lineId };
}
