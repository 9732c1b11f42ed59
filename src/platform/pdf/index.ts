/**
 * Papers: templates in, PDF/A-3b out. Sealing and verifying live in `./sign`.
 *
 * - {@link PaperEngine.renderPaper} paints one paper and says where its seals and signatures stand.
 * - {@link PaperEngine.templates} lists the templates in use with their data contracts as JSON Schema.
 * - Errors are DomainErrors with Chinese texts for the desk.
 */
export { canonicalJson } from './canonical-json';
export { PaperEngine, type PaperEngineOptions, type PaperRequest } from './paper-engine';
export { type PoolOptions } from './paper-pool';
export { ENGINE_VERSION, type PaperContent, type RenderedPaper } from './render-paper';
export { type Verification } from './layout/layout-paper';
export { type ImageMark, type InkNote, type Mark, type StrokeMark, type StrokePoint } from './paint/marks';
export { type Attachment, type PageBox, type SealBox, type SignatureBox } from './paint/painter';
export { type TemplateSummary } from './template/template-library';
export {
  BrokenTemplateError,
  type MissingGlyph,
  MissingGlyphError,
  PaperEngineError,
  codePointNotation,
  PaperTimeoutError,
  TemplateError,
  type TemplateProblem,
} from './paper-errors';
export { type PaperTemplate } from './template/template-ast';
