import { join } from 'node:path';
import { PaperEngine } from './paper-engine';
import { type Compiled, compileSources } from '../../../test/support/compiled';
import { anAgreement, CREATED_AT, FONT_CACHE, SIBLINGS, TEMPLATES } from '../../../test/support/paper-fixtures';

type Engine = typeof import('./paper-engine');
type Errors = typeof import('./paper-errors');

/** Real: the engine compiled to JavaScript as the build does it, and its pool of threads. */
describe('papers from threads', () => {
  let compiled: Compiled;
  let engineModule: Engine;
  let errors: Errors;
  const request = { templateId: 'agreement', data: anAgreement(SIBLINGS), createdAt: CREATED_AT };
  const open = (pool: ConstructorParameters<typeof PaperEngine>[0]['pool']): PaperEngine =>
    new engineModule.PaperEngine({ templatesDir: TEMPLATES, cacheDir: FONT_CACHE, pool });

  beforeAll(() => {
    compiled = compileSources('paper-pool', ['src/platform/pdf', 'src/platform/charts', 'src/kernel']);
    engineModule = jest.requireActual<Engine>(join(compiled.folder, 'platform/pdf/paper-engine.js'));
    errors = jest.requireActual<Errors>(join(compiled.folder, 'platform/pdf/paper-errors.js'));
  });
  afterAll(() => {
    compiled.remove();
  });

  it('are byte for byte what the same engine makes in this thread', async () => {
    const threads = open({ maxThreads: 2 });
    const inline = new PaperEngine({ templatesDir: TEMPLATES, cacheDir: FONT_CACHE });
    try {
      const papers = await Promise.all([
        threads.renderPaper(request),
        threads.renderPaper(request),
        inline.renderPaper(request),
      ]);
      expect(papers.map(({ bytes }) => Buffer.isBuffer(bytes) && bytes.equals(papers[2].bytes))).toEqual([
        true,
        true,
        true,
      ]);
      expect(papers[0]).toMatchObject({
        contentHash: inline.contentHash('agreement', request.data),
        templateId: 'agreement',
        pageCount: papers[2].pageCount,
      });
      expect((await threads.preview('summons', CREATED_AT)).pageCount).toBeGreaterThan(0);
    } finally {
      await threads.close();
    }
  });

  it('bring errors back with their type and their fields', async () => {
    const engine = open({});
    try {
      const missing = await engine
        .renderPaper({ ...request, data: anAgreement(['甲\uE815', '乙某']) })
        .catch((e: unknown) => e);
      expect(missing).toBeInstanceOf(errors.MissingGlyphError);
      expect(missing).toMatchObject({
        code: 'pdf.missing-glyph',
        missing: [{ codePoint: 'U+E815', pointer: '/parties/0/name' }, {}],
      });
      const contract = await engine.renderPaper({ ...request, data: {} }).catch((e: unknown) => e);
      expect(contract).toBeInstanceOf(errors.PaperContractError);
      await expect(engine.renderPaper({ ...request, templateId: 'none' })).rejects.toBeInstanceOf(
        errors.UnknownTemplateError,
      );
    } finally {
      await engine.close();
    }
  });

  it('are tried with a text of somebody’s own, few at a time and with little patience', async () => {
    const engine = open({ maxThreads: 1 });
    try {
      const own = engine.templates.ownPartOf('agreement');
      const broken = await engine.check('agreement', `${own}\n{{ fcts }}`, 1).catch((e: unknown) => e);
      expect(broken).toBeInstanceOf(errors.BrokenTemplateError);
      expect(broken).toMatchObject({
        problems: [{ line: own.split('\n').length + 1, problem: '没有名为“fcts”的内容，是不是想写“facts”？' }],
      });
      expect((await engine.previewOwn('agreement', own, 1, CREATED_AT)).pageCount).toBeGreaterThan(0);
      const many = await Promise.allSettled(Array.from({ length: 6 }, () => engine.check('agreement', own, 1)));
      expect(many.filter(({ status }) => status === 'rejected')).toHaveLength(2);
    } finally {
      await engine.close();
    }
    const hasty = open({ maxThreads: 1, timeoutSeconds: 0.01 });
    try {
      await expect(hasty.check('agreement', '# 甲', 1)).rejects.toBeInstanceOf(errors.PaperTimeoutError);
    } finally {
      await hasty.close();
    }
  });

  it('are refused when too many wait, and stopped when one takes too long', async () => {
    const narrow = open({ maxThreads: 1, maxQueue: 1 });
    try {
      const results = await Promise.allSettled(Array.from({ length: 6 }, () => narrow.renderPaper(request)));
      const refused = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
      expect(refused).toHaveLength(4);
      for (const reason of refused) expect(reason).toBeInstanceOf(errors.PaperBusyError);
    } finally {
      await narrow.close();
    }
    const hasty = open({ maxThreads: 1, timeoutSeconds: 0.01 });
    try {
      await expect(hasty.renderPaper(request)).rejects.toBeInstanceOf(errors.PaperTimeoutError);
    } finally {
      await hasty.close();
    }
  });
});
