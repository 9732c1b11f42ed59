import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '../../kernel';

/** How often it is looked whether anybody still waits. */
const LOOK_MS = 5;

/**
 * Knows the requests under way, and lets them come to their end before the process does. Meanwhile the probe of readiness and
 * every new request are answered 503, so that a proxy turns to another instance; the process is still alive (`/livez`).
 */
@Injectable()
export class Drain {
  private readonly underWay = new Set<Response>();
  private isStopping = false;
  private whenEmpty: () => void = () => undefined;

  /** Express middleware. */
  admit(request: Request, response: Response, next: NextFunction): void {
    if (this.isStopping && request.path !== '/livez') {
      response.setHeader('Connection', 'close');
      next(new DomainError('unavailable', 'stopping', '系统正在停止或重启，您的操作没有生效。请稍后重试。'));
      return;
    }
    this.underWay.add(response);
    response.once('close', () => {
      this.underWay.delete(response);
      if (this.underWay.size === 0) this.whenEmpty();
    });
    next();
  }

  /** Comes back when nobody waits for an answer to begin, after `limitMs` at the latest: what is long lets people at their desks go first. */
  async calm(limitMs: number): Promise<void> {
    const until = performance.now() + limitMs;
    const isAwaited = (): boolean => [...this.underWay].some((response) => !response.headersSent);
    while (isAwaited() && performance.now() < until) await delay(LOOK_MS);
  }

  /** Admits no more requests and waits for those under way, at most `limitMs`. Answers how many were left. */
  async finish(limitMs: number): Promise<number> {
    this.isStopping = true;
    for (const response of this.underWay) {
      if (!response.headersSent) response.setHeader('Connection', 'close');
    }
    if (this.underWay.size > 0) {
      await new Promise<void>((resolve) => {
        const limit = setTimeout(resolve, limitMs);
        this.whenEmpty = () => {
          clearTimeout(limit);
          resolve();
        };
      });
    }
    return this.underWay.size;
  }
}
