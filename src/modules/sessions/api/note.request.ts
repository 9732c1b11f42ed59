import { OneOf, PageQuery, Text, Uuid } from '../../../platform/http';
import { RINGS, type Ring } from '../domain/dictionaries';

export class WriteNoteRequest {
  @OneOf({ label: '可见范围', values: RINGS, description: '先选范围，再写内容；以后只能缩小', example: 'center' })
  ring!: Ring;

  @Uuid({ label: '所属调解会', optional: true })
  sessionId?: string;

  @Text({ label: '内容', max: 5000, multiline: true, example: '已电话联系李建国，情绪平稳，愿意来谈。' })
  text!: string;
}

export class NarrowNoteRequest {
  @OneOf({ label: '新的可见范围', values: RINGS, example: 'mediator' })
  ring!: Ring;

  @Text({ label: '原因', max: 500, example: '内容不宜公开' })
  reason!: string;
}

export class NotesQuery extends PageQuery {
  @OneOf({ label: '可见范围', values: RINGS, optional: true, example: 'center' })
  ring?: Ring;
}
