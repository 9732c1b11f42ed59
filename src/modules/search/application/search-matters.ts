import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { cursorParts } from '../../../platform/http';
import { MATTER_STATES, MEDIATION_STATES, type MatterState, type MediationState, SEALED_TITLE } from '../../disputes';
import { PartyFinder, type PartyMatch } from '../../parties';
import { FIELDS, type Field, phoneDigits, searchForm } from '../domain/fields';

export interface SearchQuery {
  readonly text: string;
  readonly limit?: number;
  readonly cursor?: string;
}

interface Row {
  readonly id: string;
  readonly registrationNumber: string;
  readonly caseNumber: string | null;
  readonly upstreamNumber: string | null;
  readonly title: string;
  readonly place: string | null;
  readonly disputeType: string | null;
  readonly state: MatterState;
  readonly mediationState: MediationState | null;
  readonly registeredAt: Date;
  readonly isSealed: boolean;
  readonly inNarrative: boolean;
  readonly inRequests: boolean;
}

interface Match {
  readonly field: Field;
  readonly fieldName: string;
  /** What was found, masked; null for words of the narrative. */
  readonly shown: string | null;
}

/** Parts of an answer, one after the other: what is exactly as asked, ends of telephone numbers, everything else. */
const SECTIONS = ['whole', 'phone', 'rest'] as const;
type Section = (typeof SECTIONS)[number];

/** Where a page begins: after this matter of this section. */
interface Place {
  readonly section: Section;
  /** Microseconds: instants of the database are finer than those of the program. */
  readonly at: string | null;
  readonly id: string | null;
}

const CURSOR = /^([012])_(-?\d{1,17})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** Later than any instant that is kept. */
const LATEST = '99999999999999999';
/** Candidates that the reader may not read after all are looked past, but not without end. */
const MOST_TURNS = 20;

/**
 * Finds matters by number, name, telephone end or words, within what the reader may see: what is answered is read under row
 * security, and a match counts only where the reader may read the field itself. Leaves one audit entry.
 */
@Injectable()
export class SearchMatters {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly parties: PartyFinder,
  ) {}

  async execute({ text, limit = 20, cursor }: SearchQuery) {
    const form = searchForm(text);
    const digits = phoneDigits(form);
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'search.find');
      const { items, nextCursor } =
        form === '' ? { items: [], nextCursor: null } : await this.page(tx, form, digits, limit, placeOf(cursor));
      tx.audit({
        act: 'search.find',
        objectType: 'search',
        chain: tx.actor.centerIds[0] ?? tx.actor.headerCenterIds[0] ?? null,
        details: {
          characters: form.length,
          byPhone: digits !== null,
          hits: items.length,
          fields: [...new Set(items.flatMap((i) => i.matches.map((m) => m.field)))].sort(),
        },
      });
      return { items, nextCursor };
    });
  }

  /** Reads one match more than the page holds, so that a next page is promised only where there is one. */
  private async page(tx: Tx, form: string, digits: string | null, limit: number, begin: Place) {
    const items: SearchItem[] = [];
    let last = begin;
    let place: Place | null = begin;
    for (let turn = 0; place !== null; turn += 1) {
      const section: Section = place.section;
      const found: Place[] = await this.candidates(tx, form, digits, limit + 1, place);
      const drawn = await this.items(tx, found, form, digits, section);
      for (const at of found) {
        const item = drawn.get(at.id ?? '');
        if (item === undefined) continue;
        if (items.length === limit) return { items, nextCursor: cursorOf(last) };
        items.push(item);
        last = at;
      }
      place = found.length > limit ? (found.at(-1) ?? null) : after(section);
      if (turn === MOST_TURNS && place !== null) return { items, nextCursor: cursorOf(place) };
    }
    return { items, nextCursor: null };
  }

  private async candidates(tx: Tx, form: string, digits: string | null, limit: number, place: Place): Promise<Place[]> {
    const { section, at, id } = place;
    if (section === 'phone') {
      const matters = digits === null ? [] : await this.parties.mattersByPhone(tx, digits, id, limit);
      return matters.map((matter) => ({ section, at: '0', id: matter }));
    }
    const rows = await tx.query<{ id: string; at: string }>(
      `select match_id as id, (extract(epoch from match_at) * 1000000)::bigint::text as at
         from app.search_matters($1, timestamptz 'epoch' + $2::bigint * interval '1 microsecond', $3, $4, $5)`,
      [form, at, id, limit, section],
    );
    return rows.map((row) => ({ section, ...row }));
  }

  /** What may be shown of them; those that an earlier section has shown are left out. */
  private async items(tx: Tx, found: readonly Place[], form: string, digits: string | null, section: Section) {
    const items = new Map<string, SearchItem>();
    const ids = found.flatMap(({ id }) => id ?? []);
    if (ids.length === 0) return items;
    const rows = await tx.query<Row>(
      `select d.id, d.registration_number as "registrationNumber", d.case_number as "caseNumber",
              d.upstream_number as "upstreamNumber", d.title, d.place, d.dispute_type as "disputeType", d.state,
              d.mediation_state as "mediationState", d.registered_at as "registeredAt", d.is_sealed as "isSealed",
              position($2 in app.search_form(n.narrative)) > 0 as "inNarrative",
              position($2 in app.search_form(n.requests)) > 0 as "inRequests"
         from dispute d left join dispute_narrative n on n.dispute_id = d.id where d.id = any ($1)`,
      [ids, form],
    );
    const open = rows.filter((r) => !r.isSealed).map((r) => r.id);
    const named = await this.parties.named(tx, open, form);
    const phones = digits === null ? [] : await this.parties.phonesIn(tx, open, digits);
    const inShort = await this.parties.inShort(tx, open);
    for (const row of rows) {
      const people = named.filter((p) => p.disputeId === row.id);
      const numbers = phones.filter((p) => p.disputeId === row.id);
      const isWhole = people.some((p) => p.isWhole) || numbersOf(row).some(([, n]) => searchForm(n) === form);
      if (section !== 'whole' && isWhole) continue;
      if (section === 'rest' && numbers.length > 0) continue;
      const matches = matchesOf(row, form, people, numbers);
      if (matches.length > 0) items.set(row.id, itemOf(row, inShort.get(row.id) ?? null, matches));
    }
    return items;
  }
}

