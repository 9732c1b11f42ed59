import { definePolicies } from '../../platform/auth';
import { FILERS } from '../disputes';

definePolicies({
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
    by: ['duty-leader@center', 'mediator@assigned', 'recorder@assigned', 'committee-director@committee'],
    internal: true,
  },
});
