// The SQL of a made-up province: organisations, and for each number from 1 to n one matter with what hangs on it. Everything follows
// from hashes of a seed, nothing from chance, so that the same size is the same province on every machine. Day names follow the day
// on which it is made, so that what is open is open now.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { nameSearchKey } = require('../../dist/src/kernel/person-name.js');

export const CENTERS = 2000;
/** Ordinal of the center that takes every tenth matter. */
export const BUSY = 12;
export const SUPERIOR_OF_ALL = 'bench-superior';
export const PASSWORD = 'Bench-2026-tiaojie!';
/** Accounts of each center, by kind of their id; mediators follow, two of a street and twenty of the busy center. */
const CLERK = 1;
const LEADER = 2;
const DIRECTOR = 3;

const text = (list) => `(array[${list.map((word) => `'${word}'`).join(',')}])`;
/** One of a list by a hash. */
const pick = (list, hash) => `${text(list)}[1 + (${hash}) % ${list.length}]`;

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文',
];
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰梅红春建国志文辉力永健世广义兴良海山仁波宁贵福生龙元全胜学祥才发武新利清飞彬富顺信子杰涛昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江浩亮政谦亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以建家致树炎德行时泰盛雄琛钧冠策腾楠榕风航弘',
];
/** Read rarely enough to be missed by fonts and by careless folding. */
const RARE = ['㛃', '䶮', '翀', '旻', '珺', '𫖯', '𬭎'];
const MONGOLIAN = ['巴特尔', '苏和', '其其格', '乌兰', '萨仁', '那日松', '阿木尔', '图雅', '格日勒', '朝鲁'];

const STREETS = [
  '海东路',
  '光明路',
  '中山街',
  '迎宾道',
  '人民路',
  '文化街',
  '建设路',
  '胜利街',
  '和平里',
  '友谊巷',
  '青松路',
  '滨河街',
  '北安路',
  '通达街',
  '学府路',
  '车站街',
  '新华街',
  '锦绣路',
  '丰州路',
  '惠民巷',
];
/** As digits they number the centers too: the word of a number is made of characters alone. */
const BRANDS = [...'宏盛鑫达恒瑞嘉华诚信博远中天金源通泰康和顺兴隆丰裕安泽鼎创优佳美家乐福祥'];
const TYPES = [
  ['neighbor.noise', '夜间噪声扰民', '楼上住户深夜拖动桌椅、播放音响'],
  ['neighbor.adjacency', '楼上漏水损坏房屋', '卫生间防水层损坏，水渗到楼下，墙面和衣柜受潮发霉'],
  ['contract.lease', '房屋租赁押金退还', '租期届满后房东以墙面污损为由不退押金'],
  ['contract.loan', '民间借贷逾期不还', '借条约定一年内还清，到期后只还了一部分'],
  ['contract.sale', '货款拖欠', '货物已经签收入库，货款一拖再拖'],
  ['labor.arrears', '拖欠农民工工资', '工程完工后包工头以未结算为由不发工资'],
  ['family.divorce', '离婚财产分割', '双方同意离婚，对房屋和存款的分法谈不拢'],
  ['family.support', '赡养老人', '几个子女对老人的住处和每月费用互相推托'],
  ['property', '物业费与服务质量', '业主认为保洁和维修不到位，拒绝交物业费'],
  ['traffic', '道路交通事故赔偿', '电动自行车与轿车相撞，对误工费和车损的数额有争议'],
  ['land', '承包地界址', '两家地块相邻，界石被移动，为一垄地争执多次'],
  ['consumer', '预付卡退费', '健身馆停业搬迁，卡内余额联系不上人退'],
  ['medical', '诊疗费用争议', '家属认为用药和检查超出必要，要求退还部分费用'],
  ['damage', '宠物伤人赔偿', '遛狗未牵绳，路人被咬伤，对后续治疗费意见不一'],
  ['housing', '宅基地滴水纠纷', '翻建房屋时屋檐越界，雨水滴到邻家院内'],
  ['utilities', '供热不达标', '室内温度连续多日不足，多次报修没有结果'],
];
const CLAIMS = [
  '要求对方停止侵害并赔偿损失',
  '希望中心出面主持公道，尽快调解',
  '要求三日内给出书面答复',
  '愿意各让一步，但要求当面说清',
  '要求一次性结清全部款项',
  '请求有关部门到现场核实',
  '希望约定今后不再发生此类情况',
  '要求退还已交费用并赔礼道歉',
];
const COURSES = [
  '社区网格员曾上门劝说两次，未能谈拢',
  '双方曾在楼下争吵，邻居报警后劝开',
  '此前口头约定过处理办法，但一方没有照做',
  '当事人多次打电话催促，对方一直回避',
  '双方各执一词，现场照片和收据已带来',
  '曾向物业反映，物业表示无权处理',
  '家中老人因此血压升高，已住院观察',
  '单位工会介入过一次，没有结果',
];

