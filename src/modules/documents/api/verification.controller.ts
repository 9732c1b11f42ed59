import '../policies';
import { Controller, Get, HttpCode, Param, Post, UploadedFile, UseGuards, UseInterceptors } from '@nestjs/common';
import { FileInterceptor } from '@nestjs/platform-express';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act, WithoutEffect } from '../../../platform/auth';
import { TakesFile } from '../../../platform/http';
import { VerifyCode } from '../application/verify-code';
import { VerifyFile } from '../application/verify-file';
import { CodeLimitGuard, UploadLimitGuard } from './address-limit.guard';
import { RequiredFile } from './required-file.pipe';
import { FileVerificationResponse, VerifiedPaperResponse } from './verification.response';

const MAX_BYTES = 20 * 1024 * 1024;

@ApiTags('公开核验')
@Controller('verification')
export class VerificationController {
  constructor(
    private readonly verifyCode: VerifyCode,
    private readonly verifyFile: VerifyFile,
  ) {}

  @Get(':code')
  @Act('verification.check-code', {
    description: '凭印在文书上的12位查验码查询，无须登录。大小写、空格、短横线均可；每个地址每分钟限60次。',
    problems: ['check-code.length', 'check-code.characters', 'check-code.check-character', 'too-many-requests'],
  })
  @UseGuards(CodeLimitGuard)
  @ApiOkResponse({ type: VerifiedPaperResponse })
  async code(@Param('code') code: string): Promise<VerifiedPaperResponse> {
    return this.verifyCode.execute(code);
  }

  @Post('files')
  @HttpCode(200)
  @Act('verification.check-file', {
    description: '先比对签发存档的摘要，再核验结构和签章。不超过20兆字节；文件不保存。每个地址每分钟限20次。',
    problems: ['verification.no-file', 'verification.not-a-pdf', 'verification.busy', 'too-many-requests', 'too-large'],
  })
  @WithoutEffect()
  @UseGuards(UploadLimitGuard)
  @UseInterceptors(
    FileInterceptor('file', { limits: { fileSize: MAX_BYTES, files: 1, fields: 0, parts: 1, headerPairs: 20 } }),
  )
  @TakesFile('PDF 文件', MAX_BYTES)
  @ApiOkResponse({ type: FileVerificationResponse })
  async file(@UploadedFile(RequiredFile) bytes: Buffer): Promise<FileVerificationResponse> {
    return this.verifyFile.execute(bytes);
  }
}
