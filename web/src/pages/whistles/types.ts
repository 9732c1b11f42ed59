import type { components } from '@/generated/schema';

type Schemas = components['schemas'];

export type Whistle = Schemas['SummonsDetailResponse'];
export type ListedWhistle = Schemas['SummonsResponse'];
export type WhistleTask = Schemas['TaskResponse'];
export type Due = Schemas['DueResponse'];
export type HoldUp = Schemas['HoldUpResponse'];
export type Suggestions = Schemas['SuggestionsResponse'];
export type Duty = Schemas['DutyResponse'];
export type TabCount = Schemas['TabCountResponse'];
