import { Injectable } from '@nestjs/common';
import { KeyRing } from '../../../platform/crypto';
import type { Tx } from '../../../platform/database';
import type { ImportRow } from '../persistence/import-job.entity';
import type { RawRow, RowFault } from './import-rows';

export type RowState = ImportRow['state'];

export interface StoredRow {
  readonly number: number;
  readonly state: RowState;
  readonly oldNumber: string;
  readonly raw: RawRow;
  readonly faults: readonly RowFault[];
  readonly disputeId: string | null;
}

export type RowCounts = Readonly<Record<RowState, number>>;

/** How many rows of a selection are in each state. */
export const COUNTED = `count(*) filter (where state = 'good')::int as good, count(*) filter (where state = 'refused')::int as refused,
  count(*) filter (where state = 'known')::int as known, count(*) filter (where state = 'imported')::int as imported`;

const SELECTED = `row_number as "rowNumber", state, old_number as "oldNumber", content_cipher as "contentCipher", faults,
  became_id as "becameId"`;

/** Rows of uploads: what stands in them names people, so it lies encrypted and goes with the import. */
@Injectable()
export class ImportRowStore {
  constructor(private readonly keys: KeyRing) {}

  async add(tx: Tx, jobId: string, rows: readonly StoredRow[]): Promise<void> {
    await tx.query(
      `insert into import_row (job_id, row_number, state, old_number, content_cipher, faults, became_id)
       select $1, r.row_number, r.state, r.old_number, r.content_cipher, r.faults, r.became_id
         from jsonb_to_recordset($2) as r(row_number integer, state text, old_number text, content_cipher text, faults jsonb, became_id uuid)`,
      [
        jobId,
        JSON.stringify(
          rows.map((r) => ({
            row_number: r.number,
            state: r.state,
            old_number: r.oldNumber,
            content_cipher: this.keys.encrypt(JSON.stringify(r.raw), placeOf(jobId, r.number)),
            faults: r.faults,
            became_id: r.disputeId,
          })),
        ),
      ],
    );
  }

  /** Rows in this state, in their order, after row `after`. */
  async read(tx: Tx, jobId: string, state: RowState, after: number, limit: number): Promise<StoredRow[]> {
    const rows = await tx.query<ImportRow>(
      `select ${SELECTED} from import_row where job_id = $1 and state = $2 and row_number > $3 order by row_number limit $4`,
      [jobId, state, after, limit],
    );
    return rows.map((r) => ({
      number: r.rowNumber,
      state: r.state,
      oldNumber: r.oldNumber,
      raw:
        r.contentCipher === null
          ? {}
          : (JSON.parse(this.keys.decrypt(r.contentCipher, placeOf(jobId, r.rowNumber))) as RawRow),
      faults: r.faults,
      disputeId: r.becameId,
    }));
  }

  async settle(
    tx: Tx,
    jobId: string,
    number: number,
    end: { readonly state: RowState; readonly disputeId: string | null; readonly faults: readonly RowFault[] },
  ): Promise<void> {
    await tx.query(
      `update import_row set state = $3, became_id = $4, faults = $5,
              content_cipher = case when $3 = 'imported' then null else content_cipher end
        where job_id = $1 and row_number = $2`,
      [jobId, number, end.state, end.disputeId, JSON.stringify(end.faults)],
    );
  }

  async counts(tx: Tx, jobId: string): Promise<RowCounts> {
    return tx.one(`select ${COUNTED} from import_row where job_id = $1`, [jobId]);
  }
}

const placeOf = (jobId: string, rowNumber: number): string => `import_row.content:${jobId}/${rowNumber}`;
