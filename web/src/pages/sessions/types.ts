import type { components } from '@/generated/schema';

type Schemas = components['schemas'];

export type Session = Schemas['SessionResponse'];
export type Invitee = Schemas['InviteeResponse'];
export type CalendarItem = Schemas['SessionListedResponse'];
export type WritableRing = Schemas['WritableRingResponse'];
export type FreeSlots = Schemas['FreeSlotsResponse'];
export type PlanOptions = Schemas['PlanOptionsResponse'];
export type Investigation = Schemas['InvestigationResponse'];
export type PreparationSheet = Schemas['PreparationSheetResponse'];
export type PreparationPoint = Schemas['PreparationPointResponse'];
