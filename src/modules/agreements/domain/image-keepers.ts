import type { Grant } from '../../../kernel';

/** Those who hold the tablet when somebody signs. */
export const IMAGE_TAKERS: readonly Grant[] = ['mediator@assigned', 'recorder@assigned'];

/** The few who may look at photographs and fingerprints of a signing, and erase them. */
export const IMAGE_KEEPERS: readonly Grant[] = ['mediator@assigned', 'committee-director@committee'];

/** Acts on pictures: beside the lifecycle, as no agreement depends on one. */
export type ImageAct = 'add-image' | 'erase-image';
