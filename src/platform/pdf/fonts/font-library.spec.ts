import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'fontkit';
import { FontError } from '../paper-errors';
import { TEMPLATES } from '../../../../test/support/paper-fixtures';
import { FontLibrary } from './font-library';
import { woffToTtf } from './woff-to-ttf';

const WOFF = require.resolve('@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff');

describe('fonts', () => {
  const dir = mkdtempSync(join(tmpdir(), 'fonts-'));
  const templatesDir = join(dir, 'templates');
  const cacheDir = join(dir, 'cache');
  beforeAll(() => {
    mkdirSync(join(templatesDir, 'fonts'), { recursive: true });
    cpSync(join(TEMPLATES, 'fonts.yaml'), join(templatesDir, 'fonts.yaml'));
  });
  afterAll(() => {
    rmSync(dir, { recursive: true });
  });

  it('of the house draw every character of the national standard list that is asked here, and its rare ones', () => {
    const fonts = new FontLibrary({ templatesDir, cacheDir });
    for (const character of '人民调解䶮𬱖𬭚𫖯㛃〔〕①②③—…·¥') {
      for (const role of ['body', 'title', 'heading', 'small'] as const) {
        expect({ character, role, face: fonts.faceFor(role, character.codePointAt(0) ?? 0) }).toMatchObject({
          face: expect.anything() as unknown,
        });
      }
    }
  });

  it('are unpacked once', () => {
    const fonts = new FontLibrary({ templatesDir, cacheDir });
    expect(fonts.faceFor('kai', 0x4e00)?.id).toBe('kai');
    const files = readdirSync(cacheDir);
    expect(files).toHaveLength(1);
    expect(new FontLibrary({ templatesDir, cacheDir }).faceFor('kai', 0x4e00)?.id).toBe('kai');
    expect(readdirSync(cacheDir)).toEqual(files);
  });

  it('do not lend their private icons to the characters of an ID-card reader, unless the centre brought the font', () => {
    const ttf = woffToTtf(readFileSync(WOFF));
    const icon = [...Array(0x1900).keys()].map((i) => 0xe000 + i).find((c) => create(ttf).hasGlyphForCodePoint(c));
    expect(icon).toBeDefined();
    expect(new FontLibrary({ templatesDir, cacheDir }).faceFor('body', icon ?? 0)).toBeUndefined();
    const own = join(templatesDir, 'fonts', '本地字库.ttf');
    writeFileSync(own, ttf);
    expect(new FontLibrary({ templatesDir, cacheDir }).faceFor('body', icon ?? 0)?.id).toBe('own-本地字库');
    rmSync(own);
  });

  it('unpack to the same outlines', () => {
    const woff = readFileSync(WOFF);
    const ttf = woffToTtf(woff);
    expect(ttf.readUInt32BE(0)).toBe(0x00010000);
    expect(create(ttf).glyphForCodePoint(0x8c03).path.commands).toEqual(
      create(woff).glyphForCodePoint(0x8c03).path.commands,
    );
    expect(() => woffToTtf(ttf)).toThrow(FontError);
  });

  it('are refused when they are not static TrueType', () => {
    const own = join(templatesDir, 'fonts', 'FangSong.ttf');
    writeFileSync(own, Buffer.concat([Buffer.from('OTTO'), Buffer.alloc(100)]));
    expect(() => new FontLibrary({ templatesDir, cacheDir }).faceFor('body', 0x4e00)).toThrow(
      '字体文件 FangSong.ttf 不是静态 TTF',
    );
    rmSync(own);
  });

  it('named wrongly in fonts.yaml are an error that says where', () => {
    const broken = join(dir, 'broken');
    mkdirSync(broken);
    const yaml = readFileSync(join(TEMPLATES, 'fonts.yaml'), 'utf8');
    writeFileSync(join(broken, 'fonts.yaml'), yaml.replace('body: [fang-song, serif,', 'body: [serff,'));
    expect(() => new FontLibrary({ templatesDir: broken, cacheDir })).toThrow(
      'fonts.yaml 的“body”用到了没有定义的字体“serff”',
    );
    writeFileSync(join(broken, 'fonts.yaml'), yaml.replace('NotoSerifSC_400Regular.ttf', 'Nothing.ttf'));
    expect(() => new FontLibrary({ templatesDir: broken, cacheDir }).faceFor('body', 0x4e00)).toThrow(
      '找不到字体“serif”',
    );
  });
});
