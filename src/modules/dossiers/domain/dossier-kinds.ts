import { type ItemKey, ITEM_KEYS, itemOf } from './dossier-items';
import type { DossierFacts, DossierItem, FileOnRecord, PaperOnRecord } from './dossier-list';

export const DOSSIER_KINDS = {
  full: '全卷',
  redacted: '脱敏副本',
  court: '司法确认材料',
  enforcement: '申请强制执行材料',
  police: '公安机关材料',
} as const;
export type DossierKind = keyof typeof DOSSIER_KINDS;

interface PartOfKind {
  readonly item: ItemKey;
  /** Only papers of these templates; all of the item where left out. */
  readonly templates?: readonly string[];
  /** Whether the files under the item go along. */
  readonly files: boolean;
  /** Said when nothing fills it. */
  readonly missing?: string;
}

interface KindRule {
  /** What it is for, and by which rule. */
  readonly purpose: string;
  readonly leavesOut: string;
  readonly parts: readonly PartOfKind[];
  /** What the one who orders may add from the files of the matter. */
  readonly extra?: string;
  /** Why it can not be bound now; null when it can. */
  readonly refusal?: (facts: DossierFacts) => string | null;
}

const WHOLE: readonly PartOfKind[] = ITEM_KEYS.map((item) => ({ item, files: true }));

const noAgreement = ({ conclusion }: DossierFacts): boolean => conclusion !== 'written' && conclusion !== 'oral';

const RULES: Readonly<Record<DossierKind, KindRule>> = {
  full: {
    purpose: '立卷归档用，含卷内全部文书和材料（人民调解法第二十七条）。',
    leavesOut: '仅调解员可见的材料、笔记不入卷。',
    parts: WHOLE,
  },
  redacted: {
    purpose: '供查阅、评查和交流使用，遮盖个人信息（个人信息保护法第五十一条）。',
    leavesOut:
      '不含单方谈话记录和仅调解员可见的内容；证件号码、电话、住址和未成年人姓名已遮盖；扫描件、照片等不能遮盖的材料以说明页代替。',
    parts: WHOLE,
  },
  court: {
    purpose: '向人民法院申请司法确认用（民事诉讼法第二百零五条、人民调解法第三十三条）。',
    leavesOut: '不含调查记录、证据和单方谈话记录；确需提交的，另附。',
    parts: [
      {
        item: 'confirmation',
        files: true,
        missing: '还没有司法确认申请书，请在“文书”中出具，由各方当事人签名。',
      },
      { item: 'agreement', templates: ['agreement', 'agreement-supplement', 'agreement-correction'], files: true },
      { item: 'record', files: true, missing: '还没有调解记录，请在“文书”中出具。' },
      {
        item: 'application',
        templates: ['mediation-register', 'mediation-application'],
        files: false,
        missing: '还没有受理登记表或者调解申请书，法院要看调委会受理、主持调解的证明。',
      },
      { item: 'identity', files: true, missing: '还没有当事人身份证明页，请在“文书”中出具。' },
      { item: 'power', files: true },
      { item: 'rights-notice', templates: ['service-address-confirmation'], files: false },
    ],
    extra: '权属证明等另附的材料',
    refusal: (facts) =>
      facts.conclusion === 'written' ? null : '没有已生效的书面调解协议，不能申请司法确认。请先签订书面协议。',
  },
  enforcement: {
    purpose: '一方不履行的，凭经司法确认的协议申请强制执行（人民调解法第三十三条）。',
    leavesOut: '不含调解记录、调查记录和证据。',
    parts: [
      { item: 'agreement', files: true },
      {
        item: 'confirmation',
        templates: [],
        files: true,
        missing: '还没有人民法院的司法确认裁定书，请扫描上传到“证据材料”，装订时选为另附的材料。',
      },
      {
        item: 'performance',
        files: true,
        missing: '还没有履行情况记录，请在“文书”中出具；催告过的，一并出具催告书。',
      },
    ],
    extra: '人民法院的司法确认裁定书',
    refusal: (facts) => (noAgreement(facts) ? '没有已生效的调解协议，没有可以申请执行的内容。' : null),
  },
  police: {
    purpose:
      '因民间纠纷引起的打架斗殴、损毁财物，达成协议并履行的，供公安机关依法不予处罚时查核（治安管理处罚法第九条）。',
    leavesOut: '不含调解记录、调查记录、证据和身份证明。',
    parts: [
      { item: 'agreement', files: true },
      { item: 'performance', files: true, missing: '还没有履行情况记录和凭证，请在“文书”中出具。' },
    ],
    extra: '当事人向公安机关提出的书面申请',
    refusal: (facts) => {
      if (noAgreement(facts)) return '没有已生效的调解协议，不能移交公安机关。';
      return facts.performed.length === 0 ? '协议还没有履行。履行以后，公安机关才能依法认可，请先登记履行。' : null;
    },
  },
};

