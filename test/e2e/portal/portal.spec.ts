import { spawnSync } from 'node:child_process';
import { must } from '../../support/builders';
import { aRegisteredMatter } from '../../support/matters';
import { TWO_PARTIES, partiesOf } from '../../support/parties';
import { type HeldSlip, aSlip, atPortal } from '../../support/slips';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';

interface OwnMatter {
  readonly registrationNumber: string;
  readonly holderName: string;
  readonly steps: readonly { readonly title: string; readonly state: string }[];
  readonly nextStep: string;
  readonly mediatorNames: readonly string[];
  readonly sessions: readonly { readonly place: string; readonly bring: readonly string[] }[];
  readonly materials: readonly { readonly name: string }[];
  readonly waiting: readonly { readonly kind: string; readonly id: string | null; readonly act: string | null }[];
  readonly papers: readonly { readonly id: string; readonly title: string }[];
  readonly hasRated: boolean;
  readonly allowedActs: readonly string[];
}

const codeOf = (reply: Reply): [number, string] => [reply.status, (reply.body as { code: string }).code];
const waits = (m: OwnMatter): string[] => m.waiting.map((w) => w.kind);
const read = async (by: Caller): Promise<OwnMatter> => must<OwnMatter>(await by.get('/portal/matter'), 200);

const textOf = (pdf: Buffer): string =>
  spawnSync('pdftotext', ['-raw', '-', '-'], { input: pdf, encoding: 'utf8' }).stdout.replace(/\s/g, '');

