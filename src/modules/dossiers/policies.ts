import type { Grant } from '../../kernel';
import { definePolicies } from '../../platform/auth';
import { FILERS } from '../disputes';

/** Those who may see numbers of identity papers in full, minors' too. */
const SEES_NUMBERS: readonly Grant[] = [
  'duty-leader@center',
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
];

definePolicies({
  'dossiers.read': { label: '查看卷宗目录', by: [...FILERS, 'duty-leader@center', 'supervisor@center'] },
  'dossiers.bind': { label: '装订卷宗', by: FILERS },
  'dossiers.list-bindings': { label: '查看已装订的卷宗', by: [...FILERS, 'duty-leader@center', 'supervisor@center'] },
  'dossiers.download': { label: '下载装订好的卷宗', by: [...FILERS, 'duty-leader@center'] },
  // All but the redacted copy state numbers in full: demanded beside the act of downloading.
  'dossiers.take-numbers': { label: '下载含完整证件号码的卷宗', by: SEES_NUMBERS, internal: true },
  // Demanded of whoever orders the paper, beside the act of issuing; they have no route of their own.
  'dossiers.print-cover': { label: '出具卷宗封面、封底', by: FILERS, internal: true },
  'dossiers.print-statement': { label: '出具卷宗情况说明', by: FILERS, internal: true },
  'dossiers.print-follow-up': {
    label: '出具回访记录',
    by: [...FILERS, 'follow-up-clerk@center'],
    internal: true,
  },
  // It states numbers in full: those who may see them so, minors' too.
  'dossiers.print-identity': {
    label: '出具当事人身份证明页',
    by: SEES_NUMBERS,
    internal: true,
  },
});
