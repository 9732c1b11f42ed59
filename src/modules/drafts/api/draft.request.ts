import { OneOf, PageQuery, Text } from '../../../platform/http';
import { DEVICES, type Device } from '../domain/draft-rules';

export class SaveDraftRequest {
  @Text({ label: '标题', max: 100, example: '登记：楼上漏水纠纷', description: '在草稿列表中显示' })
  title!: string;

  @Text({
    label: '内容',
    max: 200_000,
    multiline: true,
    example: '{"title":"楼上漏水纠纷"}',
    description: '各字段，JSON 对象的文字，不超过 200 kB',
  })
  content!: string;

  @Text({
    label: '续填页面',
    max: 300,
    optional: true,
    example: '/intake/new',
    pattern: /^\/(?!\/)[A-Za-z0-9/?=&:._-]*$/,
    patternHint: '续填页面应为本系统内的地址',
  })
  resumePath?: string;

  @Text({
    label: '窗口',
    max: 64,
    example: 'w-7f3a91c2',
    pattern: /^[A-Za-z0-9-]+$/,
    description: '由程序给每个窗口取的名字，用来分辨是不是同一窗口保存的',
  })
  writer!: string;

  @OneOf({ label: '设备', values: DEVICES, example: 'computer' })
  device!: Device;
}

export class ListDraftsQueryRequest extends PageQuery {
  @Text({
    label: '种类',
    max: 100,
    optional: true,
    example: 'disputes.register:',
    pattern: /^[A-Za-z0-9.:-]+$/,
    description: '只列出以此开头的草稿',
  })
  prefix?: string;
}
