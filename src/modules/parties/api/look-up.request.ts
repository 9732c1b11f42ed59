import { OneOf, Text, Uuid } from '../../../platform/http';
import { PARTY_KINDS, type PartyKind } from '../domain/dictionaries';

/** What is known of somebody at the counter; the numbers travel in the body, never in an address. */
export class LookUpPersonRequest {
  @Uuid({ label: '综治中心' })
  centerId!: string;

  @OneOf({ label: '当事人类别', values: PARTY_KINDS, example: 'person' })
  kind!: PartyKind;

  @Text({ label: '姓名或名称', max: 100, optional: true, example: '李建国' })
  name?: string;

  @Text({ label: '联系电话', max: 40, optional: true, example: '13904710001' })
  phone?: string;

  @Text({ label: '公民身份号码', max: 40, optional: true, example: '11010519491231002X' })
  residentId?: string;

  @Text({ label: '统一社会信用代码', max: 40, optional: true, example: '91350100M000100Y43' })
  creditCode?: string;
}
