import { TemplateError } from '../paper-errors';
import { parseTemplate } from './template-parser';

const HEAD = `---
id: sample
name: 样张
version: 1.0.0
data:
  title: { type: line, label: 标题, example: 协议 }
  kind: { type: choice, label: 类别, values: { a: 甲类 }, example: a }
  parties:
    type: list
    label: 当事人
    item: { type: group, label: 当事人, fields: { name: { type: name, label: 姓名, example: 孙志强 } } }
---
`;
/** Lines of the head, so that expectations can count from the body. */
const FIRST = 13;

function problemOf(body: string): { line: number; problem: string } {
  try {
    parseTemplate('sample.tpl.md', HEAD + body);
  } catch (error) {
    if (error instanceof TemplateError) return { line: error.line, problem: error.problem };
    throw error;
  }
  throw new Error('the template was accepted');
}

describe('templates', () => {
  it.each([
    ['an unknown name', '甲\n{{ titel }}', FIRST + 1, '没有名为“titel”的内容，是不是想写“title”？'],
    [
      'an unknown name of a loop item',
      '{% for p in parties %}\n{{ p.nam }}\n{% endfor %}',
      FIRST + 1,
      '没有名为“p.nam”的内容，是不是想写“name”？',
    ],
    [
      'a loop variable outside its loop',
      '{% for p in parties %}\n{{ p.name }}\n{% endfor %}\n{{ p.name }}',
      FIRST + 3,
      '没有名为“p”的内容',
    ],
    [
      'an unknown name in a condition',
      '{% if knd == "a" %}\n甲\n{% endif %}',
      FIRST,
      '没有名为“knd”的内容，是不是想写“kind”？',
    ],
    ['an unknown filter', '{{ title | cn_dat }}', FIRST, '没有名为“cn_dat”的格式'],
    ['an unknown directive', '@sael 甲', FIRST, '不认识“@sael”，是不是想写“@seal”？'.replace('“@seal”', '“seal”')],
    ['an unclosed block', '甲\n{% if title %}\n乙', FIRST + 1, '“if”没有结束'],
    ['a block closed by another', '{% if title %}\n{% endfor %}', FIRST + 1, '第13行的“if”还没有结束'],
    ['a loop over no list', '{% for t in title %}\n{% endfor %}', FIRST, '不是清单'],
    ['a list printed whole', '{{ parties }}', FIRST, '是一组内容'],
    ['bold that is not closed', '甲**乙', FIRST, '“**”没有配对'],
    ['an expression that is not closed', '甲{{ title', FIRST, '没有配对'],
    ['a tag inside a line', '甲{% if title %}乙', FIRST, '要单独占一行'],
    ['a row outside a table', '@row 甲 | 乙', FIRST, '要写在 @table 和 @endtable 之间'],
    ['more cells than columns', '@table 1 1\n@row 甲 | 乙 | 丙\n@endtable', FIRST + 1, '这一行有3格，表只有2列'],
    ['text inside a table', '@table 1 1\n甲\n@endtable', FIRST + 1, '表内只能写'],
  ])('refuse %s, naming the line', (_, body, line, problem) => {
    const found = problemOf(body);
    expect(found.problem).toContain(problem);
    expect(found.line).toBe(line);
  });

  it('refuse a head that is broken, naming the line', () => {
    expect(() => parseTemplate('x.tpl.md', '# 甲')).toThrow('模板 x.tpl.md 第1行');
    expect(() => parseTemplate('x.tpl.md', '---\nid: x\nname: [\n---\n')).toThrow(/第[34]行：YAML/);
    expect(() => parseTemplate('x.tpl.md', '---\nid: x\nnmae: 甲\nversion: 1.0.0\n---\n')).toThrow(
      '第3行：不认识“nmae”，是不是想写“name”？',
    );
  });

  it('know sizes, loop counters, wording of choices and the pages of the footer', () => {
    const template = parseTemplate(
      'sample.tpl.md',
      `${HEAD}{{ parties.size }}{{ kind_label }}\n{% for p in parties %}\n{{ forloop.index }}\n{% endfor %}`,
    );
    expect(template.nodes.map((node) => node.kind)).toEqual(['paragraph', 'for']);
    expect(template.footer.center.filter((part) => part.expression !== undefined)).toHaveLength(2);
  });

  it('have one hash for one text', () => {
    const a = parseTemplate('a.tpl.md', `${HEAD}甲`);
    expect(parseTemplate('b.tpl.md', `${HEAD}甲`).hash).toBe(a.hash);
    expect(parseTemplate('a.tpl.md', `${HEAD}乙`).hash).not.toBe(a.hash);
  });
});
