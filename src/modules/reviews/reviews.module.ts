import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarModule } from '../calendar';
import { DisputesModule } from '../disputes';
import { DossiersModule } from '../dossiers';
import { ReviewsController } from './api/reviews.controller';
import { ReviewFiles } from './application/review-files';
import { ReviewRounds } from './application/review-rounds';
import { ReviewFile, ReviewRound } from './persistence/review.entity';

/** 卷宗评查: files drawn by lot, looked at by others than who handled them, and what they answer. */
@Module({
  imports: [TypeOrmModule.forFeature([ReviewRound, ReviewFile]), CalendarModule, DisputesModule, DossiersModule],
  controllers: [ReviewsController],
  providers: [ReviewRounds, ReviewFiles],
})
export class ReviewsModule {}
