import { Shows } from '../../../platform/http';
import { NOTIFICATION_KINDS, type NotificationKind } from '../domain/rules';

const EXAMPLE_ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class NotificationResponse {
  @Shows('消息标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('类别', { values: NOTIFICATION_KINDS, example: 'assignment' })
  kind!: NotificationKind;

  @Shows('类别名称', { example: '指派' })
  kindName!: string;

  @Shows('内容', { example: '您被指派参与办理' })
  text!: string;

  @Shows('发生时间', { example: '2026-11-20T01:30:00.000Z' })
  at!: string;

  @Shows('是否已读', { example: false })
  isRead!: boolean;

  @Shows('事项标识；您看不到该事项时为空', { type: String, nullable: true, example: EXAMPLE_ID })
  disputeId!: string | null;

  @Shows('吹哨任务标识；您看不到该任务时为空', { type: String, nullable: true, example: null })
  taskId!: string | null;

  @Shows('编号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  number!: string | null;
}

export class NotificationListResponse {
  @Shows('最新的在前', { type: NotificationResponse, isArray: true })
  items!: readonly NotificationResponse[];

  @Shows('下一页的翻页标记；没有下一页时为空', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}

export class UnreadCountResponse {
  @Shows('未读条数，最多 99', { example: 3 })
  unread!: number;

  @Shows('是否多于 99 条', { example: false })
  isMore!: boolean;
}

export class MarkedResponse {
  @Shows('新标为已读的条数', { example: 1 })
  marked!: number;
}
