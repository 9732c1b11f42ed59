import { Flag, PageQuery } from '../../../platform/http';

export class ListNotificationsQueryRequest extends PageQuery {
  @Flag({ label: '只看未读', optional: true, inQuery: true, example: true })
  isUnread?: boolean;
}
