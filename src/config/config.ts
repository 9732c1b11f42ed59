import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { StartRefusal } from './start-refusal';

/** Everything the process takes from its environment, checked once at boot. This is the only reader of process.env. */
export interface Config {
  readonly mode: 'production' | 'development' | 'test';
  readonly host: string;
  readonly port: number;
  /** Folder for what the program keeps beside the database: keys, papers, evidence files, the embedded database. */
  readonly dataDir: string;
  /** Owner URL of a given PostgreSQL; undefined means the embedded one. */
  readonly databaseUrl: string | undefined;
  /** URL of a login without rights of its own (role zongzhi_app); undefined derives it from the owner's. */
  readonly databaseAppUrl: string | undefined;
  readonly databasePoolSize: number;
  /** Address under which parties open links and QR codes. */
  readonly publicUrl: string;
  /** Number of proxies in front whose X-Forwarded-For is believed. */
  readonly trustedProxies: number;
  readonly logLevel: string;
  /** Where the built web lies. */
  readonly webDir: string;
  readonly demo: boolean;
  readonly keysFile: string;
  /** Test flag: switches the application's own guard off so that row security is seen alone. Refused in production. */
  readonly accessGuardOff: boolean;
  readonly timestampAuthorityUrl: string | undefined;
  /** Hosts of authorities that may be asked what they have taken back. */
  readonly revocationHosts: readonly string[];
  /** Token with the committees' keys behind a PKCS#11 driver; undefined when there is none. */
  readonly signingToken: SigningTokenConfig | undefined;
  /** Signing service with the committees' keys; undefined when there is none. */
  readonly signingProvider: SigningProviderConfig | undefined;
  /** Ways out of the house for messages; what is not set up writes down and sends nothing. */
  readonly messages: MessagesConfig;
}

interface MessagesConfig {
  readonly sms: { readonly url: string; readonly secret: string } | undefined;
  readonly email: { readonly url: string; readonly password: string | undefined; readonly from: string } | undefined;
  readonly wecomUrl: string | undefined;
  readonly dingtalk: { readonly url: string; readonly secret: string | undefined } | undefined;
  /** Hosts that messages may go to, beside those of the own network. */
  readonly hosts: readonly string[];
  /** Hosts that may lie in the own network. */
  readonly insideHosts: readonly string[];
}

interface SigningTokenConfig {
  readonly module: string;
  readonly pin: string;
  /** What the driver sees of the environment: nothing of this program's secrets. */
  readonly environment: Readonly<Record<string, string>>;
}

interface SigningProviderConfig {
  readonly url: string;
  readonly accessToken: string;
  readonly pin: string | undefined;
}

function integer(env: NodeJS.ProcessEnv, name: string, fallback: number, min: number, max: number): number {
  const raw = env[name];
  if (raw === undefined || raw === '') return fallback;
  const value = Number(raw);
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new StartRefusal(
      `${name} must be a whole number from ${min} to ${max} (${name} 应为 ${min} 到 ${max} 的整数)`,
    );
  }
  return value;
}

/** A secret given by value or, as container platforms do it, by file (`NAME_FILE`). */
function secret(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const file = env[`${name}_FILE`];
  if (file !== undefined && file !== '') {
    if (!existsSync(file))
      throw new StartRefusal(`${name}_FILE names a file that does not exist (${name}_FILE 指向的文件不存在)`);
    return readFileSync(file, 'utf8').trim();
  }
  const value = env[name];
  return value === undefined || value === '' ? undefined : value;
}

/** Hosts, with the port where it is not the usual one, separated by commas. */
function hosts(value: string | undefined, name: string): readonly string[] {
  const listed = (value ?? '').split(',').flatMap((host) => (host.trim() === '' ? [] : [host.trim().toLowerCase()]));
  for (const host of listed) {
    if (!URL.canParse(`http://${host}`) || new URL(`http://${host}`).pathname !== '/' || /[/@?#]/.test(host))
      throw new StartRefusal(`${name} must list hosts separated by commas (${name} 应为以逗号分隔的主机名)`);
  }
  return listed;
}

function url(value: string | undefined, name: string, protocols: readonly string[]): string | undefined {
  if (value === undefined) return undefined;
  if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
    throw new StartRefusal(`${name} must be a URL beginning with ${protocols.join(' or ')} (${name} 不是有效的地址)`);
  }
  return value;
}

/** Drivers look for their libraries and their own settings here. */
const DRIVER_VARIABLES = ['PATH', 'HOME', 'LD_LIBRARY_PATH', 'SOFTHSM2_CONF'];

function signingToken(env: NodeJS.ProcessEnv): SigningTokenConfig | undefined {
  const module = env.SIGNING_TOKEN_MODULE;
  if (module === undefined || module === '') return undefined;
  if (!existsSync(module)) {
    throw new StartRefusal(
      'SIGNING_TOKEN_MODULE names a file that does not exist (SIGNING_TOKEN_MODULE 指向的文件不存在)',
    );
  }
  const pin = secret(env, 'SIGNING_TOKEN_PIN');
  if (pin === undefined)
    throw new StartRefusal('SIGNING_TOKEN_PIN is required (配置了密码设备，须同时配置 SIGNING_TOKEN_PIN)');
  const environment = Object.fromEntries(
    DRIVER_VARIABLES.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])),
  );
  return { module: resolve(module), pin, environment };
}

