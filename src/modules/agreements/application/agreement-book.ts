import { Injectable } from '@nestjs/common';
import { DomainError, type FieldError, legalDateFromInstant } from '../../../kernel';
import { mayAct } from '../../../platform/auth';
import { type Tx, uuidv7 } from '../../../platform/database';
import { type LoadedMatter, Matters } from '../../disputes';
import { Parties, type PartySnapshot } from '../../parties';
import {
  AGREEMENT_STATES,
  type AgreementAct,
  type AgreementFacts,
  type AgreementState,
  agreementLifecycle,
} from '../domain/agreement-lifecycle';
import type { AgreementContent, Obligation } from '../domain/content';
import { amends } from '../domain/dictionaries';
import { type ContentFindings, checkContent, textsOf } from '../domain/content-rules';
import type { ImageAct } from '../domain/image-keepers';
import { inkOnlyReason } from '../domain/electronic-signing';
import { withoutInterpreter } from '../domain/signature-plan';
import { Agreement, AgreementInstalment, AgreementObligation } from '../persistence/agreement.entity';
import {
  type ReplaceableItem,
  type StoredContent,
  loadContent,
  loadReplaceable,
  loadSlots,
} from '../persistence/agreement-rows';
import type { SignatureSlot } from '../persistence/signing.entity';

/** An agreement under the lock of its matter, with what its table asks. */
export interface OpenAgreement {
  readonly matter: LoadedMatter;
  readonly agreement: Agreement;
  readonly content: StoredContent;
  /** Places of the current round. */
  readonly slots: readonly SignatureSlot[];
  readonly parties: readonly PartySnapshot[];
  readonly facts: AgreementFacts;
  /** What a supplement or a correction may agree anew. */
  readonly replaceable: readonly ReplaceableItem[];
  /** Why electronic signatures do not count here; null when they may. */
  readonly inkOnly: string | null;
}

/** What every act on an agreement answers. */
export interface AgreementStanding {
  readonly id: string;
  readonly state: AgreementState;
  readonly stateName: string;
  readonly mediationState: string | null;
  readonly round: number;
  readonly contentHash: string | null;
  readonly openSlots: number;
  readonly faults: readonly FieldError[];
  readonly warnings: readonly FieldError[];
  readonly allowedActs: readonly string[];
  readonly version: number;
}

/** The way of every use case to an agreement: lock the matter → lock → load → decide → record → answer. */
@Injectable()
export class AgreementBook {
  constructor(
    private readonly matters: Matters,
    private readonly parties: Parties,
  ) {}

  /** Locks the matter, then the agreement. Invisible is 404, visible without a grant 403. */
  async lock(tx: Tx, agreementId: string, act: AgreementAct | ImageAct): Promise<OpenAgreement> {
    const { disputeId } = await tx.get(Agreement, agreementId);
    const matter = await this.matters.lock(tx, disputeId, `agreements.${act}`);
    return this.around(tx, matter, await tx.lock(Agreement, agreementId));
  }

  /** Reads without a lock, for acts that only look or that lock later. */
  async read(tx: Tx, agreementId: string, act: string): Promise<OpenAgreement> {
    const agreement = await tx.get(Agreement, agreementId);
    return this.around(tx, await this.matters.read(tx, agreement.disputeId, act), agreement);
  }

  async around(tx: Tx, matter: LoadedMatter, agreement: Agreement): Promise<OpenAgreement> {
    const content = await loadContent(tx, agreement);
    const slots = await loadSlots(tx, agreement.id, agreement.round);
    const parties = await this.parties.list(tx, agreement.disputeId);
    const inkOnly = inkOnlyReason(
      matter.dispute.disputeType,
      textsOf(content).map(({ text }) => text),
    );
    const active = parties.filter((p) => p.isActive);
    return {
      matter,
      agreement,
      content,
      slots,
      parties,
      inkOnly,
      replaceable: amends(agreement.relation) === null ? [] : await loadReplaceable(tx, agreement.baseId),
      facts: {
        state: agreement.state,
        kind: agreement.kind,
        mediationState: matter.dispute.mediationState,
        hasPending: agreement.state === 'effective' && matter.snapshot.facts.pendingAgreements > 0,
        openSlots: slots.filter((s) => s.capacity !== 'committee-seal' && s.state !== 'signed').length,
        isElectronicAgreed: active.length > 0 && active.every((p) => agreement.electronicPartyIds.includes(p.id)),
        isInkOnly: inkOnly !== null,
      },
    };
  }

  /** The state after the act, or the table's refusal (409). */
  next(open: OpenAgreement, act: AgreementAct, now: Date): AgreementState {
    return agreementLifecycle.next(act, open.facts, now);
  }

