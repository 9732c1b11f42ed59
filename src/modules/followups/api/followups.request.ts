import { Flag, OneOf, PageQuery, Uuid } from '../../../platform/http';
import { type Occasion, OCCASIONS } from '../domain/occasions';

export class VisitListQuery extends PageQuery {
  @Uuid({ label: '综治中心', optional: true })
  centerId?: string;

  @OneOf({ label: '缘由', values: OCCASIONS, optional: true, example: 'after-closing' })
  occasion?: Occasion;

  @Flag({ label: '是否逾期', inQuery: true, optional: true, example: true })
  isLate?: boolean;
}
