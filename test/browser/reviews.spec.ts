import { aMatter, must } from '../support/builders';
import { type BrowserTest, expectAccessible, openBrowser, PHONE, shot } from '../support/browser';

/** A round of review from the draw to the answer, and a list of subsidies made of what it came to. */
describe('review of files and subsidies', () => {
  let b: BrowserTest;
  let matter: string;
  beforeAll(async () => {
    b = await openBrowser();
    b.expectStatus(422);
    matter = (await aMatter(b.t).with({ title: '楼上漏水损坏家具纠纷' }).assigned()).id;
    const other = (await aMatter(b.t).mediatedBy('mediator-2').assigned()).id;
    await b.t.sql(
      `update dispute set state = 'closed', outcome = 'oral-agreement', mediation_state = 'oral-agreed', closed_at = $2::timestamptz where id = any ($1)`,
      [[matter, other], b.t.clock.at()],
    );
    await b.t.sql(
      `insert into agreement (id, dispute_id, ordinal, kind, relation, state, is_partial, reached_at, effective_at, effective_on, created_at)
         select gen_random_uuid(), d, 1, 'oral', 'original', 'effective', false, $2::timestamptz, $2::timestamptz, ($2::timestamptz at time zone 'Asia/Shanghai')::date, $2::timestamptz
           from unnest($1::uuid[]) d`,
      [[matter, other], b.t.clock.at()],
    );
  });
  afterAll(async () => {
    b.expectQuiet();
    await b.close();
  });
  const today = (): string => new Date(b.t.clock.at().getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

  it('is drawn, marked beside the dossier, answered by the handler and summed up', async () => {
    const page = await b.signIn('supervisor', '/reviews');
    await page.getByText('还没有评查过').waitFor();
    await page.getByRole('button', { name: '抽取卷宗评查' }).press('Enter');
    const form = page.getByRole('dialog', { name: '抽取卷宗评查' });
    await form.getByRole('textbox', { name: '评查名称' }).fill('第三季度卷宗评查');
    for (const name of ['办结日期起', '办结日期止']) {
      const field = form.getByRole('combobox', { name });
      await field.fill(today());
      await field.press('Enter');
    }
    await form.getByRole('combobox', { name: '评查人' }).press('Enter');
    await page.getByRole('option', { name: '陈督办' }).click();
    await page.keyboard.press('Escape');
    await shot(page, 'review-draw');
    await form.getByRole('button', { name: '抽取卷宗评查' }).press('Enter');
    await form.waitFor({ state: 'hidden' });
    await page.getByRole('heading', { name: '等您办理' }).waitFor();
    await shot(page, 'review-list');
    await expectAccessible(page);

    const [file] = await b.t.sql<{ id: string }>('select id from review_file where dispute_id = $1', [matter]);
    await page.goto(`${b.url}/reviews/${file?.id ?? ''}`);
    await page.getByRole('heading', { name: '卷内目录' }).waitFor();
    await page.getByRole('group', { name: '材料齐全' }).getByText('还没有权利义务告知书').first().waitFor();
    const score = page.getByRole('spinbutton', { name: '材料齐全得分' });
    await score.fill('14');
    await score.press('Tab');
    await page.getByRole('button', { name: '提交评查结果' }).press('Enter');
    await page.getByText('材料齐全扣了分，请写明意见。').first().waitFor();
    await page.getByRole('textbox', { name: '材料齐全意见' }).fill('没有权利义务告知书，请补入双方签收的原件。');
    await shot(page, 'review-mark', { fullPage: true });
    await expectAccessible(page);
    await page.getByRole('button', { name: '提交评查结果' }).press('Enter');
    await page.getByText('94分，优').waitFor();
    await shot(page, 'review-marked');

    const handler = await b.signIn('mediator', '/worklist');
    await handler.getByText('卷宗评查有意见，请整改或者说明').first().waitFor();
    await handler.goto(`${b.url}/matters/${matter}?tab=reviews`);
    await handler.getByRole('button', { name: '答复评查意见' }).press('Enter');
    const answer = handler.getByRole('dialog', { name: '答复评查意见' });
    await answer.getByRole('radio', { name: '已整改' }).check({ force: true });
    await answer.getByRole('textbox', { name: '材料齐全的说明' }).fill('已补入双方签收的权利义务告知书。');
    await shot(handler, 'review-answer');
    await expectAccessible(handler);
    await answer.getByRole('button', { name: '提交答复' }).press('Enter');
    await answer.waitFor({ state: 'hidden' });
    await handler.getByText('待复核').first().waitFor();
    await handler.setViewportSize(PHONE);
    await shot(handler, 'review-answered-phone');

    await page.reload();
    await page.getByRole('button', { name: '办结评查' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: '办结评查' }).press('Enter');
    await page.getByText('已办结').first().waitFor();
    const [round] = await b.t.sql<{ id: string }>('select id from review_round');
    await page.goto(`${b.url}/reviews/rounds/${round?.id ?? ''}`);
    await page.getByText('按随机数重新计算，结果相同').waitFor();
    await shot(page, 'review-round', { fullPage: true });
    await expectAccessible(page);
  });

  it('sets rules, makes a list, and takes it through three hands', async () => {
    const director = await b.signIn('director', '/subsidies');
    await director.getByRole('button', { name: '设定以案定补标准' }).press('Enter');
    const form = director.getByRole('dialog', { name: '设定以案定补标准' });
    await form.getByRole('combobox', { name: '自哪一天执行' }).fill('2026-01-01');
    await form.getByRole('combobox', { name: '自哪一天执行' }).press('Enter');
    await form.getByRole('textbox', { name: '依据' }).fill('《新城区人民调解以案定补办法》第六条');
    for (const [i, amount] of [300, 350, 150, 200, 200, 250, 100, 150, 0, 0, 0, 0, 100, 150, 50, 80].entries())
      await form
        .getByRole('textbox', { name: /（元）$/ })
        .nth(i)
        .fill(String(amount));
    await shot(director, 'subsidy-rules');
    await form.getByRole('button', { name: '设定标准' }).press('Enter');
    await form.waitFor({ state: 'hidden' });
    await director.getByText('现行').waitFor();

    const { id } = must<{ id: string }>(
      await (
        await b.t.as('archivist')
      ).post(`/centers/${b.t.world.centerId}/subsidy-lists`, { from: '2026-01-01', to: today() }),
      201,
    );
    const checker = await b.signIn('duty-leader', `/subsidies/${id}`);
    await checker.getByRole('button', { name: '核对名单' }).press('Enter');
    await checker.getByRole('dialog').getByRole('button', { name: '核对名单' }).press('Enter');
    await checker.getByText('孙值班于').waitFor();
    await shot(checker, 'subsidy-list', { fullPage: true });
    await expectAccessible(checker);
    await director.goto(`${b.url}/subsidies`);
    await director.getByText('暂缓 1 件').waitFor();
    await shot(director, 'subsidies', { fullPage: true });
    await expectAccessible(director);
  });
});