describe('the slip and what a party opens with it (real PostgreSQL, HTTP and PDF; fake clock)', () => {
  let t: TestApp;
  let intake: Caller;
  beforeAll(async () => {
    t = await startTestApp();
    intake = await t.as('intake');
  });
  afterAll(() => t.close());

  /** Other tests must not be paused by the failures of one. */
  beforeEach(() => {
    t.clock.advanceDays(2);
  });

  const open = (slip: Pick<HeldSlip, 'token'>, code: string): Promise<Reply> =>
    t.anonymous.post('/portal/sessions', { token: slip.token, code });
  const byNumber = (registrationNumber: string, code: string): Promise<Reply> =>
    t.anonymous.post('/portal/sessions/by-number', { registrationNumber, code });
  const wrong = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  describe('the slip', () => {
    it('is printed on one A5 sheet with number, time, name, telephone and code, and is kept nowhere', async () => {
      const id = await aRegisteredMatter(t, { title: '楼上漏水纠纷', parties: TWO_PARTIES });
      const files = await t.sql('select 1 from paper');
      const slip = await aSlip(t, intake, id);
      expect(slip.pdf.subarray(0, 5).toString()).toBe('%PDF-');
      expect(slip.pdf.toString('latin1')).toMatch(/MediaBox \[0 0 419\.53 595\.28\]/);
      expect(slip.pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
      const text = textOf(slip.pdf);
      for (const word of ['楼上漏水纠纷', '赵一鸣', '王敏', '0471-6600001', '三个工作日内', slip.code])
        expect(text).toContain(word);
      expect(text).not.toContain('钱二妹');
      expect(slip.code).toMatch(/^\d{6}$/);
      expect(slip.token).toMatch(/^[A-Za-z0-9_-]{22}$/);
      // No paper, and token and code in no column of the access and of the timeline.
      expect(await t.sql('select 1 from paper')).toEqual(files);
      const rows = await t.sql(
        `select row_to_json(a)::text as row from portal_access a where id = $1 union all
         select row_to_json(e)::text from dispute_event e where dispute_id = $2 union all
         select body from audit_entry where dispute_id = $2`,
        [slip.id, id],
      );
      expect(rows.length).toBeGreaterThan(2);
      expect(JSON.stringify(rows)).not.toContain(slip.token);
      expect(JSON.stringify(rows)).not.toMatch(new RegExp(`\\b${slip.code}\\b`));
      expect(await t.sql("select act from dispute_event where dispute_id = $1 and act like 'portal%'", [id])).toEqual([
        { act: 'portal.issue-slip' },
      ]);
    });

    it('stays on its one sheet, however long names and titles are', async () => {
      await t.sql(
        "update center set address = '海拉尔东路1号政务服务大厅二楼东侧综治中心综合受理窗口（公交12路直达）' where id = $1",
        [t.world.centerId],
      );
      const id = await aRegisteredMatter(t, {
        title: '关于小区东门外道路施工期间多户业主家中墙体开裂、地面沉降以及施工噪声扰民并要求赔偿修缮费用的纠纷',
        parties: [
          { kind: 'organization', side: 'applicant', name: '呼和浩特市新城区光明社区第三网格业主委员会' },
          TWO_PARTIES[1],
        ],
      });
      const { pdf } = await aSlip(t, intake, id);
      expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
      expect(textOf(pdf)).toContain('墙体开裂');
    });

    it('answers a repeated request with the same slip, and another request with a new one that ends the old', async () => {
      const id = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const key = 'slip-key-0001';
      const first = await intake.fetchPost(`/disputes/${id}/slips`, {}, key);
      const again = await intake.fetchPost(`/disputes/${id}/slips`, {}, key);
      expect(first.status).toBe(200);
      expect(Buffer.compare(again.body as Buffer, first.body as Buffer)).toBe(0);
      const one = await aSlip(t, intake, id);
      const two = await aSlip(t, intake, id);
      expect(codeOf(await open(one, one.code))).toEqual([401, 'portal.wrong-code']);
      expect((await open(two, two.code)).status).toBe(200);
      const { items } = must<{ items: { isLive: boolean; stateName: string; openedAt: string | null }[] }>(
        await intake.get(`/disputes/${id}/slips`),
        200,
      );
      expect(items.map((s) => [s.isLive, s.stateName, s.openedAt !== null])).toEqual([
        [true, '有效', true],
        [false, '已重新出单', false],
        [false, '已重新出单', false],
      ]);
    });

    it('is given by those who meet people, for a party that takes part', async () => {
      const id = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      expect((await t.anonymous.post(`/disputes/${id}/slips`)).status).toBe(401);
      expect((await (await t.as('supervisor')).post(`/disputes/${id}/slips`)).status).toBe(403);
      expect((await (await t.as('director')).post(`/disputes/${id}/slips`)).status).toBe(403);
      expect((await (await t.as('mediator')).post(`/disputes/${id}/slips`)).status).toBe(404);
      expect((await (await t.as('intake:foreign')).post(`/disputes/${id}/slips`)).status).toBe(404);
      expect((await intake.post(`/disputes/${id}/slips`, { partyId: 'x' })).status).toBe(400);
      const other = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const [stranger] = await partiesOf(intake, other);
      expect(codeOf(await intake.post(`/disputes/${id}/slips`, { partyId: stranger?.id }))).toEqual([
        422,
        'portal.no-party',
      ]);
      const nobody = await aRegisteredMatter(t);
      expect(codeOf(await intake.post(`/disputes/${nobody}/slips`))).toEqual([422, 'portal.no-party']);
    });

    it('is withdrawn with a reason: its holder is out with the next reading', async () => {
      const id = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const slip = await aSlip(t, intake, id);
      const party = await atPortal(t, slip);
      expect((await party.get('/portal/matter')).status).toBe(200);
      const path = `/disputes/${id}/slips/${slip.id}/withdrawal`;
      expect((await intake.post(path, {})).status).toBe(400);
      expect((await (await t.as('supervisor')).post(path, { reason: '遗失' })).status).toBe(403);
      expect(must<{ isLive: boolean }>(await intake.post(path, { reason: '当事人报告遗失。' }), 200).isLive).toBe(
        false,
      );
      expect(codeOf(await intake.post(path, { reason: '遗失' }))).toEqual([409, 'portal.slip-ended']);
      expect(codeOf(await party.get('/portal/matter'))).toEqual([401, 'portal.session-ended']);
      expect(codeOf(await open(slip, slip.code))).toEqual([401, 'portal.wrong-code']);
    });
  });

  describe('the way in', () => {
    it('takes the number as people type it, and needs the code with it', async () => {
      const id = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const [row] = await t.sql<{ number: string }>('select registration_number as number from dispute where id = $1', [
        id,
      ]);
      const number = row?.number ?? '';
      expect(number).toMatch(/^新城综治登字〔2026〕\d+号$/);
      const slip = await aSlip(t, intake, id);
      const typed = number.replace(/[〔〕号]/g, ' ').replace('2026', '２０２６');
      const opened = must<{ token: string; expiresAt: string }>(await byNumber(typed, slip.code), 200);
      expect((await read(t.link(opened.token))).registrationNumber).toBe(number);
      expect(new Date(opened.expiresAt).getTime() - t.clock.at().getTime()).toBe(30 * 60_000);
      expect(codeOf(await byNumber(number, wrong(slip.code)))).toEqual([401, 'portal.wrong-code']);
      expect((await byNumber(number, '12345')).status).toBe(400);
      expect((await t.anonymous.post('/portal/sessions', { token: slip.token, code: 'abcdef' })).status).toBe(400);
    });

    it('gives each person of a matter its own way: the code of one opens nothing of the other', async () => {
      const id = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const [a, b] = await partiesOf(intake, id);
      const [one, two] = [await aSlip(t, intake, id, a?.id), await aSlip(t, intake, id, b?.id)];
      expect(one.code).not.toBe(two.code);
      expect(codeOf(await open(one, two.code))).toEqual([401, 'portal.wrong-code']);
      expect((await read(await atPortal(t, one))).holderName).toBe('赵一鸣');
      expect((await read(await atPortal(t, two))).holderName).toBe('钱二妹');
      const [row] = await t.sql<{ number: string }>('select registration_number as number from dispute where id = $1', [
        id,
      ]);
      const opened = must<{ token: string }>(await byNumber(row?.number ?? '', two.code), 200);
      expect((await read(t.link(opened.token))).holderName).toBe('钱二妹');
    });

    it('pauses a slip after five wrong codes, also tried at once, even for the right one; a quarter of an hour later it opens', async () => {
      const id = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const slip = await aSlip(t, intake, id);
      const tries = await Promise.all(Array.from({ length: 12 }, () => open(slip, wrong(slip.code))));
      const statuses = tries.map((r) => r.status).sort();
      expect(statuses).toEqual([...Array<number>(5).fill(401), ...Array<number>(7).fill(429)]);
      expect(codeOf(await open(slip, slip.code))).toEqual([429, 'portal.paused']);
      t.clock.advance(15 * 60_000 + 1000);
      expect((await open(slip, slip.code)).status).toBe(200);
      // The tries stand in the audit, with nothing of the codes.
      const entries = await t.sql<{ body: string }>(
        "select body from audit_entry where act = 'portal.open' and object_id = $1",
        [slip.id],
      );
      expect(entries).toHaveLength(6);
      expect(entries.map((e) => (JSON.parse(e.body) as { details: { opened: boolean } }).details.opened)).toEqual([
        ...Array<boolean>(5).fill(false),
        true,
      ]);
    });

    it('lets at most fifteen tries a day at one number, and tells nobody whether the number exists', async () => {
      const id = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const slip = await aSlip(t, intake, id);
      const [row] = await t.sql<{ number: string }>('select registration_number as number from dispute where id = $1', [
        id,
      ]);
      const course = async (number: string): Promise<unknown[]> => {
        const seen: unknown[] = [];
        for (let round = 0; round < 4; round++) {
          for (let i = 0; i < 6; i++) {
            const { status, body } = (await byNumber(number, wrong(slip.code))) as { status: number; body: object };
            const { traceId: _, instance: __, ...rest } = body as Record<string, unknown>;
            seen.push([status, rest]);
          }
          t.clock.advance(16 * 60_000);
        }
        return seen;
      };
      const known = await course(row?.number ?? '');
      expect(known.map((s) => (s as [number])[0]).filter((s) => s === 401)).toHaveLength(15);
      expect((await byNumber(row?.number ?? '', slip.code)).status).toBe(429);
      // Whoever holds the slip itself goes on.
      expect((await open(slip, slip.code)).status).toBe(200);
      t.clock.advanceDays(2);
      expect(await course('新城综治登字〔2026〕99999号')).toEqual(known);
    });

    it('stops an address that tries one number after the other', async () => {
      const answers: number[] = [];
      for (let n = 1; n <= 22; n++)
        answers.push((await byNumber(`新城综治登字〔2026〕${70_000 + n}号`, '000000')).status);
      expect(answers.filter((s) => s === 401)).toHaveLength(20);
      expect(answers.slice(20)).toEqual([429, 429]);
    });

    it('stops all addresses together, but leaves the slip open', async () => {
      const id = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const slip = await aSlip(t, intake, id);
      await t.sql(
        `insert into portal_attempt (id, at, address, way, key_digest)
         select gen_random_uuid(), $1, '10.0.' || n || '.1', 'number', n::text from generate_series(1, 120) n`,
        [t.clock.at()],
      );
      expect((await byNumber('新城综治登字〔2026〕88888号', '000000')).status).toBe(429);
      expect((await open(slip, slip.code)).status).toBe(200);
    });

    it('ends after half an hour without use, lives with use, and never longer than four hours', async () => {
      const id = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const slip = await aSlip(t, intake, id);
      const idle = await atPortal(t, slip);
      t.clock.advance(31 * 60_000);
      expect(codeOf(await idle.get('/portal/matter'))).toEqual([401, 'portal.session-ended']);
      const used = await atPortal(t, slip);
      for (let i = 0; i < 9; i++) {
        t.clock.advance(25 * 60_000);
        expect([i, (await used.get('/portal/matter')).status]).toEqual([i, 200]);
      }
      t.clock.advance(25 * 60_000);
      expect((await used.get('/portal/matter')).status).toBe(401);
      const left = await atPortal(t, slip);
      expect((await left.post('/portal/session/ending')).status).toBe(200);
      expect((await left.get('/portal/matter')).status).toBe(401);
    });

    it('is no account: it opens no route of the house, and an account opens none of the portal', async () => {
      const id = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const party = await atPortal(t, await aSlip(t, intake, id));
      for (const path of [`/disputes/${id}`, `/disputes/${id}/parties`, '/disputes', '/self'])
        expect([path, [401, 404].includes((await party.get(path)).status)]).toEqual([path, true]);
      for (const path of ['/signing/agreement', '/signing/paper'])
        expect(codeOf(await party.get(path))).toEqual([401, 'signing.link-invalid']);
      expect((await intake.get('/portal/matter')).status).toBe(401);
      expect((await t.anonymous.get('/portal/matter')).status).toBe(401);
      expect(codeOf(await t.link('x'.repeat(43)).get('/portal/matter'))).toEqual([401, 'portal.session-ended']);
    });

    it('ends with the archiving of the matter, for good', async () => {
      const id = await aRegisteredMatter(t, { parties: TWO_PARTIES });
      const dispatcher = await t.as('dispatcher');
      must(
        await dispatcher.post(`/disputes/${id}/triage`, {
          nature: 'consultation',
          route: 'answer',
          isDuplicateChecked: true,
        }),
        200,
      );
      must(await intake.post(`/disputes/${id}/answer`, { content: '物业费的收取标准已经当面说明。' }), 200);
      const slip = await aSlip(t, intake, id);
      const party = await atPortal(t, slip);
      must(
        await (
          await t.as('duty-leader')
        ).post(`/disputes/${id}/closing`, {
          outcome: 'answered',
          summary: '已经答复。',
          confirmedBy: 'phone',
          partyWords: '可以，没有意见了。',
        }),
        200,
      );
      const closed = await read(party);
      expect(closed.steps.at(-1)).toMatchObject({ title: '办结', state: 'done' });
      expect(waits(closed)).toContain('rating');
      must(await (await t.as('archivist')).post(`/disputes/${id}/archiving`, {}), 200);
      expect(codeOf(await party.get('/portal/matter'))).toEqual([401, 'portal.session-ended']);
      expect(codeOf(await open(slip, slip.code))).toEqual([401, 'portal.wrong-code']);
      expect(codeOf(await intake.post(`/disputes/${id}/slips`))).toEqual([409, 'portal.matter-over']);
      must(
        await (
          await t.as('director')
        ).post(`/disputes/${id}/reopening`, { reasonCode: 'new-situation', reason: '出现新的情况。' }),
        200,
      );
      expect(codeOf(await open(slip, slip.code))).toEqual([401, 'portal.wrong-code']);
      t.clock.advance(1000);
      const fresh = await aSlip(t, intake, id);
      expect((await open(fresh, fresh.code)).status).toBe(200);
    });
  });
});
