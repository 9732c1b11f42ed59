import { readdirSync } from 'node:fs';
import { switchAccessGuardOff } from '../../../src/platform/auth';
import { Papers } from '../../../src/modules/documents';
import { OutboxDispatcher } from '../../../src/platform/database';
import { PaperEngine } from '../../../src/platform/pdf';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { issuedText } from '../../support/issued-papers';
import { textOf } from '../../support/paper-fixtures';
import { aSlip } from '../../support/slips';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aSeal, codeOf, onScreen } from '../agreements/stage';

interface Template {
  readonly source: string;
  readonly isOwn: boolean;
  readonly version: number;
  readonly problem: string | null;
  readonly allowedActs: string[];
  readonly fields: { name: string; label: string; text: string; depth: number }[];
  readonly versions: {
    number: number;
    isHouse: boolean;
    restoredFrom: number | null;
    note: string;
    madeByName: string;
    endedAt: string | null;
  }[];
}
interface Item {
  readonly id: string;
  readonly number: number;
  readonly isOwn: boolean;
  readonly problem: string | null;
}
interface Problem {
  readonly line: number | null;
  readonly problem: string;
}

const NOTICE = {
  applicant: '李建国',
  kind: 'supplement',
  materials: [{ name: '亲属关系证明', form: '原件1份' }],
  office: '新城区综治中心一楼综合受理窗口',
};

