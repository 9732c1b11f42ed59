import { StartRefusal } from './config';
import { ChineseTextSearchError, EmbeddedPostgresError } from './platform/database/embedded';

const EXPECTED = [StartRefusal, ChineseTextSearchError, EmbeddedPostgresError];

/** What to do about the errors of the operating system and of PostgreSQL that a start commonly meets. */
const ADVICE: Readonly<Record<string, string>> = {
  EADDRINUSE: '端口已被占用。请停止占用它的程序，或设置环境变量 PORT 换一个端口后再启动。',
  EADDRNOTAVAIL: '本机没有环境变量 HOST 所写的地址，请改正后再启动。',
  EACCES: '当前用户没有所需的权限（端口、数据目录或密钥文件）。请换用有权限的用户，或更改 PORT、DATA_DIR、KEYS_FILE。',
  EROFS: '数据目录所在的磁盘只读，请更改 DATA_DIR。',
  ENOSPC: '磁盘已满，请清理后再启动。',
  ECONNREFUSED: '连接不上数据库：对方拒绝连接。请确认数据库已启动，DATABASE_URL 中的地址和端口正确。',
  ENOTFOUND: '连接不上数据库：找不到 DATABASE_URL 中的主机，请核对。',
  EAI_AGAIN: '连接不上数据库：暂时解析不了 DATABASE_URL 中的主机，请检查网络。',
  ETIMEDOUT: '连接不上数据库：对方没有应答，请检查 DATABASE_URL 和网络。',
  '28P01': '数据库口令不对，请核对 DATABASE_URL 和 DATABASE_APP_URL。',
  '28000': '数据库不允许该用户登录，请核对 DATABASE_URL 和 DATABASE_APP_URL。',
  '3D000': '数据库不存在，请先建立，或核对 DATABASE_URL。',
  '42501': '数据库用户权限不足：DATABASE_URL 的用户应为数据库的所有者，并可建立扩展和角色。',
  '57P03': '数据库正在启动，请稍候再试。',
};

/** What to tell the person at the terminal; a stack only where the program itself is at fault. */
export function startFailureText(error: unknown): string {
  if (EXPECTED.some((kind) => error instanceof kind)) return (error as Error).message;
  const { code } = (error ?? {}) as { code?: unknown };
  const advice = typeof code === 'string' ? ADVICE[code] : undefined;
  if (advice !== undefined) return `${advice}（${String(code)}）`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
