import { Injectable } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import { authorize, definedLifecycles, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { matterLifecycle } from '../domain/matter-lifecycle';
import { MEDIATION_STATES } from '../domain/mediation-lifecycle';
import { TRANSFER_STATES } from '../domain/transfer-lifecycle';
import type { DisputeTransfer, OneTimeNotice } from '../persistence/course.entity';
import type { Dispute } from '../persistence/dispute.entity';
import { allowedTransferActs } from './act-on-transfer';
import { Matters } from './matters';
import { allowedNoticeActs, viewOf } from './one-time-notices';

export interface ListNoticesQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly kind?: 'supplement' | 'not-accepted';
  readonly givenFrom?: string;
  readonly givenTo?: string;
  readonly isSigned?: boolean;
  readonly isOpen?: boolean;
}

interface TransferRow extends Pick<
  DisputeTransfer,
  | 'id'
  | 'kind'
  | 'state'
  | 'request'
  | 'sentAt'
  | 'signedAt'
  | 'receiptNumber'
  | 'objection'
  | 'objectedAt'
  | 'ruling'
  | 'ruledAt'
  | 'result'
  | 'endedReason'
  | 'version'
  | 'fromCenterId'
  | 'fromUnitId'
  | 'toCenterId'
  | 'toUnitId'
> {
  readonly toName: string | null;
  readonly sentByName: string;
  readonly signedByName: string | null;
}

