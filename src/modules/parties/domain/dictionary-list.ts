import type { Dictionary } from '../../../kernel';
import {
  CAPACITIES,
  DOCUMENT_KINDS,
  ETHNICITIES,
  ORGANIZATION_KINDS,
  REPRESENTATIVE_KINDS,
  SCOPES,
} from './dictionaries';

/** The dictionaries of parties and those who represent them. */
export const PARTY_DICTIONARIES: readonly Dictionary[] = [
  {
    key: 'document-kinds',
    name: '证件类型',
    meaning: '公民身份号码核对校验位；其他证件照原样登记。号码加密保存。',
    source: '公民身份号码（GB 11643）',
    entries: DOCUMENT_KINDS,
  },
  {
    key: 'ethnicities',
    name: '民族',
    meaning: '没有默认值，由当事人自己说明。',
    source: 'GB/T 3304',
    entries: ETHNICITIES,
  },
  {
    key: 'capacities',
    name: '行为能力',
    meaning: '按年龄以外认定的，须写明依据；决定能不能自己签署。',
    source: '民法典第十七条至第二十二条',
    entries: CAPACITIES,
  },
  {
    key: 'organization-kinds',
    name: '单位类型',
    meaning: '个体工商户同时登记经营者，分支机构同时登记所属单位。',
    source: '民事诉讼法解释第五十二条、第五十九条',
    entries: ORGANIZATION_KINDS,
  },
  {
    key: 'representative-kinds',
    name: '代理人类型',
    meaning: '委托代理须有期限和授权文件。',
    source: null,
    entries: REPRESENTATIVE_KINDS,
  },
  {
    key: 'scopes',
    name: '代理权限',
    meaning: '签署协议、和解让步须有明确授权。',
    source: '民法典第一百六十五条',
    entries: SCOPES,
  },
];
