import { Shows } from '../../../platform/http';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class DictionaryEntryResponse {
  @Shows('代码', { example: 'family.divorce' })
  key!: string;

  @Shows('名称', { example: '离婚' })
  name!: string;

  @Shows('上级代码', { type: String, nullable: true, example: 'family' })
  parentKey!: string | null;
}

export class DictionaryResponse {
  @Shows('代码', { example: 'dispute-types' })
  key!: string;

  @Shows('名称', { example: '纠纷类型' })
  name!: string;

  @Shows('用在哪里、有什么影响', { example: '登记、研判、统计都按它分类。' })
  meaning!: string;

  @Shows('依据的法律、标准或者表式；本系统约定的为空', { type: String, nullable: true, example: 'GB/T 3304' })
  source!: string | null;

  @Shows('各项', { type: DictionaryEntryResponse, isArray: true })
  entries!: DictionaryEntryResponse[];
}

export class DictionaryListResponse {
  @Shows('各字典', { type: DictionaryResponse, isArray: true })
  items!: DictionaryResponse[];
}

export class LocalTypeResponse {
  @Shows('小类标识', { example: ID })
  id!: string;

  @Shows('所属纠纷类型', { example: 'neighbor.noise' })
  disputeType!: string;

  @Shows('所属纠纷类型名称', { example: '噪声' })
  disputeTypeName!: string;

  @Shows('名称', { example: '广场舞噪声' })
  name!: string;

  @Shows('是否在用；停用的不再可选，原有事项不变', { example: true })
  isActive!: boolean;

  @Shows('用到的事项数', { example: 3 })
  usedCount!: number;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['local-types.stop'] })
  allowedActs!: string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class LocalTypeListResponse {
  @Shows('小类，按类型和次序', { type: LocalTypeResponse, isArray: true })
  items!: LocalTypeResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['local-types.add'] })
  allowedActs!: string[];
}
