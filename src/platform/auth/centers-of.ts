import type { Role } from '../../kernel';
import type { Actor } from '../database';

/**
 * Centers over which the actor holds one of the roles: directors and superiors with all below, others their own center.
 * For queries over many matters whose rows are read past row security: the scope that then must stand in the statement.
 */
export function centersOf(actor: Actor, roles: readonly Role[]): string[] {
  const ids = actor.grants
    .filter((g) => roles.includes(g.role))
    .flatMap((g) => [...g.subtreeCenterIds, ...(g.scopeKind === 'center' && g.scopeId !== null ? [g.scopeId] : [])]);
  return [...new Set(ids)].sort();
}
