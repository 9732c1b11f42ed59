import { Instant, ListOf, OneOf, Text, Uuid } from '../../../platform/http';
import {
  CONSENT_ANSWERS,
  CONSENT_CHANNELS,
  type ConsentAnswer,
  type ConsentChannel,
  PARTICIPANT_KINDS,
  type ParticipantKind,
} from '../domain/dictionaries';

export class InviteParticipantRequest {
  @OneOf({ label: '参与人类别', values: PARTICIPANT_KINDS, example: 'lawyer' })
  kind!: ParticipantKind;

  @Text({ label: '姓名', max: 100, example: '白雪' })
  name!: string;

  @Text({ label: '单位', max: 200, optional: true, example: '新城区法律援助中心' })
  organization?: string;

  @Text({ label: '邀请的目的', max: 500, example: '讲解民法典继承编，现场答疑' })
  purpose!: string;
}

class ParticipantAnswerRequest {
  @Uuid({ label: '当事人' })
  partyId!: string;

  @Uuid({ label: '代为表示的代理人', optional: true })
  representativeId?: string;

  @OneOf({ label: '意见', values: CONSENT_ANSWERS, example: 'agreed' })
  answer!: ConsentAnswer;

  @OneOf({ label: '征询方式', values: CONSENT_CHANNELS, example: 'phone' })
  channel!: ConsentChannel;

  @Instant({ label: '表示的时间', optional: true, description: '不填为现在', example: '2026-11-19T09:00:00+08:00' })
  givenAt?: string;

  @Text({ label: '说明', max: 500, optional: true, example: '同意律师到场讲法。' })
  note?: string;
}

export class ParticipantConsentsRequest {
  @ListOf(() => ParticipantAnswerRequest, {
    label: '各方意见',
    min: 1,
    max: 200,
    example: [{ partyId: '0194f7f2-c0de-7000-a1b2-c3d4e5f60718', answer: 'agreed', channel: 'phone' }],
  })
  answers!: ParticipantAnswerRequest[];
}

export class WithdrawParticipantRequest {
  @Text({ label: '原因', max: 500, example: '律师另有安排' })
  reason!: string;
}