function signingProvider(env: NodeJS.ProcessEnv): SigningProviderConfig | undefined {
  const address = url(env.SIGNING_PROVIDER_URL, 'SIGNING_PROVIDER_URL', ['http:', 'https:']);
  if (address === undefined) return undefined;
  const accessToken = secret(env, 'SIGNING_PROVIDER_ACCESS_TOKEN');
  if (accessToken === undefined) {
    throw new StartRefusal(
      'SIGNING_PROVIDER_ACCESS_TOKEN is required (配置了签名服务，须同时配置 SIGNING_PROVIDER_ACCESS_TOKEN)',
    );
  }
  return { url: address, accessToken, pin: secret(env, 'SIGNING_PROVIDER_PIN') };
}

/** Where the robots of WeCom and DingTalk live. */
const ROBOT_HOSTS = ['qyapi.weixin.qq.com', 'oapi.dingtalk.com'];

/** Addresses of robots hold their key: they are secrets like the others. */
function messages(env: NodeJS.ProcessEnv): MessagesConfig {
  const web = ['http:', 'https:'];
  const smsUrl = url(env.SMS_GATEWAY_URL || undefined, 'SMS_GATEWAY_URL', web);
  const smsSecret = secret(env, 'SMS_GATEWAY_SECRET');
  if (smsUrl !== undefined && smsSecret === undefined)
    throw new StartRefusal('SMS_GATEWAY_SECRET is required (配置了短信网关，须同时配置 SMS_GATEWAY_SECRET)');
  const mailUrl = url(env.SMTP_URL || undefined, 'SMTP_URL', ['smtp:', 'smtps:']);
  const from = env.SMTP_FROM ?? '';
  if (mailUrl !== undefined && from === '')
    throw new StartRefusal('SMTP_FROM is required (配置了邮件服务器，须同时配置 SMTP_FROM)');
  const dingtalkUrl = url(secret(env, 'DINGTALK_ROBOT_URL'), 'DINGTALK_ROBOT_URL', web);
  return {
    sms: smsUrl === undefined ? undefined : { url: smsUrl, secret: smsSecret ?? '' },
    email: mailUrl === undefined ? undefined : { url: mailUrl, password: secret(env, 'SMTP_PASSWORD'), from },
    wecomUrl: url(secret(env, 'WECOM_ROBOT_URL'), 'WECOM_ROBOT_URL', web),
    dingtalk:
      dingtalkUrl === undefined ? undefined : { url: dingtalkUrl, secret: secret(env, 'DINGTALK_ROBOT_SECRET') },
    hosts: [...ROBOT_HOSTS, ...hosts(env.MESSAGE_HOSTS, 'MESSAGE_HOSTS')],
    insideHosts: hosts(env.MESSAGE_INSIDE_HOSTS, 'MESSAGE_INSIDE_HOSTS'),
  };
}

/** A terminal in which someone just started the program should show what it says, not every request. */
const LOG_LEVELS = { production: 'info', development: 'warn', test: 'silent' } as const;

/** Reads and checks the environment. Throws a StartRefusal naming the variable at fault. */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const mode = env.NODE_ENV === 'production' ? 'production' : env.NODE_ENV === 'test' ? 'test' : 'development';
  const host = env.HOST ?? '127.0.0.1';
  const port = integer(env, 'PORT', 3000, 0, 65535);
  const dataDir = resolve(env.DATA_DIR ?? '.data');
  const databaseUrl = url(secret(env, 'DATABASE_URL'), 'DATABASE_URL', ['postgres:', 'postgresql:']);
  const config: Config = {
    mode,
    host,
    port,
    dataDir,
    databaseUrl,
    databaseAppUrl: url(secret(env, 'DATABASE_APP_URL'), 'DATABASE_APP_URL', ['postgres:', 'postgresql:']),
    databasePoolSize: integer(env, 'DATABASE_POOL_SIZE', 10, 2, 200),
    publicUrl: url(env.PUBLIC_URL ?? `http://${host}:${port}`, 'PUBLIC_URL', ['http:', 'https:']) ?? '',
    trustedProxies: integer(env, 'TRUSTED_PROXIES', 0, 0, 4),
    logLevel: env.LOG_LEVEL ?? LOG_LEVELS[mode],
    webDir: resolve(env.WEB_DIR ?? 'dist/web'),
    demo: mode === 'development' && env.DEMO !== 'off',
    keysFile: resolve(env.KEYS_FILE ?? `${dataDir}/keys.json`),
    accessGuardOff: env.ACCESS_GUARD === 'off',
    timestampAuthorityUrl: url(env.TIMESTAMP_AUTHORITY_URL, 'TIMESTAMP_AUTHORITY_URL', ['http:', 'https:']),
    revocationHosts: hosts(env.REVOCATION_HOSTS, 'REVOCATION_HOSTS'),
    signingToken: signingToken(env),
    signingProvider: signingProvider(env),
    messages: messages(env),
  };
  if (mode === 'production') refuseUnsafeProduction(config, env);
  return Object.freeze(config);
}

/** Production starts only with what an operator chose on purpose. */
function refuseUnsafeProduction(config: Config, env: NodeJS.ProcessEnv): void {
  const faults: string[] = [];
  if (config.databaseUrl === undefined) faults.push('DATABASE_URL is required (生产环境必须配置 DATABASE_URL)');
  if (env.PUBLIC_URL === undefined) faults.push('PUBLIC_URL is required (生产环境必须配置 PUBLIC_URL)');
  if (config.accessGuardOff) faults.push('ACCESS_GUARD=off is a test flag (生产环境不得关闭访问控制)');
  const password = config.databaseUrl === undefined ? '' : decodeURIComponent(new URL(config.databaseUrl).password);
  if (['postgres', 'password', 'changeme', 'zongzhi', '123456'].includes(password.toLowerCase())) {
    faults.push('DATABASE_URL carries a default password (数据库口令为默认值，请更换)');
  }
  if (faults.length > 0) throw new StartRefusal(faults.join('\n'));
}
