import { Global, Module } from '@nestjs/common';
import { Drain } from './drain';
import { ProblemFilter } from './problem.filter';
import { RequestScopeInterceptor } from './request-scope.interceptor';

/** What configureApp puts around every route. */
@Global()
@Module({
  providers: [Drain, ProblemFilter, RequestScopeInterceptor],
  exports: [Drain, ProblemFilter, RequestScopeInterceptor],
})
export class HttpModule {}
