import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Logger } from './logger';

/**
 * Writes one line for each request when its answer has gone or its caller has. The pattern of the route stands for the
 * address: what was in its place, in the query or in a header may be a person's.
 */
export function requestLog(logger: Logger, traceIdOf: () => string): RequestHandler {
  return (request: Request, response: Response, next: NextFunction) => {
    const started = performance.now();
    const traceId = traceIdOf();
    response.once('close', () => {
      logger.info(
        {
          method: request.method,
          route: routeOf(request),
          status: response.statusCode,
          // The caller went away before the answer was whole.
          ...(response.writableFinished ? {} : { aborted: true }),
          milliseconds: Math.round(performance.now() - started),
          traceId,
        },
        'request',
      );
    });
    next();
  };
}

/** `/api/disputes/:id`; null where no route matched. */
export function routeOf(request: Request): string | null {
  const route = request.route as { readonly path?: unknown } | undefined;
  return typeof route?.path === 'string' ? route.path : null;
}
