import { Shows } from '../../../platform/http';

export class GlyphPictureResponse {
  @Shows('标识', { example: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718' })
  id!: string;

  @Shows('字', { example: '㐂' })
  character!: string;

  @Shows('码位', { example: 'U+3402' })
  codePoint!: string;

  @Shows('图片类型', { example: 'image/png' })
  mediaType!: string;

  @Shows('图片（Base64）', { example: 'iVBORw0KGgo=' })
  picture!: string;

  @Shows('字形出处', { example: '居民身份证' })
  source!: string;

  @Shows('添加时间', { example: '2026-11-20T01:30:00.000Z' })
  addedAt!: string;

  @Shows('是否在用', { example: true })
  isInUse!: boolean;

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class GlyphPicturesResponse {
  @Shows('在用的字形图片，新的在前', { type: [GlyphPictureResponse] })
  items!: GlyphPictureResponse[];
}
