/** Where on the page of the matter something is mended. */
export const TABS = {
  papers: '文书',
  parties: '当事人',
  sessions: '调解会',
  agreement: '协议',
  performance: '履行',
} as const;
export type Tab = keyof typeof TABS;

interface Item {
  readonly name: string;
  readonly need: 'required' | 'on-demand';
  /** Templates of the papers that stand under this item, in the order in which they are bound. */
  readonly templates: readonly string[];
  /** Words in the name or the description of a scan by which it belongs here. */
  readonly words?: RegExp;
}

/** The papers of a dossier in the national order (司发通〔2010〕239号, with 必须 and 按需 of the files in use). */
export const DOSSIER_ITEMS = {
  cover: { name: '卷宗封面', need: 'required', templates: ['dossier-cover'] },
  catalogue: { name: '卷内目录', need: 'required', templates: [] },
  application: {
    name: '人民调解申请书或者受理登记表',
    need: 'required',
    templates: ['mediation-application', 'mediation-register', 'registration-receipt', 'one-time-notice'],
    words: /申请书|登记表|登记回执/u,
  },
  'rights-notice': {
    name: '当事人权利义务告知书',
    need: 'required',
    templates: ['rights-notice', 'service-address-confirmation'],
    words: /告知书|送达地址/u,
  },
  identity: { name: '当事人身份证明', need: 'required', templates: ['identity-page'] },
  power: {
    name: '授权委托书',
    need: 'on-demand',
    templates: ['power-of-attorney', 'helper-authority'],
    words: /委托书/u,
  },
  investigation: { name: '调查记录', need: 'on-demand', templates: ['investigation-record'], words: /调查记录/u },
  evidence: { name: '证据材料', need: 'on-demand', templates: ['evidence-list'] },
  record: {
    name: '调解记录',
    need: 'required',
    templates: ['mediation-record', 'mediator-change-notice'],
    words: /调解记录|调解笔录/u,
  },
  agreement: {
    name: '人民调解协议书',
    need: 'required',
    templates: [
      'agreement',
      'agreement-supplement',
      'agreement-correction',
      'oral-agreement-register',
      'mongolian-page',
      'termination-notice',
    ],
    words: /协议书|口头协议|终止调解/u,
  },
  performance: {
    name: '收条、汇款单等履行凭证',
    need: 'on-demand',
    templates: ['performance-page', 'performance-reminder'],
    words: /收条|收据|汇款|转账|履行|催告/u,
  },
  'follow-up': { name: '回访记录', need: 'on-demand', templates: ['follow-up-record'], words: /回访/u },
  confirmation: {
    name: '司法确认有关材料',
    need: 'on-demand',
    templates: ['judicial-confirmation-application'],
    words: /司法确认|裁定书/u,
  },
  statement: {
    name: '卷宗情况说明',
    need: 'on-demand',
    templates: ['closing-report', 'dossier-statement'],
  },
  other: {
    name: '其他文书',
    need: 'on-demand',
    templates: ['non-acceptance-notice', 'transfer-letter', 'summons', 'joint-meeting-minutes'],
  },
  'back-cover': { name: '封底', need: 'required', templates: ['dossier-back-cover'] },
} as const satisfies Readonly<Record<string, Item>>;

export type ItemKey = keyof typeof DOSSIER_ITEMS;
export const ITEM_KEYS = Object.keys(DOSSIER_ITEMS) as ItemKey[];

export function itemOf(key: ItemKey): Item {
  return DOSSIER_ITEMS[key];
}

/** Number in the national list; none for what surrounds it. */
export const ORDINALS: Readonly<Partial<Record<ItemKey, number>>> = {
  application: 1,
  'rights-notice': 2,
  identity: 3,
  power: 4,
  investigation: 5,
  evidence: 6,
  record: 7,
  agreement: 8,
  performance: 9,
  'follow-up': 10,
  confirmation: 11,
  statement: 12,
  'back-cover': 13,
};

/** What the program draws by itself when it binds. */
export const DRAWN: readonly ItemKey[] = ['cover', 'catalogue', 'back-cover'];

/** Under which item a paper stands; null for papers of the center's own steering, which are not of the dossier. */
export function itemOfTemplate(templateId: string): ItemKey | null {
  return ITEM_KEYS.find((key) => itemOf(key).templates.includes(templateId)) ?? null;
}

/** Under which item a file stands that no record refers to: by its kind, and a signed scan by what it is called. */
export function itemOfFile(file: {
  readonly evidenceType: string;
  readonly fileName: string;
  readonly description: string | null;
}): ItemKey {
  if (file.evidenceType === 'identity') return 'identity';
  if (file.evidenceType === 'authority') return 'power';
  if (file.evidenceType !== 'signed-paper' && file.evidenceType !== 'other') return 'evidence';
  const words = `${file.fileName} ${file.description ?? ''}`;
  return ITEM_KEYS.find((key) => itemOf(key).words?.test(words) === true) ?? 'evidence';
}
