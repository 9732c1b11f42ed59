import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor } from '../../../platform/http';
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

/** Whole numbers and names before parts of them, and numbers before words. */
const STRONG: readonly Field[] = ['phone', 'case-number', 'registration-number', 'upstream-number'];

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
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'search.find');
      const [before, beforeId] = momentAfter(cursor);
      const found =
        form === ''
          ? []
          : await tx.query<{ id: string; at: Date }>(
              'select match_id as id, match_at as at from app.search_matters($1, $2, $3, $4)',
              [form, before, beforeId, limit + 1],
            );
      const page = found.slice(0, limit);
      const digits = cursor === undefined ? phoneDigits(form) : null;
      const phones = digits === null ? [] : await this.parties.byPhoneEnd(tx, digits);
      const ids = [...new Set([...page.map((f) => f.id), ...phones.map((p) => p.disputeId)])];
      const items = await this.items(tx, ids, form, phones);
      const last = page.at(-1);
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
      return {
        items,
        nextCursor: found.length > limit && last !== undefined ? momentCursor(last.at, last.id) : null,
      };
    });
  }

  private async items(tx: Tx, ids: readonly string[], form: string, phones: readonly PartyMatch[]) {
    if (ids.length === 0) return [];
    const rows = await tx.query<Row>(
      `select d.id, d.registration_number as "registrationNumber", d.case_number as "caseNumber",
              d.upstream_number as "upstreamNumber", d.title, d.dispute_type as "disputeType", d.state,
              d.mediation_state as "mediationState", d.registered_at as "registeredAt", d.is_sealed as "isSealed",
              position($2 in app.search_form(n.narrative)) > 0 as "inNarrative",
              position($2 in app.search_form(n.requests)) > 0 as "inRequests"
         from dispute d left join dispute_narrative n on n.dispute_id = d.id
        where d.id = any ($1) order by d.registered_at desc, d.id desc`,
      [ids, form],
    );
    const open = rows.filter((r) => !r.isSealed).map((r) => r.id);
    const named = await this.parties.named(tx, open, form);
    const inShort = await this.parties.inShort(tx, open);
    return rows
      .flatMap((row) => {
        const people = named.filter((p) => p.disputeId === row.id);
        const matches = matchesOf(
          row,
          form,
          people,
          phones.filter((p) => p.disputeId === row.id),
        );
        const rank = matches.some((m) => STRONG.includes(m.field)) || people.some((p) => p.isWhole) ? 0 : 1;
        return matches.length === 0 ? [] : [{ rank, item: itemOf(row, inShort.get(row.id) ?? null, matches) }];
      })
      .sort((a, b) => a.rank - b.rank)
      .map(({ item }) => item);
  }
}

/** Of a sealed matter only its numbers can be found. */
function matchesOf(row: Row, form: string, people: readonly PartyMatch[], phones: readonly PartyMatch[]): Match[] {
  const match = (field: Field, shown: string | null): Match => ({ field, fieldName: FIELDS[field], shown });
  const holds = (value: string | null): value is string => value !== null && searchForm(value).includes(form);
  const open = row.isSealed
    ? []
    : [
        ...(holds(row.title) ? [match('title', row.title)] : []),
        ...people.map((p) => match('party', p.name)),
        ...phones.map((p) => match('phone', `${p.name} ${p.phoneMasked ?? ''}`)),
        ...(row.inNarrative ? [match('narrative', null)] : []),
        ...(row.inRequests ? [match('requests', null)] : []),
      ];
  return [
    ...(holds(row.caseNumber) ? [match('case-number', row.caseNumber)] : []),
    ...(holds(row.registrationNumber) ? [match('registration-number', row.registrationNumber)] : []),
    ...(holds(row.upstreamNumber) ? [match('upstream-number', row.upstreamNumber)] : []),
    ...open,
  ];
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
