import { DomainError } from '../../../src/kernel';
import { type FixtureMatter, type FixtureObject } from '../../support/fixture-matters';
import { type TestApp, startTestApp } from '../../support/test-app';
import {
  type Agency,
  type Committee,
  type Place,
  PRINCIPALS,
  RELATIONS,
  SIDE_OF_TRANSFER,
  type Standing,
  isGranted,
  sees,
} from './model';
import { AnswerReader } from './marks';
import { buildScene, centerOf, furnish, houseObjects } from './scene';
import { IS_WHOLE, type Route, type Sent, Wire, callOf, inParallel, isBound, routesOf, segmentOf } from './wire';

const mockProbe = { isOn: false };

/**
 * The real `authorize`; while the probe is on, whatever it lets pass ends there, so that no call of the matrix has an
 * effect. The code of the refusal carries the act that was asked.
 */
jest.mock('../../../src/platform/auth/authorize', () => {
  const actual = jest.requireActual<typeof import('../../../src/platform/auth/authorize')>(
    '../../../src/platform/auth/authorize',
  );
  return {
    ...actual,
    authorize: (...args: Parameters<typeof actual.authorize>) => {
      actual.authorize(...args);
      if (mockProbe.isOn) throw new DomainError('conflict', 'matrix.authorized', args[1]);
    },
  };
});

type Verdict = 'allowed' | 'forbidden' | 'invisible' | 'unknown caller';

/** Of the two matters of a merger the one with the smaller id is locked first: this is never it. */
const LAST_ID = 'ffffffff-ffff-7fff-bfff-ffffffffffff';

const WRONG_LINK = 'Link 3q2-7wAAAAAAAAAAAAAAAAAAAAAA';

interface Cell {
  readonly who: string;
  readonly token: string | null;
  readonly route: Route;
  readonly place: string;
  readonly sent: Sent;
  readonly expected: Verdict;
}

/** The usual run asks one cell in so many; prime, so that in time no route or person is always left out. */
const SAMPLE = 11;

/** Things of one person that hang on no matter; their own tests hold that nobody else reaches them. */
const OF_ONE_PERSON: readonly string[] = ['exports', 'imports', 'notifications'];

/** Routes whose answer is for everyone: they do not ask who it is. */
const PUBLIC: Readonly<Record<string, number>> = {
  'get /livez': 200,
  'get /readyz': 200,
  'post /api/session': 401,
  'post /api/session/refresh': 401,
  'get /api/verification/{code}': 200,
  'post /api/verification/files': 200,
  'post /api/portal/sessions': 401,
  'post /api/portal/sessions/by-number': 401,
};

/** Of the house's things, those that only the staff of their center sees. */
const OF_ONE_CENTER = ['alarms', 'reports', 'prevention-records', 'review-rounds', 'subsidy-lists'];
/** The two of the hand-over of the scene. */
const HANDING_OVER = ['mediator-other', 'mediator'];

