import type { Role } from '../../kernel';
import type { Principal } from './request-context';

export type ScopeKind = 'platform' | 'center' | 'committee' | 'agency' | 'unit';

export interface RoleGrant {
  readonly role: Role;
  readonly scopeKind: ScopeKind;
  readonly scopeId: string | null;
  /** Centers under this very role: that of the scope and those below it. Empty but for directors and superiors. */
  readonly subtreeCenterIds: readonly string[];
}

/** Who acts, with the rights that hold at this very transaction. */
export interface Actor {
  readonly principal: Principal;
  /** Null for anyone but an account. */
  readonly accountId: string | null;
  readonly displayName: string | null;
  readonly mustChangePassword: boolean;
  readonly grants: readonly RoleGrant[];
  /** Centers whose matters may be read in full. */
  readonly centerIds: readonly string[];
  /** Centers whose matters may be seen by header only (directors, superiors), the subtree included. */
  readonly headerCenterIds: readonly string[];
  readonly committeeIds: readonly string[];
  readonly agencyIds: readonly string[];
  readonly unitIds: readonly string[];
}

/** The wire form of app.begin_request. */
export interface BeginRequestRow {
  readonly now: string;
  readonly known: boolean;
  readonly displayName: string | null;
  readonly mustChangePassword: boolean | null;
  readonly grants: readonly RoleGrant[];
  readonly centerIds: readonly string[];
  readonly headerCenterIds: readonly string[];
  readonly committeeIds: readonly string[];
  readonly agencyIds: readonly string[];
  readonly unitIds: readonly string[];
}

export function actorOf(principal: Principal, row: BeginRequestRow): Actor {
  return {
    principal,
    accountId: principal.kind === 'account' && row.known ? principal.accountId : null,
    displayName: row.displayName,
    mustChangePassword: row.mustChangePassword ?? false,
    grants: row.grants,
    centerIds: row.centerIds,
    headerCenterIds: row.headerCenterIds,
    committeeIds: row.committeeIds,
    agencyIds: row.agencyIds,
    unitIds: row.unitIds,
  };
}
