import { Shows } from '../../../platform/http';
import { SLOT_OBSTACLES } from '../domain/free-slots';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';
const AT = '2026-11-20T01:00:00.000Z';
const LATER = '2026-11-20T03:00:00.000Z';

class RoomBookingResponse {
  @Shows('开始时间', { example: AT })
  startsAt!: string;

  @Shows('结束时间', { example: LATER })
  endsAt!: string;

  @Shows('调解会；无权查看的为空', { type: String, nullable: true, example: ID })
  sessionId!: string | null;

  @Shows('事项名称；无权查看的为空', { type: String, nullable: true, example: '李家六兄妹遗产纠纷' })
  title!: string | null;

  @Shows('第几次调解；无权查看的为空', { type: Number, nullable: true, example: 1 })
  ordinal!: number | null;
}

export class RoomResponse {
  @Shows('场所标识', { example: ID })
  id!: string;

  @Shows('综治中心', { example: ID })
  centerId!: string;

  @Shows('类别', { values: { room: '调解室', tribunal: '庭', center: '中心', department: '部' }, example: 'room' })
  kind!: string;

  @Shows('类别名称', { example: '调解室' })
  kindName!: string;

  @Shows('名称', { example: '第二调解室' })
  name!: string;

  @Shows('占用', { type: [RoomBookingResponse] })
  bookings!: RoomBookingResponse[];
}

class FreeSlotResponse {
  @Shows('开始时间', { example: AT })
  startsAt!: string;

  @Shows('结束时间', { example: LATER })
  endsAt!: string;

  @Shows('日期和时间', { example: '2026年11月20日（星期五） 09:00至11:00' })
  name!: string;

  @Shows('空闲的场所；不需要场所的为空', { type: String, nullable: true, example: ID })
  roomId!: string | null;

  @Shows('场所名称', { type: String, nullable: true, example: '第二调解室' })
  roomName!: string | null;
}

class SlotReasonResponse {
  @Shows('原因', { values: SLOT_OBSTACLES, example: 'person-taken' })
  code!: string;

  @Shows('原因名称', { example: '调解员、记录人另有安排' })
  codeName!: string;

  @Shows('何人、何单位、何场所；时间本身的为空', { type: String, nullable: true, example: ID })
  subjectId!: string | null;

  @Shows('说明', { example: '刘调解09:00至11:00已有安排' })
  detail!: string;
}

class FailedSpanResponse {
  @Shows('半天的开始', { example: AT })
  startsAt!: string;

  @Shows('半天的结束', { example: '2026-11-20T04:00:00.000Z' })
  endsAt!: string;

  @Shows('哪个半天', { example: '2026年11月20日（星期五）上午' })
  name!: string;

  @Shows('为什么排不上', { type: [SlotReasonResponse] })
  reasons!: SlotReasonResponse[];
}

class ClosedDayResponse {
  @Shows('日期', { example: '2026-11-21' })
  on!: string;

  @Shows('日期和星期', { example: '2026年11月21日（星期六）' })
  name!: string;
}

export class FreeSlotsResponse {
  @Shows('最多三个各方都空闲的时间', { type: [FreeSlotResponse] })
  proposals!: FreeSlotResponse[];

  @Shows('排不上的半天和原因', { type: [FailedSpanResponse] })
  failures!: FailedSpanResponse[];

  @Shows('不上班的日子', { type: [ClosedDayResponse] })
  closedDays!: ClosedDayResponse[];

  @Shows('放假安排是否尚未公布', { example: false })
  isProvisional!: boolean;

  @Shows('提示', { type: String, nullable: true, example: null })
  note!: string | null;
}

class PlanMediatorResponse {
  @Shows('人员账号', { example: ID })
  accountId!: string;

  @Shows('姓名', { example: '刘调解' })
  name!: string;

  @Shows('是否调解主持人', { example: true })
  isHost!: boolean;
}

class PlanRecorderResponse {
  @Shows('人员账号', { example: ID })
  accountId!: string;

  @Shows('姓名', { example: '郑记录' })
  name!: string;
}

class NamedChoiceResponse {
  @Shows('标识', { example: ID })
  id!: string;

  @Shows('名称', { example: '第二调解室' })
  name!: string;
}

class PlanPartyResponse {
  @Shows('当事人', { example: ID })
  id!: string;

  @Shows('姓名或名称', { example: '李建国' })
  name!: string;

  @Shows('是否未成年人', { example: false })
  isMinor!: boolean;

  @Shows('在任代理人、代表人', { type: [NamedChoiceResponse] })
  representatives!: NamedChoiceResponse[];
}

class PlanParticipantResponse {
  @Shows('参与人', { example: ID })
  id!: string;

  @Shows('姓名', { example: '白雪' })
  name!: string;

  @Shows('类别名称', { example: '律师、法律援助人员' })
  kindName!: string;

  @Shows('是否各方都同意', { example: true })
  isAgreedByAll!: boolean;

  @Shows('还没有同意的当事人', { type: String, isArray: true, example: [] })
  missing!: string[];
}

export class PlanOptionsResponse {
  @Shows('在任调解员', { type: [PlanMediatorResponse] })
  mediators!: PlanMediatorResponse[];

  @Shows('在任记录人', { type: [PlanRecorderResponse] })
  recorders!: PlanRecorderResponse[];

  @Shows('当事人', { type: [PlanPartyResponse] })
  parties!: PlanPartyResponse[];

  @Shows('受邀参与人', { type: [PlanParticipantResponse] })
  participants!: PlanParticipantResponse[];

  @Shows('联动单位', { type: [NamedChoiceResponse] })
  agencies!: NamedChoiceResponse[];

  @Shows('场所', { type: [NamedChoiceResponse] })
  rooms!: NamedChoiceResponse[];
}
