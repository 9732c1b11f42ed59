import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import type { Dispute } from '../../disputes';
import { dossierList } from '../domain/dossier-list';
import { DossierRecord, type UnopenedFacts } from './dossier-record';

/** What the record says of a dossier that is to be reviewed. */
export interface DossierStanding {
  /** What must be in the file and is not. */
  readonly missing: readonly string[];
  /** What was done and has no paper or proof; files that cannot become pages. */
  readonly unfinished: readonly string[];
  /** Follow-ups in which somebody was reached. */
  readonly visits: number;
  readonly isBound: boolean;
}

/** Loaded within a transaction, opened outside of it. */
export interface UnopenedDossier {
  readonly facts: UnopenedFacts;
  readonly isBound: boolean;
}

/** For the review of files: the gaps of one's list. */
@Injectable()
export class DossierGaps {
  constructor(private readonly record: DossierRecord) {}

  async load(tx: Tx, dispute: Dispute): Promise<UnopenedDossier> {
    const [bound] = await tx.query(
      "select 1 from dossier_binding where dispute_id = $1 and volume = $2 and kind = 'full' and state = 'done' limit 1",
      [dispute.id, dispute.volume],
    );
    return { facts: await this.record.load(tx, dispute), isBound: bound !== undefined };
  }

  async standing({ facts, isBound }: UnopenedDossier): Promise<DossierStanding> {
    const items = dossierList(await this.record.opened(facts));
    const told = (need: 'required' | 'on-demand'): string[] =>
      items.filter((item) => item.need === need).flatMap((item) => item.gaps.map((gap) => gap.text));
    const unbindable = items.flatMap((item) =>
      item.files.flatMap((f) => (f.obstacle === null ? [] : [`“${f.fileName}”：${f.obstacle}`])),
    );
    return {
      missing: told('required'),
      unfinished: [...told('on-demand'), ...unbindable],
      visits: facts.visits,
      isBound,
    };
  }
}