/** Names with the form in which they are compared, the frequent ones first: nobody's, made of frequent characters. */
function names(count) {
  const made = new Set();
  for (let i = 0; made.size < count; i += 1) {
    const surname = SURNAMES[Math.floor(SURNAMES.length * ((i * 0.6180339887) % 1) ** 2)];
    const first = GIVEN[(i * 37) % GIVEN.length];
    if (i % 211 === 7) made.add(`${surname}${RARE[i % RARE.length]}`);
    else if (i % 97 === 5) made.add(`${MONGOLIAN[i % MONGOLIAN.length]}·${MONGOLIAN[(i * 7 + 3) % MONGOLIAN.length]}`);
    else if (i % 5 === 0) made.add(`${surname}${first}`);
    else made.add(`${surname}${first}${GIVEN[(i * 91 + Math.floor(i / 53)) % GIVEN.length]}`);
  }
  return [...made].map((name) => [name, nameSearchKey(name)]);
}

/** Functions and words that the statements below are made of. They stay: the runner asks them who is who. */
export async function prepare(client, { seed, matters, passwordHash, until, isLean }) {
  await client.query(`
    create function bench.h(i bigint, k int) returns bigint language sql immutable parallel safe
      as $$ select hashint8extended(i, ${seed} * 1000 + k) & 9223372036854775807 $$;
    -- Time-ordered like the program's own: milliseconds, version, kind, variant, number.
    create function bench.id(at timestamptz, kind int, i bigint) returns uuid language sql immutable parallel safe
      as $$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8' || lpad(to_hex(i), 15, '0'))::uuid $$;
    create function bench.org(kind int, n bigint) returns uuid language sql immutable parallel safe
      as $$ select ('01900000-0000-7' || lpad(to_hex(kind), 3, '0') || '-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;
    create function bench.cause(h bigint) returns text language sql immutable parallel safe as $$ select ${pick(
      TYPES.map((t) => t[1]),
      'h',
    )} $$;
    create function bench.detail(h bigint) returns text language sql immutable parallel safe as $$ select ${pick(
      TYPES.map((t) => t[2]),
      'h',
    )} $$;
    create function bench.type(h bigint) returns text language sql immutable parallel safe as $$ select ${pick(
      TYPES.map((t) => t[0]),
      'h',
    )} $$;
    create function bench.brand(h bigint) returns text language sql immutable parallel safe
      as $$ select ${pick(BRANDS, 'h')} || ${pick(BRANDS, 'h / 41')} || ${pick(['物业服务', '建筑工程', '商贸', '餐饮管理', '汽车修理', '装饰装修', '健身', '供热'], 'h / 1681')} || '有限公司' $$;
    create function bench.place(h bigint) returns text language sql immutable parallel safe
      as $$ select ${pick(STREETS, 'h')} || (1 + h / 29 % 398) || '号' || ${pick(BRANDS, 'h / 7')} || ${pick(BRANDS, 'h / 311')} || ${pick(['小区', '花园', '苑', '新村', '家属院'], 'h / 13')} || (1 + h / 3 % 40) || '号楼' $$;
    create table bench.name (i int primary key, name text not null, key text not null);
    create table bench.province (size bigint, seed int, made_at timestamptz, until date, is_lean boolean, is_whole boolean not null default false);
  `);
  const list = names(20_000);
  await client.query(
    'insert into bench.name select i - 1, name, key from unnest($1::text[], $2::text[]) with ordinality n(name, key, i)',
    [list.map(([name]) => name), list.map(([, key]) => key)],
  );
  await client.query(
    'insert into bench.province (size, seed, made_at, until, is_lean) values ($1, $2, now(), $3, $4)',
    [matters, seed, until, isLean],
  );
  await organisations(client, passwordHash);
}

