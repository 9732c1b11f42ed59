import type { Grant } from '../../kernel';
import type { Actor } from '../database';
import { type ObjectFacts, mayAct } from './authorize';

const actor = (role: string, scopeId: string | null = 'k1', subtreeCenterIds: readonly string[] = []): Actor => ({
  principal: { kind: 'account', accountId: 'a1', sessionId: null },
  accountId: 'a1',
  displayName: '某人',
  mustChangePassword: false,
  grants: [{ role: role as never, scopeKind: 'committee', scopeId, subtreeCenterIds }],
  centerIds: [],
  headerCenterIds: ['c1'],
  committeeIds: [],
  agencyIds: [],
  unitIds: [],
});
const may = (who: Actor, grant: Grant, facts: ObjectFacts): boolean => mayAct(who, [grant], facts);

describe('grants', () => {
  it('an assigned mediator acts as what the matter names, for as long as an office of mediation is held', () => {
    expect(may(actor('mediator'), 'mediator@assigned', { assignedRoles: ['mediator'] })).toBe(true);
    expect(may(actor('mediator'), 'recorder@assigned', { assignedRoles: ['recorder'] })).toBe(true);
    expect(may(actor('mediator'), 'mediator@assigned', { assignedRoles: ['recorder'] })).toBe(false);
    expect(may(actor('mediator'), 'mediator@assigned', {})).toBe(false);
    expect(may(actor('intake-clerk'), 'mediator@assigned', { assignedRoles: ['mediator'] })).toBe(false);
  });

  it('a role counts where it is held', () => {
    expect(may(actor('dispatcher', 'c1'), 'dispatcher@center', { centerId: 'c1' })).toBe(true);
    expect(may(actor('dispatcher', 'c1'), 'dispatcher@center', { handlingCenterId: 'c1', centerId: 'c2' })).toBe(true);
    expect(may(actor('dispatcher', 'c1'), 'dispatcher@center', { centerId: 'c2' })).toBe(false);
    expect(may(actor('intake-clerk', 'c1'), 'dispatcher@center', { centerId: 'c1' })).toBe(false);
    expect(may(actor('superior', 'c0', ['c0', 'c1']), 'superior@subtree', { centerId: 'c1' })).toBe(true);
    expect(may(actor('superior', 'c0', ['c0', 'c1']), 'superior@subtree', { centerId: 'c9' })).toBe(false);
    expect(may(actor('grid-worker', 'g1'), 'grid-worker@unit', { handlingUnitId: 'g1' })).toBe(true);
    expect(may(actor('grid-worker', 'g1'), 'grid-worker@unit', { handlingUnitId: null })).toBe(false);
    expect(may(actor('agency-liaison', 'x1'), 'agency-liaison@agency', { agencyIds: ['x1', 'x2'] })).toBe(true);
    expect(may(actor('agency-liaison', 'x3'), 'agency-liaison@agency', { agencyIds: ['x1', 'x2'] })).toBe(false);
  });

  it('what one role reaches does not widen another', () => {
    const twoHats: Actor = {
      ...actor('superior', 'c0', ['c0', 'c1']),
      grants: [...actor('superior', 'c0', ['c0', 'c1']).grants, ...actor('center-director', 'c5', ['c5']).grants],
      headerCenterIds: ['c0', 'c1', 'c5'],
    };
    expect(may(twoHats, 'superior@subtree', { centerId: 'c1' })).toBe(true);
    expect(may(twoHats, 'center-director@subtree', { centerId: 'c5' })).toBe(true);
    expect(may(twoHats, 'center-director@subtree', { centerId: 'c1' })).toBe(false);
    expect(may(twoHats, 'superior@subtree', { centerId: 'c5' })).toBe(false);
  });

  it('nobody stands to a thing without an owner as to one’s own', () => {
    expect(may(actor('guide'), 'everyone@self', {})).toBe(true);
    expect(may(actor('guide'), 'everyone@self', { ownerAccountId: 'a2' })).toBe(false);
    expect(may({ ...actor('guide'), accountId: null }, 'everyone@self', {})).toBe(false);
    expect(may(actor('guide'), 'link-holder', {})).toBe(false);
    expect(may({ ...actor('guide'), principal: { kind: 'link', linkDigest: 'x' } }, 'link-holder', {})).toBe(true);
  });
});
