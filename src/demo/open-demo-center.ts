import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROLE_NAMES } from '../kernel';
import { DEMO_PASSWORD, DEMO_STAFF, FIRST_ADMINISTRATOR } from './demo-staff';
import { type FirstAdministratorOffice, fillDemoCenter } from './fill-demo-center';
import type { TravellingClock } from './travelling-clock';

interface DemoOpening {
  readonly url: string;
  readonly dataDir: string;
  readonly office: FirstAdministratorOffice;
  readonly clock: TravellingClock;
  readonly say: (text: string) => void;
}

/**
 * Fills the demo center at the first start and says who may log in. A note beside the data tells a demo that was cut
 * off in the middle from a whole one: the half-filled one is named, never completed by guess.
 */
export async function openDemoCenter({ url, dataDir, office, clock, say }: DemoOpening): Promise<void> {
  const note = join(dataDir, 'demo-center');
  const isNoted = existsSync(note);
  if (!isNoted && (await office.isOpen())) {
    say('  正在填充演示中心（只在首次启动时进行，约半分钟）……\n');
    writeFileSync(note, 'filling');
    await fillDemoCenter(url, office, clock);
    writeFileSync(note, 'complete');
  } else if (isNoted && readFileSync(note, 'utf8') !== 'complete') {
    say(`  上次填充演示数据时中断，数据不完整。请停止后删除 ${dataDir}，再重新启动。\n`);
    return;
  } else if (!isNoted) {
    return;
  }
  say(`\n  演示账号（密码均为 ${DEMO_PASSWORD}）：\n${logins()}\n`);
}

/** One login per role. */
function logins(): string {
  const staff = [{ ...FIRST_ADMINISTRATOR, role: 'security-admin' as const }, ...DEMO_STAFF];
  return Object.entries(ROLE_NAMES)
    .map(([role, name]) => `    ${staff.find((s) => s.role === role)?.loginName.padEnd(12) ?? ''}${name}`)
    .join('\n');
}
