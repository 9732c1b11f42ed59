/**
 * Who may see and do what, written down once more and apart from the program: as data, from the rules of the house. The
 * matrix holds the running application against it.
 */

export type Place = 'own' | 'street' | 'foreign';
export type Committee = 'A' | 'B' | 'F';
export type Unit = 'grid' | 'foreign-grid';
export type Agency = 'a0' | 'a1' | 'a2' | 'f0';

/** A role and what it is held over. */
export interface Hat {
  readonly role: string;
  readonly center?: Place;
  readonly committee?: Committee;
  readonly unit?: Unit;
  readonly agency?: Agency;
}

const at = (center: Place) => (role: string) => [{ role, center }];
const own = at('own');
const street = at('street');
const foreign = at('foreign');
const of = (committee: Committee, role = 'mediator') => [{ role, committee }];

/** Every account of the test world. */
export const PRINCIPALS: Readonly<Record<string, readonly Hat[]>> = {
  guide: own('guide'),
  intake: own('intake-clerk'),
  dispatcher: own('dispatcher'),
  'duty-leader': own('duty-leader'),
  supervisor: own('supervisor'),
  'follow-up': own('follow-up-clerk'),
  archivist: own('archivist'),
  director: own('center-director'),
  superior: own('superior'),
  mediator: of('A'),
  'mediator-2': of('A'),
  'mediator-other': of('B'),
  recorder: of('A', 'recorder'),
  'committee-director': of('A', 'committee-director'),
  liaison: [{ role: 'agency-liaison', agency: 'a0' }],
  handler: [{ role: 'agency-handler', agency: 'a0' }],
  'liaison-2': [{ role: 'agency-liaison', agency: 'a1' }],
  'liaison-3': [{ role: 'agency-liaison', agency: 'a2' }],
  'grid-worker': [{ role: 'grid-worker', unit: 'grid' }],
  'system-admin': [{ role: 'system-admin' }],
  'security-admin': [{ role: 'security-admin' }],
  auditor: [{ role: 'auditor' }],
  'street-intake': street('intake-clerk'),
  'street-dispatcher': street('dispatcher'),
  'street-duty-leader': street('duty-leader'),
  'intake:foreign': foreign('intake-clerk'),
  'dispatcher:foreign': foreign('dispatcher'),
  'duty-leader:foreign': foreign('duty-leader'),
  'mediator:foreign': of('F'),
  'recorder:foreign': of('F', 'recorder'),
  'committee-director:foreign': of('F', 'committee-director'),
  'liaison:foreign': [{ role: 'agency-liaison', agency: 'f0' }],
  'director:foreign': foreign('center-director'),
  'grid-worker:foreign': [{ role: 'grid-worker', unit: 'foreign-grid' }],
  // One person with two roles: what the one gives must not widen the other.
  'two-hats': [
    { role: 'superior', center: 'own' },
    { role: 'center-director', center: 'foreign' },
  ],
};

/** How an object stands: where it belongs, and who serves on it. */
export interface Standing {
  readonly center?: Place;
  readonly handlingCenter?: Place;
  readonly committee?: Committee;
  readonly unit?: Unit;
  readonly agencies?: readonly Agency[];
  readonly mediators?: readonly string[];
  readonly recorders?: readonly string[];
  /** Accounts whose own it is; without it whoever asks is taken to ask about their own. */
  readonly owners?: readonly string[];
}

export interface Relation extends Standing {
  /** A sealed matter is there for those named on its list and those who serve on it. */
  readonly sealedFor?: readonly string[];
  readonly steppedUp?: readonly string[];
  /** Sides of the transfer that hangs on it. */
  readonly sender?: Standing;
  readonly receiver?: Standing;
}

/** The matters of the scene, by name. */
export const RELATIONS: Readonly<Record<string, Relation>> = {
  own: { center: 'own', committee: 'A', mediators: ['mediator'], recorders: ['recorder'] },
  'other-committee': { center: 'own', committee: 'B', mediators: ['mediator-other'], steppedUp: ['director'] },
  closed: { center: 'own', committee: 'A', mediators: ['mediator'], recorders: ['recorder'] },
  sealed: {
    center: 'own',
    committee: 'A',
    mediators: ['mediator-2'],
    // In a small committee one mediator keeps the record of another's matter.
    recorders: ['mediator'],
    sealedFor: ['director', 'archivist', 'dispatcher'],
  },
  street: { center: 'street' },
  'sent-to-grid': { center: 'own', unit: 'grid', sender: { center: 'own' }, receiver: { unit: 'grid' } },
  'sent-to-street': {
    center: 'own',
    handlingCenter: 'street',
    sender: { center: 'own' },
    receiver: { center: 'street' },
  },
  foreign: { center: 'foreign', committee: 'F', mediators: ['mediator:foreign'], recorders: ['recorder:foreign'] },
  'foreign-sent': {
    center: 'foreign',
    unit: 'foreign-grid',
    sender: { center: 'foreign' },
    receiver: { unit: 'foreign-grid' },
  },
};

