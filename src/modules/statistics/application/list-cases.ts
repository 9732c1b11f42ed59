import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { DISPUTE_TYPES, MATTER_STATES, type MatterState, SEALED_TITLE } from '../../disputes';
import { type Breakdown, type Figure, NOTES, type Note, type Part } from '../domain/figures';
import { casesOf, totalsOf } from './facts';
import { type FigureFilter, parametersOf, scopeOf } from './figure-query';

export interface CaseFilter extends FigureFilter {
  readonly part?: Part;
  readonly by?: Breakdown;
  /** Key of the group; '' for cases that belong to none. */
  readonly group?: string;
  readonly note?: Note;
  readonly limit?: number;
  readonly cursor?: string;
}

interface CaseRow {
  readonly subjectId: string;
  readonly at: Date;
  readonly verdict: 'hit' | 'miss' | 'apart';
  readonly note: Note | null;
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
  /** Only where days are counted. */
  readonly days: number | null;
}

const VERDICTS: Readonly<Record<Part, readonly string[]>> = {
  numerator: ['hit'],
  denominator: ['hit', 'miss'],
  missed: ['miss'],
  apart: ['apart'],
};
const DAY_NAMES = { hit: '暂停', miss: '计算中', apart: '另列' } as const;
const VERDICT_NAMES = { hit: '达到', miss: '未达到', apart: '另列' } as const;
const TYPE_NAMES: Readonly<Record<string, string>> = DISPUTE_TYPES;
/** Stands for the group of cases that belong to none: a query string carries no empty value. */
export const NO_GROUP = '-';

/** The very cases behind a number, by the same query. */
@Injectable()
export class ListCases {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute(figure: Figure, filter: CaseFilter) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'statistics.list-matters');
      return this.compute(tx, figure, filter);
    });
  }

  /** Within a transaction whose actor was authorized; the export prints the same. */
  async compute(tx: Tx, figure: Figure, filter: CaseFilter) {
    const scope = scopeOf(tx, filter);
    const { part = 'numerator', by = 'none', note = null, limit = 20 } = filter;
    const group = filter.group === NO_GROUP ? '' : (filter.group ?? null);
    const [at, id] = momentAfter(filter.cursor);
    const asked = [...parametersOf(tx, scope), VERDICTS[part], group, note, tx.actor.accountId];
    const { rows, totals } = await tx.asSystem(async () => ({
      rows: await tx.query<CaseRow>(casesOf(figure, by), [...asked, at, id, limit + 1]),
      totals: await tx.one<{ total: number; hidden: number }>(totalsOf(figure, by), asked),
    }));
    const page = pageOf(rows, limit, (r) => momentCursor(r.at, r.subjectId));
    return {
      total: totals.total,
      hiddenCount: totals.hidden,
      nextCursor: page.nextCursor,
      items: page.items.map((r) => ({
        subjectId: r.subjectId,
        disputeId: r.disputeId,
        at: r.at.toISOString(),
        verdict: r.verdict,
        verdictName: (figure === 'paused' ? DAY_NAMES : VERDICT_NAMES)[r.verdict],
        noteName: r.note === null ? null : NOTES[r.note],
        registrationNumber: r.registrationNumber,
        caseNumber: r.caseNumber,
        title: r.isSealed ? SEALED_TITLE : r.title,
        disputeType: r.disputeType,
        disputeTypeName: r.disputeType === null ? null : (TYPE_NAMES[r.disputeType] ?? r.disputeType),
        stateName: MATTER_STATES[r.state],
        centerName: r.centerName,
        handlerName: r.handlerName,
        agencyName: r.agencyName,
        days: r.days,
      })),
    };
  }
}