/** Reads what has happened to a matter. Content is read: each reading leaves one audit entry. */
@Injectable()
export class ReadCourse {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
  ) {}

  /** The timeline, the latest first. */
  async events(disputeId: string, query: { readonly limit?: number; readonly cursor?: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'disputes.read-events');
      const limit = query.limit ?? 50;
      const [beforeAt, beforeId] = momentAfter(query.cursor);
      const rows = await tx.query<{
        id: string;
        at: Date;
        act: string;
        fromState: string | null;
        toState: string | null;
        actorName: string;
        opinion: string | null;
        stayedSeconds: number | null;
      }>(
        `with node as (
           select id, extract(epoch from at - lag(at) over (partition by split_part(act, '.', 1) order by at, id))::int as stayed
             from dispute_event
            where dispute_id = $1 and to_state is distinct from from_state and to_state is not null
              and split_part(act, '.', 1) in ('disputes', 'mediation'))
         select e.id, e.at, e.act, e.from_state as "fromState", e.to_state as "toState", e.actor_name as "actorName", e.opinion,
                n.stayed as "stayedSeconds"
           from dispute_event e left join node n on n.id = e.id
          where e.dispute_id = $1 and ($2::timestamptz is null or (e.at, e.id) < ($2, $3::uuid))
          order by e.at desc, e.id desc limit $4`,
        [disputeId, beforeAt, beforeId, limit + 1],
      );
      audited(tx, dispute, 'disputes.read-events');
      const page = pageOf(rows, limit, (r) => momentCursor(r.at, r.id));
      const units = await unitsOf(
        tx,
        dispute,
        page.items.map((r) => r.id),
      );
      return {
        nextCursor: page.nextCursor,
        items: page.items.map((r) => ({
          ...r,
          at: r.at.toISOString(),
          actName: policyOf(r.act)?.label ?? r.act,
          fromStateName: stateName(r.act, r.fromState),
          toStateName: stateName(r.act, r.toState),
          unitName: units.get(r.id) ?? null,
        })),
      };
    });
  }

  /** Everything that acts have left beside the timeline: one statement per kind, whatever the matter's length. */
  async course(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute, standing, snapshot } = await this.matters.read(tx, disputeId, 'disputes.read-course');
      const mayGoBack = matterLifecycle.refusal('come-back', snapshot, tx.now) === null;
      audited(tx, dispute, 'disputes.read-course');
      const riskAssessments = await tx.query<{
        level: string;
        previousLevel: string | null;
        suggestedLevel: string;
        factors: string[];
        reason: string | null;
        assessedAt: Date;
        assessedByName: string;
      }>(
        `select r.level, r.previous_level as "previousLevel", r.suggested_level as "suggestedLevel", r.factors, r.reason,
                r.assessed_at as "assessedAt", a.display_name as "assessedByName"
           from risk_assessment r join account a on a.id = r.assessed_by
          where r.dispute_id = $1 order by r.assessed_at, r.id`,
        [disputeId],
      );
      const escalationReports = await tx.query<{
        id: string;
        finding: string;
        situation: string;
        recipient: string | null;
        receipt: string | null;
        reportedAt: Date | null;
        madeAt: Date;
        madeByName: string;
      }>(
        `select r.id, r.finding, r.situation, r.recipient, r.receipt, r.reported_at as "reportedAt", r.made_at as "madeAt",
                a.display_name as "madeByName"
           from escalation_report r join account a on a.id = r.made_by
          where r.dispute_id = $1 order by r.made_at, r.id`,
        [disputeId],
      );
      const decisions = await tx.query<{
        kind: string;
        reasonCode: string | null;
        content: string;
        route: string | null;
        organ: string | null;
        law: string | null;
        decidedAt: Date;
        decidedByName: string;
      }>(
        `select e.kind, e.reason_code as "reasonCode", e.content, e.route, e.organ, e.law, e.decided_at as "decidedAt",
                a.display_name as "decidedByName"
           from dispute_decision e join account a on a.id = e.decided_by
          where e.dispute_id = $1 order by e.decided_at, e.id`,
        [disputeId],
      );
      const transfers = await tx.query<TransferRow>(
        `select t.id, t.kind, t.state, coalesce(t.organ, c.name, v.name) as "toName", t.request, t.sent_at as "sentAt",
                t.signed_at as "signedAt", t.receipt_number as "receiptNumber", t.objection, t.ruling, t.result,
                t.ended_reason as "endedReason", t.version, s.display_name as "sentByName", g.display_name as "signedByName",
                t.ruled_at as "ruledAt", t.objected_at as "objectedAt", t.from_center_id as "fromCenterId",
                t.from_unit_id as "fromUnitId", t.to_center_id as "toCenterId", t.to_unit_id as "toUnitId"
           from dispute_transfer t
           join account s on s.id = t.sent_by
           left join account g on g.id = t.signed_by
           left join center c on c.id = t.to_center_id
           left join org_unit_version v on v.unit_id = t.to_unit_id and v.valid_from <= $2 and (v.valid_to is null or v.valid_to > $2)
          where t.dispute_id = $1 order by t.sent_at, t.id`,
        [disputeId, legalDateFromInstant(tx.now)],
      );
      const notices = await tx.query<OneTimeNotice & { givenByName: string }>(
        `select n.id, n.dispute_id as "disputeId", n.ordinal, n.kind, n.items, n.explanation, n.form, n.due_on as "dueOn",
                n.given_at as "givenAt", n.given_by as "givenBy", n.signer_name as "signerName", n.signed_at as "signedAt",
                n.supplemented_at as "supplementedAt", n.version, a.display_name as "givenByName"
           from one_time_notice n join account a on a.id = n.given_by where n.dispute_id = $1 order by n.ordinal`,
        [disputeId],
      );
      const closings = await tx.query<{
        volume: number;
        outcome: string;
        summary: string;
        closedAt: Date;
        reviewedByName: string;
        confirmedBy: string | null;
        partyWords: string | null;
        unconfirmedReason: string | null;
      }>(
        `select c.volume, c.outcome, c.summary, c.closed_at as "closedAt", a.display_name as "reviewedByName",
                c.confirmed_by as "confirmedBy", c.party_words as "partyWords", c.unconfirmed_reason as "unconfirmedReason"
           from dispute_closing c join account a on a.id = c.reviewed_by where c.dispute_id = $1 order by c.closed_at, c.id`,
        [disputeId],
      );
      const reopenings = await tx.query<{
        volume: number;
        reasonCode: string;
        reason: string;
        previousOutcome: string;
        reopenedAt: Date;
        reopenedByName: string;
      }>(
        `select r.volume, r.reason_code as "reasonCode", r.reason, r.previous_outcome as "previousOutcome",
                r.reopened_at as "reopenedAt", a.display_name as "reopenedByName"
           from dispute_reopening r join account a on a.id = r.reopened_by where r.dispute_id = $1 order by r.volume`,
        [disputeId],
      );
      const followUps = await tx.query<{
        mode: string;
        isReached: boolean;
        isPerformed: boolean | null;
        isSolved: boolean | null;
        satisfaction: string | null;
        situation: string;
        visitedAt: Date;
        visitedByName: string;
        deniesDispute: boolean | null;
        isCallBack: boolean;
        nextOn: string | null;
      }>(
        `select f.mode, f.denies_dispute as "deniesDispute", f.is_call_back as "isCallBack", f.next_on as "nextOn", f.is_reached as "isReached", f.is_performed as "isPerformed", f.is_solved as "isSolved", f.satisfaction,
                f.situation, f.visited_at as "visitedAt", a.display_name as "visitedByName"
           from follow_up_visit f join account a on a.id = f.visited_by where f.dispute_id = $1 order by f.visited_at, f.id`,
        [disputeId],
      );
      const upstreamReplies = await tx.query<{
        upstreamNumber: string;
        content: string;
        method: string;
        repliedAt: Date;
        repliedByName: string;
      }>(
        `select r.upstream_number as "upstreamNumber", r.content, r.method, r.replied_at as "repliedAt",
                a.display_name as "repliedByName"
           from upstream_reply r join account a on a.id = r.replied_by where r.dispute_id = $1 order by r.replied_at, r.id`,
        [disputeId],
      );
      return {
        upstreamReplies: upstreamReplies.map((r) => ({ ...r, repliedAt: r.repliedAt.toISOString() })),
        riskAssessments: riskAssessments.map((r) => ({ ...r, assessedAt: r.assessedAt.toISOString() })),
        escalationReports: escalationReports.map((r) => ({
          ...r,
          reportedAt: iso(r.reportedAt),
          madeAt: r.madeAt.toISOString(),
        })),
        decisions: decisions.map((r) => ({ ...r, decidedAt: r.decidedAt.toISOString() })),
        transfers: transfers.map((r) =>
          transferView(tx, dispute, r, mayGoBack && r.id === transfers[transfers.length - 1]?.id),
        ),
        notices: notices.map((n) => ({
          ...viewOf(n),
          givenByName: n.givenByName,
          allowedActs: allowedNoticeActs(n, (act) => mayAct(tx.actor, policyOf(act)?.by ?? [], standing)),
        })),
        closings: closings.map((r) => ({ ...r, closedAt: r.closedAt.toISOString() })),
        reopenings: reopenings.map((r) => ({ ...r, reopenedAt: r.reopenedAt.toISOString() })),
        followUps: followUps.map((r) => ({ ...r, visitedAt: r.visitedAt.toISOString() })),
      };
    });
  }

  /** The mediation's clock and how it ended. */
  async mediation(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'mediation.read');
      audited(tx, dispute, 'mediation.read');
      const periods = await tx.query<{
        volume: number;
        rule: string;
        article: string;
        startOn: string;
        originalDueOn: string;
        currentDueOn: string | null;
        isProvisional: boolean;
        explanation: string[];
        endedAt: Date | null;
      }>(
        `select volume, rule, article, start_on as "startOn", original_due_on as "originalDueOn", current_due_on as "currentDueOn",
                is_provisional as "isProvisional", explanation, ended_at as "endedAt"
           from mediation_period where dispute_id = $1 order by volume, id`,
        [disputeId],
      );
      const extensions = await tx.query<{
        ordinal: number;
        untilOn: string;
        previousDueOn: string;
        reason: string;
        consentedOn: string;
        consentedPartyIds: string[];
      }>(
        `select ordinal, until_on as "untilOn", previous_due_on as "previousDueOn", reason, consented_on as "consentedOn",
                consented_party_ids as "consentedPartyIds"
           from mediation_extension where dispute_id = $1 order by recorded_at, ordinal`,
        [disputeId],
      );
      const pauses = await tx.query<{
        ground: string;
        reason: string;
        expectedUntil: string | null;
        pausedAt: Date;
        resumedAt: Date | null;
      }>(
        `select ground, reason, expected_until as "expectedUntil", paused_at as "pausedAt", resumed_at as "resumedAt"
           from mediation_pause where dispute_id = $1 order by paused_at, id`,
        [disputeId],
      );
      const endings = await tx.query<{
        volume: number;
        endState: string;
        code: string;
        explanation: string;
        afterAcceptance: boolean;
        endedAt: Date;
        routesTold: string[] | null;
        toldHow: string | null;
        toldAt: Date | null;
      }>(
        `select volume, end_state as "endState", code, explanation, after_acceptance as "afterAcceptance", ended_at as "endedAt",
                routes_told as "routesTold", told_how as "toldHow", told_at as "toldAt"
           from mediation_ending where dispute_id = $1 order by ended_at, id`,
        [disputeId],
      );
      const today = legalDateFromInstant(tx.now);
      return {
        mediationState: dispute.mediationState,
        mediationStateName: dispute.mediationState === null ? null : MEDIATION_STATES[dispute.mediationState],
        periods: periods.map((p) => ({
          ...p,
          endedAt: iso(p.endedAt),
          isOverdue: p.endedAt === null && p.currentDueOn !== null && p.currentDueOn < today,
        })),
        extensions,
        pauses: pauses.map((p) => ({ ...p, pausedAt: p.pausedAt.toISOString(), resumedAt: iso(p.resumedAt) })),
        endings: endings.map((e) => ({ ...e, endedAt: e.endedAt.toISOString(), toldAt: iso(e.toldAt) })),
      };
    });
  }

  /** One-time notices over all matters that the actor may read: for those who check that everything was named at once. */
  async notices(query: ListNoticesQuery) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'disputes.list-notices');
      const limit = query.limit ?? 20;
      const [beforeAt, beforeId] = momentAfter(query.cursor);
      const rows = await tx.query<OneTimeNotice & { registrationNumber: string; givenByName: string }>(
        `select n.id, n.dispute_id as "disputeId", n.ordinal, n.kind, n.items, n.explanation, n.form, n.due_on as "dueOn",
                n.given_at as "givenAt", n.given_by as "givenBy", n.signer_name as "signerName", n.signed_at as "signedAt",
                n.supplemented_at as "supplementedAt", n.version, d.registration_number as "registrationNumber",
                a.display_name as "givenByName"
           from one_time_notice n join dispute d on d.id = n.dispute_id join account a on a.id = n.given_by
          where ($1::timestamptz is null or (n.given_at, n.id) < ($1, $2::uuid))
            and ($3::text is null or n.kind = $3)
            and ($4::date is null or n.given_at >= $4::date::timestamp at time zone 'Asia/Shanghai')
            and ($5::date is null or n.given_at < ($5::date + 1)::timestamp at time zone 'Asia/Shanghai')
            and ($6::boolean is null or (n.signed_at is not null) = $6)
            and ($7::boolean is null or (n.kind = 'supplement' and n.supplemented_at is null) = $7)
            and not d.is_sealed
          order by n.given_at desc, n.id desc limit $8`,
        [
          beforeAt,
          beforeId,
          query.kind ?? null,
          query.givenFrom ?? null,
          query.givenTo ?? null,
          query.isSigned ?? null,
          query.isOpen ?? null,
          limit + 1,
        ],
      );
      const page = pageOf(rows, limit, (r) => momentCursor(r.givenAt, r.id));
      return {
        nextCursor: page.nextCursor,
        // A list shows that a notice was signed for, not by whom.
        items: page.items.map((r) => ({
          id: r.id,
          disputeId: r.disputeId,
          registrationNumber: r.registrationNumber,
          ordinal: r.ordinal,
          kind: r.kind,
          itemCount: r.items.length,
          form: r.form,
          dueOn: r.dueOn,
          givenAt: r.givenAt.toISOString(),
          givenByName: r.givenByName,
          isSigned: r.signedAt !== null,
          supplementedAt: iso(r.supplementedAt),
        })),
      };
    });
  }
}

