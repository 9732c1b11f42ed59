import '../policies';
import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act, WithoutEffect } from '../../../platform/auth';
import { LookUpPerson } from '../application/look-up-person';
import { LookUpPersonRequest } from './look-up.request';
import { LookedUpPersonResponse } from './look-up.response';

@ApiTags('当事人')
@Controller('person-look-ups')
export class LookUpController {
  constructor(private readonly lookUpPerson: LookUpPerson) {}

  @Post()
  @HttpCode(200)
  @WithoutEffect()
  @Act('parties.look-up', {
    description: '登记之前：由公民身份号码填出性别、出生日期、年龄，并查找同一人的其他事项。查询写入审计，不保存号码。',
  })
  @ApiOkResponse({ type: LookedUpPersonResponse })
  async lookUp(@Body() body: LookUpPersonRequest): Promise<LookedUpPersonResponse> {
    return this.lookUpPerson.execute(body);
  }
}
