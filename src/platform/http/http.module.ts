import { Global, Module } from '@nestjs/common';
import { Drain } from './drain';
import { ProblemFilter } from './problem.filter';
import { RecentChanges } from './recent-changes';
import { RequestScopeInterceptor } from './request-scope.interceptor';

/** What configureApp puts around every route. */
@Global()
@Module({
  providers: [Drain, ProblemFilter, RecentChanges, RequestScopeInterceptor],
  exports: [Drain, ProblemFilter, RequestScopeInterceptor],
})
export class HttpModule {}
