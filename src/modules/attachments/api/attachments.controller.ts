import '../policies';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  type StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act, IfMatchRequired } from '../../../platform/auth';
import { fileAnswer, IdPipe, InertFile, TakesFile } from '../../../platform/http';
import { ChangeAttachment } from '../application/change-attachment';
import { ReadAttachments } from '../application/read-attachments';
import type { StagedFile } from '../application/received-files';
import { UploadAttachment } from '../application/upload-attachment';
import {
  AttachmentPageQuery,
  AttachmentReasonRequest,
  DescribeAttachmentRequest,
  SetRingRequest,
  UploadAttachmentRequest,
} from './attachment.request';
import { AttachmentListResponse, AttachmentResponse } from './attachment.response';
import { DiscardStagedUpload, MAX_FILE_BYTES, StagedUploadPipe } from './staged-upload';

@ApiTags('材料')
@Controller()
export class AttachmentsController {
  constructor(
    private readonly readAttachments: ReadAttachments,
    private readonly uploadAttachment: UploadAttachment,
    private readonly changeAttachment: ChangeAttachment,
  ) {}

  @Get('disputes/:disputeId/attachments')
  @Act('attachments.list', { description: '按目录序号；只列出您有权查看的材料。' })
  @ApiOkResponse({ type: AttachmentListResponse })
  async list(
    @Param('disputeId', IdPipe) disputeId: string,
    @Query() query: AttachmentPageQuery,
  ): Promise<AttachmentListResponse> {
    return this.readAttachments.list(disputeId, query);
  }

  @Post('disputes/:disputeId/attachments')
  @UseInterceptors(DiscardStagedUpload, FileInterceptor('file'))
  @Act('attachments.upload', {
    description: '一次一个文件，不超过50兆字节。按内容识别类型，须与扩展名一致；文件原样保存。',
    problems: [
      'attachments.file-missing',
      'attachments.file-name',
      'attachments.type-not-allowed',
      'attachments.extension-mismatch',
      'attachments.truncated',
      'attachments.polyglot',
      'attachments.too-many-pixels',
      'attachments.archive-bomb',
      'attachments.archive-path',
      'attachments.archive-link',
      'attachments.archive-encrypted',
      'attachments.macro',
      'attachments.already-here',
      'attachments.ring-not-yours',
      'attachments.in-future',
      'attachments.matter-archived',
      'attachments.matter-merged',
      'too-large',
    ],
  })
  @TakesFile('文件', MAX_FILE_BYTES, UploadAttachmentRequest)
  @ApiCreatedResponse({ type: AttachmentResponse })
  async upload(
    @Param('disputeId', IdPipe) disputeId: string,
    @UploadedFile(StagedUploadPipe) file: StagedFile | undefined,
    @Body() body: UploadAttachmentRequest,
  ): Promise<AttachmentResponse> {
    return this.uploadAttachment.execute(disputeId, file, body);
  }

  @Get('attachments/:id/content')
  @InertFile()
  @Act('attachments.download', {
    description: '逐字节原样取出，取出前重新核对摘要。下载留痕。',
    problems: ['files.missing', 'files.damaged'],
  })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: '文件内容' })
  async download(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer(await this.readAttachments.download(id));
  }

  @Post('attachments/:id/description')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('attachments.describe', {
    description: '提交全部说明，不填的清空；文件内容和文件名不变。',
    problems: ['attachments.in-future', 'attachments.matter-archived'],
  })
  @ApiOkResponse({ type: AttachmentResponse })
  async describe(
    @Param('id', IdPipe) id: string,
    @Body() body: DescribeAttachmentRequest,
  ): Promise<AttachmentResponse> {
    return this.changeAttachment.describe(id, body);
  }

  @Post('attachments/:id/ring')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('attachments.set-ring', {
    description: '收回为仅调解员可见的，同时停止提供给部门。',
    problems: ['attachments.ring-not-yours', 'attachments.matter-archived'],
  })
  @ApiOkResponse({ type: AttachmentResponse })
  async setRing(@Param('id', IdPipe) id: string, @Body() body: SetRingRequest): Promise<AttachmentResponse> {
    return this.changeAttachment.setRing(id, body);
  }

  @Post('attachments/:id/sharing')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('attachments.share', {
    description: '此后随吹哨单提供给被吹哨的部门。',
    problems: ['attachments.mediator-only', 'attachments.already-shared', 'attachments.matter-archived'],
  })
  @ApiOkResponse({ type: AttachmentResponse })
  async share(@Param('id', IdPipe) id: string, @Body() body: AttachmentReasonRequest): Promise<AttachmentResponse> {
    return this.changeAttachment.share(id, 'share', body);
  }

  @Post('attachments/:id/sharing-end')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('attachments.unshare', { problems: ['attachments.not-shared'] })
  @ApiOkResponse({ type: AttachmentResponse })
  async unshare(@Param('id', IdPipe) id: string, @Body() body: AttachmentReasonRequest): Promise<AttachmentResponse> {
    return this.changeAttachment.share(id, 'unshare', body);
  }

  @Post('attachments/:id/withdrawal')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('attachments.withdraw', {
    description: '不再作为证据；文件和记录保留在卷。',
    problems: ['attachments.matter-archived'],
  })
  @ApiOkResponse({ type: AttachmentResponse })
  async withdraw(@Param('id', IdPipe) id: string, @Body() body: AttachmentReasonRequest): Promise<AttachmentResponse> {
    return this.changeAttachment.withdraw(id, body);
  }
}
