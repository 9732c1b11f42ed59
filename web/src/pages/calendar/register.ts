import { registerActForm, registerGraveAct } from '@/acts';

registerActForm('calendars.load-year', () => import('./LoadYearForm.vue'));
registerGraveAct('deadline-rules.discard', '这项调整不再启用，记录保留；需要时可以重新提出。');
registerGraveAct('calendars.discard-notice', '这份放假安排不再启用，记录保留；需要时可以重新载入。');
