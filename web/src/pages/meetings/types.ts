import type { components } from '@/generated/schema';

export type Meeting = components['schemas']['MeetingResponse'];
export type MeetingTask = components['schemas']['MeetingTaskResponse'];
