import { Shows } from '../../../platform/http';
import { CONSENT_ANSWERS, PARTICIPANT_KINDS } from '../domain/dictionaries';
import { PARTICIPANT_STATES, type ParticipantState } from '../domain/participant-lifecycle';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class ParticipantStandingResponse {
  @Shows('参与人标识', { example: ID })
  id!: string;

  @Shows('状态', { values: PARTICIPANT_STATES, example: 'invited' })
  state!: ParticipantState;

  @Shows('还没有同意的当事人', { type: String, isArray: true, example: [ID] })
  missingPartyIds!: readonly string[];

  @Shows('版本号', { example: 1 })
  version!: number;
}

class ParticipantAnswerResponse {
  @Shows('当事人', { example: ID })
  partyId!: string;

  @Shows('当事人姓名或名称；未成年人只显示姓', { example: '李建国' })
  partyName!: string;

  @Shows('意见；尚未表示为空', { type: String, nullable: true, values: CONSENT_ANSWERS, example: 'agreed' })
  answer!: string | null;

  @Shows('意见名称', { example: '同意' })
  answerName!: string;
}

export class ParticipantResponse extends ParticipantStandingResponse {
  @Shows('类别', { values: PARTICIPANT_KINDS, example: 'lawyer' })
  kind!: string;

  @Shows('类别名称', { example: '律师、法律援助人员' })
  kindName!: string;

  @Shows('姓名', { example: '白雪' })
  name!: string;

  @Shows('单位', { type: String, nullable: true, example: '新城区法律援助中心' })
  organization!: string | null;

  @Shows('邀请的目的', { example: '讲解民法典继承编，现场答疑' })
  purpose!: string;

  @Shows('邀请人', { example: '刘调解' })
  invitedByName!: string;

  @Shows('邀请时间', { example: '2026-11-18T01:00:00.000Z' })
  invitedAt!: string;

  @Shows('撤回邀请的原因', { type: String, nullable: true, example: null })
  withdrawnReason!: string | null;

  @Shows('状态名称', { example: '已提出邀请' })
  stateName!: string;

  @Shows('各方当事人的意见', { type: ParticipantAnswerResponse, isArray: true })
  answers!: ParticipantAnswerResponse[];

  @Shows('是否各方都同意', { example: false })
  isAgreedByAll!: boolean;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['participants.record-consent'] })
  allowedActs!: string[];
}

export class ParticipantsResponse {
  @Shows('受邀参与人，按邀请先后', { type: [ParticipantResponse] })
  items!: ParticipantResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['participants.invite'] })
  allowedActs!: string[];
}
