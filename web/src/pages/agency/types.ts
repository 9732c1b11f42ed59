import type { components } from '@/generated/schema';

type Schemas = components['schemas'];

export type AgencyTask = Schemas['AgencyTaskResponse'];
export type AgencyTaskDetail = Schemas['AgencyTaskDetailResponse'];
export type TaskFile = Schemas['TaskFileResponse'];
export type FeedbackBody = Schemas['FeedBackRequest'];
