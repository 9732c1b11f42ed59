import { FillPhoneEnds } from '../../../src/modules/parties';
import { KeepSearchWords } from '../../../src/modules/search/application/keep-search-words';
import { UnitOfWork } from '../../../src/platform/database';
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
      .with({
        title: '麒麟巷漏水纠纷',
        narrative: '楼上住户暖气爆裂，泡坏楼下古琴一张，双方对赔偿争执不下。',
        place: '螭吻巷９号院',
      })
      .between(
        { kind: 'person', name: '欧阳古月', side: 'applicant', phone: '13812345678' },
        { kind: 'organization', name: '呼和浩特市鸿雁物业有限公司', side: 'respondent', phone: '0471-6912345' },
      )
      .representing(0, {
        kind: 'entrusted',
        name: '𠮷野·䶮',
        phone: '13612340987',
        scope: ['attend'],
        validFrom: '2026-01-01',
        validTo: '2027-12-31',
        authorityNote: '授权委托书原件存卷',
      })
      .consented());
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
    ['a place, in full width or half', '螭吻巷９号', ['place']],
    ['one character of a place', '螭', ['place']],
    ['a representative with characters outside the first plane', '𠮷野·䶮', ['representative']],
    ['one rare character', '𠮷', ['representative']],
    ['another rare character', '䶮', ['representative']],
    ['the telephone of a representative', '0987', ['phone']],
    ['a number in other brackets', '新城人调字[2026]', ['case-number']],
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

  it('finds a name with a dot by every form of the dot, with spaces around it, and without', async () => {
    const { id: dotted } = await aMatter(t)
      .between({ kind: 'person', name: '阿依夏木・买买提江', side: 'applicant' })
      .registered();
    for (const typed of ['·', '•', '‧', '・', '∙', '⋅', '･', '．', '.', ' · ', ' • ', '']) {
      for (const text of [`阿依夏木${typed}买买提江`, `夏木${typed}买`]) {
        const { items } = await find('intake', text);
        expect([text, items.map((i) => i.disputeId)]).toEqual([text, [dotted]]);
      }
    }
  });

  it('puts what is exactly as asked before everything else, also across pages, and each matter once', async () => {
    const named = (name: string, title: string): Promise<{ id: string }> =>
      aMatter(t).with({ title }).between({ kind: 'person', name, side: 'applicant' }).registered();
    const { id: old } = await named('夔牛', '一件旧事');
    const others: string[] = [];
    for (let i = 0; i < 3; i += 1) others.push((await named(`夔牛${String(i)}娃`, `又一件${String(i)}`)).id);
    const { id: both } = await named('夔牛', '夔牛当事的又一件');
    const seen: string[][] = [];
    let cursor = '';
    for (let turn = 0; turn < 9; turn += 1) {
      const page = await find('intake', '夔牛', `&limit=2${cursor}`);
      seen.push(page.items.map((i) => i.disputeId));
      if (page.nextCursor === null) break;
      cursor = `&cursor=${page.nextCursor}`;
    }
    expect(seen).toEqual([[both, old], [others[2], others[1]], [others[0]]]);
  });

  it('gives a director full pages of titles, however many narratives hold the word', async () => {
    await aRegisteredMatter(t, { title: '狻猊路停车纠纷', narrative: '停车。' });
    for (let i = 0; i < 5; i += 1)
      await aRegisteredMatter(t, { title: `停车第${String(i)}件`, narrative: '在狻猊路停车。' });
    await aRegisteredMatter(t, { title: '狻猊路车棚纠纷', narrative: '车棚。' });
    const first = await find('director', '狻猊', '&limit=1');
    expect(first.items.map((i) => i.title)).toEqual(['狻猊路车棚纠纷']);
    const second = await find('director', '狻猊', `&limit=1&cursor=${first.nextCursor ?? ''}`);
    expect([second.items.map((i) => i.title), second.nextCursor]).toEqual([['狻猊路停车纠纷'], null]);
    expect((await find('intake', '狻猊')).items).toHaveLength(7);
  });

  it('makes anew what was written before the form of texts changed, by parts, once', async () => {
    const keep = t.app.get(KeepSearchWords);
    const words = await t.sql('select * from app.matter_search order by dispute_id');
    await t.sql("update app.matter_search set words = 'x', head = null, marks = '{}'");
    expect(await fields('intake', '麒麟巷')).toBeUndefined();
    expect(await keep.rebuild(2)).toBe(words.length);
    expect(await t.sql('select * from app.matter_search order by dispute_id')).toEqual(words);
    expect(await keep.rebuild(2)).toBe(0);
    await expect(t.app.get(UnitOfWork).run((tx) => tx.query('select app.rebuild_search(1)'))).rejects.toThrow();
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
