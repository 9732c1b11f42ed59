import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act, WithoutEffect } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { HintIntake } from '../application/hint-intake';
import { HintIntakeRequest } from './intake.request';
import { IntakeHintsResponse, IntakePlacesResponse, NoticePresetResponse } from './intake.response';

@ApiTags('事项')
@Controller()
export class IntakeController {
  constructor(private readonly hintIntake: HintIntake) {}

  @Post('disputes/intake-hints')
  @HttpCode(200)
  @WithoutEffect()
  @Act('disputes.hint-intake', {
    description: '边填边提示：激化苗头、疑似重复、建议的事项名称。什么也不保存。',
  })
  @ApiOkResponse({ type: IntakeHintsResponse })
  async hints(@Body() body: HintIntakeRequest): Promise<IntakeHintsResponse> {
    return this.hintIntake.execute(body);
  }

  @Get('intake-places')
  @Act('disputes.list-intake-places', {
    description: '您可以在哪里登记：本中心；网格员为所在网格以上的中心，由近到远。',
  })
  @ApiOkResponse({ type: IntakePlacesResponse })
  async places(): Promise<IntakePlacesResponse> {
    return this.hintIntake.places();
  }

  @Get('disputes/:id/notice-preset')
  @Act('disputes.preset-notice', {
    description: '按纠纷类型和来访人情况列出可写入一次性告知单的材料，由受理员勾选缺少的。',
  })
  @ApiOkResponse({ type: NoticePresetResponse })
  async noticePreset(@Param('id', IdPipe) id: string): Promise<NoticePresetResponse> {
    return this.hintIntake.noticePreset(id);
  }
}
