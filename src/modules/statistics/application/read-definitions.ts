import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { FIGURE_KEYS, FIGURES } from '../domain/figures';

/** How each figure is counted, in words. */
@Injectable()
export class ReadDefinitions {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute() {
    return this.unitOfWork.read((tx) => {
      authorize(tx.actor, 'statistics.read-definitions');
      return Promise.resolve({ items: FIGURE_KEYS.map((figure) => ({ figure, ...FIGURES[figure] })) });
    });
  }
}