/** A transfer with what this reader, as its sender or as its receiver, may do about it. */
function transferView(tx: Tx, dispute: Dispute, row: TransferRow, mayComeBack: boolean) {
  const { fromCenterId: _1, fromUnitId: _2, toCenterId: _3, toUnitId: _4, objectedAt: _5, ruledAt: _6, ...shown } = row;
  return {
    ...shown,
    stateName: TRANSFER_STATES[row.state],
    sentAt: row.sentAt.toISOString(),
    signedAt: iso(row.signedAt),
    allowedActs: allowedTransferActs(tx, dispute, row, mayComeBack),
  };
}

/** The name of a state in the words of the thing that the act moves. */
function stateName(act: string, state: string | null): string | null {
  if (state === null) return null;
  const moved = act.slice(0, act.lastIndexOf('.'));
  const states: Readonly<Record<string, string>> | undefined = definedLifecycles().find(
    (l) => l.name === moved,
  )?.states;
  return states?.[state] ?? state;
}

/**
 * Where those who acted belonged at that time, of several posts the one at the matter’s center or committee. Postings are
 * read as the system: they are no secret, but only the security administrator lists them.
 */
async function unitsOf(
  tx: Tx,
  { centerId, handlingCenterId, committeeId }: Dispute,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.asSystem(() =>
    tx.query<{ id: string; name: string }>(
      `select distinct on (e.id) e.id, coalesce(c.name, m.name, a.name, v.name) as name
         from dispute_event e
         join role_grant g on g.account_id = e.actor_account_id and g.valid_from <= e.at and (g.valid_to is null or g.valid_to > e.at)
         left join center c on c.id = g.scope_id
         left join committee m on m.id = g.scope_id
         left join agency a on a.id = g.scope_id
         left join org_unit_version v on v.unit_id = g.scope_id and v.valid_from <= $3 and (v.valid_to is null or v.valid_to > $3)
        where e.id = any ($1::uuid[]) and coalesce(c.name, m.name, a.name, v.name) is not null
        order by e.id, g.scope_id = any ($2::uuid[]) desc, g.valid_from, g.id`,
      [eventIds, [centerId, handlingCenterId, committeeId].filter((id) => id !== null), legalDateFromInstant(tx.now)],
    ),
  );
  return new Map(rows.map((r) => [r.id, r.name]));
}

function audited(tx: Tx, dispute: Dispute, act: string): void {
  tx.audit({ act, objectType: 'dispute', objectId: dispute.id, disputeId: dispute.id, chain: dispute.centerId });
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
