import { Shows } from '../../../platform/http';
import { AUTHORITY_STATES } from '../domain/authority';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-10-09T01:30:00.000Z';

export class AuthorityActResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('状态', { values: AUTHORITY_STATES, example: 'in-force' })
  state!: string;

  @Shows('状态名称', { example: '有效' })
  stateName!: string;

  @Shows('版本', { example: 2 })
  version!: number;
}

export class HelperDeedResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('代办事项', { example: '反映情况、提交材料' })
  actName!: string;

  @Shows('办理情况', { example: '提交住户用水情况照片十二张。' })
  words!: string;

  @Shows('登记人', { example: '王敏' })
  recordedByName!: string;

  @Shows('办理时间', { example: AT })
  doneAt!: string;
}

export class HelperAuthorityResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('第几份授权', { example: 1 })
  ordinal!: number;

  @Shows('代办人类别', { example: '社区代办员' })
  kindName!: string;

  @Shows('代办人', { example: '王芳' })
  helperName!: string;

  @Shows('单位或关系', { type: String, nullable: true, example: '新玉社区居民委员会' })
  helperUnit!: string | null;

  @Shows('委托的当事人', { type: [String], example: ['新玉小区用水居民'] })
  partyNames!: string[];

  @Shows('授权事项', { type: [String], example: ['反映情况、提交材料'] })
  scopeNames!: string[];

  @Shows('起始日期', { example: '2026-09-18' })
  validFrom!: string;

  @Shows('截止日期（含当日）', { example: '2026-12-31' })
  validTo!: string;

  @Shows('状态', { values: AUTHORITY_STATES, example: 'in-force' })
  state!: string;

  @Shows('状态名称', { example: '有效' })
  stateName!: string;

  @Shows('签名的授权书', { type: String, nullable: true, example: ID })
  attachmentId!: string | null;

  @Shows('签名人', { type: String, nullable: true, example: '苏和、陈桂兰' })
  signedByNames!: string | null;

  @Shows('撤回时间', { type: String, nullable: true, example: null })
  revokedAt!: string | null;

  @Shows('撤回原因', { type: String, nullable: true, example: null })
  revokeReason!: string | null;

  @Shows('代办记录，最近的在前', { type: HelperDeedResponse, isArray: true })
  deeds!: HelperDeedResponse[];

  @Shows('可办理的操作', { type: [String], example: ['helpers.act'] })
  allowedActs!: string[];

  @Shows('版本', { example: 2 })
  version!: number;
}

export class HelperAuthoritiesResponse {
  @Shows('代办授权', { type: HelperAuthorityResponse, isArray: true })
  items!: HelperAuthorityResponse[];

  @Shows('可办理的操作', { type: [String], example: ['helpers.authorize'] })
  allowedActs!: string[];
}

export class OwnAuthorityResponse extends HelperAuthorityResponse {
  @Shows('登记编号', { example: '新城综治登字〔2026〕98号' })
  registrationNumber!: string;

  @Shows('事项名称', { example: '新玉小区三至七号楼长期用水难' })
  title!: string;

  @Shows('事项状态', { example: '办理中' })
  matterStateName!: string;
}

export class OwnAuthoritiesResponse {
  @Shows('本人代办的事项', { type: OwnAuthorityResponse, isArray: true })
  items!: OwnAuthorityResponse[];
}
