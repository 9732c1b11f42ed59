import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DisputesController } from './api/disputes.controller';
import { MatterHooks } from './application/matter-hooks';
import { Matters } from './application/matters';
import { ReadDispute } from './application/read-dispute';
import { RegisterDispute } from './application/register-dispute';
import { Dispute, DisputeAccess, DisputeEvent, DisputeNarrative } from './persistence/dispute.entity';

/** The matter and its lifecycle, from the counter to the archive. */
@Module({
  imports: [TypeOrmModule.forFeature([Dispute, DisputeNarrative, DisputeAccess, DisputeEvent])],
  controllers: [DisputesController],
  providers: [MatterHooks, Matters, RegisterDispute, ReadDispute],
  exports: [MatterHooks, Matters],
})
export class DisputesModule {}
