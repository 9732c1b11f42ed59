import { readdirSync } from 'node:fs';
import { MOST_BYTES, MOST_PAGES, archiveName, numbered, pageRange, withinVolume } from './binding-rules';
import { DOSSIER_ITEMS, type ItemKey, ITEM_KEYS, itemOfFile, itemOfTemplate } from './dossier-items';
import { type DossierKind, DOSSIER_KINDS, contentOf, outlookOf } from './dossier-kinds';
import { type DossierFacts, type FileOnRecord, type PaperOnRecord, dossierList } from './dossier-list';

const EMPTY: DossierFacts = {
  conclusion: 'open',
  papers: [],
  files: [],
  untold: [],
  agents: [],
  hearings: [],
  sessions: [],
  agreements: [],
  performed: [],
  visits: 0,
  wentToCourt: false,
};
const facts = (more: Partial<DossierFacts>): DossierFacts => ({ ...EMPTY, ...more });
const paper = (templateId: string, subjectId: string | null = null): PaperOnRecord => ({
  id: `${templateId}-${subjectId ?? ''}`,
  templateId,
  title: templateId,
  number: null,
  pageCount: 1,
  longTermSha256: null,
  sha256: 'a',
  subjectId,
});
const file = (item: ItemKey, more: Partial<FileOnRecord> = {}): FileOnRecord => ({
  id: `file-${item}`,
  item,
  fileName: 'x.jpg',
  typeName: '书证',
  sha256: 'b',
  sizeBytes: 1,
  kind: 'image',
  pages: 1,
  obstacle: null,
  ...more,
});
const gaps = (given: DossierFacts, key: ItemKey): string[] =>
  dossierList(given)
    .filter((item) => item.key === key)
    .flatMap((item) => item.gaps.map(({ text }) => text));

describe('the list of the dossier', () => {
  it.each<[string, ItemKey, Partial<DossierFacts>, Partial<DossierFacts>]>([
    ['an application or a register', 'application', {}, { papers: [paper('mediation-register')] }],
    ['a scanned application', 'application', {}, { files: [file('application')] }],
    [
      'each signature for the notice',
      'rights-notice',
      { untold: ['甲'], papers: [paper('rights-notice')] },
      { papers: [paper('rights-notice')] },
    ],
    ['an identity page or copies', 'identity', {}, { files: [file('identity')] }],
    [
      'the power of each agent',
      'power',
      {
        agents: [{ partyId: 'p', party: '甲', name: '乙', hasProof: false }],
        papers: [paper('power-of-attorney', 'q')],
      },
      {
        agents: [{ partyId: 'p', party: '甲', name: '乙', hasProof: false }],
        papers: [paper('power-of-attorney', 'p')],
      },
    ],
    [
      'a record of each hearing',
      'investigation',
      { hearings: [{ id: 'h', name: '邻居' }] },
      { hearings: [{ id: 'h', name: '邻居' }], papers: [paper('investigation-record', 'h')] },
    ],
    [
      'a record of each session',
      'record',
      { sessions: [{ id: 's', ordinal: 1, isSeparate: false }] },
      { sessions: [{ id: 's', ordinal: 1, isSeparate: true }] },
    ],
    ['some session in a matter that ended', 'record', { conclusion: 'none' }, { conclusion: 'open' }],
    [
      'the paper of each agreement',
      'agreement',
      { conclusion: 'written', agreements: [{ id: 'a', kind: 'written', number: '1号' }] },
      {
        conclusion: 'written',
        agreements: [{ id: 'a', kind: 'written', number: '1号' }],
        papers: [paper('agreement', 'a')],
      },
    ],
    [
      'the register of an oral agreement',
      'agreement',
      { conclusion: 'oral', agreements: [{ id: 'a', kind: 'oral', number: null }] },
      {
        conclusion: 'oral',
        agreements: [{ id: 'a', kind: 'oral', number: null }],
        papers: [paper('oral-agreement-register', 'a')],
      },
    ],
    [
      'the notice of termination',
      'agreement',
      { conclusion: 'none' },
      { conclusion: 'none', papers: [paper('termination-notice')] },
    ],
    [
      'proof of what was performed',
      'performance',
      { performed: [{ content: '付款', hasProof: false }] },
      { performed: [{ content: '付款', hasProof: true }] },
    ],
    [
      'a record of a follow-up that took place',
      'follow-up',
      { visits: 1 },
      { visits: 1, papers: [paper('follow-up-record')] },
    ],
    [
      'the application once the court is asked',
      'confirmation',
      { wentToCourt: true },
      { wentToCourt: true, papers: [paper('judicial-confirmation-application')] },
    ],
    ['a statement without agreement', 'statement', { conclusion: 'none' }, { conclusion: 'written' }],
  ])('demands %s', (_, key, lacking, having) => {
    expect(gaps(facts(lacking), key)).toHaveLength(1);
    expect(gaps(facts(having), key)).toEqual([]);
  });

  it('tells of five payments without proof in one line', () => {
    const performed = Array.from({ length: 5 }, () => ({ content: '付款', hasProof: false }));
    expect(gaps(facts({ performed }), 'performance')).toEqual([
      '“付款”（5笔）已登记履行，还没有收条、汇款单等凭证，请在“履行”中补登。',
    ]);
  });

  it('asks on demand for nothing that the record does not call for', () => {
    for (const { key, need, state } of dossierList(EMPTY)) {
      if (need === 'on-demand') expect([key, state]).toEqual([key, 'idle']);
    }
  });

  it('gives every paper of the file its place once', () => {
    const templates = ITEM_KEYS.flatMap((key): readonly string[] => DOSSIER_ITEMS[key].templates);
    expect(new Set(templates).size).toBe(templates.length);
    // What the center steers by, what is handed out and not kept, and what is drawn for a volume alone.
    const elsewhere = [
      'agency-card',
      'contact-slip',
      'dossier-catalogue',
      'dossier-label',
      'dossier-placeholder',
      'hand-over',
      'mediator-card',
      'report-bulletin',
      'report-figures',
      'report-monthly',
      'report-statutory',
      'report-weekly',
      'subsidy-list',
      'supervision-order',
      'urging-letter',
    ];
    const known = readdirSync('templates')
      .filter((name) => name.endsWith('.tpl.md'))
      .map((name) => name.replace('.tpl.md', ''));
    expect(known.filter((templateId) => itemOfTemplate(templateId) === null)).toEqual(elsewhere);
    expect(templates.filter((templateId) => !known.includes(templateId))).toEqual([]);
  });

  it.each([
    ['identity', '随便.jpg', 'identity'],
    ['signed-paper', '权利义务告知书签收.jpg', 'rights-notice'],
    ['signed-paper', '扫描0001.jpg', 'evidence'],
    ['other', '司法确认裁定书.pdf', 'confirmation'],
    ['documentary', '协议书.jpg', 'evidence'],
  ])('puts a file of kind %s called %s under %s', (evidenceType, fileName, item) => {
    expect(itemOfFile({ evidenceType, fileName, description: null })).toBe(item);
  });
});

