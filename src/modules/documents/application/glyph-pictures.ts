import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { DomainError, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { PaperEngine, codePointNotation } from '../../../platform/pdf';
import { GlyphPicture } from '../persistence/glyph-picture.entity';

interface NewPicture {
  readonly character: string;
  /** Base64 of the PNG or JPEG. */
  readonly picture: string;
  /** Where the form of the character was taken from, e.g. 居民身份证. */
  readonly source: string;
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const JPEG = Buffer.from('ffd8ff', 'hex');
/**
 * A Chinese character (of the ideographic planes also what Unicode assigned after this Node was made), or one that card readers put
 * into places of private use; never a letter or a digit.
 */
const ONE_CHARACTER = /^(?:\p{Script=Han}|[\u{20000}-\u{3FFFF}]|\p{Co})[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]?$/u;
/** One character drawn large: what nobody could read on it is no glyph. */
const TRIAL = `---
id: glyph-trial
name: 字形图片
version: 1.0.0
data:
  character: { type: line, label: 字, example: 一 }
---
# {{ character }}
{{ character }}
`;

/** Pictures for characters that no font has: drawn in their place, and copied out of the paper as the character. */
@Injectable()
export class GlyphPictures {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly engine: PaperEngine,
  ) {}

  async list() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'glyph-pictures.list');
      return { items: (await inUse(tx)).map(viewOf) };
    });
  }

  /** Adds a picture after drawing it once; one that stood for the character before is taken out. */
  async add({ character, picture, source }: NewPicture) {
    const bytes = Buffer.from(picture, 'base64');
    const mediaType = bytes.subarray(0, 8).equals(PNG)
      ? 'image/png'
      : bytes.subarray(0, 3).equals(JPEG)
        ? 'image/jpeg'
        : null;
    return this.unitOfWork.prepareAndRun(
      async () => {
        const at = await this.unitOfWork.read((tx) => {
          authorize(tx.actor, 'glyph-pictures.add');
          return Promise.resolve(tx.now);
        });
        if (!ONE_CHARACTER.test(character)) {
          throw ruleViolation('glyph-pictures.not-one-character', '请只填一个汉字。', '/character');
        }
        if (mediaType === null) throw unreadable();
        await this.tryOut(character, bytes, at);
        return mediaType;
      },
      async (tx, kind) => {
        authorize(tx.actor, 'glyph-pictures.add');
        // Two at once for one character: the second waits and replaces the first.
        await tx.query('select pg_advisory_xact_lock(727004)');
        const [former] = await tx.query<{ id: string }>(
          'select id from glyph_picture where character = $1 and removed_at is null',
          [character],
        );
        if (former) await this.takeOut(tx, former.id);
        const id = uuidv7();
        await tx.insert(GlyphPicture, {
          id,
          character,
          mediaType: kind,
          picture: bytes,
          source,
          addedBy: tx.actor.accountId,
          addedAt: tx.now,
          removedAt: null,
          removedBy: null,
          version: 1,
        });
        tx.audit({
          act: 'glyph-pictures.add',
          objectType: 'glyph-picture',
          objectId: id,
          details: { character, sha256: createHash('sha256').update(bytes).digest('hex'), source },
        });
        return viewOf(await tx.get(GlyphPicture, id));
      },
    );
  }

  /** Papers made from now on do without it; those made before keep theirs. */
  async remove(id: string) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'glyph-pictures.remove');
      const picture = await tx.lock(GlyphPicture, id);
      tx.checkVersion(picture);
      if (picture.removedAt !== null) {
        throw new DomainError('conflict', 'glyph-pictures.removed', '这个字形图片已经移除了。');
      }
      await this.takeOut(tx, id);
      tx.audit({
        act: 'glyph-pictures.remove',
        objectType: 'glyph-picture',
        objectId: id,
        details: { character: picture.character },
      });
      return viewOf(await tx.get(GlyphPicture, id));
    });
  }

  /** The pictures of the characters that occur in a text. Call it outside a transaction. */
  async forText(text: string): Promise<Readonly<Record<string, Buffer>>> {
    const found = await this.unitOfWork.readAsSystem('glyph-pictures', async (tx) => {
      const known = await tx.query<Pick<GlyphPicture, 'character'>>(
        'select character from glyph_picture where removed_at is null',
      );
      // Every paper comes here and hardly any has such a character: the pictures themselves are read for those alone.
      const characters = known.map(({ character }) => character).filter((character) => text.includes(character));
      if (characters.length === 0) return [];
      return tx.query<Pick<GlyphPicture, 'character' | 'picture'>>(
        'select character, picture from glyph_picture where removed_at is null and character = any ($1)',
        [characters],
      );
    });
    return Object.fromEntries(found.map(({ character, picture }) => [character, picture]));
  }

  /** Draws it as a paper would: a damaged picture is found now, and a character that fonts have needs none. */
  private async tryOut(character: string, bytes: Buffer, at: Date): Promise<void> {
    const template = { file: 'glyph-trial', source: TRIAL, hash: createHash('sha256').update(TRIAL).digest('hex') };
    const draw = (glyphPictures: Record<string, Buffer>) =>
      this.engine.renderFrom(template, { data: { character }, createdAt: at, glyphPictures });
    const isInFonts = await draw({}).then(
      () => true,
      (error: unknown) => {
        if (error instanceof DomainError && error.code === 'pdf.missing-glyph') return false;
        throw error;
      },
    );
    if (isInFonts) {
      throw ruleViolation(
        'glyph-pictures.not-needed',
        `“${character}”在字库里已有字形，文书能正常印出，不需要图片。`,
        '/character',
      );
    }
    await draw({ [character]: bytes }).catch(() => {
      throw unreadable();
    });
  }

  private async takeOut(tx: Tx, id: string): Promise<void> {
    await tx.update(GlyphPicture, id, { removedAt: tx.now, removedBy: tx.actor.accountId });
  }
}

async function inUse(tx: Tx): Promise<readonly GlyphPicture[]> {
  return tx.query<GlyphPicture>(
    `select id, character, media_type as "mediaType", picture, source, added_by as "addedBy", added_at as "addedAt",
            removed_at as "removedAt", removed_by as "removedBy", version
       from glyph_picture where removed_at is null order by added_at desc, id desc`,
  );
}

function viewOf({ id, character, mediaType, picture, source, addedAt, removedAt, version }: GlyphPicture) {
  return {
    id,
    character,
    codePoint: Array.from(character, codePointNotation).join(' '),
    mediaType,
    picture: picture.toString('base64'),
    source,
    addedAt: addedAt.toISOString(),
    isInUse: removedAt === null,
    version,
  };
}

function unreadable(): DomainError {
  return ruleViolation(
    'glyph-pictures.unreadable',
    '图片读不出来。请用 PNG 或 JPEG 图片，黑字白底或透明底，一个字占满画面。',
    '/picture',
  );
}
