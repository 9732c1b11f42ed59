import { Module } from '@nestjs/common';
import { DisputesModule } from '../disputes';
import { PartiesModule } from '../parties';
import { SearchController } from './api/search.controller';
import { KeepSearchWords } from './application/keep-search-words';
import { SearchMatters } from './application/search-matters';

/** Finding matters by what people remember of them. */
@Module({
  imports: [DisputesModule, PartiesModule],
  controllers: [SearchController],
  providers: [SearchMatters, KeepSearchWords],
})
export class SearchModule {}
