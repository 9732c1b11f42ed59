import type { components } from '@/generated/schema';
import type { Evidence } from './evidence';

/** What the counter carries from the form to the page after it. A browser cannot keep chosen files over a reload. */
export interface JustRegistered {
  readonly answer: components['schemas']['RegisteredDisputeResponse'];
  readonly seconds: number;
  readonly files: readonly Evidence[];
}

const latest = new Map<string, JustRegistered>();

export function carryOver(registered: JustRegistered): void {
  latest.clear();
  latest.set(registered.answer.id, registered);
}

/** Given once: what is uploaded must not be uploaded again. */
export function takeOver(id: string): JustRegistered | null {
  const found = latest.get(id) ?? null;
  latest.delete(id);
  return found;
}
