import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { TITLE_OF, type ProblemResponse } from './problem';

const STATUS_LINE: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

const DETAIL: Readonly<Record<number, string>> = {
  400: '收到的不是有效的 HTTP 请求，请检查客户端程序。',
  408: '请求长时间没有发送完，已断开。请检查网络后重试。',
  431: '请求头过大，请清除本站的 Cookie 后重试。',
};

/** Bytes that node cannot read as HTTP never reach a route: they get the same kind of problem, and the connection ends. */
export function answerBrokenRequests(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 }[error.code ?? ''] ?? 400;
    const problem: ProblemResponse = {
      type: 'urn:zongzhi:problem:malformed',
      title: TITLE_OF[status] ?? '请求格式有误',
      status,
      detail: DETAIL[status] ?? '',
      instance: '/',
      code: 'malformed',
      traceId: randomUUID().replaceAll('-', ''),
      errors: [],
    };
    const body = JSON.stringify(problem);
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_LINE[status] ?? ''}\r\nConnection: close\r\nContent-Type: application/problem+json; charset=utf-8\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  });
}
