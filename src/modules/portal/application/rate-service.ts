import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { MatterHooks, Matters } from '../../disputes';
import { SCORES, type Score } from '../domain/dictionaries';
import { hasOutcome } from '../domain/progress';
import { ServiceRating } from '../persistence/portal.entity';
import { PortalDesk } from './portal-desk';
import { ReadOwnMatter, hasRated } from './read-own-matter';

/** Ratings of the service: given by parties, read by those who were not rated, and never by name. */
@Injectable()
export class RateService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: PortalDesk,
    private readonly reading: ReadOwnMatter,
    private readonly matters: Matters,
    private readonly hooks: MatterHooks,
  ) {}

  /** Once per party and volume. The entry in the audit names the access, not the score. */
  async rate(command: { readonly score: number; readonly words?: string }) {
    return this.unitOfWork.run((tx) =>
      this.desk.at(tx, 'portal.rate', async (open) => {
        const { dispute } = open.matter;
        if (!hasOutcome(dispute)) {
          throw new DomainError('conflict', 'portal.no-outcome', '事情还在办理，有了结果再请您评价。');
        }
        if (await hasRated(tx, dispute.id, open.party.id, dispute.volume)) {
          throw new DomainError('conflict', 'portal.rated', '您已经评价过了，谢谢。');
        }
        await tx.insert(ServiceRating, {
          id: uuidv7(),
          disputeId: dispute.id,
          partyId: open.party.id,
          volume: dispute.volume,
          score: command.score,
          words: command.words ?? null,
          ratedAt: tx.now,
        });
        // Not recorded in the course of the matter, where it would tell who rated; the figures follow all the same.
        this.hooks.happened(tx, dispute.id);
        this.desk.auditReading(tx, open, 'portal.rate');
        tx.send({ topic: 'portal.rated', payload: { disputeId: dispute.id } });
        return this.reading.view(tx, open);
      }),
    );
  }

  /** Scores and words of a matter, ordered by what they say: neither who gave them nor when. */
  async list(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'portal.read-ratings');
      const items = await tx.asSystem(() =>
        tx.query<{ score: Score; words: string | null }>(
          'select score, words from service_rating where dispute_id = $1 order by score, words nulls last',
          [disputeId],
        ),
      );
      tx.audit({
        act: 'portal.read-ratings',
        objectType: 'dispute',
        objectId: dispute.id,
        disputeId: dispute.id,
        chain: dispute.centerId,
      });
      const sum = items.reduce((total, { score }) => total + score, 0);
      return {
        count: items.length,
        average: items.length === 0 ? null : Math.round((sum / items.length) * 10) / 10,
        items: items.map(({ score, words }) => ({ score: score, scoreName: SCORES[score], words })),
      };
    });
  }
}
