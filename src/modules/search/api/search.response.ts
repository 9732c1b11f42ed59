import { Shows } from '../../../platform/http';
import { DISPUTE_TYPES } from '../../disputes';
import { FIELDS, type Field } from '../domain/fields';

export class SearchMatchResponse {
  @Shows('在何处找到', { values: FIELDS, example: 'party' })
  field!: Field;

  @Shows('在何处找到（名称）', { example: '当事人' })
  fieldName!: string;

  @Shows('找到的内容（已遮盖）；案情中的字词不显示', { type: String, nullable: true, example: '李某' })
  shown!: string | null;
}

export class SearchItemResponse {
  @Shows('事项标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  disputeId!: string;

  @Shows('案号；没有案号的为登记编号', { example: '新城人调字〔2026〕12号' })
  number!: string;

  @Shows('事项名称；封存的不显示', { example: '李家六兄妹遗产纠纷' })
  title!: string;

  @Shows('纠纷类型', { type: String, nullable: true, values: DISPUTE_TYPES, example: 'family.inheritance' })
  disputeType!: string | null;

  @Shows('状态名称', { example: '办理中' })
  stateName!: string;

  @Shows('调解状态名称', { type: String, nullable: true, example: '调解中' })
  mediationStateName!: string | null;

  @Shows('登记时间', { example: '2026-11-20T01:30:00.000Z' })
  registeredAt!: string;

  @Shows('是否封存', { example: false })
  isSealed!: boolean;

  @Shows('当事人（已遮盖）', { type: String, nullable: true, example: '李某、李某等6方' })
  parties!: string | null;

  @Shows('找到之处', { type: SearchMatchResponse, isArray: true })
  matches!: readonly SearchMatchResponse[];
}

export class SearchResponse {
  @Shows('编号、电话和姓名完全相符的在前，其余按登记时间倒序', { type: SearchItemResponse, isArray: true })
  items!: readonly SearchItemResponse[];

  @Shows('下一页的翻页标记；没有下一页时为空', { type: String, nullable: true, example: null })
  nextCursor!: string | null;
}
