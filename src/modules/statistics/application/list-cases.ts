import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import type { Figure } from '../domain/figures';
import { type CaseQuestion, Figures } from './figures';

/** The very cases behind a number, by the same question. */
@Injectable()
export class ListCases {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly figures: Figures,
  ) {}

  async execute(figure: Figure, question: CaseQuestion) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'statistics.list-matters');
      return this.figures.cases(tx, figure, question);
    });
  }
}
