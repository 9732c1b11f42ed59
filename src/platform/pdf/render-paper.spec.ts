import fc from 'fast-check';
import { inflateSync } from 'node:zlib';
import { FontLibrary } from './fonts/font-library';
import { MissingGlyphError, PaperContractError, PaperMarkError, TemplateError } from './paper-errors';
import { renderWith, type PaperContent, type RenderedPaper } from './render-paper';
import { isInstalled, run } from '../../../test/support/sealing-fixtures';
import { TemplateLibrary } from './template/template-library';
import { parseTemplate } from './template/template-parser';
import {
  anAgreement,
  aSignature,
  CREATED_AT,
  fileOf,
  FONT_CACHE,
  PICTURE,
  SIBLINGS,
  TEMPLATES,
  textOf,
} from '../../../test/support/paper-fixtures';

const library = new TemplateLibrary(TEMPLATES);
library.reload();
const fonts = new FontLibrary({ templatesDir: TEMPLATES, cacheDir: FONT_CACHE });

function agreement(data: Record<string, unknown>, more: Partial<PaperContent> = {}): Promise<RenderedPaper> {
  return renderWith(library.get('agreement'), fonts, { data, createdAt: CREATED_AT, ...more });
}

/** Text of so many characters in which any loss shows. */
function aLongText(length: number): string {
  const characters = '天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏';
  return Array.from({ length }, (_, i) => characters.charAt((i * 7 + (i >> 4)) % 24)).join('');
}

/** A paper of one template body with these values. */
function sheet(body: string, data: Record<string, unknown>): Promise<RenderedPaper> {
  const fields = Object.keys(data).map((name) => `  ${name}: { type: text, label: 内容${name}, optional: true }`);
  const source = `---\nid: sheet\nname: 样张\nversion: 1.0.0\nfooter: {}\ndata:\n${fields.join('\n')}\n---\n${body}\n`;
  return renderWith(parseTemplate('sheet.tpl.md', source), fonts, { data, createdAt: CREATED_AT });
}

/** Content streams of the pages, decompressed: what the painter drew, whatever a reader makes of it. */
function drawn(bytes: Buffer): string {
  const raw = bytes.toString('latin1');
  return [...raw.matchAll(/\/Filter \/FlateDecode\n>>\nstream\n/g)]
    .map((match) => {
      try {
        return inflateSync(bytes.subarray(match.index + match[0].length)).toString('latin1');
      } catch {
        return '';
      }
    })
    .join('\n');
}

const canRead = isInstalled('pdftotext', '-v');
const itReads = canRead ? it : it.skip;
const itChecks = isInstalled('qpdf') ? it : it.skip;

