import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Put, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act, IfMatchRequired } from '../../../platform/auth';
import { fileAnswer, IdPipe, InertFile } from '../../../platform/http';
import { ConcludeOrally } from '../application/conclude-orally';
import { DraftAgreement } from '../application/draft-agreement';
import { FreezeAgreement } from '../application/freeze-agreement';
import { ReadAgreements } from '../application/read-agreements';
import { SealAgreement } from '../application/seal-agreement';
import { SignAgreement } from '../application/sign-agreement';
import { SigningLinks } from '../application/signing-links';
import { VoidAgreement } from '../application/void-agreement';
import {
  AgreeElectronicRequest,
  AgreementContentRequest,
  AgreementReasonRequest,
  ConcludeOrallyRequest,
  DraftAgreementRequest,
  FreezeRequest,
  IssueLinkRequest,
  RecordInkRequest,
  RefuseSignatureRequest,
  SignOnTabletRequest,
  VoidAgreementRequest,
} from './agreement.request';
import {
  AgreementDraftListResponse,
  AgreementListResponse,
  AgreementResponse,
  AgreementStandingResponse,
  FrozenTextResponse,
  IssuedLinkResponse,
} from './agreement.response';

const CONTENT_PROBLEMS = [
  'agreements.who-missing',
  'agreements.content-missing',
  'agreements.blank-left',
  'agreements.not-a-party',
  'agreements.owes-itself',
  'agreements.amount-missing',
  'agreements.amount-without-payment',
  'agreements.place-missing',
  'agreements.manner-missing',
  'agreements.due-missing',
  'agreements.due-in-past',
  'agreements.not-to-be-replaced',
  'agreements.due-not-last',
  'agreements.instalments-sum',
  'agreements.instalments-order',
  'agreements.facts-missing',
  'agreements.clauses-missing',
  'agreements.too-few-parties',
  'words.waiver-of-remedy',
  'words.usury',
  'words.kinship',
] as const;
const SIGNING_PROBLEMS = [
  'agreements.wrong-state',
  'agreements.content-changed',
  'agreements.slot-signed',
  'agreements.not-your-turn',
  'agreements.unknown-slot',
  'agreements.signatory-changed',
] as const;
const PDF = { schema: { type: 'string', format: 'binary' }, description: 'PDF 文件' };

@ApiTags('调解协议')
@Controller()
export class AgreementsController {
  constructor(
    private readonly draftAgreement: DraftAgreement,
    private readonly freezeAgreement: FreezeAgreement,
    private readonly signAgreement: SignAgreement,
    private readonly signingLinks: SigningLinks,
    private readonly sealAgreement: SealAgreement,
    private readonly concludeOrally: ConcludeOrally,
    private readonly voidAgreement: VoidAgreement,
    private readonly readAgreements: ReadAgreements,
  ) {}

  @Get('disputes/:id/agreements')
  @Act('agreements.list')
  @ApiOkResponse({ type: AgreementListResponse })
  async list(@Param('id', IdPipe) id: string): Promise<AgreementListResponse> {
    return this.readAgreements.list(id);
  }

  @Post('disputes/:id/agreements')
  @Act('agreements.draft', {
    description: '内容逐项填写，不足之处一次列出。请核对的地方在 warnings 中，不影响保存。',
    problems: [
      'agreements.one-at-a-time',
      'agreements.base-missing',
      'agreements.base-not-needed',
      'agreements.base-not-effective',
      'mediation.wrong-state',
      ...CONTENT_PROBLEMS,
    ],
  })
  @ApiCreatedResponse({ type: AgreementStandingResponse })
  async draft(
    @Param('id', IdPipe) id: string,
    @Body() body: DraftAgreementRequest,
  ): Promise<AgreementStandingResponse> {
    return this.draftAgreement.draft(id, body);
  }

  @Get('agreements/:id')
  @Act('agreements.read', { description: '内容、签署安排、效力。查看留痕。' })
  @ApiOkResponse({ type: AgreementResponse })
  async detail(@Param('id', IdPipe) id: string): Promise<AgreementResponse> {
    return this.readAgreements.detail(id);
  }

