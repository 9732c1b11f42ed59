import { FillPhoneEnds } from '../../../src/modules/parties';
import { aMatter, must } from '../../support/builders';
import { aRegisteredMatter } from '../../support/matters';
import { type TestApp, startTestApp } from '../../support/test-app';

interface Item {
  readonly disputeId: string;
  readonly title: string;
  readonly parties: string | null;
  readonly matches: readonly { readonly field: string; readonly fieldName: string; readonly shown: string | null }[];
}

describe('searching matters (real PostgreSQL, real HTTP)', () => {
  let t: TestApp;
  let id: string;
  beforeAll(async () => {
    t = await startTestApp();
    ({ id } = await aMatter(t)
      .with({ title: '麒麟巷漏水纠纷', narrative: '楼上住户暖气爆裂，泡坏楼下古琴一张，双方对赔偿争执不下。' })
      .between(
        { kind: 'person', name: '欧阳古月', side: 'applicant', phone: '13812345678' },
        { kind: 'organization', name: '呼和浩特市鸿雁物业有限公司', side: 'respondent', phone: '0471-6912345' },
      )
      .accepted());
  });
  afterAll(() => t.close());

  const find = async (
    key: string,
    text: string,
    query = '',
  ): Promise<{ items: readonly Item[]; nextCursor: string | null }> =>
    must(await (await t.as(key)).get(`/search?text=${encodeURIComponent(text)}${query}`), 200);
  const fields = async (key: string, text: string): Promise<string[] | undefined> =>
    (await find(key, text)).items.find((i) => i.disputeId === id)?.matches.map((m) => m.field);

  it.each([
    ['a single character of the narrative', '琴', ['narrative']],
    ['two characters of the narrative', '古琴', ['narrative']],
    ['words of the title', '麒麟巷漏水', ['title']],
    ['a name', '欧阳古月', ['party']],
    ['a character of a name', '阳', ['party']],
    ['an organisation', '鸿雁物业', ['party']],
    ['the end of a mobile number', '5678', ['phone']],
    ['a longer end', '345678', ['phone']],
    ['a whole number as typed', '138 1234 5678', ['phone']],
    ['the end of a landline', '2345', ['phone']],
    ['a fragment of the case number', '人调字〔2026〕', ['case-number']],
    ['full width and spaces', ' 麒麟 巷', ['title']],
  ])('finds by %s', async (_, text, expected) => {
    expect(await fields('intake', text)).toEqual(expected);
  });

  it('shows what was found masked, the narrative not at all', async () => {
    expect((await find('intake', '5678')).items[0]).toMatchObject({
      disputeId: id,
      title: '麒麟巷漏水纠纷',
      parties: '欧某、呼和浩特市鸿雁物业有限公司',
      matches: [{ field: 'phone', fieldName: '电话', shown: '欧某 138****5678' }],
    });
    const { items } = await find('intake', '古琴');
    expect(items[0]?.matches).toEqual([{ field: 'narrative', fieldName: '纠纷简要情况', shown: null }]);
    expect(JSON.stringify(items)).not.toContain('欧阳古月');
  });

  it('does not find by what is not there: other ends, wild cards, quotes, and ends of fewer than four digits', async () => {
    for (const text of ['5679', '945678', '%', '_', "'", '\\', '古_琴', "琴'", '古琴琴']) {
      expect([text, await fields('intake', text)]).toEqual([text, undefined]);
    }
    expect(await fields('intake', '678')).toBeUndefined();
    expect((await (await t.as('intake')).get('/search?text=%20')).status).toBe(400);
    expect((await (await t.as('intake')).get('/search?text=x&cursor=y')).status).toBe(400);
  });

  it('finds for each only what they may read: directors no words, strangers nothing, sealed matters by number alone', async () => {
    expect(await fields('director', '麒麟巷')).toEqual(['title']);
    expect(await fields('director', '古琴')).toBeUndefined();
    expect(await fields('director', '欧阳古月')).toBeUndefined();
    expect(await fields('director', '5678')).toBeUndefined();
    for (const key of ['intake:foreign', 'mediator', 'mediator-2', 'grid-worker']) {
      expect([key, await fields(key, '麒麟巷')]).toEqual([key, undefined]);
      expect([key, await fields(key, '5678')]).toEqual([key, undefined]);
    }
    expect(await fields('committee-director', '古琴')).toEqual(['narrative']);
    for (const key of ['liaison', 'system-admin', 'auditor']) {
      expect((await (await t.as(key)).get('/search?text=x')).status).toBe(403);
    }
    expect((await t.anonymous.get('/search?text=x')).status).toBe(401);

    const sealed = await aRegisteredMatter(t, { title: '貔貅街家庭纠纷', narrative: '涉及獬豸。' });
    const { version } = must<{ version: number }>(await (await t.as('dispatcher')).get(`/disputes/${sealed}`), 200);
    expect((await find('dispatcher', '貔貅')).items).toHaveLength(1);
    must(
      await (
        await t.as('dispatcher')
      ).post(
        `/disputes/${sealed}/seal`,
        { reason: '涉及未成年人。', accountIds: [t.world.account('director').id] },
        { ifMatch: version },
      ),
      200,
    );
    expect((await find('dispatcher', '貔貅')).items).toEqual([]);
    expect((await find('dispatcher', '獬豸')).items).toEqual([]);
    expect((await find('intake', '貔貅')).items).toEqual([]);
  });

  it('follows what is changed, and numbers taken down before their ends were kept', async () => {
    const matter = await aMatter(t)
      .between({ kind: 'person', name: '甪端', side: 'applicant', phone: '13900001111' })
      .registered();
    expect((await find('intake', '1111')).items.map((i) => i.disputeId)).toEqual([matter.id]);
    await t.sql('update party set phone_end_index = null where dispute_id = $1', [matter.id]);
    expect((await find('intake', '1111')).items).toEqual([]);
    expect(await t.app.get(FillPhoneEnds).fill()).toBe(1);
    expect((await find('intake', '1111')).items.map((i) => i.disputeId)).toEqual([matter.id]);
    expect((await find('intake', '甪端')).items.map((i) => i.disputeId)).toEqual([matter.id]);
  });

  it('gives pages, each matter once', async () => {
    const all: string[] = [];
    for (let i = 0; i < 7; i += 1) all.push(await aRegisteredMatter(t, { title: `翻页饕餮第${String(i)}件` }));
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 9; pages += 1) {
      const page = await find('intake', '饕餮', `&limit=3${cursor}`);
      seen.push(...page.items.map((i) => i.disputeId));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual([...all].reverse());
  });

  it('leaves one audit entry per search, without what was searched', async () => {
    const count = async (): Promise<number> =>
      (await t.sql<{ n: number }>("select count(*)::int as n from audit_entry where act = 'search.find'"))[0]?.n ?? 0;
    const before = await count();
    await find('intake', '欧阳古月');
    expect(await count()).toBe(before + 1);
    const [entry] = await t.sql<{ body: string }>(
      "select body from audit_entry where act = 'search.find' order by at desc, seq desc limit 1",
    );
    expect(entry?.body).toContain('"hits":1');
    expect(entry?.body).not.toContain('欧阳');
  });
});