async function organisations(client, passwordHash) {
  // One province, ten cities, a hundred districts, streets below them; ten communities a center.
  await client.query(`
    create table bench.center as
      select c, case when c = 1 then 'province' when c <= 11 then 'city' when c <= 111 then 'district' else 'street' end as level,
             case when c = 1 then null when c <= 11 then 1 when c <= 111 then 2 + (c - 12) % 10 else 12 + (c - 112) % 100 end as parent,
             bench.org(16, c) as id, bench.org(17, c) as unit_id,
             case when c = 1 then '北疆' when c = ${BUSY} then '新城'
                  else ${pick(BRANDS, 'c / 1296')} || ${pick(BRANDS, 'c / 36')} || ${pick(BRANDS, 'c')} end as word,
             case when c = ${BUSY} then 20 else 2 end as mediators
        from generate_series(1, ${CENTERS}) c;
    alter table bench.center add primary key (c);
    insert into org_unit (id, kind) select unit_id, case level when 'province' then 'city' else level end from bench.center;
    insert into org_unit (id, kind) select bench.org(18, c * 10 + k), 'community' from bench.center, generate_series(0, 9) k;
    insert into org_unit_version (id, unit_id, parent_id, name, valid_from)
      select bench.org(19, b.c), b.unit_id, p.unit_id, b.word || case b.level when 'province' then '自治区' when 'city' then '市' when 'district' then '区' else '街道' end, '2020-01-01'
        from bench.center b left join bench.center p on p.c = b.parent;
    insert into org_unit_version (id, unit_id, parent_id, name, valid_from)
      select bench.org(20, b.c * 10 + k), bench.org(18, b.c * 10 + k), b.unit_id, b.word || ${pick(['光明', '和平', '幸福', '前进', '文化', '东风', '向阳', '团结', '新华', '友谊'], 'k')} || '社区', '2020-01-01'
        from bench.center b, generate_series(0, 9) k;
    insert into center (id, unit_id, name, code, ancestor_center_ids)
      select b.id, b.unit_id, b.word || '综治中心', b.word,
             array_remove(array[p.id, q.id, r.id], null)
        from bench.center b left join bench.center p on p.c = b.parent left join bench.center q on q.c = p.parent left join bench.center r on r.c = q.parent;
    insert into committee (id, center_id, unit_id, name, kind, numbering_word)
      select bench.org(21, c), id, unit_id, word || '人民调解委员会', case level when 'street' then 'street' else 'professional' end, word from bench.center;
    insert into agency (id, center_id, name, residency)
      select bench.org(22, c), id, word || '住房和城乡建设局', 'resident' from bench.center where level = 'district' or c = 1;
    create table bench.staff as
      select c, k, bench.org(32 + k, c) as id, lower(case k when 1 then 'clerk' when 2 then 'leader' when 3 then 'director' else 'mediator' || (k - 3) end || '-' || c) as login,
             n.name from bench.center b, generate_series(1, 3 + b.mediators) k, lateral (select name from bench.name where i = bench.h(c * 64 + k, 1) % 20000) n;
    create index on bench.staff (c, k);
    insert into account (id, login_name, display_name, home_organization) select id, login, name, '综治中心' from bench.staff;
    insert into account (id, login_name, display_name) values (bench.org(30, 1), '${SUPERIOR_OF_ALL}', '许林');
    insert into committee_member (id, committee_id, account_id, name, engagement, position, sex, term_from)
      select bench.org(23, c * 64 + k), bench.org(21, c), id, name, 'engaged', 'mediator', case when k % 2 = 0 then 'female' else 'male' end, '2020-01-01' from bench.staff where k > 3;
    insert into role_grant (id, account_id, role, scope_kind, scope_id, valid_from)
      select bench.id('2020-01-01', 24, row_number() over (order by s.c, s.k, g.role)), s.id, g.role, g.kind, case g.kind when 'center' then b.id else bench.org(21, s.c) end, '2020-01-01'
        from bench.staff s join bench.center b on b.c = s.c
        join (values (${CLERK}, 'intake-clerk', 'center'), (${CLERK}, 'dispatcher', 'center'), (${LEADER}, 'duty-leader', 'center'),
                     (${LEADER}, 'follow-up-clerk', 'center'), (${LEADER}, 'archivist', 'center'), (${LEADER}, 'supervisor', 'center'),
                     (${DIRECTOR}, 'center-director', 'center'), (4, 'mediator', 'committee')) g(k, role, kind) on g.k = least(s.k, 4);
    insert into role_grant (id, account_id, role, scope_kind, scope_id, valid_from)
      values (bench.org(31, 1), bench.org(30, 1), 'superior', 'center', bench.org(16, 1), '2020-01-01');
    analyze bench.center; analyze bench.staff; analyze bench.name; analyze center; analyze role_grant;
  `);
  await client.query('insert into account_credential (account_id, password_hash) select id, $1 from account', [
    passwordHash,
  ]);
}

/** How long ago, as a part of all, everything has run its course; and what is newer than that and still open. */
const OLD = 0.96;

/**
 * One row for each matter with its times: registered on working days over five years, the later the larger the number.
 * Lives: 1 agreed and performed, 2 agreed and broken, 3 not agreed, 4 refused, 5 answered, 6 by an agency, 7 referred, 8 not
 * accepted; open: 10 registered, 11 to accept, 12 to assign, 13 to mediate, 14 whistled, 15 to follow up, 16 to perform.
 */
