import '../policies';
import { Body, Controller, Get, Param, Post, type StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Act } from '../../../platform/auth';
import { EXCEL, fileAnswer, IdPipe, InertFile } from '../../../platform/http';
import { ReviewFiles } from '../application/review-files';
import { ReviewRounds } from '../application/review-rounds';
import {
  AnswerFindingsRequest,
  AssignReviewerRequest,
  CancelRoundRequest,
  DrawRoundRequest,
  MarkFileRequest,
  ReturnReviewAnswerRequest,
} from './review.request';
import {
  ReviewActResponse,
  ReviewerResponse,
  ReviewFormResponse,
  ReviewsOfMatterResponse,
  RoundActResponse,
  RoundDetailResponse,
  RoundsResponse,
} from './review.response';

@ApiTags('卷宗评查')
@Controller()
export class ReviewsController {
  constructor(
    private readonly rounds: ReviewRounds,
    private readonly files: ReviewFiles,
  ) {}

  @Get('centers/:id/review-rounds')
  @Act('review-rounds.list', { description: '本中心的历次评查，和等您评查、复核的卷宗。' })
  @ApiOkResponse({ type: RoundsResponse })
  async list(@Param('id', IdPipe) id: string): Promise<RoundsResponse> {
    return this.rounds.list(id);
  }

  @Get('centers/:id/reviewers')
  @Act('review-rounds.list-reviewers', { description: '本中心可以评查卷宗的人员。' })
  @ApiOkResponse({ type: ReviewerResponse, isArray: true })
  async reviewers(@Param('id', IdPipe) id: string): Promise<ReviewerResponse[]> {
    return this.rounds.reviewers(id);
  }

  @Post('centers/:id/review-rounds')
  @Act('review-rounds.draw', {
    description:
      '从期间内办结的调解卷宗中，按调解员分层随机抽取；今年评查过的不再抽。随机数留存，任何人都可以重新计算核对。',
    problems: ['review-rounds.period', 'review-rounds.grades', 'review-rounds.unfit-reviewer', 'review-rounds.nothing'],
  })
  @ApiCreatedResponse({ type: RoundActResponse })
  async draw(@Param('id', IdPipe) id: string, @Body() body: DrawRoundRequest): Promise<RoundActResponse> {
    return this.rounds.draw(id, body);
  }

  @Get('review-rounds/:id')
  @Act('review-rounds.read', { description: '一次评查：各卷的得分、各项意见出现的次数、抽取的依据。' })
  @ApiOkResponse({ type: RoundDetailResponse })
  async round(@Param('id', IdPipe) id: string): Promise<RoundDetailResponse> {
    return this.rounds.one(id);
  }

  @Get('review-rounds/:id/workbook')
  @Act('review-rounds.export', { description: '评查结果的 Excel 表：逐卷的七项得分和意见。' })
  @ApiProduces(EXCEL)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @InertFile()
  async workbook(@Param('id', IdPipe) id: string): Promise<StreamableFile> {
    return fileAnswer({ ...(await this.rounds.export(id)), mediaType: EXCEL });
  }

  @Post('review-rounds/:id/cancellation')
  @Act('review-rounds.cancel', {
    description: '还没有评查的卷宗不再评查；已经评查的保留。记录不删除。',
    problems: ['review-rounds.cancelled'],
  })
  @ApiCreatedResponse({ type: RoundActResponse })
  async cancel(@Param('id', IdPipe) id: string, @Body() body: CancelRoundRequest): Promise<RoundActResponse> {
    return this.rounds.cancel(id, body.reason);
  }

  @Get('disputes/:id/reviews')
  @Act('reviews.list-of-matter', { description: '对这一事项的评查结果、意见和答复。' })
  @ApiOkResponse({ type: ReviewsOfMatterResponse })
  async ofMatter(@Param('id', IdPipe) id: string): Promise<ReviewsOfMatterResponse> {
    return this.files.ofMatter(id);
  }

  @Get('reviews/:id')
  @Act('reviews.read', { description: '一卷的评查表；等您评查的，附卷宗目录中看到的缺项。' })
  @ApiOkResponse({ type: ReviewFormResponse })
  async one(@Param('id', IdPipe) id: string): Promise<ReviewFormResponse> {
    return this.files.one(id);
  }

  @Post('reviews/:id/reviewer')
  @Act('reviews.assign', {
    description: '承办过、参与过这一案的人不能评查。',
    problems: ['reviews.wrong-state', 'reviews.unfit-reviewer', 'reviews.participant'],
  })
  @ApiCreatedResponse({ type: ReviewActResponse })
  async assign(@Param('id', IdPipe) id: string, @Body() body: AssignReviewerRequest): Promise<ReviewActResponse> {
    return this.files.assign(id, body.reviewerId);
  }

  @Post('reviews/:id/marks')
  @Act('reviews.mark', {
    description: '七项各打一次分，扣分的写明意见。有意见的退给承办人限期答复，没有意见的即办结。',
    problems: [
      'reviews.wrong-state',
      'reviews.not-reviewer',
      'reviews.participant',
      'reviews.points',
      'reviews.too-many',
      'reviews.no-finding',
      'reviews.unfit-reviewer',
    ],
  })
  @ApiCreatedResponse({ type: ReviewActResponse })
  async mark(@Param('id', IdPipe) id: string, @Body() { marks }: MarkFileRequest): Promise<ReviewActResponse> {
    return this.files.mark(
      id,
      marks.map(({ point, score, finding = null }) => ({ point, score, finding })),
    );
  }

  @Post('reviews/:id/answer')
  @Act('reviews.answer', {
    description: '对每一条意见各答复一次：已整改，或者作出说明。',
    problems: ['reviews.wrong-state', 'reviews.answers-incomplete'],
  })
  @ApiCreatedResponse({ type: ReviewActResponse })
  async answer(@Param('id', IdPipe) id: string, @Body() body: AnswerFindingsRequest): Promise<ReviewActResponse> {
    return this.files.answer(id, body.answers);
  }

  @Post('reviews/:id/return')
  @Act('reviews.return', {
    description: '答复没有解决问题的，写明理由退回；答复期限重新起算。',
    problems: ['reviews.wrong-state', 'reviews.not-reviewer'],
  })
  @ApiCreatedResponse({ type: ReviewActResponse })
  async return(@Param('id', IdPipe) id: string, @Body() body: ReturnReviewAnswerRequest): Promise<ReviewActResponse> {
    return this.files.return(id, body.reason);
  }

  @Post('reviews/:id/closing')
  @Act('reviews.close', {
    description: '答复已经核对，评查办结。',
    problems: ['reviews.wrong-state', 'reviews.not-reviewer'],
  })
  @ApiCreatedResponse({ type: ReviewActResponse })
  async close(@Param('id', IdPipe) id: string): Promise<ReviewActResponse> {
    return this.files.close(id);
  }
}
