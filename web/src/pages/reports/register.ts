import { registerActForm } from '@/acts';

registerActForm('report-mappings.change', () => import('./MappingForm.vue'));
