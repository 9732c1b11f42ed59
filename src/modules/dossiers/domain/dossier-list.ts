import type { PagesKind } from './binding-rules';
import {
  DOSSIER_ITEMS,
  DRAWN,
  type ItemKey,
  ITEM_KEYS,
  ORDINALS,
  type Tab,
  itemOf,
  itemOfTemplate,
} from './dossier-items';

/** How the mediation of this volume ended; the dossier differs by it. */
export const CONCLUSIONS = {
  written: '达成书面协议',
  oral: '达成口头协议',
  none: '没有达成协议',
  open: '尚未结束',
} as const;
export type Conclusion = keyof typeof CONCLUSIONS;

export interface PaperOnRecord {
  readonly id: string;
  readonly templateId: string;
  readonly title: string;
  readonly number: string | null;
  readonly pageCount: number;
  readonly sha256: string;
  /** Of its long-term copy, where there is one. */
  readonly longTermSha256: string | null;
  /** What it is about: a session, a record of investigation, a party, an agreement. */
  readonly subjectId: string | null;
}

export interface FileOnRecord {
  readonly id: string;
  readonly item: ItemKey;
  readonly fileName: string;
  readonly typeName: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  /** How it becomes pages; null where it can not. */
  readonly kind: PagesKind | null;
  /** Null where it can not be bound. */
  readonly pages: number | null;
  /** Why it can not be bound; then a sheet stands in its place, and the file lies in the archive. */
  readonly obstacle: string | null;
}

/** All that decides which papers the dossier must have. Papers in force only; files in the dossier only. */
export interface DossierFacts {
  readonly conclusion: Conclusion;
  readonly papers: readonly PaperOnRecord[];
  readonly files: readonly FileOnRecord[];
  /** Names of those who take part and have not signed for the notice of rights. */
  readonly untold: readonly string[];
  readonly agents: readonly {
    readonly partyId: string;
    readonly party: string;
    readonly name: string;
    /** A power that the party brought itself is on file. */
    readonly hasProof: boolean;
  }[];
  /** Hearings of which a paper may be made. */
  readonly hearings: readonly { readonly id: string; readonly name: string }[];
  /** Sessions whose result is on record. */
  readonly sessions: readonly { readonly id: string; readonly ordinal: number; readonly isSeparate: boolean }[];
  readonly agreements: readonly {
    readonly id: string;
    readonly kind: 'written' | 'oral';
    readonly number: string | null;
  }[];
  /** Obligations on record as performed. */
  readonly performed: readonly { readonly content: string; readonly hasProof: boolean }[];
  /** Follow-ups in which somebody was reached. */
  readonly visits: number;
  /** The matter went to a court. */
  readonly wentToCourt: boolean;
}

export interface Gap {
  /** What is missing and what to do, in plain words. */
  readonly text: string;
  readonly tab: Tab;
}

export interface DossierItem {
  readonly key: ItemKey;
  readonly ordinal: number | null;
  readonly name: string;
  readonly need: 'required' | 'on-demand';
  /** `drawn`: made when the volume is bound; `idle`: nothing on record asks for it. */
  readonly state: 'drawn' | 'filled' | 'gap' | 'idle';
  readonly papers: readonly PaperOnRecord[];
  readonly files: readonly FileOnRecord[];
  readonly gaps: readonly Gap[];
}

/** The list of the dossier in its order: what fills each item, and what is missing. */
export function dossierList(facts: DossierFacts): DossierItem[] {
  return ITEM_KEYS.map((key) => {
    const papers = papersUnder(key, facts);
    const files = facts.files.filter((file) => file.item === key);
    const gaps = DRAWN.includes(key) ? [] : gapsOf(key, facts, papers, files);
    const isFilled = papers.length + files.length > 0;
    return {
      key,
      ordinal: ORDINALS[key] ?? null,
      name: nameOf(key, facts.conclusion),
      need: needOf(key, facts.conclusion),
      state: DRAWN.includes(key) ? 'drawn' : gaps.length > 0 ? 'gap' : isFilled ? 'filled' : 'idle',
      papers,
      files,
      gaps,
    };
  });
}

function papersUnder(key: ItemKey, { papers }: DossierFacts): PaperOnRecord[] {
  const templates: readonly string[] = DOSSIER_ITEMS[key].templates;
  return papers
    .filter((paper) => itemOfTemplate(paper.templateId) === key)
    .sort((a, z) => templates.indexOf(a.templateId) - templates.indexOf(z.templateId));
}

