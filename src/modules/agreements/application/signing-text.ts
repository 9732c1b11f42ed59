import { Injectable } from '@nestjs/common';
import {
  DomainError,
  type FieldError,
  fen,
  formatMoney,
  formatLegalDateCn,
  legalDate,
  legalDateFromInstant,
  notFound,
} from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import type { Tx } from '../../../platform/database';
import { Assignments } from '../../assignments';
import type { LoadedMatter } from '../../disputes';
import { present } from '../../documents';
import { Organizations } from '../../organizations';
import { type PaperParty, Parties, REPRESENTS_AS, partyBlockOf } from '../../parties';
import { type AgreementContent, dueItems, totalFen } from '../domain/content';
import { AGREEMENT_PAPERS, type Relation, type SlotCapacity, amends } from '../domain/dictionaries';
import { loadAttendees, loadReplaceable, type ReplaceableItem } from '../persistence/agreement-rows';
import { type PlanChoices, type PlannedSlot, attendeesOf, planSignatures } from '../domain/signature-plan';
import { Agreement } from '../persistence/agreement.entity';

/** The text as it would be frozen now. */
export interface SigningText {
  /** Fulfils the contract of the agreement template, but for the day of its formation. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly slots: readonly PlannedSlot[];
  readonly faults: readonly FieldError[];
  readonly partyIds: readonly string[];
  readonly copies: number;
  readonly number: string;
  readonly committeeId: string;
}

/** What the paper is drawn from: stored, or still being written. */
export interface TextSource {
  readonly matter: Pick<LoadedMatter, 'dispute'>;
  /** Without an id as long as it was never stored. */
  readonly agreement: Pick<Agreement, 'disputeId' | 'relation' | 'baseId'> & { readonly id: string | null };
  readonly content: AgreementContent;
}

const COUNT = '一二三四五六七八九十';

/** Builds what stands on the paper from the rows, the same every time. */
@Injectable()
export class SigningTexts {
  constructor(
    private readonly parties: Parties,
    private readonly assignments: Assignments,
    private readonly organizations: Organizations,
    private readonly keys: KeyRing,
  ) {}

  /** The data of a text as they are kept with the frozen agreement. */
  pack(agreementId: string, { data }: SigningText): string {
    return this.keys.encrypt(JSON.stringify(data), placeOf(agreementId));
  }

  /** The data from which the frozen text was drawn, and from which the sealed paper is. */
  frozen({ id, frozenDataEncrypted }: Agreement): Readonly<Record<string, unknown>> {
    if (frozenDataEncrypted === null) throw new Error('The agreement is not frozen');
    return JSON.parse(this.keys.decrypt(frozenDataEncrypted, placeOf(id))) as Record<string, unknown>;
  }

