export { answerBrokenRequests } from './broken-requests';
export {
  Day,
  Fen,
  Flag,
  Instant,
  ListOf,
  OneOf,
  OneOfList,
  Shows,
  Text,
  TextList,
  Uuid,
  UuidList,
  Whole,
} from './fields';
export { fieldsOf } from './fields-of';
export { type GuardedRequest, jsonBody } from './json-body';
export { Drain } from './drain';
export { openApiDocument } from './open-api';
export { PageQuery, cursorParts, malformedCursor, momentAfter, momentCursor, pageOf } from './page';
export { EXCEL, InertFile, WORD, fileAnswer, streamAnswer } from './file-answer';
export { ProblemFilter } from './problem.filter';
export { RequestScopeInterceptor } from './request-scope.interceptor';
export { HttpModule } from './http.module';
export { TakesFile } from './takes-file';
export { IdPipe, validationPipe } from './validation';
export { serveWeb } from './web';
