import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, extname, join } from 'node:path';
import { create, type Font } from 'fontkit';
import { parse } from 'yaml';
import { FontError } from '../paper-errors';
import { woffToTtf } from './woff-to-ttf';

/** What a piece of text is on the paper; fonts.yaml says which fonts draw it. */
export const FONT_ROLES = ['body', 'bold', 'title', 'heading', 'kai', 'small', 'mongolian'] as const;
export type FontRole = (typeof FONT_ROLES)[number];

/** One parsed face, shared by all papers of a worker. `id` is its name in fonts.yaml and in the PDF resources. */
export interface Face {
  readonly id: string;
  readonly font: Font;
  /** The file that the font was parsed from. */
  readonly bytes: Buffer;
}

export interface FontLibraryOptions {
  /** Directory that holds fonts.yaml and fonts/. */
  readonly templatesDir: string;
  /** Writable directory for unpacked fonts; safe to delete at any time. */
  readonly cacheDir: string;
}

interface FontEntry {
  readonly package?: string;
  readonly file?: string;
  readonly system?: string;
  readonly optional?: boolean;
}

const SYSTEM_FONT_DIRS = ['/usr/share/fonts', '/usr/local/share/fonts', join(homedir(), '.fonts'), '/Library/Fonts'];

/**
 * Private-use characters mean whatever the issuing system wanted: ID-card readers deliver rare characters this way,
 * and open fonts keep icons in the same places. Only a font that the centre installed itself may draw them.
 */
function isPrivateUse(codePoint: number): boolean {
  return (
    (codePoint >= 0xe000 && codePoint <= 0xf8ff) ||
    (codePoint >= 0xf0000 && codePoint <= 0xffffd) ||
    codePoint >= 0x100000
  );
}

/** Fonts by role, opened when first needed and then kept. One library per worker. */
export class FontLibrary {
  private readonly entries: Readonly<Record<string, FontEntry>>;
  private readonly roles: Readonly<Record<FontRole, readonly string[]>>;
  private readonly opened = new Map<string, Face | undefined>();
  private readonly choices = new Map<string, Face | undefined>();
  private systemFiles: ReadonlyMap<string, string> | undefined;

  /** @throws FontError when fonts.yaml is unreadable, names an unknown font or misses a role */
  constructor(private readonly options: FontLibraryOptions) {
    const file = join(options.templatesDir, 'fonts.yaml');
    const config = parse(readFileSync(file, 'utf8')) as {
      fonts?: Record<string, FontEntry>;
      roles?: Record<string, string[]>;
    };
    const own = this.ownFonts(Object.values(config.fonts ?? {}));
    this.entries = { ...config.fonts, ...own };
    const roles = {} as Record<FontRole, readonly string[]>;
    for (const role of FONT_ROLES) {
      const names = config.roles?.[role];
      if (names === undefined || names.length === 0) throw new FontError(`fonts.yaml 里缺少字体用途“${role}”。`);
      const unknown = names.find((name) => !(name in this.entries));
      if (unknown !== undefined) throw new FontError(`fonts.yaml 的“${role}”用到了没有定义的字体“${unknown}”。`);
      roles[role] = [...names, ...Object.keys(own)];
    }
    this.roles = roles;
  }

  /** The face that draws one character in this role, or undefined when no font has it. */
  faceFor(role: FontRole, codePoint: number): Face | undefined {
    const key = `${role}:${codePoint}`;
    if (!this.choices.has(key)) this.choices.set(key, this.search(role, [codePoint]));
    return this.choices.get(key);
  }

  /** The first face that has all characters, or undefined: a personal name must not change its face half-way. */
  faceForAll(role: FontRole, codePoints: readonly number[]): Face | undefined {
    return this.search(role, codePoints);
  }

  /** The preferred face of a role. */
  mainFace(role: FontRole): Face {
    const face = this.faceFor(role, 0x4e00);
    if (face === undefined) throw new FontError(`“${role}”用途没有一个可用的中文字体，请检查 fonts.yaml。`);
    return face;
  }

  private search(role: FontRole, codePoints: readonly number[]): Face | undefined {
    for (const name of this.roles[role]) {
      const face = this.open(name);
      if (face !== undefined && codePoints.every((c) => this.covers(face, c))) return face;
    }
    return undefined;
  }

  private covers(face: Face, codePoint: number): boolean {
    if (isPrivateUse(codePoint) && this.entries[face.id]?.file === undefined) return false;
    return face.font.hasGlyphForCodePoint(codePoint);
  }

  private open(name: string): Face | undefined {
    if (!this.opened.has(name)) {
      const path = this.locate(name);
      const bytes = path === undefined ? undefined : this.read(path);
      this.opened.set(name, bytes === undefined ? undefined : { id: name, font: create(bytes), bytes });
    }
    return this.opened.get(name);
  }

  private locate(name: string): string | undefined {
    const entry = this.entries[name];
    const path =
      entry?.package !== undefined
        ? resolvePackageFile(entry.package)
        : entry?.file !== undefined
          ? join(this.options.templatesDir, entry.file)
          : this.systemFile(entry?.system ?? name);
    if (path !== undefined && existsSync(path)) return path;
    if (entry?.optional === true) return undefined;
    throw new FontError(`找不到字体“${name}”，请检查 fonts.yaml，或重新安装程序。`);
  }

  private read(path: string): Buffer {
    const bytes = extname(path) === '.woff' ? this.unpacked(path) : readFileSync(path);
    const magic = bytes.readUInt32BE(0);
    // 'OTTO' (CFF) subsets are not compact and 'ttcf'/WOFF2 parse slowly or wrongly; plain TrueType is 0x00010000 or 'true'.
    if (magic !== 0x00010000 && magic !== 0x74727565)
      throw new FontError(`字体文件 ${basename(path)} 不是静态 TTF，请换成 .ttf 格式。`);
    return bytes;
  }

  /** The unpacked font is kept on disk under its content's hash; two workers may race, the rename makes that harmless. */
  private unpacked(path: string): Buffer {
    const woff = readFileSync(path);
    const cached = join(this.options.cacheDir, `${createHash('sha256').update(woff).digest('hex').slice(0, 24)}.ttf`);
    if (existsSync(cached)) return readFileSync(cached);
    const ttf = woffToTtf(woff);
    mkdirSync(this.options.cacheDir, { recursive: true });
    const temporary = `${cached}.${process.pid}.${process.hrtime.bigint()}`;
    writeFileSync(temporary, ttf);
    renameSync(temporary, cached);
    return ttf;
  }

  private ownFonts(named: readonly FontEntry[]): Record<string, FontEntry> {
    const dir = join(this.options.templatesDir, 'fonts');
    if (!existsSync(dir)) return {};
    const taken = new Set(named.map((entry) => entry.file));
    const files = readdirSync(dir)
      .filter((file) => extname(file).toLowerCase() === '.ttf' && !taken.has(`fonts/${file}`))
      .sort();
    return Object.fromEntries(files.map((file) => [`own-${basename(file, extname(file))}`, { file: `fonts/${file}` }]));
  }

  private systemFile(name: string): string | undefined {
    this.systemFiles ??= new Map(
      SYSTEM_FONT_DIRS.flatMap((dir) => filesBelow(dir)).map((path) => [basename(path), path]),
    );
    return this.systemFiles.get(name);
  }
}

function resolvePackageFile(file: string): string | undefined {
  try {
    return require.resolve(file);
  } catch {
    return undefined;
  }
}

function filesBelow(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
