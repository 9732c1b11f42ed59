import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act, IfMatchRequired, WithoutEffect } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { AddParty } from '../application/add-party';
import { AddRepresentative } from '../application/add-representative';
import { ChangeParticipation } from '../application/change-participation';
import { CorrectParty } from '../application/correct-party';
import { EndRepresentative } from '../application/end-representative';
import { FindSamePersons } from '../application/find-same-persons';
import { ListRepresented } from '../application/list-represented';
import { LogContact } from '../application/log-contact';
import { ReadParties } from '../application/read-parties';
import { RecordConsent } from '../application/record-consent';
import { RevealParty } from '../application/reveal-party';
import { SignRightsNotice } from '../application/sign-rights-notice';
import { SucceedParty } from '../application/succeed-party';
import {
  AddRepresentativeRequest,
  ContactPageQuery,
  AgreeSettlementRequest,
  CorrectPartyRequest,
  ListRepresentedRequest,
  LogContactRequest,
  PartyRequest,
  PartyReasonRequest,
  RecordConsentRequest,
  RepresentedPageQuery,
  RevealRequest,
  SignRightsNoticeRequest,
  SucceedPartyRequest,
} from './party.request';
import {
  ContactListResponse,
  LoggedContactResponse,
  PartyConsequenceResponse,
  PartyDetailResponse,
  PartyHistoryResponse,
  PartyListResponse,
  PartyResponse,
  RepresentedAddedResponse,
  RepresentedListResponse,
  RevealedResponse,
  SamePersonListResponse,
  SettlementAgreedResponse,
  SuccessionResponse,
} from './party.response';

@ApiTags('当事人')
@Controller('disputes/:disputeId')
export class DisputePartiesController {
  constructor(
    private readonly readParties: ReadParties,
    private readonly addParty: AddParty,
    private readonly findSamePersons: FindSamePersons,
  ) {}

  @Get('contact-attempts')
  @Act('parties.read-contacts', {
    description: '对各方当事人的联系，最近的在前。查看留痕。',
    problems: ['malformed-cursor'],
  })
  @ApiOkResponse({ type: ContactListResponse })
  async contacts(
    @Param('disputeId', IdPipe) disputeId: string,
    @Query() query: ContactPageQuery,
  ): Promise<ContactListResponse> {
    return this.readParties.contacts(disputeId, query);
  }

  @Get('parties')
  @Act('parties.list', { description: '号码隐去中间；未成年人只显示姓。' })
  @ApiOkResponse({ type: PartyListResponse })
  async list(@Param('disputeId', IdPipe) disputeId: string): Promise<PartyListResponse> {
    return this.readParties.list(disputeId);
  }

  @Post('parties')
  @Act('parties.add', {
    description: '自然人或单位。公民身份号码、统一社会信用代码核对校验位，并据公民身份号码填写性别和出生日期。',
    problems: [
      'parties.already-a-party',
      'parties.being-signed',
      'parties.agreement-in-force',
      'parties.matter-closed',
      'resident-id.check-character',
      'credit-code.check-character',
    ],
  })
  @ApiCreatedResponse({ type: PartyResponse })
  async add(@Param('disputeId', IdPipe) disputeId: string, @Body() body: PartyRequest): Promise<PartyResponse> {
    return this.addParty.execute(disputeId, body);
  }

  @Get('same-person-matters')
  @Act('parties.find-same', { description: '按证件、电话、姓名查找，只列出您有权查看的事项。' })
  @ApiOkResponse({ type: SamePersonListResponse })
  async samePersons(@Param('disputeId', IdPipe) disputeId: string): Promise<SamePersonListResponse> {
    return this.findSamePersons.execute(disputeId);
  }
}

@ApiTags('当事人')
@Controller('parties/:id')
export class PartiesController {
  constructor(
    private readonly readParties: ReadParties,
    private readonly correctParty: CorrectParty,
    private readonly revealParty: RevealParty,
    private readonly recordConsent: RecordConsent,
    private readonly signRightsNotice: SignRightsNotice,
    private readonly logContact: LogContact,
    private readonly addRepresentative: AddRepresentative,
    private readonly changeParticipation: ChangeParticipation,
    private readonly succeedParty: SucceedParty,
    private readonly listRepresented: ListRepresented,
  ) {}