export const plan = (matters, until) => [
  `create table bench.raw as
     select i, case when bench.h(i, 2) % 10 = 0 then ${BUSY} else 1 + (floor(${CENTERS} * power((bench.h(i, 3) % 1000000) / 1e6, 1.3)))::int end as c,
            ('${until}'::date - 1826 + w.day / 5 * 7 + w.day % 5 + interval '9 hours' + floor(w.second * 1000) * interval '1 millisecond') at time zone 'Asia/Shanghai' as at,
            case when i <= ${matters} * ${OLD} then
                   case when l.x < 550 then 1 when l.x < 555 then 2 when l.x < 670 then 3 when l.x < 720 then 4 when l.x < 840 then 5
                        when l.x < 950 then 6 when l.x < 990 then 7 else 8 end
                 when r.x > 0.97 then case when l.x < 100 then 14 else 10 end
                 when r.x > 0.94 then 11 when r.x > 0.85 then 12
                 when l.x < 600 then 13 when l.x < 700 then 16
                 when r.x > 0.7 then 15 when l.x < 850 then 5 else 7 end as life
       from generate_series(1, ${matters}) i
       cross join lateral (select (i - 1)::numeric * (1304 * 28800) / ${matters} as s) v
       cross join lateral (select floor(v.s / 28800)::int as day, v.s % 28800 as second) w
       cross join lateral (select bench.h(i, 4) % 1000 as x) l
       cross join lateral (select (i - ${matters} * ${OLD}) / (${matters} * ${1 - OLD}) as x) r`,
  `create table bench.m as
     select r.i, r.c, r.at, r.life::smallint as life, bench.id(r.at, 64, r.i) as id, b.id as center_id, b.word, bench.org(33, r.c) as clerk, bench.org(34, r.c) as leader,
            bench.org((36 + bench.h(r.i, 5) % b.mediators)::int, r.c) as mediator, bench.h(r.i, 6) as h,
            extract(year from r.at at time zone 'Asia/Shanghai')::int as year,
            row_number() over (partition by r.c, extract(year from r.at at time zone 'Asia/Shanghai') order by r.i)::int as seq,
            t.*
       from bench.raw r join bench.center b on b.c = r.c
       cross join lateral (select r.at + interval '40 minutes' + bench.h(r.i, 7) % 90 * interval '1 minute' as triaged_at,
                                  case when r.life in (1, 2, 3, 12, 13, 16) then r.at + (20 + bench.h(r.i, 8) % 20) * interval '1 hour' end as accepted_at) t1
       cross join lateral (select t1.triaged_at, t1.accepted_at, case
              when r.life in (1, 2, 3, 16) then t1.accepted_at + (3 + bench.h(r.i, 9) % 17) * interval '1 day' + bench.h(r.i, 10) % 300 * interval '1 minute'
              when r.life in (4, 6) then t1.triaged_at + (1 + bench.h(r.i, 9) % 10) * interval '1 day'
              when r.life in (5, 7, 8, 15) then t1.triaged_at + (1 + bench.h(r.i, 9) % 50) * interval '1 hour' end as ended_at) t2
       cross join lateral (select t2.triaged_at, t2.accepted_at, t2.ended_at,
              case when r.life = 1 then t2.ended_at + bench.h(r.i, 11) % 9 * interval '1 day' end as performed_at) t3
       cross join lateral (select t3.triaged_at, t3.accepted_at, t3.ended_at, t3.performed_at, case when r.life in (1, 3, 4, 5, 6, 7, 8, 15)
              then coalesce(t3.performed_at, t3.ended_at) + (1 + bench.h(r.i, 12) % 30) * interval '1 hour' end as closed_at) t4
       cross join lateral (select t4.*, case when r.life in (1, 3, 4, 6, 8) then t4.closed_at + (7 + bench.h(r.i, 13) % 9) * interval '1 day'
              when r.life in (5, 7) then t4.closed_at + interval '2 days' end as visited_at) t
      order by r.i`,
  'alter table bench.m add primary key (i)',
  `create table bench.case as
     select i, extract(year from accepted_at at time zone 'Asia/Shanghai')::int as case_year,
            row_number() over (partition by c, extract(year from accepted_at at time zone 'Asia/Shanghai') order by accepted_at, i)::int as case_seq
       from bench.m where accepted_at is not null`,
  'alter table bench.case add primary key (i)',
  'drop table bench.raw',
  'analyze bench.m',
  'analyze bench.case',
];

const IS_MEDIATED = 'm.accepted_at is not null';
const day = (instant) => `((${instant}) at time zone 'Asia/Shanghai')::date`;

