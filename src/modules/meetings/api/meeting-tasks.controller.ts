import '../policies';
import { Body, Controller, Param, Post, UploadedFile, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiCreatedResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe, TakesFile } from '../../../platform/http';
import { DiscardStagedUpload, MAX_FILE_BYTES, type StagedFile, StagedUploadPipe } from '../../attachments';
import { MeetingTasks } from '../application/meeting-tasks';
import { AcceptTaskRequest, AnswerTaskRequest, TaskReasonRequest } from './meeting.request';
import { MeetingTaskActResponse, UploadedProofResponse } from './meeting.response';

@ApiTags('联席会商')
@Controller('meeting-tasks')
export class MeetingTasksController {
  constructor(private readonly tasks: MeetingTasks) {}

  @Post(':id/attachments')
  @UseInterceptors(DiscardStagedUpload, FileInterceptor('file'))
  @Act('meeting-tasks.attach', {
    description: '报结果前上传，一次一个文件，不超过50兆字节；只有本部门和中心可见。',
    problems: ['attachments.file-missing', 'attachments.type-not-allowed', 'meeting-tasks.wrong-state', 'too-large'],
  })
  @TakesFile('文件', MAX_FILE_BYTES)
  @ApiCreatedResponse({ type: UploadedProofResponse })
  async attach(
    @Param('id', IdPipe) id: string,
    @UploadedFile(StagedUploadPipe) file: StagedFile | undefined,
  ): Promise<UploadedProofResponse> {
    return this.tasks.attach(id, file);
  }

  @Post(':id/answers')
  @Act('meeting-tasks.answer', { problems: ['meeting-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: MeetingTaskActResponse })
  async answer(@Param('id', IdPipe) id: string, @Body() body: AnswerTaskRequest): Promise<MeetingTaskActResponse> {
    return this.tasks.answer(id, body.answer);
  }

  @Post(':id/entered-answers')
  @Act('meeting-tasks.enter-answer', {
    description: '责任单位没有账号的，由中心按其书面或电话答复登记。',
    problems: ['meeting-tasks.answers-itself', 'meeting-tasks.wrong-state'],
  })
  @ApiCreatedResponse({ type: MeetingTaskActResponse })
  async enterAnswer(@Param('id', IdPipe) id: string, @Body() body: AnswerTaskRequest): Promise<MeetingTaskActResponse> {
    return this.tasks.enterAnswer(id, body.answer);
  }

  @Post(':id/acceptance')
  @Act('meeting-tasks.accept', { problems: ['meeting-tasks.own-answer', 'meeting-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: MeetingTaskActResponse })
  async accept(@Param('id', IdPipe) id: string, @Body() body: AcceptTaskRequest): Promise<MeetingTaskActResponse> {
    return this.tasks.accept(id, body.opinion);
  }

  @Post(':id/return')
  @Act('meeting-tasks.return', { problems: ['meeting-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: MeetingTaskActResponse })
  async return(@Param('id', IdPipe) id: string, @Body() body: TaskReasonRequest): Promise<MeetingTaskActResponse> {
    return this.tasks.return(id, body.reason);
  }

  @Post(':id/urgings')
  @Act('meeting-tasks.urge', { problems: ['meeting-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: MeetingTaskActResponse })
  async urge(@Param('id', IdPipe) id: string, @Body() body: TaskReasonRequest): Promise<MeetingTaskActResponse> {
    return this.tasks.urge(id, body.reason);
  }

  @Post(':id/withdrawal')
  @Act('meeting-tasks.drop', { description: '不再需要的，说明理由撤销。', problems: ['meeting-tasks.wrong-state'] })
  @ApiCreatedResponse({ type: MeetingTaskActResponse })
  async drop(@Param('id', IdPipe) id: string, @Body() body: TaskReasonRequest): Promise<MeetingTaskActResponse> {
    return this.tasks.drop(id, body.reason);
  }
}