describe('an agreement', () => {
  it.each([2, 3, 6, 7, 12])('has a block, a slot and a copy for each of %i parties', async (count) => {
    const names = Array.from({ length: count }, (_, i) => `当事人${'甲乙丙丁戊己庚辛壬癸子丑'.charAt(i)}`);
    const paper = await agreement(anAgreement(names));
    const slots = paper.signatureBoxes.map(({ slot }) => slot);
    expect(slots).toEqual([...names.map((_, i) => `party-${i + 1}`), 'mediator-1', 'recorder']);
    expect(paper.sealBoxes).toHaveLength(1);
    expect(paper.sealBoxes[0]).toMatchObject({
      page: paper.pageCount,
      organisation: '呼和浩特市新城区东街街道人民调解委员会（印章）',
    });
    if (!canRead) return;
    const text = textOf(paper.bytes);
    for (const name of names) {
      expect(text).toContain(`当事人姓名${name}`);
      expect(text).toContain(`当事人（签名盖章或按指印）：${name}`);
    }
    expect(text).toContain(`一式${['三', '四', '七', '八', '十三'][[2, 3, 6, 7, 12].indexOf(count)]}份`);
  });

  itReads('states amounts twice, the legal effect and the route to the court', async () => {
    const text = textOf((await agreement(anAgreement(SIBLINGS, { total: 6_250_010 }))).bytes);
    expect(text).toContain('以上金额合计人民币陆万贰仟伍佰元壹角整（¥62,500.10）。');
    expect(text).toContain('（¥12,500.01）');
    expect(text).toContain('三十日内共同向人民法院申请司法确认');
    expect(text).toMatch(/第1页共(\d)页.*第2页共\1页/);
  });

  it('keeps the seal with the last lines of the body and inside the page', async () => {
    for (let clauses = 1; clauses <= 40; clauses += 3) {
      const paper = await agreement(
        anAgreement(['甲某', '乙某'], {
          clauses: Array.from({ length: clauses }, (_, i) => `第${i + 1}件事项按照约定办理。`),
        }),
      );
      const [seal] = paper.sealBoxes;
      const signature = paper.signatureBoxes.at(-1);
      expect(seal?.page).toBe(paper.pageCount);
      expect(signature?.page).toBe(paper.pageCount);
      for (const box of [...paper.sealBoxes, ...paper.signatureBoxes]) {
        expect(box.x).toBeGreaterThan(70);
        expect(box.x + box.w).toBeLessThan(595.28 - 70);
        expect(box.y).toBeGreaterThan(70);
        expect(box.y + box.h).toBeLessThan(841.89 - 70);
      }
    }
  });

  itReads('never leaves signatures or seal alone on a page', async () => {
    for (let clauses = 1; clauses <= 26; clauses++) {
      const data = anAgreement(['甲某', '乙某'], {
        clauses: Array.from({ length: clauses }, (_, i) => `第${i + 1}件事项按照约定办理。`),
      });
      const paper = await agreement(data);
      const first = paper.signatureBoxes[0]?.page ?? 0;
      const [page = ''] = run('pdftotext', [
        '-raw',
        '-f',
        String(first),
        '-l',
        String(first),
        fileOf(paper.bytes),
        '-',
      ]).output.split('\f');
      const body = page.slice(0, page.indexOf('签名盖章或按指印')).split('\n').slice(0, -1);
      expect({ clauses, lines: body.length >= 2 }).toEqual({ clauses, lines: true });
    }
  });

  itReads('cuts nothing off, however long the statement', async () => {
    const facts = aLongText(17_000);
    const paper = await agreement(anAgreement(['甲某', '乙某'], { facts }));
    const pages = textOf(paper.bytes).replace(/新城人调字〔2026〕12号第\d+页共\d+页/g, '');
    expect(pages).toContain(facts);
    expect(paper.pageCount).toBeGreaterThanOrEqual(20);
  });

  itReads(
    'a statement of twenty pages is printed whole, its lines ruled and its signatures with the last of them',
    async () => {
      const statement = aLongText(18_000);
      const paper = await renderWith(library.get('investigation-record'), fonts, {
        data: { ...library.exampleOf('investigation-record'), dialogue: [], statement },
        createdAt: CREATED_AT,
      });
      expect(paper.pageCount).toBeGreaterThanOrEqual(20);
      expect(textOf(paper.bytes).replace(/新城人调字〔2026〕12号第\d+页共\d+页/g, '')).toContain(
        `${statement}以上记录已经看过，与我所述一致。`,
      );
      expect(new Set(paper.signatureBoxes.map(({ page }) => page))).toEqual(new Set([paper.pageCount]));
    },
  );

  itReads('repeats the head of its table on every page', async () => {
    const paper = await agreement(
      anAgreement(
        Array.from(
          { length: 40 },
          (_, i) => `债务人${'甲乙丙丁戊己庚辛壬癸'.charAt(i % 10)}${'东南西北'.charAt(i / 10)}`,
        ),
      ),
    );
    const pages = run('pdftotext', ['-raw', fileOf(paper.bytes), '-']).output.split('\f');
    const withRows = pages.filter((page) => /支付修缮费用/.test(page));
    expect(withRows.length).toBeGreaterThan(2);
    for (const page of withRows)
      expect(page.replace(/\s/g, '')).toContain('序号义务人权利人内容和金额时间和地点履行方式');
  });

  itReads('goes on with a long table where a page ends, and takes a short one over as a whole', async () => {
    const pagesWith = async (rows: number): Promise<string[]> => {
      const grid = {
        caption: '表　主要指标',
        columns: [{ weight: 1, align: 'left' }],
        head: [[{ text: '指标', across: 1, down: 1 }]],
        rows: Array.from({ length: rows }, (_, i) => [`第${i + 1}行`]),
      };
      const paragraphs = Array.from({ length: 17 }, () => '一行。');
      const paper = await renderWith(library.get('report-monthly'), fonts, {
        data: { ...library.exampleOf('report-monthly'), sections: [{ paragraphs, grid }] },
        createdAt: CREATED_AT,
      });
      return run('pdftotext', ['-raw', fileOf(paper.bytes), '-']).output.split('\f');
    };
    const [first = '', second = ''] = await pagesWith(12);
    expect(first).toMatch(/主要指标\s+指标\s+第1行\s+第2行/);
    expect(second).toMatch(/^\s*指标\s+第\d+行/);
    expect(second).toMatch(/第11行\s+第12行/);
    const [before = '', after = ''] = await pagesWith(7);
    expect(before).not.toMatch(/主要指标|第1行/);
    expect(after).toMatch(/主要指标\s+指标\s+第1行[^]*第7行/);
  });
});