/** Of one range of numbers ($1 to $2): `insert … select` for each table, in the order in which the rows need each other. */
export const rows = {
  dispute: `insert into dispute (id, center_id, committee_id, registration_number, channel, upstream_number, title, dispute_type, place, place_unit_id, nature, route,
      risk_level, state, mediation_state, headcount, amount_fen, first_responder_id, registered_by, registered_at, limitation_interrupted_at, handler_account_id,
      accepted_at, case_year, case_seq, case_number, outcome, closed_at, created_at, updated_at, version)
    select m.id, m.center_id, case when ${IS_MEDIATED} or m.life in (4, 11) then bench.org(21, m.c) end,
      m.word || '综治登字〔' || m.year || '〕' || m.seq || '号', ch.channel, case when ch.channel = 'hotline' then 'RX' || m.year || lpad(m.i::text, 9, '0') end,
      bench.cause(m.h) || '纠纷', bench.type(m.h), bench.place(m.h / 5), bench.org(18, m.c * 10 + m.h / 77 % 10),
      case when m.life in (10, 14) and m.life = 10 then null when m.life in (5, 15) then 'consultation' when m.life = 7 then 'administrative' else 'civil' end,
      case when m.life = 10 then null when m.life in (5, 15) then 'answer' when m.life in (6, 14) then 'agency' when m.life = 7 then 'reconsideration' else 'mediation' end,
      case when m.life = 10 then null when m.h % 50 = 0 then 'red' when m.h % 50 < 12 then 'yellow' else 'blue' end,
      case m.life when 10 then 'registered' when 11 then 'triaged' when 12 then 'accepted' when 13 then 'in-progress' when 14 then 'in-progress'
        when 16 then 'in-progress' when 2 then 'in-progress' when 15 then 'closed' else 'archived' end,
      case m.life when 1 then 'performed' when 2 then 'in-breach' when 3 then 'terminated' when 4 then 'refused' when 12 then 'accepted' when 13 then 'investigating'
        when 16 then 'performing' end,
      case when m.h % 7 = 0 then 2 + (m.h / 7 % 12)::int else 2 end,
      case when m.h % 3 = 0 then 10000 * (1 + m.h / 3 % 900) end,
      m.clerk, m.clerk, m.at, m.at,
      case when m.life in (6, 14) then m.leader when m.life in (5, 7, 8, 15) then m.clerk when ${IS_MEDIATED} and m.life <> 12 then m.mediator end,
      m.accepted_at, k.case_year, k.case_seq, m.word || '人调字〔' || k.case_year || '〕' || k.case_seq || '号',
      case when m.closed_at is null then null else case m.life when 1 then 'oral-agreement' when 3 then 'not-agreed' when 4 then 'refused' when 6 then 'solved' when 7 then 'referred'
        when 8 then 'not-accepted' else 'answered' end end,
      m.closed_at, m.at, coalesce(m.visited_at, m.closed_at, m.ended_at, m.accepted_at, m.at), 4
    from bench.m left join bench.case k on k.i = m.i
    cross join lateral (select (array['visit','visit','visit','visit','phone','phone','hotline','hotline','grid','grid','department','court-entrusted','police','petition','online','proactive'])
      [1 + m.h / 11 % 16] as channel) ch
    where m.i between $1 and $2 order by m.i`,
  mediation_period: `insert into mediation_period (id, dispute_id, volume, rule, article, start_on, original_due_on, current_due_on, is_provisional, explanation, calendar_version,
      ended_at, deadline_rule_id)
    select bench.id(m.accepted_at, 65, m.i), m.id, 1, 'people', r.article, ${day('m.accepted_at')}, ${day('m.accepted_at')} + 30,
      ${day('m.accepted_at')} + case when m.life in (12, 13) and m.h % 3 = 0 then 75 when m.h % 9 = 0 then 45 else 30 end, false, '{}', '1',
      m.ended_at, r.id
    from bench.m cross join (select id, article from deadline_rule where rule_id = 'mediation.people' and center_id is null and state = 'in-force' limit 1) r
    where ${IS_MEDIATED} and m.i between $1 and $2 order by m.i`,
  agreement: `insert into agreement (id, dispute_id, ordinal, kind, relation, state, is_partial, facts, responsibilities, clauses, party_ids, reached_at, reached_place,
      effective_at, effective_on, created_by, created_at)
    select bench.id(m.ended_at, 66, m.i), m.id, 1, 'oral', 'original', 'effective', false, '双方对事情经过没有争议。', null, '{}',
      array[bench.id(m.at, 80, m.i), bench.id(m.at, 81, m.i)], m.ended_at, '调解室', m.ended_at, ${day('m.ended_at')}, m.mediator, m.ended_at
    from bench.m where m.life in (1, 2, 16) and m.i between $1 and $2 order by m.i`,
  agreement_obligation: `insert into agreement_obligation (id, dispute_id, agreement_id, ordinal, kind, obligor_id, obligee_id, content, amount_fen, due_on)
    select bench.id(m.ended_at, 67, m.i), m.id, bench.id(m.ended_at, 66, m.i), 1, case when m.h % 3 = 0 then 'payment' else 'act' end,
      bench.id(m.at, 81, m.i), bench.id(m.at, 80, m.i), case when m.h % 3 = 0 then '一次性支付赔偿款' else '停止侵害并恢复原状' end,
      case when m.h % 3 = 0 then 10000 * (1 + m.h / 3 % 900) end, ${day('m.ended_at')} + case when m.life = 16 then 90 else 10 end
    from bench.m where m.life in (1, 2, 16) and m.i between $1 and $2 order by m.i`,
  performance_item: `insert into performance_item (id, dispute_id, agreement_id, ordinal, obligation_id, obligor_id, obligee_id, kind, content, amount_fen, performed_fen, due_on, state,
      performed_on, breached_at, breach_reason)
    select bench.id(m.ended_at, 68, m.i), m.id, bench.id(m.ended_at, 66, m.i), 1, bench.id(m.ended_at, 67, m.i), bench.id(m.at, 81, m.i), bench.id(m.at, 80, m.i),
      case when m.h % 3 = 0 then 'payment' else 'act' end, case when m.h % 3 = 0 then '一次性支付赔偿款' else '停止侵害并恢复原状' end,
      case when m.h % 3 = 0 then 10000 * (1 + m.h / 3 % 900) end, case when m.life = 1 and m.h % 3 = 0 then 10000 * (1 + m.h / 3 % 900) else 0 end,
      ${day('m.ended_at')} + case when m.life = 16 then 90 else 10 end, case m.life when 1 then 'performed' when 2 then 'breached' else 'open' end,
      case when m.life = 1 then ${day('m.performed_at')} end, case when m.life = 2 then m.ended_at + interval '11 days' end,
      case when m.life = 2 then '到期没有履行，催促后仍未履行' end
    from bench.m where m.life in (1, 2, 16) and m.i between $1 and $2 order by m.i`,
  mediation_ending: `insert into mediation_ending (id, dispute_id, volume, end_state, code, explanation, after_acceptance, ended_by, ended_at, routes_told, told_how, told_by, told_at)
    select bench.id(m.ended_at, 69, m.i), m.id, 1, case m.life when 3 then 'terminated' else 'refused' end, case m.life when 3 then 'irreconcilable' else 'refused' end,
      case m.life when 3 then '双方差距过大，无法达成一致' else '一方明确表示不同意调解' end, m.life = 3, case m.life when 3 then m.mediator else m.clerk end, m.ended_at,
      array['litigation'], '当面告知', m.clerk, m.ended_at
    from bench.m where m.life in (3, 4) and m.i between $1 and $2 order by m.i`,
  summons: `insert into summons (id, dispute_id, center_id, kind, level, ground, brief, asks, attendance_required, state, proposed_by, proposed_at, issued_by, issued_at,
      number_year, number_seq, number, closed_at)
    select bench.id(m.triaged_at, 70, m.i), m.id, m.center_id, 'progress', 'regular', 'livelihood', '请核实情况并依职责处理', array['核查', '答复'], false,
      case m.life when 6 then 'closed' else 'issued' end, m.clerk, m.triaged_at, m.leader, m.triaged_at,
      m.year, m.seq, m.word || '哨字〔' || m.year || '〕' || m.seq || '号', case m.life when 6 then m.ended_at end
    from bench.m where m.life in (6, 14) and m.i between $1 and $2 order by m.i`,
  summons_task: `insert into summons_task (id, dispute_id, summons_id, agency_id, role, state, issued_at, objection_ends_at, objection_hard_stop_at, signed_by, signed_at, handling_started_at,
      confirmed_by, confirmed_at, closed_at, agency_access_ends_at)
    select bench.id(m.triaged_at, 71, m.i), m.id, bench.id(m.triaged_at, 70, m.i),
      bench.org(22, case b.level when 'street' then b.parent when 'district' then b.c else 1 end), 'lead', case m.life when 6 then 'closed' else 'issued' end,
      m.triaged_at, m.triaged_at + interval '1 day', m.triaged_at + interval '3 days', case m.life when 6 then m.leader end,
      case m.life when 6 then m.triaged_at + (5 + m.h % 40) * interval '1 minute' end, case m.life when 6 then m.triaged_at + interval '3 hours' end,
      case m.life when 6 then m.leader end, case m.life when 6 then m.ended_at end, case m.life when 6 then m.ended_at end, case m.life when 6 then m.ended_at end
    from bench.m join bench.center b on b.c = m.c where m.life in (6, 14) and m.i between $1 and $2 order by m.i`,
  summons_due: `insert into summons_due (id, dispute_id, task_id, kind, rule_id, deadline_rule_id, unit, budget, starts_at, original_due_at, current_due_at, calendar_version, is_provisional,
      explanation, met_at)
    select bench.id(m.triaged_at, 72 + k.n, m.i), m.id, bench.id(m.triaged_at, 71, m.i), k.kind, r.rule_id, r.id, r.unit, r.term, m.triaged_at, m.triaged_at + k.term, m.triaged_at + k.term,
      '1', false, '{}', case m.life when 6 then m.triaged_at + k.term * (0.2 + m.h / (k.n + 3) % 100 / 95.0) end
    from bench.m cross join (values (0, 'sign', interval '30 minutes', 'summons.progress.sign'), (1, 'contact', interval '1 day', 'summons.progress.contact'),
        (2, 'feedback', interval '7 days', 'summons.progress.feedback.regular')) k(n, kind, term, rule)
      join deadline_rule r on r.rule_id = k.rule and r.center_id is null and r.state = 'in-force'
    where (m.life = 6 or m.life = 14 and k.n = 0) and m.i between $1 and $2 order by m.i, k.n`,
  dispute_closing: `insert into dispute_closing (id, dispute_id, volume, outcome, summary, handler_account_id, reviewed_by, closed_at, confirmed_by, unconfirmed_reason)
    select bench.id(m.closed_at, 76, m.i), m.id, 1, d.outcome, '办理完毕，结果已告知当事人。', d.handler_account_id,
      case when d.handler_account_id = m.leader then m.clerk else m.leader end, m.closed_at,
      case when m.h % 4 > 0 then 'phone' end, case when m.h % 4 = 0 then '电话无人接听' end
    from bench.m join dispute d on d.id = m.id where m.closed_at is not null and m.i between $1 and $2 order by m.i`,
  follow_up_visit: `insert into follow_up_visit (id, dispute_id, mode, is_reached, is_performed, is_solved, satisfaction, situation, visited_by, visited_at)
    select bench.id(m.visited_at, 77, m.i), m.id, 'phone', m.h % 11 > 0, case when m.h % 11 > 0 and m.life = 1 then true end, case when m.h % 11 > 0 then m.h % 13 > 0 end,
      case when m.h % 11 > 0 then (array['satisfied','satisfied','satisfied','mostly-satisfied','dissatisfied','no-answer'])[1 + m.h / 17 % 6] end,
      case when m.h % 11 > 0 then '当事人表示事情已经办完' else '电话无人接听' end, m.leader, m.visited_at
    from bench.m where m.visited_at is not null and m.i between $1 and $2 order by m.i`,
};

