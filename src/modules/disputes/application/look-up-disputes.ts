import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import type { DisputeType, Nature } from '../domain/dictionaries';
import { RISK_OWNERS } from '../domain/dictionaries';
import { adviseRoutes } from '../domain/route-advice';
import { AssessRisk } from './assess-risk';
import { Matters } from './matters';
import { PossibleDuplicates, likenessOf } from './possible-duplicates';

export interface FindDuplicatesQuery {
  readonly centerId: string;
  readonly disputeId?: string;
  readonly channel?: string;
  readonly upstreamNumber?: string;
  readonly placeUnitId?: string;
  readonly place?: string;
  readonly title?: string;
}

/** What the desk looks up on the way: duplicates, routes, the suggested level, the receipt. */
@Injectable()
export class LookUpDisputes {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly duplicates: PossibleDuplicates,
    private readonly risk: AssessRisk,
  ) {}

  /** Matters that may be the same as one on record, or as one about to be registered. */
  async possibleDuplicates(query: FindDuplicatesQuery) {
    return this.unitOfWork.read(async (tx) => {
      if (query.disputeId === undefined) {
        authorize(tx.actor, 'disputes.find-duplicates', { centerId: query.centerId });
        const { centerId, channel = null, upstreamNumber = null, placeUnitId = null, place = null, title = '' } = query;
        const items = await this.duplicates.search(
          tx,
          centerId,
          { channel, upstreamNumber, placeUnitId, place, title, narrative: '' },
          null,
        );
        return { items };
      }
      const { dispute } = await this.matters.read(tx, query.disputeId, 'disputes.find-duplicates');
      const [words] = await tx.query<{ narrative: string }>(
        'select narrative from dispute_narrative where dispute_id = $1',
        [dispute.id],
      );
      return {
        items: await this.duplicates.search(
          tx,
          dispute.centerId,
          likenessOf(dispute, words?.narrative ?? ''),
          dispute.id,
        ),
      };
    });
  }

  /** Routes that the matter may take, with reason and law. Nature and type may be tried out before triage. */
  async routeAdvice(disputeId: string, query: { readonly nature?: Nature; readonly disputeType?: DisputeType }) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'disputes.advise-route');
      const nature = query.nature ?? dispute.nature;
      if (nature === null) {
        throw new DomainError('conflict', 'disputes.nature-unknown', '请先选择事项性质，再查看途径建议。');
      }
      return { nature, items: adviseRoutes(nature, query.disputeType ?? dispute.disputeType) };
    });
  }

  async riskSuggestion(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'disputes.suggest-risk');
      const { level, factors } = await this.risk.suggest(tx, dispute);
      return { currentLevel: dispute.riskLevel, suggestedLevel: level, factors, owner: RISK_OWNERS[level] };
    });
  }

  /** What is printed on the receipt handed over the counter. It stays valid when the matter is merged. */
  async receipt(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'disputes.read-receipt');
      const desk = await tx.one<{
        centerName: string;
        phone: string | null;
        address: string | null;
        firstResponder: string;
      }>(
        `select c.name as "centerName", c.phone, c.address, a.display_name as "firstResponder"
           from center c, account a where c.id = $1 and a.id = $2`,
        [dispute.centerId, dispute.firstResponderId],
      );
      const merged = await tx.query<{ registrationNumber: string; registeredAt: Date }>(
        `select registration_number as "registrationNumber", registered_at as "registeredAt"
           from dispute where merged_into_id = $1 order by registered_at`,
        [disputeId],
      );
      return {
        registrationNumber: dispute.registrationNumber,
        upstreamNumber: dispute.upstreamNumber,
        registeredAt: dispute.registeredAt.toISOString(),
        limitationInterruptedAt: dispute.limitationInterruptedAt.toISOString(),
        firstResponder: desk.firstResponder,
        centerName: desk.centerName,
        centerPhone: desk.phone,
        centerAddress: desk.address,
        mergedReceipts: merged.map((m) => ({
          registrationNumber: m.registrationNumber,
          registeredAt: m.registeredAt.toISOString(),
        })),
      };
    });
  }
}
