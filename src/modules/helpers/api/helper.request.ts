import { Day, Flag, OneOf, OneOfList, Text, Uuid, UuidList } from '../../../platform/http';
import { HELPER_ACTS, HELPER_KINDS, type HelperAct, type HelperKind } from '../domain/dictionaries';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class AuthorizeHelperRequest {
  @OneOf({ label: '代办人类别', values: HELPER_KINDS, example: 'community' })
  kind!: HelperKind;

  @Text({ label: '代办人姓名', max: 50, example: '王芳' })
  helperName!: string;

  @Text({ label: '工作单位或与当事人的关系', max: 100, optional: true, example: '新玉社区居民委员会' })
  helperUnit?: string;

  @Uuid({ label: '代办人账号', optional: true, description: '代办人有账号的，可以自己登记代办；没有的不选' })
  helperAccountId?: string;

  @UuidList({ label: '委托的当事人', min: 1, max: 50, example: [ID] })
  partyIds!: string[];

  @OneOfList({
    label: '授权事项',
    values: HELPER_ACTS,
    min: 1,
    description: '没有选的代办人无权办理；签协议、让步、表示是否同意调解、收款不能代办',
    example: ['present', 'meet'],
  })
  scope!: HelperAct[];

  @Day({ label: '授权起始日期', example: '2026-09-18' })
  validFrom!: string;

  @Day({ label: '授权截止日期', description: '含当日', example: '2026-12-31' })
  validTo!: string;
}

export class AttachAuthorityRequest {
  @Uuid({ label: '签名的授权书', description: '先在“材料”中上传扫描件或照片', example: ID })
  attachmentId!: string;

  @Text({ label: '签名人', max: 200, description: '当事人本人，或者推选的代表人', example: '苏和、陈桂兰' })
  signedByNames!: string;
}

export class RevokeAuthorityRequest {
  @Text({ label: '撤回原因', max: 300, example: '当事人改为自己办理。' })
  reason!: string;
}

export class HelperDeedRequest {
  @OneOf({ label: '代办事项', values: HELPER_ACTS, example: 'present' })
  act!: HelperAct;

  @Text({ label: '办理情况', max: 1000, multiline: true, example: '提交住户用水情况照片十二张。' })
  words!: string;

  @Flag({ label: '事情解决了没有', optional: true, description: '代为确认办理结果的必填', example: true })
  isSolved?: boolean;
}
