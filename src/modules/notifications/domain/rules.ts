/** Kinds of messages, as the bell names them. */
export const NOTIFICATION_KINDS = {
  assignment: '指派',
  transfer: '流转',
  summons: '吹哨',
  meeting: '会商',
  session: '调解会',
  agreement: '协议',
  performance: '履行',
  supervision: '督办',
  copy: '抄送',
  overdue: '逾期',
  review: '评查考核',
  party: '当事人',
} as const;
export type NotificationKind = keyof typeof NOTIFICATION_KINDS;

/** Whom a message concerns, as they stand to what it is about. */
export type Recipients =
  | 'assigned'
  | 'handler'
  | 'committee-directors'
  | 'duty-leaders'
  | 'rating-readers'
  | 'dispatchers'
  | 'issuers'
  | 'agencies'
  | 'whistlers'
  | 'assignee'
  | 'predecessor'
  | 'transfer-receivers'
  | 'transfer-sender'
  | 'invitees'
  | 'copied'
  | 'addressees'
  | 'hand-over'
  | 'supervision-issuer'
  | 'leaders'
  | 'superiors'
  | 'meeting-units'
  | 'meeting-desk'
  | 'meeting-task-owner'
  | 'named';

interface NotificationRule {
  readonly kind: NotificationKind;
  /** Without names of people and without what the matter is about: a bell rings on open screens. */
  readonly text: string;
  readonly to: readonly Recipients[];
}

/** `{when}` and `{place}` stand for those of the session. */
const SESSION = '时间：{when}，地点：{place}';

