/** Types of disputes about marriage, adoption, inheritance and other personal relations, with all that lies below them. */
const PERSONAL = 'family';

/**
 * Words by which such a document is recognised whatever type was chosen at the counter. 被抚养人 alone is not among them:
 * it stands in every agreement on a traffic accident.
 */
const PERSONAL_WORDS = /继承|遗产|遗嘱|离婚|解除婚姻|收养|监护权|抚养权|赡养/;

/**
 * Why this agreement may not rely on electronic signatures, or null. 电子签名法第三条 does not extend to documents on marriage,
 * adoption, inheritance and other personal relations; whether a purely proprietary division of an estate is one is
 * disputed, so it counts as one.
 */
export function inkOnlyReason(disputeType: string | null, texts: readonly string[]): string | null {
  const isPersonal = disputeType === PERSONAL || (disputeType?.startsWith(`${PERSONAL}.`) ?? false);
  if (!isPersonal && !texts.some((text) => PERSONAL_WORDS.test(text))) return null;
  return '涉及婚姻、收养、继承等人身关系的文书不适用电子签名（电子签名法第三条）。请打印后当场签名、按指印，再扫描登记。';
}
