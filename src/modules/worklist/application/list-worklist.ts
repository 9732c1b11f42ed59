import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { cursorParts, malformedCursor } from '../../../platform/http';
import { MATTER_STATES, MEDIATION_STATES, type MatterState, type MediationState, SEALED_TITLE } from '../../disputes';
import { PartyFinder } from '../../parties';
import { TASK_STATES, type TaskState } from '../../summons';
import { type DueKind, SECTIONS, type Section, type Tab } from '../domain/dictionaries';
import type { StepKey } from '../domain/steps';
import { isOfAgency } from './audiences';
import { reasonsOf } from './due-reasons';
import { type DueReasons, shownLine } from './lines';
import { filteredPageOf, pageOf } from './page-statements';

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
  readonly section: Section;
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
  readonly at: Date;
  readonly disputeId: string;
  readonly lineId: string;
}

const ORDER = Object.keys(SECTIONS) as Section[];
/** Tabs of what is over or told. */
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
    const isFiltered = query.disputeType !== undefined || query.riskLevel !== undefined || query.text !== undefined;
    return this.unitOfWork[isFiltered ? 'read' : 'readAlong'](async (tx) => {
      authorize(tx.actor, 'worklist.list');
      const limit = query.limit ?? 20;
      const found = await this.rows(tx, query, isFiltered, limit + 1);
      const page = found.slice(0, limit);
      const last = page.at(-1);
      const names = await this.parties.inShort(
        tx,
        page.flatMap((row) => (row.isSealed === false ? [row.disputeId] : [])),
      );
      const reasons = await reasonsOf(tx, page);
      return {
        items: page.map((row, i) => ({
          section: row.section,
          ...this.item(row, names.get(row.disputeId) ?? null, tx.now, reasons[i]),
        })),
        nextCursor:
          found.length > limit && last !== undefined
            ? `${last.section}_${last.sortAt.getTime()}_${last.disputeId}_${last.lineId}`
            : null,
      };
    });
  }

  /** At most `limit` lines that the reader may see behind: one statement, and another only past lines that are hidden. */
  private async rows(tx: Tx, query: ListWorklistQuery, isFiltered: boolean, limit: number): Promise<Row[]> {
    const asked = sectionsOf(query);
    // What stands on two lists of one's own is shown once: some more are asked for, so that one statement is enough.
    const most = limit + Math.ceil(limit / 2);
    const found: Row[] = [];
    for (let place = placeOf(query.cursor); ;) {
      const sections = place === null ? asked : asked.slice(Math.max(0, asked.indexOf(place.section)));
      const after = place?.section === sections[0] ? place : null;
      const rows = await tx.query<Row>(
        (isFiltered ? filteredPageOf : pageOf)(sections, after !== null, isOfAgency(tx.actor)),
        [
          query.tab,
          tx.now,
          tx.actor.accountId,
          most,
          ...(isFiltered
            ? [
                query.disputeType ?? null,
                query.riskLevel ?? null,
                query.text === undefined ? null : `%${query.text.replace(/[\\%_]/g, '\\$&')}%`,
              ]
            : []),
          ...(after === null ? [] : [after.at, after.disputeId, after.lineId]),
        ],
      );
      found.push(...rows.filter((row) => row.isVisible));
      const last = rows.at(-1);
      if (rows.length < most || last === undefined || found.length >= limit) return found.slice(0, limit);
      place = { section: last.section, at: last.sortAt, disputeId: last.disputeId, lineId: last.lineId };
    }
  }

  private item(row: Row, parties: string | null, now: Date, reasons: DueReasons | undefined) {
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

function placeOf(cursor: string | undefined): Place | null {
  const parts = cursorParts(cursor, CURSOR, ['section', 'ms', 'disputeId', 'lineId']);
  if (parts === null) return null;
  const { section, ms, disputeId, lineId } = parts;
  if (!(section in SECTIONS)) throw malformedCursor();
  return { section: section as Section, at: new Date(Number(ms)), disputeId, lineId };
}
