import { Injectable } from '@nestjs/common';
import type { RuleBook } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { type CenterCalendar, DeadlineRules } from '../../calendar';
import { type AgencyDutyNow, Rosters } from '../../roster';
import { reckon } from '../domain/clocks';
import { SUMMONS_KINDS, type SummonsKind } from '../domain/dictionaries';
import type { KeptDutyNote } from '../persistence/summons.entity';

/** What a whistle says of the roster before it is blown. */
@Injectable()
export class DutyNotes {
  constructor(
    private readonly rosters: Rosters,
    private readonly rules: DeadlineRules,
  ) {}

  /** For the form: each agency's duty, with a warning for each kind whose first clock would run into a gap. */
  async forForm(tx: Tx, centerId: string, ids: readonly string[], office: CenterCalendar) {
    const kinds = Object.keys(SUMMONS_KINDS) as SummonsKind[];
    const rules = await this.rules.forCenter(tx, centerId);
    const duties = await this.rosters.agencies(tx, centerId, ids, office);
    return duties.map((duty) => ({
      agencyId: duty.agencyId,
      isThere: duty.isThere,
      words: duty.words,
      contacts: toAddOf(duty),
      warnings: kinds.flatMap((kind) => {
        const words = duty.warning(signDueAt(kind, tx.now, office, rules));
        return words === null ? [] : [{ kind, words }];
      }),
    }));
  }

  /** For the record of a whistle of this kind, by agency. */
  async forRecord(
    tx: Tx,
    whistle: { readonly kind: SummonsKind; readonly centerId: string },
    ids: readonly string[],
    office: CenterCalendar,
    occasion: KeptDutyNote['occasion'],
  ): Promise<ReadonlyMap<string, KeptDutyNote>> {
    const duties = await this.rosters.agencies(tx, whistle.centerId, ids, office);
    const dueAt = signDueAt(whistle.kind, tx.now, office, await this.rules.forCenter(tx, whistle.centerId));
    return new Map(duties.map((duty) => [duty.agencyId, noteOf(duty, whistle.kind, dueAt, tx.now, occasion)]));
  }
}

function noteOf(
  { words, contacts, warning }: AgencyDutyNow,
  kind: SummonsKind,
  dueAt: Date | null,
  now: Date,
  occasion: KeptDutyNote['occasion'],
): KeptDutyNote {
  const toAdd = kind === 'emergency' ? toAddOf({ words, contacts }) : null;
  return {
    at: now.toISOString(),
    occasion,
    words: toAdd === null ? words : `${words}；${toAdd}`,
    warning: warning(dueAt),
  };
}

/** Whom to call, where the words do not say it already. */
function toAddOf({ words, contacts }: Pick<AgencyDutyNow, 'words' | 'contacts'>): string | null {
  return words.includes(contacts) ? null : contacts;
}

/** The clock for signing, if it started now: the same for all levels and roles. */
function signDueAt(kind: SummonsKind, now: Date, office: CenterCalendar, rules: RuleBook): Date | null {
  const task = { kind, level: 'regular', role: 'lead', attendanceRequired: false, meetAt: null } as const;
  return reckon(task, 'sign', now, office, rules).currentDueAt;
}
