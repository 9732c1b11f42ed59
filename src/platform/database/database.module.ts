import { type DynamicModule, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CONFIG, type Config } from '../../config';
import { appUrl, dataSourceOptions } from '../../data-source';
import { AnswerSweeper } from './answer-sweeper';
import { OutboxDispatcher } from './outbox-dispatcher';
import { UnitOfWork } from './unit-of-work';

/** The pool of the powerless role and the unit of work over it. */
@Global()
@Module({})
export class DatabaseModule {
  /** `ownerUrl` is the configured or embedded database. */
  static forRoot(ownerUrl: string): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          inject: [CONFIG],
          useFactory: (config: Config) => ({
            ...dataSourceOptions(appUrl(ownerUrl, config.databaseAppUrl), config.databasePoolSize),
            autoLoadEntities: true,
            retryAttempts: 3,
            retryDelay: 500,
          }),
        }),
      ],
      providers: [UnitOfWork, OutboxDispatcher, AnswerSweeper],
      exports: [UnitOfWork, OutboxDispatcher, AnswerSweeper],
    };
  }
}
