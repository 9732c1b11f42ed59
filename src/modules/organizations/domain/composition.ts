/** What the law asks of who sits on a committee. */
export interface CommitteeSeat {
  readonly engagement: 'member' | 'engaged';
  readonly sex: 'male' | 'female' | null;
  readonly ethnicity: string | null;
}

export interface CompositionWarning {
  readonly code: 'too-few-members' | 'too-many-members' | 'no-woman' | 'no-minority-member';
  readonly message: string;
}

/**
 * Warnings under the People’s Mediation Law art. 8: three to nine members, a woman among them, and in areas of several
 * ethnic groups a member of a minority. They warn and never block: the seal stays valid while an election is pending.
 */
export function compositionWarnings(seats: readonly CommitteeSeat[]): CompositionWarning[] {
  const members = seats.filter((s) => s.engagement === 'member');
  const warnings: CompositionWarning[] = [];
  if (members.length < 3)
    warnings.push({ code: 'too-few-members', message: '委员不足三人（人民调解法第八条），请补选。' });
  if (members.length > 9)
    warnings.push({ code: 'too-many-members', message: '委员超过九人（人民调解法第八条），请核对。' });
  if (!members.some((m) => m.sex === 'female'))
    warnings.push({ code: 'no-woman', message: '委员中没有妇女成员（人民调解法第八条），请补选。' });
  if (!members.some((m) => m.ethnicity !== null && m.ethnicity !== '汉族')) {
    warnings.push({
      code: 'no-minority-member',
      message: '多民族居住地区应有人数较少民族的成员（人民调解法第八条），请核对。',
    });
  }
  return warnings;
}
