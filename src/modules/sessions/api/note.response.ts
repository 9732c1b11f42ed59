import { Shows } from '../../../platform/http';
import { RINGS } from '../domain/dictionaries';
import { WritableRingResponse } from './ring.response';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class WrittenNoteResponse {
  @Shows('笔记标识', { example: ID })
  id!: string;

  @Shows('可见范围', { values: RINGS, example: 'center' })
  ring!: string;

  @Shows('激化苗头提示词；有的，请立即报告（人民调解法第二十五条）', { type: String, isArray: true, example: [] })
  cues!: string[];
}

class NoteResponse {
  @Shows('笔记标识', { example: ID })
  id!: string;

  @Shows('所属调解会', { type: String, nullable: true, example: null })
  sessionId!: string | null;

  @Shows('可见范围', { values: RINGS, example: 'center' })
  ring!: string;

  @Shows('可见范围名称', { example: '中心可见' })
  ringName!: string;

  @Shows('内容', { example: '已电话联系李建国，情绪平稳，愿意来谈。' })
  text!: string;

  @Shows('书写人', { example: '刘调解' })
  authorName!: string;

  @Shows('书写时间', { example: '2026-11-20T01:00:00.000Z' })
  writtenAt!: string;

  @Shows('缩小可见范围的时间', { type: String, nullable: true, example: null })
  narrowedAt!: string | null;

  @Shows('缩小可见范围的原因', { type: String, nullable: true, example: null })
  narrowedReason!: string | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['notes.narrow'] })
  allowedActs!: string[];
}

export class NotesPageResponse {
  @Shows('笔记，新的在前', { type: [NoteResponse] })
  items!: NoteResponse[];

  @Shows('下一页的翻页标记；没有下一页时为空', { type: String, nullable: true, example: null })
  nextCursor!: string | null;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['notes.write'] })
  allowedActs!: string[];

  @Shows('您可以选择的可见范围', { type: [WritableRingResponse] })
  writableRings!: WritableRingResponse[];
}
