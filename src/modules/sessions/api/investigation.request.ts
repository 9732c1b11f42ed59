import { Instant, ListOf, OneOf, Text, TextList, Uuid, UuidList } from '../../../platform/http';
import {
  CONFIRMATIONS,
  type Confirmation,
  INTERVIEWEE_KINDS,
  INVESTIGATION_ENTRY_KINDS,
  INVESTIGATION_MODES,
  type IntervieweeKind,
  type InvestigationEntryKind,
  type InvestigationMode,
  RINGS,
  type Ring,
} from '../domain/dictionaries';

export class OpenInvestigationRequest {
  @OneOf({ label: '可见范围', values: RINGS, description: '先选范围，再写内容；以后只能缩小', example: 'mediator' })
  ring!: Ring;

  @OneOf({ label: '调查方式', values: INVESTIGATION_MODES, example: 'home-visit' })
  mode!: InvestigationMode;

  @OneOf({ label: '被调查人类别', values: INTERVIEWEE_KINDS, example: 'party' })
  intervieweeKind!: IntervieweeKind;

  @Uuid({ label: '当事人', optional: true, description: '被调查人是当事人，或与某一当事人有关的填写' })
  partyId?: string;

  @Text({ label: '被调查人姓名', max: 100, optional: true, description: '不填为所选当事人', example: '李建国' })
  intervieweeName?: string;

  @Text({ label: '与本纠纷的关系', max: 100, optional: true, example: '当事人' })
  relation?: string;

  @Instant({ label: '开始时间', example: '2026-11-10T09:30:00+08:00' })
  startedAt!: string;

  @Text({ label: '地点', max: 200, example: '被调查人家中' })
  place!: string;

  @UuidList({ label: '调查人', min: 1, max: 6, optional: true, description: '人员账号；不填为本人' })
  investigatorIds?: string[];

  @Uuid({ label: '记录人', optional: true, description: '人员账号；不填为在任记录人' })
  recorderId?: string;

  @Text({ label: '翻译', max: 100, optional: true, example: '乌兰' })
  interpreterName?: string;

  @TextList({ label: '在场人', max: 20, maxEach: 100, optional: true, example: ['社区网格员赵国平'] })
  present?: string[];
}

class InvestigationEntryRequest {
  @OneOf({ label: '类别', values: INVESTIGATION_ENTRY_KINDS, example: 'question' })
  kind!: InvestigationEntryKind;

  @Text({ label: '说话的人', max: 100, example: '刘调解' })
  speaker!: string;

  @Text({ label: '内容', max: 5000, multiline: true, example: '请说明房屋的来历。' })
  text!: string;
}

export class WriteInvestigationRequest {
  @ListOf(() => InvestigationEntryRequest, {
    label: '问答',
    max: 500,
    example: [
      { kind: 'question', speaker: '刘调解', text: '请说明房屋的来历。' },
      { kind: 'answer', speaker: '李建国', text: '是父母留下的。' },
    ],
  })
  entries!: InvestigationEntryRequest[];

  @Instant({ label: '结束时间', optional: true, example: '2026-11-10T10:40:00+08:00' })
  endedAt?: string;

  @TextList({ label: '在场人', max: 20, maxEach: 100, optional: true, example: ['社区网格员赵国平'] })
  present?: string[];
}

export class ConfirmInvestigationRequest {
  @OneOf({ label: '核对方式', values: CONFIRMATIONS, example: 'read' })
  method!: Confirmation;

  @Text({ label: '核对人', max: 100, optional: true, description: '不填为被调查人', example: '李建国' })
  confirmedByName?: string;

  @Text({
    label: '说明',
    max: 300,
    optional: true,
    description: '念给被调查人听的写见证人，拒绝的写原因',
    example: '见证人社区工作人员云娜',
  })
  note?: string;
}

export class InvestigationReasonRequest {
  @Text({ label: '原因', max: 500, example: '日期记录有误' })
  reason!: string;
}

export class NarrowRequest extends InvestigationReasonRequest {
  @OneOf({ label: '新的可见范围', values: RINGS, example: 'mediator' })
  ring!: Ring;
}
