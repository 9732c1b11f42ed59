import '../policies';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { ReadDispute } from '../application/read-dispute';
import { RegisterDispute } from '../application/register-dispute';
import { DisputeResponse, RegisteredDisputeResponse } from './dispute.response';
import { RegisterDisputeRequest } from './register-dispute.request';

@ApiTags('事项')
@Controller('disputes')
export class DisputesController {
  constructor(
    private readonly registerDispute: RegisterDispute,
    private readonly readDispute: ReadDispute,
  ) {}

  @Post()
  @Act('disputes.register', { description: '登记即出编号和时间；其余信息可以以后补充。' })
  @ApiCreatedResponse({ type: RegisteredDisputeResponse })
  async register(@Body() body: RegisterDisputeRequest): Promise<RegisteredDisputeResponse> {
    return this.registerDispute.execute(body);
  }

  @Get(':id')
  @Act('disputes.read', { description: '查看留痕。' })
  @ApiOkResponse({ type: DisputeResponse })
  async read(@Param('id', IdPipe) id: string): Promise<DisputeResponse> {
    return this.readDispute.execute(id);
  }
}
