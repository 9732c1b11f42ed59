import '../policies';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { AssignMediator } from '../application/assign-mediator';
import { ChangeAssignment } from '../application/change-assignment';
import { ReadAssignments } from '../application/read-assignments';
import {
  AssignMediatorRequest,
  CandidatesQuery,
  ChallengeRequest,
  DiscloseRequest,
  AssignmentReasonRequest,
  ReplaceMediatorRequest,
} from './assignment.request';
import {
  AssignedResponse,
  AssignmentListResponse,
  CandidateResponse,
  ChangedAssignmentResponse,
} from './assignment.response';

@ApiTags('调解员指派')
@Controller()
export class AssignmentsController {
  constructor(
    private readonly assignMediator: AssignMediator,
    private readonly changeAssignment: ChangeAssignment,
    private readonly readAssignments: ReadAssignments,
  ) {}

  @Get('disputes/:id/assignments')
  @Act('assignments.read')
  @ApiOkResponse({ type: AssignmentListResponse })
  async list(@Param('id', IdPipe) id: string): Promise<AssignmentListResponse> {
    return this.readAssignments.list(id);
  }

  @Get('disputes/:id/mediator-candidates')
  @Act('assignments.propose', { description: '在任调解员，按专长、语言、就近、在办件数排序，并提示利害关系。' })
  @ApiOkResponse({ type: [CandidateResponse] })
  async candidates(@Param('id', IdPipe) id: string, @Query() query: CandidatesQuery): Promise<CandidateResponse[]> {
    return this.readAssignments.candidates(id, query.language);
  }

  @Post('disputes/:id/assignments')
  @Act('assignments.assign', {
    description: '由当事人选择或调委会指定（人民调解法第十九条）。',
    problems: [
      'assignments.host-exists',
      'assignments.not-in-office',
      'assignments.not-all-chose',
      'assignments.challenged-before',
      'assignments.joint-needs-basis',
      'assignments.no-committee',
      'mediation.wrong-state',
    ],
  })
  @ApiCreatedResponse({ type: AssignedResponse })
  async assign(@Param('id', IdPipe) id: string, @Body() body: AssignMediatorRequest): Promise<AssignedResponse> {
    return this.assignMediator.execute(id, body);
  }

  @Post('assignments/:id/disclosures')
  @Act('assignments.disclose', { problems: ['assignments.disclosure-needs-detail'] })
  @ApiCreatedResponse({ type: ChangedAssignmentResponse })
  async disclose(@Param('id', IdPipe) id: string, @Body() body: DiscloseRequest): Promise<ChangedAssignmentResponse> {
    return this.changeAssignment.disclose(id, body.kind, body.detail);
  }

  @Post('assignments/:id/challenges')
  @Act('assignments.challenge', {
    description: '当事人要求更换，调委会应当更换。',
    problems: ['assignments.not-a-party', 'assignments.wrong-state'],
  })
  @ApiCreatedResponse({ type: ChangedAssignmentResponse })
  async challenge(@Param('id', IdPipe) id: string, @Body() body: ChallengeRequest): Promise<ChangedAssignmentResponse> {
    return this.changeAssignment.challenge(id, body.partyId, body.reason);
  }

  @Post('assignments/:id/challenge-withdrawal')
  @Act('assignments.withdraw-challenge', { problems: ['assignments.wrong-state'] })
  @ApiCreatedResponse({ type: ChangedAssignmentResponse })
  async withdrawChallenge(
    @Param('id', IdPipe) id: string,
    @Body() body: AssignmentReasonRequest,
  ): Promise<ChangedAssignmentResponse> {
    return this.changeAssignment.withdrawChallenge(id, body.reason);
  }

  @Post('assignments/:id/replacement')
  @Act('assignments.replace', {
    problems: ['assignments.same-person', 'assignments.not-in-office', 'assignments.wrong-state'],
  })
  @ApiCreatedResponse({ type: ChangedAssignmentResponse })
  async replace(
    @Param('id', IdPipe) id: string,
    @Body() { reason, ...successor }: ReplaceMediatorRequest,
  ): Promise<ChangedAssignmentResponse> {
    return this.changeAssignment.replace(id, successor, reason);
  }

  @Post('assignments/:id/ending')
  @Act('assignments.end', { problems: ['assignments.host-needs-successor', 'assignments.wrong-state'] })
  @ApiCreatedResponse({ type: ChangedAssignmentResponse })
  async end(
    @Param('id', IdPipe) id: string,
    @Body() body: AssignmentReasonRequest,
  ): Promise<ChangedAssignmentResponse> {
    return this.changeAssignment.end(id, body.reason);
  }
}
