import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppModule } from './app.module';
import { type Config, loadConfig } from './config';
import { configureApp } from './configure-app';
import { migrate } from './data-source';
import { startEmbeddedPostgres } from './platform/database/embedded';
import { LOGGER, type Logger } from './platform/logging';

interface Database {
  readonly url: string;
  stop(): Promise<void>;
}

async function openDatabase(config: Config): Promise<Database> {
  if (config.databaseUrl !== undefined) return { url: config.databaseUrl, stop: () => Promise.resolve() };
  return startEmbeddedPostgres({ dataDir: join(config.dataDir, 'pg') });
}

/** Starts database, schema and application; stops them in the opposite order, once. */
export async function bootstrap(): Promise<void> {
  const config = loadConfig();
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const database = await openDatabase(config);
  try {
    await migrate(database.url);
    const app = await NestFactory.create<NestExpressApplication>(
      AppModule.forRoot({ config, ownerUrl: database.url }),
      {
        bodyParser: false,
        logger: ['error', 'warn'],
        abortOnError: false,
      },
    );
    configureApp(app);
    await app.listen(config.port, config.host);
    const logger = app.get<Logger>(LOGGER);
    stopOnSignal(async () => {
      await app.close();
      await database.stop();
    }, logger);
    announce(await app.getUrl());
  } catch (error) {
    await database.stop();
    throw error;
  }
}

function announce(url: string): void {
  process.stdout.write(`\n  综治中心调解系统已启动：${url}\n  接口文档：${url}/api/docs\n\n`);
}

function stopOnSignal(stop: () => Promise<void>, logger: Logger): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      stop().then(
        () => process.exit(0),
        (error: unknown) => {
          logger.error({ err: error }, 'stop failed');
          process.exit(1);
        },
      );
    });
  }
}
