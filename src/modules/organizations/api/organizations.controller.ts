import '../policies';
import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { KeepAgencies } from '../application/keep-agencies';
import { KeepCenters } from '../application/keep-centers';
import { KeepCommittees } from '../application/keep-committees';
import { KeepUnits } from '../application/keep-units';
import { ReadColleagues } from '../application/read-colleagues';
import {
  AddAgencyRequest,
  AddCenterRequest,
  AddCommitteeRequest,
  AddMemberRequest,
  AddPostingRequest,
  AddSlotRequest,
  AddUnitRequest,
  AgenciesQuery,
  ChangeAgencyRequest,
  ChangeCenterRequest,
  ChangeCommitteeRequest,
  ChangeSlotRequest,
  ColleaguesQuery,
  EndingRequest,
  NameLiaisonRequest,
  ReviseUnitRequest,
  UnitsQuery,
} from './organization.request';
import {
  AddedResponse,
  AgencyResponse,
  CenterResponse,
  ColleagueResponse,
  ChangedResponse,
  CommitteeResponse,
  MembersResponse,
  PostingResponse,
  SlotResponse,
  UnitResponse,
} from './organization.response';

@ApiTags('机构')
@Controller()
export class OrganizationsController {
  constructor(
    private readonly units: KeepUnits,
    private readonly centers: KeepCenters,
    private readonly committees: KeepCommittees,
    private readonly agencies: KeepAgencies,
    private readonly colleagues: ReadColleagues,
  ) {}

  @Get('org-units')
  @Act('organizations.read', { description: '某一日的区划：城市、旗县区、街道、社区、网格。' })
  @ApiOkResponse({ type: [UnitResponse] })
  async listUnits(@Query() query: UnitsQuery): Promise<UnitResponse[]> {
    return this.units.list(query.on);
  }

  @Post('org-units')
  @Act('organizations.add-unit', { problems: ['organizations.wrong-parent'] })
  @ApiCreatedResponse({ type: AddedResponse })
  async addUnit(@Body() { kind, ...version }: AddUnitRequest): Promise<AddedResponse> {
    return this.units.add(kind, version);
  }

  @Post('org-units/:id/versions')
  @Act('organizations.revise-unit', {
    description: '更名、改代码或改隶属，自某日起；旧版本保留。',
    problems: ['organizations.version-order', 'organizations.wrong-parent'],
  })
  @ApiCreatedResponse({ type: AddedResponse })
  async reviseUnit(@Param('id', IdPipe) id: string, @Body() body: ReviseUnitRequest): Promise<AddedResponse> {
    return this.units.revise(id, body);
  }

  @Get('centers')
  @Act('organizations.read')
  @ApiOkResponse({ type: [CenterResponse] })
  async listCenters(): Promise<CenterResponse[]> {
    return this.centers.list();
  }

  @Post('centers')
  @Act('organizations.add-center')
  @ApiCreatedResponse({ type: AddedResponse })
  async addCenter(@Body() body: AddCenterRequest): Promise<AddedResponse> {
    return this.centers.add(body);
  }

  @Patch('centers/:id')
  @Act('organizations.change-center')
  @ApiOkResponse({ type: ChangedResponse })
  async changeCenter(@Param('id', IdPipe) id: string, @Body() body: ChangeCenterRequest): Promise<ChangedResponse> {
    return this.centers.change(id, body);
  }

  @Get('centers/:id/colleagues')
  @Act('organizations.read', {
    description:
      '今日在本中心及其调委会、联动单位任职的人员，供指名时选择；维护机构的人员登记入驻、调解员、联络员时，可一并列出尚未任职的人员。',
  })
  @ApiOkResponse({ type: [ColleagueResponse] })
  async listColleagues(@Param('id', IdPipe) id: string, @Query() query: ColleaguesQuery): Promise<ColleagueResponse[]> {
    return this.colleagues.execute(id, query);
  }

  @Get('centers/:id/slots')
  @Act('organizations.read', { description: '窗口、部、中心、庭（如“267”“四庭”），由中心自行命名。' })
  @ApiOkResponse({ type: [SlotResponse] })
  async listSlots(@Param('id', IdPipe) id: string): Promise<SlotResponse[]> {
    return this.centers.slots(id);
  }

  @Post('centers/:id/slots')
  @Act('organizations.add-slot')
  @ApiCreatedResponse({ type: AddedResponse })
  async addSlot(@Param('id', IdPipe) id: string, @Body() body: AddSlotRequest): Promise<AddedResponse> {
    return this.centers.addSlot(id, body);
  }