  @Get()
  @Act('parties.read', { description: '含历次征询、告知签收和联系记录；查看留痕。' })
  @ApiOkResponse({ type: PartyDetailResponse })
  async detail(@Param('id', IdPipe) id: string): Promise<PartyDetailResponse> {
    return this.readParties.detail(id);
  }

  @Get('history')
  @Act('parties.read-history', { description: '查看留痕。' })
  @ApiOkResponse({ type: PartyHistoryResponse })
  async history(@Param('id', IdPipe) id: string): Promise<PartyHistoryResponse> {
    return this.readParties.history(id);
  }

  @Post('corrections')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('parties.correct', {
    description: '提交更正后的全部内容并说明理由；电话、证件号码、信用代码不填的保持原样，其余不填的清空。',
    problems: ['parties.already-a-party', 'parties.being-signed', 'parties.matter-closed'],
  })
  @ApiOkResponse({ type: PartyResponse })
  async correct(@Param('id', IdPipe) id: string, @Body() body: CorrectPartyRequest): Promise<PartyResponse> {
    return this.correctParty.execute(id, body);
  }

  @Post('reveals')
  @HttpCode(200)
  @WithoutEffect()
  @Act('parties.reveal', {
    description: '每次查看都写入审计。未成年人的信息另走“查看未成年人完整信息”。',
    problems: ['parties.minor-guarded'],
  })
  @ApiOkResponse({ type: RevealedResponse })
  async reveal(@Param('id', IdPipe) id: string, @Body() body: RevealRequest): Promise<RevealedResponse> {
    return this.revealParty.execute(id, 'parties.reveal', body);
  }

  @Post('minor-reveals')
  @HttpCode(200)
  @WithoutEffect()
  @Act('parties.reveal-minor', {
    description: '负责人及其授权的承办人说明理由后查看，写入审计（未成年人网络保护条例第三十六条）。',
  })
  @ApiOkResponse({ type: RevealedResponse })
  async revealMinor(@Param('id', IdPipe) id: string, @Body() body: RevealRequest): Promise<RevealedResponse> {
    return this.revealParty.execute(id, 'parties.reveal-minor', body);
  }

  @Post('consents')
  @Act('parties.record-consent', {
    description: '征询一次记一次。拒绝即时结束调解并须告知其他途径；各方都同意且都已签收告知书的，调解随即受理。',
    problems: [
      'parties.routes-not-told',
      'parties.route-not-open',
      'parties.ward-cannot-answer',
      'parties.not-its-representative',
      'parties.nobody-answered',
      'parties.in-future',
      'parties.agreement-in-force',
    ],
  })
  @ApiCreatedResponse({ type: PartyConsequenceResponse })
  async consent(
    @Param('id', IdPipe) id: string,
    @Body() body: RecordConsentRequest,
  ): Promise<PartyConsequenceResponse> {
    return this.recordConsent.execute(id, body);
  }

  @Post('rights-notices')
  @Act('parties.sign-notice', {
    description: '每位当事人签收一次。',
    problems: [
      'parties.notice-signed',
      'parties.scan-missing',
      'parties.witness-missing',
      'parties.ward-cannot-answer',
      'parties.not-its-representative',
      'parties.in-future',
    ],
  })
  @ApiCreatedResponse({ type: PartyConsequenceResponse })
  async signNotice(
    @Param('id', IdPipe) id: string,
    @Body() body: SignRightsNoticeRequest,
  ): Promise<PartyConsequenceResponse> {
    return this.signRightsNotice.execute(id, body);
  }

  @Post('contact-attempts')
  @Act('parties.log-contact', {
    description: '联系本人以外的人，须记明姓名、目的和依据。',
    problems: ['parties.disclosure-ungrounded', 'parties.reached-another', 'parties.in-future'],
  })
  @ApiCreatedResponse({ type: LoggedContactResponse })
  async contact(@Param('id', IdPipe) id: string, @Body() body: LogContactRequest): Promise<LoggedContactResponse> {
    return this.logContact.execute(id, body);
  }

