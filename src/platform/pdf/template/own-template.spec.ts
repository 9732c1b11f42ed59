import { TEMPLATES } from '../../../../test/support/paper-fixtures';
import { checkOwn } from './own-template';
import type { PaperTemplate } from './template-ast';
import { TemplateLibrary } from './template-library';

describe('a template that a center writes for itself', () => {
  const library = new TemplateLibrary(TEMPLATES);
  let house: PaperTemplate;
  let own: string;

  beforeAll(() => {
    expect(library.reload()).toEqual([]);
    house = library.get('agreement');
    own = library.ownPartOf('agreement');
  });

  const problems = (source: string, of = house): string[] =>
    checkOwn(of, source, 1).problems.map(({ line, problem }) => `${line ?? '-'} ${problem}`);
  /** The line of the text, counted from 1, on which these words stand. */
  const lineOf = (words: string, source = own): number =>
    source.split('\n').findIndex((line) => line.includes(words)) + 1;
  const with_ = (before: string, after: string): string => {
    expect(own).toContain(before);
    return own.replace(before, after);
  };

  it('begins with the house’s part that it may change, which fulfils every demand', () => {
    expect(own).not.toContain('example:');
    expect(own.startsWith('---\nfooter:')).toBe(true);
    for (const { id } of library.list())
      expect([id, problems(library.ownPartOf(id), library.get(id))]).toEqual([id, []]);
  });

  it('keeps id, name and data of the house and tells its number', () => {
    const { template } = checkOwn(house, `# 协议\n${own.split('---\n').at(-1) ?? ''}`, 7);
    expect(template).toMatchObject({ id: 'agreement', name: '人民调解协议书', version: `${house.version}+7` });
    expect(template?.contract).toEqual(house.contract);
    expect(template?.footer).toEqual(expect.objectContaining({ left: [expect.anything()] }));
  });

  it('may set other words, order, sizes and names of loop variables', () => {
    const source = with_('# 人民调解协议书', '# 调 解 协 议')
      .replace('---\n', '---\npage: gb9704\n')
      .replace('{% for m in mediators %}\n@sign {{ m.slot }}', '{% for who in mediators %}\n@sign {{ who.slot }}')
      .replace('调解员（签名）：{{ m.name }}', '调解员（签字）：{{ who.name }}')
      .replace(/## 其他\n/, '## 其他约定\n@right **依法**__自愿__\n');
    expect(problems(source)).toEqual([]);
    expect(problems(own.replace(/---\n[\s\S]*?---\n/, ''))).toEqual([]);
  });

  it.each([
    ['id: other', '“id”（模板标识）由系统统一规定，中心不能改，请删去'],
    ['name: 协议', '“name”（文书名称）由系统统一规定'],
    ['version: 9.0.0', '“version”（版本）由系统统一规定'],
    ['data: {}', '“data”（文书所需的内容）由系统统一规定'],
    ['pag: form', '不认识“pag”，是不是想写“page”？'],
    ['page: [', 'page 的写法不对'],
    ['page: { size: 40, leading: 20 }', '行距应当不小于字号'],
    ['page: letter', 'page 应当是 form、gb9704'],
  ])('may not say %s in its head', (line, words) => {
    const [found, ...others] = problems(own.replace('---\n', `---\n${line}\n`));
    expect(found).toMatch(/^2 /);
    expect(found).toContain(words);
    expect(others).toEqual([]);
  });

  it('cannot reach into the house’s part from its head', () => {
    const source = own.replace('---\n', '---\npage: "form\n');
    expect(problems(source)).toEqual([expect.stringMatching(/^2 page 的写法不对/)]);
    expect(problems(own.replace(/footer:[\s\S]*?---/, 'footer: { center: "第{{ page }}页", data: "x" }\n---'))).toEqual(
      [expect.stringContaining('footer 应当是')],
    );
  });

  it('is told of all its mistakes at once, on the lines where they stand', () => {
    const source = with_('# 人民调解协议书', '# {{ nmber }}\n@sael 甲')
      .replace('{% for clause in clauses %}', '{% for clause in clausse %}')
      .replace('@table 8c 14', '@table 8x 14')
      .replace('{{ total | rmb }}', '{{ total | rnb }}');
    expect(problems(source)).toEqual([
      `${lineOf('nmber', source)} 没有名为“nmber”的内容，是不是想写“number”？`,
      `${lineOf('@sael', source)} 不认识“@sael”，是不是想写“seal”？`,
      `${lineOf('clausse', source)} 没有名为“clausse”的内容，是不是想写“clauses”？`,
      `${lineOf('@table', source)} 应当写成 @table 各列宽度，例如 @table 8c 20 30 12r`,
      `${lineOf('rnb', source)} 没有名为“rnb”的格式，是不是想写“rmb”？`,
    ]);
  });

  it.each([
    ['an unclosed loop', '{% for clause in clauses %}\n（', '{% for p in parties %}\n（', '没有名为“clause”'],
    ['an unclosed block', '@endtable', '', '“table”还没有结束'],
    ['a block of another kind', '@endtable', '@endkeep', '这里结束的是“keep”'],
    ['text beside a tag', '{% if breach %}', '{% if breach %} 违约责任', '要单独占一行'],
    ['a row of numbers', '{{ copies | cn_num }}', "{{ (1..100000000) | join: '、' }}", '这里不能列出一串数字'],
    ['a loop over numbers', '{% for clause in clauses %}', '{% for clause in (1..100000) %}', '这里不能列出一串数字'],
    ['a long line', '{{ performance }}', '字'.repeat(5000), '这一行太长'],
    ['deep blocks', '{{ performance }}', `${'@keep\n'.repeat(4000)}${'@endkeep\n'.repeat(4000)}`, '最多套12层'],
    ['deep loops', '{{ performance }}', '{% for a in parties %}\n'.repeat(4), '最多再套2层'],
  ])('is refused for %s', (_, before, after, words) => {
    expect(problems(with_(before, after)).join('\n')).toContain(words);
  });

  it.each([
    'facts.constructor',
    'constructor',
    '__proto__',
    'parties.__proto__',
    'recorder.constructor.name',
    'process.env',
  ])('knows nothing of %s', (path) => {
    expect(problems(with_('{{ performance }}', `{{ performance }}{{ ${path} }}`)).join()).toMatch(/没有名为“/);
  });

  it.each([
    ["{{ parties | map: 'constructor' | join }}"],
    ["{{ parties | map: '__proto__' | join }}"],
    ["{{ recorder['constructor'] | append: '' }}"],
    ["{{ facts | map: 'constructor' | join }}"],
    ["{{ parties | where: 'constructor' | size }}"],
  ])('reaches nothing of the program by %s', (expression) => {
    const { template } = checkOwn(house, with_('{{ performance }}', `{{ performance }}${expression}`), 1);
    if (template === null) return;
    const value = template.nodes.flatMap((node) =>
      node.kind === 'paragraph'
        ? node.inline.flatMap((part) =>
            part.expression !== undefined && expression === `{{ ${part.expression.source} }}`
              ? [String(part.expression.evaluate({ parties: [{ name: '甲' }], recorder: { name: '乙' }, facts: '丙' }))]
              : [],
          )
        : [],
    );
    expect(value.join()).not.toMatch(/function|native|object/i);
    expect(value).toHaveLength(1);
  });

  it('is told where a block began that is closed wrongly', () => {
    const source = with_('@endtable', '');
    expect(problems(source)).toContain(
      `${lineOf('{% endif %}\n@space 0.3\n{% if total', source) || lineOf('{% if total', source) - 1} 这里结束的是“if”，但第${lineOf('@table', source)}行的“table”还没有结束`,
    );
  });

  it('is refused when it prints without end', () => {
    const loops = (body: string): string =>
      `{% for a in parties %}\n{% for b in parties %}\n{% for c in clauses %}\n${body}\n{% endfor %}\n{% endfor %}\n{% endfor %}\n`;
    const source = with_('{{ performance }}', loops('{{ facts }}'.repeat(300))) + '\n{{ performance }}';
    expect(problems(source)).toEqual([
      `${lineOf('{{ facts }}{{ facts }}', source)} 到这一行印出的内容已经太多，请检查 {% for %} 是否重复套用`,
    ]);
    expect(problems(with_('{{ performance }}', '{{ performance | or_blank: 999999999 }}'))).toEqual([]);
  });

  describe('must keep', () => {
    it('each signature slot', () => {
      expect(problems(with_('@sign {{ recorder.slot }} | 记录人（签名）：{{ recorder.name }}\n', ''))).toEqual([
        '- 缺少签名位“记录人（签名）”，请在签名栏里保留这一行：@sign {{ recorder.slot }} | 记录人（签名）：{{ recorder.name }}',
        '- 没有印出“记录人”的“姓名”（recorder.name），这是这种文书应当写明的内容',
      ]);
      expect(problems(with_('@sign {{ p.slot }}', '@sign {{ p.name }}')).join()).toContain(
        '缺少签名位“当事人（签名盖章或按指印）”',
      );
    });

    it('each of them once and under no further condition', () => {
      const line = '@sign {{ recorder.slot }} | 记录人（签名）：{{ recorder.name }}';
      expect(problems(with_(line, `${line}\n${line}`))).toEqual([
        `${lineOf(line) + 1} 签名位“记录人（签名）”只能写一次`,
      ]);
      expect(problems(with_(line, `{% if total %}\n${line}\n{% endif %}`))).toEqual([
        `${lineOf(line) + 1} 签名位“记录人（签名）”放在条件“total”里，有时会印不出来，请移到 {% if %} 外面`,
      ]);
      expect(problems(with_(line, `${line}\n@sign witness | 见证人：`))).toEqual([
        `${lineOf(line) + 1} 签名位由系统统一规定，这里没有“见证人”这个签名位。另外需要别人签字的，请在签名栏外写成填空行，例如 @fields 见证人（签名）__　　　　__`,
      ]);
      expect(
        problems(
          with_('{% for m in mediators %}\n@sign', "{% for m in mediators | where: 'name', '王秀兰' %}\n@sign"),
        ).join(),
      ).toContain('有时会印不出来');
    });

    it('conditions that the house has itself', () => {
      const notice = library.get('non-acceptance-notice');
      const part = library.ownPartOf('non-acceptance-notice');
      expect(problems(part.replace('@sign recipient | 收到人', '@sign recipient | 签收人'), notice)).toEqual([]);
      expect(problems(part.replace(/\{% else %\}\n@sign recipient.*\n/, ''), notice).join()).toContain(
        '缺少签名位“收到人',
      );
    });

    it('the place of the seal with the name by which it is found, and the code', () => {
      expect(problems(with_('@seal {{ committee }}（印章） | {{ signedOn | cn_date }}\n', '')).join('\n')).toContain(
        '- 缺少盖章处，请保留这一行：@seal {{ committee }}（印章） | {{ signedOn | cn_date }}',
      );
      expect(problems(with_('@seal {{ committee }}（印章）', '@seal （印章）{{ facts }}')).join()).toContain(
        '盖章处要有盖章单位和日期',
      );
      expect(problems(with_('@qr', ''))).toEqual(['- 缺少二维码，请保留一行 @qr']);
      expect(problems(with_('@qr', '{% if total %}\n@qr\n{% endif %}'))[0]).toContain('二维码放在条件“total”里');
      expect(problems(with_('@qr', '@qr\n@qr'))[0]).toContain('只能有一处');
    });

    it('number and pages in the page foot', () => {
      expect(problems(own.replace(/footer:[\s\S]*?---/, "footer: { center: '第{{ page }}页' }\n---"))).toEqual([
        '- 页脚 footer 缺少 {{ number }}',
        '- 页脚 footer 缺少 {{ pages }}',
      ]);
    });

    it('what the paper is there to say', () => {
      expect(problems(with_('（{{ forloop.index | cn_num }}）{{ clause }}\n', ''))).toEqual([
        '- 没有印出“协议内容”的“条款”（clauses），这是这种文书应当写明的内容',
      ]);
      expect(problems(with_('{{ breach }}', '违约的，依法承担责任。'))).toEqual([
        '- 没有印出“违约责任”（breach），这是这种文书应当写明的内容',
      ]);
      expect(problems(with_(' 民族__{{ p.ethnicity | or_blank: 3 }}__', ''))).toEqual([]);
    });
  });
});
