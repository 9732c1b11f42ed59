import type { components } from '@/generated/schema';

type ProblemBody = components['schemas']['ProblemResponse'];
export type CurrentVersion = components['schemas']['CurrentVersionResponse'];

/** A refusal of the server (RFC 9457), or a lost connection (`status` 0). `detail` says in Chinese what to do next. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errors: ProblemBody['errors'] = [],
    readonly traceId = '',
    /** Where somebody was quicker (412): the version that is there now, and who changed what last. */
    readonly current?: CurrentVersion,
  ) {
    super(detail);
    this.name = 'Problem';
  }

  static of(body: unknown, status: number): Problem {
    const problem = (typeof body === 'object' && body !== null ? body : {}) as Partial<ProblemBody>;
    return new Problem(
      status,
      problem.code ?? 'unknown',
      problem.detail ?? '系统没有给出说明，请稍后重试；仍不行请联系系统管理员。',
      problem.errors ?? [],
      problem.traceId ?? '',
      problem.current,
    );
  }

  static offline(isReading = false): Problem {
    if (isReading) return new Problem(0, 'offline', '网络中断，没有读到内容。请恢复网络后重试。');
    return new Problem(0, 'offline', '网络中断，没有提交成功。您填写的内容还在，恢复网络后请再次提交，不会重复办理。');
  }

  get isOffline(): boolean {
    return this.status === 0;
  }
}

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem(-1, 'page-error', `页面出错：${error instanceof Error ? error.message : String(error)}`);
}
