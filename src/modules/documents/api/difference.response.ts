import { Shows } from '../../../platform/http';
import { DIFFERENCE_KINDS } from '../domain/differences';

class DifferenceRunResponse {
  @Shows('文字', { example: '1800' })
  text!: string;

  @Shows('与前一稿相比', { values: { same: '未改', added: '新增', removed: '删去' }, example: 'removed' })
  mark!: 'same' | 'added' | 'removed';
}

/** One place at which two drafts differ. */
export class DifferenceResponse {
  @Shows('位置', { example: '协议内容第1条' })
  place!: string;

  @Shows('改动', { values: DIFFERENCE_KINDS, example: 'changed' })
  kind!: keyof typeof DIFFERENCE_KINDS;

  @Shows('改动名称', { example: '改动' })
  kindName!: string;

  @Shows('文字，逐段标明改动', { type: [DifferenceRunResponse] })
  runs!: DifferenceRunResponse[];
}