/** A center writes its own words; real application, PostgreSQL and PDF. */
describe('a center’s own paper templates', () => {
  let t: TestApp;
  let leader: Caller;
  let mediator: Caller;
  let own: string;
  let matter: BuiltMatter;

  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    [leader, mediator] = [await t.as('duty-leader'), await t.as('mediator')];
    own = (await read('agreement')).source;
    matter = await aMatter(t).agreed();
  });
  afterAll(() => t.close());

  const path = (id: string, act = '', centerId = t.world.centerId): string =>
    `/centers/${centerId}/paper-templates/${id}${act}`;
  const read = async (id: string): Promise<Template> => must<Template>(await leader.get(path(id)), 200);
  const check = async (source: string, id = 'agreement'): Promise<readonly Problem[]> =>
    must<{ problems: Problem[] }>(await leader.post(path(id, '/check'), { source }), 200).problems;
  const preview = async (source: string): Promise<{ status: number; type: string | undefined; bytes: Buffer }> => {
    const reply = await leader.fetchPost(path('agreement', '/preview'), { source });
    return { status: reply.status, type: reply.headers['content-type'], bytes: reply.body as Buffer };
  };
  const enable = (source: string, version: number, id = 'agreement', note = '改标题'): Promise<Reply> =>
    leader.post(path(id, '/versions'), { source, note }, { ifMatch: version });
  const restore = (number: number, version: number, id = 'agreement'): Promise<Reply> =>
    leader.post(path(id, '/restoration'), { number, note: '改回去' }, { ifMatch: version });
  const titled = (title: string): string => own.replace('# 人民调解协议书', `# ${title}`);
  /** Puts a title in force on the agreement whatever is there. */
  const enabled = async (title: string): Promise<void> => {
    must(await enable(titled(title), (await read('agreement')).version), 201);
  };

  async function drafted(): Promise<Standing> {
    const built = await aMatter(t).agreed();
    const body = { kind: 'written', facts: '双方就借款发生争议。', clauses: ['一方返还借款。'], obligations: [] };
    const { id, version } = must<Standing>(await mediator.post(`/disputes/${built.id}/agreements`, body), 201);
    const frozen = must<Standing>(await mediator.post(`/agreements/${id}/freezing`, {}, { ifMatch: version }), 200);
    await mediator.post(`/agreements/${id}/electronic-consents`, {
      partyIds: built.partyIds,
      agreedOn: t.clock.at().toISOString().slice(0, 10),
    });
    const sign = async (by: Caller, slot: string): Promise<Standing> =>
      must<Standing>(
        await by.post(`/agreements/${id}/tablet-signatures`, {
          ...onScreen(t, frozen.contentHash),
          slot,
          identityCheck: slot.startsWith('party') ? 'document-compared' : 'own-account',
        }),
        200,
      );
    for (const [i] of built.partyIds.entries()) await sign(mediator, `party-${i + 1}`);
    await sign(mediator, 'mediator-1');
    return sign(await t.as('recorder'), 'recorder');
  }

  it('begin as the house’s, with the content they may print', async () => {
    const { items } = must<{ items: Item[] }>(await leader.get(path('').replace(/\/$/, '')), 200);
    expect(items).toHaveLength(readdirSync('templates').filter((file) => file.endsWith('.tpl.md')).length);
    expect(new Set(items.map(({ number, isOwn, problem }) => `${number} ${isOwn} ${problem}`))).toEqual(
      new Set(['0 false null']),
    );
    const template = await read('agreement');
    expect(template).toMatchObject({
      version: 0,
      versions: [],
      allowedActs: ['templates.enable', 'templates.restore'],
    });
    expect(template.source).not.toContain('example:');
    expect(template.fields).toContainEqual(
      expect.objectContaining({ name: 'parties', text: '{% for p in parties %}\n\n{% endfor %}', depth: 0 }),
    );
    expect(template.fields).toContainEqual(
      expect.objectContaining({ name: 'p.kind', label: '当事人类别', text: '{{ p.kind_label }}', depth: 1 }),
    );
    for (const { id } of items) {
      const { source, fields } = await read(id);
      expect([id, await check(source, id)]).toEqual([id, []]);
      const texts = fields.filter(({ depth }) => depth === 0).map(({ text }) => text);
      expect([id, await check([source, ...texts].join('\n'), id)]).toEqual([id, []]);
    }
    expect((await leader.get(path('nothing'))).status).toBe(404);
    expect((await restore(0, 0, 'nothing')).status).toBe(404);
  });

  it('are shown with example data before anybody depends on them, and nothing of it is kept', async () => {
    const before = await t.sql('select count(*) as n from paper_template');
    const reply = await preview(titled('调 解 协 议'));
    expect([reply.status, reply.type]).toEqual([200, 'application/pdf']);
    expect(textOf(reply.bytes)).toContain('调解协议');
    expect(textOf(reply.bytes)).toContain('孙志强');
    expect(textOf(reply.bytes)).toContain('未生效');
    expect(await t.sql('select count(*) as n from paper_template')).toEqual(before);
    expect(await t.sql('select 1 from template_version')).toEqual([]);
  });

  it('come in force with a note, for this center alone, and are told as versions', async () => {
    const text = titled('东街街道调解协议');
    expect((await leader.post(path('agreement', '/versions'), { source: text, note: '改标题' })).status).toBe(428);
    const first = must<Template>(await enable(text, 0), 201);
    expect(first).toMatchObject({ isOwn: true, version: 1, source: text });
    expect(first.versions).toEqual([
      expect.objectContaining({ number: 1, note: '改标题', isHouse: false, endedAt: null }),
    ]);
    expect((await enable(titled('别的'), 0)).status).toBe(412);
    expect(codeOf(await enable(text, 1))).toEqual([409, 'templates.unchanged']);
    const second = must<Template>(await enable(titled('东街街道人民调解协议'), 1, 'agreement', '补“人民”二字'), 201);
    expect(second.versions.map(({ number, endedAt }) => [number, endedAt !== null])).toEqual([
      [2, false],
      [1, true],
    ]);
    const old = must<{ source: string }>(await leader.get(path('agreement', '/source?number=1')), 200);
    expect(old.source).toBe(text);
    const { lines } = must<{ lines: { kind: string; text: string; before: number | null; after: number | null }[] }>(
      await leader.get(path('agreement', '/difference?from=0&to=2')),
      200,
    );
    const line = own.split('\n').indexOf('# 人民调解协议书') + 1;
    expect(lines.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: '# 人民调解协议书', before: line, after: null },
      { kind: 'added', text: '# 东街街道人民调解协议', before: null, after: line },
    ]);
    const audit = await t.sql<{ act: string; details: object }>(
      "select act, body::jsonb -> 'details' as details from audit_entry where object_type = 'template-version' order by seq",
    );
    expect(audit).toEqual([
      expect.objectContaining({ act: 'templates.enable', details: expect.objectContaining({ number: 1 }) as object }),
      expect.objectContaining({
        act: 'templates.enable',
        details: expect.objectContaining({ number: 2, before: 1, note: '补“人民”二字' }) as object,
      }),
    ]);
    const foreign = must<Template>(
      await (await t.as('duty-leader:foreign')).get(path('agreement', '', t.world.foreignCenterId)),
      200,
    );
    expect(foreign).toMatchObject({ isOwn: false, version: 0 });
  });

  it('go back to an earlier version, or to the house’s', async () => {
    const back = must<Template>(await restore(1, 2), 201);
    expect(back).toMatchObject({ version: 3, source: titled('东街街道调解协议') });
    const house = must<Template>(await restore(0, 3), 201);
    expect(house).toMatchObject({ version: 4, isOwn: false, source: own });
    expect(house.versions[0]).toMatchObject({ isHouse: true, restoredFrom: 0 });
    expect(house.versions[1]).toMatchObject({ isHouse: false, restoredFrom: 1 });
    expect(codeOf(await restore(0, 4))).toEqual([409, 'templates.unchanged']);
    expect((await restore(99, 4)).status).toBe(404);
  });

  describe('on paper', () => {
    it('every drawing uses the one in force; another center draws the house’s', async () => {
      await enabled('本中心协议');
      const body = { kind: 'written', facts: '双方就借款发生争议。', clauses: ['返还借款。'], obligations: [] };
      const { id } = must<Standing>(await mediator.post(`/disputes/${matter.id}/agreements`, body), 201);
      const shown = must<Buffer>(await mediator.download(`/agreements/${id}/preview`), 200);
      expect(textOf(shown)).toContain('本中心协议');

      const slip = await read('contact-slip');
      must(await enable(slip.source.replace(/^# .*$/m, '# 本中心联系单'), 0, 'contact-slip'), 201);
      const intake = await t.as('intake');
      expect(textOf((await aSlip(t, intake, matter.id)).pdf)).toContain('本中心联系单');

      const notice = await read('one-time-notice');
      must(await enable(notice.source.replace(/^# .*$/m, '# 本中心告知单'), 0, 'one-time-notice'), 201);
      expect(await issuedText(intake, matter.id, 'one-time-notice', NOTICE)).toContain('本中心告知单');
      const abroad = await t.as('intake:foreign');
      const { id: far } = must<{ id: string }>(
        await abroad.post('/disputes', {
          centerId: t.world.foreignCenterId,
          channel: 'visit',
          title: '借款',
          narrative: '借款未还',
        }),
        201,
      );
      expect(await issuedText(abroad, far, 'one-time-notice', NOTICE)).not.toContain('本中心');
    });

    it('an issued paper is drawn again with its own template', async () => {
      const intake = await t.as('intake');
      const paper = must<{ id: string; version: number; templateVersion: string }>(
        await intake.post(`/disputes/${matter.id}/papers`, { templateId: 'one-time-notice', parameters: NOTICE }),
        201,
      );
      expect(paper.templateVersion).toMatch(/^\d+\.\d+\.\d+\+1$/);
      must(await restore(0, 1, 'one-time-notice'), 201);
      const reason = { reason: '姓名写错' };
      must(await leader.post(`/papers/${paper.id}/voiding`, reason, { ifMatch: paper.version }), 200);
      await t.app.get(OutboxDispatcher).drain();
      const voided = textOf(must<Buffer>(await intake.download(`/papers/${paper.id}/file?copy=voided`), 200));
      expect(voided).toContain('已作废');
      expect(voided).toContain('本中心告知单');
      expect(await issuedText(intake, matter.id, 'one-time-notice', NOTICE)).not.toContain('本中心告知单');
    });

    it('a text frozen for signing is sealed as it was frozen, whatever has come in force since', async () => {
      await enabled('定稿时的协议书');
      const { id, version } = await drafted();
      await enabled('后来的协议书');
      const shown = must<Buffer>(await mediator.download(`/agreements/${id}/preview`), 200);
      expect(textOf(shown)).toContain('定稿时的协议书');
      const director = await t.as('committee-director');
      must(await director.post(`/agreements/${id}/sealing`, {}, { ifMatch: version }), 200);
      const { paper } = must<{ paper: { id: string } }>(await mediator.get(`/agreements/${id}`), 200);
      const sealed = textOf(must<Buffer>(await mediator.download(`/papers/${paper.id}/file`), 200));
      expect(sealed).toContain('定稿时的协议书');
      expect(sealed).not.toContain('后来的协议书');
      // Frozen before templates were kept at the freeze: the house's is known by its hash all the same.
      const { templates } = t.app.get(PaperEngine);
      const options = { centerId: t.world.centerId, createdAt: t.clock.at(), draft: { number: 1 } };
      const old = await t.app.get(Papers).render('agreement', templates.exampleOf('agreement'), {
        ...options,
        templateHash: templates.get('agreement').hash,
      });
      expect(old.templateVersion).not.toContain('+');
    });

    it('a version that comes in force while a paper is drawn stops that paper', async () => {
      const papers = t.app.get(Papers);
      const file = papers.file.bind(papers);
      const { source, version } = await read('one-time-notice');
      const spy = jest.spyOn(papers, 'file').mockImplementationOnce(async (...given) => {
        must(await enable(source.replace(/^# .*$/m, '# 刚启用的告知单'), version, 'one-time-notice'), 201);
        return file(...given);
      });
      const intake = await t.as('intake');
      const issue = (): Promise<Reply> =>
        intake.post(`/disputes/${matter.id}/papers`, { templateId: 'one-time-notice', parameters: NOTICE });
      const refused = await issue();
      spy.mockRestore();
      expect(codeOf(refused)).toEqual([409, 'papers.template-changed']);
      expect((refused.body as { detail: string }).detail).toBe(
        '出具文书时，中心刚启用了新的文书模板。请重新预览，核对后再出具。',
      );
      expect((await issue()).status).toBe(201);
    });

    it('of two who put a version in force from the same one, one comes late', async () => {
      const { version } = await read('agreement');
      const replies = await Promise.all([enable(titled('甲'), version), enable(titled('乙'), version)]);
      expect(replies.map(({ status }) => status).sort()).toEqual([201, 412]);
      const rows = await t.sql(
        "select 1 from template_version where template_id = 'agreement' and ended_at is null and center_id = $1",
        [t.world.centerId],
      );
      expect(rows).toHaveLength(1);
    });

    it('a version that no longer fits the program’s contract steps aside for the house’s, and the list says so', async () => {
      await t.sql(
        `insert into template_version (id, center_id, template_id, number, source, hash, note, made_by_name, made_at)
         values (gen_random_uuid(), $1, 'rights-notice', 1, '{{ gone }}', 'x', '旧', '旧', now())`,
        [t.world.centerId],
      );
      const { items } = must<{ items: Item[] }>(await leader.get(path('').replace(/\/$/, '')), 200);
      expect(items.find(({ id }) => id === 'rights-notice')?.problem).toContain('暂用统一模板');
      const papers = t.app.get(Papers);
      const data = t.app.get(PaperEngine).templates.exampleOf('rights-notice');
      const options = { centerId: t.world.centerId, createdAt: t.clock.at(), draft: { number: 1 } };
      expect((await papers.render('rights-notice', data, options)).templateVersion).not.toContain('+');
    });
  });

  describe('refuse what would harm', () => {
    it('a broken text: every mistake by its line, and the one in use stays', async () => {
      const before = await read('agreement');
      const broken = own
        .replace('# 人民调解协议书', '# {{ nmber }}\n@sael 甲\n{{ total | rnb }}')
        .replace('@endtable', '');
      const problems = await check(broken);
      expect(problems.map(({ problem }) => problem)).toEqual([
        '没有名为“nmber”的内容，是不是想写“number”？',
        '不认识“@sael”，是不是想写“seal”？',
        '没有名为“rnb”的格式，是不是想写“rmb”？',
        expect.stringMatching(/^这里结束的是“if”，但第\d+行的“table”还没有结束$/),
      ]);
      const line = broken.split('\n').indexOf('# {{ nmber }}') + 1;
      expect(problems[0]?.line).toBe(line);
      const refused = await enable(broken, before.version);
      expect(codeOf(refused)).toEqual([422, 'pdf.broken-template']);
      expect(refused.body).toMatchObject({
        detail: '《人民调解协议书》的模板有4处要改，改好以后才能使用。现在用的模板没有变。',
        errors: expect.arrayContaining([
          expect.objectContaining({ detail: `第${line}行：没有名为“nmber”的内容，是不是想写“number”？` }),
        ]) as object[],
      });
      expect((await preview(broken)).status).toBe(422);
      expect((await read('agreement')).version).toBe(before.version);
    });

    it('a text without the signature slots, the seal, the code or the page foot', async () => {
      const bare = '---\nfooter: { center: 共一页 }\n---\n# 协议\n{{ facts }}';
      const words = (await check(bare)).map(({ problem }) => problem).join('\n');
      for (const part of [
        '缺少签名位“当事人',
        '缺少签名位“人民调解员',
        '缺少盖章处',
        '缺少二维码',
        '页脚 footer 缺少 {{ number }}',
        '没有印出“协议内容”',
      ])
        expect(words).toContain(part);
      expect((await enable(bare, (await read('agreement')).version)).status).toBe(422);
    });

    it('loops that explode, thousands of pages, and texts of megabytes, without delay', async () => {
      const began = Date.now();
      const loops = `{% for a in parties %}\n{% for b in parties %}\n{% for c in clauses %}\n${'{{ facts }}'.repeat(300)}\n{% endfor %}\n{% endfor %}\n{% endfor %}\n`;
      expect((await check(own.replace('@space 0.5', loops)))[0]?.problem).toContain('印出的内容已经太多');
      const pages = await preview(own.replace('@space 0.5', '@pagebreak\n@space 1\n字\n'.repeat(2000)));
      expect(pages.status).toBe(422);
      expect(pages.bytes.toString()).toContain('页，最多30页，请删减');
      const range = "{{ (1..100000000) | join: '、' }}\n{% for i in (1..100000) %}\n字\n{% endfor %}";
      const numbers = await check(own.replace('@space 0.5', range));
      expect(numbers.map(({ problem }) => problem)).toEqual([
        expect.stringMatching(/这里不能列出一串数字$/),
        expect.stringMatching(/这里不能列出一串数字$/),
      ]);
      const long = await leader.post(path('agreement', '/check'), { source: '字'.repeat(60_001) });
      expect([long.status, (long.body as { errors: { detail: string }[] }).errors[0]?.detail]).toEqual([
        400,
        '模板内容不能超过 60000 字',
      ]);
      expect((await leader.post(path('agreement', '/check'), { source: 'a'.repeat(5_000_000) })).status).toBe(413);
      for (const slow of ['{'.repeat(50_000), `{% if ${' '.repeat(3900)}x`, '__**'.repeat(12_000), '{{'.repeat(1900)])
        expect((await check(`${own}\n${slow}`)).length).toBeGreaterThan(0);
      expect(Date.now() - began).toBeLessThan(10_000);
    });

    it('a reach into the program', async () => {
      for (const path of ['constructor', 'parties.constructor', 'facts.__proto__', 'process.env', 'global'])
        expect((await check(`${own}\n{{ ${path} }}`))[0]?.problem).toMatch(/^没有名为/);
      const source = `${own}\n{{ parties | map: 'constructor' | join }}{{ recorder['constructor'] }}`;
      const reply = await preview(source);
      if (reply.status === 200) expect(textOf(reply.bytes)).not.toMatch(/function|native/);
      for (const tag of ['include', 'render', 'assign', 'capture', 'layout'])
        expect((await check(`${own}\n{% ${tag} 'x' %}`))[0]?.problem).toContain(`不认识 {% ${tag} %}`);
    });

    it('what a party said is printed as it was said, in a center’s own template as well', async () => {
      await enabled('照实印出');
      const said = [
        '# 我的标题',
        '@seal 假公章',
        '@sign x | 假签名',
        '{% for p in parties %}{{ p.name }}{% endfor %}',
        '**不加粗** __不划线__',
        '<b>不是网页</b>',
        '@pagebreak',
        '{{ number }}',
      ];
      const papers = t.app.get(Papers);
      const example = t.app.get(PaperEngine).templates.exampleOf('agreement');
      const options = { centerId: t.world.centerId, createdAt: t.clock.at(), draft: { number: 1 } };
      const plain = await papers.render('agreement', example, options);
      const drawn = await papers.render('agreement', { ...example, facts: said.join('\n') }, options);
      const text = textOf(drawn.bytes);
      for (const line of said) expect(text).toContain(line.replace(/\s/g, ''));
      expect(drawn.sealBoxes).toHaveLength(1);
      expect(drawn.signatureBoxes.map(({ slot }) => slot)).toEqual(plain.signatureBoxes.map(({ slot }) => slot));
    });
  });

  it('are kept by those who answer for the center’s papers', async () => {
    const body = { source: own, note: '试' };
    for (const key of [
      'intake',
      'dispatcher',
      'mediator',
      'committee-director',
      'director',
      'security-admin',
      'auditor',
      'duty-leader:foreign',
    ]) {
      const caller = await t.as(key);
      const replies = [
        await caller.get(path('agreement')),
        await caller.get(path('agreement', '/source?number=0')),
        await caller.get(path('agreement', '/difference?from=0&to=0')),
        await caller.post(path('agreement', '/check'), { source: own }),
        await caller.post(path('agreement', '/preview'), { source: own }),
        await caller.post(path('agreement', '/versions'), body, { ifMatch: 0 }),
        await caller.post(path('agreement', '/restoration'), { number: 0, note: '试' }, { ifMatch: 0 }),
      ];
      expect([key, replies.map(({ status }) => status)]).toEqual([key, Array(7).fill(403)]);
    }
    expect((await t.anonymous.get(path('agreement'))).status).toBe(401);
    const admin = await t.as('system-admin');
    const { version } = must<Template>(await admin.get(path('transfer-letter')), 200);
    const { source } = must<Template>(await admin.get(path('transfer-letter')), 200);
    must(
      await admin.post(
        path('transfer-letter', '/versions'),
        { source: `${source}\n@note 另附`, note: '试' },
        { ifMatch: version },
      ),
      201,
    );
    switchAccessGuardOff(true);
    try {
      const foreign = await t.as('duty-leader:foreign');
      expect(
        (
          await foreign.post(
            path('urging-letter', '/versions'),
            { ...body, source: `${(await read('urging-letter')).source}\n@note 外来` },
            { ifMatch: 0 },
          )
        ).status,
      ).not.toBe(201);
      expect(await t.sql("select 1 from template_version where template_id = 'urging-letter'")).toEqual([]);
    } finally {
      switchAccessGuardOff(false);
    }
  });
});
