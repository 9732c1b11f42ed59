import { Day, OneOf, OneOfList, Text, UuidList } from '../../../platform/http';
import { ENDING_CODES, OUTSIDE_ROUTES, PAUSE_GROUNDS, WITHDRAWAL_CODES } from '../domain/dictionaries';

export class TellRoutesRequest {
  @OneOfList({ label: '已告知的其他途径', values: OUTSIDE_ROUTES, min: 1, example: ['litigation'] })
  routesTold!: (keyof typeof OUTSIDE_ROUTES)[];

  @Text({ label: '告知方式', max: 200, example: '当面口头告知，并发给书面说明' })
  toldHow!: string;
}

export class TerminateMediationRequest extends TellRoutesRequest {
  @OneOf({ label: '终止原因', values: ENDING_CODES, example: 'irreconcilable' })
  code!: keyof typeof ENDING_CODES;

  @Text({ label: '情况说明', max: 2000, multiline: true, example: '经三次调解，各方对房屋分割意见分歧较大。' })
  explanation!: string;
}

export class GiveUpContactRequest extends TellRoutesRequest {
  @Text({ label: '情况说明', max: 2000, multiline: true, example: '三次电话、一次上门均未联系上被申请方。' })
  explanation!: string;
}

export class WithdrawMediationRequest {
  @OneOf({ label: '撤回原因', values: WITHDRAWAL_CODES, example: 'settled-privately' })
  code!: keyof typeof WITHDRAWAL_CODES;

  @Text({ label: '情况说明', max: 2000, multiline: true, example: '双方已自行和解。' })
  explanation!: string;

  @UuidList({ label: '表示同意的当事人', min: 1, max: 200 })
  agreedPartyIds!: string[];
}

export class SuspendMediationRequest {
  @OneOf({ label: '中止原因', values: PAUSE_GROUNDS, example: 'appraisal' })
  ground!: keyof typeof PAUSE_GROUNDS;

  @Text({ label: '情况说明', max: 1000, multiline: true, example: '委托评估房屋价值。' })
  reason!: string;

  @Day({
    label: '预计恢复日期',
    optional: true,
    example: '2026-12-10',
    description: '不填的按不经批准的最长时间；再长的先中止，再申请延长',
  })
  expectedUntil?: string;
}

export class ResumeMediationRequest {
  @Text({ label: '恢复理由', max: 1000, multiline: true, example: '评估报告已出具。' })
  reason!: string;
}

export class AskLongerPauseRequest {
  @Day({ label: '中止至', example: '2027-01-20' })
  untilOn!: string;

  @Text({ label: '延长中止的理由', max: 1000, multiline: true, example: '评估机构函告，报告还需要一个月。' })
  reason!: string;
}

export class ApproveLongerPauseRequest {
  @Text({ label: '意见', max: 500, multiline: true, optional: true, example: '同意，请届时恢复。' })
  opinion?: string;
}

export class RefuseLongerPauseRequest {
  @Text({ label: '不同意的理由', max: 500, multiline: true, example: '评估不影响继续调解其他事项。' })
  opinion!: string;
}

export class ExtendMediationRequest {
  @Day({ label: '延长至', example: '2026-12-31' })
  untilOn!: string;

  @Text({ label: '延长理由', max: 1000, multiline: true, example: '被申请人在外地，约定下月返回后继续调解。' })
  reason!: string;

  @UuidList({ label: '同意延长的当事人', min: 1, max: 200, description: '须为全体当事人' })
  consentedPartyIds!: string[];

  @Day({ label: '最后一名当事人同意之日', example: '2026-11-20' })
  consentedOn!: string;
}
