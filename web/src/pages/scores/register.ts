import { registerActForm } from '@/acts';

registerActForm('mediator-cards.appeal', () => import('./AppealForm.vue'));
