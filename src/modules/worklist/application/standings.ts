import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { Calendars } from '../../calendar';
import { MatterHooks } from '../../disputes';
import { type MatterTrace } from '../domain/trace';
import { entriesOf } from './entries';

/**
 * Changes with every change of the rules by which lists are made, for each center with when it warns: what other rules
 * made is made anew.
 */
const RULES = '5';
/** As SQL, of a center `c`. */
export const RULES_OF_CENTER = `'${RULES}/' || c.yellow_part`;

/** Keeps where each matter stands and on whose lists it is: made from its traces at the end of every act upon it. */
@Injectable()
export class Standings implements OnModuleInit {
  constructor(
    private readonly hooks: MatterHooks,
    private readonly calendars: Calendars,
  ) {}

  onModuleInit(): void {
    this.hooks.onHappening((tx, disputeId) => {
      tx.atEndOfAll('worklist', disputeId, (ids) => this.keep(tx, ids));
    });
  }

  /** Reads the traces of matters and keeps what follows from them. Runs past the actor's sight: it answers nothing. */
  async keep(tx: Tx, disputeIds: readonly string[]): Promise<void> {
    const rows = await tx.query<{ trace: MatterTrace; isOldLedger: boolean }>(
      `select trace || app.worklist_answers((trace->>'id')::uuid) || app.worklist_meetings((trace->>'id')::uuid)
                 || app.worklist_reviews((trace->>'id')::uuid) as trace,
              coalesce((select d.is_imported and d.volume = 1 from dispute d where d.id = (trace->>'id')::uuid), false) as "isOldLedger"
         from app.worklist_traces($1) t(trace) order by trace->>'id'`,
      [disputeIds],
    );
    const officeOf = await this.calendars.forCenters(
      tx,
      rows.map((r) => r.trace.centerId),
    );
    const kept = rows.map(({ trace, isOldLedger }) => {
      const office = officeOf(trace.centerId);
      const { isOpen, waits, entries: lines } = entriesOf(trace, office);
      // Thousands that nobody has worked on here would bury what their importer has done.
      const entries = isOldLedger ? [] : lines;
      const [first] = waits;
      return {
        id: trace.id,
        matter: {
          is_open: isOpen,
          step: first?.step ?? null,
          holder: first?.holder ?? null,
          since: first?.since ?? null,
          due_kind: first?.dueKind ?? null,
          due_on: first?.dueOn ?? null,
          due_at: first?.dueAt ?? null,
          warns_at: first?.warnsAt ?? null,
          is_paused: first?.isPaused ?? false,
          waits,
          rules: `${RULES}/${office.yellowPart}`,
        },
        entries: entries.map((e) => ({
          tab: e.tab,
          audience: e.audience,
          line_id: e.lineId,
          phase: e.phase,
          sort_at: e.sortAt,
          step: e.step,
          holder: e.holder,
          since: e.since,
          due_kind: e.dueKind,
          due_on: e.dueOn,
          due_at: e.dueAt,
          warns_at: e.warnsAt,
          is_paused: e.isPaused,
          excluded: e.excluded,
        })),
      };
    });
    await tx.query(
      `select app.keep_worklist(k.id, k.matter, k.entries)
         from jsonb_to_recordset($1) as k(id uuid, matter jsonb, entries jsonb)`,
      [JSON.stringify(kept)],
    );
  }
}
