import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DomainError } from '../../kernel';
import { AssignmentsModule } from '../assignments';
import { DisputesModule } from '../disputes';
import { DocumentsModule } from '../documents';
import { OrganizationsModule, PostingEndings } from '../organizations';
import { HandOversController } from './api/hand-overs.controller';
import { KeepHandOvers } from './application/keep-hand-overs';
import { countOpenMatters } from './application/open-matters';
import { HandOver, HandOverItem } from './persistence/hand-over.entity';

/** 工作交接: nobody leaves a center with matters in hand that nobody has taken over. */
@Module({
  imports: [
    TypeOrmModule.forFeature([HandOver, HandOverItem]),
    AssignmentsModule,
    DisputesModule,
    DocumentsModule,
    OrganizationsModule,
  ],
  controllers: [HandOversController],
  providers: [KeepHandOvers],
})
export class HandoversModule implements OnModuleInit {
  constructor(private readonly endings: PostingEndings) {}

  onModuleInit(): void {
    this.endings.object(async (tx, { accountId, centerId }) => {
      const open = await countOpenMatters(tx, accountId, centerId);
      return open === 0
        ? null
        : new DomainError(
            'conflict',
            'organizations.hand-over-first',
            `此人在本中心还有${open}件在办事项。请先由本人、值班长或者中心主任在“工作交接”中办理交接，双方签署后再结束入驻；本人不能签的，由中心主任批准接任人单方签收。`,
          );
    });
  }
}
