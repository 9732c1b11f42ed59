import { diffArrays } from 'diff';

/** A run of words of a changed passage. */
export interface Run {
  readonly text: string;
  readonly mark: 'same' | 'added' | 'removed';
}

/** One place at which two drafts differ. */
export interface Difference {
  /** Where it stands, e.g. 协议内容第二条; of what was removed, where it stood. */
  readonly place: string;
  readonly kind: keyof typeof DIFFERENCE_KINDS;
  readonly runs: readonly Run[];
}

export const DIFFERENCE_KINDS = { added: '新增', removed: '删去', changed: '改动' } as const;

/** A text of the paper under its heading; those of a list are compared among each other. */
export interface Passage {
  readonly section: string;
  /** As its reader calls it. */
  readonly place: string;
  readonly text: string;
}

/** Beyond this a comparison word by word says nothing any more: all is new. */
const MOST_EDITS = 1000;

const words = new Intl.Segmenter('zh', { granularity: 'word' });
/** A full-width comma is taken for one within a figure: `1,800.00，2026` came out as one word. */
const wordsOf = (text: string): string[] =>
  [...words.segment(text)].flatMap(({ segment }) => segment.split(/(，)/)).filter((part) => part !== '');

/** What differs between two drafts, in the order of the later one. */
export function differences(before: readonly Passage[], after: readonly Passage[]): Difference[] {
  const sections = [...new Set([...after, ...before].map((p) => p.section))];
  return sections.flatMap((section) => {
    const [old, now] = [before.filter((p) => p.section === section), after.filter((p) => p.section === section)];
    return sectionDifferences(old, now);
  });
}

/** What stands unchanged anchors the list; what lies between two anchors is paired in its order. */
function sectionDifferences(before: readonly Passage[], after: readonly Passage[]): Difference[] {
  const found: Difference[] = [];
  let [removed, added]: [Passage[], Passage[]] = [[], []];
  const settle = (): void => {
    const paired = Math.min(removed.length, added.length);
    for (let i = 0; i < paired; i++) {
      const [old, now] = [removed[i] as Passage, added[i] as Passage];
      found.push({ place: now.place, kind: 'changed', runs: runsOf(old.text, now.text) });
    }
    for (const { place, text } of removed.slice(paired))
      found.push({ place, kind: 'removed', runs: [{ text, mark: 'removed' }] });
    for (const { place, text } of added.slice(paired))
      found.push({ place, kind: 'added', runs: [{ text, mark: 'added' }] });
    [removed, added] = [[], []];
  };
  for (const step of aligned(before, after, (a, b) => a.text === b.text)) {
    if (step.mark === 'same') settle();
    else if (step.mark === 'removed') removed.push(step.item);
    else added.push(step.item);
  }
  settle();
  return found;
}

/** The words of both texts in one line, marked. */
function runsOf(before: string, after: string): Run[] {
  const runs: { text: string; mark: Run['mark'] }[] = [];
  for (const { item, mark } of aligned(wordsOf(before), wordsOf(after), (a, b) => a === b)) {
    const last = runs.at(-1);
    if (last?.mark === mark) last.text += item;
    else runs.push({ text: item, mark });
  }
  return runs;
}

interface Step<T> {
  readonly item: T;
  readonly mark: Run['mark'];
}

/** Both in one line; removed before added where they differ. */
function aligned<T>(before: readonly T[], after: readonly T[], same: (a: T, b: T) => boolean): Step<T>[] {
  const chunks = diffArrays([...before], [...after], { comparator: same, maxEditLength: MOST_EDITS });
  const steps = chunks ?? [
    { value: [...before], added: false, removed: true },
    { value: [...after], added: true, removed: false },
  ];
  return steps.flatMap(({ value, added, removed }) =>
    value.map((item): Step<T> => ({ item, mark: added ? 'added' : removed ? 'removed' : 'same' })),
  );
}

/** As lists of changes show it. */
export function differenceOf({ place, kind, runs }: Difference) {
  return { place, kind, kindName: DIFFERENCE_KINDS[kind], runs: [...runs] };
}
