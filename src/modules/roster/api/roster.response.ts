import { Shows } from '../../../platform/http';
import { CELL_STATES } from '../domain/duty';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

class RosterDayResponse {
  @Shows('日期', { example: '2026-09-21' })
  on!: string;

  @Shows('星期', { example: '星期一' })
  weekdayName!: string;

  @Shows('是否今天', { example: true })
  isToday!: boolean;

  @Shows('是否工作日', { example: true })
  isWorkingDay!: boolean;

  @Shows('暂定：这一年的放假安排还没有启用', { example: false })
  isProvisional!: boolean;

  @Shows('所属节假日', { type: String, nullable: true, example: null })
  holiday!: string | null;

  @Shows('有人的时段', { type: String, isArray: true, example: ['08:30—12:00', '14:30—17:30'] })
  hours!: string[];

  @Shows('延时服务', { type: String, isArray: true, example: [] })
  service!: string[];
}

class DutyPersonResponse {
  @Shows('入驻登记', { example: ID })
  postingId!: string;

  @Shows('姓名', { example: '李建国' })
  name!: string;

  @Shows('替谁值班', { type: String, nullable: true, example: null })
  insteadOf!: string | null;

  @Shows('变动事由', { type: String, nullable: true, example: null })
  reason!: string | null;

  @Shows('变动标识', { type: String, nullable: true, example: null })
  changeId!: string | null;
}

class DutyAbsentResponse {
  @Shows('入驻登记', { example: ID })
  postingId!: string;

  @Shows('姓名', { example: '李建国' })
  name!: string;

  @Shows('事由', { example: '外出培训' })
  reason!: string;

  @Shows('变动标识', { example: ID })
  changeId!: string;
}

class RosterCellResponse {
  @Shows('日期', { example: '2026-09-21' })
  on!: string;

  @Shows('情况', { values: CELL_STATES, example: 'there' })
  state!: string;

  @Shows('情况名称', { example: '有人' })
  stateName!: string;

  @Shows('值班人员', { type: DutyPersonResponse, isArray: true })
  people!: DutyPersonResponse[];

  @Shows('应来而不来的', { type: DutyAbsentResponse, isArray: true })
  absent!: DutyAbsentResponse[];
}

class RosterMemberResponse {
  @Shows('入驻登记', { example: ID })
  postingId!: string;

  @Shows('姓名', { example: '李建国' })
  name!: string;

  @Shows('入驻方式和轮驻日', { example: '轮驻，星期二、四' })
  rota!: string;

  @Shows('您可以办理的事项', { type: String, isArray: true, example: ['roster.change-duty'] })
  allowedActs!: string[];
}

class RosterUnitResponse {
  @Shows('单位标识；不是联动单位的为其名称', { example: ID })
  key!: string;

  @Shows('单位', { example: '新城区人社局' })
  name!: string;

  @Shows('联动单位', { type: String, nullable: true, example: ID })
  agencyId!: string | null;

  @Shows('入驻方式', { example: '轮驻' })
  residencyName!: string;

  @Shows('联络员', { type: String, isArray: true, example: ['A岗 人社联络 0471-6600002'] })
  liaisons!: string[];

  @Shows('没有登记入驻人员', { example: false })
  isUnregistered!: boolean;

  @Shows('逐日', { type: RosterCellResponse, isArray: true })
  cells!: RosterCellResponse[];

  @Shows('入驻人员', { type: RosterMemberResponse, isArray: true })
  members!: RosterMemberResponse[];

  @Shows('您对变动可以办理的事项', { type: String, isArray: true, example: ['roster.withdraw-change'] })
  allowedActs!: string[];
}

export class RosterWeekResponse {
  @Shows('综治中心', { example: '新城区综治中心' })
  centerName!: string;

  @Shows('中心值班电话', { type: String, nullable: true, example: '0471-6600001' })
  dutyPhone!: string | null;

  @Shows('星期一', { example: '2026-09-21' })
  from!: string;

  @Shows('星期日', { example: '2026-09-27' })
  to!: string;

  @Shows('今天', { example: '2026-09-21' })
  today!: string;

  @Shows('各日', { type: RosterDayResponse, isArray: true })
  days!: RosterDayResponse[];

  @Shows('各单位', { type: RosterUnitResponse, isArray: true })
  units!: RosterUnitResponse[];

  @Shows('缺岗处数', { example: 1 })
  gaps!: number;
}

export class DutyChangeResponse {
  @Shows('变动标识', { example: ID })
  id!: string;
}
