interface PostgresProblem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

const MALFORMED = new Set([
  '22021',
  '22P05',
  '22P02',
  '22003',
  '22008',
  '22001',
  '22023',
  '2201W',
  '2201X',
  '2201B',
  '22025',
  '22007',
  '54001',
  '21000',
]);
const UNAVAILABLE = new Set(['53100', '53200', '53300', '57P01', '57P02', '57P03', '55P03', '25006', '57014']);
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOENT']);

/** The problem that an error of the database stands for, or null when it is none of the database's. */
export function problemOfPostgres(error: unknown): PostgresProblem | null {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  const text = typeof message === 'string' ? message : '';
  if (typeof code !== 'string') {
    return /timeout exceeded when trying to connect|Connection terminated|Query read timeout|Client has encountered a connection error/i.test(
      text,
    )
      ? unavailable()
      : null;
  }
  if (MALFORMED.has(code))
    return { status: 400, code: 'malformed', detail: '有内容超出允许的范围或含有无法保存的字符，请检查后重新提交。' };
  if (code === '23505')
    return { status: 409, code: 'duplicate', detail: '已有相同的记录，或他人刚刚办理了同一事项。请刷新后核对。' };
  if (code === '23P01') return { status: 409, code: 'overlap', detail: '时间段与已有的记录重叠，请刷新后核对。' };
  if (code === '23503')
    return { status: 409, code: 'missing-reference', detail: '所引用的内容不存在或已变动，请刷新后重新选择。' };
  if (code === '23514' || code === '23502')
    return { status: 422, code: 'refused-by-record', detail: '内容不完整或前后矛盾，没有保存。请检查后重新提交。' };
  if (code === '40001' || code === '40P01')
    return { status: 409, code: 'concurrent', detail: '他人正在办理同一事项，请稍候重试。' };
  if (code === '42501')
    return { status: 404, code: 'not-found', detail: '没有找到该内容，或您无权查看。请核对编号，或联系本中心调度员。' };
  if (UNAVAILABLE.has(code) || code.startsWith('08') || NETWORK.has(code)) return unavailable();
  return null;
}

function unavailable(): PostgresProblem {
  return { status: 503, code: 'unavailable', detail: '系统正忙或正在恢复，您的操作没有生效。请稍后重试。' };
}
