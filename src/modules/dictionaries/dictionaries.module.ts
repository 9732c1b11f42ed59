import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DictionariesController } from './api/dictionaries.controller';
import { ListDictionaries } from './application/list-dictionaries';
import { LocalTypes } from './application/local-types';
import { LocalType } from './persistence/local-type.entity';

/** What the program knows by name, and what a center sets for itself beneath it. */
@Module({
  imports: [TypeOrmModule.forFeature([LocalType])],
  controllers: [DictionariesController],
  providers: [ListDictionaries, LocalTypes],
})
export class DictionariesModule {}
