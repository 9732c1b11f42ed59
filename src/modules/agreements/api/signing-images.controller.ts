import '../policies';
import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  type StreamableFile,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { memoryStorage } from 'multer';
import { Act } from '../../../platform/auth';
import { IdPipe, InertFile, TakesFile, fileAnswer } from '../../../platform/http';
import { SigningImages } from '../application/signing-images';
import { AgreementReasonRequest } from './agreement.request';
import { AgreementStandingResponse } from './agreement.response';
import { AddSigningImageRequest } from './signing-image.request';

const LARGEST = 8 * 1024 * 1024;
/** Never on disk in the clear. */
const IN_MEMORY = {
  storage: memoryStorage(),
  limits: { fileSize: LARGEST, files: 1, fields: 5, parts: 6, headerPairs: 30 },
};

@ApiTags('调解协议')
@Controller()
export class SigningImagesController {
  constructor(private readonly images: SigningImages) {}

  @Post('agreements/:id/signing-images')
  @UseInterceptors(FileInterceptor('file', IN_MEMORY))
  @Act('agreements.add-image', {
    description:
      '签名以后，经签署人本人单独同意，留存签署照片或者指印图片（敏感个人信息）。加密保存，查看留痕；盖章前可以留存。',
    problems: [
      'agreements.image-missing',
      'agreements.image-unreadable',
      'agreements.image-of-no-mark',
      'agreements.image-there',
      'agreements.wrong-state',
      'too-large',
    ],
  })
  @TakesFile('JPEG 或 PNG 图片', LARGEST, AddSigningImageRequest)
  @ApiCreatedResponse({ type: AgreementStandingResponse })
  async add(
    @Param('id', IdPipe) id: string,
    @UploadedFile() file: Express.Multer.File | undefined,
    @Body() body: AddSigningImageRequest,
  ): Promise<AgreementStandingResponse> {
    return this.images.add(id, file?.buffer, body);
  }

  @Get('signing-images/:id/content')
  @InertFile()
  @Act('agreements.view-image', {
    description: '签署照片或者指印图片。查看留痕。',
    problems: ['agreements.image-erased'],
  })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' }, description: '图片' })
  async view(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer(await this.images.view(id));
  }

  @Post('signing-images/:id/erasure')
  @HttpCode(200)
  @Act('agreements.erase-image', {
    description: '签署人撤回同意的，删除图片；签署本身不受影响，已盖章的协议书不变。',
    problems: ['agreements.image-erased'],
  })
  @ApiOkResponse({ type: AgreementStandingResponse })
  async erase(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: AgreementReasonRequest,
  ): Promise<AgreementStandingResponse> {
    return this.images.erase(id, reason);
  }
}
