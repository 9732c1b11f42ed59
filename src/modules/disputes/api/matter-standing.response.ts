import { Shows } from '../../../platform/http';
import { MATTER_STATES, type MatterState } from '../domain/matter-lifecycle';
import { MEDIATION_STATES, type MediationState } from '../domain/mediation-lifecycle';

export const EXAMPLE_ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

/** What every act on a matter answers. */
export class MatterStandingResponse {
  @Shows('事项标识', { example: EXAMPLE_ID })
  id!: string;

  @Shows('状态', { enum: Object.keys(MATTER_STATES), example: 'triaged' })
  state!: MatterState;

  @Shows('状态名称', { example: '已研判' })
  stateName!: string;

  @Shows('调解状态', { type: String, nullable: true, enum: Object.keys(MEDIATION_STATES), example: null })
  mediationState!: MediationState | null;

  @Shows('调解状态名称', { type: String, nullable: true, example: null })
  mediationStateName!: string | null;

  @Shows('案号', { type: String, nullable: true, example: '新城人调字〔2026〕12号' })
  caseNumber!: string | null;

  @Shows('版本号，即 ETag', { example: 2 })
  version!: number;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['disputes.accept'] })
  allowedActs!: readonly string[];
}