  findings(
    {
      content,
      parties,
      replaceable,
    }: { readonly content: AgreementContent } & Pick<OpenAgreement, 'parties' | 'replaceable'>,
    now: Date,
  ): ContentFindings {
    return checkContent(content, {
      parties: parties.filter((p) => p.isActive),
      excluded: parties.filter((p) => p.state === 'excluded'),
      today: legalDateFromInstant(now),
      replaceableIds: replaceable.map((item) => item.id),
    });
  }

  /** Writes the obligations of a draft anew. */
  async writeObligations(
    tx: Tx,
    { id: agreementId, disputeId }: Pick<Agreement, 'id' | 'disputeId'>,
    obligations: readonly Obligation[],
  ): Promise<void> {
    await tx.query('delete from agreement_obligation where agreement_id = $1', [agreementId]);
    for (const [i, { instalments, ...obligation }] of obligations.entries()) {
      const id = uuidv7();
      await tx.insert(AgreementObligation, { id, disputeId, agreementId, ordinal: i + 1, ...obligation });
      for (const [n, part] of instalments.entries()) {
        await tx.insert(AgreementInstalment, { id: uuidv7(), disputeId, obligationId: id, ordinal: n + 1, ...part });
      }
    }
  }

  /** One line on the timeline and one audit entry about the agreement. */
  async record(
    tx: Tx,
    { matter, agreement }: Pick<OpenAgreement, 'matter' | 'agreement'>,
    act: AgreementAct | ImageAct,
    happening: {
      readonly toState?: AgreementState;
      readonly opinion?: string;
      readonly details?: Readonly<Record<string, unknown>>;
    } = {},
  ): Promise<void> {
    await this.matters.record(tx, matter.dispute, {
      act: `agreements.${act}`,
      fromState: agreement.state,
      toState: happening.toState ?? agreement.state,
      opinion: happening.opinion ?? null,
      details: { agreement: agreement.ordinal, ...happening.details },
      objectType: 'agreement',
      objectId: agreement.id,
    });
  }

  /** Where the agreement stands after an act. */
  async answer(tx: Tx, agreementId: string, act: AgreementAct | ImageAct): Promise<AgreementStanding> {
    const open = await this.read(tx, agreementId, `agreements.${act}`);
    return this.standingOf(tx, open);
  }

  standingOf(tx: Tx, open: OpenAgreement): AgreementStanding {
    const { id, state, round, contentHash, version } = open.agreement;
    const { faults, warnings } =
      state === 'drafting' ? this.findings(open, tx.now) : { faults: [], warnings: missingInterpreters(open) };
    return {
      id,
      state,
      stateName: AGREEMENT_STATES[state],
      mediationState: open.matter.dispute.mediationState,
      round,
      contentHash,
      openSlots: open.facts.openSlots,
      faults,
      warnings,
      allowedActs: this.allowedActs(tx, open),
      version,
    };
  }

  /** A new agreement may be begun by this actor: the mediation is where one can be drafted. */
  mayDraft(tx: Tx, matter: LoadedMatter): boolean {
    return (
      mayAct(tx.actor, agreementLifecycle.table.acts.draft.by, matter.standing) &&
      canDraft(() => this.matters.checkMediation(matter, 'draft', tx.now))
    );
  }

  /** Parties of the matter, for names. */
  async partiesOf(tx: Tx, disputeId: string): Promise<readonly PartySnapshot[]> {
    return this.parties.list(tx, disputeId);
  }

  allowedActs(tx: Tx, { facts, matter }: Pick<OpenAgreement, 'facts' | 'matter'>): string[] {
    return agreementLifecycle
      .allowedActs(facts, tx.now, (by) => mayAct(tx.actor, by, matter.standing))
      .map((act) => `agreements.${act}`);
  }
}

/** A plan whose signing goes on, without an interpreter for somebody who needs one. */
function missingInterpreters({ agreement, parties, slots }: OpenAgreement): FieldError[] {
  if (agreement.state !== 'signing' && agreement.state !== 'refused') return [];
  const bound = parties.filter((p) => agreement.partyIds.includes(p.id));
  return withoutInterpreter(bound, slots).map(({ name, neededLanguage }) => ({
    pointer: '/attendees',
    code: 'agreements.interpreter-missing',
    detail: `${name}需要${neededLanguage ?? ''}翻译，签署安排中没有为其翻译的人员。签署前请确认其听懂协议内容；需要翻译人员签名的，请退回修改后重新定稿。`,
  }));
}

/** Refuses (422) with every fault at its place. */
export function refuseFaults(faults: readonly FieldError[]): void {
  const [first] = faults;
  if (first === undefined) return;
  throw new DomainError('rule', first.code, `协议内容还有 ${faults.length} 处需要修改：${first.detail}`, faults);
}

/** Whether the mediation's table lets a draft begin. */
function canDraft(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
