import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import {
  type DuplicateCandidate,
  type Likeness,
  type PossibleTwin,
  SAME_PLACE_DAYS,
  SIMILAR_TEXT_DAYS,
  findDuplicates,
} from '../domain/duplicates';
import type { Dispute } from '../persistence/dispute.entity';

const DAY = 86_400_000;

/** What a matter is looked up by: its words, its place and the number it carries elsewhere. */
export type SearchedMatter = Likeness & { readonly channel: string | null };

export function likenessOf(dispute: Dispute, narrative: string): SearchedMatter {
  const { channel, upstreamNumber, placeUnitId, place, title } = dispute;
  return { channel, upstreamNumber, placeUnitId, place, title, narrative };
}

/** Looks for matters that may be the same, among those that the actor may see. */
@Injectable()
export class PossibleDuplicates {
  /** One statement, at most 270 rows, whatever the size of the center. Sealed matters are left out. */
  async search(
    tx: Tx,
    centerId: string,
    matter: SearchedMatter,
    exceptId: string | null,
  ): Promise<DuplicateCandidate[]> {
    const others = await tx.query<PossibleTwin>(
      `with near as (
         (select id from dispute where center_id = $1 and channel = $3 and upstream_number = $4 order by registered_at desc limit 20)
         union
         (select id from dispute where center_id = $1 and place_unit_id = $5 and registered_at >= $6 order by registered_at desc limit 50)
         union
         (select id from dispute where center_id = $1 and registered_at >= $7 order by registered_at desc, id desc limit 200)
       )
       select d.id, d.registration_number as "registrationNumber", d.title, d.state, d.registered_at as "registeredAt",
              d.upstream_number as "upstreamNumber", d.place_unit_id as "placeUnitId", d.place,
              coalesce(left(n.narrative, 600), '') as narrative
         from near join dispute d on d.id = near.id left join dispute_narrative n on n.dispute_id = d.id
        where d.id is distinct from $2::uuid and d.state <> 'merged' and not d.is_sealed`,
      [
        centerId,
        exceptId,
        matter.channel,
        matter.upstreamNumber,
        matter.placeUnitId,
        new Date(tx.now.getTime() - SAME_PLACE_DAYS * DAY),
        new Date(tx.now.getTime() - SIMILAR_TEXT_DAYS * DAY),
      ],
    );
    return findDuplicates(matter, others, tx.now).slice(0, 20);
  }
}
