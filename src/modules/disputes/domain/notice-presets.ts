import type { DisputeType } from './dictionaries';

/** One thing to bring, with how many and in which form. */
export interface NoticeMaterial {
  readonly name: string;
  readonly form: string;
  readonly note?: string;
}

export interface NoticeGroup {
  readonly name: string;
  readonly materials: readonly NoticeMaterial[];
}

const COPY = '复印件1份，核对原件';
const ORIGINAL = '原件1份';

/** Who brings what, whatever the dispute is about. */
const BY_PERSON: readonly NoticeGroup[] = [
  {
    name: '个人',
    materials: [
      { name: '有效身份证件', form: COPY },
      { name: '证据材料清单和证据', form: COPY, note: '写明每份证据要证明什么' },
    ],
  },
  {
    name: '单位',
    materials: [
      { name: '营业执照或者登记证书', form: '复印件1份，加盖公章' },
      { name: '法定代表人或者负责人身份证明书', form: ORIGINAL, note: '附其身份证复印件' },
    ],
  },
  {
    name: '委托他人办理的',
    materials: [
      // 民法典 art. 165: what may be done and for how long stands in the power of attorney.
      { name: '授权委托书', form: ORIGINAL, note: '写明委托事项、权限和期限，由委托人签名或者盖章' },
      { name: '受托人身份证件', form: COPY, note: '律师另交执业证复印件和律师事务所函' },
    ],
  },
  {
    name: '未成年人等由监护人办理的',
    materials: [
      { name: '监护人身份证件', form: COPY },
      { name: '监护关系证明', form: COPY, note: '户口簿、出生医学证明，或者村（居）委会、民政部门的证明' },
    ],
  },
];

/** What a type needs on top; a second level adds to its first. */
const BY_TYPE: Readonly<Partial<Record<DisputeType, readonly NoticeMaterial[]>>> = {
  family: [{ name: '婚姻、亲属关系证明', form: COPY, note: '结婚证、户口簿等' }],
  'family.inheritance': [
    { name: '被继承人死亡证明', form: COPY, note: '医疗机构或者公安派出所出具' },
    { name: '财产权属证明', form: COPY, note: '不动产权证书、存单、拆迁补偿协议等' },
    { name: '遗嘱、遗赠扶养协议', form: COPY, note: '有的提交' },
  ],
  'family.division': [{ name: '财产权属证明', form: COPY }],
  'family.betrothal': [{ name: '彩礼给付凭证', form: COPY, note: '转账记录、收条、介绍人的书面说明' }],
  'family.violence': [{ name: '报警回执、告诫书、伤情诊断', form: COPY, note: '有的提交' }],
  neighbor: [{ name: '现场照片、录像', form: '电子文件或者打印件', note: '注明拍摄时间和地点' }],
  'neighbor.adjacency': [{ name: '不动产权属证明', form: COPY }],
  housing: [{ name: '不动产权属证明、宅基地批准文件', form: COPY }],
  contract: [
    { name: '合同或者订单', form: COPY, note: '口头约定的，书面写明约定内容' },
    { name: '付款、交货等履行凭证', form: COPY },
  ],
  'contract.lease': [{ name: '租赁物交接清单、押金收据', form: COPY, note: '有的提交' }],
  'contract.loan': [{ name: '借条、转账凭证', form: COPY }],
  business: [{ name: '合同、往来账目', form: COPY }],
  damage: [
    { name: '诊断证明、病历、费用票据', form: COPY },
    { name: '报警回执', form: COPY, note: '报过警的提交' },
  ],
  land: [{ name: '承包合同或者权属证书', form: COPY }],
  'land.pasture': [{ name: '草原承包经营权证、四至图', form: COPY }],
  expropriation: [{ name: '征收决定、补偿协议', form: COPY }],
  environment: [{ name: '现场照片、录像、检测报告', form: '电子文件或者打印件' }],
  labor: [
    { name: '劳动合同或者工作证明', form: COPY, note: '没有合同的，工作证、考勤、聊天记录也可以' },
    { name: '工资支付记录', form: COPY, note: '银行流水、工资条、欠条' },
  ],
  consumer: [{ name: '发票、订单、支付凭证', form: COPY }],
  ecommerce: [{ name: '订单截图、聊天记录、支付凭证', form: '打印件1份' }],
  medical: [
    { name: '病历资料', form: COPY },
    { name: '费用票据', form: COPY },
  ],
  traffic: [
    { name: '道路交通事故认定书', form: COPY },
    { name: '诊断证明、费用票据、车辆定损单', form: COPY },
    { name: '保险单', form: COPY },
  ],
  property: [{ name: '物业服务合同、缴费凭证', form: COPY, note: '有的提交' }],
  utilities: [{ name: '用户卡或者缴费凭证', form: COPY }],
  tourism: [{ name: '旅游合同、行程单', form: COPY }],
};

/**
 * What a one-time notice may list for a type: that of the type first, then by who comes. The clerk takes what is missing.
 */
export function noticePreset(type: DisputeType | null): NoticeGroup[] {
  const [first] = (type ?? '').split('.');
  const keys = [...new Set([first, type])] as (DisputeType | undefined | null)[];
  const materials = keys.flatMap((key) => (key === undefined || key === null ? [] : (BY_TYPE[key] ?? [])));
  return [...(materials.length === 0 ? [] : [{ name: '本类纠纷', materials }]), ...BY_PERSON];
}
