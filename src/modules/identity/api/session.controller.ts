import '../policies';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act, WithoutEffect } from '../../../platform/auth';
import { LogIn } from '../application/log-in';
import { ReadSelf } from '../application/read-self';
import { LogInRequest } from './log-in.request';
import { LogInResponse, SelfResponse } from './session.response';

@ApiTags('登录')
@Controller('session')
export class SessionController {
  constructor(
    private readonly logIn: LogIn,
    private readonly readSelf: ReadSelf,
  ) {}

  @Post()
  @HttpCode(200)
  @WithoutEffect()
  @Act('identity.log-in', { problems: ['identity.wrong-credentials'] })
  @ApiOkResponse({ type: LogInResponse })
  async create(@Body() body: LogInRequest): Promise<LogInResponse> {
    return this.logIn.execute(body.loginName, body.password);
  }

  @Get('self')
  @Act('identity.read-self')
  @ApiOkResponse({ type: SelfResponse })
  async self(): Promise<SelfResponse> {
    return this.readSelf.execute();
  }
}
