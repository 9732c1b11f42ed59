import { foundDemoCenter } from './demo-organizations';
import { FIRST_ADMINISTRATOR } from './demo-staff';
import { liveDemoMatters } from './demo-matters';
import type { TravellingClock } from './travelling-clock';

export interface FirstAdministratorOffice {
  isOpen(): Promise<boolean>;
  execute(administrator: {
    loginName: string;
    displayName: string;
    password: string;
  }): Promise<{ readonly id: string }>;
}

/**
 * Fills an empty installation with the demo center and its six matters, through the program’s own interface, so that
 * the demo can hold nothing that the rules would refuse. Does nothing when there is any account.
 */
export async function fillDemoCenter(
  baseUrl: string,
  office: FirstAdministratorOffice,
  clock: TravellingClock,
): Promise<boolean> {
  if (!(await office.isOpen())) return false;
  const base = `${baseUrl}/api`;
  const { id } = await office.execute({ ...FIRST_ADMINISTRATOR, password: 'Chushi-2026!' });
  try {
    const center = await foundDemoCenter(base, id);
    await liveDemoMatters(base, center, clock);
  } finally {
    clock.returnToPresent();
  }
  return true;
}
