import { Global, Module } from '@nestjs/common';
import { ProblemFilter } from './problem.filter';
import { RequestScopeInterceptor } from './request-scope.interceptor';

/** What configureApp puts around every route. */
@Global()
@Module({ providers: [ProblemFilter, RequestScopeInterceptor], exports: [ProblemFilter, RequestScopeInterceptor] })
export class HttpModule {}
