import type { components } from '@/generated/schema';

export type Template = components['schemas']['CenterTemplateResponse'];
export type TemplateField = Template['fields'][number];
export type TemplateVersion = Template['versions'][number];
export type Problem = components['schemas']['TemplateProblemResponse'];