/** Acts on a transfer are done from one of its sides. */
export const SIDE_OF_TRANSFER: Readonly<Record<string, 'sender' | 'receiver'>> = {
  'transfers.sign': 'receiver',
  'transfers.object': 'receiver',
  'transfers.return': 'receiver',
  'transfers.complete': 'receiver',
  'transfers.rule': 'sender',
  'transfers.withdraw': 'sender',
  'transfers.enter-receipt': 'sender',
  'transfers.enter-result': 'sender',
  'transfers.enter-return': 'sender',
};

const BELOW: Readonly<Record<Place, readonly Place[]>> = {
  own: ['own', 'street'],
  street: ['street'],
  foreign: ['foreign'],
};

/** Desks read what their center has; directors and superiors the headers of their subtree; the rest by name or unit. */
const DESK = ['guide', 'intake-clerk', 'dispatcher', 'duty-leader', 'supervisor', 'follow-up-clerk', 'archivist'];
const HEADER = ['center-director', 'superior'];

export type Level = 'none' | 'header' | 'full';

/** What of a matter an account sees. */
export function levelOf(key: string, relation: Relation): Level {
  const serves = (relation.mediators ?? []).includes(key) || (relation.recorders ?? []).includes(key);
  if (serves) return 'full';
  if (relation.sealedFor !== undefined) return relation.sealedFor.includes(key) ? 'full' : 'none';
  if ((relation.steppedUp ?? []).includes(key)) return 'full';
  const places = [relation.center, relation.handlingCenter];
  const levels = hatsOf(key).map((hat): Level => {
    if (DESK.includes(hat.role)) return places.includes(hat.center) ? 'full' : 'none';
    if (HEADER.includes(hat.role) && hat.center !== undefined)
      return BELOW[hat.center].some((place) => places.includes(place)) ? 'header' : 'none';
    if (hat.role === 'committee-director') return hat.committee === relation.committee ? 'full' : 'none';
    if (hat.role === 'grid-worker') return hat.unit === relation.unit ? 'full' : 'none';
    return 'none';
  });
  return levels.includes('full') ? 'full' : levels.includes('header') ? 'header' : 'none';
}

/** Whether the account has the grant `role@relation` towards something that stands so. */
export function isGranted(key: string, grants: readonly string[], standing: Standing): boolean {
  return grants.some((grant) => {
    if (grant === 'public') return true;
    if (grant === 'everyone@self') return standing.owners?.includes(key) ?? true;
    const [role, relation] = grant.split('@');
    if (relation === 'assigned') {
      // As what the matter names, whichever office of mediation one holds.
      const named = (role === 'recorder' ? standing.recorders : standing.mediators) ?? [];
      return named.includes(key) && hatsOf(key).some((hat) => ['mediator', 'recorder'].includes(hat.role));
    }
    return hatsOf(key).some((hat) => {
      if (hat.role !== role) return false;
      const { center } = hat;
      const places = [standing.center, standing.handlingCenter];
      switch (relation) {
        case 'any':
          return true;
        case 'center':
          return center !== undefined && places.includes(center);
        case 'subtree':
          return center !== undefined && BELOW[center].some((place) => places.includes(place));
        case 'committee':
          return hat.committee !== undefined && hat.committee === standing.committee;
        case 'agency':
          return hat.agency !== undefined && (standing.agencies ?? []).includes(hat.agency);
        case 'self':
          return standing.owners?.includes(key) ?? true;
        case 'unit':
          return hat.unit !== undefined && hat.unit === standing.unit;
        default:
          throw new Error(`The model knows no relation ${String(relation)}`);
      }
    });
  });
}

export type Sight = 'header' | 'full' | 'serving' | 'mediators';

/** Whether an object of this sight on the matter is there for the account; a summoned agency sees its own slice. */
export function sees(key: string, relation: Relation, sight: Sight, agencies: readonly Agency[] = []): boolean {
  if (hatsOf(key).some((hat) => hat.agency !== undefined && agencies.includes(hat.agency))) return true;
  const level = levelOf(key, relation);
  if (sight === 'header') return level !== 'none';
  if (sight === 'full') return level === 'full';
  const { mediators = [], recorders = [] } = relation;
  return mediators.includes(key) || (sight === 'serving' && recorders.includes(key));
}

function hatsOf(key: string): readonly Hat[] {
  const hats = PRINCIPALS[key];
  if (!hats) throw new Error(`The model does not know the account ${key}: describe its roles`);
  return hats;
}