  @Patch('center-slots/:id')
  @Act('organizations.change-slot')
  @ApiOkResponse({ type: ChangedResponse })
  async changeSlot(@Param('id', IdPipe) id: string, @Body() body: ChangeSlotRequest): Promise<ChangedResponse> {
    return this.centers.changeSlot(id, body);
  }

  @Get('committees')
  @Act('organizations.read')
  @ApiOkResponse({ type: [CommitteeResponse] })
  async listCommittees(): Promise<CommitteeResponse[]> {
    return this.committees.list();
  }

  @Post('committees')
  @Act('organizations.add-committee')
  @ApiCreatedResponse({ type: AddedResponse })
  async addCommittee(@Body() body: AddCommitteeRequest): Promise<AddedResponse> {
    return this.committees.add(body);
  }

  @Patch('committees/:id')
  @Act('organizations.change-committee')
  @ApiOkResponse({ type: ChangedResponse })
  async changeCommittee(
    @Param('id', IdPipe) id: string,
    @Body() body: ChangeCommitteeRequest,
  ): Promise<ChangedResponse> {
    return this.committees.change(id, body);
  }

  @Get('committees/:id/members')
  @Act('organizations.read', { description: '委员与聘任调解员；组成不合人民调解法第八条时给出提示。' })
  @ApiOkResponse({ type: MembersResponse })
  async listMembers(@Param('id', IdPipe) id: string): Promise<MembersResponse> {
    return this.committees.members(id);
  }

  @Post('committees/:id/members')
  @Act('organizations.add-member')
  @ApiCreatedResponse({ type: AddedResponse })
  async addMember(@Param('id', IdPipe) id: string, @Body() body: AddMemberRequest): Promise<AddedResponse> {
    return this.committees.addMember(id, body);
  }

  @Post('committee-members/:id/ending')
  @Act('organizations.end-member', { problems: ['organizations.term-ended'] })
  @ApiCreatedResponse({ type: ChangedResponse })
  async endMember(@Param('id', IdPipe) id: string, @Body() body: EndingRequest): Promise<ChangedResponse> {
    return this.committees.endMember(id, body.endsOn, body.reason);
  }

  @Get('agencies')
  @Act('organizations.read')
  @ApiOkResponse({ type: [AgencyResponse] })
  async listAgencies(@Query() query: AgenciesQuery): Promise<AgencyResponse[]> {
    return this.agencies.list(query.centerId);
  }

  @Post('agencies')
  @Act('organizations.add-agency')
  @ApiCreatedResponse({ type: AddedResponse })
  async addAgency(@Body() body: AddAgencyRequest): Promise<AddedResponse> {
    return this.agencies.add(body);
  }

  @Patch('agencies/:id')
  @Act('organizations.change-agency')
  @ApiOkResponse({ type: ChangedResponse })
  async changeAgency(@Param('id', IdPipe) id: string, @Body() body: ChangeAgencyRequest): Promise<ChangedResponse> {
    return this.agencies.change(id, body);
  }

  @Post('agencies/:id/liaisons')
  @Act('organizations.name-liaison', {
    description: 'A、B 岗各一人；接任之日前任即止。',
    problems: ['organizations.liaison-order'],
  })
  @ApiCreatedResponse({ type: AddedResponse })
  async nameLiaison(@Param('id', IdPipe) id: string, @Body() body: NameLiaisonRequest): Promise<AddedResponse> {
    return this.agencies.nameLiaison(id, body);
  }

  @Get('centers/:id/postings')
  @Act('organizations.read', { description: '入驻人员：编制在原单位，考评、轮岗归中心。' })
  @ApiOkResponse({ type: [PostingResponse] })
  async listPostings(@Param('id', IdPipe) id: string): Promise<PostingResponse[]> {
    return this.agencies.postings(id);
  }

  @Post('centers/:id/postings')
  @Act('organizations.add-posting', { problems: ['organizations.weekdays-out-of-place'] })
  @ApiCreatedResponse({ type: AddedResponse })
  async addPosting(@Param('id', IdPipe) id: string, @Body() body: AddPostingRequest): Promise<AddedResponse> {
    return this.agencies.addPosting(id, body);
  }

  @Post('postings/:id/ending')
  @Act('organizations.end-posting', { problems: ['organizations.posting-ended', 'organizations.hand-over-first'] })
  @ApiCreatedResponse({ type: AddedResponse })
  async endPosting(@Param('id', IdPipe) id: string, @Body() body: EndingRequest): Promise<AddedResponse> {
    return this.agencies.endPosting(id, body.endsOn, body.reason);
  }
}