/** What a matter's own pages and the search show; left out where only figures and lists are asked for. */
export const contents = {
  dispute_narrative: `insert into dispute_narrative (dispute_id, narrative, requests)
    select m.id, to_char(m.at at time zone 'Asia/Shanghai', 'MM月DD日') || '，' || a.name || case when m.h % 4 = 0 then '与' || bench.brand(m.h / 9) else '与' || z.name end
        || '在' || bench.place(m.h / 5) || '因' || bench.cause(m.h) || '发生争执。' || bench.detail(m.h) || '。' || ${pick(COURSES, 'm.h / 19')} || '。'
        || case when m.h % 3 > 0 then '涉及金额约' || (100 * (1 + m.h / 3 % 900)) || '元。' else '' end
        || case when m.h % 5 < 2 then ${pick(COURSES, 'm.h / 23')} || '。' else '' end || ${pick(CLAIMS, 'm.h / 29')} || '。',
      case when m.h % 2 = 0 then ${pick(CLAIMS, 'm.h / 31')} end
    from bench.m join bench.name a on a.i = (20000 * power(bench.h(m.i, 20) % 1000000 / 1e6, 2))::int % 20000
      join bench.name z on z.i = (20000 * power(bench.h(m.i, 21) % 1000000 / 1e6, 2))::int % 20000
    where m.i between $1 and $2 order by m.i`,
  party: `insert into party (id, dispute_id, ordinal, kind, side, name, name_key, state, sex, address, consent, consent_at, notice_signed_at, created_by, created_at, updated_at)
    select bench.id(m.at, 79 + s.n, m.i), m.id, s.n, case when o.is then 'organization' else 'person' end, s.side, case when o.is then bench.brand(m.h / 9) else p.name end,
      case when o.is then bench.brand(m.h / 9) else p.key end, 'active', case when not o.is then case m.h / s.n % 2 when 0 then 'male' else 'female' end end, bench.place(m.h / (s.n * 5)),
      case when m.life in (5, 6, 7, 8, 10, 11, 14, 15) then 'pending' when m.life = 4 and s.n = 2 then 'refused' else 'agreed' end,
      case when m.life in (5, 6, 7, 8, 10, 11, 14, 15) then null else m.triaged_at end, case when ${IS_MEDIATED} then m.triaged_at end, m.clerk, m.at, m.at
    from bench.m cross join (values (1, 'applicant'), (2, 'respondent')) s(n, side)
      cross join lateral (select s.n = 2 and m.h % 4 = 0 as is) o
      join bench.name p on p.i = (20000 * power(bench.h(m.i, 19 + s.n) % 1000000 / 1e6, 2))::int % 20000
    where m.i between $1 and $2 order by m.i, s.n`,
  assignment: `insert into assignment (id, dispute_id, account_id, committee_id, name, capacity, chosen_by, state, assigned_by, assigned_at, ended_at, ended_reason)
    select bench.id(m.accepted_at, 82, m.i), m.id, m.mediator, bench.org(21, m.c), s.name, 'host', 'committee', case when m.closed_at is null then 'active' else 'ended' end,
      m.clerk, m.accepted_at + interval '1 hour', m.closed_at, case when m.closed_at is not null then '事项办结' end
    from bench.m join bench.staff s on s.id = m.mediator where ${IS_MEDIATED} and m.life <> 12 and m.i between $1 and $2 order by m.i`,
};

