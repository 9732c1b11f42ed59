import type { WatchClock } from './clocks';

/** What one clock adds up to this morning. */
export interface MorningTally {
  readonly red: number;
  readonly yellow: number;
  /** Who holds up most of what is late in one center, and how many; and in which center, where several are looked at. */
  readonly worst: { readonly holder: string; readonly center: string | null; readonly count: number } | null;
  /** How late the latest one is, in the words of the desk. */
  readonly longest: string | null;
}

export const NOTHING: MorningTally = { red: 0, yellow: 0, worst: null, longest: null };

interface Topic {
  readonly clock: WatchClock | 'uncharged';
  readonly label: string;
  readonly late: (n: number) => string;
  readonly near: (n: number) => string;
  readonly none: string;
}

/** The ten sentences of a director's morning, in the order in which they are read: agencies first, then the own house. */
export const MORNING_TOPICS: readonly Topic[] = [
  {
    clock: 'summons-sign',
    label: '部门签收',
    late: (n) => `部门超时未签收吹哨 ${n} 件`,
    near: (n) => `${n} 件签收时限将到`,
    none: '吹哨均已按时签收',
  },
  {
    clock: 'summons-arrive',
    label: '部门到场',
    late: (n) => `部门超时未到场 ${n} 件`,
    near: (n) => `${n} 件到场时限将到`,
    none: '没有部门超时未到场',
  },
  {
    clock: 'summons-feedback',
    label: '部门反馈',
    late: (n) => `部门超时未反馈 ${n} 件`,
    near: (n) => `${n} 件反馈时限将到`,
    none: '没有部门超时未反馈',
  },
  {
    clock: 'mediation',
    label: '调解期限',
    late: (n) => `调解超过期限 ${n} 件`,
    near: (n) => `${n} 件调解期限将届满`,
    none: '没有超过调解期限的事项',
  },
  {
    clock: 'performance',
    label: '协议履行',
    late: (n) => `协议到期未履行 ${n} 项`,
    near: (n) => `${n} 项即将到期`,
    none: '没有到期未履行的协议事项',
  },
  {
    clock: 'consent',
    label: '征询意愿',
    late: (n) => `受理后迟迟没有征询完意愿 ${n} 件`,
    near: (n) => `${n} 件即将超过征询时间`,
    none: '没有征询意愿拖延的事项',
  },
  {
    clock: 'transfer',
    label: '流转签收',
    late: (n) => `流转单超时未签收 ${n} 件`,
    near: (n) => `${n} 件即将超时`,
    none: '没有超时未签收的流转单',
  },
  {
    clock: 'idle',
    label: '办理进展',
    late: (n) => `长时间没有办理进展 ${n} 件`,
    near: (n) => `${n} 件即将超过规定天数`,
    none: '没有长时间搁置的事项',
  },
  {
    clock: 'answer',
    label: '督办答复',
    late: (n) => `督办超时未答复 ${n} 件`,
    near: (n) => `${n} 件答复期限将到`,
    none: '没有超时未答复的督办',
  },
  {
    clock: 'uncharged',
    label: '红色风险',
    late: (n) => `红色风险事项尚未包案 ${n} 件`,
    near: () => '',
    none: '红色风险事项均已有领导包案',
  },
];

/** People of one name in two centers are two: the center stands before the name, unless it is the name. */
const nameOf = ({ holder, center }: NonNullable<MorningTally['worst']>): string =>
  center === null || center === holder ? holder : `${center}的${holder}`;

/** One topic as a sentence with its numbers. */
export function sentenceOf(topic: Topic, { red, yellow, worst, longest }: MorningTally): string {
  if (red === 0 && yellow === 0) return `${topic.none}。`;
  const whose =
    worst === null
      ? ''
      : red === 1
        ? `（${nameOf(worst)}）`
        : worst.count > 1
          ? `，其中${nameOf(worst)} ${worst.count} 件`
          : '';
  const parts = [
    ...(red > 0 ? [`${topic.late(red)}${whose}`] : []),
    ...(longest === null ? [] : [red === 1 ? longest : `最长的${longest}`]),
    ...(yellow > 0 ? [topic.near(yellow)] : []),
  ];
  return `${parts.join('，')}。`;
}
