import type { Client } from 'pg';
import { uuidv7 } from '../../../src/platform/database';
import type { World } from '../../support/world';

type Row = Record<string, unknown>;

const DAY = 86_400_000;
/** Nothing is written after this instant; the figures are asked for at later ones. */
export const WRITTEN_UNTIL = new Date('2026-07-01T00:00:00+08:00');
const FROM = new Date('2025-09-01T00:00:00+08:00').getTime();

/** The civil day in Hohhot, `YYYY-MM-DD`, some days later. */
const dayOf = (at: Date, later = 0): string =>
  new Date(at.getTime() + 8 * 3_600_000 + later * DAY).toISOString().slice(0, 10);

/** The same numbers for the same seed. */
class Dice {
  constructor(private seed: number) {}

  next(): number {
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let t = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  whole(below: number): number {
    return Math.floor(this.next() * below);
  }

  chance(percent: number): boolean {
    return this.next() * 100 < percent;
  }

  one<T>(of: readonly T[]): T {
    return of[this.whole(of.length)] as T;
  }
}

/**
 * Lives of matters, written straight into the tables: rounds, merges, pauses, hand-offs, breaches, partial and late performance,
 * whistles, visits, over a turn of the year, many at midnight in Hohhot to the millisecond. Triggers and foreign keys are off
 * while they are written, named CHECKs are not.
 */
export class Histories {
  private readonly rows = new Map<string, Row[]>();
  private readonly dice: Dice;
  /** For what was added later: the other lives stay what they were for a seed. */
  private readonly more: Dice;
  private readonly localTypes: ReadonlyMap<string, string>;
  private serial = 90_000;

  constructor(
    private readonly world: World,
    seed: number,
    private readonly committees: readonly string[],
    private readonly units: readonly string[],
    private readonly periodRule: string,
    private readonly dueRule: string,
  ) {
    this.dice = new Dice(seed);
    this.more = new Dice(seed + 1);
    this.localTypes = new Map(
      [world.centerId, world.streetCenterId, world.foreignCenterId].map((centerId, i) => {
        const id = uuidv7();
        this.add('local_type', {
          id,
          center_id: centerId,
          dispute_type: 'family',
          name: `彩礼${i + 1}`,
          ordinal: 1,
          created_at: new Date(FROM),
          version: 1,
        });
        return [centerId, id];
      }),
    );
  }

