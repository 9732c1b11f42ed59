import { CHANNELS, DISPUTE_TYPES, OUTCOMES } from '../../disputes';

export interface ImportColumn {
  /** Heading in the workbook; columns are found by it, in whatever order they stand. */
  readonly header: string;
  /** Second row of the template. */
  readonly hint: string;
  /** Third row of the template. */
  readonly example: string;
  readonly width: number;
  readonly isNeeded?: boolean;
  /** Longest text. */
  readonly max: number;
  readonly isMultiline?: boolean;
  /** By the name that is chosen, the key that is kept. */
  readonly choices?: ReadonlyMap<string, string>;
}

const TYPE_NAMES: Readonly<Record<string, string>> = DISPUTE_TYPES;

/** `婚姻家庭—离婚`: the second level with the first before it. */
const typePath = (key: string): string => {
  const [first = ''] = key.split('.');
  return first === key ? (TYPE_NAMES[key] ?? key) : `${TYPE_NAMES[first]}—${TYPE_NAMES[key]}`;
};

const byName = (names: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(names).map(([key, name]) => [name, key]));

/** Marks the row of the template that only shows how to fill it in; left standing, it is passed over. */
export const EXAMPLE_MARK = '示例';

const PEOPLE = '多人用顿号隔开。单位写作“单位：某某公司”';
const NUMBERS = '与左栏一一对应，顿号隔开；没有的写“无”。整栏可以不填';

/** The old ledger as it is asked for: the template is written and the upload is read by this one list. */
export const IMPORT_COLUMNS = {
  oldNumber: {
    header: '旧台账编号',
    hint: '原来的编号，每件不同',
    example: `${EXAMPLE_MARK}-2023-001`,
    width: 18,
    isNeeded: true,
    max: 60,
  },
  registeredOn: {
    header: '登记日期',
    hint: '如 2023-05-01',
    example: '2023-05-01',
    width: 14,
    isNeeded: true,
    max: 20,
  },
  channel: {
    header: '来源渠道',
    hint: '从列表中选',
    example: '来访',
    width: 14,
    isNeeded: true,
    max: 20,
    choices: byName(CHANNELS),
  },
  disputeType: {
    header: '纠纷类型',
    hint: '从列表中选',
    example: '邻里—噪声',
    width: 22,
    max: 40,
    choices: new Map(Object.keys(DISPUTE_TYPES).map((key) => [typePath(key), key])),
  },
  title: {
    header: '事项名称',
    hint: '不超过100字',
    example: '赵家与钱家楼上楼下噪声纠纷',
    width: 34,
    isNeeded: true,
    max: 100,
  },
  narrative: {
    header: '简要情况',
    hint: '不超过5000字',
    example: '楼上夜间装修，双方多次争吵。',
    width: 44,
    isNeeded: true,
    max: 5000,
    isMultiline: true,
  },
  applicants: { header: '申请方', hint: PEOPLE, example: '赵一、赵二', width: 24, isNeeded: true, max: 1000 },
  applicantNumbers: {
    header: '申请方证件号码',
    hint: `身份证号或统一社会信用代码，${NUMBERS}`,
    example: '11010519491231002X、无',
    width: 28,
    max: 1000,
  },
  applicantPhones: { header: '申请方电话', hint: NUMBERS, example: '13904710001、无', width: 24, max: 1000 },
  respondents: { header: '被申请方', hint: PEOPLE, example: '钱三', width: 24, max: 1000 },
  respondentNumbers: {
    header: '被申请方证件号码',
    hint: `身份证号或统一社会信用代码，${NUMBERS}`,
    example: '',
    width: 28,
    max: 1000,
  },
  respondentPhones: { header: '被申请方电话', hint: NUMBERS, example: '', width: 24, max: 1000 },
  place: { header: '发生地点', hint: '可以不填', example: '光明社区某小区3号楼', width: 26, max: 200 },
  headcount: { header: '涉及人数', hint: '整数，可以不填', example: '3', width: 10, max: 10 },
  amount: { header: '涉及金额（元）', hint: '可以不填', example: '2000', width: 14, max: 20 },
  handler: { header: '承办人', hint: '原来的承办人姓名', example: '孙调解', width: 12, max: 100 },
  organization: { header: '办理单位', hint: '原来的调委会或部门', example: '光明社区调委会', width: 24, max: 100 },
  closedOn: {
    header: '办结日期',
    hint: '还没有办结的不在这里导入',
    example: '2023-05-20',
    width: 14,
    isNeeded: true,
    max: 20,
  },
  outcome: {
    header: '办理结果',
    hint: '从列表中选',
    example: '达成调解协议',
    width: 18,
    isNeeded: true,
    max: 40,
    choices: byName(OUTCOMES),
  },
  result: {
    header: '办理情况',
    hint: '可以不填',
    example: '双方约定装修时间，已履行。',
    width: 36,
    max: 2000,
    isMultiline: true,
  },
  remark: { header: '备注', hint: '可以不填', example: '', width: 20, max: 1000, isMultiline: true },
} as const satisfies Readonly<Record<string, ImportColumn>>;

export type ImportColumnKey = keyof typeof IMPORT_COLUMNS;
export const IMPORT_KEYS = Object.keys(IMPORT_COLUMNS) as readonly ImportColumnKey[];
export const importColumn = (key: ImportColumnKey): ImportColumn => IMPORT_COLUMNS[key];

/** In how many rows of matters one file may come. */
export const MOST_MATTERS = 5000;
