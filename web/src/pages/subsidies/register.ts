import { registerActForm, registerGraveAct } from '@/acts';

registerActForm('subsidy-rules.set', () => import('./RulesForm.vue'));
registerGraveAct('subsidy-lists.cancel', '作废后，其中的案件可以重新列入别的名单；这份名单保留备查。');
