import { readFileSync } from 'node:fs';
import { daysOfYear, type NoticeDays, type PackageData } from '../domain/published-days';

/** The exact version of the package, for whoever wants to look it up. */
export function packageNote(): string {
  const { name, version } = readJson('chinese-days/package.json') as { name: string; version: string };
  return `${name} ${version}`;
}

/** A year as the package chinese-days has it; null where it has none. */
export function daysOfPackage(year: number): NoticeDays | null {
  const days = daysOfYear(packageData(), year);
  return days.offDays.length === 0 ? null : days;
}

/** The latest year that the package has. */
export function latestYearOfPackage(): number {
  return Object.keys(packageData().holidays).reduce((latest, on) => Math.max(latest, Number(on.slice(0, 4))), 0);
}

let kept: PackageData | undefined;

function packageData(): PackageData {
  return (kept ??= readJson('chinese-days/dist/chinese-days.json') as PackageData);
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(require.resolve(path), 'utf8'));
}
