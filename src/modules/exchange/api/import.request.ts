import { Flag, OneOf, PageQuery, Uuid } from '../../../platform/http';

export const MOST_BYTES = 10 * 1024 * 1024;

export class CheckImportRequest {
  @Uuid({ label: '综治中心' })
  centerId!: string;
}

export class StartImportRequest {
  @Flag({
    label: '全部无误才导入',
    description: '有一行需要修改，就一行也不导入',
    example: false,
  })
  isWhole!: boolean;
}

export const ROW_STATES = {
  good: '可以导入',
  refused: '需要修改',
  known: '以前已导入',
  imported: '已导入',
} as const;

export class ImportRowsQueryRequest extends PageQuery {
  @OneOf({ label: '行的情况', values: ROW_STATES, example: 'refused' })
  state!: keyof typeof ROW_STATES;
}