/** Only what is open, where matters are many: nobody's list or right rests on the rest. */
const acts = (isLean) => (isLean ? 'm.life not in (1, 3, 4, 5, 6, 7, 8) and' : '');
export const traces = (isLean) => ({
  dispute_event: `insert into dispute_event (id, dispute_id, at, act, from_state, to_state, actor_account_id, actor_name)
    select bench.id(e.at, 96 + e.n, m.i), m.id, e.at, e.act, e.before, e.after, e.who, s.name
    from bench.m cross join lateral (values
        (0, m.at, 'disputes.register', null, 'registered', m.clerk),
        (1, case when m.life <> 10 then m.triaged_at end, 'disputes.triage', 'registered', 'triaged', m.clerk),
        (2, m.accepted_at, 'disputes.accept', 'triaged', 'accepted', m.clerk),
        (3, case when m.life in (1, 2, 3, 13, 16) then m.accepted_at + interval '1 hour' end, 'disputes.begin', 'accepted', 'in-progress', m.mediator),
        (4, case when m.life in (6, 14) then m.triaged_at end, 'disputes.undertake', 'triaged', 'in-progress', m.leader),
        (5, case when m.life in (1, 2, 16) then m.ended_at end, 'mediation.agree-orally', 'in-mediation', 'oral-agreed', m.mediator),
        (6, m.performed_at, 'mediation.complete-performance', 'performing', 'performed', m.mediator),
        (7, case when m.life = 3 then m.ended_at end, 'mediation.terminate', 'in-mediation', 'terminated', m.mediator),
        (8, case when m.life in (5, 15) then m.ended_at end, 'disputes.answer', 'triaged', 'answered', m.clerk),
        (9, case when m.life = 7 then m.ended_at end, 'disputes.refer', 'triaged', 'referred', m.clerk),
        (10, m.closed_at, 'disputes.close', 'in-progress', 'closed', m.leader),
        (11, m.visited_at, 'disputes.follow-up', 'closed', 'followed-up', m.leader),
        (12, m.visited_at + interval '1 day', 'disputes.archive', 'followed-up', 'archived', m.leader)) e(n, at, act, before, after, who)
      join bench.staff s on s.id = e.who
    where ${acts(isLean)} e.at is not null and m.i between $1 and $2 order by m.i, e.n`,
  dispute_access: `insert into dispute_access (id, dispute_id, account_id, ground, role, granted_by, starts_at, ends_at)
    select bench.id(m.accepted_at, 83, m.i), m.id, m.mediator, 'assigned', 'mediator', m.clerk, m.accepted_at + interval '1 hour', m.closed_at
    from bench.m where ${acts(isLean)} ${IS_MEDIATED} and m.life <> 12 and m.i between $1 and $2 order by m.i`,
});

