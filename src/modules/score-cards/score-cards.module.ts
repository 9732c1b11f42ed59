import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarModule } from '../calendar';
import { DocumentsModule } from '../documents';
import { SummonsModule } from '../summons';
import { CardsController } from './api/cards.controller';
import { AgencyCards } from './application/agency-cards';
import { KeepMediatorWeights } from './application/keep-mediator-weights';
import { MediatorCards } from './application/mediator-cards';
import { CardAppeal, MediatorWeights } from './persistence/card.entity';

/** 调解员评分卡: how matters went, with the cases behind each part, and what is said against it. */
@Module({
  imports: [TypeOrmModule.forFeature([MediatorWeights, CardAppeal]), CalendarModule, DocumentsModule, SummonsModule],
  controllers: [CardsController],
  providers: [MediatorCards, AgencyCards, KeepMediatorWeights],
})
export class ScoreCardsModule {}
