import { OutboxDispatcher } from '../../../src/platform/database';
import { RemindOfTasks } from '../../../src/modules/meetings/application/remind-of-tasks';
import { must } from '../../support/builders';
import { pdf } from '../../support/files';
import { issuedText } from '../../support/issued-papers';
import { partiesOf, residentIdOf } from '../../support/parties';
import { aSlip, atPortal } from '../../support/slips';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { arrive, codeOf, dueOf, onDuty, proposal, read, type SummonsShown, taskOf } from '../summons/stage';

interface TaskShown {
  readonly id: string;
  readonly unitName: string;
  readonly state: string;
  readonly light: string | null;
  readonly allowedActs: string[];
  readonly files: { readonly fileName: string }[];
}

interface MeetingShown {
  readonly id: string;
  readonly disputeId: string | null;
  readonly state: string;
  readonly units: { readonly id: string; readonly name: string; readonly arrivedByCode: boolean | null }[];
  readonly items: {
    readonly id: string;
    readonly votes: string | null;
    readonly decision: string | null;
    readonly ruleName: string | null;
    readonly voices: { readonly unitName: string }[];
  }[];
  readonly tasks: TaskShown[];
  readonly allowedActs: string[];
}

const REPRESENTATIVES = ['苏和', '陈桂兰', '李树林', '王海', '其木格'];
const ASKS = ['检测水压，查明原因', '提出临时供水措施'];
const DAY = 86_400_000;

