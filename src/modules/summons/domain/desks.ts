import type { TaskSnapshot, TaskState } from './task-lifecycle';

/** 部门的任务分栏: whose turn it is. */
export const AGENCY_TABS = { todo: '待办理', waiting: '等待中心', ended: '已办结' } as const;
export type AgencyTab = keyof typeof AGENCY_TABS;

/** States under each tab; a draft is under none, since the agency does not see it. */
export const STATES_OF_TAB: Readonly<Record<AgencyTab, readonly TaskState[]>> = {
  todo: ['issued', 'signed', 'overruled', 'arrived', 'handling', 'returned'],
  waiting: ['objected', 'feedback', 'confirmed'],
  ended: ['upheld', 'rated', 'closed', 'withdrawn'],
};

/** 中心的台账分栏: what waits for the centre, whistle by whistle. */
export const CENTER_TABS = {
  'to-issue': '待签发',
  late: '有逾期',
  'to-rule': '异议待裁定',
  'to-review': '反馈待确认',
  'to-rate': '待评价',
  appealed: '申诉待答复',
  running: '在办',
  ended: '已结束',
} as const;
export type CenterTab = keyof typeof CENTER_TABS;

const NEXT_STEPS: Readonly<Record<TaskState, { readonly onSite: string; readonly remote: string }>> = {
  draft: both('等待签发。'),
  issued: both('请先签收。认为不属于本部门职责的，可以依列明的事由提出异议。'),
  signed: {
    onSite: '请与中心联系，按时到场，扫描现场屏幕上的二维码签到。',
    remote: '请与中心联系，然后开始处置。',
  },
  overruled: {
    onSite: '中心已指定由本部门承办，不得再次退回。请按时到场签到。',
    remote: '中心已指定由本部门承办，不得再次退回。请开始处置。',
  },
  objected: both('异议已提交，等待中心裁定，期间暂停计时。'),
  upheld: both('异议成立，无需办理，不计入考核。'),
  arrived: both('已到场。请开始处置，并对照请求事项逐项准备答复。'),
  handling: both('请在反馈时限前对照请求事项逐项书面反馈，可附材料。'),
  feedback: both('已书面反馈，等待中心确认。'),
  returned: both('中心退回补办。请按退回理由补充后重新反馈。'),
  confirmed: both('中心已确认反馈，等待评价。'),
  rated: both('已评价，无需办理。'),
  closed: both('已闭合，无需办理。'),
  withdrawn: both('中心已撤哨，无需办理。'),
};

function both(text: string): { onSite: string; remote: string } {
  return { onSite: text, remote: text };
}

/** What the agency does next, in words: the first thing its page says. `mayAppeal` while the score can be appealed against. */
export function nextStepOf(
  task: Pick<TaskSnapshot, 'state' | 'attendanceRequired' | 'appeal'>,
  mayAppeal: boolean,
): string {
  if (task.appeal === 'lodged') return '考核申诉已提交，等待中心答复。';
  const step = NEXT_STEPS[task.state][task.attendanceRequired ? 'onSite' : 'remote'];
  return mayAppeal ? `${step}对得分有异议的，可在五个工作日内申诉一次。` : step;
}
