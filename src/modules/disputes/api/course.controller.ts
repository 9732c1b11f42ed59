import '../policies';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { AcceptDispute } from '../application/accept-dispute';
import { AmendDispute } from '../application/amend-dispute';
import { AssessRisk } from '../application/assess-risk';
import { CloseDispute } from '../application/close-dispute';
import { DecideDispute } from '../application/decide-dispute';
import { FinishDispute } from '../application/finish-dispute';
import { MergeDisputes } from '../application/merge-disputes';
import { ReopenDispute } from '../application/reopen-dispute';
import { ReportEscalation } from '../application/report-escalation';
import { SealDispute } from '../application/seal-dispute';
import { TriageDispute } from '../application/triage-dispute';
import { UndertakeDispute } from '../application/undertake-dispute';
import { CloseDisputeRequest } from './closing.request';
import {
  AmendDisputeRequest,
  AnswerDisputeRequest,
  ArchiveDisputeRequest,
  ChangeSealRequest,
  CallBackRequest,
  FollowUpRequest,
  MergeDisputeRequest,
  NotAcceptDisputeRequest,
  ReasonRequest,
  ReferDisputeRequest,
  ReopenDisputeRequest,
  RepeatDisputeRequest,
  ReplyUpstreamRequest,
  ReportEscalationRequest,
  SealDisputeRequest,
  UndertakeDisputeRequest,
} from './course.request';
import { StepUpResponse } from './course.response';
import { MatterStandingResponse } from './matter-standing.response';
import { AcceptDisputeRequest, AssessRiskRequest, TriageDisputeRequest } from './triage.request';

@ApiTags('事项')
@Controller('disputes/:id')
export class CourseController {
  constructor(
    private readonly triageDispute: TriageDispute,
    private readonly assessRisk: AssessRisk,
    private readonly amendDispute: AmendDispute,
    private readonly reportEscalation: ReportEscalation,
    private readonly decideDispute: DecideDispute,
    private readonly acceptDispute: AcceptDispute,
    private readonly undertakeDispute: UndertakeDispute,
    private readonly mergeDisputes: MergeDisputes,
    private readonly sealDispute: SealDispute,
    private readonly closeDispute: CloseDispute,
    private readonly reopenDispute: ReopenDispute,
    private readonly finishDispute: FinishDispute,
  ) {}

