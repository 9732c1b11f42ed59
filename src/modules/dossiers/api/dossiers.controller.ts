import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, type StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe, InertFile, streamAnswer } from '../../../platform/http';
import { BindDossier } from '../application/bind-dossier';
import { ReadDossier } from '../application/read-dossier';
import { BindDossierRequest } from './dossier.request';
import { BindingOrderedResponse, DossierBindingResponse, DossierResponse } from './dossier.response';

const file = (mediaType: string): MethodDecorator =>
  ApiOkResponse({ description: '文件', content: { [mediaType]: { schema: { type: 'string', format: 'binary' } } } });

@ApiTags('卷宗')
@Controller()
export class DossiersController {
  constructor(
    private readonly readDossier: ReadDossier,
    private readonly bindDossier: BindDossier,
  ) {}

  @Get('disputes/:disputeId/dossier')
  @Act('dossiers.read', { description: '按国家规定的卷内顺序列出已有的和缺少的文书、材料，以及各种装订包括的内容。' })
  @ApiOkResponse({ type: DossierResponse })
  async list(@Param('disputeId', IdPipe) disputeId: string): Promise<DossierResponse> {
    return this.readDossier.list(disputeId);
  }

  @Post('disputes/:disputeId/dossier/bindings')
  @HttpCode(202)
  @Act('dossiers.bind', {
    description: '在后台装订，完成后在已装订的卷宗中下载。有缺项也可以装订，缺项记入装订记录。',
    problems: ['dossiers.not-accepted', 'dossiers.kind-refused', 'dossiers.unknown-file', 'dossiers.binding-running'],
  })
  @ApiAcceptedResponse({ type: BindingOrderedResponse })
  async bind(
    @Param('disputeId', IdPipe) disputeId: string,
    @Body() body: BindDossierRequest,
  ): Promise<BindingOrderedResponse> {
    return this.bindDossier.execute(disputeId, body);
  }

  @Get('disputes/:disputeId/dossier/bindings')
  @Act('dossiers.list-bindings', { description: '最近 50 份，新的在前。' })
  @ApiOkResponse({ type: [DossierBindingResponse] })
  async bindings(@Param('disputeId', IdPipe) disputeId: string): Promise<DossierBindingResponse[]> {
    return this.readDossier.bindings(disputeId);
  }

  @Get('dossier-bindings/:id/book')
  @InertFile()
  @Act('dossiers.download', {
    description: '装订好的 PDF。含完整证件号码的，只由可以查看完整号码的人员下载。下载留痕。',
    problems: ['dossiers.not-bound', 'files.missing', 'files.damaged'],
  })
  @file('application/pdf')
  async book(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return streamAnswer({ ...(await this.readDossier.file(id, 'book')), mediaType: 'application/pdf' });
  }

  @Get('dossier-bindings/:id/archive')
  @InertFile()
  @Act('dossiers.download', {
    description: '压缩包：全部原始文件、摘要清单和装订件。脱敏副本没有压缩包。下载留痕。',
    problems: ['dossiers.not-bound', 'dossiers.no-archive', 'files.missing', 'files.damaged'],
  })
  @file('application/zip')
  async archive(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return streamAnswer({ ...(await this.readDossier.file(id, 'archive')), mediaType: 'application/zip' });
  }
}