  /** @param choices without them, whoever was planned to witness or interpret when the text was fixed before */
  async build(tx: Tx, source: TextSource, choices: PlanChoices | null): Promise<SigningText> {
    const { agreement, content } = source;
    const { dispute } = source.matter;
    if (dispute.committeeId === null || dispute.caseNumber === null) {
      throw new DomainError(
        'conflict',
        'agreements.no-committee',
        '该事项没有由人民调解委员会受理，不能制作调解协议书。',
      );
    }
    const committee = await this.organizations.committee(tx, dispute.committeeId);
    const paperParties = await this.parties.forPaper(tx, dispute.id);
    const officers = await this.assignments.active(tx, dispute.id);
    const isParty = (id: string): boolean => paperParties.some((p) => p.id === id);
    const plan = planSignatures(
      paperParties,
      officers,
      committee,
      choices ?? { signatories: [], attendees: attendeesOf(await loadAttendees(tx, agreement.id), isParty) },
    );
    const faults = [...plan.faults];
    const today = legalDateFromInstant(tx.now);
    for (const { accountId, committeeId, name, capacity } of officers) {
      if (capacity === 'recorder') continue;
      if (!(await this.organizations.isActiveMediator(tx, accountId, committeeId, today))) {
        faults.push({
          pointer: '/mediators',
          code: 'agreements.not-in-office',
          detail: `${name}已不是该调委会在任的调解员，不能签署。请先更换调解员。`,
        });
      }
    }
    const slotOf = (partyId: string) => plan.slots.find((s) => s.partyId === partyId);
    const placesOf = (capacity: SlotCapacity) => plan.slots.filter((s) => s.capacity === capacity);
    const listed = <T>(items: readonly T[]): readonly T[] | null => (items.length === 0 ? null : items);
    const nameOf = (id: string | null): string => paperParties.find((p) => p.id === id)?.name ?? '';
    const number = await numberOf(tx, agreement, dispute.caseNumber);
    const copies = paperParties.length + 1;
    const items = dueItems(content.obligations);
    const total = totalFen(content.obligations);
    const replaceable = new Map((await loadReplaceable(tx, agreement.baseId)).map((item) => [item.id, item]));
    const data = present({
      ...(await this.earlier(tx, agreement)),
      number,
      disputeName: dispute.title,
      committee: committee.name,
      parties: paperParties.map((p) => partyBlock(p, slotOf(p.id))),
      facts: content.facts ?? '',
      responsibilities: content.responsibilities,
      clauses: content.clauses,
      obligations:
        items.length === 0
          ? null
          : items.map((item) =>
              present({
                obligor: nameOf(item.obligation.obligorId),
                obligee: nameOf(item.obligation.obligeeId),
                content: item.content,
                replaces: replacedText(replaceable.get(item.obligation.replacesItemId ?? '')),
                amount: item.amountFen,
                dueOn: item.dueOn,
                place: item.obligation.place,
                manner: item.obligation.manner,
              }),
            ),
      total,
      performance: content.performanceNote,
      breach: content.breachClause,
      copies,
      interpreters: listed(
        placesOf('interpreter').map(({ language, interpretsFor, ...place }) => ({
          ...named(place),
          language: language ?? '',
          parties: interpretsFor.map(nameOf),
        })),
      ),
      witnesses: listed(placesOf('witness').map(named)),
      mediators: placesOf('mediator').map(named),
      recorder: placesOf('recorder').map(named)[0],
    });
    return {
      data,
      slots: plan.slots,
      faults,
      partyIds: paperParties.map((p) => p.id),
      copies,
      number,
      committeeId: committee.id,
    };
  }

  /** What is agreed anew was described as it stood when the text was fixed: performed meanwhile, the text no longer holds. */
  async refuseMoved(
    tx: Tx,
    { agreement, content }: TextSource,
    frozen: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    const items = await loadReplaceable(tx, agreement.baseId);
    const replaced = content.obligations.flatMap(({ replacesItemId }) =>
      replacesItemId === null ? [] : [replacesItemId],
    );
    const texts = (frozen as unknown as FrozenText).obligations?.map((o) => o.replaces) ?? [];
    const holds = (id: string): boolean => texts.includes(replacedText(items.find((i) => i.id === id)) ?? '');
    if (replaced.every(holds)) return;
    throw new DomainError(
      'conflict',
      'agreements.item-moved',
      '定稿以后，所代替的原约定有了新的履行情况。请退回修改，核对后重新定稿、重新签署。',
    );
  }

