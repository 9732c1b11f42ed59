import '../policies';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { IdPipe } from '../../../platform/http';
import { TakeNotes } from '../application/take-notes';
import { NarrowNoteRequest, NotesQuery, WriteNoteRequest } from './note.request';
import { NotesPageResponse, WrittenNoteResponse } from './note.response';

@ApiTags('工作笔记')
@Controller()
export class NotesController {
  constructor(private readonly takeNotes: TakeNotes) {}

  @Get('disputes/:id/notes')
  @Act('notes.read', { description: '只列出您的可见范围内的笔记。查看留痕。', problems: ['malformed-cursor'] })
  @ApiOkResponse({ type: NotesPageResponse })
  async list(@Param('id', IdPipe) id: string, @Query() query: NotesQuery): Promise<NotesPageResponse> {
    return this.takeNotes.list(id, query);
  }

  @Post('disputes/:id/notes')
  @Act('notes.write', {
    description: '先选可见范围，再写内容。',
    problems: ['notes.ring-not-yours', 'notes.other-matter'],
  })
  @ApiCreatedResponse({ type: WrittenNoteResponse })
  async write(@Param('id', IdPipe) id: string, @Body() body: WriteNoteRequest): Promise<WrittenNoteResponse> {
    return this.takeNotes.write(id, body);
  }

  @Post('notes/:id/narrowing')
  @HttpCode(200)
  @Act('notes.narrow', { problems: ['notes.ring-not-narrower', 'notes.ring-not-yours'] })
  @ApiOkResponse({ type: WrittenNoteResponse })
  async narrow(@Param('id', IdPipe) id: string, @Body() body: NarrowNoteRequest): Promise<WrittenNoteResponse> {
    return this.takeNotes.narrow(id, body.ring, body.reason);
  }
}
