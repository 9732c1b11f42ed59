import type { MigrationInterface, QueryRunner } from 'typeorm';
import { describeTable, IS_KNOWN, IS_SYSTEM, policy, secure } from './support';

interface Preset {
  /** Key of the dispute type; null where it fits all. */
  readonly type: string | null;
  readonly section: 'facts' | 'responsibilities' | 'clauses' | 'performance' | 'breach';
  readonly title: string;
  readonly text: string;
  /** Kind, content, place and manner of what has to be performed by the clause. */
  readonly obligation?: readonly [string, string, string | null, string | null];
}

const BANK = '汇入收款人的银行账户';
const TRANSFER = '银行转账，一次付清';
const paying = (content: string): Preset['obligation'] => ['payment', content, BANK, TRANSFER];

/** Wording in use with committees; what differs from case to case stands in 【】 and must be filled in before the text is frozen. */
const PRESETS: readonly Preset[] = [
  {
    type: null,
    section: 'clauses',
    title: '一次性付款',
    text: '【付款人】于【年月日】前向【收款人】一次性支付人民币【金额大写】。',
    obligation: paying('支付约定款项'),
  },
  {
    type: null,
    section: 'clauses',
    title: '分期付款，逾期全部到期',
    text: '【付款人】分期支付上述款项，各期金额和付款日以履行事项所列为准；任何一期逾期超过【十】日的，【收款人】有权要求一次付清全部剩余款项。',
    obligation: ['payment', '分期支付约定款项', BANK, '银行转账，分期支付'],
  },
  {
    type: null,
    section: 'clauses',
    title: '当面赔礼道歉',
    text: '【道歉人】于【年月日】前在【地点】向【对方】当面赔礼道歉。',
    obligation: ['apology', '当面赔礼道歉', null, '当面口头道歉'],
  },
  {
    type: null,
    section: 'clauses',
    title: '再无其他争议',
    text: '本协议履行完毕后，各方就本纠纷再无其他争议。',
  },
  {
    type: null,
    section: 'responsibilities',
    title: '各方确认事实',
    text: '各方对上述事实和金额均予确认。',
  },
  {
    type: null,
    section: 'performance',
    title: '凭证存档',
    text: '付款凭证由付款人在付款后三日内交人民调解委员会存档。',
  },
  {
    type: null,
    section: 'performance',
    title: '共同申请司法确认',
    text: '各方同意自本协议生效之日起三十日内，共同向有管辖权的人民法院申请司法确认。',
  },
  {
    type: null,
    section: 'breach',
    title: '继续履行并赔偿',
    text: '任何一方不履行或者不适当履行本协议的，应当继续履行，并赔偿对方由此受到的损失。',
  },
  {
    type: null,
    section: 'breach',
    title: '逾期付款利息',
    text: '逾期付款的，以未付金额为基数，自逾期之日起至付清之日止，按同期一年期贷款市场报价利率支付逾期利息。',
  },
  {
    type: 'contract.lease',
    section: 'facts',
    title: '欠付租金',
    text: '双方于【年月】签订【租赁物】租赁合同，约定租金每月人民币【金额】元。承租人自【年月】起未支付租金，双方就剩余租金的支付发生争议。',
  },
  {
    type: 'contract.lease',
    section: 'responsibilities',
    title: '确认欠租，同意延期',
    text: '承租人确认欠付租金属实；出租人同意延长付款期限。',
  },
  {
    type: 'contract.lease',
    section: 'clauses',
    title: '付清欠付租金',
    text: '承租人于【年月日】前向出租人付清欠付租金人民币【金额大写】。',
    obligation: paying('支付欠付租金'),
  },
  {
    type: 'contract.lease',
    section: 'clauses',
    title: '解除合同，交还租赁物',
    text: '租赁合同自【年月日】起解除。承租人于【年月日】前交还租赁物，正常使用的磨损除外。',
    obligation: ['delivery', '交还租赁物', null, '当面交接并签收'],
  },
  {
    type: 'contract.lease',
    section: 'clauses',
    title: '退还押金',
    text: '出租人在租赁物交还、费用结清后三日内向承租人退还押金人民币【金额大写】。',
    obligation: paying('退还押金'),
  },
  {
    type: 'labor',
    section: 'facts',
    title: '拖欠工资',
    text: '【劳动者】于【年月】至【年月】在【用人单位】从事【工作】，用人单位尚欠工资人民币【金额】元，双方就支付的金额和时间发生争议。',
  },
  {
    type: 'labor',
    section: 'responsibilities',
    title: '确认欠付工资',
    text: '用人单位确认欠付工资属实；劳动者同意按约定日期领取。',
  },
  {
    type: 'labor',
    section: 'clauses',
    title: '足额支付工资',
    text: '用人单位于【年月日】前以货币形式向【劳动者】足额支付工资人民币【金额大写】。',
    obligation: ['payment', '支付拖欠的工资', '汇入劳动者本人的银行账户', TRANSFER],
  },
  {
    type: 'labor',
    section: 'clauses',
    title: '开具离职证明',
    text: '用人单位于【年月日】前向【劳动者】出具解除或者终止劳动关系的证明。',
    obligation: ['act', '出具解除或者终止劳动关系的证明', null, '书面交付本人'],
  },
  {
    type: 'family.inheritance',
    section: 'facts',
    title: '未立遗嘱的遗产',
    text: '各方当事人系被继承人【姓名】的【关系】。被继承人于【年月日】去世，未立遗嘱，遗有【遗产】，各方就遗产的分配发生争议。',
  },
  {
    type: 'family.inheritance',
    section: 'clauses',
    title: '存款按份继承',
    text: '被继承人名下存款人民币【金额大写】，由各方当事人各得【份额】。',
  },
  {
    type: 'family.inheritance',
    section: 'clauses',
    title: '支付应继承份额',
    text: '【保管人】于【年月日】前向【继承人】支付应继承份额人民币【金额大写】。',
    obligation: paying('支付应继承份额'),
  },
  {
    type: 'family.inheritance',
    section: 'clauses',
    title: '先行支付费用',
    text: '被继承人生前的医疗费和丧葬费人民币【金额大写】，由【垫付人】凭票据从遗产中先行扣除。',
  },
  {
    type: 'family.inheritance',
    section: 'clauses',
    title: '恢复往来',
    text: '各方互相谅解，恢复正常往来。',
  },
  {
    type: 'family.support',
    section: 'clauses',
    title: '按月给付赡养费',
    text: '【子女】每月【日】前向【父母】给付赡养费人民币【金额大写】，医疗费凭票据由各子女平均负担。',
    obligation: ['payment', '给付赡养费', '汇入父母的银行账户', '银行转账，按月给付'],
  },
  {
    type: 'neighbor',
    section: 'clauses',
    title: '互相谅解',
    text: '双方互相谅解，今后遇事先行协商，协商不成的向社区反映。',
  },
  {
    type: 'neighbor.noise',
    section: 'clauses',
    title: '夜间不产生噪声',
    text: '【一方】自本协议生效之日起，每日22时至次日6时不在【地点】从事产生噪声、影响他人休息的活动。',
    obligation: ['forbearance', '夜间不从事产生噪声、影响他人休息的活动', null, '自行约束，社区随访'],
  },
  {
    type: 'neighbor.adjacency',
    section: 'clauses',
    title: '清除堆放物，恢复通行',
    text: '【一方】于【年月日】前清除堆放在【通道】的物品，恢复通行。',
    obligation: ['act', '清除堆放物，恢复通行', null, '自行清除，社区到场查看'],
  },
  {
    type: 'neighbor.adjacency',
    section: 'clauses',
    title: '修复漏水并赔偿',
    text: '【一方】于【年月日】前修复【部位】的漏水，修复费用自行负担；由此给【对方】造成的损失，赔偿人民币【金额大写】。',
    obligation: paying('赔偿漏水损失'),
  },
  {
    type: 'contract.loan',
    section: 'clauses',
    title: '返还借款',
    text: '借款人于【年月日】前向出借人返还借款本金人民币【金额大写】。',
    obligation: paying('返还借款本金'),
  },
  {
    type: 'damage',
    section: 'clauses',
    title: '一次性赔偿',
    text: '【赔偿人】于【年月日】前向【受害人】一次性赔偿医疗费、误工费等各项损失共计人民币【金额大写】。',
    obligation: paying('赔偿各项损失'),
  },
  {
    type: 'traffic',
    section: 'clauses',
    title: '交强险外的赔偿',
    text: '除保险赔付外，【赔偿人】于【年月日】前另向【受害人】赔偿人民币【金额大写】。',
    obligation: paying('赔偿保险以外的损失'),
  },
  {
    type: 'property',
    section: 'clauses',
    title: '结清物业费',
    text: '业主于【年月日】前向物业服务企业付清【年度】物业费人民币【金额大写】；物业服务企业于【年月日】前完成【整改事项】。',
    obligation: paying('支付物业费'),
  },
];

