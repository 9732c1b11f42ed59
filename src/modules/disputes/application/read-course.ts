import { Injectable } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { pageOf } from '../../../platform/http';
import { MATTER_STATES } from '../domain/matter-lifecycle';
import { MEDIATION_STATES } from '../domain/mediation-lifecycle';
import { TRANSFER_STATES, type TransferState } from '../domain/transfer-lifecycle';
import type { OneTimeNotice } from '../persistence/course.entity';
import type { Dispute } from '../persistence/dispute.entity';
import { keysetOf } from './list-disputes';
import { Matters } from './matters';
import { viewOf } from './one-time-notices';

const STATE_NAMES: Readonly<Record<string, string>> = { ...MATTER_STATES, ...MEDIATION_STATES };

export interface ListNoticesQuery {
  readonly limit?: number;
  readonly cursor?: string;
  readonly kind?: 'supplement' | 'not-accepted';
  readonly givenFrom?: string;
  readonly givenTo?: string;
  readonly isSigned?: boolean;
  readonly isOpen?: boolean;
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
      const [beforeAt, beforeId] = keysetOf(query.cursor);
      const rows = await tx.query<{
        id: string;
        at: Date;
        act: string;
        fromState: string | null;
        toState: string | null;
        actorName: string;
        opinion: string | null;
      }>(
        `select id, at, act, from_state as "fromState", to_state as "toState", actor_name as "actorName", opinion
           from dispute_event where dispute_id = $1 and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
          order by at desc, id desc limit $4`,
        [disputeId, beforeAt, beforeId, limit + 1],
      );
      audited(tx, dispute, 'disputes.read-events');
      const page = pageOf(rows, limit, (r) => `${r.at.getTime()}_${r.id}`);
      return {
        nextCursor: page.nextCursor,
        items: page.items.map((r) => ({
          ...r,
          at: r.at.toISOString(),
          toStateName: r.toState === null ? null : (STATE_NAMES[r.toState] ?? r.toState),
        })),
      };
    });
  }

  /** Everything that acts have left beside the timeline: one statement per kind, whatever the matter's length. */
  async course(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'disputes.read-course');
      audited(tx, dispute, 'disputes.read-course');
      const riskAssessments = await tx.query<{
        level: string;
        previousLevel: string | null;
        suggestedLevel: string;
        factors: string[];
        reason: string | null;
        assessedAt: Date;
      }>(
        `select level, previous_level as "previousLevel", suggested_level as "suggestedLevel", factors, reason, assessed_at as "assessedAt"
           from risk_assessment where dispute_id = $1 order by assessed_at, id`,
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
      }>(
        `select id, finding, situation, recipient, receipt, reported_at as "reportedAt", made_at as "madeAt"
           from escalation_report where dispute_id = $1 order by made_at, id`,
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
      }>(
        `select kind, reason_code as "reasonCode", content, route, organ, law, decided_at as "decidedAt"
           from dispute_decision where dispute_id = $1 order by decided_at, id`,
        [disputeId],
      );
      const transfers = await tx.query<{
        id: string;
        kind: string;
        state: TransferState;
        toName: string | null;
        request: string;
        sentAt: Date;
        signedAt: Date | null;
        receiptNumber: string | null;
        objection: string | null;
        ruling: string | null;
        result: string | null;
        endedReason: string | null;
        version: number;
      }>(
        `select t.id, t.kind, t.state, coalesce(t.organ, c.name, v.name) as "toName", t.request, t.sent_at as "sentAt",
                t.signed_at as "signedAt", t.receipt_number as "receiptNumber", t.objection, t.ruling, t.result,
                t.ended_reason as "endedReason", t.version
           from dispute_transfer t
           left join center c on c.id = t.to_center_id
           left join org_unit_version v on v.unit_id = t.to_unit_id and v.valid_from <= $2 and (v.valid_to is null or v.valid_to > $2)
          where t.dispute_id = $1 order by t.sent_at, t.id`,
        [disputeId, legalDateFromInstant(tx.now)],
      );
      const notices = await tx.query<OneTimeNotice>(
        `select id, dispute_id as "disputeId", ordinal, kind, items, explanation, form, due_on as "dueOn", given_at as "givenAt",
                given_by as "givenBy", signer_name as "signerName", signed_at as "signedAt", supplemented_at as "supplementedAt", version
           from one_time_notice where dispute_id = $1 order by ordinal`,
        [disputeId],
      );
      const closings = await tx.query<{ volume: number; outcome: string; summary: string; closedAt: Date }>(
        'select volume, outcome, summary, closed_at as "closedAt" from dispute_closing where dispute_id = $1 order by closed_at, id',
        [disputeId],
      );
      const reopenings = await tx.query<{
        volume: number;
        reasonCode: string;
        reason: string;
        previousOutcome: string;
        reopenedAt: Date;
      }>(
        `select volume, reason_code as "reasonCode", reason, previous_outcome as "previousOutcome", reopened_at as "reopenedAt"
           from dispute_reopening where dispute_id = $1 order by volume`,
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
      }>(
        `select mode, is_reached as "isReached", is_performed as "isPerformed", is_solved as "isSolved", satisfaction, situation,
                visited_at as "visitedAt"
           from follow_up_visit where dispute_id = $1 order by visited_at, id`,
        [disputeId],
      );
      return {
        riskAssessments: riskAssessments.map((r) => ({ ...r, assessedAt: r.assessedAt.toISOString() })),
        escalationReports: escalationReports.map((r) => ({
          ...r,
          reportedAt: iso(r.reportedAt),
          madeAt: r.madeAt.toISOString(),
        })),
        decisions: decisions.map((r) => ({ ...r, decidedAt: r.decidedAt.toISOString() })),
        transfers: transfers.map((r) => ({
          ...r,
          stateName: TRANSFER_STATES[r.state],
          sentAt: r.sentAt.toISOString(),
          signedAt: iso(r.signedAt),
        })),
        notices: notices.map(viewOf),
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
      const [beforeAt, beforeId] = keysetOf(query.cursor);
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
      const page = pageOf(rows, limit, (r) => `${r.givenAt.getTime()}_${r.id}`);
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

function audited(tx: Tx, dispute: Dispute, act: string): void {
  tx.audit({ act, objectType: 'dispute', objectId: dispute.id, disputeId: dispute.id, chain: dispute.centerId });
}

function iso(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
