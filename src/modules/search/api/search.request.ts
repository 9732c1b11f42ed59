import { PageQuery, Text } from '../../../platform/http';

export class SearchQueryRequest extends PageQuery {
  @Text({
    label: '查找内容',
    max: 50,
    example: '遗产',
    description: '编号片段、当事人姓名、电话末四位以上、名称或案情中的字词',
  })
  text!: string;
}