  @Post('triage')
  @HttpCode(200)
  @Act('disputes.triage', {
    description: '确定性质、途径和风险等级，拟定调委会。系统当场查重；有疑似重复的须先核对。',
    problems: [
      'disputes.wrong-state',
      'disputes.escalation-unreported',
      'disputes.duplicates-unjudged',
      'disputes.route-closed',
      'disputes.committee-not-eligible',
      'disputes.risk-reason-missing',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async triage(@Param('id', IdPipe) id: string, @Body() body: TriageDisputeRequest): Promise<MatterStandingResponse> {
    return this.triageDispute.execute(id, body);
  }

  @Post('risk-assessments')
  @HttpCode(200)
  @Act('disputes.assess-risk', {
    description: '重新评估风险等级，历次评估留存。系统只提示升高，降低由值班长决定并写明理由。',
    problems: ['disputes.wrong-state', 'disputes.risk-reason-missing'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async assess(@Param('id', IdPipe) id: string, @Body() body: AssessRiskRequest): Promise<MatterStandingResponse> {
    return this.assessRisk.execute(id, body);
  }

  @Post('amendments')
  @HttpCode(200)
  @Act('disputes.amend', {
    description: '补充登记内容。原话不改，补充附后；新内容同样检查激化苗头。',
    problems: ['disputes.wrong-state', 'disputes.nothing-to-amend'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async amend(@Param('id', IdPipe) id: string, @Body() body: AmendDisputeRequest): Promise<MatterStandingResponse> {
    return this.amendDispute.execute(id, body);
  }

  @Post('escalation-reports')
  @HttpCode(200)
  @Act('disputes.report-escalation', {
    description: '发现激化苗头，立即报告公安等部门并记录回执；或核实后记明没有危险（人民调解法第二十五条）。',
    problems: [
      'disputes.wrong-state',
      'disputes.report-incomplete',
      'disputes.report-in-future',
      'disputes.report-contradictory',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async report(
    @Param('id', IdPipe) id: string,
    @Body() body: ReportEscalationRequest,
  ): Promise<MatterStandingResponse> {
    return this.reportEscalation.execute(id, body);
  }

  @Post('refusal')
  @HttpCode(200)
  @Act('disputes.not-accept', {
    description: '不予受理：写明理由和其他途径，同时生成一次性告知单。',
    problems: ['disputes.wrong-state', 'disputes.route-closed', 'disputes.not-asked-once'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async notAccept(
    @Param('id', IdPipe) id: string,
    @Body() body: NotAcceptDisputeRequest,
  ): Promise<MatterStandingResponse> {
    return this.decideDispute.notAccept(id, body);
  }

  @Post('acceptance')
  @HttpCode(200)
  @Act('disputes.accept', {
    description:
      '受理并编号（代字人调字〔年〕号），随即向各方当事人征询调解意愿。全体同意并签收告知书后，调解自动受理。',
    problems: [
      'disputes.wrong-state',
      'disputes.no-committee',
      'disputes.not-civil',
      'disputes.committee-not-eligible',
      'disputes.committee-fixed',
      'disputes.court-procedure-missing',
      'disputes.court-fields-without-court',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async accept(@Param('id', IdPipe) id: string, @Body() body: AcceptDisputeRequest): Promise<MatterStandingResponse> {
    return this.acceptDispute.execute(id, body);
  }

  @Post('undertaking')
  @HttpCode(200)
  @Act('disputes.undertake', {
    description: '不经调解直接办理（代办、现场处置）。下派、上报的事项由接收单位办理。',
    problems: ['disputes.wrong-state', 'disputes.open-transfer', 'disputes.not-receiver'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async undertake(
    @Param('id', IdPipe) id: string,
    @Body() body: UndertakeDisputeRequest,
  ): Promise<MatterStandingResponse> {
    return this.undertakeDispute.execute(id, body);
  }

  @Post('answer')
  @HttpCode(200)
  @Act('disputes.answer', {
    description: '答复反映人。',
    problems: ['disputes.wrong-state', 'disputes.mediation-open', 'disputes.open-summons'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async answer(@Param('id', IdPipe) id: string, @Body() body: AnswerDisputeRequest): Promise<MatterStandingResponse> {
    return this.decideDispute.answer(id, body);
  }

  @Post('referral')
  @HttpCode(200)
  @Act('disputes.refer', {
    description: '引导至法定途径，写明机关和理由。',
    problems: ['disputes.wrong-state', 'disputes.route-closed', 'disputes.mediation-open', 'disputes.open-summons'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async refer(@Param('id', IdPipe) id: string, @Body() body: ReferDisputeRequest): Promise<MatterStandingResponse> {
    return this.decideDispute.refer(id, body);
  }

  @Post('merger')
  @HttpCode(200)
  @Act('disputes.merge', {
    description: '并入主件。两份回执都有效，时效中断时间取最早。',
    problems: [
      'disputes.wrong-state',
      'disputes.merge-target-unfit',
      'disputes.merge-with-itself',
      'disputes.merged-here',
      'disputes.open-summons',
      'disputes.open-sessions',
      'disputes.pending-agreement',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async merge(@Param('id', IdPipe) id: string, @Body() body: MergeDisputeRequest): Promise<MatterStandingResponse> {
    return this.mergeDisputes.merge(id, body);
  }

  @Post('repetition')
  @HttpCode(200)
  @Act('disputes.repeat', {
    description: '三十日内重复反映同一件事的，重启原事项，本事项并入其中。原办结不再计入，计为复发。',
    problems: [
      'disputes.wrong-state',
      'disputes.no-repetition',
      'disputes.merge-with-itself',
      'disputes.merged-here',
      'disputes.open-summons',
      'disputes.open-sessions',
      'disputes.pending-agreement',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async repeat(@Param('id', IdPipe) id: string, @Body() body: RepeatDisputeRequest): Promise<MatterStandingResponse> {
    return this.mergeDisputes.repeat(id, body);
  }

  @Post('merger-undoing')
  @HttpCode(200)
  @Act('disputes.unmerge', {
    description: '撤销并案，恢复并案前的状态。',
    problems: ['disputes.wrong-state'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async unmerge(@Param('id', IdPipe) id: string, @Body() body: ReasonRequest): Promise<MatterStandingResponse> {
    return this.mergeDisputes.unmerge(id, body);
  }

  @Post('seal')
  @HttpCode(200)
  @Act('disputes.seal', {
    description: '封存：此后只有名单内人员和承办人员能看到该事项。名单中至少一名本中心主任。',
    problems: [
      'disputes.wrong-state',
      'disputes.already-sealed',
      'disputes.seal-needs-director',
      'disputes.sealed-list-unknown',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async seal(@Param('id', IdPipe) id: string, @Body() body: SealDisputeRequest): Promise<MatterStandingResponse> {
    return this.sealDispute.seal(id, body);
  }

  @Post('seal-list-changes')
  @HttpCode(200)
  @Act('disputes.change-seal', {
    description: '调整封存事项的可查看人员名单；名单中始终保留一名本中心主任。',
    problems: [
      'disputes.wrong-state',
      'disputes.not-sealed',
      'disputes.seal-needs-director',
      'disputes.sealed-list-unknown',
      'disputes.sealed-list-unchanged',
      'disputes.seal-own-name',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async changeSeal(@Param('id', IdPipe) id: string, @Body() body: ChangeSealRequest): Promise<MatterStandingResponse> {
    return this.sealDispute.changeList(id, body);
  }

  @Post('unsealing')
  @HttpCode(200)
  @Act('disputes.unseal', {
    description: '解除封存。',
    problems: ['disputes.wrong-state', 'disputes.not-sealed'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async unseal(@Param('id', IdPipe) id: string, @Body() body: ReasonRequest): Promise<MatterStandingResponse> {
    return this.sealDispute.unseal(id, body);
  }

  @Post('closing')
  @HttpCode(200)
  @Act('disputes.close', {
    description:
      '审核办结。审核人不能是承办人；办结结果须与办理记录一致；称已解决、已答复的，要有当事人的话，没有的写明理由。',
    problems: [
      'disputes.wrong-state',
      'disputes.open-summons',
      'disputes.open-sessions',
      'disputes.pending-agreement',
      'disputes.mediation-open',
      'disputes.unperformed',
      'disputes.open-transfer',
      'disputes.routes-untold',
      'disputes.reviewer-is-handler',
      'disputes.outcome-mismatch',
      'disputes.party-not-asked',
      'disputes.party-says-unsolved',
      'disputes.confirmation-incomplete',
      'disputes.confirmed-and-not',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async close(@Param('id', IdPipe) id: string, @Body() body: CloseDisputeRequest): Promise<MatterStandingResponse> {
    return this.closeDispute.execute(id, body);
  }

  @Post('reopening')
  @HttpCode(200)
  @Act('disputes.reopen', {
    description: '重启已办结的事项，另立新卷；原办结不再计入。',
    problems: ['disputes.wrong-state'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async reopen(@Param('id', IdPipe) id: string, @Body() body: ReopenDisputeRequest): Promise<MatterStandingResponse> {
    return this.reopenDispute.execute(id, body);
  }

  @Post('follow-ups')
  @HttpCode(200)
  @Act('disputes.follow-up', {
    description: '登记回访。回访人不能是承办人；没有联系上的不算回访。',
    problems: [
      'disputes.wrong-state',
      'disputes.nothing-in-force',
      'disputes.next-visit-past',
      'disputes.no-call-back',
      'disputes.visitor-is-handler',
      'disputes.visit-not-reached',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async followUp(@Param('id', IdPipe) id: string, @Body() body: FollowUpRequest): Promise<MatterStandingResponse> {
    return this.finishDispute.followUp(id, body);
  }

  @Post('call-backs')
  @HttpCode(200)
  @Act('disputes.call-back', {
    description: '登记抽查回访，核实办理情况是否属实。抽查人不能是承办人，也不能是回访过这件事的人；不改变办理状态。',
    problems: [
      'disputes.wrong-state',
      'disputes.no-call-back',
      'disputes.visitor-is-handler',
      'disputes.visited-before',
      'disputes.visit-not-reached',
      'disputes.next-visit-past',
    ],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async callBack(@Param('id', IdPipe) id: string, @Body() body: CallBackRequest): Promise<MatterStandingResponse> {
    return this.finishDispute.callBack(id, body);
  }

  @Post('upstream-replies')
  @HttpCode(200)
  @Act('disputes.reply-upstream', {
    description: '把办理结果回复给带编号转来事项的单位或平台，记下回复内容。',
    problems: ['disputes.wrong-state', 'disputes.no-upstream-number'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async replyUpstream(
    @Param('id', IdPipe) id: string,
    @Body() body: ReplyUpstreamRequest,
  ): Promise<MatterStandingResponse> {
    return this.finishDispute.replyUpstream(id, body);
  }

  @Post('archiving')
  @HttpCode(200)
  @Act('disputes.archive', {
    description: '归档。',
    problems: ['disputes.wrong-state', 'disputes.open-summons'],
  })
  @ApiOkResponse({ type: MatterStandingResponse })
  async archive(@Param('id', IdPipe) id: string, @Body() body: ArchiveDisputeRequest): Promise<MatterStandingResponse> {
    return this.finishDispute.archive(id, body);
  }

  @Post('step-up')
  @Act('disputes.step-up', {
    description: '中心主任说明理由后，可查看案情 24 小时；全程留痕。',
    problems: ['disputes.wrong-state', 'disputes.has-access'],
  })
  @ApiCreatedResponse({ type: StepUpResponse })
  async stepUp(@Param('id', IdPipe) id: string, @Body() body: ReasonRequest): Promise<StepUpResponse> {
    return this.sealDispute.stepUp(id, body);
  }
}
