/** The last four digits of a normalised number, its extension left out: what people remember of a telephone. */
export function phoneEnd(phone: string): string {
  return subscriberDigits(phone).slice(-4);
}

/** Whether a normalised number, its extension left out, ends with these digits. */
export function endsWithDigits(phone: string, digits: string): boolean {
  return subscriberDigits(phone).endsWith(digits);
}

/** `0471-6912345-801` → `04716912345` */
function subscriberDigits(phone: string): string {
  return phone.replace(/^(\d+-\d+)-\d+$/, '$1').replace(/\D/g, '');
}
