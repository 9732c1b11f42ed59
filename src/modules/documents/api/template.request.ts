import { Text, Whole } from '../../../platform/http';

/** Some ten times the longest template of the house. */
const LONGEST_SOURCE = 60_000;

export class TemplateSourceRequest {
  @Text({
    label: '模板内容',
    max: LONGEST_SOURCE,
    multiline: true,
    description: '写法见操作手册“文书模板”',
    example: "---\nfooter: { left: '{{ number }}', center: '第{{ page }}页 共{{ pages }}页' }\n---\n# 人民调解协议书",
  })
  source!: string;
}

class NoteRequest {
  @Text({ label: '改了什么', max: 200, example: '按市司法局新格式调整标题和落款。' })
  note!: string;
}

export class EnableTemplateRequest extends NoteRequest {
  @Text({ label: '模板内容', max: LONGEST_SOURCE, multiline: true, example: '# 人民调解协议书' })
  source!: string;
}

export class RestoreTemplateRequest extends NoteRequest {
  @Whole({ label: '恢复哪一版', min: 0, max: 100_000, description: '0 为统一模板', example: 0 })
  number!: number;
}

export class CompareTemplatesQuery {
  @Whole({ label: '旧的一版', min: 0, max: 100_000, inQuery: true, description: '0 为统一模板', example: 0 })
  from!: number;

  @Whole({ label: '新的一版', min: 0, max: 100_000, inQuery: true, description: '0 为统一模板', example: 1 })
  to!: number;
}

export class TemplateVersionQuery {
  @Whole({ label: '第几版', min: 0, max: 100_000, inQuery: true, description: '0 为统一模板', example: 0 })
  number!: number;
}
