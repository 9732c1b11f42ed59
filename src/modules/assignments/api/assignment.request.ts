import { OneOf, Text, Uuid, UuidList } from '../../../platform/http';
import {
  CAPACITIES,
  CHOSEN_BY,
  type Capacity,
  type ChosenBy,
  DISCLOSURE_KINDS,
  type DisclosureKind,
} from '../domain/dictionaries';

export class CandidatesQuery {
  @Text({ label: '需要的语言', max: 20, optional: true, example: '蒙古语' })
  language?: string;
}

class ChosenRequest {
  @Uuid({ label: '人员账号' })
  accountId!: string;

  @OneOf({ label: '产生方式', values: CHOSEN_BY, example: 'committee' })
  chosenBy!: ChosenBy;

  @UuidList({ label: '作出选择的当事人', max: 200, optional: true, description: '由当事人选择时填写，须各方一致' })
  chosenByPartyIds?: string[];

  @Text({ label: '理由', max: 500, optional: true, example: '擅长继承纠纷，与各方均无利害关系' })
  basis?: string;
}

export class AssignMediatorRequest extends ChosenRequest {
  @OneOf({ label: '在案身份', values: CAPACITIES, example: 'host' })
  capacity!: Capacity;
}

export class ReplaceMediatorRequest extends ChosenRequest {
  @Text({ label: '更换原因', max: 500, example: '当事人要求更换' })
  reason!: string;
}

export class DiscloseRequest {
  @OneOf({ label: '披露的关系', values: DISCLOSURE_KINDS, example: 'none' })
  kind!: DisclosureKind;

  @Text({
    label: '具体情况',
    max: 1000,
    optional: true,
    multiline: true,
    example: '与当事人同住一个社区，无亲属关系。',
  })
  detail?: string;
}

export class ChallengeRequest {
  @Uuid({ label: '当事人' })
  partyId!: string;

  @Text({ label: '理由', max: 500, example: '认为调解员与对方熟识' })
  reason!: string;
}

export class AssignmentReasonRequest {
  @Text({ label: '理由', max: 500, example: '工作安排调整' })
  reason!: string;
}
