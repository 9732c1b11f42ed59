import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '../../../kernel';

/** argon2id, 19 MiB, two passes (OWASP). */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const MAX_CHARACTERS = 128;
const AT_ONCE = 2;
/** About four seconds of work on two cores: whoever would wait longer is sent away, so that a flood does not pile up. */
const MOST_WAITING = 200;

let running = 0;
const waiting: (() => void)[] = [];

/** At most two hashes at once, so that a flood of logins leaves a core for the desk; the line is bounded (503). */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= MOST_WAITING) {
    throw new DomainError('unavailable', 'unavailable', '登录的人太多，请稍候重试。');
  }
  while (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, COST));
}

/** A hash of nothing anyone types, so that an unknown name takes as long as a wrong password. */
const ABSENT = '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$u1Yj0F5hQ7aZkQyS1N0p3b3m8y0kq7c2yQyqg3m1r9s';

/** Compares exact bytes; with no hash it still does the work. */
export async function passwordMatches(password: string, storedHash: string | undefined): Promise<boolean> {
  if (password.length > MAX_CHARACTERS) return false;
  const matches = await inTurn(() => verify(storedHash ?? ABSENT, password).catch(() => false));
  return storedHash !== undefined && matches;
}
