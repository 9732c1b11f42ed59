import type { Clock } from '../kernel';

/** The database's clock, but for the moments in which the demo center lives its past. */
export class TravellingClock implements Clock {
  private instant: Date | null = null;

  at(databaseNow: Date): Date {
    return this.instant === null ? databaseNow : new Date(this.instant);
  }

  /** Stands still at an instant such as `2026-09-30T17:25:00+08:00`. */
  travelTo(instant: string): void {
    this.instant = new Date(instant);
  }

  returnToPresent(): void {
    this.instant = null;
  }
}
