import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import { static as serveStatic, type NextFunction, type Request, type Response } from 'express';
import { join } from 'node:path';

/** Paths that are never a page: an unknown one among them stays a problem in JSON. */
const NOT_A_PAGE = /^\/(api|livez|readyz|assets)(\/|$)/;
/** Pages of parties, who come without an account. */
const PARTY_PAGE = /^\/(p|sign|verify)(\/|$)/;

/**
 * Serves the built web from `directory`. Files under /assets carry their hash in their name and never change; a page is
 * asked for anew each time. Every other path is a page of the workbench, or of the parties.
 */
export function serveWeb(app: NestExpressApplication, directory: string): void {
  app.use(compression());
  app.use(
    '/assets',
    serveStatic(join(directory, 'assets'), { immutable: true, maxAge: '365d', index: false, redirect: false }),
  );
  app.use(serveStatic(directory, { index: false, redirect: false, dotfiles: 'ignore', cacheControl: false }));
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || NOT_A_PAGE.test(request.path) || !request.accepts('html')) {
      next();
      return;
    }
    const page = PARTY_PAGE.test(request.path) ? 'party.html' : 'index.html';
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(page, { root: directory, cacheControl: false }, (error) => {
      if (error && !response.headersSent) next();
    });
  });
}
