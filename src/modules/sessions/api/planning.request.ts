import { Transform } from 'class-transformer';
import { Day, Flag, Uuid, UuidList, Whole } from '../../../platform/http';

/** One value of a repeated query parameter arrives as text, several as a list. */
const Listed = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value));

export class FreeSlotsQuery {
  @Whole({ label: '时长', min: 30, max: 480, inQuery: true, description: '单位：分钟', example: 120 })
  durationMinutes!: number;

  @Day({ label: '起始日期', example: '2026-11-16' })
  from!: string;

  @Day({ label: '截止日期', description: '含当日，最多三十一天', example: '2026-11-27' })
  to!: string;

  @Uuid({ label: '场所', optional: true, description: '不填为本中心任一空闲场所' })
  roomId?: string;

  @Flag({
    label: '是否需要场所',
    inQuery: true,
    optional: true,
    description: '电话、视频、上门调解不需要',
    example: true,
  })
  needsRoom?: boolean;

  @Listed()
  @UuidList({ label: '联动单位', max: 20, optional: true })
  agencyIds?: string[];

  @Listed()
  @UuidList({ label: '与会当事人', max: 200, optional: true, description: '不填为全体当事人' })
  partyIds?: string[];

  @Listed()
  @UuidList({ label: '调解员', max: 10, optional: true, description: '不填为在任调解员' })
  mediatorIds?: string[];

  @Uuid({ label: '要改期的调解会', optional: true, description: '改期时填写，其原来的时间不算占用' })
  sessionId?: string;
}

export class RoomsQuery {
  @Day({ label: '起始日期', example: '2026-11-16' })
  from!: string;

  @Day({ label: '截止日期', description: '含当日，最多六十二天', example: '2026-11-22' })
  to!: string;

  @Uuid({ label: '综治中心', optional: true, description: '不填为您任职的中心' })
  centerId?: string;
}
