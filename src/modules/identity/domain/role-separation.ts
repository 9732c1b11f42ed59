import type { Role } from '../../../kernel';

/** The three administrators (三员): system, security and audit are three people, none of whom sees cases. */
const ADMINISTRATORS: ReadonlySet<Role> = new Set(['system-admin', 'security-admin', 'auditor']);

const SCOPES: Readonly<Partial<Record<Role, string>>> = {
  mediator: 'committee',
  recorder: 'committee',
  'committee-director': 'committee',
  'agency-liaison': 'agency',
  'agency-handler': 'agency',
  'grid-worker': 'unit',
  'system-admin': 'platform',
  'security-admin': 'platform',
  auditor: 'platform',
};

/** Over what a role is held. */
export function scopeOf(role: Role): string {
  return SCOPES[role] ?? 'center';
}

/** An administrator holds that one role and no other (GB/T 22239: separation of duties). */
export function mayHoldTogether(held: readonly Role[], added: Role): boolean {
  const others = held.filter((role) => role !== added);
  return others.length === 0 || !(ADMINISTRATORS.has(added) || others.some((role) => ADMINISTRATORS.has(role)));
}
