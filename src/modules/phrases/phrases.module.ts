import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PhrasesController } from './api/phrases.controller';
import { Phrases } from './application/phrases';
import { PhraseList } from './persistence/phrase-list.entity';

/** Phrases offered while writing (常用语). */
@Module({
  imports: [TypeOrmModule.forFeature([PhraseList])],
  controllers: [PhrasesController],
  providers: [Phrases],
})
export class PhrasesModule {}