describe('bytes', () => {
  it('are the same on every run and in every time zone', async () => {
    const content = {
      marks: { 'party-1': [aSignature()] },
      seal: { name: '东街街道人民调解委员会', code: '1501020012345' },
    };
    const first = await agreement(anAgreement(SIBLINGS), content);
    /* eslint-disable no-restricted-syntax -- the zone of the machine is what this test changes */
    const zone = process.env.TZ;
    process.env.TZ = 'America/New_York';
    try {
      const fresh = new FontLibrary({ templatesDir: TEMPLATES, cacheDir: FONT_CACHE });
      const second = await renderWith(library.get('agreement'), fresh, {
        data: anAgreement(SIBLINGS),
        createdAt: CREATED_AT,
        ...content,
      });
      expect(second.bytes.equals(first.bytes)).toBe(true);
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
    /* eslint-enable no-restricted-syntax */
  });

  it('follow createdAt', async () => {
    const first = await agreement(anAgreement(SIBLINGS));
    const later = await agreement(anAgreement(SIBLINGS), { createdAt: new Date(CREATED_AT.getTime() + 1000) });
    expect(later.bytes.equals(first.bytes)).toBe(false);
    expect(later.contentHash).toBe(first.contentHash);
  });

  itChecks('are sound PDF/A-3 with structure, language and title', async () => {
    const paper = await agreement(anAgreement(SIBLINGS), {
      draft: { number: 2 },
      verification: { code: 'ABCD1234EFGH', url: 'https://example.gov.cn/v/ABCD1234EFGH' },
      marks: { 'party-1': [aSignature(), { kind: 'fingerprint', bytes: PICTURE }] },
      seal: { name: '东街街道人民调解委员会', code: '1501020012345' },
      attachments: [
        {
          name: '签署证据.json',
          mediaType: 'application/json',
          description: '签署过程',
          bytes: Buffer.from('{"a":1}'),
        },
      ],
    });
    const file = fileOf(paper.bytes);
    expect(run('qpdf', ['--check', file])).toMatchObject({ code: 0 });
    const json = run('qpdf', ['--json', '--json-key=qpdf', file]).output;
    expect(json).toContain('"/Lang": "u:zh-CN"');
    expect(json).toContain('"/Marked": true');
    expect(json).toContain('"/DisplayDocTitle": true');
    expect(json).toContain('"/AFRelationship": "/Supplement"');
    const raw = paper.bytes.toString('latin1');
    expect(raw).toContain('<pdfaid:part>3</pdfaid:part>');
    expect(raw).not.toContain('Helvetica');
    expect(raw).not.toContain('xmp:ModifyDate');
  });

  itChecks('carry the attachment unchanged', async () => {
    const bytes = Buffer.from(JSON.stringify({ 签署: 'x'.repeat(500) }));
    const paper = await agreement(anAgreement(SIBLINGS), {
      attachments: [{ name: '签署证据.json', mediaType: 'application/json', description: '签署过程', bytes }],
    });
    const file = fileOf(paper.bytes);
    expect(run('qpdf', ['--show-attachment=签署证据.json', file]).output).toBe(bytes.toString());
  });
});

describe('a written report', () => {
  itReads(
    'is signed on the page of its last words, with the definitions after the signature, wherever the page ends',
    async () => {
      const turned = new Set<number>();
      for (let lines = 18; lines < 22; lines++) {
        const paper = await renderWith(library.get('report-monthly'), fonts, {
          data: {
            title: '工作月报',
            subtitle: '2026年8月',
            sections: [{ heading: '一、总体情况', paragraphs: [...Array<string>(lines).fill('一行。'), '最后一句。'] }],
            notes: Array<string>(12).fill(`调解成功：${aLongText(80)}`),
            signedBy: '新城区综治中心',
            signedOn: '2026年9月1日',
          },
          createdAt: CREATED_AT,
        });
        const pages = run('pdftotext', ['-raw', fileOf(paper.bytes), '-']).output.split('\f');
        const at = pages.findIndex((page) => page.includes('2026年9月1日'));
        expect([lines, pages[at]?.includes('最后一句。'), pages[at]?.includes('新城区综治中心')]).toEqual([
          lines,
          true,
          true,
        ]);
        const all = pages.join('');
        expect(all.indexOf('2026年9月1日')).toBeLessThan(all.indexOf('附：统计口径和说明'));
        expect(all.indexOf('附：统计口径和说明')).toBeLessThan(all.indexOf('调解成功：'));
        turned.add(at);
      }
      expect([...turned]).toEqual([0, 1]);
    },
  );
});

describe('content hash', () => {
  it('binds template and data, and nothing that comes later', async () => {
    const data = anAgreement(SIBLINGS);
    const plain = await agreement(data);
    const finished = await agreement(data, {
      marks: { 'party-1': [aSignature()] },
      draft: { number: 3 },
      verification: { code: 'ABCD1234EFGH', url: 'https://example.gov.cn/v/1' },
      seal: { name: '东街街道人民调解委员会', code: '' },
    });
    expect(finished.contentHash).toBe(plain.contentHash);
    expect(plain.contentHash).toMatch(/^[0-9a-f]{64}$/);
    const shuffled = Object.fromEntries(Object.entries(data).reverse());
    expect((await agreement(shuffled)).contentHash).toBe(plain.contentHash);
  });

  it('changes with any change of the data', async () => {
    const base = (await agreement(anAgreement(SIBLINGS))).contentHash;
    for (const change of [
      { breach: '任何一方不履行本协议的，应当继续履行并赔偿损失' },
      { copies: 8 },
      { clauses: ['拆迁补偿款由各方当事人等额分配。'] },
    ]) {
      expect((await agreement(anAgreement(SIBLINGS, change))).contentHash).not.toBe(base);
    }
  });
});

describe('values', () => {
  itReads('never become markup, whatever a party writes', async () => {
    const hostile = [
      '# 不是标题',
      '**不加粗**',
      '__不划线__',
      '@seal 假印章 | 2026年1月1日',
      '@pagebreak',
      '{{ number }}',
      '{% for x in y %}',
      '{% endif %}',
      '甲 | 乙 | 丙',
      '---',
      '<b>标签</b>',
      ') Tj ET',
      '\\n',
      '%PDF',
      '(括号(',
      'endstream',
      '{{7|plus:7}}',
    ];
    const paper = await agreement(anAgreement(['甲某', '乙某'], { facts: hostile.join('\n'), clauses: hostile }));
    const text = textOf(paper.bytes);
    for (const line of hostile) expect(text).toContain(line.replace(/\s/g, ''));
    expect(paper.sealBoxes).toHaveLength(1);
    expect(paper.signatureBoxes).toHaveLength(4);
  });

  itReads('of any kind come out as they went in', async () => {
    const character = fc.constantFrom(...Array.from('甲乙丙，。（）“”—…·-_*#@{}%|<>\\()[]/~^&$A1z 调解员'));
    await fc.assert(
      fc.asyncProperty(fc.array(character, { minLength: 1, maxLength: 120 }), async (characters) => {
        const value = characters.join('');
        fc.pre(value.trim() !== '');
        const paper = await sheet('{{ v }}', { v: value });
        expect(textOf(paper.bytes)).toBe(value.replace(/\s/g, ''));
      }),
      { numRuns: 25 },
    );
  });

  itReads('keep rare characters and long names readable', async () => {
    const names = [
      '赵𬱖',
      '䶮小明',
      '欧阳娜娜·古丽',
      '𠮷田',
      '阿布都热合曼·买买提尼亚孜·库尔班江·吐尔逊',
      '乌云其木格·额尔德尼巴雅尔',
    ];
    const text = textOf((await agreement(anAgreement(names))).bytes);
    for (const name of names) expect(text).toContain(`当事人姓名${name}`);
  });

  itReads('copy as the character that was written when two characters share a glyph', async () => {
    // ⽅ (U+2F45) and 方 (U+65B9) are one glyph of the bundled face.
    expect(textOf((await sheet('{{ a }}{{ b }}{{ a }}', { a: '方', b: '⽅' })).bytes)).toBe('方⽅方');
  });

  it('that no font has are refused with character, code point and place', async () => {
    const data = anAgreement(['甲某', '乙\uE815某']);
    const error = await agreement(data).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(MissingGlyphError);
    const { missing, detail, kind } = error as MissingGlyphError;
    expect(kind).toBe('rule');
    expect(missing[0]).toEqual({
      character: '\uE815',
      codePoint: 'U+E815',
      place: '“当事人”第2项“姓名或名称”',
      pointer: '/parties/1/name',
    });
    expect(detail).toContain('《人民调解协议书》没有生成：“当事人”第2项“姓名或名称”中的“\uE815”（U+E815）');
    expect(detail).toContain('请系统管理员装入含有该字的 TTF 字库');
  });

  itReads('that no font has are drawn from the picture the centre gave, and still read as themselves', async () => {
    const paper = await agreement(anAgreement(['甲某', '乙\uE815某']), { glyphPictures: { '\uE815': PICTURE } });
    expect(drawn(paper.bytes)).toContain('/ActualText <feffe815>');
    expect(textOf(paper.bytes)).toContain('乙\uE815某');
  });

  it('that break the contract are refused in Chinese, all at once', async () => {
    const data = { ...anAgreement(['甲某', '乙某']), facts: '', copies: 2.5 };
    await expect(agreement(data)).rejects.toThrow(PaperContractError);
    await expect(agreement(data)).rejects.toMatchObject({
      detail:
        '《人民调解协议书》还不能生成：“纠纷主要事实、争议事项”没有填写；“份数（当事人人数加一）”应当是整数。请补齐或改正后重新生成。',
    });
  });
});

describe('marks', () => {
  it('are drawn as curves, and pictures as images', async () => {
    const plain = await agreement(anAgreement(SIBLINGS));
    const signed = await agreement(anAgreement(SIBLINGS), {
      marks: { 'party-1': [aSignature(), { kind: 'fingerprint', bytes: PICTURE }] },
    });
    const curves = (paper: RenderedPaper): number => (drawn(paper.bytes).match(/ [cv]$/gm) ?? []).length;
    expect(curves(signed) - curves(plain)).toBeGreaterThanOrEqual(38);
    expect(signed.bytes.toString('latin1')).toContain('/Subtype /Image');
    expect(signed.signatureBoxes.filter(({ isSigned }) => isSigned).map(({ slot }) => slot)).toEqual(['party-1']);
    expect(signed.pageCount).toBe(plain.pageCount);
  });

  itReads('in ink are told in words, with the day', async () => {
    const plain = await agreement(anAgreement(SIBLINGS));
    const note = '已在纸质文本上签名、按指印，扫描件附后';
    const signed = await agreement(anAgreement(SIBLINGS), {
      marks: { 'party-2': [{ kind: 'ink', note, signedOn: '2026-01-16' }] },
    });
    expect(textOf(signed.bytes)).toContain(note);
    expect(textOf(signed.bytes)).toContain('2026年1月16日');
    expect(textOf(plain.bytes)).not.toContain('纸质文本');
    expect(signed.signatureBoxes.filter(({ isSigned }) => isSigned).map(({ slot }) => slot)).toEqual(['party-2']);
    expect([signed.pageCount, signed.contentHash]).toEqual([plain.pageCount, plain.contentHash]);
  });

  it.each([
    ['for a slot that is not there', { 'party-9': [aSignature()] }, '没有名为“party-9”的签名位'],
    ['without ink', { 'party-1': [{ kind: 'strokes', strokes: [] }] }, '签名笔迹是空的'],
    [
      'of a broken picture',
      { 'party-1': [{ kind: 'image', bytes: Buffer.from('GIF89a') }] },
      '签名图片不是 PNG 或 JPEG',
    ],
    [
      'of a truncated picture',
      { 'party-1': [{ kind: 'fingerprint', bytes: PICTURE.subarray(0, 20) }] },
      '指印图片无法读取',
    ],
  ] as const)('%s are refused', async (_, marks, message) => {
    const result = agreement(anAgreement(SIBLINGS), { marks: marks as unknown as PaperContent['marks'] });
    await expect(result).rejects.toThrow(PaperMarkError);
    await expect(result).rejects.toThrow(message);
  });

  it('need slots of different names', async () => {
    const data = anAgreement(['甲某', '乙某']);
    const parties = (data.parties as { slot: string }[]).map((party) => ({ ...party, slot: 'same' }));
    await expect(agreement({ ...data, parties })).rejects.toThrow(TemplateError);
    await expect(agreement({ ...data, parties })).rejects.toThrow('签名位“same”重复');
  });
});

describe('states of a paper', () => {
  itReads('a draft says on every page that it has no effect', async () => {
    const paper = await agreement(anAgreement(SIBLINGS), { draft: { number: 2 } });
    expect(textOf(paper.bytes).match(/第2稿未生效/g)).toHaveLength(paper.pageCount);
    expect(textOf((await agreement(anAgreement(SIBLINGS))).bytes)).not.toContain('未生效');
  });

  itReads('a voided paper says so and why', async () => {
    const paper = await agreement(anAgreement(SIBLINGS), {
      voided: { on: '2026年2月1日', reason: '金额有误，另行制作' },
    });
    expect(textOf(paper.bytes).match(/本件已于2026年2月1日作废，原因：金额有误，另行制作/g)).toHaveLength(
      paper.pageCount,
    );
  });

  it('a riding seal lies on papers of several pages only', async () => {
    const seal = { name: '东街街道人民调解委员会', code: '1501020012345' };
    const red = (paper: RenderedPaper): boolean => drawn(paper.bytes).includes('0.85 0.09 0.11 rg');
    expect(red(await agreement(anAgreement(SIBLINGS), { seal }))).toBe(true);
    expect(red(await agreement(anAgreement(SIBLINGS)))).toBe(false);
    const receipt = library.get('registration-receipt');
    const onePage = await renderWith(receipt, fonts, {
      data: library.exampleOf('registration-receipt'),
      createdAt: CREATED_AT,
      seal,
    });
    expect(onePage.pageCount).toBe(1);
    expect(red(onePage)).toBe(false);
  });
});

describe('the other papers', () => {
  itReads.each([
    ['mediation-register', ['人民调解受理登记表', '☑①当事人申请', '纠纷简要情况', '此表由人民调解委员会填写']],
    [
      'rights-notice',
      [
        '不收取任何费用',
        '第二十三条',
        '选择或者接受人民调解员',
        '第二十四条',
        '三十日内共同',
        '依法通过仲裁、行政、司法等途径',
      ],
    ],
    ['investigation-record', ['被调查人孙志强', '问：', '答：', '以上记录已经看过']],
    ['mediation-record', ['已将人民调解的相关规定告知各方当事人', '☑①调解成功☐②调解不成☐③有待继续调解']],
    ['one-time-notice', ['一次性告知', '逾期未补齐的，不视为您放弃调解', '首问责任人']],
    ['summons', ['吹哨单', '主办', '协办', '时限要求', '不得再次退回']],
    [
      'registration-receipt',
      ['登记时间2026年1月5日9时12分', '首问责任人李娜', '诉讼时效从提出请求之日起中断', 'ABCD-1234-EFGH'],
    ],
  ])('%s says what the law and the desk need', async (id, sentences) => {
    const paper = await renderWith(library.get(id), fonts, {
      data: library.exampleOf(id),
      createdAt: CREATED_AT,
      verification: { code: 'ABCD1234EFGH', url: 'https://example.gov.cn/v/ABCD1234EFGH' },
    });
    const text = textOf(paper.bytes);
    for (const sentence of sentences) expect(text).toContain(sentence);
  });
});
