import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act, IfMatchRequired } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { GlyphPictures } from '../application/glyph-pictures';
import { AddGlyphPictureRequest } from './glyph-picture.request';
import { GlyphPictureResponse, GlyphPicturesResponse } from './glyph-picture.response';

@ApiTags('字形图片')
@Controller('glyph-pictures')
export class GlyphPicturesController {
  constructor(private readonly pictures: GlyphPictures) {}

  @Get()
  @Act('glyph-pictures.list', { description: '字库里没有的字，文书用图片印出，复制出来仍是这个字。' })
  @ApiOkResponse({ type: GlyphPicturesResponse })
  async list(): Promise<GlyphPicturesResponse> {
    return this.pictures.list();
  }

  @Post()
  @Act('glyph-pictures.add', {
    description: '添加前试印一次。同一个字已有图片的，换成新的；已经出具的文书不变。',
    problems: [
      'glyph-pictures.not-one-character',
      'glyph-pictures.not-needed',
      'glyph-pictures.unreadable',
      'pdf.busy',
    ],
  })
  @ApiCreatedResponse({ type: GlyphPictureResponse })
  async add(@Body() body: AddGlyphPictureRequest): Promise<GlyphPictureResponse> {
    return this.pictures.add(body);
  }

  @Post(':id/removal')
  @HttpCode(200)
  @IfMatchRequired()
  @Act('glyph-pictures.remove', {
    description: '移除后含这个字的文书不能再出具，直到有新的图片或字库；已经出具的文书不变。',
    problems: ['glyph-pictures.removed'],
  })
  @ApiOkResponse({ type: GlyphPictureResponse })
  async remove(@Param('id', IdPipe) id: string): Promise<GlyphPictureResponse> {
    return this.pictures.remove(id);
  }
}