  /** A later agreement names the one that it supplements, corrects or replaces, by number and day. */
  private async earlier(tx: Tx, { relation, baseId, disputeId }: TextSource['agreement']): Promise<object> {
    if (baseId === null) return {};
    const base = await tx.get(Agreement, baseId);
    if (base.disputeId !== disputeId || base.effectiveOn === null) throw notFound();
    const named = present({ number: base.number, effectiveOn: base.effectiveOn });
    return amends(relation) === null ? { replaces: named } : { base: named };
  }
}

interface EarlierAgreement {
  readonly number?: string;
  readonly effectiveOn: string;
}

/** What the frozen text says, as far as a signer needs it beside the paper itself: nobody's numbers or addresses. */
export interface FrozenText {
  readonly number: string;
  readonly disputeName: string;
  readonly committee: string;
  readonly parties: readonly { readonly name: string }[];
  readonly base?: EarlierAgreement;
  readonly replaces?: EarlierAgreement;
  readonly facts: string;
  readonly responsibilities?: string;
  readonly clauses: readonly string[];
  readonly obligations?: readonly {
    readonly obligor: string;
    readonly obligee: string;
    readonly content: string;
    readonly replaces?: string;
    readonly amount?: number;
    readonly dueOn: string;
    readonly place?: string;
    readonly manner: string;
  }[];
  readonly total?: number;
  readonly performance?: string;
  readonly breach?: string;
  readonly copies: number;
}

/** The frozen text as it is read before signing. */
export function shownText(text: FrozenText) {
  const { number, disputeName, committee, parties, facts, clauses, obligations = [], copies } = text;
  return {
    number,
    disputeName,
    committee,
    partyNames: parties.map((p) => p.name),
    earlierAgreement: earlierSentence(text),
    facts,
    responsibilities: text.responsibilities ?? null,
    clauses,
    obligations: obligations.map((o) => ({
      obligor: o.obligor,
      obligee: o.obligee,
      content: o.replaces === undefined ? o.content : `${o.content}（代替原协议“${o.replaces}”）`,
      amountFen: o.amount ?? null,
      dueOn: o.dueOn,
      place: o.place ?? null,
      manner: o.manner,
    })),
    totalFen: text.total ?? null,
    performanceNote: text.performance ?? null,
    breachClause: text.breach ?? null,
    copies,
  };
}

/** The frozen text under the title and headings of its paper. */
export function textToSign(relation: Relation, text: FrozenText) {
  const { title, facts, clauses } = AGREEMENT_PAPERS[relation];
  const verb = relation === 'correction' ? '更正' : '补充';
  return { title, headings: { facts, clauses }, ...shownText(text), earlierAgreement: earlierSentence(text, verb) };
}

function earlierSentence({ base, replaces }: FrozenText, verb = '补充或者更正'): string | null {
  const earlier = base ?? replaces;
  if (earlier === undefined) return null;
  const day = formatLegalDateCn(legalDate(earlier.effectiveOn));
  const which = earlier.number === undefined ? `${day}达成的口头协议` : `${day}生效的${earlier.number}调解协议书`;
  return base === undefined ? `本协议书替代${which}，生效后原协议不再履行。` : `本协议书${verb}${which}。`;
}

/** What of the earlier agreement is agreed anew, as it stands now. */
function replacedText(item: ReplaceableItem | undefined): string | null {
  if (item === undefined) return null;
  const amount = item.amountFen === null ? '' : `，${formatMoney(fen(item.amountFen))}`;
  const performed = item.performedFen === 0 ? '' : `，已履行${formatMoney(fen(item.performedFen))}`;
  return `${item.content}${amount}，${formatLegalDateCn(legalDate(item.dueOn))}前${performed}`;
}

const named = ({ slot, signsFor }: Pick<PlannedSlot, 'slot' | 'signsFor'>) => ({ slot, name: signsFor });

const placeOf = (agreementId: string): string => `agreement.frozen_data:${agreementId}`;

/** The agreement keeps the number of the case; later ones of the same case count on. */
async function numberOf(tx: Tx, { id, disputeId }: TextSource['agreement'], caseNumber: string): Promise<string> {
  const { before } = await tx.one<{ before: number }>(
    'select count(*)::int as before from agreement where dispute_id = $1 and ($2::uuid is null or id <> $2) and effective_at is not null',
    [disputeId, id],
  );
  return before === 0 ? caseNumber : `${caseNumber}之${COUNT.charAt(before) || String(before + 1)}`;
}

function partyBlock(party: PaperParty, slot: PlannedSlot | undefined): Record<string, unknown> {
  const attending = party.representatives.find((r) => r.id === slot?.representativeId);
  return present({
    ...partyBlockOf(party),
    slot: slot?.slot ?? '',
    attendedBy: attending?.name,
    attendedAs: attending === undefined ? null : REPRESENTS_AS[attending.kind],
  });
}

const BLANK = '（待填写）';

/** The data of an unfinished text, so that it can be drawn: what the paper must hold and is not there is marked as missing. */
export function withBlanks(data: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const list = (key: string): Record<string, unknown>[] => (data[key] ?? []) as Record<string, unknown>[];
  const filled = (fields: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> =>
    present(
      Object.fromEntries(
        [...new Set([...Object.keys(fields), ...keys])].map((key) => {
          const value = fields[key] === '' ? undefined : fields[key];
          return [key, value ?? (keys.includes(key) ? BLANK : undefined)];
        }),
      ),
    );
  const clauses = data['clauses'] as readonly string[];
  const mediators = list('mediators');
  return {
    ...filled(data, ['facts']),
    parties: list('parties').map((party, i) => ({ ...filled(party, ['name']), slot: `party-${i + 1}` })),
    clauses: clauses.length === 0 ? [BLANK] : clauses,
    ...(data['obligations'] === undefined
      ? {}
      : { obligations: list('obligations').map((o) => filled(o, ['obligor', 'obligee', 'content', 'manner'])) }),
    mediators: mediators.length === 0 ? [{ slot: 'mediator-1', name: '（待指派）' }] : mediators,
    recorder: data['recorder'] ?? { slot: 'recorder', name: '（待指派）' },
  };
}
