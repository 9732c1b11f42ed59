import { Injectable } from '@nestjs/common';
import { addDays, findEscalationCues, legalDateFromInstant } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type ScopeKind, UnitOfWork } from '../../../platform/database';
import type { Channel, DisputeType } from '../domain/dictionaries';
import { DUPLICATE_REASONS } from '../domain/duplicates';
import { MATTER_STATES, type MatterState, matterLifecycle } from '../domain/matter-lifecycle';
import { noticePreset } from '../domain/notice-presets';
import { suggestTitle } from '../domain/suggest-title';
import { Matters } from './matters';
import { PossibleDuplicates } from './possible-duplicates';
import { ESCALATION_PROMPT } from './register-dispute';

interface IntakeSoFar {
  readonly centerId: string;
  readonly channel?: Channel;
  readonly upstreamNumber?: string;
  readonly disputeType?: DisputeType;
  readonly title?: string;
  readonly narrative?: string;
  readonly place?: string;
  readonly placeUnitId?: string;
  readonly applicantName?: string;
  readonly respondentName?: string;
}

interface IntakePlace {
  readonly centerId: string;
  readonly centerName: string;
  readonly handlingUnitId: string | null;
  readonly handlingUnitName: string | null;
}

const PLACE_RELATIONS: Readonly<Record<ScopeKind, string>> = {
  platform: 'any',
  center: 'center',
  committee: 'committee',
  agency: 'agency',
  // Whoever works in a grid registers for the centers above it; the grid then handles what it registered.
  unit: 'any',
};
const REGISTRARS: readonly string[] = matterLifecycle.table.acts.register.by;

/** Days that a notice suggests for bringing what is missing; lateness costs nobody anything. */
const SUPPLEMENT_DAYS = 7;

/** What the desk is shown while it types, and what a notice may list. */
@Injectable()
export class HintIntake {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly duplicates: PossibleDuplicates,
  ) {}

  /** Words of danger, matters that may be the same, and a title: before anything is registered, nothing is kept. */
  async execute(soFar: IntakeSoFar) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'disputes.hint-intake', { centerId: soFar.centerId });
      const { channel, upstreamNumber, placeUnitId, place, title = '', narrative = '', disputeType } = soFar;
      const cues = [...new Set(findEscalationCues(`${title}\n${narrative}`).map((c) => c.word))];
      const found = await this.duplicates.search(
        tx,
        soFar.centerId,
        {
          channel: channel ?? null,
          upstreamNumber: upstreamNumber ?? null,
          placeUnitId: placeUnitId ?? null,
          place: place ?? null,
          title,
          narrative,
        },
        null,
      );
      return {
        cues,
        prompt: cues.length > 0 ? ESCALATION_PROMPT : null,
        possibleDuplicates: found.map((d) => ({
          ...d,
          stateName: MATTER_STATES[d.state as MatterState],
          reasonNames: d.reasons.map((r) => DUPLICATE_REASONS[r]),
        })),
        suggestedTitle: suggestTitle({
          ...(soFar.applicantName === undefined ? {} : { applicant: soFar.applicantName }),
          ...(soFar.respondentName === undefined ? {} : { respondent: soFar.respondentName }),
          ...(disputeType === undefined ? {} : { disputeType }),
        }),
      };
    });
  }

  /** Where the actor may register: their centers, or the centers above their grid, the nearest first. */
  async places() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'disputes.list-intake-places');
      const scopes = tx.actor.grants.filter((g) => REGISTRARS.includes(`${g.role}@${PLACE_RELATIONS[g.scopeKind]}`));
      const items = await tx.query<IntakePlace>(
        `with recursive above as (
           select unit_id as grid, unit_id as id, 0 as depth from unnest($2::uuid[]) as unit_id
           union all
           select a.grid, v.parent_id, a.depth + 1 from org_unit_version v join above a on v.unit_id = a.id
            where a.depth < 6 and v.parent_id is not null and v.valid_from <= $3 and (v.valid_to is null or v.valid_to > $3)
         )
         select c.id as "centerId", c.name as "centerName", null::uuid as "handlingUnitId", null as "handlingUnitName", 0 as depth
           from center c where c.id = any ($1) and c.is_active
         union all
         select c.id, c.name, a.grid, v.name, a.depth from above a join center c on c.unit_id = a.id and c.is_active
           join org_unit_version v on v.unit_id = a.grid and v.valid_from <= $3 and (v.valid_to is null or v.valid_to > $3)
          where a.depth > 0
          order by 5, 2`,
        [
          scopes.filter((g) => g.scopeKind === 'center').map((g) => g.scopeId),
          scopes.filter((g) => g.scopeKind === 'unit').map((g) => g.scopeId),
          legalDateFromInstant(tx.now),
        ],
      );
      return {
        items: items.map(({ centerId, centerName, handlingUnitId, handlingUnitName }) => ({
          centerId,
          centerName,
          handlingUnitId,
          handlingUnitName,
        })),
      };
    });
  }

  /** Materials by type and by who comes, with the day and the place that the notice suggests. */
  async noticePreset(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'disputes.preset-notice');
      const center = await tx.one<{ name: string; address: string | null }>(
        'select name, address from center where id = $1',
        [dispute.handlingCenterId ?? dispute.centerId],
      );
      return {
        disputeType: dispute.disputeType,
        groups: noticePreset(dispute.disputeType).map(({ name, materials }) => ({
          name,
          materials: materials.map((m) => ({ name: m.name, form: m.form, note: m.note ?? null })),
        })),
        suggestedDueOn: addDays(legalDateFromInstant(tx.now), SUPPLEMENT_DAYS),
        office: `${center.name}${center.address === null ? '' : `（${center.address}）`}综合受理窗口，工作日`,
      };
    });
  }
}