/** The library of clauses: presets for all, and what a center adds or puts in their place. */
export class AgreementClauses1763600000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table agreement_clause (
        id uuid primary key,
        center_id uuid references center (id),
        replaces_id uuid references agreement_clause (id),
        dispute_type text,
        section text not null,
        title text not null,
        text text not null,
        ordinal integer not null,
        obligation_kind text,
        obligation_content text,
        obligation_place text,
        obligation_manner text,
        created_by uuid references account (id),
        created_at timestamptz not null,
        retired_at timestamptz,
        version integer not null default 1,
        constraint agreement_clause_section_known check (section in ('facts', 'responsibilities', 'clauses', 'performance', 'breach')),
        constraint agreement_clause_obligation_kind_known check (obligation_kind is null
          or obligation_kind in ('payment', 'delivery', 'act', 'forbearance', 'apology')),
        constraint agreement_clause_obligation_whole check ((obligation_kind is null) = (obligation_content is null)),
        constraint agreement_clause_presets_stay check (center_id is not null or (replaces_id is null and retired_at is null and created_by is null)),
        constraint agreement_clause_not_blank check (text ~ '\\S' and title ~ '\\S')
      );
      create index agreement_clause_center on agreement_clause (center_id);
      create unique index agreement_clause_replaces_once on agreement_clause (center_id, replaces_id)
        where replaces_id is not null and retired_at is null;
    `);
    for (const [i, { type, section, title, text, obligation }] of PRESETS.entries()) {
      await runner.query(
        `insert into agreement_clause (id, center_id, dispute_type, section, title, text, ordinal, obligation_kind,
                                       obligation_content, obligation_place, obligation_manner, created_at)
         values (gen_random_uuid(), null, $1, $2, $3, $4, $5, $6, $7, $8, $9, now())`,
        [type, section, title, text, i + 1, ...(obligation ?? [null, null, null, null])],
      );
    }
    await secure(runner, 'agreement_clause', ['select', 'insert', 'update']);
    const keeper = `${IS_SYSTEM} or center_id = any ((select app.center_ids())::uuid[])
      or (center_id = any ((select app.header_center_ids())::uuid[]) and 'center-director' = any ((select app.roles())::text[]))`;
    await policy(
      runner,
      'agreement_clause',
      'select',
      IS_KNOWN,
      'Wording without any matter in it: everyone logged in may read it.',
    );
    for (const verb of ['insert', 'update'] as const) {
      await policy(runner, 'agreement_clause', verb, keeper, 'A center keeps its own clauses; presets are nobody’s.');
    }
    await describeTable(
      runner,
      'agreement_clause',
      'Library of clauses for agreements: presets (without a center) and those of a center.',
      {
        id: 'Identity.',
        center_id: 'Center that keeps it; null for a preset.',
        replaces_id: 'Preset in whose place the center put this one.',
        dispute_type: 'Type it fits, with all types below; null where it fits all.',
        section: 'Part of the agreement: facts, responsibilities, clauses, performance or breach.',
        title: 'Short name in the list.',
        text: 'Wording; what is to be filled in stands in 【】.',
        ordinal: 'Order in the list.',
        obligation_kind: 'Kind of what has to be performed by it; null where nothing has.',
        obligation_content: 'What has to be performed.',
        obligation_place: 'Usual place.',
        obligation_manner: 'Usual manner.',
        created_by: 'Who wrote it.',
        created_at: 'Instant.',
        retired_at: 'No longer offered.',
        version: 'Optimistic lock.',
      },
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table agreement_clause');
  }
}