function nameOf(key: ItemKey, conclusion: Conclusion): string {
  if (key === 'agreement' && conclusion === 'oral') return '口头协议登记表';
  if (key === 'agreement' && conclusion === 'none') return '终止调解通知书';
  return itemOf(key).name;
}

/** Without an agreement the statement says in its place what became of the matter. */
function needOf(key: ItemKey, conclusion: Conclusion): DossierItem['need'] {
  return key === 'statement' && conclusion === 'none' ? 'required' : itemOf(key).need;
}

function gapsOf(
  key: ItemKey,
  facts: DossierFacts,
  papers: readonly PaperOnRecord[],
  files: readonly FileOnRecord[],
): Gap[] {
  const has = (...templates: string[]): boolean => papers.some((p) => templates.includes(p.templateId));
  const isAbout = (id: string): boolean => papers.some((p) => p.subjectId === id);
  const issue = (text: string): Gap => ({ text: `${text}，请在“文书”中出具。`, tab: 'papers' });
  switch (key) {
    case 'application':
      return has('mediation-application', 'mediation-register') || files.length > 0
        ? []
        : [issue('还没有人民调解申请书或者受理登记表')];
    case 'rights-notice':
      return [
        ...(has('rights-notice') || files.length > 0 ? [] : [issue('还没有权利义务告知书')]),
        ...facts.untold.map((name) => ({
          text: `还没有${name}的权利义务告知书签收，请告知后登记签收。`,
          tab: 'parties' as const,
        })),
      ];
    case 'identity':
      return papers.length + files.length > 0 ? [] : [issue('还没有当事人身份证明页，也没有证件复印件')];
    case 'power':
      return facts.agents
        .filter(({ partyId, hasProof }) => !hasProof && !isAbout(partyId))
        .map(({ party, name }) => issue(`${party}委托了${name}，还没有授权委托书`));
    case 'investigation':
      return facts.hearings.filter(({ id }) => !isAbout(id)).map(({ name }) => issue(`对${name}的调查记录还没有出具`));
    case 'record':
      return facts.sessions.length === 0
        ? facts.conclusion === 'open' || papers.length + files.length > 0
          ? []
          : [{ text: '没有登记调解会，也没有调解记录。请补记调解会，再出具调解记录。', tab: 'sessions' }]
        : facts.sessions
            // Talks with one side alone leave notes for those who serve, not a record that all may read.
            .filter(({ id, isSeparate }) => !isSeparate && !isAbout(id))
            .map(({ ordinal }) => issue(`第${ordinal}次调解会的调解记录还没有出具`));
    case 'agreement':
      return conclusionGaps(facts, has, isAbout, issue);
    case 'performance':
      return unproved(facts).map(([content, times]) => ({
        text: `“${content}”${times > 1 ? `（${times}笔）` : ''}已登记履行，还没有收条、汇款单等凭证，请在“履行”中补登。`,
        tab: 'performance' as const,
      }));
    case 'follow-up':
      return facts.visits > 0 && papers.length + files.length === 0 ? [issue('已经回访，还没有回访记录')] : [];
    case 'confirmation':
      return (facts.wentToCourt || files.length > 0) && papers.length === 0
        ? [issue('已经申请司法确认，还没有司法确认申请书')]
        : [];
    case 'statement':
      return facts.conclusion === 'none' && !has('dossier-statement')
        ? [issue('没有达成协议的，应当有卷宗情况说明')]
        : [];
    default:
      return [];
  }
}

function conclusionGaps(
  { conclusion, agreements }: DossierFacts,
  has: (...templates: string[]) => boolean,
  isAbout: (id: string) => boolean,
  issue: (text: string) => Gap,
): Gap[] {
  if (conclusion === 'open') {
    return [{ text: '调解还没有结束，没有协议书，也没有终止调解的记录。', tab: 'agreement' }];
  }
  if (conclusion === 'none') return has('termination-notice') ? [] : [issue('还没有终止调解通知书')];
  return agreements
    .filter(({ id }) => !isAbout(id))
    .map(({ kind, number }) =>
      kind === 'oral' ? issue('还没有口头协议登记表') : issue(`还没有协议书${number === null ? '' : `（${number}）`}`),
    );
}

/** What was performed without proof, and how often. */
function unproved({ performed }: DossierFacts): [string, number][] {
  const times = new Map<string, number>();
  for (const { content, hasProof } of performed) {
    if (!hasProof) times.set(content, (times.get(content) ?? 0) + 1);
  }
  return [...times];
}