/** Case D: the water of a housing estate; representatives, a helper, two agencies, a meeting with tasks, the word of the parties. */
describe('case D, from the tea house to the follow-up (real PostgreSQL, real HTTP; fake clock)', () => {
  let t: TestApp;
  let id: string;
  let groupId: string;
  let [intake, dispatcher, leader, water, housing]: Caller[] = [];
  let whistle: SummonsShown;
  let meetingId: string;
  let authorityId: string;
  const by = (caller: Caller | undefined): Caller => caller as Caller;

  beforeAll(async () => {
    t = await startTestApp();
    [intake, dispatcher, leader, water, housing] = await Promise.all(
      ['intake', 'dispatcher', 'duty-leader', 'liaison', 'liaison-2'].map((key) => onDuty(t, key)),
    );
  });
  afterAll(() => t.close());

  const dayAfter = (days: number): string => new Date(t.clock.at().getTime() + days * DAY).toISOString().slice(0, 10);
  const meeting = async (caller = by(dispatcher)): Promise<MeetingShown> =>
    must(await caller.get(`/meetings/${meetingId}`), 200);
  const seenBy = async (agency: Caller): Promise<MeetingShown> =>
    must(await agency.get(`/agency-meetings/${meetingId}`), 200);
  const act = (path: string, body: object = {}, caller = by(dispatcher)) =>
    caller.post(`/meetings/${meetingId}/${path}`, body);
  const unit = async (name: RegExp): Promise<string> => {
    const found = (await meeting()).units.find((u) => name.test(u.name));
    if (!found) throw new Error(`No unit ${String(name)}`);
    return found.id;
  };

  it('is registered as a group with at most five representatives and the list of those they stand for', async () => {
    ({ id } = must<{ id: string }>(
      await by(intake).post('/disputes', {
        centerId: t.world.centerId,
        channel: 'visit',
        title: '新玉小区三至七号楼长期用水难',
        narrative: '小区建成二十余年，二次供水设施老化，三至七号楼长期水压不足，多次反映没有解决，请求恢复正常供水。',
        headcount: 126,
        parties: [
          {
            kind: 'person',
            side: 'applicant',
            name: '新玉小区用水居民',
            residentId: residentIdOf('19620301', 31),
            phone: '13904710011',
          },
        ],
      }),
      201,
    ));
    [{ id: groupId } = { id: '' }] = await partiesOf(by(intake), id);
    const elect = (name: string) =>
      by(intake).post(`/parties/${groupId}/representatives`, {
        kind: 'elected',
        name,
        phone: '13904710012',
        scope: ['attend', 'receive'],
        validFrom: dayAfter(0),
        authorityNote: '居民会议推选记录，存社区居委会',
      });
    for (const name of REPRESENTATIVES) must(await elect(name), 201);
    expect(codeOf(await elect('第六人'))).toEqual([422, 'parties.too-many-elected']);
    must(
      await by(intake).post(`/parties/${groupId}/represented-persons`, {
        persons: ['张秀英', '刘建军', '高娃'].map((name) => ({ name })),
      }),
      201,
    );
    must(
      await by(dispatcher).post(`/disputes/${id}/triage`, {
        nature: 'other',
        route: 'agency',
        isDuplicateChecked: true,
      }),
      200,
    );
    must(await by(dispatcher).post(`/disputes/${id}/undertaking`, {}), 200);
  });

  it('is acted on by a helper of the community: on paper, for what is listed, while it holds, on the record', async () => {
    const helper = await onDuty(t, 'grid-worker');
    const order = {
      kind: 'community',
      helperName: '王芳',
      helperUnit: '新玉社区居民委员会',
      helperAccountId: t.world.account('grid-worker').id,
      partyIds: [groupId],
      scope: ['present', 'meet', 'urge'],
      validFrom: dayAfter(0),
      validTo: dayAfter(2),
    };
    const path = `/disputes/${id}/helper-authorities`;
    const grant = (change: object) => by(intake).post(path, { ...order, ...change });
    const refusals: [object, string][] = [
      [{ partyIds: [id] }, 'helpers.unknown-party'],
      [{ validTo: dayAfter(-1) }, 'helpers.period-reversed'],
      [{ helperAccountId: t.world.account('intake:foreign').id }, 'helpers.unknown-account'],
    ];
    for (const [change, code] of refusals) expect(codeOf(await grant(change))).toEqual([422, code]);
    expect((await grant({ scope: ['sign'] })).status).toBe(400);
    expect((await helper.post(path, order)).status).toBe(404);
    const authority = must<{ id: string }>(await grant({}), 201);
    const deed = (what: string, caller: Caller, more: object = {}) =>
      caller.post(`/helper-authorities/${authority.id}/acts`, { act: what, words: '转达居民意见。', ...more });
    // Nothing holds before it is signed.
    expect(codeOf(await deed('present', helper))).toEqual([409, 'helpers.wrong-state']);
    const paper = await issuedText(by(intake), id, 'helper-authority', { helperAuthorityId: authority.id });
    for (const part of [
      '代办人姓名王芳',
      '☑反映情况、提交材料',
      '☐代为确认办理结果',
      '自2026年9月18日起至2026年9月20日止',
      '代办人不得代办',
      '新玉小区用水居民的代表人（签名或按指印）：其木格',
    ]) {
      expect(paper).toContain(part);
    }
    const scan = must<{ id: string }>(
      await by(intake).upload(
        `/disputes/${id}/attachments`,
        { bytes: pdf('授权书'), name: '代办授权书.pdf' },
        { evidenceType: 'documentary', form: 'original', ring: 'center' },
      ),
      201,
    );
    const signed = { attachmentId: scan.id, signedByNames: '苏和、陈桂兰、李树林、王海、其木格' };
    const attach = (change: object) =>
      by(intake).post(`/helper-authorities/${authority.id}/paper`, { ...signed, ...change });
    expect(codeOf(await attach({ attachmentId: authority.id }))).toEqual([422, 'helpers.unknown-file']);
    must(await attach({}), 201);
    const own = must<{ items: { title: string; allowedActs: string[] }[] }>(
      await helper.get('/helper-authorities'),
      200,
    );
    expect(own.items).toMatchObject([{ title: '新玉小区三至七号楼长期用水难', allowedActs: ['helpers.act'] }]);
    // He acts; the matter itself stays closed to him.
    must(await deed('present', helper), 201);
    expect((await helper.get(`/disputes/${id}`)).status).toBe(404);
    expect((await deed('present', await onDuty(t, 'liaison'))).status).toBe(404);
    expect(codeOf(await deed('receive', helper))).toEqual([422, 'helpers.out-of-scope']);
    expect(codeOf(await deed('confirm-outcome', by(intake), { isSolved: true }))).toEqual([
      422,
      'helpers.out-of-scope',
    ]);
    const [line] = await t.sql<{ opinion: string; authority: string }>(
      "select opinion, details->>'authorityId' as authority from dispute_event where dispute_id = $1 and act = 'helpers.act'",
      [id],
    );
    expect(line).toEqual({
      opinion: '代办人王芳代新玉小区用水居民反映情况、提交材料：转达居民意见。',
      authority: authority.id,
    });
    await expect(t.sql('delete from helper_act where authority_id = $1', [authority.id])).rejects.toThrow();
    const later = must<{ id: string }>(await grant({ validFrom: dayAfter(1), validTo: dayAfter(30) }), 201);
    must(await by(intake).post(`/helper-authorities/${later.id}/paper`, signed), 201);
    const early = { act: 'present', words: '转达居民意见。' };
    expect(codeOf(await helper.post(`/helper-authorities/${later.id}/acts`, early))).toEqual([
      409,
      'helpers.too-early',
    ]);
    must(await by(intake).post(`/helper-authorities/${later.id}/revocation`, { reason: '居民改为自己办理。' }), 201);
    expect(codeOf(await helper.post(`/helper-authorities/${later.id}/acts`, early))).toEqual([
      409,
      'helpers.wrong-state',
    ]);
    authorityId = authority.id;
  });

  it('goes to the water company as lead and the housing bureau beside it, each with its own clocks', async () => {
    const [lead, assist] = t.world.agencyIds;
    const asked = proposal(
      [
        { agencyId: lead, role: 'lead' },
        { agencyId: assist, role: 'assist' },
      ],
      { brief: '新玉小区三至七号楼长期水压不足，请检测并提出措施。', asks: ASKS },
    );
    const draft = must<{ id: string }>(await by(dispatcher).post(`/disputes/${id}/summons`, asked), 201);
    // A group of this size is a red matter: its whistle is the director's.
    must(await (await onDuty(t, 'director')).post(`/summons/${draft.id}/issuance`), 201);
    whistle = await read(by(dispatcher), draft.id);
    must(await by(water).post(`/summons-tasks/${taskOf(whistle, lead).id}/signature`, {}), 201);
    const now = await read(by(dispatcher), whistle.id);
    expect(dueOf(taskOf(now, lead), 'sign').metAt).not.toBeNull();
    expect(dueOf(taskOf(now, assist), 'sign').metAt).toBeNull();
    must(await by(housing).post(`/summons-tasks/${taskOf(whistle, assist).id}/signature`, {}), 201);
  });

  it('is called to a table: agenda, a rule, a chair; nobody is invited twice or leads beside another', async () => {
    const [lead, assist] = t.world.agencyIds;
    const call = {
      topic: '新玉小区三至七号楼长期水压不足，研究泵房移交和临时供水。',
      place: '新玉小区社区茶馆',
      meetAt: new Date(t.clock.at().getTime() + DAY).toISOString(),
      rule: 'unanimity',
      chairAccountId: t.world.account('duty-leader').id,
      recorderName: '王敏',
      items: ['泵房由谁接管', '移交前如何临时供水'],
      units: [
        { agencyId: lead, role: 'lead', personName: '高志远' },
        { agencyId: assist, role: 'assist' },
        { name: '新玉小区居民代表', role: 'attend', personName: '苏和' },
      ],
    };
    const path = `/disputes/${id}/meetings`;
    const refusals: [object, string][] = [
      [
        {
          units: [
            { agencyId: lead, role: 'lead' },
            { agencyId: lead, role: 'assist' },
          ],
        },
        'meetings.unit-twice',
      ],
      [
        {
          units: [
            { agencyId: lead, role: 'lead' },
            { agencyId: assist, role: 'lead' },
          ],
        },
        'meetings.one-lead',
      ],
      [{ units: [{ agencyId: t.world.foreignAgencyId, role: 'lead' }] }, 'meetings.unknown-agency'],
      [{ units: [{ role: 'attend' }] }, 'meetings.unit-unnamed'],
      [{ chairAccountId: t.world.account('mediator').id }, 'meetings.no-such-chair'],
      [{ meetAt: new Date(t.clock.at().getTime() - 1).toISOString() }, 'meetings.in-the-past'],
      [{ meetAt: '2099-10-09T09:30:00+08:00' }, 'meetings.too-far'],
      [{ topic: '请联系居民 13904710011 研究供水。' }, 'meetings.personal-number'],
    ];
    for (const [change, code] of refusals) {
      expect(codeOf(await by(dispatcher).post(path, { ...call, ...change }))).toEqual([422, code]);
    }
    expect((await by(intake).post(path, call)).status).toBe(403);
    // Who acts in this very instant is not told.
    t.clock.advance(1000);
    ({ id: meetingId } = must<{ id: string }>(await by(dispatcher).post(path, call), 201));
    expect((await seenBy(by(water))).disputeId).toBeNull();
    expect((await by(water).get(`/meetings/${meetingId}`)).status).toBe(403);
    expect((await (await onDuty(t, 'liaison-3')).get(`/agency-meetings/${meetingId}`)).status).toBe(404);
  });

  it('opens when somebody came: one by the code of the room, one by the clerk; who is not there says nothing', async () => {
    t.clock.advanceDays(1);
    expect(codeOf(await act('opening'))).toEqual([409, 'meetings.nobody-came']);
    const { code } = must<{ code: string }>(await act('sign-in-codes'), 201);
    const person = { personName: '高志远', rank: 'section-head' };
    const signIn = (given: string) =>
      by(water).post(`/agency-meetings/${meetingId}/arrival`, { code: given, ...person });
    t.clock.advance(300_000);
    expect(codeOf(await signIn(code))).toEqual([422, 'meetings.code-invalid']);
    const next = must<{ code: string }>(await act('sign-in-codes'), 201);
    must(await signIn(next.code), 201);
    expect(codeOf(await signIn(next.code))).toEqual([422, 'meetings.signed-in']);
    must(
      await act('entered-arrivals', {
        meetingUnitId: await unit(/居民代表/),
        personName: '苏和',
        rank: 'representative',
      }),
      201,
    );
    must(await act('opening'), 201);
    const { items, units } = await meeting();
    expect(units.map((u) => u.arrivedByCode)).toEqual([true, null, false]);
    const [first] = items;
    const voice = { meetingItemId: first?.id, words: '同意协调移交。' };
    expect(codeOf(await act('voices', { ...voice, meetingUnitId: units[1]?.id }))).toEqual([
      422,
      'meetings.not-present',
    ]);
    expect(codeOf(await act('voices', { ...voice, meetingUnitId: units[2]?.id, vote: 'for' }))).toEqual([
      422,
      'meetings.no-vote',
    ]);
    must(await act('voices', { ...voice, meetingUnitId: units[2]?.id, words: '盼望尽快恢复供水。' }), 201);
    must(
      await act('entered-arrivals', { meetingUnitId: units[1]?.id, personName: '白建国', rank: 'section-head' }),
      201,
    );
  });

  it('decides by its rule and by no other; what was decided stays', async () => {
    const { items, units } = await meeting();
    const [lead, assist] = units;
    const [first, second] = items;
    const vote = (unitId: string | undefined, itemId: string | undefined, said: string) =>
      act('voices', { meetingItemId: itemId, meetingUnitId: unitId, vote: said, words: '按会商意见办理。' });
    const decide = (itemId: string | undefined, decision: string) =>
      act('decisions', { meetingItemId: itemId, decision, words: '泵房一月底前移交供水企业接管。' });
    must(await vote(lead?.id, first?.id, 'for'), 201);
    must(await vote(assist?.id, first?.id, 'reserve'), 201);
    expect(codeOf(await decide(first?.id, 'adopted'))).toEqual([422, 'meetings.votes-do-not-bear']);
    must(await vote(assist?.id, first?.id, 'for'), 201);
    expect(codeOf(await decide(first?.id, 'rejected'))).toEqual([422, 'meetings.votes-do-not-bear']);
    must(await decide(first?.id, 'adopted'), 201);
    expect(codeOf(await vote(assist?.id, first?.id, 'against'))).toEqual([422, 'meetings.decided']);
    expect((await meeting()).items[0]).toMatchObject({
      votes: '同意2家，到会有表决权的2家',
      decision: 'adopted',
      ruleName: '全体一致同意',
    });
    // Before the minutes stand, an agency reads what it said itself.
    expect((await seenBy(by(water))).items[0]?.voices.map((v) => v.unitName)).toEqual([lead?.name]);
    expect(codeOf(await act('confirmation', { conclusion: '按议定事项办理。' }, by(leader)))).toEqual([
      409,
      'meetings.undecided',
    ]);
    must(await decide(second?.id, 'deferred'), 201);
    await expect(
      t.sql('update meeting_voice set words = $1 where meeting_id = $2', ['改', meetingId]),
    ).rejects.toThrow();
  });

  it('gives tasks an owner and a day; they begin with the minutes, which the chair alone confirms', async () => {
    const { units } = await meeting();
    const assign = (i: number, dueOn: string) =>
      act('tasks', { meetingUnitId: units[i]?.id, personName: '高志远', what: '办理泵房移交手续。', dueOn });
    expect(codeOf(await assign(0, dayAfter(-1)))).toEqual([422, 'meetings.due-in-the-past']);
    expect(codeOf(await assign(0, dayAfter(800)))).toEqual([422, 'meetings.due-too-far']);
    must(await assign(0, dayAfter(5)), 201);
    must(await assign(1, dayAfter(10)), 201);
    must(await assign(2, dayAfter(10)), 201);
    expect((await seenBy(by(water))).tasks).toEqual([]);
    const conclusion = { conclusion: '由供水企业接管泵房，一月底前完成移交。' };
    expect(codeOf(await act('confirmation', conclusion))).toEqual([409, 'meetings.not-chair']);
    const paper = { templateId: 'joint-meeting-minutes', parameters: { meetingId } };
    expect(codeOf(await by(dispatcher).post(`/disputes/${id}/papers`, paper))).toEqual([422, 'meetings.not-confirmed']);
    t.clock.advance(1000);
    must(await act('confirmation', conclusion, by(leader)), 201);
    expect((await seenBy(by(water))).tasks).toHaveLength(3);
    const { items: deadlines } = must<{ items: { kind: string; stateName: string }[] }>(
      await by(dispatcher).get(`/disputes/${id}/deadlines`),
      200,
    );
    expect(deadlines.filter((x) => x.kind.startsWith('meeting-')).map((x) => [x.kind, x.stateName])).toEqual(
      expect.arrayContaining([
        ...Array<string[]>(3).fill(['meeting-task', '计算中']),
        ['meeting-reservation', '计算中'],
      ]),
    );
    const own = must<{ items: object[]; tasks: TaskShown[] }>(await by(housing).get('/agency-meetings'), 200);
    expect(own.items).toMatchObject([{ id: meetingId, state: 'confirmed' }]);
    expect(own.tasks.map((x) => x.allowedActs)).toEqual([['meeting-tasks.attach', 'meeting-tasks.answer']]);
    expect((await seenBy(by(water))).tasks.map((x) => x.allowedActs.length > 0)).toEqual([true, false, false]);
  });

  it('takes a reservation within three working days and not later; it stands in the printed minutes', async () => {
    const reservation = { reservation: '移交费用的分担，另行书面说明。' };
    const reserve = () => by(housing).post(`/agency-meetings/${meetingId}/reservation`, reservation);
    t.clock.advance(1000);
    must(await reserve(), 201);
    const minutes = await issuedText(by(dispatcher), id, 'joint-meeting-minutes');
    for (const part of [
      '第1次会商',
      '议决办法全体一致同意',
      '新玉小区居民代表：盼望尽快恢复供水。',
      '议定：通过（全体一致同意；同意2家，到会有表决权的2家）：泵房一月底前移交供水企业接管。',
      '办理泵房移交手续。',
      '另行书面说明。',
      '由供水企业接管泵房，一月底前完成移交。',
    ]) {
      expect(minutes).toContain(part);
    }
    t.clock.advanceDays(3);
    expect(codeOf(await reserve())[0]).toBe(201);
    t.clock.advanceDays(4);
    expect(codeOf(await reserve())).toEqual([409, 'meetings.reservation-too-late']);
  });

  it('reminds of a task once before its day and once after it, whoever sweeps', async () => {
    const sweep = (): Promise<number> => t.app.get(RemindOfTasks).sweep();
    expect(await Promise.all([sweep(), sweep()]).then(([a, b]) => a + b)).toBe(1);
    expect((await meeting()).tasks.map((x) => x.light)).toEqual(['red', 'green', 'green']);
    t.clock.advanceDays(2);
    expect(await sweep()).toBe(2);
    expect(await sweep()).toBe(0);
    const acts = await t.sql<{ act: string }>(
      "select act from dispute_event where dispute_id = $1 and act in ('meeting-tasks.warn', 'meeting-tasks.tell-late') order by at, act",
      [id],
    );
    expect(acts.map((x) => x.act)).toEqual(['meeting-tasks.tell-late', 'meeting-tasks.warn', 'meeting-tasks.warn']);
    const [mine] = (await meeting()).tasks;
    must(await by(dispatcher).post(`/meeting-tasks/${mine?.id ?? ''}/urgings`, { reason: '请立即办理。' }), 201);
    await t.app.get(OutboxDispatcher).drain();
    const rung = async (caller: Caller): Promise<string[]> =>
      must<{ items: { kind: string; text: string }[] }>(await caller.get('/notifications'), 200)
        .items.filter((x) => x.text.includes('会商'))
        .map((x) => x.text);
    expect(await rung(by(water))).toEqual([
      '会商任务被催办，请尽快办理并报结果',
      '会商任务已逾期，请立即办理并报结果',
      '会商纪要已确认，请查看纪要和交办的任务；有不同意见的，三个工作日内提出',
      '中心召集会商，请按时参加',
    ]);
    expect(await rung(by(housing))).toEqual([
      '会商任务两日内到期，请按期报结果',
      '会商纪要已确认，请查看纪要和交办的任务；有不同意见的，三个工作日内提出',
      '中心召集会商，请按时参加',
    ]);
    // Who called it hears that a task is late; the chair that a unit has a reservation.
    expect(await rung(by(dispatcher))).toContain('会商任务已逾期，请立即办理并报结果');
    expect(await rung(by(leader))).toContain('有单位对会商纪要提出保留意见，请查看');
  });

  it('is answered by the owner with proof, returned and accepted; one without a login through the center', async () => {
    const [first, second, third] = (await meeting()).tasks;
    const task = (of: TaskShown | undefined, path: string, body: object, caller = by(dispatcher)) =>
      caller.post(`/meeting-tasks/${of?.id ?? ''}/${path}`, body);
    const answer = { answer: '泵房已移交，移交清单见附件。' };
    expect((await task(first, 'answers', answer, by(housing))).status).toBe(404);
    must(
      await by(water).upload(`/meeting-tasks/${first?.id ?? ''}/attachments`, {
        bytes: pdf('移交清单'),
        name: '移交清单.pdf',
      }),
      201,
    );
    must(await task(first, 'answers', answer, by(water)), 201);
    must(await task(first, 'return', { reason: '清单没有盖章。' }), 201);
    must(await task(first, 'answers', answer, by(water)), 201);
    must(await task(first, 'acceptance', { opinion: '经核对，已完成。' }), 201);
    expect((await meeting()).tasks[0]).toMatchObject({ state: 'done', files: [{ fileName: '移交清单.pdf' }] });
    expect(codeOf(await task(second, 'entered-answers', answer))).toEqual([409, 'meeting-tasks.answers-itself']);
    must(await task(second, 'answers', answer, by(housing)), 201);
    must(await task(second, 'acceptance', { opinion: '经核对，已完成。' }), 201);
    must(await task(third, 'entered-answers', { answer: '居民已知晓停水安排。' }), 201);
    expect(codeOf(await task(third, 'acceptance', { opinion: '已完成。' }))).toEqual([409, 'meeting-tasks.own-answer']);
  });

  it('is not closed over an open task; then fed back, confirmed by the party’s own link, closed and followed up', async () => {
    const agencies = t.world.agencyIds;
    for (const [i, caller] of [by(water), by(housing)].entries()) {
      const { id: taskId } = taskOf(whistle, agencies[i] ?? '');
      must(await arrive(t, caller, whistle.id, taskId), 201);
      must(await caller.post(`/summons-tasks/${taskId}/handling`, {}), 201);
      const answers = ASKS.map((_, ask) => ({ ask: ask + 1, answer: '已经完成，水压恢复正常。' }));
      must(
        await caller.post(`/summons-tasks/${taskId}/feedback`, {
          result: 'resolved',
          ground: '《城市供水条例》第二十条。',
          answers,
        }),
        201,
      );
      must(await by(dispatcher).post(`/summons-tasks/${taskId}/confirmation`, { opinion: '反馈属实。' }), 201);
      must(await by(dispatcher).post(`/summons-tasks/${taskId}/rating`, { effect: 90, remark: '答复清楚。' }), 201);
      must(await by(dispatcher).post(`/summons-tasks/${taskId}/closing`), 201);
    }
    const closing = { outcome: 'solved', summary: '泵房已移交接管，水压恢复正常。' };
    const close = () => by(leader).post(`/disputes/${id}/closing`, closing);
    expect(codeOf(await close())).toEqual([409, 'disputes.open-meeting-task']);
    const [, , third] = (await meeting()).tasks;
    must(await by(leader).post(`/meeting-tasks/${third?.id ?? ''}/acceptance`, { opinion: '已核对。' }), 201);
    expect(codeOf(await close())).toEqual([422, 'disputes.party-not-asked']);
    // The authority has run out; a new one says expressly that the helper may confirm, and is as good as the party's word.
    const said = { act: 'confirm-outcome', words: '居民都说水压好了。', isSolved: false };
    expect(codeOf(await by(intake).post(`/helper-authorities/${authorityId}/acts`, said))).toEqual([
      409,
      'helpers.expired',
    ]);
    const renewed = must<{ id: string }>(
      await by(intake).post(`/disputes/${id}/helper-authorities`, {
        kind: 'community',
        helperName: '王芳',
        partyIds: [groupId],
        scope: ['confirm-outcome'],
        validFrom: dayAfter(0),
        validTo: dayAfter(30),
      }),
      201,
    );
    const [scan] = await t.sql<{ id: string }>('select attachment_id as id from helper_authority where id = $1', [
      authorityId,
    ]);
    const signed = { attachmentId: scan?.id, signedByNames: '苏和' };
    must(await by(intake).post(`/helper-authorities/${renewed.id}/paper`, signed), 201);
    must(await by(intake).post(`/helper-authorities/${renewed.id}/acts`, said), 201);
    expect(codeOf(await close())).toEqual([422, 'disputes.party-says-unsolved']);
    const words = must<{ items: object[] }>(await by(dispatcher).get(`/disputes/${id}/party-words`), 200);
    expect(words.items).toMatchObject([{ isSolved: false, helperName: '王芳' }]);
    const party = await atPortal(t, await aSlip(t, by(intake), id, groupId));
    must(await party.post('/portal/outcome', { isSolved: true, words: '水压好了，谢谢。' }), 200);
    must(await close(), 200);
    must(
      await (
        await onDuty(t, 'follow-up')
      ).post(`/disputes/${id}/follow-ups`, {
        mode: 'phone',
        isReached: true,
        isSolved: true,
        situation: '供水稳定。',
      }),
      200,
    );
  });
});
