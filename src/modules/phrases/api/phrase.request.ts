import { Text, TextList } from '../../../platform/http';

/** A field, or an act and a field. */
const PLACE = /^[a-zA-Z-]+(?:\.[a-zA-Z-]+){0,3}$/;
const PLACE_OPTIONS = {
  label: '填写位置',
  max: 100,
  pattern: PLACE,
  patternHint: '填写位置应为字段名，或者办理动作加字段名',
  example: 'disputes.triage.opinion',
} as const;

export class OfferPhrasesQueryRequest {
  @Text({ ...PLACE_OPTIONS, description: '办理动作和字段；没有专门的列表时用该字段通用的' })
  place!: string;
}

export class KeepPhrasesRequest {
  @Text(PLACE_OPTIONS)
  place!: string;

  @TextList({
    label: '常用语',
    max: 50,
    maxEach: 500,
    example: ['情况属实，同意办理。'],
    description: '按显示顺序；清空表示该处不提供常用语',
  })
  texts!: string[];
}
