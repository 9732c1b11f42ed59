import '../policies';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { ReadConsentMatrix } from '../application/read-consent-matrix';
import { ConsentMatrixResponse } from './consent-matrix.response';

@ApiTags('调解协议')
@Controller('disputes/:id/consent-matrix')
export class ConsentMatrixController {
  constructor(private readonly readConsentMatrix: ReadConsentMatrix) {}

  @Get()
  @Act('agreements.read-matrix', {
    description: '各方当事人的意愿、告知、代理、到场、意见和签署，一表看清还缺什么。查看留痕。',
  })
  @ApiOkResponse({ type: ConsentMatrixResponse })
  async read(@Param('id', IdPipe) id: string): Promise<ConsentMatrixResponse> {
    return this.readConsentMatrix.execute(id);
  }
}
