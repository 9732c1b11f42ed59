import { Injectable, type PipeTransform } from '@nestjs/common';
import { notFound } from '../../../kernel';
import { type Figure, FIGURE_KEYS } from '../domain/figures';

/** A figure in the path: an unknown one is not there. */
@Injectable()
export class FigurePipe implements PipeTransform<string, Figure> {
  transform(value: string): Figure {
    const figure = FIGURE_KEYS.find((key) => key === value);
    if (figure === undefined) throw notFound();
    return figure;
  }
}
