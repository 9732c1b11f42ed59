import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import { performance } from 'node:perf_hooks';
import { DomainError } from '../../../kernel';

const WINDOW_MS = 60_000;
const MAX_ADDRESSES = 20_000;

interface Window {
  readonly startedAt: number;
  count: number;
}

/** Counts the questions of each address in fixed windows of a minute, in this process. */
export class AddressLimit {
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly perMinute: number,
    /** Milliseconds of a clock that never goes back. */
    private readonly clock: () => number = () => performance.now(),
  ) {}

  /** False when the address has asked too often. */
  admits(address: string): boolean {
    const now = this.clock();
    const key = networkOf(address);
    const known = this.windows.get(key);
    if (known === undefined || now - known.startedAt >= WINDOW_MS) {
      this.forget(now);
      this.windows.set(key, { startedAt: now, count: 1 });
      return true;
    }
    known.count += 1;
    return known.count <= this.perMinute;
  }

  /** Keeps the table small: a map remembers the order of entry, so what has run out is at its beginning. */
  private forget(now: number): void {
    for (const [key, window] of this.windows) {
      if (now - window.startedAt < WINDOW_MS && this.windows.size < MAX_ADDRESSES) return;
      this.windows.delete(key);
    }
  }
}

/** A household has a whole /64 of IPv6 addresses: it counts as one. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  return address.split(':').slice(0, 4).join(':');
}

function tooMany(): DomainError {
  return new DomainError('too-many', 'too-many-requests', '查询过于频繁，请一分钟后再试。');
}

/** Guards the look-up of codes. */
@Injectable()
export class CodeLimitGuard implements CanActivate {
  private readonly limit = new AddressLimit(60);

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Request>();
    if (this.limit.admits(request.ip ?? '')) return true;
    throw tooMany();
  }
}

const MAX_UPLOADS = 4;

/** Guards the verification of files, which are held in memory: also by how many are under way at once. */
@Injectable()
export class UploadLimitGuard implements CanActivate {
  private readonly limit = new AddressLimit(20);
  private underWay = 0;

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    if (!this.limit.admits(http.getRequest<Request>().ip ?? '')) throw tooMany();
    if (this.underWay >= MAX_UPLOADS) {
      throw new DomainError('unavailable', 'verification.busy', '正在核验的文件较多，请稍候再试。');
    }
    this.underWay += 1;
    http.getResponse<Response>().once('close', () => {
      this.underWay -= 1;
    });
    return true;
  }
}
