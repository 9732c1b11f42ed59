/** The seven points of a review (评查七项), each with what it counts of a hundred. */
export const POINTS = {
  lawful: { name: '受理合法', most: 10, about: '属于调解范围，各方自愿，告知了权利义务' },
  complete: { name: '材料齐全', most: 20, about: '卷内应有的文书和材料都有' },
  standard: { name: '文书标准', most: 20, about: '用统一格式，要素填全，签名、捺印、盖章到位' },
  evidence: { name: '证据恰当', most: 15, about: '证据与争议相关，足以支持认定的事实' },
  law: { name: '适用法律', most: 15, about: '引用准确，协议不违反法律、不损害他人' },
  visit: { name: '回访及时', most: 10, about: '按期回访，记明履行和满意情况' },
  bound: { name: '装订规范', most: 10, about: '顺序、页码、目录、封面齐备' },
} as const;
export type PointKey = keyof typeof POINTS;
export const POINT_KEYS = Object.keys(POINTS) as readonly PointKey[];
export const POINT_NAMES = Object.fromEntries(POINT_KEYS.map((key) => [key, POINTS[key].name])) as Readonly<
  Record<PointKey, string>
>;

export const GRADES = { excellent: '优', passing: '合格', failing: '不合格' } as const;
export type Grade = keyof typeof GRADES;

/** What a reviewer says of one point; a finding wherever it has less than the most. */
export interface Mark {
  readonly point: PointKey;
  readonly score: number;
  readonly finding: string | null;
}

export interface GradeBounds {
  readonly excellentFrom: number;
  readonly passingFrom: number;
}

export type MarkFault =
  | { readonly kind: 'points' }
  | { readonly kind: 'too-many'; readonly index: number; readonly point: PointKey }
  | { readonly kind: 'no-finding'; readonly index: number; readonly point: PointKey };

/** What is wrong with a set of marks; null when each point is there once, within its bound, and whatever was deducted is told. */
export function faultOf(marks: readonly Mark[]): MarkFault | null {
  if (marks.length !== POINT_KEYS.length || !POINT_KEYS.every((key) => marks.some((m) => m.point === key)))
    return { kind: 'points' };
  for (const [index, { point, score, finding }] of marks.entries()) {
    if (score > POINTS[point].most) return { kind: 'too-many', index, point };
    if (score < POINTS[point].most && finding === null) return { kind: 'no-finding', index, point };
  }
  return null;
}

export function totalOf(marks: readonly Mark[]): number {
  return marks.reduce((sum, { score }) => sum + score, 0);
}

export function gradeOf(total: number, { excellentFrom, passingFrom }: GradeBounds): Grade {
  return total >= excellentFrom ? 'excellent' : total >= passingFrom ? 'passing' : 'failing';
}

export const ANSWER_KINDS = { mended: '已整改', explained: '作出说明' } as const;
export type AnswerKind = keyof typeof ANSWER_KINDS;

export interface FindingAnswer {
  readonly point: PointKey;
  readonly kind: AnswerKind;
  readonly text: string;
}

/** Points with a finding that these answers leave out, and answers to what was not found. */
export function unanswered(marks: readonly Mark[], answers: readonly FindingAnswer[]): readonly PointKey[] {
  const found = marks.filter((m) => m.finding !== null).map((m) => m.point);
  const told = answers.map((a) => a.point);
  return [...found.filter((p) => !told.includes(p)), ...told.filter((p) => !found.includes(p))];
}

/** How often each point had a finding, the most frequent first. */
export function frequencyOf(
  reviewed: readonly (readonly Mark[])[],
): readonly { readonly point: PointKey; readonly findings: number; readonly mean: number | null }[] {
  return POINT_KEYS.map((point) => {
    const marks = reviewed.flatMap((all) => all.filter((m) => m.point === point));
    return {
      point,
      findings: marks.filter((m) => m.finding !== null).length,
      mean: marks.length === 0 ? null : Math.round((totalOf(marks) / marks.length) * 10) / 10,
    };
  }).sort((a, z) => z.findings - a.findings);
}
