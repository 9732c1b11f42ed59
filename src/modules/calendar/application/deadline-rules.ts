import { Injectable } from '@nestjs/common';
import { RuleBook, type RuleVersion } from '../../../kernel';
import type { Tx } from '../../../platform/database';

/** Terms by which deadlines begin, read once in the transaction that uses them. */
@Injectable()
export class DeadlineRules {
  private readonly books = new WeakMap<Tx, Map<string, Promise<RuleBook>>>();

  /** The rules of a center: its own, and the presets where it has set none. */
  async forCenter(tx: Tx, centerId: string): Promise<RuleBook> {
    const books = this.books.get(tx) ?? new Map<string, Promise<RuleBook>>();
    this.books.set(tx, books);
    const book = books.get(centerId) ?? this.read(tx, centerId);
    books.set(centerId, book);
    return book;
  }

  private async read(tx: Tx, centerId: string): Promise<RuleBook> {
    return new RuleBook(
      await tx.query<RuleVersion>(
        `select id, rule_id as "ruleId", center_id is not null as "isOwn", version, term, unit, rolls, closes, article,
                valid_from as "validFrom", in_force_at as "inForceAt"
           from deadline_rule where state = 'in-force' and (center_id = $1 or center_id is null)`,
        [centerId],
      ),
    );
  }
}
