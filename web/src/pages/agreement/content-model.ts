import type { Agreement, ContentBody, Finding } from './types';

export interface InstalmentModel {
  amountFen?: number;
  dueOn: string;
}

export interface ObligationModel {
  kind: string;
  obligorId: string;
  obligeeId: string;
  content: string;
  amountFen?: number;
  dueOn: string;
  place: string;
  manner: string;
  /** Item of the earlier agreement that is agreed anew; empty for something new. */
  replacesItemId: string;
  instalments: InstalmentModel[];
}

/** What stands in the editor: empty texts instead of missing ones. */
export interface ContentModel {
  facts: string;
  responsibilities: string;
  clauses: string[];
  performanceNote: string;
  breachClause: string;
  obligations: ObligationModel[];
}

type Content = Agreement['content'];

export function modelOf(content: Content): ContentModel {
  return {
    facts: content.facts ?? '',
    responsibilities: content.responsibilities ?? '',
    clauses: content.clauses.length > 0 ? [...content.clauses] : [''],
    performanceNote: content.performanceNote ?? '',
    breachClause: content.breachClause ?? '',
    obligations: content.obligations.map((o) => ({
      kind: o.kind,
      obligorId: o.obligorId ?? '',
      obligeeId: o.obligeeId ?? '',
      content: o.content,
      ...(o.amountFen === null ? {} : { amountFen: o.amountFen }),
      dueOn: o.dueOn ?? '',
      place: o.place ?? '',
      manner: o.manner ?? '',
      replacesItemId: o.replacesItemId ?? '',
      instalments: o.instalments.map(({ amountFen, dueOn }) => ({ amountFen, dueOn })),
    })),
  };
}

export const emptyObligation = (): ObligationModel => ({
  kind: 'payment',
  obligorId: '',
  obligeeId: '',
  content: '',
  dueOn: '',
  place: '',
  manner: '',
  replacesItemId: '',
  instalments: [],
});

const isThere = (text: string): boolean => text.trim() !== '';

/** The request for what stands in the editor: lines not written yet are left out. */
export function bodyOf(model: ContentModel): ContentBody {
  const text = <Key extends string>(key: Key, value: string): Partial<Record<Key, string>> =>
    (isThere(value) ? { [key]: value } : {}) as Partial<Record<Key, string>>;
  return {
    ...text('facts', model.facts),
    ...text('responsibilities', model.responsibilities),
    clauses: model.clauses.filter(isThere),
    ...text('performanceNote', model.performanceNote),
    ...text('breachClause', model.breachClause),
    obligations: model.obligations.map((o) => ({
      kind: o.kind as ContentBody['obligations'][number]['kind'],
      ...text('obligorId', o.obligorId),
      ...text('obligeeId', o.obligeeId),
      ...text('content', o.content),
      ...(o.amountFen === undefined || o.amountFen < 1 ? {} : { amountFen: o.amountFen }),
      ...text('dueOn', o.dueOn),
      ...text('place', o.place),
      ...text('manner', o.manner),
      ...text('replacesItemId', o.replacesItemId),
      instalments: o.instalments.flatMap(({ amountFen, dueOn }) =>
        amountFen === undefined || amountFen < 1 || dueOn === '' ? [] : [{ amountFen, dueOn }],
      ),
    })),
  };
}

/**
 * Pointers of the server's answer as pointers into the editor: the server counts only the lines that were written, the
 * editor counts the empty ones too.
 */
export function placed<F extends Pick<Finding, 'pointer'>>(findings: readonly F[], model: ContentModel): F[] {
  const written = model.clauses.flatMap((text, i) => (isThere(text) ? [i] : []));
  return findings.map((finding) => {
    const index = /^\/clauses\/(\d+)$/.exec(finding.pointer)?.[1];
    const own = index === undefined ? undefined : written[Number(index)];
    return own === undefined ? finding : { ...finding, pointer: `/clauses/${own}` };
  });
}

/** The element of the editor that shows a pointer. */
export const anchorOf = (pointer: string): string => `at${pointer.replaceAll('/', '-')}`;

/** Goes to the place of a finding, or to the nearest one above it. */
export function goTo(pointer: string): void {
  for (let at = pointer; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    const element = document.getElementById(anchorOf(at));
    if (element === null) continue;
    element.scrollIntoView({ block: 'center' });
    const field = element.matches('input, textarea') ? element : element.querySelector('input, textarea, button');
    (field as HTMLElement | null)?.focus({ preventScroll: true });
    return;
  }
}
