import type { Grant } from '../../kernel';
import { definePolicies } from '../../platform/auth';

/** Those who put a dossier together. */
const FILING: readonly Grant[] = [
  'mediator@assigned',
  'recorder@assigned',
  'committee-director@committee',
  'archivist@center',
];

definePolicies({
  // Demanded of whoever orders the paper, beside the act of issuing; they have no route of their own.
  'dossiers.print-cover': { label: '出具卷宗封面、封底', by: FILING, internal: true },
  'dossiers.print-statement': { label: '出具卷宗情况说明', by: FILING, internal: true },
  'dossiers.print-follow-up': {
    label: '出具回访记录',
    by: [...FILING, 'follow-up-clerk@center'],
    internal: true,
  },
  // It states numbers in full: those who may see them so, minors' too.
  'dossiers.print-identity': {
    label: '出具当事人身份证明页',
    by: ['duty-leader@center', 'mediator@assigned', 'recorder@assigned', 'committee-director@committee'],
    internal: true,
  },
});
