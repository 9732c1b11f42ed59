import { foldWidth } from '../../../kernel';

/** Milliseconds a session lasts without use, and at the longest. A party reads slowly and may fetch a paper meanwhile. */
export const SESSION_IDLE = 30 * 60_000;
export const SESSION_LONGEST = 4 * 60 * 60_000;

const MINUTE = 60_000;

/** Failures within a time after which further tries wait until enough of them have grown old. */
export interface Limit {
  readonly failures: number;
  readonly within: number;
}

/**
 * For one slip or one number: a six-digit code is one of a million, so that fifteen tries a day find it in 180 years. The
 * same for numbers that do not exist: nobody learns by them which do.
 */
export const KEY_LIMITS: readonly Limit[] = [
  { failures: 5, within: 15 * MINUTE },
  { failures: 15, within: 24 * 60 * MINUTE },
];
/** For one address over all keys: a hall of people behind one address, but no dictionary. */
export const ADDRESS_LIMITS: readonly Limit[] = [{ failures: 20, within: 15 * MINUTE }];
/** For all addresses together by number: many numbers tried once each from many addresses. The slip stays open. */
export const NUMBER_LIMITS: readonly Limit[] = [{ failures: 120, within: 60 * MINUTE }];

/** Long enough for the widest of the limits. */
export const ATTEMPTS_KEPT = 2 * 24 * 60 * MINUTE;

/** The registration number as people type it: without brackets, spaces, 第 and 号, in half width. */
export function numberKey(typed: string): string {
  return foldWidth(typed)
    .toUpperCase()
    .replace(/[^\p{Script=Han}A-Z0-9]/gu, '')
    .replace(/[第号]/gu, '');
}

/** Six digits in two groups, as they are printed and read out. */
export function formatCode(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3)}`;
}
