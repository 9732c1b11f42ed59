import type { Clock } from '../../src/kernel';

/** A clock that stands where the test puts it. */
export class FakeClock implements Clock {
  private instant: Date;

  constructor(start: string) {
    this.instant = new Date(start);
  }

  at(): Date {
    return new Date(this.instant);
  }

  /** Moves to an instant, e.g. `2026-09-30T17:25:00+08:00`. */
  set(instant: string): void {
    this.instant = new Date(instant);
  }

  advance(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }

  advanceDays(days: number): void {
    this.advance(days * 86_400_000);
  }
}
