import { PolicyCheck, policyFaults, policyTable } from '../../../src/platform/auth';
import { type TestApp, startTestApp } from '../../support/test-app';
import { routesOf } from './wire';

describe('no forgotten route: controllers, interface and policy table are one list', () => {
  let t: TestApp;
  beforeAll(async () => {
    t = await startTestApp();
  });
  afterAll(() => t.close());

  it('has a policy for every route and a route for every act that is not internal', () => {
    expect(policyFaults(t.app.get(PolicyCheck).routes())).toEqual([]);
  });

  it('describes in the interface every route that a controller serves, under the same act', () => {
    const served = t.app
      .get(PolicyCheck)
      .routes()
      .map((r) => r.act)
      .sort();
    const described = routesOf(t)
      .map((r) => r.act)
      .sort();
    expect(served.length).toBeGreaterThan(200);
    expect(described).toEqual(served);
    const acts = [...policyTable()].filter(([, policy]) => policy.internal !== true).map(([act]) => act);
    expect([...new Set(served)]).toEqual([...acts].sort());
  });

  it('refuses to boot with a route without policy, an act without route, or a route for what is internal', () => {
    const routes = t.app.get(PolicyCheck).routes();
    expect(policyFaults([...routes, { handler: 'X.y', act: undefined }])).toEqual(['X.y has no policy']);
    expect(policyFaults(routes.filter((r) => r.act !== 'disputes.reopen'))).toEqual([
      'act disputes.reopen has no route',
    ]);
    expect(policyFaults([...routes, { handler: 'X.y', act: 'disputes.begin' }])).toEqual([
      'internal act disputes.begin has a route',
    ]);
    const check = t.app.get(PolicyCheck);
    jest.spyOn(check, 'routes').mockReturnValue(routes.slice(1));
    expect(() => {
      check.onApplicationBootstrap();
    }).toThrow(/has no route/);
  });
});
