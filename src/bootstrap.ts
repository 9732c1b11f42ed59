import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppModule } from './app.module';
import type { Config } from './config';
import { configureApp } from './configure-app';
import { migrate } from './data-source';
import { TravellingClock, openDemoCenter } from './demo';
import { CreateFirstAdministrator } from './modules/identity';
import { openDatabase } from './open-database';
import { loadKeyRing } from './platform/crypto';
import { Drain } from './platform/http';
import { LOGGER, type Logger } from './platform/logging';

/** How long a stop waits for the requests under way. */
const DRAIN_MS = 15_000;

/** Starts database, schema and application; stops them in the opposite order, once. */
export async function bootstrap(config: Config): Promise<void> {
  // Before the database is touched: an installation that was never set up stays untouched.
  if (config.mode === 'production') loadKeyRing(config.keysFile, false);
  const database = await openDatabase(config);
  const stopping = new AbortController();
  try {
    await migrate(database.url);
    const clock = new TravellingClock();
    const app = await NestFactory.create<NestExpressApplication>(
      AppModule.forRoot({ config, ownerUrl: database.url, ...(config.demo ? { clock } : {}) }),
      {
        bodyParser: false,
        // Errors of the start are thrown, errors of requests go through the log of the platform.
        logger: ['fatal'],
        abortOnError: false,
        // What is still open after the drain is cut: an idle keep-alive connection would hold the process for minutes.
        forceCloseConnections: true,
      },
    );
    configureApp(app);
    await app.init();
    const logger = app.get<Logger>(LOGGER);
    tellOfUncaught(logger);
    stopOnSignal(async () => {
      stopping.abort();
      const left = await app.get(Drain).finish(DRAIN_MS);
      if (left > 0) logger.warn({ left }, 'requests were cut off by the stop');
      await app.close();
      await database.stop();
    }, logger);
    if (config.demo) {
      const office = app.get(CreateFirstAdministrator, { strict: false });
      // Behind closed doors: the clock travels, and would carry off the session of whoever came in meanwhile.
      await onPrivatePort(app, (url) => openDemoCenter({ url, dataDir: config.dataDir, office, clock, say }));
    }
    await app.listen(config.port, config.host);
    const url = await app.getUrl();
    say(`\n  综治中心调解系统已启动：${url}\n  接口文档：${url}/api/docs\n\n`);
  } catch (error) {
    // What a stop cuts off in the middle of the start is no failure of it.
    if (stopping.signal.aborted) return;
    await database.stop();
    throw error;
  }
}

/** Lets `work` call the application on a port that nobody else knows, before it listens on its own. */
async function onPrivatePort(app: NestExpressApplication, work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(app.getHttpAdapter().getInstance()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function say(text: string): void {
  process.stdout.write(text);
}

/** Stops in order at the first signal, at once at the second. The embedded database stops by itself in either case. */
function stopOnSignal(stop: () => Promise<void>, logger: Logger): void {
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
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

/** The last words go through the log, which keeps people's data out, and not through node's print of the whole error. */
function tellOfUncaught(logger: Logger): void {
  process.on('uncaughtException', (error) => {
    logger.fatal({ err: error }, 'uncaught error, ending');
    process.exit(1);
  });
}