  @Post('representatives')
  @Act('parties.add-representative', {
    description: '法定代理人不得是利益相对的当事人；双方代理须经双方同意；推选的代表人不超过五名。',
    problems: [
      'parties.guardian-opposes',
      'parties.guardian-namesake',
      'parties.ward-view-missing',
      'parties.no-ward',
      'parties.acts-for-both',
      'parties.agent-namesake',
      'parties.too-many-elected',
      'parties.authority-missing',
      'parties.proxy-without-period',
      'parties.period-reversed',
      'parties.not-an-organization',
    ],
  })
  @ApiCreatedResponse({ type: PartyResponse })
  async represent(@Param('id', IdPipe) id: string, @Body() body: AddRepresentativeRequest): Promise<PartyResponse> {
    return this.addRepresentative.execute(id, body);
  }

  @Post('exclusion')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('parties.exclude', {
    description: '其余当事人只就不涉及该当事人份额的事项继续调解；此后其拒绝不再结束调解。',
    problems: ['parties.too-few-remain', 'parties.being-signed', 'parties.agreement-in-force'],
  })
  @ApiOkResponse({ type: PartyResponse })
  async exclude(@Param('id', IdPipe) id: string, @Body() body: PartyReasonRequest): Promise<PartyResponse> {
    return this.changeParticipation.execute(id, 'exclude', body);
  }

  @Post('withdrawal')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('parties.withdraw', {
    problems: ['parties.would-leave-one', 'parties.being-signed', 'parties.agreement-in-force'],
  })
  @ApiOkResponse({ type: PartyResponse })
  async withdraw(@Param('id', IdPipe) id: string, @Body() body: PartyReasonRequest): Promise<PartyResponse> {
    return this.changeParticipation.execute(id, 'withdraw', body);
  }

  @Post('readmission')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('parties.readmit', {
    description: '恢复后重新征询意愿。',
    problems: ['parties.being-signed', 'parties.agreement-in-force'],
  })
  @ApiOkResponse({ type: PartyResponse })
  async readmit(@Param('id', IdPipe) id: string, @Body() body: PartyReasonRequest): Promise<PartyResponse> {
    return this.changeParticipation.execute(id, 'readmit', body);
  }

  @Post('succession')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('parties.succeed', {
    description: '登记死亡并由继受人参加；原有代理随之终止，继受人重新征询意愿、重新告知。',
    problems: ['parties.not-a-person', 'parties.death-impossible', 'parties.already-a-party'],
  })
  @ApiOkResponse({ type: SuccessionResponse })
  async succeed(@Param('id', IdPipe) id: string, @Body() body: SucceedPartyRequest): Promise<SuccessionResponse> {
    return this.succeedParty.execute(id, body);
  }

  @Post('represented-persons')
  @Act('parties.list-represented', { description: '代表人所代表的人员名单及各自金额，可分批登记。' })
  @ApiCreatedResponse({ type: RepresentedAddedResponse })
  async addRepresented(
    @Param('id', IdPipe) id: string,
    @Body() body: ListRepresentedRequest,
  ): Promise<RepresentedAddedResponse> {
    return this.listRepresented.add(id, body);
  }

  @Get('represented-persons')
  @Act('parties.list')
  @ApiOkResponse({ type: RepresentedListResponse })
  async represented(
    @Param('id', IdPipe) id: string,
    @Query() query: RepresentedPageQuery,
  ): Promise<RepresentedListResponse> {
    return this.listRepresented.page(id, query);
  }
}

@ApiTags('当事人')
@Controller()
export class RepresentationController {
  constructor(
    private readonly endRepresentative: EndRepresentative,
    private readonly listRepresented: ListRepresented,
  ) {}

  @Post('representatives/:id/ending')
  @HttpCode(200)
  @Act('parties.end-representative', {
    description: '自今日起终止；此前的行为有效。',
    problems: ['parties.representation-ended'],
  })
  @ApiOkResponse({ type: PartyResponse })
  async end(@Param('id', IdPipe) id: string, @Body() body: PartyReasonRequest): Promise<PartyResponse> {
    return this.endRepresentative.execute(id, body);
  }

  @Post('represented-persons/:id/settlement-agreement')
  @HttpCode(200)
  @Act('parties.agree-settlement', {
    description: '被代表人书面同意代表人和解（民事诉讼法第五十六条）。',
    problems: ['parties.settlement-agreed'],
  })
  @ApiOkResponse({ type: SettlementAgreedResponse })
  async agreeToSettlement(
    @Param('id', IdPipe) id: string,
    @Body() body: AgreeSettlementRequest,
  ): Promise<SettlementAgreedResponse> {
    return this.listRepresented.agreeToSettlement(id, body);
  }
}
