import { type PhoneNumber, maskPhone } from './phone';
import { type ResidentId, maskResidentId } from './resident-id';

const MOBILE = /(?<![0-9])1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])/gu;
const RESIDENT_ID = /(?<![0-9])[0-9]{17}[0-9Xx](?![0-9A-Za-z])/gu;

/** Mobile numbers and resident ids that stand in free words, masked: for letters to other bodies. */
export function hidePersonalNumbers(text: string): string {
  return text
    .replace(RESIDENT_ID, (id) => maskResidentId(id as ResidentId))
    .replace(MOBILE, (phone) => maskPhone(phone.replace(/[ -]/g, '') as PhoneNumber));
}