  async write(client: Client): Promise<void> {
    await client.query("set session_replication_role = 'replica'");
    for (const [table, rows] of this.rows) {
      const columns = Object.keys(rows[0] ?? {}).join(', ');
      await client.query(
        `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
        [JSON.stringify(rows)],
      );
    }
    await client.query("set session_replication_role = 'origin'");
    this.rows.clear();
  }

  /** What has been added may still change until it is written. */
  private add(table: string, row: Row): void {
    row['id'] ??= uuidv7();
    const rows = this.rows.get(table);
    if (rows === undefined) this.rows.set(table, [row]);
    else rows.push(row);
  }

  /** Some time after `at`: minutes, days, exactly midnight, or the last millisecond of a day. */
  private after(at: Date, mostDays: number): Date {
    const { dice } = this;
    const later = new Date(at.getTime() + 1 + Math.floor(dice.next() * mostDays * DAY));
    const midnight = new Date(`${dayOf(later, 1)}T00:00:00+08:00`);
    if (dice.chance(12)) return midnight;
    if (dice.chance(12)) return new Date(midnight.getTime() - 1);
    return later;
  }

  /** One life. */
  tell(): void {
    const { dice, world } = this;
    const id = uuidv7();
    const clerk = world.account('intake').id;
    this.serial += 1;
    const registered = new Date(FROM + Math.floor(dice.next() * 270 * DAY));
    const dispute: Row = {
      id,
      center_id: dice.one([world.centerId, world.centerId, world.streetCenterId, world.foreignCenterId]),
      handling_center_id: dice.chance(15) ? dice.one([world.streetCenterId, world.centerId]) : null,
      handling_unit_id: dice.chance(30) ? dice.one(this.units) : null,
      committee_id: null,
      registration_number: `数字〔2026〕${this.serial}号`,
      channel: dice.one(['visit', 'phone', 'grid', 'hotline', 'police']),
      title: `第${this.serial}件`,
      dispute_type: dice.one(['family', 'family.divorce', 'family.inheritance', 'property', null]),
      nature: 'civil',
      risk_level: 'blue',
      place_unit_id: dice.chance(50) ? dice.one(this.units) : null,
      state: dice.one(['registered', 'triaged']),
      mediation_state: null,
      is_partial: false,
      is_sealed: false,
      is_group: false,
      first_responder_id: clerk,
      registered_at: registered,
      limitation_interrupted_at: registered,
      handler_account_id: dice.chance(60) ? world.account(dice.one(['mediator', 'mediator-2'])).id : null,
      accepted_at: null,
      case_year: null,
      case_seq: null,
      case_number: null,
      merged_into_id: null,
      outcome: null,
      closed_at: null,
      volume: 1,
      created_at: registered,
      updated_at: registered,
      version: 1,
      is_reporter_protected: false,
      allows_call_back: !dice.chance(12),
      is_imported: false,
      local_type_id: null,
    };
    if (this.more.chance(40)) dispute['local_type_id'] = this.localTypes.get(dispute['center_id'] as string);
    const life: Life = { id, dispute, clerk, at: registered, agreements: 0 };
    const road = dice.whole(100);
    if (road < 6) this.imported(life);
    else if (road < 12) life.at = this.after(registered, 3);
    else if (road < 26) this.decided(life);
    else if (road < 40) this.undertaken(life);
    else this.mediated(life);
    if (dispute['is_imported'] === false && dice.chance(8)) {
      dispute['state'] = 'merged';
      dispute['merged_into_id'] = uuidv7();
    }
    for (let n = dice.whole(4); n > 0 && dice.chance(60); n -= 1) this.whistle(life);
    for (let n = dice.whole(3); n > 0; n -= 1) this.visit(life);
    this.words(life);
    this.add('dispute', dispute);
  }

  /** Lets time pass; false when the story is over before. */
  private pass(life: Life, mostDays: number): boolean {
    const at = this.after(life.at, mostDays);
    if (at >= WRITTEN_UNTIL) return false;
    life.at = at;
    return true;
  }

  private imported(life: Life): void {
    Object.assign(life.dispute, {
      is_imported: true,
      state: 'archived',
      nature: null,
      risk_level: null,
      outcome: 'agreement',
      closed_at: life.at,
    });
    if (this.dice.chance(40) && this.reopen(life)) {
      Object.assign(life.dispute, { nature: 'civil', risk_level: 'blue' });
      this.mediated(life);
    }
  }

  private decided(life: Life): void {
    const { dice } = this;
    if (!this.pass(life, 6)) return;
    const kind = dice.one(['not-accept', 'not-accept', 'answer', 'refer', 'hand-off'] as const);
    if (kind === 'hand-off') {
      life.dispute['state'] = 'handed-off';
      this.handOff(life, dice.one(['court', 'police']));
    } else {
      life.dispute['state'] = { 'not-accept': 'not-accepted', answer: 'answered', refer: 'referred' }[kind];
      this.add('dispute_decision', {
        dispute_id: life.id,
        kind,
        reason_code:
          kind === 'not-accept'
            ? dice.one(['special-organ', 'clearly-refused', 'papers-missing', 'outside-area', 'other'])
            : null,
        content: '说明',
        route: kind === 'answer' ? null : 'litigation',
        decided_by: life.clerk,
        decided_at: life.at,
      });
    }
    const outcome = { 'not-accept': 'not-accepted', answer: 'answered', refer: 'referred', 'hand-off': 'handed-off' }[
      kind
    ];
    if (dice.chance(60) && this.pass(life, 10)) this.close(life, outcome);
    if (life.dispute['state'] === 'closed' && dice.chance(20) && this.reopen(life)) {
      life.dispute['state'] = 'triaged';
      if (dice.chance(50)) this.undertaken(life);
      else this.mediated(life);
    }
  }

  private undertaken(life: Life): void {
    const { dice } = this;
    if (!this.pass(life, 6)) return;
    life.dispute['state'] = 'in-progress';
    this.add('dispute_event', {
      dispute_id: life.id,
      at: life.at,
      act: 'disputes.undertake',
      actor_name: '某',
      details: {},
    });
    if (!dice.chance(80) || !this.pass(life, 40)) return;
    this.close(life, dice.one(['solved', 'solved', 'settled', 'answered', 'handed-off']));
    if (dice.chance(20) && this.reopen(life)) {
      life.dispute['state'] = 'in-progress';
      if (dice.chance(60) && this.pass(life, 30)) this.close(life, dice.one(['solved', 'answered']));
    }
  }

  private mediated(life: Life): void {
    const { dice, world } = this;
    if (!this.pass(life, 10)) return;
    this.serial += 1;
    Object.assign(life.dispute, {
      state: 'accepted',
      mediation_state: 'in-mediation',
      accepted_at: life.at,
      committee_id: dice.one([world.committeeId, ...this.committees]),
      case_year: 2026,
      case_seq: this.serial,
      case_number: `某人调字〔2026〕${this.serial}号`,
    });
    for (;;) {
      if (!this.round(life)) return;
      if (!dice.chance(35) || !this.reopen(life)) return;
      if (dice.chance(25)) return;
      life.dispute['state'] = 'accepted';
    }
  }

  /** One round of mediation; whether it was closed. */
  private round(life: Life): boolean {
    const { dice } = this;
    const { dispute } = life;
    const endPeriod = dice.chance(92) ? this.period(life) : (): void => undefined;
    dispute['state'] = 'in-progress';
    if (!this.pass(life, 45)) return false;
    const course = dice.whole(100);
    if (course < 10) return false;
    endPeriod();
    const owes = (this.rows.get('performance_item') ?? []).some(
      (item) => item['dispute_id'] === life.id && item['state'] === 'open',
    );
    if (owes && this.more.chance(70)) {
      // Settled without the committee while something of an earlier round is still to be done.
      this.ending(life, 'withdrawn', 'settled-privately');
    } else if (course < 35) {
      this.ending(life, dice.one(['terminated', 'refused', 'unreachable', 'withdrawn', 'withdrawn']));
    } else if (course < 92) {
      this.agreement(life);
      if (dice.chance(10) && this.pass(life, 30)) this.handOff(life, 'court');
      if (dice.chance(8) && this.pass(life, 30)) this.ending(life, 'terminated');
    } else if (dispute['volume'] === 1) return false;
    if (!dice.chance(75) || !this.pass(life, 40)) return false;
    const state = dispute['mediation_state'];
    this.close(
      life,
      state === 'withdrawn'
        ? dice.one(['withdrawn', 'settled'])
        : ['terminated', 'refused', 'unreachable'].includes(state as string)
          ? 'not-agreed'
          : dice.one(['agreement', 'oral-agreement']),
    );
    // Handed off when it was closed, and closed again.
    if (dice.chance(5) && this.pass(life, 5)) this.close(life, dispute['outcome'] as string);
    return true;
  }

  private period(life: Life): () => void {
    const { dice } = this;
    const started = life.at;
    const [original, extension] = [20 + dice.whole(30), dice.chance(20) ? 30 : 0];
    const period: Row = {
      id: uuidv7(),
      dispute_id: life.id,
      volume: life.dispute['volume'],
      rule: 'people',
      article: '条',
      start_on: dayOf(started, dice.whole(2)),
      original_due_on: dayOf(started, original),
      current_due_on: dayOf(started, original + extension),
      is_provisional: false,
      explanation: [],
      calendar_version: '1',
      ended_at: null,
      version: 1,
      deadline_rule_id: this.periodRule,
    };
    this.add('mediation_period', period);
    let open: Row | null = null;
    for (let n = dice.whole(3); n > 0 && open === null; n -= 1) {
      if (!this.pass(life, 12)) break;
      const pause: Row = {
        dispute_id: life.id,
        period_id: period['id'],
        ground: 'appraisal',
        reason: '鉴定',
        prior_state: 'in-mediation',
        paused_by: life.clerk,
        paused_at: life.at,
        resumed_at: null,
      };
      if (dice.chance(75) && this.pass(life, 25)) pause['resumed_at'] = life.at;
      else {
        open = pause;
        period['current_due_on'] = null;
        life.dispute['mediation_state'] = 'suspended';
      }
      this.add('mediation_pause', pause);
    }
    return () => {
      period['ended_at'] = life.at;
      if (open !== null) {
        open['resumed_at'] = life.at;
        if (dice.chance(50)) period['current_due_on'] = dayOf(started, original + extension + 10);
      }
    };
  }

  private ending(life: Life, endState: string, withdrawnFor?: string): void {
    const { dice } = this;
    life.dispute['mediation_state'] = endState;
    this.add('mediation_ending', {
      dispute_id: life.id,
      volume: life.dispute['volume'],
      end_state: endState,
      code:
        endState === 'withdrawn'
          ? (withdrawnFor ?? dice.one(['applicant-withdrew', 'settled-privately']))
          : dice.one(['irreconcilable', 'refused', 'period-expired']),
      explanation: '说明',
      after_acceptance: dice.chance(85),
      ended_at: life.at,
      version: 1,
    });
  }

  private agreement(life: Life): void {
    const { dice } = this;
    let base: Row | null = null;
    for (const relation of [
      'original',
      ...(dice.chance(25) ? [dice.one(['supplement', 'correction', 'replacement'])] : []),
    ]) {
      if (base !== null && !this.pass(life, 15)) break;
      const at = life.at;
      life.agreements += 1;
      const kind = dice.one(['written', 'oral']);
      const agreement: Row = {
        id: uuidv7(),
        dispute_id: life.id,
        ordinal: life.agreements,
        kind,
        relation,
        base_id: base === null ? null : base['id'],
        state: 'effective',
        is_partial: false,
        excluded_party_ids: [],
        clauses: [],
        electronic_party_ids: [],
        round: kind === 'written' ? 1 : 0,
        party_ids: [],
        paper_id: kind === 'written' ? uuidv7() : null,
        reached_at: at,
        sealed_at: kind === 'written' ? at : null,
        effective_at: at,
        effective_on: dayOf(at),
        confirmation_due_on: dayOf(at, 30),
        confirmation_explanation: [],
        ended_at: null,
        end_reason: null,
        created_at: at,
        version: 1,
      };
      if (relation === 'replacement' && base !== null) this.endAgreement(base, 'superseded', at);
      this.add('agreement', agreement);
      life.dispute['mediation_state'] = dice.one(['effective', 'performing', 'in-breach', 'performed']);
      this.items(life, agreement);
      if (kind === 'written' && dice.chance(45)) this.confirmation(life, agreement);
      base ??= agreement;
      if (dice.chance(6) && this.pass(life, 20)) this.endAgreement(agreement, 'voided', life.at);
    }
  }

  private endAgreement(agreement: Row, state: 'superseded' | 'voided', at: Date): void {
    Object.assign(agreement, { state, ended_at: at, end_reason: '原因' });
    for (const item of this.rows.get('performance_item') ?? []) {
      if (item['agreement_id'] !== agreement['id'] || !['open', 'breached'].includes(item['state'] as string)) continue;
      Object.assign(item, { state: 'cancelled', ended_at: at });
    }
  }

  private items(life: Life, agreement: Row): void {
    const { dice } = this;
    const effective = agreement['effective_at'] as Date;
    for (let n = 0, count = dice.whole(4); n < count; n += 1) {
      const amount = dice.chance(65) ? 100 + dice.whole(1_000_000) : null;
      const item: Row = {
        id: uuidv7(),
        dispute_id: life.id,
        agreement_id: agreement['id'],
        ordinal: n + 1,
        obligation_id: uuidv7(),
        obligor_id: uuidv7(),
        obligee_id: uuidv7(),
        kind: amount === null ? 'act' : 'payment',
        content: '修好',
        amount_fen: amount,
        performed_fen: 0,
        due_on: dayOf(effective, dice.one([0, 0, 1, 10, 30, 60, 150, 330])),
        state: 'open',
        performed_on: null,
        breached_at: null,
        breach_reason: null,
        ended_at: null,
        version: 1,
      };
      this.add('performance_item', item);
      this.perform(life, item, effective);
    }
  }

  private perform(life: Life, item: Row, effective: Date): void {
    const { dice } = this;
    const amount = item['amount_fen'] as number | null;
    const kept = dice.whole(100);
    const isSpot = dice.chance(40);
    const moment = (): Date => {
      const at = isSpot ? new Date(effective.getTime() + 60_000) : this.after(effective, 60);
      return at < WRITTEN_UNTIL ? at : effective;
    };
    const pay = (fen: number | null, receipt: string, isRetracted = false): Date => {
      const at = moment();
      this.add('performance_record', {
        dispute_id: life.id,
        item_id: item['id'],
        kind: 'performance',
        amount_fen: fen,
        performed_on: dayOf(at),
        manner: 'cash',
        is_confirmed_by_obligee: receipt === 'confirmed',
        attachment_ids: dice.chance(50) ? [uuidv7()] : [],
        recorded_by: life.clerk,
        recorded_at: at,
        retracted_at: isRetracted ? at : null,
        retracted_by: isRetracted ? life.clerk : null,
        retract_reason: isRetracted ? '记错' : null,
        receipt,
        receipt_due_on: dayOf(at, dice.one([15, 15, 100])),
      });
      return at;
    };
    const counted = (): string => dice.one(['awaited', 'awaited', 'confirmed', 'accepted']);
    if (kept < 55) {
      const parts = amount !== null && amount > 1 && dice.chance(35) ? [1 + dice.whole(amount - 1)] : [];
      const rest = amount === null ? null : amount - (parts[0] ?? 0);
      const days = [...parts, rest].map((fen) => dayOf(pay(fen, counted()))).sort();
      Object.assign(item, { state: 'performed', performed_fen: amount ?? 0, performed_on: days.at(-1) });
    } else if (kept < 70 && amount !== null && amount > 1) {
      const part = 1 + dice.whole(amount - 1);
      Object.assign(item, { performed_fen: part, performed_on: dayOf(pay(part, counted())) });
    }
    if (item['state'] === 'open' && dice.chance(30) && (item['due_on'] as string) < dayOf(WRITTEN_UNTIL)) {
      const breached = new Date(`${item['due_on'] as string}T18:00:00+08:00`);
      Object.assign(item, { state: 'breached', breached_at: breached, breach_reason: '拒不履行' });
    }
    if (amount !== null && dice.chance(10)) pay(amount, dice.one(['disputed', 'not-paid']));
    if (amount !== null && dice.chance(8)) pay(amount, 'awaited', true);
  }

  private confirmation(life: Life, agreement: Row): void {
    const { dice } = this;
    const states = dice.one([
      ['applied'],
      ['accepted'],
      ['confirmed'],
      ['confirmed'],
      ['dismissed'],
      ['withdrawn'],
      ['withdrawn', 'applied'],
    ]);
    for (const state of states) {
      const isDecided = state === 'confirmed' || state === 'dismissed';
      this.add('judicial_confirmation', {
        dispute_id: life.id,
        agreement_id: agreement['id'],
        state,
        applied_on: dayOf(agreement['effective_at'] as Date, dice.whole(20)),
        party_ids: [uuidv7(), uuidv7()],
        agent_ids: [],
        court: '法院',
        hints: [],
        accepted_on: null,
        case_number: null,
        decided_on: isDecided ? dayOf(agreement['effective_at'] as Date, 40) : null,
        ruling_attachment_id: isDecided ? uuidv7() : null,
        reason: state === 'dismissed' || state === 'withdrawn' ? '原因' : null,
        created_at: life.at,
        version: 1,
      });
    }
  }

  private handOff(life: Life, organKind: string): void {
    const { dice } = this;
    const state = dice.one(['sent', 'signed', 'withdrawn']);
    this.add('dispute_transfer', {
      dispute_id: life.id,
      kind: 'hand-off',
      state,
      from_state: 'in-progress',
      organ_kind: organKind,
      organ: '某机关',
      request: '移送',
      sent_by: life.clerk,
      sent_at: life.at,
      signed_at: state === 'signed' ? life.at : null,
      ended_reason: state === 'withdrawn' ? '误送' : null,
      ended_at: state === 'withdrawn' ? life.at : null,
      version: 1,
    });
  }

  private close(life: Life, outcome: string): void {
    const { dice } = this;
    const word = dice.one(['portal', 'in-person', null, null]);
    this.add('dispute_closing', {
      dispute_id: life.id,
      volume: life.dispute['volume'],
      outcome,
      summary: '小结',
      handler_account_id: null,
      reviewed_by: life.clerk,
      closed_at: life.at,
      confirmed_by: word,
      unconfirmed_reason: word === null && dice.chance(50) ? '问不到' : null,
      is_drawn: dice.chance(40),
    });
    Object.assign(life.dispute, {
      state: dice.one(['closed', 'followed-up', 'archived']),
      outcome,
      closed_at: life.at,
    });
  }

  /** Takes the matter up again, some of them at the very end of what is observed. */
  private reopen(life: Life): boolean {
    const { dice } = this;
    const before = life.at;
    const agreed = (this.rows.get('agreement') ?? []).findLast((a) => a['dispute_id'] === life.id);
    const edge =
      agreed === undefined
        ? null
        : new Date((agreed['effective_at'] as Date).getTime() + dice.one([30, 45, 90]) * DAY - dice.whole(2));
    if (edge !== null && edge > life.at && edge < WRITTEN_UNTIL && dice.chance(40)) life.at = edge;
    else if (!this.pass(life, dice.one([6, 40, 100]))) return false;
    const volume = (life.dispute['volume'] as number) + 1;
    this.add('dispute_reopening', {
      dispute_id: life.id,
      volume,
      reason_code: 'breach',
      reason: '反悔',
      from_state: 'closed',
      previous_outcome: life.dispute['outcome'],
      previous_closed_at: before,
      reopened_by: life.clerk,
      reopened_at: life.at,
    });
    Object.assign(life.dispute, { state: 'reopened', volume, outcome: null, closed_at: null });
    return true;
  }

  private whistle(life: Life): void {
    const { dice, world } = this;
    const issued = this.after(life.dispute['registered_at'] as Date, 60);
    if (issued >= WRITTEN_UNTIL) return;
    const [summonsId, taskId] = [uuidv7(), uuidv7()];
    this.serial += 1;
    this.add('summons', {
      id: summonsId,
      dispute_id: life.id,
      center_id: life.dispute['center_id'],
      kind: 'progress',
      level: 'regular',
      ground: 'livelihood',
      brief: '简情',
      asks: ['到场'],
      attendance_required: false,
      state: 'issued',
      proposed_by: life.clerk,
      proposed_at: issued,
      issued_by: life.clerk,
      issued_at: issued,
      number_year: 2026,
      number_seq: this.serial,
      number: `吹哨〔2026〕${this.serial}号`,
      version: 1,
    });
    const state = dice.one(['issued', 'signed', 'signed', 'objected', 'upheld', 'withdrawn', 'closed', 'draft']);
    const isSigned = state === 'signed' || state === 'closed';
    const isObjected = state === 'objected' || state === 'upheld';
    this.add('summons_task', {
      id: taskId,
      dispute_id: life.id,
      summons_id: summonsId,
      agency_id: dice.one(world.agencyIds),
      role: 'lead',
      state,
      issued_at: issued,
      objection_ends_at: issued,
      objection_hard_stop_at: issued,
      signed_at: isSigned ? issued : null,
      signed_by: isSigned ? life.clerk : null,
      objected_at: isObjected ? issued : null,
      objected_by: isObjected ? life.clerk : null,
      objection_ground: isObjected ? 'not-competent' : null,
      objection_reason: isObjected ? '不属职责' : null,
      ruled_at: state === 'upheld' ? issued : null,
      ruled_by: state === 'upheld' ? life.clerk : null,
      ruling_reason: state === 'upheld' ? '不属职责' : null,
      withdrawn_at: state === 'withdrawn' ? issued : null,
      closed_at: state === 'closed' ? issued : null,
      agency_access_ends_at: ['upheld', 'withdrawn', 'closed'].includes(state) ? issued : null,
      version: 1,
      duty_notes: [],
    });
    for (const [kind, round] of [
      ['sign', 1],
      ['contact', 1],
      ['arrive', 1],
      ['feedback', 1],
      ['feedback', 2],
      ['ruling', 1],
    ] as const) {
      if (!dice.chance(80)) continue;
      const starts = round === 1 ? issued : this.after(issued, 3);
      const original = this.after(starts, dice.one([1, 10, 200]));
      const current = dice.chance(20) ? this.after(original, 10) : original;
      const met = dice.chance(45) ? dice.one([original, current, this.after(starts, 12)]) : null;
      const isPaused = met === null && state === 'objected';
      this.add('summons_due', {
        dispute_id: life.id,
        task_id: taskId,
        kind,
        round,
        rule_id: 'r',
        unit: 'working-hour',
        budget: 1,
        starts_at: starts,
        original_due_at: original,
        current_due_at: isPaused || dice.chance(4) ? null : current,
        pauses: [],
        calendar_version: '1',
        is_provisional: false,
        explanation: [],
        met_at: met !== null && met < WRITTEN_UNTIL ? met : null,
        stopped_at: (met === null || met >= WRITTEN_UNTIL) && dice.chance(10) ? issued : null,
        deadline_rule_id: this.dueRule,
      });
    }
  }

  private visit(life: Life): void {
    const { dice } = this;
    const at = this.after(dice.one([life.dispute['registered_at'] as Date, life.at]), 200);
    if (at >= WRITTEN_UNTIL) return;
    const isReached = dice.chance(75);
    this.add('follow_up_visit', {
      dispute_id: life.id,
      mode: 'phone',
      is_reached: isReached,
      is_solved: isReached ? dice.one([true, false, null]) : null,
      satisfaction: isReached ? dice.one(['satisfied', 'mostly-satisfied', 'dissatisfied', 'no-answer', null]) : null,
      situation: '情况',
      visited_by: life.clerk,
      visited_at: at,
      is_call_back: dice.chance(30),
      next_on: dice.chance(30) ? dayOf(at, 1 + dice.whole(150)) : null,
    });
  }

  private words(life: Life): void {
    const { dice } = this;
    const parties = [uuidv7(), uuidv7()];
    for (const partyId of parties) {
      if (dice.chance(15))
        this.add('service_rating', {
          dispute_id: life.id,
          party_id: partyId,
          volume: life.dispute['volume'],
          score: 1 + dice.whole(5),
          rated_at: life.at,
        });
      for (let n = dice.whole(3); n > 0 && dice.chance(25); n -= 1) {
        const said = this.after(life.dispute['registered_at'] as Date, 150);
        if (said >= WRITTEN_UNTIL) continue;
        this.add('party_word', {
          dispute_id: life.id,
          party_id: partyId,
          volume: 1 + dice.whole(life.dispute['volume'] as number),
          is_solved: dice.chance(60),
          said_at: said,
        });
      }
    }
  }
}

interface Life {
  readonly id: string;
  readonly dispute: Row;
  readonly clerk: string;
  /** How far it has been told. */
  at: Date;
  agreements: number;
}