describe('kinds of volumes', () => {
  const agreed = facts({
    conclusion: 'written',
    papers: [
      paper('agreement', 'a'),
      paper('mediation-record', 's1'),
      paper('mediation-record', 's2'),
      paper('identity-page'),
    ],
    files: [file('evidence'), file('performance')],
    sessions: [
      { id: 's1', ordinal: 1, isSeparate: false },
      { id: 's2', ordinal: 2, isSeparate: true },
    ],
    agreements: [{ id: 'a', kind: 'written', number: null }],
    performed: [{ content: '付款', hasProof: true }],
  });
  const holds = (kind: DossierKind, chosen: string[] = []): string[] =>
    contentOf(kind, agreed, dossierList(agreed), chosen).flatMap(({ papers, files }) => [
      ...papers.map(({ id }) => id),
      ...files.map(({ id }) => id),
    ]);

  it('hold what their reader needs, and nothing said to the mediators alone', () => {
    expect(holds('full')).toContain('mediation-record-s2');
    for (const kind of ['redacted', 'court', 'enforcement', 'police'] as const) {
      expect(holds(kind)).not.toContain('mediation-record-s2');
    }
    expect(holds('court')).toEqual(['agreement-a', 'mediation-record-s1', 'identity-page-']);
    expect(holds('police')).toEqual(['agreement-a', 'file-performance']);
    expect(holds('court', ['file-evidence', 'unknown'])).toContain('file-evidence');
  });

  it.each<[DossierKind, Partial<DossierFacts>]>([
    ['court', { conclusion: 'oral' }],
    ['enforcement', { conclusion: 'none' }],
    ['police', { conclusion: 'none' }],
    ['police', { performed: [] }],
  ])('%s is refused for %j', (kind, change) => {
    const changed = { ...agreed, ...change };
    expect(outlookOf(kind, changed, dossierList(changed)).refusal).not.toBeNull();
    expect(outlookOf(kind, agreed, dossierList(agreed)).refusal).toBeNull();
  });

  it('all say what they are for and what they leave out', () => {
    for (const kind of Object.keys(DOSSIER_KINDS) as DossierKind[]) {
      const { purpose, leavesOut } = outlookOf(kind, EMPTY, dossierList(EMPTY));
      expect([purpose, leavesOut].every((words) => words.endsWith('。'))).toBe(true);
    }
  });
});

describe('a volume', () => {
  it('counts its pages from the cover on', () => {
    const parts = [3, 1, 2].map((pages, i) => ({ title: String(i), remark: null, pages }));
    expect(numbered(parts, 2).map(pageRange)).toEqual(['3–5', '6', '7–8']);
  });

  it('holds as much as can be held; what follows and is smaller still finds room', () => {
    const fits = (sizes: number[], pages = 1): boolean[] =>
      withinVolume(sizes.map((sizeBytes) => ({ sizeBytes, pages }))).map((f) => f.fits);
    expect(fits([MOST_BYTES, 1])).toEqual([true, false]);
    expect(fits([MOST_BYTES - 1, 2, 1])).toEqual([true, false, true]);
    expect(fits([1, 1], MOST_PAGES)).toEqual([true, false]);
    expect(withinVolume([{ sizeBytes: MOST_BYTES + 1, pages: null }])[0]?.fits).toBe(true);
  });

  it('names files so that every system can store them', () => {
    expect(archiveName(7, '房产证/正面:1?.jpg')).toBe('007 房产证_正面_1_.jpg');
    expect(archiveName(12, `${'长'.repeat(300)}.jpg`)).toMatch(/^012 长{68}…长{7}\.jpg$/u);
  });
});
