import { Day, Text, Uuid } from '../../../platform/http';

export class RosterQuery {
  @Day({ label: '所在周的某一天', optional: true, example: '2026-09-21' })
  on?: string;
}

export class ChangeDutyRequest {
  @Day({ label: '日期', example: '2026-09-21' })
  dutyOn!: string;

  @Uuid({ label: '由谁值班', optional: true, hint: '不选的，这一天没有人来。' })
  substituteId?: string;

  @Text({ label: '事由', max: 200, example: '李建国外出培训，由王芳替班' })
  reason!: string;
}
