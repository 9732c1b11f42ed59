import { Injectable } from '@nestjs/common';
import { addDays, findEscalationCues, legalDateFromInstant } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import type { Channel, DisputeType } from '../domain/dictionaries';
import { DUPLICATE_REASONS } from '../domain/duplicates';
import { MATTER_STATES, type MatterState } from '../domain/matter-lifecycle';
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
