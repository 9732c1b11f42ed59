import { defineAsyncComponent } from 'vue';
import { loadActs } from './contract';

const load = () => import('./ActDialog.vue');

/** Forms are fetched while nothing else is to do: no page waits for them, and the first one opens at once. */
export const ActDialog = defineAsyncComponent(load);

export async function fetchForms(): Promise<void> {
  await Promise.all([load(), loadActs()]);
}
