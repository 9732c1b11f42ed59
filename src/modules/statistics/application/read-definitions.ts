import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { definitionOf, FIGURE_KEYS } from '../domain/figures';

/** How each figure is counted, in words: by every center of the installation, for definitions are no secret. */
@Injectable()
export class ReadDefinitions {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'statistics.read-definitions');
      const days = await tx.query<{ days: number }>(
        'select distinct relapse_days as days from center where is_active order by 1',
      );
      const observed = days.map((d) => d.days);
      return { items: FIGURE_KEYS.map((figure) => ({ figure, ...definitionOf(figure, observed) })) };
    });
  }
}
