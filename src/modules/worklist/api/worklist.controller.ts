import '../policies';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { CopyDispute } from '../application/copy-dispute';
import { CountWorklist } from '../application/count-worklist';
import { ListWorklist } from '../application/list-worklist';
import { ReadStanding } from '../application/read-standing';
import { CopyDisputeRequest, ListWorklistQueryRequest } from './worklist.request';
import {
  DisputeCopyListResponse,
  DisputeDueStandingResponse,
  WorklistCountsResponse,
  WorklistResponse,
} from './worklist.response';

@ApiTags('工作列表')
@Controller('worklist')
export class WorklistController {
  constructor(
    private readonly listWorklist: ListWorklist,
    private readonly countWorklist: CountWorklist,
  ) {}

  @Get()
  @Act('worklist.list', {
    description: '本人的待办、在办、已办、我发起和抄送；红灯在前，依次为黄灯、绿灯、无时限、暂停计时。',
    problems: ['malformed-cursor'],
  })
  @ApiOkResponse({ type: WorklistResponse })
  async list(@Query() query: ListWorklistQueryRequest): Promise<WorklistResponse> {
    return this.listWorklist.execute(query);
  }

  @Get('counts')
  @Act('worklist.count', { description: '各列表的件数，用于角标。' })
  @ApiOkResponse({ type: WorklistCountsResponse })
  async counts(): Promise<WorklistCountsResponse> {
    return this.countWorklist.execute();
  }
}

@ApiTags('工作列表')
@Controller('disputes/:id')
export class DisputeStandingController {
  constructor(
    private readonly readStanding: ReadStanding,
    private readonly copyDispute: CopyDispute,
  ) {}

  @Get('standing')
  @Act('worklist.read-standing', { description: '事项的时限灯、最近的时限、下一步，以及同时等待的其他环节。' })
  @ApiOkResponse({ type: DisputeDueStandingResponse })
  async standing(@Param('id', IdPipe) id: string): Promise<DisputeDueStandingResponse> {
    return this.readStanding.execute(id);
  }

  @Get('copies')
  @Act('worklist.list-copies')
  @ApiOkResponse({ type: DisputeCopyListResponse })
  async copies(@Param('id', IdPipe) id: string): Promise<DisputeCopyListResponse> {
    return this.copyDispute.list(id);
  }

  @Post('copies')
  @Act('worklist.copy', {
    description: '把事项抄送给有权查看的同志，对方在“抄送”列表和消息中看到。抄送不扩大任何人的查看权限。',
    problems: ['worklist.copy-to-self', 'worklist.copy-invisible', 'worklist.copied-already'],
  })
  @ApiCreatedResponse({ type: DisputeCopyListResponse })
  async copy(@Param('id', IdPipe) id: string, @Body() body: CopyDisputeRequest): Promise<DisputeCopyListResponse> {
    return this.copyDispute.copy(id, body);
  }
}
