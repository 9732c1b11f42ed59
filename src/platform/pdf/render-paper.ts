import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';
import type { FontLibrary } from './fonts/font-library';
import { layoutPaper, SEAL_DIAMETER, type EntryCode, type Verification } from './layout/layout-paper';
import { openShaper } from './layout/vertical';
import type { Mark } from './paint/marks';
import { paintPaper, type Attachment, type SealBox, type SignatureBox } from './paint/painter';
import { PaperMarkError } from './paper-errors';
import { drawSeal } from './sign/seal-artwork';
import { SealingError } from './sign/sealing-error';
import { composePaper, type PaperLimits } from './template/compose';
import type { DocumentBlock } from './template/paper-document';
import type { PaperTemplate } from './template/template-ast';

/** Changes whenever the engine draws the same content differently; part of every content hash. */
export const ENGINE_VERSION = '1';

/** What goes into one paper. Only template and data are its content; all else may change without touching `contentHash`. */
export interface PaperContent {
  /** Fulfils the contract of the template; amounts are integer fen, dates `YYYY-MM-DD`, instants ISO 8601. */
  readonly data: Readonly<Record<string, unknown>>;
  /** CreationDate of the PDF. The only clock the engine sees: the same value gives the same bytes. */
  readonly createdAt: Date;
  /** Prints the watermark “第n稿 未生效” on every page. */
  readonly draft?: { readonly number: number };
  /** Prints “已作废” and the reason on every page; `on` is text such as 2026年1月16日. */
  readonly voided?: { readonly on: string; readonly reason: string };
  /** Printed by `@qr`. */
  readonly verification?: Verification | EntryCode;
  /** Handwriting, scans and fingerprints by slot. */
  readonly marks?: Readonly<Record<string, readonly Mark[]>>;
  /** The committee's seal: drawn over the page edges of a paper of several pages (骑缝章). */
  readonly seal?: { readonly name: string; readonly code: string };
  readonly attachments?: readonly Attachment[];
  /** Pictures for characters that no font has, by character; PNG or JPEG, drawn with ActualText. */
  readonly glyphPictures?: Readonly<Record<string, Uint8Array>>;
}

export interface RenderedPaper {
  readonly bytes: Buffer;
  readonly pageCount: number;
  /** SHA-256, lower-case hex, of the canonical content without marks: template hash, engine version, data. */
  readonly contentHash: string;
  readonly templateId: string;
  readonly templateVersion: string;
  readonly templateHash: string;
  readonly sealBoxes: readonly SealBox[];
  readonly signatureBoxes: readonly SignatureBox[];
}

/** Binds a mark to what its signer saw. */
export function contentHashOf(templateHash: string, data: unknown): string {
  return createHash('sha256')
    .update(canonicalJson({ data, engine: ENGINE_VERSION, template: templateHash }))
    .digest('hex');
}

/**
 * Composes, measures and paints one paper. Pure but for the fonts; takes tens of milliseconds, so it runs in a worker.
 *
 * @throws PaperContractError · MissingGlyphError · PaperMarkError · TemplateError · FontError
 */
export async function renderWith(
  template: PaperTemplate,
  fonts: FontLibrary,
  content: PaperContent,
  limits?: PaperLimits,
): Promise<RenderedPaper> {
  const document = composePaper(template, content.data, limits);
  const layout = layoutPaper(
    document,
    fonts,
    {
      draft: content.draft,
      voided: content.voided,
      verification: content.verification,
      marks: content.marks ?? {},
      ...(hasVertical(document.blocks) ? { shape: await openShaper() } : {}),
    },
    content.glyphPictures ?? {},
  );
  const contentHash = contentHashOf(template.hash, content.data);
  const ridingSeal = layout.pages.length < 2 ? undefined : await ridingSealOf(content.seal);
  const painted = await paintPaper(layout, {
    title: template.name,
    keywords: `${template.id} ${template.version} ${contentHash}`,
    createdAt: content.createdAt,
    ridingSeal,
    attachments: content.attachments ?? [],
  });
  return {
    ...painted,
    contentHash,
    templateId: template.id,
    templateVersion: template.version,
    templateHash: template.hash,
  };
}

const hasVertical = (blocks: readonly DocumentBlock[]): boolean =>
  blocks.some((block) => block.kind === 'vertical' || (block.kind === 'keep' && hasVertical(block.blocks)));

async function ridingSealOf(seal: PaperContent['seal']): Promise<{ operators: string; size: number } | undefined> {
  if (seal === undefined) return undefined;
  try {
    return {
      operators: await drawSeal({ committeeName: seal.name, code: seal.code }, SEAL_DIAMETER),
      size: SEAL_DIAMETER,
    };
  } catch (error) {
    if (error instanceof SealingError) throw new PaperMarkError(error.message);
    throw error;
  }
}
