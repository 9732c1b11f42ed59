import { NestFactory } from '@nestjs/core';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { AppModule } from '../app.module';
import { StartRefusal, loadConfig } from '../config';
import { migrate } from '../data-source';
import { DomainError } from '../kernel';
import { CreateFirstAdministrator } from '../modules/identity';
import { openDatabase } from '../open-database';
import { newKeyFile, writeKeyFile } from '../platform/crypto';
import { startFailureText } from '../start-failure';
import { ask, askSecretly } from './terminal';

const USAGE = `
  用法：npm run set-up -- [--login-name 用户名] [--display-name 姓名]

  每套系统只运行一次：建立密钥文件（已有的不改动）、数据库结构和第一个账号（安全管理员）。
  密码在终端输入；不输入或没有终端时自动生成，只显示这一次。首次登录须修改密码。
`;

/** Letters and digits that cannot be taken for one another when read from paper. */
const LETTERS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789', '-+=#@%'];
const GENERATED_LENGTH = 16;

/** 16 characters with one at least of each kind: about 90 bits. */
function generatedPassword(): string {
  const pick = (letters: string): string => letters[randomInt(letters.length)] ?? '';
  const all = LETTERS.join('');
  for (;;) {
    const password = Array.from({ length: GENERATED_LENGTH }, () => pick(all)).join('');
    if (LETTERS.every((kind) => Array.from(password).some((c) => kind.includes(c)))) return password;
  }
}

async function choosePassword(): Promise<{ readonly password: string; readonly isGenerated: boolean }> {
  if (!process.stdin.isTTY) return { password: generatedPassword(), isGenerated: true };
  const password = await askSecretly('  密码（直接回车则自动生成）：');
  if (password === '') return { password: generatedPassword(), isGenerated: true };
  if ((await askSecretly('  再输入一次：')) !== password) throw new StartRefusal('两次输入的密码不一致，请重新运行。');
  return { password, isGenerated: false };
}

function readArguments(): { readonly loginName: string | undefined; readonly displayName: string | undefined } {
  try {
    const { values } = parseArgs({
      options: { 'login-name': { type: 'string' }, 'display-name': { type: 'string' }, help: { type: 'boolean' } },
    });
    if (values.help === true) throw new StartRefusal(USAGE);
    return { loginName: values['login-name'], displayName: values['display-name'] };
  } catch (error) {
    throw error instanceof StartRefusal ? error : new StartRefusal(USAGE);
  }
}

/** Makes keys and schema and opens the first account; refuses where there is any. */
async function setUp(): Promise<void> {
  const config = loadConfig();
  const given = readArguments();
  if (existsSync(config.keysFile)) say(`  密钥文件已有，未作改动：${config.keysFile}`);
  else {
    writeKeyFile(config.keysFile, newKeyFile());
    say(`  已建立密钥文件：${config.keysFile}\n  请立即另存一份到别处：丢失后，加密的证件号码无法读出，审计无法核验。`);
  }
  const database = await openDatabase(config);
  try {
    await migrate(database.url);
    const app = await NestFactory.createApplicationContext(AppModule.forRoot({ config, ownerUrl: database.url }), {
      logger: ['fatal'],
      abortOnError: false,
    });
    try {
      await openFirstAccount(app.get(CreateFirstAdministrator, { strict: false }), given);
    } finally {
      await app.close();
    }
  } finally {
    await database.stop();
  }
}

async function openFirstAccount(
  office: CreateFirstAdministrator,
  given: ReturnType<typeof readArguments>,
): Promise<void> {
  if (!(await office.isOpen())) throw new StartRefusal('系统已有账号，初始化只能进行一次。新账号由安全管理员开设。');
  const loginName = (given.loginName ?? (await ask('  安全管理员用户名（直接回车为 admin）：'))) || 'admin';
  const displayName = (given.displayName ?? (await ask('  姓名（直接回车为“安全管理员”）：'))) || '安全管理员';
  if (!/^[a-zA-Z0-9._-]{3,64}$/.test(loginName))
    throw new StartRefusal('用户名为 3 至 64 位字母、数字、点、横线，请重新运行。');
  const { password, isGenerated } = await choosePassword();
  await office.execute({ loginName, displayName, password });
  say(`\n  已开设安全管理员账号：${loginName}`);
  if (isGenerated) say(`  初始密码（只显示这一次）：${password}`);
  say('  首次登录须修改密码。下一步：启动系统，用该账号登录，为其他人员开设账号。\n');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

setUp().then(
  () => process.exit(0),
  (error: unknown) => {
    const text = error instanceof DomainError ? error.detail : startFailureText(error);
    process.stderr.write(`\n  未完成：${text}\n\n`);
    process.exit(1);
  },
);
