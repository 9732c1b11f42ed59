import { Module } from '@nestjs/common';
import { HealthController } from './api/health.controller';

/** What operators and load balancers ask. */
@Module({ controllers: [HealthController] })
export class OperationsModule {}
