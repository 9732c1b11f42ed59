import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import type { Figure } from '../domain/figures';
import type { FigureQuestion } from './figure-question';
import { Figures } from './figures';

/** Centers named in an answer: of a province the first, and how many there are. */
const MOST_NAMED = 20;
/** Centers told apart on one page: nobody reads two thousand rows of them, and a place below has its own. */
const MOST_CENTERS = 200;

/** Figures of a period, with the one before and the year before, broken down as asked. */
@Injectable()
export class ReadFigures {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly figures: Figures,
  ) {}

  async execute(question: FigureQuestion & { readonly figure?: Figure }) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'statistics.read');
      const { centers, ...answer } = await this.figures.compute(tx, question, MOST_CENTERS);
      return { ...answer, centers: centers.slice(0, MOST_NAMED), centerCount: centers.length };
    });
  }
}