type SearchItem = ReturnType<typeof itemOf>;

function placeOf(cursor: string | undefined): Place {
  const parts = cursorParts(cursor, CURSOR, ['section', 'at', 'id']);
  const section = SECTIONS[Number(parts?.section ?? 0)] ?? 'whole';
  return { section, at: parts?.at ?? null, id: parts?.id ?? null };
}

function cursorOf({ section, at, id }: Place): string | null {
  return `${SECTIONS.indexOf(section)}_${at ?? LATEST}_${id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff'}`;
}

function after(section: Section): Place | null {
  const next = SECTIONS[SECTIONS.indexOf(section) + 1];
  return next === undefined ? null : { section: next, at: null, id: null };
}

function numbersOf(row: Row): (readonly [Field, string])[] {
  const numbers = [
    ['case-number', row.caseNumber],
    ['registration-number', row.registrationNumber],
    ['upstream-number', row.upstreamNumber],
  ] as const;
  return numbers.flatMap(([field, number]) => (number === null ? [] : [[field, number] as const]));
}

/** Of a sealed matter only its numbers can be found. */
function matchesOf(row: Row, form: string, people: readonly PartyMatch[], phones: readonly PartyMatch[]): Match[] {
  const match = (field: Field, shown: string | null): Match => ({ field, fieldName: FIELDS[field], shown });
  const holds = (value: string | null): value is string => value !== null && searchForm(value).includes(form);
  const open = row.isSealed
    ? []
    : [
        ...(holds(row.title) ? [match('title', row.title)] : []),
        ...(holds(row.place) ? [match('place', row.place)] : []),
        ...people.map((p) => match(p.owner, p.name)),
        ...phones.map((p) => match('phone', `${p.name} ${p.phoneMasked ?? ''}`)),
        ...(row.inNarrative ? [match('narrative', null)] : []),
        ...(row.inRequests ? [match('requests', null)] : []),
      ];
  return [...numbersOf(row).flatMap(([field, number]) => (holds(number) ? [match(field, number)] : [])), ...open];
}

function itemOf(row: Row, parties: string | null, matches: readonly Match[]) {
  return {
    disputeId: row.id,
    number: row.caseNumber ?? row.registrationNumber,
    title: row.isSealed ? SEALED_TITLE : row.title,
    disputeType: row.disputeType,
    stateName: MATTER_STATES[row.state],
    mediationStateName: row.mediationState === null ? null : MEDIATION_STATES[row.mediationState],
    registeredAt: row.registeredAt.toISOString(),
    isSealed: row.isSealed,
    parties,
    matches,
  };
}
