import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config';
import { UnitOfWork } from '../../../platform/database';
import { LOGGER, type Logger } from '../../../platform/logging';
import { KEPT_DAYS } from '../domain/draft-rules';

const EVERY_MS = 3_600_000;

/** Removes drafts that nobody went on with: what was never handed in is not kept longer than needed (个人信息保护法第十九条). */
@Injectable()
export class DraftSweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.mode === 'test') return;
    this.timer = setInterval(() => {
      this.sweep().catch((error: unknown) => {
        this.logger.warn({ err: error }, 'drafts: old ones could not be removed, trying again');
      });
    }, EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** Returns how many drafts went. */
  async sweep(): Promise<number> {
    return this.unitOfWork.runAsSystem('forget-drafts', async (tx) => {
      const gone = await tx.query('delete from draft where saved_at < $1 returning 1', [
        new Date(tx.now.getTime() - KEPT_DAYS * 86_400_000),
      ]);
      return gone.length;
    });
  }
}
