import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CONFIG, type Config } from '../../config';
import { PaperEngine } from '../../platform/pdf';
import { SigningPool, openSigningPool } from '../../platform/pdf/signing-pool';
import { DisputesModule } from '../disputes';
import { OrganizationsModule } from '../organizations';
import { CodeLimitGuard, UploadLimitGuard } from './api/address-limit.guard';
import { GlyphPicturesController } from './api/glyph-pictures.controller';
import { PapersController } from './api/papers.controller';
import { SealsController } from './api/seals.controller';
import { TemplatesController } from './api/templates.controller';
import { VerificationController } from './api/verification.controller';
import { CenterTemplates } from './application/center-templates';
import { DownloadPaper } from './application/download-paper';
import { InstallSeal } from './application/install-seal';
import { IntakePapers } from './application/intake-papers';
import { IssuePaper } from './application/issue-paper';
import { LateTimestamps } from './application/late-timestamps';
import { ListPapers } from './application/list-papers';
import { ListSeals } from './application/list-seals';
import { LongTermCopies } from './application/long-term-copies';
import { PaperDrafts } from './application/paper-drafts';
import { PaperSources } from './application/paper-sources';
import { PaperTemplates } from './application/paper-templates';
import { Papers } from './application/papers';
import { PreviewPaper } from './application/preview-paper';
import { ReadPaper } from './application/read-paper';
import { ReadPaperDrafts } from './application/read-paper-drafts';
import { RetireSeal } from './application/retire-seal';
import { SealPaper } from './application/seal-paper';
import { GlyphPictures } from './application/glyph-pictures';
import { SealKeys } from './application/seal-keys';
import { Seals } from './application/seals';
import { SourceOfPaper } from './application/source-of-paper';
import { TemplateVersions } from './application/template-versions';
import { TrustAnchors } from './application/trust-anchors';
import { VerifyCode } from './application/verify-code';
import { VerifyFile } from './application/verify-file';
import { VoidPaper } from './application/void-paper';
import { VoidedCopies } from './application/voided-copies';
import { GlyphPicture } from './persistence/glyph-picture.entity';
import { Paper, PaperFile, PaperLongTerm, PaperTimestamp, UsedTemplate } from './persistence/paper.entity';
import { TemplateVersion } from './persistence/template-version.entity';
import { CommitteeSeal, DemoAuthority, SealUse, TrustAnchor } from './persistence/seal.entity';

const ENTITIES = [
  Paper,
  PaperFile,
  PaperTimestamp,
  PaperLongTerm,
  UsedTemplate,
  CommitteeSeal,
  SealUse,
  TrustAnchor,
  DemoAuthority,
  TemplateVersion,
  GlyphPicture,
];

/** Templates → PDF, sealing, verification. */
@Module({
  imports: [TypeOrmModule.forFeature(ENTITIES), DisputesModule, OrganizationsModule],
  controllers: [
    PapersController,
    TemplatesController,
    SealsController,
    GlyphPicturesController,
    VerificationController,
  ],
  providers: [
    {
      provide: PaperEngine,
      inject: [CONFIG],
      useFactory: (config: Config) =>
        new PaperEngine({ templatesDir: templatesDir(), cacheDir: join(config.dataDir, 'cache') }),
    },
    { provide: SigningPool, useFactory: () => openSigningPool() },
    CodeLimitGuard,
    UploadLimitGuard,
    PaperSources,
    PaperDrafts,
    ReadPaperDrafts,
    Papers,
    GlyphPictures,
    SealKeys,
    Seals,
    SourceOfPaper,
    IssuePaper,
    PreviewPaper,
    ListPapers,
    ReadPaper,
    DownloadPaper,
    SealPaper,
    VoidPaper,
    PaperTemplates,
    CenterTemplates,
    TemplateVersions,
    InstallSeal,
    RetireSeal,
    ListSeals,
    TrustAnchors,
    LateTimestamps,
    LongTermCopies,
    VoidedCopies,
    VerifyCode,
    VerifyFile,
    IntakePapers,
  ],
  exports: [PaperSources, Papers, PaperEngine, Seals, InstallSeal],
})
export class DocumentsModule implements OnApplicationShutdown {
  constructor(
    @Inject(PaperEngine) private readonly engine: PaperEngine,
    @Inject(SigningPool) private readonly pool: SigningPool,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.engine.close(), this.pool.close()]);
  }
}

/** `templates/` at the root of the installation, whether the program runs from src/ or from dist/src/. */
function templatesDir(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'templates');
    if (existsSync(join(candidate, 'fonts.yaml'))) return candidate;
  }
  throw new Error('The folder templates/ with fonts.yaml is missing from the installation');
}
