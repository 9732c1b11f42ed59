import type { components } from '@/generated/schema';

type Body = components['schemas']['ProposeSummonsRequest'];
export type SummonedAgency = Body['agencies'][number];

/** A whistle while it is being written. */
export interface Proposal {
  kind: Body['kind'];
  level: Body['level'];
  ground: Body['ground'];
  brief: string;
  asks: string[];
  attendanceRequired: boolean;
  place: string;
  meetAt: string;
  agencies: SummonedAgency[];
  attachmentIds: string[];
}

export function emptyProposal(): Proposal {
  return {
    kind: 'progress',
    level: 'regular',
    ground: 'livelihood',
    brief: '',
    asks: [''],
    attendanceRequired: true,
    place: '',
    meetAt: '',
    agencies: [],
    attachmentIds: [],
  };
}

/** What is sent: nothing that was left empty. */
export function proposalBody(form: Proposal): Body {
  const { place, meetAt, attachmentIds, asks, attendanceRequired, ...rest } = form;
  return {
    ...rest,
    attendanceRequired,
    asks: asks.map((ask) => ask.trim()).filter((ask) => ask !== ''),
    ...(attendanceRequired && place.trim() !== '' ? { place } : {}),
    ...(attendanceRequired && meetAt ? { meetAt } : {}),
    ...(attachmentIds.length > 0 ? { attachmentIds } : {}),
  };
}
