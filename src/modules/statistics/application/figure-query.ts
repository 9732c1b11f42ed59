import { addDays, legalDate, legalDateFromInstant, notFound, ruleViolation, startOfDay } from '../../../kernel';
import { centersOf } from '../../../platform/auth';
import type { Tx } from '../../../platform/database';
import type { Period } from '../domain/periods';
import { FIGURE_READERS } from '../policies';

/** What every question about figures may be narrowed by. */
export interface FigureFilter {
  readonly centerId?: string;
  readonly from: string;
  readonly to: string;
  readonly disputeType?: string;
  readonly mediatorId?: string;
  readonly agencyId?: string;
}

/** A question as asked of the database: number, list and export share it. */
export interface FigureScope {
  readonly centerIds: readonly string[];
  readonly period: Period;
  readonly disputeType: string | null;
  readonly mediatorId: string | null;
  readonly agencyId: string | null;
}

/** Checks the question against what the actor may ask. @throws 404 for another’s center, 422 for a period back to front. */
export function scopeOf(tx: Tx, filter: FigureFilter): FigureScope {
  const all = centersOf(tx.actor, FIGURE_READERS);
  if (filter.centerId !== undefined && !all.includes(filter.centerId)) throw notFound();
  if (filter.to < filter.from) {
    throw ruleViolation('statistics.period-reversed', '截止日期早于起始日期。请重新选择期间。', '/to');
  }
  return {
    centerIds: filter.centerId === undefined ? all : [filter.centerId],
    period: { from: legalDate(filter.from), to: legalDate(filter.to) },
    disputeType: filter.disputeType ?? null,
    mediatorId: filter.mediatorId ?? null,
    agencyId: filter.agencyId ?? null,
  };
}

/** Parameters $1 to $8 of every statement about figures. */
export function parametersOf(tx: Tx, scope: FigureScope, period: Period = scope.period): unknown[] {
  return [
    scope.centerIds,
    tx.now,
    legalDateFromInstant(tx.now),
    startOfDay(period.from),
    startOfDay(addDays(period.to, 1)),
    scope.disputeType,
    scope.mediatorId,
    scope.agencyId,
  ];
}
