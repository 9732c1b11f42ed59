import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, pick } from '../../../kernel';
import { grantedActs } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { MATTER_STATES } from '../domain/matter-lifecycle';
import { MEDIATION_STATES } from '../domain/mediation-lifecycle';
import { MatterHooks } from './matter-hooks';
import { Matters } from './matters';

interface Names {
  readonly centerName: string;
  readonly placeUnitName: string | null;
  readonly localTypeName: string | null;
  readonly firstResponderName: string;
  readonly handlerName: string | null;
  readonly committeeName: string | null;
  readonly handlingCenterName: string | null;
  readonly handlingUnitName: string | null;
  readonly mergedIntoNumber: string | null;
}

interface ImportedView {
  readonly oldNumber: string;
  readonly registeredOn: string;
  readonly closedOn: string;
  readonly handlerName: string | null;
  readonly organizationName: string | null;
  readonly result: string | null;
  readonly remark: string | null;
  readonly importedByName: string;
  readonly importedAt: Date;
}

interface Since {
  readonly stateSince: Date | null;
  readonly mediationStateSince: Date | null;
}

@Injectable()
export class ReadDispute {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly hooks: MatterHooks,
  ) {}

  /** The matter with its narrative (for those who may read it) and what the reader may do now. Leaves one audit entry. */
  async execute(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'disputes.read');
      const { dispute } = matter;
      const [words] = await tx.query<{ narrative: string; requests: string | null; cues: string[] }>(
        'select narrative, requests, cues from dispute_narrative where dispute_id = $1',
        [disputeId],
      );
      const names = await tx.one<Names>(
        `select c.name as "centerName", pv.name as "placeUnitName", l.name as "localTypeName", f.display_name as "firstResponderName",
                h.display_name as "handlerName", m.name as "committeeName", hc.name as "handlingCenterName",
                hv.name as "handlingUnitName", i.registration_number as "mergedIntoNumber"
           from dispute d
           join center c on c.id = d.center_id
           join account f on f.id = d.first_responder_id
           left join local_type l on l.id = d.local_type_id
           left join account h on h.id = d.handler_account_id
           left join committee m on m.id = d.committee_id
           left join center hc on hc.id = d.handling_center_id
           left join org_unit_version hv on hv.unit_id = d.handling_unit_id and hv.valid_from <= $2
             and (hv.valid_to is null or hv.valid_to > $2)
           left join org_unit_version pv on pv.unit_id = d.place_unit_id and pv.valid_from <= $2
             and (pv.valid_to is null or pv.valid_to > $2)
           left join dispute i on i.id = d.merged_into_id
          where d.id = $1`,
        [disputeId, legalDateFromInstant(tx.now)],
      );
      const since = await tx.one<Since>(
        `select max(at) filter (where act like 'disputes.%') as "stateSince",
                max(at) filter (where act like 'mediation.%') as "mediationStateSince"
           from dispute_event
          where dispute_id = $1 and to_state is distinct from from_state and to_state is not null`,
        [disputeId],
      );
      const [imported] = await tx.query<ImportedView>(
        `select i.old_number as "oldNumber", i.registered_on as "registeredOn", i.closed_on as "closedOn",
                i.handler_name as "handlerName", i.organization_name as "organizationName", i.result, i.remark,
                a.display_name as "importedByName", i.imported_at as "importedAt"
           from dispute_import i join account a on a.id = i.imported_by where i.dispute_id = $1`,
        [disputeId],
      );
      const parties = await this.hooks.parties(tx, disputeId);
      tx.audit({
        act: 'disputes.read',
        objectType: 'dispute',
        objectId: dispute.id,
        disputeId: dispute.id,
        chain: dispute.centerId,
        details: { narrative: words !== undefined },
      });
      return {
        ...pick(
          dispute,
          'id',
          'centerId',
          'registrationNumber',
          'caseNumber',
          'channel',
          'upstreamNumber',
          'title',
          'disputeType',
          'place',
          'placeUnitId',
          'nature',
          'route',
          'riskLevel',
          'difficultGround',
          'isSealed',
          'isGroup',
          'headcount',
          'amountFen',
          'isReporterProtected',
          'allowsCallBack',
          'firstResponderId',
          'handlerAccountId',
          'committeeId',
          'handlingCenterId',
          'handlingUnitId',
          'mergedIntoId',
          'outcome',
          'volume',
        ),
        state: dispute.state,
        stateName: MATTER_STATES[dispute.state],
        mediationState: dispute.mediationState,
        mediationStateName: dispute.mediationState === null ? null : MEDIATION_STATES[dispute.mediationState],
        registeredAt: dispute.registeredAt.toISOString(),
        acceptedAt: dispute.acceptedAt?.toISOString() ?? null,
        closedAt: dispute.closedAt?.toISOString() ?? null,
        limitationInterruptedAt: dispute.limitationInterruptedAt.toISOString(),
        version: dispute.version,
        narrative: words?.narrative ?? null,
        requests: words?.requests ?? null,
        cues: words?.cues ?? [],
        ...names,
        isImported: dispute.isImported,
        imported: imported === undefined ? null : { ...imported, importedAt: imported.importedAt.toISOString() },
        isContentVisible: words !== undefined,
        hasMinor: parties.some((p) => p.isMinor),
        partyCount: parties.length,
        stateSince: (since.stateSince ?? dispute.registeredAt).toISOString(),
        mediationStateSince: since.mediationStateSince?.toISOString() ?? null,
        grantedActs: grantedActs(tx.actor, matter.standing),
        allowedActs: this.matters.allowedActs(matter, tx.actor, tx.now),
      };
    });
  }
}
