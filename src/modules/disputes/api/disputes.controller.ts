import '../policies';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe, PageQuery } from '../../../platform/http';
import { ListDisputes } from '../application/list-disputes';
import { LookUpDisputes } from '../application/look-up-disputes';
import { ReadAuditTrail } from '../application/read-audit-trail';
import { ReadCourse } from '../application/read-course';
import { ReadDispute } from '../application/read-dispute';
import { RegisterDispute } from '../application/register-dispute';
import { CourseResponse } from './course.response';
import { DisputeResponse, RegisteredDisputeResponse } from './dispute.response';
import { FindDuplicatesQueryRequest, ListDisputesQueryRequest, RouteAdviceQueryRequest } from './list.request';
import {
  DisputeListResponse,
  DuplicateListResponse,
  EventListResponse,
  ReceiptResponse,
  RiskSuggestionResponse,
  RouteAdviceResponse,
} from './list.response';
import { RegisterDisputeRequest } from './register-dispute.request';
import { AuditTrailResponse } from './trail.response';

@ApiTags('事项')
@Controller('disputes')
export class DisputesController {
  constructor(
    private readonly registerDispute: RegisterDispute,
    private readonly readDispute: ReadDispute,
    private readonly listDisputes: ListDisputes,
    private readonly lookUp: LookUpDisputes,
    private readonly readCourse: ReadCourse,
    private readonly auditTrail: ReadAuditTrail,
  ) {}

  @Post()
  @Act('disputes.register', {
    description: '登记即出编号和时间；其余信息可以以后补充。同时答复激化苗头、疑似重复和同一人的其他事项。',
    problems: [
      'disputes.court-fields-without-court',
      'disputes.protected-applicant',
      'disputes.group-headcount',
      'disputes.own-unit-needed',
      'disputes.unit-not-below',
    ],
  })
  @ApiCreatedResponse({ type: RegisteredDisputeResponse })
  async register(@Body() body: RegisterDisputeRequest): Promise<RegisteredDisputeResponse> {
    return this.registerDispute.execute(body);
  }

  @Get()
  @Act('disputes.list', {
    description: '只列出您有权看到的事项；封存的遮盖名称。按登记时间倒序。',
    problems: ['malformed-cursor'],
  })
  @ApiOkResponse({ type: DisputeListResponse })
  async list(@Query() query: ListDisputesQueryRequest): Promise<DisputeListResponse> {
    return this.listDisputes.execute(query);
  }

  @Get('possible-duplicates')
  @Act('disputes.find-duplicates', {
    description: '按上游编号、同一地点、内容相近查找疑似重复。',
  })
  @ApiOkResponse({ type: DuplicateListResponse })
  async possibleDuplicates(@Query() query: FindDuplicatesQueryRequest): Promise<DuplicateListResponse> {
    return this.lookUp.possibleDuplicates(query);
  }

  @Get(':id')
  @Act('disputes.read', {
    description: '查看留痕。',
  })
  @ApiOkResponse({ type: DisputeResponse })
  async read(@Param('id', IdPipe) id: string): Promise<DisputeResponse> {
    return this.readDispute.execute(id);
  }

  @Get(':id/receipt')
  @Act('disputes.read-receipt', {
    description: '登记回执所需内容，不含个人信息。',
  })
  @ApiOkResponse({ type: ReceiptResponse })
  async receipt(@Param('id', IdPipe) id: string): Promise<ReceiptResponse> {
    return this.lookUp.receipt(id);
  }

  @Get(':id/events')
  @Act('disputes.read-events', {
    description: '查看留痕。',
    problems: ['malformed-cursor'],
  })
  @ApiOkResponse({ type: EventListResponse })
  async events(@Param('id', IdPipe) id: string, @Query() query: PageQuery): Promise<EventListResponse> {
    return this.readCourse.events(id, query);
  }

  @Get(':id/course')
  @Act('disputes.read-course', {
    description: '风险、报告、决定、流转、告知单、办结、重启、回访。查看留痕。',
  })
  @ApiOkResponse({ type: CourseResponse })
  async course(@Param('id', IdPipe) id: string): Promise<CourseResponse> {
    return this.readCourse.course(id);
  }

  @Get(':id/audit')
  @Act('disputes.read-audit', {
    description: '谁在什么时间查看、办理了本事项，新的在前。查看留痕。',
    problems: ['malformed-cursor'],
  })
  @ApiOkResponse({ type: AuditTrailResponse })
  async audit(@Param('id', IdPipe) id: string, @Query() query: PageQuery): Promise<AuditTrailResponse> {
    return this.auditTrail.execute(id, query);
  }

  @Get(':id/route-advice')
  @Act('disputes.advise-route', {
    description: '列出可走和不可走的途径，附理由和依据。',
    problems: ['disputes.nature-unknown'],
  })
  @ApiOkResponse({ type: RouteAdviceResponse })
  async routeAdvice(
    @Param('id', IdPipe) id: string,
    @Query() query: RouteAdviceQueryRequest,
  ): Promise<RouteAdviceResponse> {
    return this.lookUp.routeAdvice(id, query);
  }

  @Get(':id/risk-suggestion')
  @Act('disputes.suggest-risk', {
    description: '按登记内容提示风险等级；只升不降。',
  })
  @ApiOkResponse({ type: RiskSuggestionResponse })
  async riskSuggestion(@Param('id', IdPipe) id: string): Promise<RiskSuggestionResponse> {
    return this.lookUp.riskSuggestion(id);
  }
}
