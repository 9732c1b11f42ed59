/** `新城综治哨字〔2026〕3号`: gapless per center and year, given when the whistle is issued. */
export function formatSummonsNumber(centerCode: string, year: number, sequence: number): string {
  return `${centerCode}综治哨字〔${year}〕${sequence}号`;
}
