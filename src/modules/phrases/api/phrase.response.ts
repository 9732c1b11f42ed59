import { Shows } from '../../../platform/http';

export class OfferedPhrasesResponse {
  @Shows('填写位置', { example: 'disputes.triage.opinion' })
  place!: string;

  @Shows('常用语，按显示顺序', { type: String, isArray: true, example: ['情况属实，同意办理。'] })
  items!: string[];
}

export class PhraseListResponse {
  @Shows('填写位置', { example: 'disputes.triage.opinion' })
  place!: string;

  @Shows('填写位置名称', { example: '研判 · 办理意见' })
  placeName!: string;

  @Shows('常用语，按显示顺序', { type: String, isArray: true, example: ['情况属实，同意办理。'] })
  texts!: string[];

  @Shows('是否本中心自定；否则为通用的', { example: false })
  isOwn!: boolean;

  @Shows('最近修改日期', { type: String, nullable: true, example: null })
  changedOn!: string | null;

  @Shows('版本号；通用的为 0', { example: 0 })
  version!: number;
}

export class OwnPhraseListResponse {
  @Shows('填写位置', { example: 'disputes.triage.opinion' })
  place!: string;

  @Shows('填写位置名称', { example: '研判 · 办理意见' })
  placeName!: string;

  @Shows('本人的常用语，按显示顺序', { type: String, isArray: true, example: ['双方愿意调解，建议先行调解。'] })
  texts!: string[];

  @Shows('本中心或通用的，排在本人的之后', { type: String, isArray: true, example: ['情况属实，同意办理。'] })
  offered!: string[];

  @Shows('版本号；还没有自己的为 0', { example: 0 })
  version!: number;
}

export class OwnPhraseListsResponse {
  @Shows('各填写位置的常用语', { type: OwnPhraseListResponse, isArray: true })
  items!: OwnPhraseListResponse[];
}

export class PhraseListsResponse {
  @Shows('各填写位置的常用语', { type: PhraseListResponse, isArray: true })
  items!: PhraseListResponse[];
}
