import { Injectable } from '@nestjs/common';
import type { LegalDate } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Agency, Center, Committee } from '../persistence/organization.entity';

/** What other modules ask about organisations. Absent ones are 404. */
@Injectable()
export class Organizations {
  async center(tx: Tx, id: string): Promise<Center> {
    return tx.get(Center, id);
  }

  async committee(tx: Tx, id: string): Promise<Committee> {
    return tx.get(Committee, id);
  }

  async agency(tx: Tx, id: string): Promise<Agency> {
    return tx.get(Agency, id);
  }

  /** Is the account a mediator of the committee on that day (People’s Mediation Law arts. 13–14)? */
  async isActiveMediator(tx: Tx, accountId: string, committeeId: string, on: LegalDate): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from committee_member
        where account_id = $1 and committee_id = $2 and term_from <= $3 and (term_to is null or term_to > $3)`,
      [accountId, committeeId, on],
    );
    return rows.length > 0;
  }

  /** Name of an administrative unit on a day; null when it had no version then. */
  async unitName(tx: Tx, unitId: string, on: LegalDate): Promise<string | null> {
    const [row] = await tx.query<{ name: string }>(
      `select name from org_unit_version
        where unit_id = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)`,
      [unitId, on],
    );
    return row?.name ?? null;
  }
}