/** By topic of the outbox: what the bell says, and to whom. The one who acted is left out. */
export const NOTIFICATION_RULES: Readonly<Record<string, NotificationRule>> = {
  'disputes.triaged': {
    kind: 'transfer',
    text: '有新的事项研判为由本调委会调解，请受理',
    to: ['committee-directors'],
  },
  'disputes.transferred': { kind: 'transfer', text: '有事项流转到本单位，请签收', to: ['transfer-receivers'] },
  'transfers.sign': { kind: 'transfer', text: '您发出的流转单已签收', to: ['transfer-sender'] },
  'transfers.object': {
    kind: 'transfer',
    text: '接收单位对流转提出异议，请裁定',
    to: ['transfer-sender', 'dispatchers'],
  },
  'transfers.rule': { kind: 'transfer', text: '流转异议已有裁定，请查看', to: ['transfer-receivers'] },
  'transfers.return': { kind: 'transfer', text: '您发出的流转单被退回', to: ['transfer-sender'] },
  'transfers.withdraw': { kind: 'transfer', text: '流转单已由发出单位撤回', to: ['transfer-receivers'] },
  'transfers.complete': { kind: 'transfer', text: '您发出的流转单已反馈结果', to: ['transfer-sender'] },
  'disputes.reopened': { kind: 'transfer', text: '事项已重启，请重新研判', to: ['dispatchers'] },
  'assignments.assigned': { kind: 'assignment', text: '您被指派参与办理', to: ['assignee'] },
  'assignments.challenged': {
    kind: 'assignment',
    text: '当事人要求更换调解员，请更换',
    to: ['committee-directors', 'assigned'],
  },
  'assignments.replaced': { kind: 'assignment', text: '调解员已更换，请查看交接', to: ['assignee', 'predecessor'] },
  'summons.proposed': { kind: 'summons', text: '有吹哨单待签发', to: ['issuers'] },
  'summons.issued': { kind: 'summons', text: '中心吹哨，请在时限内签收', to: ['agencies'] },
  'summons.withdrawn': { kind: 'summons', text: '吹哨单已撤回，不必再办理', to: ['agencies'] },
  'summons-tasks.signed': { kind: 'summons', text: '部门已签收吹哨单', to: ['whistlers', 'assigned'] },
  'summons-tasks.objected': { kind: 'summons', text: '部门对吹哨提出异议，请裁定', to: ['whistlers', 'issuers'] },
  'summons-tasks.upheld': { kind: 'summons', text: '您部门的异议成立，不再承办', to: ['agencies'] },
  'summons-tasks.overruled': { kind: 'summons', text: '异议未获支持，请按吹哨单办理', to: ['agencies'] },
  'summons-tasks.arrived': { kind: 'summons', text: '部门已到场签到', to: ['whistlers', 'assigned'] },
  'summons-tasks.fed-back': { kind: 'summons', text: '部门已反馈，请确认或退回补办', to: ['whistlers', 'assigned'] },
  'summons-tasks.returned': { kind: 'summons', text: '反馈被退回，请补办后再次反馈', to: ['agencies'] },
  'summons-tasks.confirmed': { kind: 'summons', text: '中心已确认您部门的反馈', to: ['agencies'] },
  'summons-tasks.rated': { kind: 'summons', text: '中心已评价您部门的办理情况', to: ['agencies'] },
  'summons-tasks.withdrawn': { kind: 'summons', text: '对您部门的吹哨已撤回', to: ['agencies'] },
  'summons-tasks.appealed': { kind: 'summons', text: '部门对评分提出申诉，请复核', to: ['issuers'] },
  'summons-tasks.appeal-ruled': { kind: 'summons', text: '评分申诉已有结论，请查看', to: ['agencies'] },
  'sessions.planned': { kind: 'session', text: `已安排调解会，${SESSION}`, to: ['invitees'] },
  'sessions.rescheduled': { kind: 'session', text: `调解会已改期，${SESSION}`, to: ['invitees'] },
  'sessions.cancelled': { kind: 'session', text: `调解会已取消，原定${SESSION}`, to: ['invitees'] },
  'agreements.frozen': { kind: 'agreement', text: '协议已定稿，请组织签署', to: ['assigned', 'committee-directors'] },
  'agreements.refused': {
    kind: 'agreement',
    text: '有当事人拒签协议，请处理',
    to: ['assigned', 'committee-directors'],
  },
  'agreements.marks-voided': {
    kind: 'agreement',
    text: '协议已退回修改，已有的签署失效，改后须重新签署',
    to: ['assigned', 'committee-directors'],
  },
  'agreements.signed-by-link': { kind: 'party', text: '有当事人通过链接签署了协议，请查看', to: ['assigned'] },
  'agreements.effective': { kind: 'agreement', text: '协议已生效，请跟踪履行', to: ['assigned', 'handler'] },
  'agreements.voided': { kind: 'agreement', text: '协议已作废', to: ['assigned', 'handler'] },
  'performance.receipt-disputed': {
    kind: 'performance',
    text: '权利人说没有收到已登记的履行，请核实后认定',
    to: ['assigned'],
  },
  'confirmations.dismissed': {
    kind: 'agreement',
    text: '法院没有确认调解协议，请告知各方可以变更协议、重新达成协议或者起诉',
    to: ['assigned', 'committee-directors'],
  },
  'performance.breached': {
    kind: 'performance',
    text: '有履行事项违约，请督促履行',
    to: ['assigned', 'committee-directors'],
  },
  'promises.due-7': {
    kind: 'performance',
    text: '有履行事项七日内到期，请提醒当事人按期履行',
    to: ['assigned', 'handler'],
  },
  'promises.due-1': {
    kind: 'performance',
    text: '有履行事项一日内到期，请提醒当事人按期履行',
    to: ['assigned', 'handler'],
  },
  'promises.overdue': {
    kind: 'performance',
    text: '有履行事项已到期，还没有登记履行，请核实并督促',
    to: ['assigned', 'handler', 'committee-directors'],
  },
  'promises.confirm-7': {
    kind: 'agreement',
    text: '协议生效已满7日，各方还可以共同申请司法确认，请告知当事人',
    to: ['assigned', 'handler'],
  },
  'promises.confirm-20': {
    kind: 'agreement',
    text: '协议生效已满20日，需要司法确认的，请各方尽快共同申请',
    to: ['assigned', 'handler'],
  },
  'promises.confirm-25': {
    kind: 'agreement',
    text: '协议生效已满25日，申请司法确认的期限即将届满',
    to: ['assigned', 'handler'],
  },
  'promises.confirm-28': {
    kind: 'agreement',
    text: '协议生效已满28日，申请司法确认只剩最后几天',
    to: ['assigned', 'handler'],
  },
  'promises.enforce-90': {
    kind: 'performance',
    text: '协议还没有履行完毕，经司法确认的，申请强制执行的期间90日内届满，请告知权利人',
    to: ['assigned', 'handler'],
  },
  'promises.enforce-30': {
    kind: 'performance',
    text: '协议还没有履行完毕，经司法确认的，申请强制执行的期间30日内届满，请告知权利人',
    to: ['assigned', 'handler'],
  },
  'portal.consent-agreed': { kind: 'party', text: '有当事人在线表示同意调解', to: ['assigned', 'handler'] },
  'portal.consent-refused': {
    kind: 'party',
    text: '有当事人在线表示不同意调解，请查看',
    to: ['assigned', 'handler', 'committee-directors'],
  },
  'portal.said-solved': { kind: 'party', text: '当事人本人答复：事情已经解决', to: ['handler', 'dispatchers'] },
  'portal.said-unsolved': {
    kind: 'party',
    text: '当事人本人答复：事情没有解决，请继续办理',
    to: ['handler', 'assigned', 'dispatchers'],
  },
  // Not those who are rated: people rate the service without being watched by them.
  'portal.rated': { kind: 'party', text: '收到当事人的服务评价，请查看', to: ['rating-readers'] },
  'worklist.copied': { kind: 'copy', text: '有事项抄送给您，请知悉', to: ['copied'] },
  'supervisions.urge': { kind: 'supervision', text: '本事项被催办，请尽快办理并答复', to: ['addressees'] },
  'supervisions.oversee': { kind: 'supervision', text: '本事项被督办，请按期答复', to: ['addressees'] },
  'supervisions.interview': { kind: 'supervision', text: '领导将就本事项约谈，请准备情况说明', to: ['addressees'] },
  'supervisions.instruct': { kind: 'supervision', text: '领导对本事项作出批示，请落实并答复', to: ['addressees'] },
  'supervisions.take-charge': { kind: 'supervision', text: '本事项已由领导包案', to: ['addressees', 'assigned'] },
  'supervisions.urge-agency': { kind: 'supervision', text: '吹哨任务被催办，请尽快办理并答复', to: ['agencies'] },
  'supervisions.oversee-agency': { kind: 'supervision', text: '吹哨任务被督办，请按期答复', to: ['agencies'] },
  'supervisions.interview-agency': {
    kind: 'supervision',
    text: '领导将就吹哨任务约谈，请准备情况说明',
    to: ['agencies'],
  },
  'supervisions.answer': { kind: 'supervision', text: '催办、督办或批示已有答复，请查看', to: ['supervision-issuer'] },
  'supervisions.return': { kind: 'supervision', text: '督办答复被退回，请重新答复', to: ['addressees', 'agencies'] },
  'ladder.reminder': { kind: 'summons', text: '吹哨任务时限将到，请抓紧办理', to: ['agencies'] },
  'ladder.urge': {
    kind: 'overdue',
    text: '吹哨任务已逾期，系统已催办，请立即办理并答复',
    to: ['agencies', 'whistlers'],
  },
  'ladder.supervise': {
    kind: 'supervision',
    text: '吹哨任务逾期，系统已发督办单，请按期答复',
    to: ['agencies', 'whistlers', 'leaders'],
  },
  'ladder.interview': {
    kind: 'supervision',
    text: '吹哨任务逾期已久，提请中心主任约谈部门',
    to: ['agencies', 'leaders'],
  },
  'ladder.report': { kind: 'supervision', text: '吹哨任务长期逾期，提请报党委、政法委', to: ['leaders', 'superiors'] },
  'ladder.own-reminder': { kind: 'summons', text: '部门异议的裁定时限将到，请裁定', to: ['issuers'] },
  'ladder.own-urge': { kind: 'overdue', text: '部门异议超过裁定时限，请立即裁定', to: ['issuers', 'whistlers'] },
  'ladder.own-supervise': { kind: 'supervision', text: '部门异议迟迟没有裁定，请说明原因', to: ['issuers', 'leaders'] },
  'ladder.own-report': {
    kind: 'supervision',
    text: '部门异议长期没有裁定，提请向上级说明',
    to: ['leaders', 'superiors'],
  },
  'mediation.longer-pause-asked': {
    kind: 'overdue',
    text: '有延长中止的申请等待批准，请决定',
    to: ['committee-directors', 'duty-leaders'],
  },
  'mediation.longer-pause-decided': {
    kind: 'overdue',
    text: '延长中止的申请已有决定，请查看',
    to: ['assigned', 'handler'],
  },
  'mediation.pause-over': {
    kind: 'overdue',
    text: '中止的预计恢复日期已过，请恢复调解或者申请延长中止',
    to: ['assigned', 'handler', 'committee-directors'],
  },
  'deadlines.moved': {
    kind: 'overdue',
    text: '因工作日历变动，本事项的期限日期已重新计算，请查看',
    to: ['assigned', 'handler'],
  },
  'deadlines.task-moved': {
    kind: 'overdue',
    text: '因工作日历变动，吹哨任务的时限已重新计算，请查看',
    to: ['agencies', 'whistlers'],
  },
  'meetings.called': { kind: 'meeting', text: '中心召集会商，请按时参加', to: ['meeting-units'] },
  'meetings.rescheduled': { kind: 'meeting', text: '会商已改期，请查看新的时间和地点', to: ['meeting-units'] },
  'meetings.cancelled': { kind: 'meeting', text: '会商已取消，不必参加', to: ['meeting-units'] },
  'meetings.confirmed': {
    kind: 'meeting',
    text: '会商纪要已确认，请查看纪要和交办的任务；有不同意见的，三个工作日内提出',
    to: ['meeting-units'],
  },
  'meetings.reserved': { kind: 'meeting', text: '有单位对会商纪要提出保留意见，请查看', to: ['meeting-desk'] },
  'meeting-tasks.answered': { kind: 'meeting', text: '会商任务已报结果，请认可或退回', to: ['meeting-desk'] },
  'meeting-tasks.returned': { kind: 'meeting', text: '会商任务的结果被退回，请补充后再报', to: ['meeting-task-owner'] },
  'meeting-tasks.accepted': { kind: 'meeting', text: '会商任务的结果已经认可', to: ['meeting-task-owner'] },
  'meeting-tasks.dropped': { kind: 'meeting', text: '会商任务已撤销，不必再办', to: ['meeting-task-owner'] },
  'meeting-tasks.urged': { kind: 'meeting', text: '会商任务被催办，请尽快办理并报结果', to: ['meeting-task-owner'] },
  'meeting-tasks.due-soon': { kind: 'meeting', text: '会商任务两日内到期，请按期报结果', to: ['meeting-task-owner'] },
  'meeting-tasks.overdue': {
    kind: 'overdue',
    text: '会商任务已逾期，请立即办理并报结果',
    to: ['meeting-task-owner', 'meeting-desk'],
  },
  'hand-overs.made': {
    kind: 'assignment',
    text: '有一份工作交接待签，请在“工作交接”逐件核对后签署',
    to: ['hand-over'],
  },
  'hand-overs.signed': { kind: 'assignment', text: '工作交接有一方已签署，请在“工作交接”查看', to: ['hand-over'] },
  'review-rounds.drawn': { kind: 'review', text: '有卷宗抽中由您评查，请在“卷宗评查”办理', to: ['named'] },
  'reviews.marked': { kind: 'review', text: '卷宗评查有意见，请在答复期限内整改或者说明', to: ['handler'] },
  'reviews.answered': { kind: 'review', text: '评查意见已有答复，请复核', to: ['named'] },
  'card-appeals.lodged': { kind: 'review', text: '有调解员对评分卡申诉，请在期限内裁定', to: ['named'] },
  'card-appeals.ruled': { kind: 'review', text: '您对评分卡的申诉已有裁定，请查看', to: ['named'] },
  'hand-overs.done': { kind: 'assignment', text: '工作交接已办结，事项已移交给接任人', to: ['hand-over'] },
};