/** What may be asked of a kind before it is bound. */
export interface KindOutlook {
  readonly kind: DossierKind;
  readonly name: string;
  readonly purpose: string;
  readonly leavesOut: string;
  /** Names of what goes in, in order. */
  readonly includes: readonly string[];
  readonly missing: readonly string[];
  readonly extra: string | null;
  readonly refusal: string | null;
}

export function outlookOf(kind: DossierKind, facts: DossierFacts, list: readonly DossierItem[]): KindOutlook {
  const { purpose, leavesOut, parts, extra, refusal } = RULES[kind];
  const whole = parts === WHOLE;
  const filled = parts.map((part) => ({ part, found: foundOf(part, list) }));
  return {
    kind,
    name: DOSSIER_KINDS[kind],
    purpose,
    leavesOut,
    includes: filled
      .filter(({ part, found }) => isDrawn(part.item) || found.papers.length + found.files.length > 0)
      .map(({ part }) => nameIn(list, part.item)),
    missing: whole
      ? list.flatMap(({ gaps }) => gaps.map(({ text }) => text))
      : filled.flatMap(({ part, found }) =>
          part.missing !== undefined && found.papers.length + found.files.length === 0 ? [part.missing] : [],
        ),
    extra: extra ?? null,
    refusal: refusal?.(facts) ?? null,
  };
}

/** What is bound, in order: between the cover and the back cover of the whole file, or alone. */
export interface BoundItem {
  readonly item: ItemKey;
  readonly name: string;
  readonly papers: readonly PaperOnRecord[];
  readonly files: readonly FileOnRecord[];
}

/** The papers and files of a kind; `chosen` names what is added from the files of the matter. */
export function contentOf(
  kind: DossierKind,
  facts: DossierFacts,
  list: readonly DossierItem[],
  chosen: readonly string[],
): BoundItem[] {
  const { parts } = RULES[kind];
  const separate = new Set(facts.sessions.filter((s) => s.isSeparate).map((s) => s.id));
  // Nobody outside reads what was said to the mediators alone.
  const isPrivate = (paper: PaperOnRecord): boolean =>
    kind !== 'full' && paper.subjectId !== null && separate.has(paper.subjectId);
  const bound = parts.map((part) => {
    const { papers, files } = foundOf(part, list);
    return { item: part.item, name: nameIn(list, part.item), papers: papers.filter((p) => !isPrivate(p)), files };
  });
  const already = new Set(bound.flatMap(({ files }) => files.map(({ id }) => id)));
  const added = facts.files.filter(({ id }) => chosen.includes(id) && !already.has(id));
  return [
    ...bound,
    ...(added.length === 0 ? [] : [{ item: 'other' as const, name: '另附材料', papers: [], files: added }]),
  ].filter(({ item, papers, files }) => isDrawn(item) || papers.length + files.length > 0);
}

function foundOf({ item, templates, files }: PartOfKind, list: readonly DossierItem[]) {
  const row = list.find(({ key }) => key === item);
  return {
    papers: (row?.papers ?? []).filter((p) => templates === undefined || templates.includes(p.templateId)),
    files: files ? (row?.files ?? []) : [],
  };
}

function isDrawn(item: ItemKey): boolean {
  return item === 'cover' || item === 'back-cover' || item === 'catalogue';
}

function nameIn(list: readonly DossierItem[], item: ItemKey): string {
  return list.find(({ key }) => key === item)?.name ?? itemOf(item).name;
}
