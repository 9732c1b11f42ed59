import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { InviteParticipant } from '../application/invite-participant';
import {
  InviteParticipantRequest,
  ParticipantConsentsRequest,
  WithdrawParticipantRequest,
} from './participant.request';
import { ParticipantStandingResponse, ParticipantsResponse } from './participant.response';

@ApiTags('参与人')
@Controller()
export class ParticipantsController {
  constructor(private readonly inviteParticipant: InviteParticipant) {}

  @Get('disputes/:id/participants')
  @Act('participants.read', { description: '受邀参与调解的人，以及各方是否都同意。' })
  @ApiOkResponse({ type: ParticipantsResponse })
  async list(@Param('id', IdPipe) id: string): Promise<ParticipantsResponse> {
    return this.inviteParticipant.list(id);
  }

  @Post('disputes/:id/participants')
  @Act('participants.invite', { description: '提出邀请；各方当事人都同意后方可到场（人民调解法第二十条）。' })
  @ApiCreatedResponse({ type: ParticipantStandingResponse })
  async invite(
    @Param('id', IdPipe) id: string,
    @Body() body: InviteParticipantRequest,
  ): Promise<ParticipantStandingResponse> {
    return this.inviteParticipant.invite(id, body);
  }

  @Post('participants/:id/consents')
  @Act('participants.record-consent', {
    description: '逐方登记意见；以最近一次为准，沉默不等于同意。',
    problems: [
      'participants.wrong-state',
      'participants.not-a-party',
      'participants.not-a-representative',
      'participants.in-the-future',
    ],
  })
  @ApiCreatedResponse({ type: ParticipantStandingResponse })
  async recordConsent(
    @Param('id', IdPipe) id: string,
    @Body() body: ParticipantConsentsRequest,
  ): Promise<ParticipantStandingResponse> {
    return this.inviteParticipant.recordConsent(id, body.answers);
  }

  @Post('participants/:id/withdrawal')
  @HttpCode(200)
  @Act('participants.withdraw', { problems: ['participants.wrong-state'] })
  @ApiOkResponse({ type: ParticipantStandingResponse })
  async withdraw(
    @Param('id', IdPipe) id: string,
    @Body() body: WithdrawParticipantRequest,
  ): Promise<ParticipantStandingResponse> {
    return this.inviteParticipant.withdraw(id, body.reason);
  }
}
