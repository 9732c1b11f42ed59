import { DISPUTE_TYPES, type DisputeType } from './dictionaries';

/** Titles stay within the field. */
const MAX = 100;

interface Named {
  readonly applicant?: string;
  readonly respondent?: string;
  readonly disputeType?: DisputeType;
}

/** `李建国与张伟噪声纠纷`: the way a docket names a matter; null until somebody is named or the type is chosen. */
export function suggestTitle({ applicant, respondent, disputeType }: Named): string | null {
  const names = [applicant, respondent].map((name) => name?.trim()).filter((name) => name !== undefined && name !== '');
  if (names.length === 0 && disputeType === undefined) return null;
  const type = disputeType === undefined || disputeType === 'other' ? '' : DISPUTE_TYPES[disputeType];
  const title = `${names.join('与')}${type.endsWith('纠纷') || type.endsWith('争议') ? type : `${type}纠纷`}`;
  return Array.from(title).slice(0, MAX).join('');
}
