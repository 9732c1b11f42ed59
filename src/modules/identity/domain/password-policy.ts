/**
 * What a password must be, as a setting. The default follows the habit of 等保 (GB/T 22239: complexity and periodic
 * change); an installation may set `maxAgeDays` to 0 and ask for length instead, as OWASP ASVS does.
 */
export interface PasswordPolicy {
  /** Least number of characters. */
  readonly minLength: number;
  /** Least number of kinds among lower case, upper case, digits, others. */
  readonly minKinds: number;
  /** Days until it must be changed; 0 for never. */
  readonly maxAgeDays: number;
  /** How many former passwords may not come back. */
  readonly remembered: number;
  /** Failures per name and address before a pause. */
  readonly maxFailures: number;
  /** Length of the first pause in minutes; each further failure doubles it, up to a day. */
  readonly blockMinutes: number;
}

const KINDS = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/];
const COMMON = ['password', '12345678', 'qwertyui', 'admin', 'abc123', '88888888', 'iloveyou', 'zongzhi'];
const LONGEST = 128;
const DAY_MINUTES = 1_440;

/** Chinese faults of a new password; empty when it will do. */
export function passwordFaults(password: string, policy: PasswordPolicy, loginName: string): string[] {
  const faults: string[] = [];
  const characters = Array.from(password).length;
  if (characters < policy.minLength) faults.push(`密码至少 ${policy.minLength} 个字符`);
  if (password.length > LONGEST) faults.push(`密码不能超过 ${LONGEST} 个字符`);
  const kinds = KINDS.filter((kind) => kind.test(password)).length;
  if (kinds < policy.minKinds) faults.push(`密码应含大写字母、小写字母、数字、符号中的至少 ${policy.minKinds} 种`);
  const lower = password.toLowerCase();
  if (loginName.length >= 4 && lower.includes(loginName.toLowerCase())) faults.push('密码不能包含用户名');
  if (COMMON.some((word) => lower.startsWith(word))) faults.push('密码过于常见');
  if (/^(.)\1*$/su.test(password)) faults.push('密码不能只有一种字符');
  return faults;
}

export function isExpired(changedAt: Date, policy: PasswordPolicy, now: Date): boolean {
  return policy.maxAgeDays > 0 && now.getTime() - changedAt.getTime() > policy.maxAgeDays * 86_400_000;
}

/** Minutes to wait after the given number of failures; 0 while tries are left. */
export function pauseMinutes(failures: number, policy: PasswordPolicy): number {
  const over = failures - policy.maxFailures;
  return over < 0 ? 0 : Math.min(DAY_MINUTES, policy.blockMinutes * 2 ** over);
}
