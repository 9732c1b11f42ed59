import { Client } from 'pg';
import { anAcceptedMatter, aRegisteredMatter } from '../../support/matters';
import {
  TWO_PARTIES,
  type ListedParty,
  aConsent,
  aMatterReadyToMediate,
  aSignedNotice,
  partiesOf,
  residentIdOf,
} from '../../support/parties';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

interface Problem {
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly { readonly pointer: string; readonly code: string }[];
}
const problem = (reply: Reply): Problem => reply.body as Problem;

describe('parties (real PostgreSQL, real HTTP, fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  let dispatcher: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    intake = await t.as('intake');
    dispatcher = await t.as('dispatcher');
  });
  afterAll(() => t.close());

  const acts = async (disputeId: string): Promise<string[]> =>
    (await t.sql<{ act: string }>('select act from audit_entry where dispute_id = $1 order by seq', [disputeId])).map(
      (r) => r.act,
    );
  const mediation = async (disputeId: string): Promise<string | null> =>
    (await t.sql<{ s: string | null }>('select mediation_state as s from dispute where id = $1', [disputeId]))[0]?.s ??
    null;
  const assign = async (disputeId: string, key: string, role: string): Promise<void> => {
    await t.sql(
      "insert into dispute_access (id, dispute_id, account_id, ground, role, starts_at) values (gen_random_uuid(), $1, $2, 'assigned', $3, $4)",
      [disputeId, t.world.account(key).id, role, t.clock.at()],
    );
  };
  const ageBirth = (years: number, months = 0): string => {
    const day = new Date(t.clock.at());
    day.setUTCFullYear(day.getUTCFullYear() - years, day.getUTCMonth() - months);
    return day.toISOString().slice(0, 10);
  };

  describe('entering', () => {
    it('takes those named at the counter, reads sex and birthday from the number, and keeps no number in the clear', async () => {
      const id = residentIdOf('19491231', 2);
      const disputeId = await aRegisteredMatter(t, {
        parties: [
          {
            kind: 'person',
            name: '买买提·艾力',
            residentId: id.toLowerCase(),
            phone: '+86 139-0471-0077',
            side: 'applicant',
            address: '新城区海拉尔东路12号3单元502',
          },
        ],
      });
      const [party] = await partiesOf(intake, disputeId);
      expect(party).toMatchObject({
        ordinal: 1,
        name: '买买提·艾力',
        side: 'applicant',
        sideName: '申请方',
        sex: 'female',
        age: 76,
        phoneMasked: '139****0077',
        documentNumberMasked: `150102********${id.slice(14)}`,
        addressMasked: '新城区海拉尔东路**号**单元**',
        ethnicityName: null,
        consent: 'pending',
        maySignSelf: true,
        version: 1,
      });
      const [row] = await t.sql<Record<string, unknown>>('select * from party where dispute_id = $1', [disputeId]);
      const stored = JSON.stringify(row);
      for (const secret of [id, '13904710077']) expect(stored).not.toContain(secret);
      expect(row).toMatchObject({ birth_on: '1949-12-31', ethnicity: null });
    });

    it('names the party at fault at the counter, and registers nothing', async () => {
      const before = await t.sql('select count(*) from dispute');
      const reply = await intake.post('/disputes', {
        centerId: t.world.centerId,
        channel: 'visit',
        title: '号码写错',
        narrative: '试登记。',
        parties: [TWO_PARTIES[0], { kind: 'person', name: '李四', residentId: '110105194912310021' }],
      });
      expect(reply.status).toBe(422);
      expect(problem(reply)).toMatchObject({
        code: 'resident-id.check-character',
        errors: [{ pointer: '/parties/1/residentId' }],
      });
      expect(await t.sql('select count(*) from dispute')).toEqual(before);
    });

    it('enters organisations of every kind with what each needs', async () => {
      const disputeId = await aRegisteredMatter(t);
      const add = (body: object): Promise<Reply> =>
        intake.post(`/disputes/${disputeId}/parties`, { kind: 'organization', ...body });
      const company = await add({
        name: '某租赁有限公司',
        organizationKind: 'company',
        creditCode: '91350100m000100y43',
        legalRepresentative: '陈总',
        side: 'applicant',
      });
      expect(company.status).toBe(201);
      expect(company.headers['etag']).toBe('"1"');
      expect(company.body).toMatchObject({
        creditCode: '91350100M000100Y43',
        maySignSelf: false,
        signatureLacking: null,
        representatives: [{ kind: 'legal-representative', name: '陈总', relation: '法定代表人', maySign: true }],
      });
      const shop = await add({
        name: '老马面馆',
        organizationKind: 'individual-business',
        operatorName: '马大哈',
        creditCode: '91110000802100433B',
      });
      expect(shop.body).toMatchObject({
        operatorName: '马大哈',
        creditCode: '911100********433B',
        representatives: [{ relation: '经营者', maySign: true }],
      });
      expect((await add({ name: '某小区业主委员会', organizationKind: 'owners-committee' })).body).toMatchObject({
        maySignSelf: false,
        signatureLacking: expect.stringContaining('请先登记法定代表人') as string,
      });
      expect((await add({ name: '东村第三村民小组', organizationKind: 'village-group' })).status).toBe(201);
      expect(problem(await add({ name: '老李面馆', organizationKind: 'individual-business' }))).toMatchObject({
        code: 'parties.operator-missing',
        errors: [{ pointer: '/operatorName' }],
      });
      expect(problem(await add({ name: '某公司赛罕分公司', organizationKind: 'branch' })).code).toBe(
        'parties.parent-missing',
      );
      expect(problem(await add({ name: '又一公司', sex: 'male' })).code).toBe('parties.field-of-other-kind');
      expect(problem(await add({ name: '某租赁有限公司分身', creditCode: '91350100M000100Y43' })).code).toBe(
        'parties.already-a-party',
      );
      expect((await partiesOf(intake, disputeId)).map((p) => p.ordinal)).toEqual([1, 2, 3, 4]);
    });

    it('assumes nothing of a passport, and holds what is typed against the resident id', async () => {
      const disputeId = await aRegisteredMatter(t);
      const add = (body: object): Promise<Reply> =>
        intake.post(`/disputes/${disputeId}/parties`, { kind: 'person', ...body });
      const john = await add({
        name: 'John Smith',
        documentKind: 'passport',
        documentNumber: 'e 1234 5678',
        birthOn: '1990-02-03',
        sex: 'male',
        ethnicity: 'foreign',
      });
      expect(john.body).toMatchObject({
        documentNumberMasked: '*****5678',
        age: 36,
        ethnicityName: '外国血统中国籍人士',
      });
      const woman = residentIdOf('19900203', 2);
      const reply = await add({
        name: '张三',
        documentKind: 'resident-id',
        documentNumber: woman,
        sex: 'male',
        birthOn: '1990-02-04',
      });
      expect(reply.status).toBe(422);
      expect(problem(reply).errors.map((e) => e.pointer)).toEqual(['/sex', '/birthOn']);
      expect(problem(await add({ name: '张三', documentNumber: woman })).code).toBe('parties.document-incomplete');
      expect(problem(await add({ name: '张\u202e三' })).code).toBe('parties.name-hidden-characters');
      expect((await add({ name: '𬌗𪩘·䶮' })).body).toMatchObject({ name: '𬌗𪩘·䶮' });
      expect((await add({ name: 'x', kind: 'robot' })).status).toBe(400);
    });

    it('is for the desk of the own center: 401, 403, invisible 404; a director sees no people', async () => {
      const disputeId = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const [party] = await partiesOf(intake, disputeId);
      const paths: [string, object | null][] = [
        [`/disputes/${disputeId}/parties`, null],
        [`/disputes/${disputeId}/parties`, { kind: 'person', name: '王五' }],
        [`/parties/${party?.id ?? ''}`, null],
        [`/parties/${party?.id ?? ''}/reveals`, { fields: ['phone'], purpose: '试' }],
        [`/parties/${party?.id ?? ''}/consents`, aConsent(t)],
      ];
      for (const [path, body] of paths) {
        const call = (caller: Caller): Promise<Reply> => (body === null ? caller.get(path) : caller.post(path, body));
        expect((await call(t.anonymous)).status).toBe(401);
        for (const key of ['intake:foreign', 'mediator:foreign', 'mediator', 'liaison', 'system-admin', 'auditor']) {
          const reply = await call(await t.as(key));
          expect([key, reply.status]).toEqual([key, 404]);
          expect(reply.text).not.toContain('赵一鸣');
        }
        const director = await call(await t.as('director'));
        expect([403, 404]).toContain(director.status);
        expect(director.text).not.toContain('赵一鸣');
      }
      expect(
        (await (await t.as('supervisor')).post(`/disputes/${disputeId}/parties`, { kind: 'person', name: '王五' }))
          .status,
      ).toBe(403);
      expect((await intake.get('/parties/0194f7f2-c0de-7000-a1b2-c3d4e5f60718')).status).toBe(404);
      expect((await intake.get('/parties/nonsense')).status).toBe(400);
    });
  });

  describe('correcting', () => {
    it('keeps numbers that are only seen masked, keeps the values before, demands the version read', async () => {
      const disputeId = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const [party] = await partiesOf(intake, disputeId);
      const path = `/parties/${party?.id ?? ''}`;
      const body = {
        kind: 'person',
        name: '赵一明',
        side: 'applicant',
        occupation: '教师',
        reason: '对照身份证更正姓名用字。',
      };
      expect((await intake.post(`${path}/corrections`, body)).status).toBe(428);
      expect((await intake.post(`${path}/corrections`, body, { ifMatch: 9 })).status).toBe(412);
      const reply = await intake.post(`${path}/corrections`, body, { ifMatch: 1 });
      expect(reply.status).toBe(200);
      expect(reply.body).toMatchObject({
        name: '赵一明',
        occupation: '教师',
        phoneMasked: '139****0001',
        age: 46,
        version: 2,
      });
      const phoned = await intake.post(`${path}/corrections`, { ...body, phone: '0471-6912345' }, { ifMatch: 2 });
      expect(phoned.body).toMatchObject({ phoneMasked: '0471-***2345' });
      const history = await intake.get(`${path}/history`);
      expect((history.body as { items: object[] }).items).toMatchObject([
        {
          byName: '王敏',
          act: 'parties.correct',
          reason: body.reason,
          changes: [
            { field: 'name', before: '赵一鸣' },
            { field: 'occupation', before: null },
          ],
        },
        { changes: [{ field: 'phone', before: '139****0001' }] },
      ]);
      const stored = JSON.stringify(await t.sql('select * from party_change where dispute_id = $1', [disputeId]));
      expect(stored).not.toContain('赵一鸣');
      expect((await acts(disputeId)).slice(-2)).toEqual(['parties.correct', 'parties.read-history']);
    });

    it('lets one of two simultaneous corrections win', async () => {
      const disputeId = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const [party] = await partiesOf(intake, disputeId);
      const replies = await Promise.all(
        ['甲', '乙', '丙', '丁'].map((name) =>
          intake.post(
            `/parties/${party?.id ?? ''}/corrections`,
            { kind: 'person', name: `赵${name}`, reason: '核对。' },
            { ifMatch: 1 },
          ),
        ),
      );
      expect(replies.map((r) => r.status).sort()).toEqual([200, 412, 412, 412]);
      expect(await t.sql('select 1 from party_change where dispute_id = $1', [disputeId])).toHaveLength(1);
    });
  });

  describe('revealing', () => {
    it('answers the full value for a purpose, with exactly one audit entry and no copy beside it', async () => {
      const disputeId = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const [party] = await partiesOf(intake, disputeId);
      const before = (await acts(disputeId)).length;
      const reply = await intake.post(`/parties/${party?.id ?? ''}/reveals`, {
        fields: ['phone', 'documentNumber'],
        purpose: '电话通知',
      });
      expect(reply.status).toBe(200);
      expect(reply.body).toEqual({
        partyId: party?.id,
        values: [
          { field: 'phone', value: '13904710001' },
          { field: 'documentNumber', value: residentIdOf('19800101', 11) },
        ],
      });
      const entries = await t.sql<{ act: string; body: string }>(
        'select act, body from audit_entry where dispute_id = $1 order by seq offset $2',
        [disputeId, before],
      );
      expect(entries.map((e) => e.act)).toEqual(['parties.reveal']);
      expect(entries[0]?.body).toContain('电话通知');
      expect(entries[0]?.body).not.toContain('13904710001');
      const kept = await t.sql('select response from idempotency_record where response::text like $1', [
        '%13904710001%',
      ]);
      expect(kept).toEqual([]);
      expect((await intake.post(`/parties/${party?.id ?? ''}/reveals`, { fields: [], purpose: '试' })).status).toBe(
        400,
      );
      expect((await intake.post(`/parties/${party?.id ?? ''}/reveals`, { fields: ['phone'] })).status).toBe(400);
    });

    it('guards a minor: name, home and birthday hidden, full values only for those put on the matter', async () => {
      const disputeId = await anAcceptedMatter(t, {
        parties: [
          {
            kind: 'person',
            name: '欧阳小雨',
            residentId: residentIdOf('20120601', 4),
            address: '新城区某路3号',
            phone: '13904710003',
          },
          TWO_PARTIES[0],
        ],
      });
      const [minor] = await partiesOf(intake, disputeId);
      expect(minor).toMatchObject({
        name: '欧某某',
        isMinor: true,
        age: null,
        addressMasked: null,
        maySignSelf: false,
      });
      const path = `/parties/${minor?.id ?? ''}`;
      const list = await intake.get(`/disputes/${disputeId}/parties`);
      for (const secret of ['欧阳小雨', '2012', '某路']) expect(list.text).not.toContain(secret);
      const body = { fields: ['name', 'birthOn'], purpose: '核对监护关系' };
      expect(problem(await intake.post(`${path}/reveals`, body)).code).toBe('parties.minor-guarded');
      expect((await intake.post(`${path}/minor-reveals`, body)).status).toBe(403);
      await assign(disputeId, 'mediator', 'mediator');
      const reply = await (await t.as('mediator')).post(`${path}/minor-reveals`, body);
      expect(reply.body).toMatchObject({
        values: [
          { field: 'name', value: '欧阳小雨' },
          { field: 'birthOn', value: '2012-06-01' },
        ],
      });
      expect((await acts(disputeId)).at(-1)).toBe('parties.reveal-minor');
    });
  });

  describe('consent', () => {
    it('accepts the mediation with the last consent and notice, not before', async () => {
      const disputeId = await anAcceptedMatter(t, { parties: TWO_PARTIES });
      const [a, b] = await partiesOf(intake, disputeId);
      const steps: [string, object][] = [
        [`/parties/${a?.id ?? ''}/consents`, aConsent(t, { answer: 'applied' })],
        [`/parties/${a?.id ?? ''}/rights-notices`, aSignedNotice(t)],
        [`/parties/${b?.id ?? ''}/rights-notices`, aSignedNotice(t, { method: 'read-aloud', witness: '网格员沈某' })],
      ];
      for (const [path, body] of steps) {
        expect((await intake.post(path, body)).body).toMatchObject({ mediationAccepted: false, mediationEnded: false });
      }
      expect(await mediation(disputeId)).toBe('consent-pending');
      const last = await intake.post(`/parties/${b?.id ?? ''}/consents`, aConsent(t));
      expect(last.status).toBe(201);
      expect(last.body).toMatchObject({ mediationAccepted: true, party: { consent: 'agreed', consentName: '同意' } });
      expect(await mediation(disputeId)).toBe('accepted');
      expect((await acts(disputeId)).slice(-5)).toEqual([
        'parties.record-consent',
        'parties.sign-notice',
        'parties.sign-notice',
        'parties.record-consent',
        'mediation.accept',
      ]);
      expect(problem(await intake.post(`/parties/${b?.id ?? ''}/rights-notices`, aSignedNotice(t))).code).toBe(
        'parties.notice-signed',
      );
    });

    it('does not take silence for consent', async () => {
      const disputeId = await anAcceptedMatter(t, { parties: TWO_PARTIES });
      const [a, b] = await partiesOf(intake, disputeId);
      for (const id of [a?.id ?? '', b?.id ?? '']) await intake.post(`/parties/${id}/rights-notices`, aSignedNotice(t));
      await intake.post(`/parties/${a?.id ?? ''}/consents`, aConsent(t));
      const silent = await intake.post(
        `/parties/${b?.id ?? ''}/consents`,
        aConsent(t, { answer: 'unreached', channel: 'phone' }),
      );
      expect(silent.body).toMatchObject({ mediationAccepted: false, party: { consent: 'pending', consentAt: null } });
      expect(await mediation(disputeId)).toBe('consent-pending');
      expect((await intake.get(`/disputes/${disputeId}/parties`)).body).toMatchObject({
        consentsMissing: 1,
        consentsRefused: 0,
        rightsNoticesMissing: 0,
      });
    });

    it('ends at once upon a refusal, with the other routes told, and never offers arbitration to heirs', async () => {
      const disputeId = await anAcceptedMatter(t, { parties: TWO_PARTIES, disputeType: 'family.inheritance' });
      const [a] = await partiesOf(intake, disputeId);
      const refuse = (routesTold: string[]): Promise<Reply> =>
        intake.post(`/parties/${a?.id ?? ''}/consents`, aConsent(t, { answer: 'refused', routesTold }));
      expect(problem(await refuse([]))).toMatchObject({
        code: 'parties.routes-not-told',
        errors: [{ pointer: '/routesTold' }],
      });
      expect(problem(await refuse(['arbitration']))).toMatchObject({ code: 'parties.route-not-open' });
      expect(await mediation(disputeId)).toBe('consent-pending');
      const reply = await refuse(['litigation', 'legal-aid']);
      expect(reply.body).toMatchObject({ mediationEnded: true, party: { consent: 'refused' } });
      expect(await mediation(disputeId)).toBe('refused');
      const [ending] = await t.sql(
        'select end_state, code, after_acceptance, routes_told, told_by from mediation_ending where dispute_id = $1',
        [disputeId],
      );
      expect(ending).toEqual({
        end_state: 'refused',
        code: 'refused',
        after_acceptance: false,
        routes_told: ['litigation', 'legal-aid'],
        told_by: t.world.account('intake').id,
      });
      expect((await acts(disputeId)).slice(-2)).toEqual(['parties.record-consent', 'mediation.terminate-on-refusal']);
    });

    it('ends a mediation under way as terminated, which statistics count apart', async () => {
      const { disputeId, partyIds } = await aMatterReadyToMediate(t);
      const reply = await intake.post(
        `/parties/${partyIds[1] ?? ''}/consents`,
        aConsent(t, { answer: 'refused', routesTold: ['litigation'] }),
      );
      expect(reply.body).toMatchObject({ mediationEnded: true });
      expect(await mediation(disputeId)).toBe('terminated');
      expect(await t.sql('select after_acceptance from mediation_ending where dispute_id = $1', [disputeId])).toEqual([
        { after_acceptance: true },
      ]);
    });

    it('lets the others go on in part once the refuser is left out with a reason', async () => {
      const six = Array.from({ length: 6 }, (_, i) => ({
        kind: 'person',
        name: `李家第${'一二三四五六'.charAt(i)}子`,
        residentId: residentIdOf(`19${60 + i}0303`, 100 + i),
      }));
      const disputeId = await anAcceptedMatter(t, { parties: six, disputeType: 'family.inheritance' });
      const parties = await partiesOf(intake, disputeId);
      expect(parties.map((p) => p.side)).toEqual(six.map(() => null));
      const last = parties[5] as ListedParty;
      for (const { id } of parties.slice(0, 5)) {
        await intake.post(`/parties/${id}/consents`, aConsent(t));
        await intake.post(`/parties/${id}/rights-notices`, aSignedNotice(t));
      }
      expect(await mediation(disputeId)).toBe('consent-pending');
      const excluded = await dispatcher.post(
        `/parties/${last.id}/exclusion`,
        { reason: '其余五人就存款部分继续调解，不涉及其份额。' },
        { ifMatch: last.version },
      );
      expect(excluded.status).toBe(200);
      expect(excluded.body).toMatchObject({
        state: 'excluded',
        isActive: false,
        signatureLacking: expect.stringContaining('已退出') as string,
      });
      expect(await mediation(disputeId)).toBe('accepted');
      const refusal = await intake.post(
        `/parties/${last.id}/consents`,
        aConsent(t, { answer: 'refused', routesTold: ['litigation'] }),
      );
      expect(refusal.body).toMatchObject({ mediationEnded: false, party: { consent: 'refused' } });
      expect(await mediation(disputeId)).toBe('accepted');
      expect((await intake.get(`/disputes/${disputeId}/parties`)).body).toMatchObject({
        parties: 5,
        consentsRefused: 0,
        isPartial: true,
      });
      // Lists name those who are still in it.
      const { registrationNumber } = (await intake.get(`/disputes/${disputeId}`)).body as {
        registrationNumber: string;
      };
      expect((await intake.get(`/search?text=${encodeURIComponent(registrationNumber)}`)).body).toMatchObject({
        items: [{ disputeId, parties: '李某、李某等5方' }],
      });
    });

    it('does not leave out one of two, and the guide decides nothing', async () => {
      const disputeId = await anAcceptedMatter(t, { parties: TWO_PARTIES });
      const [a] = await partiesOf(intake, disputeId);
      expect(
        problem(await dispatcher.post(`/parties/${a?.id ?? ''}/exclusion`, { reason: '试' }, { ifMatch: 1 })).code,
      ).toBe('parties.too-few-remain');
      expect(
        problem(await dispatcher.post(`/parties/${a?.id ?? ''}/withdrawal`, { reason: '试' }, { ifMatch: 1 })).code,
      ).toBe('parties.would-leave-one');
      expect(
        (await (await t.as('guide')).post(`/parties/${a?.id ?? ''}/exclusion`, { reason: '试' }, { ifMatch: 1 }))
          .status,
      ).toBe(403);
    });

    it('lets one of twenty simultaneous last consents accept, and every one of them answers', async () => {
      const disputeId = await anAcceptedMatter(t, { parties: TWO_PARTIES });
      const [a, b] = await partiesOf(intake, disputeId);
      for (const id of [a?.id ?? '', b?.id ?? '']) await intake.post(`/parties/${id}/rights-notices`, aSignedNotice(t));
      await intake.post(`/parties/${a?.id ?? ''}/consents`, aConsent(t));
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => intake.post(`/parties/${b?.id ?? ''}/consents`, aConsent(t))),
      );
      expect(replies.filter((r) => (r.body as { mediationAccepted: boolean }).mediationAccepted)).toHaveLength(1);
      expect(
        await t.sql("select 1 from dispute_event where dispute_id = $1 and act = 'mediation.accept'", [disputeId]),
      ).toHaveLength(1);
    });

    it('asks everybody anew when the mediation is taken up again after a refusal', async () => {
      const disputeId = await anAcceptedMatter(t, { parties: TWO_PARTIES });
      const [a, b] = await partiesOf(intake, disputeId);
      for (const { id } of [a, b] as ListedParty[])
        await intake.post(`/parties/${id}/rights-notices`, aSignedNotice(t));
      await intake.post(`/parties/${a?.id ?? ''}/consents`, aConsent(t));
      await intake.post(
        `/parties/${b?.id ?? ''}/consents`,
        aConsent(t, { answer: 'refused', routesTold: ['litigation'] }),
      );
      const steps: [string, string, object][] = [
        ['duty-leader', 'closing', { outcome: 'refused', summary: '一方拒绝调解，已告知诉讼途径。' }],
        ['director', 'reopening', { reasonCode: 'new-situation', reason: '双方愿再谈。' }],
        ['dispatcher', 'triage', { nature: 'civil', route: 'mediation', isDuplicateChecked: true }],
        ['dispatcher', 'acceptance', {}],
      ];
      for (const [key, act, body] of steps) {
        const reply = await (await t.as(key)).post(`/disputes/${disputeId}/${act}`, body);
        expect([act, reply.status]).toEqual([act, 200]);
      }
      expect((await partiesOf(intake, disputeId)).map((p) => p.consent)).toEqual(['pending', 'pending']);
      const second = await intake.post(`/parties/${b?.id ?? ''}/consents`, aConsent(t));
      expect(second.body).toMatchObject({ mediationAccepted: false });
      const first = await intake.post(`/parties/${a?.id ?? ''}/consents`, aConsent(t));
      expect(first.body).toMatchObject({ mediationAccepted: true });
      expect(await t.sql('select 1 from party_consent where dispute_id = $1', [disputeId])).toHaveLength(4);
    });

    it('refuses what lies in the future, and notices without their scan or witness', async () => {
      const disputeId = await anAcceptedMatter(t, { parties: TWO_PARTIES });
      const [a] = await partiesOf(intake, disputeId);
      const id = a?.id ?? '';
      expect(
        problem(await intake.post(`/parties/${id}/consents`, aConsent(t, { askedAt: '2027-01-01T00:00:00Z' }))).code,
      ).toBe('parties.in-future');
      expect(
        problem(await intake.post(`/parties/${id}/rights-notices`, aSignedNotice(t, { method: 'ink-scan' }))).code,
      ).toBe('parties.scan-missing');
      expect(
        problem(await intake.post(`/parties/${id}/rights-notices`, aSignedNotice(t, { method: 'read-aloud' }))).code,
      ).toBe('parties.witness-missing');
      const elsewhere = await intake.post(
        `/parties/${id}/rights-notices`,
        aSignedNotice(t, { method: 'ink-scan', attachmentId: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' }),
      );
      expect(elsewhere.status).toBe(409);
      expect(await t.sql('select 1 from rights_notice where dispute_id = $1', [disputeId])).toEqual([]);
    });
  });

  describe('being out of reach', () => {
    it('counts tries at different times since the party was last reached, and grounds every disclosure', async () => {
      const disputeId = await anAcceptedMatter(t, { parties: TWO_PARTIES });
      const [, tenant] = await partiesOf(intake, disputeId);
      const id = tenant?.id ?? '';
      const log = (fields: object): Promise<Reply> =>
        intake.post(`/parties/${id}/contact-attempts`, {
          channel: 'phone',
          contacted: 'party',
          outcome: 'no-answer',
          at: t.clock.at().toISOString(),
          ...fields,
        });
      const at = (hoursAgo: number): string => new Date(t.clock.at().getTime() - hoursAgo * 3_600_000).toISOString();
      await log({ at: at(80), outcome: 'no-answer' });
      await log({ at: at(79), outcome: 'reached' });
      expect((await log({ at: at(48) })).body).toMatchObject({ unreachableAttempts: 1 });
      expect((await log({ at: at(48) })).body).toMatchObject({ unreachableAttempts: 1 });
      expect(problem(await log({ contacted: 'relative', outcome: 'relayed', at: at(24) }))).toMatchObject({
        code: 'parties.disclosure-ungrounded',
        errors: [{ pointer: '/contactedName' }],
      });
      const grounded = {
        contacted: 'relative',
        contactedName: '租户之父',
        purpose: '请转告尽快联系中心',
        basis: '合同登记的紧急联系人',
      };
      expect(problem(await log({ ...grounded, outcome: 'reached', at: at(24) })).code).toBe('parties.reached-another');
      expect((await log({ ...grounded, outcome: 'relayed', at: at(24) })).body).toMatchObject({
        unreachableAttempts: 2,
      });
      const giveUp = (): Promise<Reply> =>
        dispatcher.post(`/disputes/${disputeId}/mediation/unreachable-finding`, {
          explanation: '多次联系无果。',
          routesTold: ['litigation'],
          toldHow: '当面告知申请方',
        });
      expect(problem(await giveUp()).code).toBe('mediation.too-few-attempts');
      expect((await log({ at: at(2) })).body).toMatchObject({ unreachableAttempts: 3 });
      const detail = await intake.get(`/parties/${id}`);
      expect(detail.body).toMatchObject({
        unreachableAttempts: 3,
        contacts: expect.arrayContaining([
          expect.objectContaining({
            contactedLabel: '亲属',
            contactedName: '租户之父',
            purpose: '请转告尽快联系中心',
            basis: '合同登记的紧急联系人',
            madeByName: '王敏',
          }),
        ]) as object[],
      });
      expect((await acts(disputeId)).at(-1)).toBe('parties.read');
    });
  });

  describe('representation', () => {
    const agent = (fields: object = {}): object => ({
      kind: 'entrusted',
      name: '王律师',
      documentKind: 'resident-id',
      documentNumber: residentIdOf('19750101', 33),
      scope: ['attend', 'sign', 'waive'],
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
      authorityNote: '授权委托书原件存卷',
      ...fields,
    });
    const represent = (partyId: string | undefined, body: object): Promise<Reply> =>
      intake.post(`/parties/${partyId ?? ''}/representatives`, body);

    it('takes no guardian who stands against the ward, and hears a ward of eight', async () => {
      const mother = { kind: 'person', name: '周母', residentId: residentIdOf('19850101', 44) };
      const disputeId = await anAcceptedMatter(t, {
        disputeType: 'family.inheritance',
        parties: [
          { kind: 'person', name: '周小宝', residentId: residentIdOf(ageBirth(10).replaceAll('-', ''), 15) },
          mother,
          TWO_PARTIES[0],
        ],
      });
      const [child] = await partiesOf(intake, disputeId);
      const guardian = {
        kind: 'statutory',
        name: '周母',
        relation: '母亲',
        scope: ['attend', 'sign', 'waive'],
        validFrom: '2026-01-01',
        authorityNote: '户口簿',
      };
      expect(problem(await represent(child?.id, guardian)).code).toBe('parties.guardian-namesake');
      expect(
        problem(
          await represent(child?.id, {
            ...guardian,
            documentKind: 'resident-id',
            documentNumber: residentIdOf('19850101', 44),
          }),
        ).code,
      ).toBe('parties.guardian-opposes');
      const aunt = { ...guardian, name: '周姑姑', relation: '姑姑' };
      expect(problem(await represent(child?.id, aunt)).code).toBe('parties.ward-view-missing');
      expect(problem(await intake.post(`/parties/${child?.id ?? ''}/consents`, aConsent(t))).code).toBe(
        'parties.ward-cannot-answer',
      );
      const entered = await represent(child?.id, { ...aunt, wardView: '愿意由姑姑代为办理。' });
      expect(entered.status).toBe(201);
      expect(entered.body).toMatchObject({
        maySignSelf: false,
        signatureLacking: null,
        representatives: [{ name: '周姑姑', maySign: true }],
      });
      const auntId = (entered.body as ListedParty).representatives[0]?.id;
      expect(
        (await intake.post(`/parties/${child?.id ?? ''}/consents`, aConsent(t, { answeredByRepresentativeId: auntId })))
          .status,
      ).toBe(201);
      expect(problem(await represent((await partiesOf(intake, disputeId))[1]?.id, aunt)).code).toBe('parties.no-ward');
    });

    it('asks both sides before one agent acts for both, and gives no power of signing by silence', async () => {
      const disputeId = await anAcceptedMatter(t, { parties: TWO_PARTIES });
      const [a, b] = await partiesOf(intake, disputeId);
      expect((await represent(a?.id, agent())).body).toMatchObject({ representatives: [{ maySign: true }] });
      expect(problem(await represent(b?.id, agent())).code).toBe('parties.acts-for-both');
      expect(problem(await represent(b?.id, agent({ documentKind: undefined, documentNumber: undefined }))).code).toBe(
        'parties.agent-namesake',
      );
      expect((await represent(b?.id, agent({ isDoubleAgreed: true }))).status).toBe(201);
      const listener = await represent(
        b?.id,
        agent({ name: '代收人', documentNumber: residentIdOf('19760101', 35), scope: ['attend', 'receive'] }),
      );
      expect((listener.body as ListedParty).representatives.find((r) => r.name === '代收人')?.maySign).toBe(false);
      expect(problem(await represent(a?.id, agent({ validTo: undefined }))).code).toBe('parties.proxy-without-period');
      expect(problem(await represent(a?.id, agent({ authorityNote: undefined }))).code).toBe(
        'parties.authority-missing',
      );
      expect(problem(await represent(a?.id, agent({ validTo: '2025-01-01' }))).code).toBe('parties.period-reversed');
    });

    it('elects at most five, and ends a representation once', async () => {
      const disputeId = await aRegisteredMatter(t, {
        isGroup: true,
        headcount: 30,
        parties: [{ kind: 'person', name: '某小区居民' }],
      });
      const [group] = await partiesOf(intake, disputeId);
      const elect = (i: number): Promise<Reply> =>
        represent(group?.id, {
          kind: 'elected',
          name: `代表${'甲乙丙丁戊己'.charAt(i)}`,
          scope: ['attend'],
          validFrom: '2026-01-01',
          authorityNote: '推选记录',
        });
      for (let i = 0; i < 5; i++) expect((await elect(i)).status).toBe(201);
      expect(problem(await elect(5)).code).toBe('parties.too-many-elected');
      const [first] = (await partiesOf(intake, disputeId))[0]?.representatives ?? [];
      const end = (): Promise<Reply> =>
        intake.post(`/representatives/${first?.id ?? ''}/ending`, { reason: '本人辞去。' });
      expect((await end()).status).toBe(200);
      expect(problem(await end()).code).toBe('parties.representation-ended');
      expect((await elect(5)).status).toBe(201);
    });

    it('keeps the list of the represented with their amounts, and who agreed to settle', async () => {
      const disputeId = await aRegisteredMatter(t, {
        isGroup: true,
        headcount: 30,
        parties: [{ kind: 'person', name: '三十户居民' }],
      });
      const [group] = await partiesOf(intake, disputeId);
      const path = `/parties/${group?.id ?? ''}/represented-persons`;
      const persons = Array.from({ length: 30 }, (_, i) => ({
        name: `居民${i + 1}号张`,
        residentId: residentIdOf('19700101', 200 + i),
        amountFen: 10_000 + i,
      }));
      expect((await intake.post(path, { persons })).body).toEqual({ added: 30, total: 30 });
      expect(problem(await intake.post(path, { persons: [{ name: '王', residentId: '1' }] })).errors[0]?.pointer).toBe(
        '/persons/0/residentId',
      );
      expect((await intake.post(path, { persons: [persons[3]] })).status).toBe(409);
      const first = await intake.get(`${path}?limit=20`);
      expect(first.body).toMatchObject({ total: 30, agreed: 0, amountFen: 300_435, nextCursor: '20' });
      expect(((await intake.get(`${path}?limit=20&cursor=20`)).body as { items: object[] }).items).toHaveLength(10);
      expect(first.text).not.toContain(persons[0]?.residentId ?? '');
    });
  });

  describe('death and return', () => {
    it('puts heirs in the place of a dead party, ends the powers given, and asks the heirs anew', async () => {
      const { disputeId, partyIds } = await aMatterReadyToMediate(t);
      const id = partyIds[1] ?? '';
      await intake.post(`/parties/${id}/representatives`, {
        kind: 'entrusted',
        name: '代理人',
        scope: ['sign', 'waive'],
        validFrom: '2026-01-01',
        validTo: '2027-01-01',
        authorityNote: '原件存卷',
      });
      const [, before] = await partiesOf(intake, disputeId);
      const body = {
        diedOn: t.clock.at().toISOString().slice(0, 10),
        reason: '死亡医学证明已核对。',
        successors: [
          { kind: 'person', name: '钱子' },
          { kind: 'person', name: '钱女' },
        ],
      };
      expect(
        problem(
          await intake.post(
            `/parties/${id}/succession`,
            { ...body, diedOn: '2027-01-01' },
            { ifMatch: before?.version },
          ),
        ).code,
      ).toBe('parties.death-impossible');
      const reply = await intake.post(`/parties/${id}/succession`, body, { ifMatch: before?.version });
      expect(reply.status).toBe(200);
      expect((reply.body as { items: object[] }).items).toMatchObject([
        { ordinal: 1, isActive: true },
        {
          ordinal: 2,
          state: 'deceased',
          isActive: false,
          representatives: [{ isInForce: false, endReason: '被代理人死亡，代理终止' }],
        },
        { ordinal: 3, name: '钱子', side: 'respondent', succeedsPartyId: id, consent: 'pending' },
        { ordinal: 4, name: '钱女', side: 'respondent', succeedsPartyId: id, noticeSignedAt: null },
      ]);
      expect(
        (await intake.post(`/parties/${id}/corrections`, { kind: 'person', name: '钱', reason: '试' }, { ifMatch: 9 }))
          .status,
      ).toBe(409);
    });

    it('lets a party leave when enough remain, and return to be asked again', async () => {
      const disputeId = await anAcceptedMatter(t, {
        parties: [...TWO_PARTIES, { kind: 'person', name: '孙三', side: 'other' }],
      });
      const third = (await partiesOf(intake, disputeId))[2];
      const left = await intake.post(
        `/parties/${third?.id ?? ''}/withdrawal`,
        { reason: '与己无关。' },
        { ifMatch: 1 },
      );
      expect(left.body).toMatchObject({ state: 'withdrawn', version: 2 });
      const back = await intake.post(
        `/parties/${third?.id ?? ''}/readmission`,
        { reason: '愿意参加。' },
        { ifMatch: 2 },
      );
      expect(back.body).toMatchObject({ state: 'active', consent: 'pending' });
      const history = (await intake.get(`/parties/${third?.id ?? ''}/history`)).body as { items: { act: string }[] };
      expect(history.items.map((h) => h.act)).toEqual(['parties.withdraw', 'parties.readmit']);
    });
  });

  describe('the same person elsewhere', () => {
    it('is hinted at within what the reader may see, the strongest sign first', async () => {
      const person = { kind: 'person', name: '郑重复', residentId: residentIdOf('19880808', 77), phone: '13904719999' };
      const first = await aRegisteredMatter(t, { parties: [person] });
      const foreign = await t.as('intake:foreign');
      await foreign.post('/disputes', {
        centerId: t.world.foreignCenterId,
        channel: 'visit',
        title: '外区的事',
        narrative: '外区的事。',
        parties: [person],
      });
      const sealed = await aRegisteredMatter(t, { parties: [{ kind: 'person', name: '郑重复' }] });
      const second = await aRegisteredMatter(t, { parties: [{ ...person, name: '郑 重复' }] });
      const reply = await intake.get(`/disputes/${second}/same-person-matters`);
      const items = (reply.body as { items: { disputeId: string; matchedBy: string }[] }).items;
      expect(items.map((i) => [i.disputeId, i.matchedBy])).toEqual([
        [first, 'resident-id'],
        [sealed, 'name'],
      ]);
      expect((await (await t.as('archivist')).get(`/disputes/${second}/same-person-matters`)).status).toBe(403);
    });
  });

  describe('papers', () => {
    const issue = (disputeId: string, templateId: string, parameters: object = {}): Promise<Reply> =>
      intake.post(`/disputes/${disputeId}/papers`, { templateId, parameters });

    it('gives every party the notice of rights before acceptance, and the register after it', async () => {
      const disputeId = await anAcceptedMatter(t, {
        parties: TWO_PARTIES,
        channel: 'hotline',
        upstreamNumber: '12345-20260918-0007',
        requests: '请求退还押金。',
      });
      const [a] = await partiesOf(intake, disputeId);
      const all = await issue(disputeId, 'rights-notice');
      expect([all.status, all.body]).toEqual([201, expect.objectContaining({ title: '权利义务告知书' })]);
      expect((await issue(disputeId, 'rights-notice', { partyIds: [a?.id] })).status).toBe(201);
      const stranger = await issue(disputeId, 'rights-notice', { partyIds: ['0194f7f2-c0de-7000-a1b2-c3d4e5f60718'] });
      expect([stranger.status, problem(stranger).code]).toEqual([422, 'parties.not-in-matter']);
      const register = await issue(disputeId, 'mediation-register');
      expect([register.status, register.body]).toEqual([201, expect.objectContaining({ title: '人民调解受理登记表' })]);
      const early = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      expect(problem(await issue(early, 'mediation-register')).code).toBe('parties.not-accepted');
      expect(problem(await issue(early, 'rights-notice')).code).toBe('parties.no-committee');
    });
  });

  it('reads a case page in the same number of statements for two parties and for twelve', async () => {
    const people = (n: number): object[] =>
      Array.from({ length: n }, (_, i) => ({
        kind: 'person',
        name: `第${i + 1}人李`,
        residentId: residentIdOf('19700102', 300 + i),
        phone: `1390471${String(5000 + i)}`,
      }));
    const two = await anAcceptedMatter(t, { parties: people(2) });
    const twelve = await anAcceptedMatter(t, { parties: people(12) });
    const mediator = await t.as('committee-director');
    const statements = async (path: string): Promise<number> => {
      await mediator.get(path);
      const spy = jest.spyOn(Client.prototype, 'query');
      const reply = await mediator.get(path);
      const count = spy.mock.calls.length;
      spy.mockRestore();
      expect(reply.status).toBe(200);
      return count;
    };
    for (const path of ['', '/parties', '/attachments', '/same-person-matters']) {
      const [small, large] = [
        await statements(`/disputes/${two}${path}`),
        await statements(`/disputes/${twelve}${path}`),
      ];
      expect([path, large]).toEqual([path, small]);
      expect(small).toBeLessThan(40);
    }
  });
});
