import { Text } from '../../../platform/http';

/** A white PNG of one pixel. */
const EXAMPLE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC';

export class AddGlyphPictureRequest {
  @Text({ label: '字', max: 4, description: '一个字；读卡器读出的字可以直接粘贴', example: '㐂' })
  character!: string;

  @Text({
    label: '字形图片',
    max: 150_000,
    description: 'PNG 或 JPEG 的 Base64，不超过约 100 kB，一个字占满画面',
    pattern: /^[A-Za-z0-9+/]+={0,2}$/,
    patternHint: '字形图片应为 Base64',
    example: EXAMPLE,
  })
  picture!: string;

  @Text({ label: '字形出处', max: 100, description: '例如居民身份证、户口簿', example: '居民身份证' })
  source!: string;
}
