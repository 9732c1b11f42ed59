import { aMatter, must } from '../../support/builders';
import { aRegisteredMatter, aTriagedMatter } from '../../support/matters';
import { residentIdOf } from '../../support/parties';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';

interface Cell {
  readonly text: string;
  readonly tone: string;
}
interface Matrix {
  readonly sessions: readonly { ordinal: number }[];
  readonly agreement: { stateName: string } | null;
  readonly rows: readonly {
    partyId: string;
    name: string;
    consent: Cell;
    notice: Cell;
    representation: Cell;
    sessions: readonly Cell[];
    position: { text: string; speaker: string } | null;
    signature: Cell;
  }[];
  readonly missing: readonly string[];
}
interface Event {
  readonly act: string;
  readonly actName: string;
  readonly fromStateName: string | null;
  readonly toStateName: string | null;
  readonly unitName: string | null;
  readonly actorName: string;
  readonly stayedSeconds: number | null;
}

const MINOR = { kind: 'person', side: 'respondent', name: '李小雨', residentId: residentIdOf('20150303', 24) };
const ADULT = { kind: 'person', side: 'applicant', name: '赵一鸣', residentId: residentIdOf('19800101', 11) };

describe('what the page of a matter reads (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let dispatcher: Caller;
  let mediator: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    [intake, dispatcher, mediator] = [await t.as('intake'), await t.as('dispatcher'), await t.as('mediator')];
  });
  afterAll(() => t.close());

  it('names people, center and committee beside their ids, and says how long it stands where it stands', async () => {
    const { id } = await aMatter(t).assigned();
    const dispute = must<Record<string, unknown>>(await mediator.get(`/disputes/${id}`), 200);
    expect(dispute).toMatchObject({
      centerName: '新城区综治中心',
      firstResponderName: '王敏',
      handlerName: '刘调解',
      committeeName: '新城区光明社区人民调解委员会',
      handlingUnitName: null,
      mergedIntoNumber: null,
      isContentVisible: true,
      hasMinor: false,
      partyCount: 2,
      stateSince: t.clock.at().toISOString(),
      mediationStateSince: t.clock.at().toISOString(),
    });
    const withChild = await aMatter(t).between(ADULT, MINOR).registered();
    expect(must(await intake.get(`/disputes/${withChild.id}`), 200)).toMatchObject({ hasMinor: true });
  });

  it('tells each reader what they may open here, whatever the state; never more than the routes let in', async () => {
    const { id } = await aMatter(t).assigned();
    const granted = async (who: string): Promise<string[]> =>
      must<{ grantedActs: string[] }>(await (await t.as(who)).get(`/disputes/${id}`), 200).grantedActs;
    expect(await granted('mediator')).toEqual(
      expect.arrayContaining(['parties.list', 'parties.reveal', 'notes.write', 'attachments.list', 'papers.list']),
    );
    expect(await granted('mediator')).not.toContain('disputes.read-audit');
    const director = await granted('director');
    expect(director).toContain('disputes.read-audit');
    expect(director).not.toContain('parties.list');
    const paths: Readonly<Record<string, string>> = {
      'parties.list': 'parties',
      'attachments.list': 'attachments',
      'papers.list': 'papers',
      'disputes.read-audit': 'audit',
      'agreements.read-matrix': 'consent-matrix',
      'notes.read': 'notes',
      'assignments.read': 'assignments',
      'mediation.explain-deadline': 'mediation/deadline',
    };
    for (const who of ['mediator', 'intake', 'dispatcher', 'director', 'superior', 'archivist', 'guide']) {
      const acts = await granted(who);
      for (const [act, path] of Object.entries(paths)) {
        const { status } = await (await t.as(who)).get(`/disputes/${id}/${path}`);
        expect([who, act, status]).toEqual([who, act, acts.includes(act) ? 200 : 403]);
      }
    }
  });

  it('draws the course with its acts, units and the stay at each node', async () => {
    const id = await aRegisteredMatter(t);
    t.clock.advance(90 * 60_000);
    must(
      await dispatcher.post(`/disputes/${id}/triage`, {
        nature: 'civil',
        route: 'mediation',
        committeeId: t.world.committeeId,
        isDuplicateChecked: true,
      }),
      200,
    );
    t.clock.advance(60_000);
    must(await intake.post(`/disputes/${id}/amendments`, { place: '新华街' }), 200);
    t.clock.advance(59 * 60_000);
    must(await dispatcher.post(`/disputes/${id}/acceptance`, {}), 200);
    const { items } = must<{ items: Event[] }>(await dispatcher.get(`/disputes/${id}/events`), 200);
    const told = [...items].reverse().filter((e) => e.act.startsWith('disputes.'));
    expect(
      told.map((e) => [e.actName, e.fromStateName, e.toStateName, e.actorName, e.unitName, e.stayedSeconds]),
    ).toEqual([
      ['登记', null, '已登记', '王敏', '新城区综治中心', null],
      ['研判', '已登记', '已研判', '赵研判', '新城区综治中心', 5400],
      // An amendment is no node: it neither ends a stay nor begins one.
      ['补充登记内容', '已研判', '已研判', '王敏', '新城区综治中心', null],
      ['受理', '已研判', '已受理', '赵研判', '新城区综治中心', 3600],
    ]);
  });

  it('offers sender and receiver of a transfer just their own acts, and the desk those of a notice', async () => {
    const id = await aTriagedMatter(t, {}, { nature: 'other', route: 'grid', committeeId: undefined });
    const due = new Date(t.clock.at().getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
    must(
      await intake.post(`/disputes/${id}/one-time-notices`, {
        items: [{ name: '身份证' }],
        form: 'paper',
        dueOn: due,
      }),
      201,
    );
    must(
      await dispatcher.post(`/disputes/${id}/sending-down`, { toUnitId: t.world.gridId, request: '请现场查看。' }),
      200,
    );
    type Course = {
      transfers: { id: string; allowedActs: string[]; sentByName: string; signedByName: string | null }[];
      notices: { id: string; allowedActs: string[]; givenByName: string }[];
    };
    const course = async (who: string): Promise<Course> =>
      must<Course>(await (await t.as(who)).get(`/disputes/${id}/course`), 200);
    const [sent] = (await course('dispatcher')).transfers;
    expect(sent).toMatchObject({ allowedActs: ['transfers.withdraw'], sentByName: '赵研判', signedByName: null });
    const grid = await t.as('grid-worker');
    expect((await course('grid-worker')).transfers[0]?.allowedActs).toEqual(['transfers.sign', 'transfers.object']);
    must(await grid.post(`/transfers/${sent?.id ?? ''}/receipt`, {}), 200);
    const after = await course('grid-worker');
    expect(after.transfers[0]).toMatchObject({
      allowedActs: ['transfers.return', 'transfers.complete'],
      signedByName: '沈网格',
    });
    expect((await course('supervisor')).transfers[0]?.allowedActs).toEqual([]);
    expect(after.notices[0]).toMatchObject({
      givenByName: '王敏',
      allowedActs: ['disputes.sign-notice', 'disputes.settle-notice'],
    });
    expect((await course('supervisor')).notices[0]?.allowedActs).toEqual([]);
    must(
      await intake.post(`/disputes/${id}/one-time-notices/${after.notices[0]?.id ?? ''}/receipt`, {
        signerName: '李建国',
      }),
      200,
    );
    expect((await course('grid-worker')).notices[0]?.allowedActs).toEqual(['disputes.settle-notice']);
  });

  it('explains the mediation period day by day', async () => {
    const { id } = await aMatter(t).consented();
    interface Day {
      readonly on: string;
      readonly kind: string;
      readonly ordinal: number | null;
    }
    const { items } = must<{
      items: { startOn: string; currentDueOn: string; calendarVersion: string; days: Day[] }[];
    }>(await dispatcher.get(`/disputes/${id}/mediation/deadline`), 200);
    const [period] = items;
    const days = period?.days ?? [];
    expect(days[0]).toMatchObject({ on: period?.startOn, kind: 'start', ordinal: null });
    expect(days[days.length - 1]?.on).toBe(period?.currentDueOn);
    expect(days.filter((d) => d.kind === 'counted').map((d) => d.ordinal)).toEqual(
      Array.from({ length: days.filter((d) => d.kind === 'counted').length }, (_, i) => i + 1),
    );
    expect(period?.calendarVersion).toContain('2026');
    const stranger = await t.as('mediator-other');
    expect((await stranger.get(`/disputes/${id}/mediation/deadline`)).status).toBe(404);
    expect((await t.anonymous.get(`/disputes/${id}/mediation/deadline`)).status).toBe(401);
  });

  it('shows who read and did what to those who answer for the center, and to nobody else', async () => {
    const id = await aRegisteredMatter(t);
    must(await dispatcher.get(`/disputes/${id}`), 200);
    const leader = await t.as('duty-leader');
    type Trail = { items: { act: string; actName: string; actorName: string }[]; nextCursor: string | null };
    const first = must<Trail>(await leader.get(`/disputes/${id}/audit?limit=1`), 200);
    expect(first.items).toEqual([expect.objectContaining({ actName: '查看事项', actorName: '赵研判' })]);
    const rest = must<Trail>(await leader.get(`/disputes/${id}/audit?limit=50&cursor=${first.nextCursor ?? ''}`), 200);
    expect(rest.items.map((e) => e.act)).toEqual(['disputes.register']);
    // Looking at the trail is in the trail.
    const again = must<Trail>(await leader.get(`/disputes/${id}/audit`), 200);
    expect(again.items.filter((e) => e.act === 'disputes.read-audit')).toHaveLength(2);
    expect((await leader.get(`/disputes/${id}/audit?cursor=x`)).status).toBe(400);
    expect((await dispatcher.get(`/disputes/${id}/audit`)).status).toBe(403);
    expect((await (await t.as('director:foreign')).get(`/disputes/${id}/audit`)).status).toBe(404);
    expect((await t.anonymous.get(`/disputes/${id}/audit`)).status).toBe(401);
  });

  it('lists only the papers that may be issued, with the fields each asks for, and what may be done to each', async () => {
    const { id } = await aMatter(t).consented();
    interface Papers {
      readonly items: readonly { title: string; allowedActs: string[]; version: number }[];
      readonly issuable: readonly {
        templateId: string;
        stage: string;
        parameters: { required: string[]; properties: Record<string, Record<string, unknown>> } | null;
      }[];
    }
    const papers = async (who: string): Promise<Papers> =>
      must<Papers>(await (await t.as(who)).get(`/disputes/${id}/papers`), 200);
    const { issuable } = await papers('intake');
    const notice = issuable.find((p) => p.templateId === 'one-time-notice');
    expect(notice?.parameters?.required).toEqual(['applicant', 'kind', 'office']);
    expect(notice?.parameters?.properties['kind']).toMatchObject({
      'x-label': '告知类别',
      'x-labels': { supplement: '补充材料' },
      enum: ['supplement', 'notAccepted', 'guidance'],
    });
    expect(notice?.parameters?.properties['materials']).toMatchObject({
      type: 'array',
      items: { type: 'object', required: ['name', 'form'] },
    });
    expect(issuable.find((p) => p.templateId === 'mediation-register')?.parameters).toBeNull();
    const stages = [...new Set((await papers('committee-director')).issuable.map(({ stage }) => stage))];
    expect(stages).toEqual(['intake', 'parties', 'mediation', 'agreement', 'file']);
    // Whoever the source refuses is not offered the paper either.
    expect((await papers('supervisor')).issuable.map((p) => p.templateId)).toEqual([
      'supervision-order',
      'urging-letter',
    ]);
    must(await intake.post(`/disputes/${id}/papers`, { templateId: 'mediation-register', parameters: {} }), 201);
    expect((await papers('intake')).items[0]).toMatchObject({ title: '人民调解受理登记表', allowedActs: [] });
    expect((await papers('dispatcher')).items[0]?.allowedActs).toEqual(['papers.void']);
  });

  it('offers an assignment only while the mediation can take one', async () => {
    const director = await t.as('committee-director');
    const asked = await aMatter(t).accepted();
    const ready = await aMatter(t).consented();
    const acts = async (id: string, by: Caller): Promise<string[]> =>
      must<{ allowedActs: string[] }>(await by.get(`/disputes/${id}/assignments`), 200).allowedActs;
    expect(await acts(asked.id, director)).toEqual([]);
    expect(await acts(ready.id, director)).toEqual(['assignments.assign']);
    expect(await acts(ready.id, intake)).toEqual([]);
  });

  it('sets parties against consent, attendance, proposals and signatures in one table', async () => {
    const { id, partyIds, sessionId } = await aMatter(t).inSession();
    const { invitees } = must<{ invitees: { id: string; partyId: string | null }[] }>(
      await mediator.get(`/sessions/${sessionId}`),
      200,
    );
    const own = invitees.find((i) => i.partyId === partyIds[0]);
    const say = async (ring: string, text: string): Promise<void> => {
      must(
        await mediator.post(`/sessions/${sessionId}/entries`, {
          entries: [{ ring, kind: 'proposal', inviteeId: own?.id, text }],
        }),
        201,
      );
    };
    await say('parties', '愿意分两次付清。');
    await say('mediator', '底线是一次付八千。');
    const matrix = must<Matrix>(await mediator.get(`/disputes/${id}/consent-matrix`), 200);
    expect(matrix.sessions).toEqual([expect.objectContaining({ ordinal: 1 })]);
    expect(matrix.agreement).toBeNull();
    expect(matrix.rows[0]).toMatchObject({
      partyId: partyIds[0],
      name: '赵一鸣',
      consent: { text: '同意调解', tone: 'done' },
      notice: { text: '已签收', tone: 'done' },
      representation: { text: '本人', tone: 'done' },
      sessions: [{ text: '本人到场', tone: 'done' }],
      position: { text: '愿意分两次付清。' },
      signature: { text: '—', tone: 'none' },
    });
    expect(matrix.rows[1]?.position).toBeNull();
    // What was said for the mediator alone is in nobody's table, the mediator's own included.
    expect(JSON.stringify(matrix)).not.toContain('底线');
    expect(matrix.missing).toEqual([]);
    expect((await (await t.as('director')).get(`/disputes/${id}/consent-matrix`)).status).toBe(403);
    expect((await (await t.as('mediator-other')).get(`/disputes/${id}/consent-matrix`)).status).toBe(404);
    expect((await t.anonymous.get(`/disputes/${id}/consent-matrix`)).status).toBe(401);
    const [entry] = await t.sql<{ n: number }>(
      "select count(*)::int as n from audit_entry where act = 'agreements.read-matrix' and dispute_id = $1",
      [id],
    );
    expect(entry?.n).toBe(1);
  });

  it('names in the table what is missing before the parties sit down, and hides a minor’s name', async () => {
    const { id, partyIds } = await aMatter(t).between(ADULT, MINOR).accepted();
    const at = t.clock.at().toISOString();
    must(
      await intake.post(`/parties/${partyIds[0] ?? ''}/consents`, { answer: 'agreed', channel: 'phone', askedAt: at }),
      201,
    );
    const { missing, rows } = must<Matrix>(await intake.get(`/disputes/${id}/consent-matrix`), 200);
    expect(rows.map((r) => r.name)).toEqual(['赵一鸣', '李某某']);
    expect(missing).toEqual(['未签收告知书：赵一鸣、李某某', '未征询到意愿：李某某', '无人可以签署：李某某']);
  });

  it('lists every attempt to reach somebody, newest first, by pages', async () => {
    const { id, partyIds } = await aMatter(t).accepted();
    for (const [i, outcome] of (['no-answer', 'reached'] as const).entries()) {
      t.clock.advance(60_000);
      must(
        await intake.post(`/parties/${partyIds[i] ?? ''}/contact-attempts`, {
          at: t.clock.at().toISOString(),
          channel: 'phone',
          contacted: 'party',
          outcome,
        }),
        201,
      );
    }
    interface Contacts {
      readonly items: readonly { partyId: string; partyName: string; outcomeName: string }[];
      readonly nextCursor: string | null;
      readonly unreachableAttempts: number;
    }
    const read = async (query: string): Promise<Contacts> =>
      must<Contacts>(await intake.get(`/disputes/${id}/contact-attempts${query}`), 200);
    const first = await read('?limit=1');
    expect(first.items[0]).toMatchObject({ partyId: partyIds[1], partyName: '钱二妹' });
    expect(first.unreachableAttempts).toBe(1);
    const second = await read(`?limit=1&cursor=${first.nextCursor ?? ''}`);
    expect(second.items[0]).toMatchObject({ partyId: partyIds[0], partyName: '赵一鸣' });
    expect(second.nextCursor).toBeNull();
    expect((await intake.get(`/disputes/${id}/contact-attempts?cursor=x`)).status).toBe(400);
    expect((await (await t.as('director')).get(`/disputes/${id}/contact-attempts`)).status).toBe(403);
    expect((await (await t.as('intake:foreign')).get(`/disputes/${id}/contact-attempts`)).status).toBe(404);
    expect((await t.anonymous.get(`/disputes/${id}/contact-attempts`)).status).toBe(401);
  });

  it('keeps, in a correction, what the corrector sees only masked', async () => {
    const { partyIds } = await aMatter(t)
      .between({ ...ADULT, phone: '13904710001', address: '新城区海拉尔东路12号' }, MINOR)
      .registered();
    const [, minorId] = partyIds;
    const [adultId] = partyIds;
    const correct = async (partyId: string, fields: object): Promise<void> => {
      const { version } = must<{ version: number }>(await intake.get(`/parties/${partyId}`), 200);
      must(
        await intake.post(
          `/parties/${partyId}/corrections`,
          { kind: 'person', side: 'applicant', reason: '对照身份证更正。', ...fields },
          { ifMatch: version },
        ),
        200,
      );
    };
    await correct(adultId ?? '', { name: '赵一明' });
    await correct(minorId ?? '', { name: '李小雪' });
    const rows = await t.sql<{ name: string; address: string | null; birth: string | null; hasPhone: boolean }>(
      `select name, address, birth_on::text as birth, phone_cipher is not null as "hasPhone" from party
        where id = any ($1::uuid[]) order by ordinal`,
      [partyIds],
    );
    expect(rows).toEqual([
      { name: '赵一明', address: '新城区海拉尔东路12号', birth: '1980-01-01', hasPhone: true },
      { name: '李小雪', address: null, birth: '2015-03-03', hasPhone: false },
    ]);
  });
});