/** Lists of what is over: on those of all who had to do with it, from its end on. What is open is reckoned by the program's own rules. */
export const over = (rulesOfCenter, isLean) => ({
  worklist_matter: `insert into worklist_matter (dispute_id, center_id, is_open, is_paused, waits, rules, kept_at)
    select m.id, m.center_id, false, false, '[]', ${rulesOfCenter}, coalesce(m.visited_at, m.closed_at)
    from bench.m join center c on c.id = m.center_id where m.life in (1, 3, 4, 5, 6, 7, 8) and m.i between $1 and $2 order by m.i`,
  ...(isLean
    ? {}
    : {
        worklist_entry: `insert into worklist_entry (dispute_id, center_id, handling_center_id, committee_id, handling_unit_id, is_sealed, tab, audience, line_id, phase, sort_at, since, is_paused)
          select m.id, d.center_id, d.handling_center_id, d.committee_id, d.handling_unit_id, d.is_sealed, e.tab, e.audience, case when e.audience like 'agency%' then bench.id(m.triaged_at, 71, m.i) else m.id end, 3,
                 case when e.audience like 'agency%' then m.ended_at else m.closed_at end, case when e.audience like 'agency%' then m.ended_at else m.visited_at + interval '1 day' end, false
            from bench.m join bench.center b on b.c = m.c join dispute d on d.id = m.id
            cross join lateral (
              select 'done' as tab, 'account:' || w.id as audience from (values (m.clerk), (m.leader), (case when ${IS_MEDIATED} then m.mediator end)) w(id) where w.id is not null
              union all select 'initiated', 'account:' || w.id from (values (m.clerk), (case when m.life = 6 then m.leader end)) w(id) where w.id is not null
              union all select 'done', r.role || '@' || bench.org(22, case b.level when 'street' then b.parent when 'district' then b.c else 1 end)
                from (values ('agency-liaison'), ('agency-handler')) r(role) where m.life = 6) e
           where m.life in (1, 3, 4, 5, 6, 7, 8) and m.i between $1 and $2 order by m.i`,
      }),
});

/** Counters go on where the rows end, and nights before this one have been looked through for what may not have happened. */
export const COUNTERS = `
  insert into authenticity_turn (seen_until) values (now());
  insert into number_counter (owner_id, series, year, value)
    select center_id, 'registration', year, max(seq) from bench.m group by 1, 3
    union all select bench.org(21, m.c), 'mediation', k.case_year, max(k.case_seq) from bench.m join bench.case k on k.i = m.i group by 1, 3
    union all select center_id, 'summons', year, max(seq) from bench.m where life in (6, 14) group by 1, 3`;

const one = (list) => list[Math.floor(Math.random() * list.length)];
const upTo = (n) => 1 + Math.floor(Math.random() * n);
const somewhere = () => `${one(STREETS)}${upTo(398)}号${one(BRANDS)}${one(BRANDS)}小区${upTo(40)}号楼`;

/** A matter for the counter in the words of all others: made by thousands they stand before them in every list and every search. */
export function newMatter(centerId) {
  const [applicant, respondent] = Array.from({ length: 2 }, () => one(SURNAMES) + one(GIVEN) + one(GIVEN));
  const [, cause, detail] = one(TYPES);
  const party = (side, name) => ({
    kind: 'person',
    side,
    name,
    phone: `13${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`,
    address: somewhere(),
  });
  return {
    centerId,
    channel: 'visit',
    title: `${cause}纠纷`,
    narrative: `${applicant}与${respondent}在${somewhere()}因${cause}发生争执。${detail}。${one(COURSES)}。涉及金额约${100 * upTo(900)}元。${one(CLAIMS)}。`,
    parties: [party('applicant', applicant), party('respondent', respondent)],
  };
}
