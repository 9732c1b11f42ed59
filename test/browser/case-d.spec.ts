import type { Locator, Page } from 'playwright-core';
import { type BrowserTest, PHONE, expectAccessible, openBrowser, shot } from '../support/browser';
import { must } from '../support/builders';
import { pdf } from '../support/files';
import { choose, openAct, press, submitAct, write } from '../support/keyboard';
import { aTriagedMatter } from '../support/matters';
import { partiesOf, residentIdOf } from '../support/parties';

const DAY = 86_400_000;

jest.setTimeout(240_000);

/** Case D as its people see it: the helper and the paper, the table and its tasks, the agency on its phone. */
describe('case D on the screen (real application, real browser)', () => {
  let b: BrowserTest;
  let id: string;
  let groupId: string;
  let meetingId: string;
  let desk: Page;
  let agency: Page;

  beforeAll(async () => {
    b = await openBrowser();
    const { t } = b;
    id = await aTriagedMatter(
      t,
      {
        title: '新玉小区三至七号楼长期用水难',
        narrative: '二次供水设施老化，三至七号楼长期水压不足，请求恢复正常供水。',
        headcount: 126,
        parties: [
          { kind: 'person', side: 'applicant', name: '新玉小区用水居民', residentId: residentIdOf('19620301', 31) },
        ],
      },
      { nature: 'other', route: 'agency', isDuplicateChecked: true },
    );
    must(await (await t.as('dispatcher')).post(`/disputes/${id}/undertaking`, {}), 200);
    const intake = await t.as('intake');
    [{ id: groupId } = { id: '' }] = await partiesOf(intake, id);
    for (const name of ['苏和', '陈桂兰', '李树林', '王海', '其木格']) {
      must(
        await intake.post(`/parties/${groupId}/representatives`, {
          kind: 'elected',
          name,
          scope: ['attend', 'receive'],
          validFrom: '2026-09-18',
          authorityNote: '居民会议推选记录，存社区居委会',
        }),
        201,
      );
    }
    must(
      await intake.upload(
        `/disputes/${id}/attachments`,
        { bytes: pdf('授权书'), name: '代办授权书.pdf' },
        { evidenceType: 'authority', form: 'scan', ring: 'center' },
      ),
      201,
    );
  }, 180_000);
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });

  const day = (after: number): string => {
    const at = new Date(b.t.clock.at().getTime() + after * DAY + 8 * 3_600_000);
    return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
  };
  const writeDay = async (page: Page, dialog: Locator, label: string, after: number): Promise<void> => {
    await write(page, dialog.getByLabel(label), day(after));
    await page.keyboard.press('Enter');
  };

  it('the counter takes the authority down, and enters what the helper did once it is signed', async () => {
    const page = await b.signIn('intake', `/matters/${id}?tab=parties`);
    const place = page.getByRole('region', { name: '帮办代办' });
    const dialog = await openAct(page, '登记代办授权', place);
    await press(page, dialog.getByRole('radio', { name: '社区代办员' }), 'Space');
    await write(page, dialog.getByLabel('代办人姓名'), '王芳');
    await write(page, dialog.getByLabel('工作单位或与当事人的关系'), '新玉社区居民委员会');
    await choose(page, dialog.getByLabel('委托的当事人'), '新玉小区用水居民');
    await page.keyboard.press('Escape');
    await press(page, dialog.getByRole('checkbox', { name: '反映情况、提交材料' }), 'Space');
    await press(page, dialog.getByRole('checkbox', { name: '参加会商、转达意见' }), 'Space');
    await writeDay(page, dialog, '授权起始日期', 0);
    await writeDay(page, dialog, '授权截止日期', 60);
    await shot(page, 'case-d-authorize');
    await submitAct(page, dialog, '登记代办授权');
    await place.getByText('还没有生效').waitFor();
    await expectAccessible(page);
    await shot(page, 'case-d-drafted', { fullPage: true });
    const signing = await openAct(page, '存入签名的授权书', place);
    await choose(page, signing.getByLabel('签名的授权书'), /代办授权书/);
    await write(page, signing.getByLabel('签名人'), '苏和、陈桂兰、李树林、王海、其木格');
    await submitAct(page, signing, '存入签名的授权书');
    const deed = await openAct(page, '登记代办', place);
    await choose(page, deed.getByLabel('代办事项'), '反映情况、提交材料');
    await write(page, deed.getByLabel('办理情况'), '提交住户用水情况照片十二张。');
    await submitAct(page, deed, '登记代办');
    await place.getByText('提交住户用水情况照片十二张。').waitFor();
    await shot(page, 'case-d-helper', { fullPage: true });
  });

  it('the desk calls the units to one table', async () => {
    const { t } = b;
    desk = await b.signIn('dispatcher', `/matters/${id}?tab=meetings`);
    await desk.getByText('还没有会商').waitFor();
    const dialog = await openAct(desk, '召集会商');
    await shot(desk, 'case-d-call');
    await expectAccessible(desk);
    await press(desk, dialog.getByRole('button', { name: '取消', exact: true }));
    const [lead, assist] = t.world.agencyIds;
    const called = must<{ id: string }>(
      await (
        await t.as('dispatcher')
      ).post(`/disputes/${id}/meetings`, {
        topic: '新玉小区三至七号楼长期水压不足，研究泵房移交和临时供水。',
        place: '新玉小区社区茶馆',
        meetAt: new Date(t.clock.at().getTime() + 3_600_000).toISOString(),
        rule: 'majority',
        chairAccountId: t.world.account('duty-leader').id,
        recorderName: '王敏',
        items: ['泵房由谁接管', '移交前如何临时供水'],
        units: [
          { agencyId: lead, role: 'lead', personName: '高志远' },
          { agencyId: assist, role: 'assist' },
          { name: '新玉小区居民代表', role: 'attend', personName: '苏和' },
        ],
      }),
      201,
    );
    meetingId = called.id;
    await desk.reload();
    await desk.getByRole('link', { name: '第1次会商' }).waitFor();
    await shot(desk, 'case-d-tab');
  });

  it('the agency signs in on its phone with the code of the room', async () => {
    const screen = await b.signIn('intake', `/meetings/${meetingId}/sign-in`);
    await screen.getByAltText('签到二维码，用手机扫描').waitFor();
    await shot(screen, 'case-d-screen');
    const letters = (await screen.locator('.letters').innerText()).replace(/\s/g, '');
    agency = await b.signIn('liaison', `/agency/meetings/${meetingId}?code=${letters}`, {
      viewport: PHONE,
      isTouch: true,
    });
    const dialog = await openAct(agency, '会商签到');
    await write(agency, dialog.getByLabel('到会人员'), '高志远');
    await choose(agency, dialog.getByLabel('职级'), '科室负责人');
    await submitAct(agency, dialog, '会商签到');
    await agency.getByText('扫码签到').waitFor();
    await expectAccessible(agency);
    await shot(agency, 'case-d-arrived', { fullPage: true });
  });

  it('the record is kept item by item, decided by its rule, with tasks; the chair confirms', async () => {
    await desk.goto(`${new URL(desk.url()).origin}/meetings/${meetingId}`);
    const enter = await openAct(desk, '登记到会');
    await choose(desk, enter.getByLabel('参会单位'), /居民代表/);
    await write(desk, enter.getByLabel('到会人员'), '苏和');
    await choose(desk, enter.getByLabel('职级'), '居民代表');
    await shot(desk, 'case-d-enter');
    await submitAct(desk, enter, '登记到会');
    await submitAct(desk, await openAct(desk, '开会'), '开会');
    const leadName = (await desk.getByRole('region', { name: '参会单位' }).locator('.name').first().innerText()).trim();
    for (const [i, subject] of ['泵房由谁接管', '移交前如何临时供水'].entries()) {
      const item = desk.getByRole('article', { name: `议题${i + 1}` });
      const voice = await openAct(desk, '记录意见和表态', item);
      await choose(desk, voice.getByLabel('参会单位'), new RegExp(leadName));
      await press(desk, voice.getByRole('radio', { name: '同意', exact: true }), 'Space');
      await write(desk, voice.getByRole('textbox', { name: '意见', exact: true }), `${subject}：由我单位负责。`);
      if (i === 0) await shot(desk, 'case-d-voice');
      await submitAct(desk, voice, '记录意见和表态');
      const decided = await openAct(desk, '记录议定结果', item);
      await press(desk, decided.getByRole('radio', { name: '通过', exact: true }), 'Space');
      await write(desk, decided.getByLabel('议定内容'), '一月底前完成移交；移交前每日两次临时供水。');
      await submitAct(desk, decided, '记录议定结果');
      await item.getByText('议定：通过').waitFor();
    }
    const task = await openAct(desk, '交办任务');
    await choose(desk, task.getByLabel('责任单位'), new RegExp(leadName));
    await write(desk, task.getByLabel('责任人'), '高志远');
    await write(desk, task.getByRole('textbox', { name: '任务', exact: true }), '办理泵房移交手续。');
    await writeDay(desk, task, '完成期限', 1);
    await submitAct(desk, task, '交办任务');
    await desk.getByRole('article', { name: '任务1' }).waitFor();
    await expectAccessible(desk);
    await shot(desk, 'case-d-sitting', { fullPage: true });
    const chair = await b.signIn('duty-leader', `/meetings/${meetingId}`);
    const minutes = await openAct(chair, '确认会商纪要');
    await write(chair, minutes.getByLabel('会议议定事项'), '由供水企业接管泵房，一月底前完成移交。');
    await submitAct(chair, minutes, '确认会商纪要');
    await chair.getByText('前可以提出保留意见').waitFor();
    await shot(chair, 'case-d-confirmed', { fullPage: true });
  });

  it('the agency finds its task, reports; the desk accepts it', async () => {
    await agency.goto(`${new URL(agency.url()).origin}/agency/meetings`);
    const mine = agency.getByRole('article', { name: '任务1' });
    await mine.getByText('将到期').waitFor();
    await expectAccessible(agency);
    await shot(agency, 'case-d-own', { fullPage: true });
    const answer = await openAct(agency, '报任务结果', mine);
    await write(agency, answer.getByLabel('完成情况'), '泵房已移交，移交清单见附件。');
    await submitAct(agency, answer, '报任务结果');
    await mine.getByText('已报结果').waitFor();
    await desk.reload();
    const card = desk.getByRole('article', { name: '任务1' });
    const accept = await openAct(desk, '认可任务结果', card);
    await write(desk, accept.getByLabel('核对意见'), '经核对，已完成。');
    await submitAct(desk, accept, '认可任务结果');
    await card.getByText('已完成', { exact: true }).waitFor();
    await desk.setViewportSize(PHONE);
    await shot(desk, 'case-d-phone', { fullPage: true });
  });
});
