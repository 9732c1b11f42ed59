import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act, IfMatchRequired } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { InstallSeal } from '../application/install-seal';
import { ListSeals } from '../application/list-seals';
import { RetireSeal } from '../application/retire-seal';
import { TrustAnchors } from '../application/trust-anchors';
import { PapersQuery } from './paper.request';
import { AddTrustAnchorRequest, InstallSealRequest, RetireSealRequest } from './seal.request';
import {
  SealResponse,
  SealUsesResponse,
  SealsResponse,
  TrustAnchorResponse,
  TrustAnchorsResponse,
} from './seal.response';

@ApiTags('电子印章')
@Controller()
export class SealsController {
  constructor(
    private readonly installSeal: InstallSeal,
    private readonly retireSeal: RetireSeal,
    private readonly listSeals: ListSeals,
    private readonly trustAnchors: TrustAnchors,
  ) {}

  @Post('committees/:id/seals')
  @Act('seals.install', {
    description:
      '装入后即为该调委会唯一在用的电子印章，原有的随即停用。导入的私钥加密保存，只在盖章的一刻于内存中打开；在密码设备或签名服务里的密钥不离开那里。',
    problems: [
      'seals.demo-refused',
      'seals.pkcs12-missing',
      'seals.key-store-unreadable',
      'seals.key-mismatch',
      'seals.key-name-missing',
      'seals.key-name-not-needed',
      'seals.signer-not-set-up',
      'seals.signer-refused',
      'seals.signer-unreachable',
      'seals.certificate-expired',
    ],
  })
  @ApiCreatedResponse({ type: SealResponse })
  async install(@Param('id', IdPipe) id: string, @Body() body: InstallSealRequest): Promise<SealResponse> {
    return this.installSeal.execute(id, body);
  }

  @Get('committees/:id/seals')
  @Act('seals.list')
  @ApiOkResponse({ type: SealsResponse })
  async list(@Param('id', IdPipe) id: string): Promise<SealsResponse> {
    return this.listSeals.execute(id);
  }

  @Post('seals/:id/retirement')
  @HttpCode(200)
  @Act('seals.retire', {
    description: '停用后不能再盖章；此后用它作出的签名核验不通过，此前的不受影响。',
    problems: ['seals.wrong-state'],
  })
  @IfMatchRequired()
  @ApiOkResponse({ type: SealResponse })
  async retire(@Param('id', IdPipe) id: string, @Body() body: RetireSealRequest): Promise<SealResponse> {
    return this.retireSeal.execute(id, body);
  }

  @Get('seals/:id/uses')
  @Act('seals.list-uses', { description: '用印台账：谁、何时、为何、盖在哪份文件上。' })
  @ApiOkResponse({ type: SealUsesResponse })
  async uses(@Param('id', IdPipe) id: string, @Query() query: PapersQuery): Promise<SealUsesResponse> {
    return this.listSeals.uses(id, query);
  }

  @Get('trust-anchors')
  @Act('trust-anchors.list')
  @ApiOkResponse({ type: TrustAnchorsResponse })
  async anchors(): Promise<TrustAnchorsResponse> {
    return this.trustAnchors.list();
  }

  @Post('trust-anchors')
  @Act('trust-anchors.add', {
    description: '核验文件时，只相信这些根证书之下的印章和时间戳。',
    problems: ['seals.certificate-unreadable', 'trust-anchors.not-an-authority'],
  })
  @ApiCreatedResponse({ type: TrustAnchorResponse })
  async addAnchor(@Body() body: AddTrustAnchorRequest): Promise<TrustAnchorResponse> {
    return this.trustAnchors.add(body);
  }
}
