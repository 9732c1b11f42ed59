import type { components } from '@/generated/schema';

type Schemas = components['schemas'];

export type Agreement = Schemas['AgreementResponse'];
/** A row of the dialog: what does not apply is empty there and left out when it is sent. */
export type AttendeeRow = Required<Schemas['AttendeeRequest']>;
export type Place = Schemas['PlanSlotResponse'];
export type Mark = Schemas['MarkResponse'];
export type ContentCheck = Schemas['ContentCheckResponse'];
export type FaultyWord = Schemas['FaultyWordResponse'];
export type Finding = Schemas['FindingResponse'];
export type Clause = Schemas['ClauseResponse'];
export type FrozenText = Schemas['FrozenTextResponse'];
export type ContentBody = Schemas['AgreementContentRequest'];