  @Put('agreements/:id/content')
  @Act('agreements.revise', {
    description: '提交全部内容，不填的清空。',
    problems: ['agreements.wrong-state', ...CONTENT_PROBLEMS],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async revise(
    @Param('id', IdPipe) id: string,
    @Body() body: AgreementContentRequest,
  ): Promise<AgreementStandingResponse> {
    return this.draftAgreement.revise(id, body);
  }

  @Get('agreements/:id/preview')
  @InertFile()
  @Act('agreements.preview', {
    description: '带“第n稿 未生效”水印，n 为稿次：出过的一稿不再变，此后的改动为下一稿。预览留痕。',
    problems: ['agreements.preview-over', 'agreements.oral-is-not-signed', 'pdf.contract', 'pdf.missing-glyph'],
  })
  @ApiProduces('application/pdf')
  @ApiOkResponse(PDF)
  async preview(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.readAgreements.preview(id)), mediaType: 'application/pdf' });
  }

  @Get('agreements/:id/drafts')
  @Act('agreements.read-drafts', { description: '哪一稿、谁写的、何时、改了什么，最新的在前。查看留痕。' })
  @ApiOkResponse({ type: AgreementDraftListResponse })
  async listDrafts(@Param('id', IdPipe) id: string): Promise<AgreementDraftListResponse> {
    return this.readAgreements.listDrafts(id);
  }

  @Get('agreement-drafts/:id/paper')
  @InertFile()
  @Act('agreements.download-draft', {
    description: '按当时的内容重新出稿，带当时的稿次。下载留痕。',
    problems: ['pdf.contract', 'pdf.missing-glyph', 'pdf.busy'],
  })
  @ApiProduces('application/pdf')
  @ApiOkResponse(PDF)
  async draftPaper(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.readAgreements.draftPaper(id)), mediaType: 'application/pdf' });
  }

  @Post('agreements/:id/electronic-consents')
  @HttpCode(200)
  @Act('agreements.agree-electronic', {
    description: '婚姻、收养、继承等人身关系的协议不适用电子签名。',
    problems: ['agreements.electronic-not-allowed', 'agreements.not-a-party', 'agreements.in-future'],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async agreeElectronic(
    @Param('id', IdPipe) id: string,
    @Body() body: AgreeElectronicRequest,
  ): Promise<AgreementStandingResponse> {
    return this.draftAgreement.agreeElectronic(id, body);
  }

  @Post('agreements/:id/freezing')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('agreements.freeze', {
    description:
      '固定文本，列出签署安排。此后内容要改的，须退回修改，已有的签署全部失效。有人需要翻译而没有安排翻译人员的，在 warnings 中提示。',
    problems: [
      'agreements.wrong-state',
      'agreements.mediation-elsewhere',
      'agreements.content-changed',
      'agreements.nobody-may-sign',
      'agreements.may-not-sign',
      'agreements.order-incomplete',
      'agreements.attendee-signs-already',
      'agreements.attendee-twice',
      'agreements.language-missing',
      'agreements.interprets-for-nobody',
      'agreements.no-recorder',
      'agreements.no-mediator',
      'agreements.not-in-office',
      'pdf.missing-glyph',
      ...CONTENT_PROBLEMS,
    ],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async freeze(@Param('id', IdPipe) id: string, @Body() body: FreezeRequest): Promise<AgreementStandingResponse> {
    return this.freezeAgreement.freeze(id, body);
  }

  @Post('agreements/:id/unfreezing')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('agreements.unfreeze', {
    description: '本轮签署全部失效（记录保留），并通知已签的人。',
    problems: ['agreements.wrong-state', 'agreements.mediation-elsewhere'],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async unfreeze(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: AgreementReasonRequest,
  ): Promise<AgreementStandingResponse> {
    return this.freezeAgreement.unfreeze(id, reason);
  }

  @Get('agreements/:id/signing-copy')
  @InertFile()
  @Act('agreements.download-signing-copy', {
    description: '定稿的文本，供打印签署；逐字节不变。下载留痕。',
    problems: ['agreements.not-frozen', 'files.missing', 'files.damaged'],
  })
  @ApiProduces('application/pdf')
  @ApiOkResponse(PDF)
  async signingCopy(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.readAgreements.signingCopy(id)), mediaType: 'application/pdf' });
  }

  @Get('agreements/:id/signing-text')
  @Act('agreements.read-signing-text', {
    description: '定稿的文字，供当事人当面阅读后签名；没有证件号、电话和住址。查看留痕。',
    problems: ['agreements.not-frozen'],
  })
  @ApiOkResponse({ type: FrozenTextResponse })
  async signingText(@Param('id', IdPipe) id: string): Promise<FrozenTextResponse> {
    return this.readAgreements.signingText(id);
  }

  @Post('agreements/:id/tablet-signatures')
  @HttpCode(200)
  @Act('agreements.sign-on-tablet', {
    description: '当事人、翻译人员、见证人当场在签名板上签名；调解员、记录人登录本人账号签名。',
    problems: [
      ...SIGNING_PROBLEMS,
      'agreements.electronic-not-allowed',
      'agreements.electronic-not-agreed',
      'agreements.not-your-place',
      'agreements.identity-check',
      'agreements.witness-missing',
      'agreements.not-read',
      'agreements.strokes',
    ],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async signOnTablet(
    @Param('id', IdPipe) id: string,
    @Body() body: SignOnTabletRequest,
  ): Promise<AgreementStandingResponse> {
    return this.signAgreement.onTablet(id, body);
  }

  @Post('agreements/:id/ink-signatures')
  @HttpCode(200)
  @Act('agreements.record-ink', {
    description: '纸质签署：一份扫描件可以登记多人。单位还须加盖公章。',
    problems: [
      ...SIGNING_PROBLEMS,
      'agreements.scan-missing',
      'agreements.scan-format',
      'agreements.scan-locked',
      'agreements.signed-on',
      'agreements.nothing-signed',
      'agreements.signature-needed',
      'agreements.no-corporate-seal',
      'agreements.identity-check',
      'agreements.witness-missing',
      'agreements.mark-there',
    ],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async recordInk(@Param('id', IdPipe) id: string, @Body() body: RecordInkRequest): Promise<AgreementStandingResponse> {
    return this.signAgreement.inInk(id, body);
  }

  @Post('agreements/:id/refusals')
  @HttpCode(200)
  @Act('agreements.refuse', {
    description: '有人拒签即停止签署，由调解员决定恢复签署、退回修改或者终止调解。',
    problems: ['agreements.wrong-state', 'agreements.slot-signed', 'agreements.unknown-slot'],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async refuse(
    @Param('id', IdPipe) id: string,
    @Body() body: RefuseSignatureRequest,
  ): Promise<AgreementStandingResponse> {
    return this.signAgreement.refuse(id, body);
  }

  @Post('agreements/:id/signing-resumption')
  @HttpCode(200)
  @Act('agreements.resume-signing', {
    description: '拒签的人愿意签署：文本没有改动，其他人的签署仍然有效。',
    problems: ['agreements.wrong-state', 'agreements.mediation-elsewhere'],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async resume(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: AgreementReasonRequest,
  ): Promise<AgreementStandingResponse> {
    return this.signAgreement.resume(id, reason);
  }

  @Post('agreements/:id/signing-links')
  @Act('agreements.issue-link', {
    description: '凭证只显示这一次，请当面或通过核实过的联系方式交给本人。重发的，前一个即失效。',
    problems: [
      'agreements.electronic-not-allowed',
      'agreements.electronic-not-agreed',
      'agreements.link-period',
      'agreements.link-for-parties',
      'agreements.slot-signed',
      'agreements.unknown-slot',
      'agreements.identity-check',
    ],
  })
  @ApiCreatedResponse({ type: IssuedLinkResponse })
  async issueLink(@Param('id', IdPipe) id: string, @Body() body: IssueLinkRequest): Promise<IssuedLinkResponse> {
    return this.signingLinks.issue(id, body);
  }

  @Post('agreements/:id/sealing')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('agreements.seal', {
    description:
      '签署安排中的各方、翻译人员、见证人、调解员、记录人签署齐备后加盖调委会电子印章，协议即日生效：列入履行台账，计算司法确认期限。',
    problems: [
      'agreements.slots-open',
      'agreements.item-moved',
      'agreements.marks-changed',
      'agreements.template-changed',
      'agreements.evidence-damaged',
      'seals.none',
      'seals.not-usable',
      'seals.second-person-required',
    ],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async seal(@Param('id', IdPipe) id: string): Promise<AgreementStandingResponse> {
    return this.sealAgreement.execute(id);
  }

  @Post('agreements/:id/oral-conclusion')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('agreements.conclude-orally', {
    description: '口头协议自达成之日起生效（人民调解法第三十条）。',
    problems: ['agreements.written-is-signed', 'agreements.reached-at', 'mediation.wrong-state', ...CONTENT_PROBLEMS],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async conclude(
    @Param('id', IdPipe) id: string,
    @Body() body: ConcludeOrallyRequest,
  ): Promise<AgreementStandingResponse> {
    return this.concludeOrally.execute(id, body);
  }

  @Post('agreements/:id/discarding')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('agreements.discard', {
    description: '撤回未生效的协议稿，已有的签署失效。',
    problems: ['agreements.wrong-state'],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async discard(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: AgreementReasonRequest,
  ): Promise<AgreementStandingResponse> {
    return this.draftAgreement.discard(id, reason);
  }

  @Post('agreements/:id/voiding')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('agreements.void', {
    description: '原件保留；此后核验显示已作废，未履行的事项不再履行。',
    problems: ['agreements.wrong-state', 'agreements.later-pending', 'mediation.matter-not-in-hand'],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async void(@Param('id', IdPipe) id: string, @Body() body: VoidAgreementRequest): Promise<AgreementStandingResponse> {
    return this.voidAgreement.execute(id, body);
  }
}
