import type { INestApplication } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { CONFIG, type Config } from './config';
import { CLOCK, type Clock } from './kernel';
import { switchAccessGuardOff } from './platform/auth';
import { currentContext, withContext } from './platform/database';
import {
  Drain,
  ProblemFilter,
  RequestScopeInterceptor,
  answerBrokenRequests,
  jsonBody,
  openApiDocument,
  serveWeb,
  validationPipe,
} from './platform/http';
import { LOGGER, type Logger, requestLog } from './platform/logging';

const BODY_LIMIT = '1mb';
const MAX_CONNECTIONS = 500;

/** Everything around the routes: called by main.ts and by every e2e test, so that both serve the same application. */
export function configureApp(app: INestApplication): void {
  const config = app.get<Config>(CONFIG);
  const express = app as NestExpressApplication;
  switchAccessGuardOff(config.accessGuardOff && config.mode !== 'production');
  express.disable('x-powered-by');
  express.set('query parser', 'simple');
  express.set('etag', false);
  express.set('trust proxy', config.trustedProxies);
  app.setGlobalPrefix('api', { exclude: ['livez', 'readyz'] });

  const clock = app.get<Clock>(CLOCK);
  const filter = app.get(ProblemFilter);
  app.use((request: Request, response: Response, next: NextFunction) => {
    const traceId = randomUUID().replaceAll('-', '');
    // The time of the rules: a desk fills in its forms by it, not by a clock of its own that may be wrong.
    response.setHeader('Date', clock.at(new Date()).toUTCString());
    response.setHeader('X-Trace-Id', traceId);
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('Permissions-Policy', 'camera=(self), geolocation=(), microphone=(), payment=(), usb=()');
    withContext(
      { traceId, address: request.ip ?? null, userAgent: (request.headers['user-agent'] ?? '').slice(0, 300) || null },
      next,
    );
  });
  app.use(requestLog(app.get<Logger>(LOGGER), () => currentContext().traceId));
  const drain = app.get(Drain);
  app.use((request: Request, response: Response, next: NextFunction) => {
    drain.admit(request, response, next);
  });
  const isHttps = config.publicUrl.startsWith('https:');
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          connectSrc: ["'self'"],
          fontSrc: ["'self'", 'data:'],
          // A paper is shown in the page from the bytes just read.
          frameSrc: ['blob:'],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
        },
      },
      frameguard: { action: 'deny' },
      // Over plain http on an intranet address a browser told to upgrade would show a blank page, and one told to keep
      // windows apart would report that it does not.
      strictTransportSecurity: isHttps,
      crossOriginOpenerPolicy: isHttps,
      originAgentCluster: isHttps,
    }),
  );
  serveWeb(express, config.webDir);
  app.use(...jsonBody(BODY_LIMIT));
  // Errors of the middlewares above happen before any route: they get the same problem as all others.
  app.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    filter.answer(error, request, response);
  });
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(filter);
  app.useGlobalInterceptors(app.get(RequestScopeInterceptor));

  SwaggerModule.setup('api/docs', app, () => openApiDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    customSiteTitle: '综治中心调解系统接口',
  });

  const server = app.getHttpServer() as import('node:http').Server;
  server.headersTimeout = 10_000;
  server.requestTimeout = 120_000;
  server.maxConnections = MAX_CONNECTIONS;
  answerBrokenRequests(server);
}
