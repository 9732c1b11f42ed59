export { default as ActButtons } from './ActButtons.vue';
export { ActDialog, fetchForms } from './lazy-dialog';
export { type ActContract, type FieldContract, loadActs } from './contract';
export { providePhrases } from './phrases';
export { type Choice, registerReference } from './references';
export { type ActFormProps, registerActForm, registerGraveAct } from './registry';
