import { ref } from 'vue';

/** The telephone of the center, once a page has learned it: whoever needs help calls there. */
export const centerPhone = ref<string | null>(null);

/** A number as a telephone dials it. */
export const dialled = (phone: string): string => `tel:${phone.replace(/[^\d+]/g, '')}`;
