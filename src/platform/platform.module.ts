import { type DynamicModule, Global, Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config';
import { CLOCK, type Clock } from '../kernel';
import { AuthModule } from './auth';
import { Chores } from './chores';
import { KeyRing, loadKeyRing } from './crypto';
import { DatabaseModule } from './database';
import { FilesModule } from './files';
import { HttpModule } from './http';
import { Jobs } from './jobs';
import { LOGGER, type Logger, createLogger } from './logging';

/** The database's clock, unchanged. */
export const DATABASE_CLOCK: Clock = { at: (databaseNow) => databaseNow };

interface PlatformOptions {
  readonly config: Config;
  /** Owner URL of the configured or embedded database. */
  readonly ownerUrl: string;
  readonly clock?: Clock;
}

/** Configuration, keys, clock, log, database, tokens and the HTTP surroundings, for every module. */
@Global()
@Module({})
export class PlatformModule {
  static forRoot({ config, ownerUrl, clock = DATABASE_CLOCK }: PlatformOptions): DynamicModule {
    const providers = [
      { provide: CONFIG, useValue: config },
      { provide: CLOCK, useValue: clock },
      { provide: KeyRing, useFactory: () => loadKeyRing(config.keysFile, config.mode !== 'production') },
      { provide: LOGGER, useFactory: () => createLogger(config.logLevel) },
    ];
    return {
      module: PlatformModule,
      imports: [DatabaseModule.forRoot(ownerUrl), AuthModule, HttpModule, FilesModule],
      providers: [
        ...providers,
        Chores,
        { provide: Jobs, inject: [LOGGER], useFactory: (logger: Logger) => new Jobs(ownerUrl, logger) },
      ],
      exports: [...providers.map((p) => p.provide), Chores],
    };
  }
}