describe('every route, asked by everyone about everything (real PostgreSQL, real HTTP)', () => {
  let t: TestApp;
  let wire: Wire;
  let reader: AnswerReader;
  let scene: FixtureMatter[];
  let house: Readonly<Record<'own' | 'foreign', ReadonlyMap<string, string>>>;
  let routes: Route[];
  const tokens = new Map<string, string | null>();

  beforeAll(async () => {
    t = await startTestApp();
    await furnish(t);
    scene = await buildScene(t);
    house = { own: await houseObjects(t, 'own'), foreign: await houseObjects(t, 'foreign') };
    routes = routesOf(t);
    wire = new Wire(t);
    reader = new AnswerReader();
    for (const key of t.world.accountKeys) tokens.set(key, (await t.as(key)).token);
    mockProbe.isOn = true;
  }, 300_000);
  afterAll(async () => {
    await t.close();
    wire.close();
    reader.close();
  });

  const agencyOf = (id: string): Agency => {
    const i = t.world.agencyIds.indexOf(id);
    return i < 0 ? 'f0' : (`a${i}` as Agency);
  };

  /** Whoever has no account, or shows what is none: known to no route but that of the link. */
  const strangersTo = (route: Route): Pick<Cell, 'who' | 'token' | 'expected'>[] => [
    { who: 'anonymous', token: null, expected: 'unknown caller' },
    // Whether a link is live is found after the grant; the routes for links are asked with a wrong one below.
    ...(isForLinks(route)
      ? []
      : [{ who: 'holder of a wrong link', token: WRONG_LINK, expected: 'unknown caller' as const }]),
    { who: 'holder of a broken token', token: 'Bearer ey.ey.ey', expected: 'unknown caller' },
    {
      who: 'holder of a live link',
      token: `Link ${scene.find((m) => m.name === 'own')?.linkToken ?? ''}`,
      expected: isForLinks(route) ? 'allowed' : 'unknown caller',
    },
  ];
  const askedByStrangers = new Set<string>();

  /** The cells of one call, one per caller. */
  const cellsOf = (route: Route, place: string, sent: Sent, verdictOf: (key: string) => Verdict): Cell[] => {
    const strangers = askedByStrangers.has(route.name) ? [] : strangersTo(route);
    askedByStrangers.add(route.name);
    const known = t.world.accountKeys.map((who) => ({ who, token: tokens.get(who) ?? null, expected: verdictOf(who) }));
    return [...strangers, ...known].map((caller) => ({ ...caller, route, place, sent }));
  };

  const verdict = (key: string, route: Route, isSeen: boolean, standing: Standing): Verdict =>
    !isSeen ? 'invisible' : isGranted(key, route.grants, standing) ? 'allowed' : 'forbidden';

  /** About one object that hangs on a matter. */
  const matterCells = (route: Route, matter: FixtureMatter, object: FixtureObject): Cell[] => {
    const relation = RELATIONS[matter.name];
    if (!relation) throw new Error(`The model does not describe the matter ${matter.name}`);
    const agencies = (object.agencyIds ?? []).map(agencyOf);
    const side = SIDE_OF_TRANSFER[route.act];
    const standing: Standing = side === undefined ? { ...relation, agencies } : (relation[side] ?? {});
    const { disputeId, parameters } = matter;
    const sent = callOf(route, { ...parameters, id: object.id, disputeId }, { disputeId, intoId: LAST_ID });
    return cellsOf(route, `${matter.name}/${object.sight}`, sent, (key) =>
      verdict(key, route, sees(key, relation, object.sight, agencies), standing),
    );
  };

  /** About something of the house itself: everyone who is logged in may see it, seals but few. */
  const houseCells = (route: Route, side: 'own' | 'foreign'): Cell[] => {
    const id = house[side].get(segmentOf(route));
    if (id === undefined) return [];
    const committee = side === 'own' ? 'A' : 'F';
    const segment = segmentOf(route);
    const standing = standingOfHouse(segment, side, committee);
    // Nobody of the world is the one who leaves in the body that is sent.
    const asked = route.act === 'hand-overs.make' ? { ...standing, owners: [] } : standing;
    return cellsOf(route, `house ${side}`, callOf(route, { id, templateId: 'agreement' }), (key) => {
      const isSeen =
        segment === 'seals'
          ? isGranted(key, ['system-admin@any', 'auditor@any', 'committee-director@committee'], { committee })
          : segment === 'card-appeals'
            ? leads(key, side) || key === (side === 'own' ? 'mediator-other' : 'mediator:foreign')
            : OF_ONE_CENTER.includes(segment)
              ? servesIn(key, side)
              : segment !== 'hand-overs' || (standing.owners ?? []).includes(key) || servesIn(key, 'own');
      return verdict(key, route, isSeen, asked);
    });
  };

  const standingOfHouse = (segment: string, side: 'own' | 'foreign', committee: Committee): Standing => {
    if (segment === 'hand-overs') return { center: 'own', owners: HANDING_OVER };
    if (segment === 'duty-changes') return { center: 'own' };
    if (segment === 'agencies') return { center: side, agencies: [side === 'own' ? 'a0' : 'f0'] };
    return ['centers', 'card-appeals', 'agreement-clauses', 'local-types', 'deadline-rules', ...OF_ONE_CENTER].includes(
      segment,
    )
      ? { center: side }
      : { committee };
  };
  const leads = (key: string, center: Place): boolean =>
    (PRINCIPALS[key] ?? []).some((hat) => hat.center === center && ['center-director', 'superior'].includes(hat.role));
  const servesIn = (key: string, center: Place): boolean =>
    (PRINCIPALS[key] ?? []).some((hat) => hat.center === center);

  /** About nothing in particular, or about a center. */
  const freeCells = (route: Route): Cell[] => {
    const takes = (name: string): boolean =>
      route.parameters.some((p) => p.name === name && p.required === true) ||
      (route.body?.required ?? []).includes(name);
    if (takes('disputeId')) {
      return scene.flatMap((m) => matterCells(route, m, { id: m.disputeId, sight: 'header' }));
    }
    const places: readonly (Place | null)[] = takes('centerId') ? ['own', 'street', 'foreign'] : [null];
    if (isForLinks(route)) return cellsOf(route, '', callOf(route, { id: LAST_ID }), () => 'unknown caller');
    return places.flatMap((center) => {
      const fields: Record<string, string> = center === null ? {} : { centerId: centerOf(t.world, center) };
      return cellsOf(
        route,
        center ?? '',
        callOf(
          route,
          { templateId: 'one-time-notice', key: 'a:1', figure: 'accepted', year: '2026', id: LAST_ID },
          fields,
        ),
        (key) => verdict(key, route, true, center === null ? standingOf(key) : { center }),
      );
    });
  };

  /** Lists of an agency are those of one's own. */
  const standingOf = (key: string): Standing => ({
    agencies: (PRINCIPALS[key] ?? []).flatMap((hat) => (hat.agency === undefined ? [] : [hat.agency])),
  });

  const allCells = (route: Route): Cell[] => {
    if (!isBound(route)) return freeCells(route);
    const segment = segmentOf(route);
    return [
      ...scene.flatMap((m) => (m.objects.get(segment) ?? []).flatMap((object) => matterCells(route, m, object))),
      ...houseCells(route, 'own'),
      ...houseCells(route, 'foreign'),
    ];
  };

  it('is described whole: each account of the world is in the model', () => {
    expect(Object.keys(PRINCIPALS).sort()).toEqual([...t.world.accountKeys].sort());
    expect(Object.keys(RELATIONS).sort()).toEqual(scene.map((m) => m.name).sort());
  });

  it('has an object of every kind on both sides: no route is forgotten', () => {
    const lacking = routes.filter((route) => {
      const segment = segmentOf(route);
      if (!isBound(route) || OF_ONE_PERSON.includes(segment)) return false;
      const isOn = (side: 'own' | 'foreign'): boolean =>
        house[side].has(segment) ||
        scene.some((m) => RELATIONS[m.name]?.center === side && (m.objects.get(segment) ?? []).length > 0);
      return !isOn('own') || !isOn('foreign');
    });
    expect(lacking.map((r) => r.name)).toEqual([]);
  });

  it('gives each cell what the model says', async () => {
    const every = routes.filter((r) => PUBLIC[r.name] === undefined).flatMap(allCells);
    const cells = every.filter((_, i) => IS_WHOLE || i % SAMPLE === 0);
    const wrong = new Map<string, string[]>();
    const tally = new Map<Verdict, number>();
    const started = performance.now();
    await inParallel(cells, 12, async (cell) => {
      const { status, bytes } = await wire.send(cell.sent, cell.token);
      const found = outcome(status, bytes, cell.route.act);
      if (found === cell.expected) {
        tally.set(found, (tally.get(found) ?? 0) + 1);
        return;
      }
      const line = `${cell.route.name} (${cell.place}): expected ${cell.expected}, found ${found}`;
      wrong.set(line, [...(wrong.get(line) ?? []), cell.who]);
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    process.stdout.write(
      `\nAuthorization: ${cells.length} of ${every.length} cells over ${routes.length} routes in ${seconds} s: ${JSON.stringify(Object.fromEntries(tally))}\n`,
    );
    expect([...wrong].map(([line, who]) => `${line} for ${who.join(', ')}`)).toEqual([]);
    expect(every.length).toBeGreaterThan(60_000);
    for (const [kind, least] of [
      ['allowed', 4000],
      ['forbidden', 5000],
      ['invisible', 8000],
      ['unknown caller', 500],
    ] as const)
      expect(tally.get(kind)).toBeGreaterThan(IS_WHOLE ? least : least / SAMPLE / 2);
  }, 1_200_000);

  it('opens by a link the one agreement that is to be signed, and by a wrong one nothing', async () => {
    mockProbe.isOn = false;
    try {
      for (const route of routes.filter(isForLinks)) {
        const { status, bytes } = await wire.send(callOf(route, { id: LAST_ID }), WRONG_LINK);
        const code = isForSigning(route) ? 'signing.link-invalid' : 'portal.session-ended';
        expect([route.name, status, bytes.toString('utf8').includes(code)]).toEqual([route.name, 401, true]);
      }
      const signed = scene.filter((m) => m.linkToken !== null);
      expect(signed.map((m) => m.name)).toEqual(['own', 'sealed', 'foreign']);
      for (const matter of signed) {
        for (const route of routes.filter((r) => isForSigning(r) && r.method === 'GET')) {
          const answer = await wire.send(callOf(route, {}), `Link ${matter.linkToken ?? ''}`);
          const text = reader.textOf(answer);
          expect([route.name, answer.status, text.includes(matter.marks.content)]).toEqual([route.name, 200, true]);
          const others = scene.filter((m) => m !== matter).flatMap((m) => [...Object.values(m.marks), ...m.canaries]);
          const inner = [matter.marks.mediator, matter.marks.brief, matter.marks.reply];
          expect([...others, ...inner].filter((word) => text.includes(word))).toEqual([]);
        }
      }
    } finally {
      mockProbe.isOn = true;
    }
  });

  it('answers public routes to everyone alike', async () => {
    const open = routes.filter((r) => PUBLIC[r.name] !== undefined);
    expect(open.map((r) => r.name).sort()).toEqual(Object.keys(PUBLIC).sort());
    for (const route of open) {
      const sent = callOf(route, scene[0]?.parameters ?? {});
      for (const token of [null, tokens.get('intake') ?? '', tokens.get('auditor') ?? ''])
        expect([route.name, (await wire.send(sent, token)).status]).toEqual([route.name, PUBLIC[route.name]]);
    }
  });
});

const isForLinks = (route: Route): boolean => route.grants.includes('link-holder');
/** One kind of link opens nothing of another. */
const isForSigning = (route: Route): boolean => isForLinks(route) && route.path.startsWith('/api/signing/');

/** What an answer of the matrix says; anything that is neither a refusal nor the probe's own answer is named as it is. */
function outcome(status: number, bytes: Buffer, act: string): string {
  const { code, detail } = JSON.parse(bytes.toString('utf8') || '{}') as { code?: string; detail?: string };
  if (status === 409 && code === 'matrix.authorized')
    return detail === act ? 'allowed' : `allowed for another act, ${detail}`;
  if (status === 401) return 'unknown caller';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'invisible';
  return `${status} ${code} ${detail}`;
}
