import { Shows } from '../../../platform/http';
import { ASSIGNMENT_STATES, type AssignmentState } from '../domain/assignment-lifecycle';
import { CAPACITIES, CHOSEN_BY } from '../domain/dictionaries';

const ID = '0194f7f2-c0de-7000-a1b2-c3d4e5f60718';

export class AssignedResponse {
  @Shows('指派标识', { example: ID })
  id!: string;

  @Shows('版本号', { example: 1 })
  version!: number;
}

export class ChangedAssignmentResponse extends AssignedResponse {
  @Shows('状态', { enum: Object.keys(ASSIGNMENT_STATES), example: 'replaced' })
  state!: AssignmentState;

  @Shows('接任的指派标识', { optional: true, example: ID })
  successorId?: string;
}

export class AssignmentResponse extends AssignedResponse {
  @Shows('人员账号', { example: ID })
  accountId!: string;

  @Shows('姓名', { example: '刘调解' })
  name!: string;

  @Shows('在案身份名称', { example: '调解主持人' })
  capacityName!: string;

  @Shows('在案身份', { enum: Object.keys(CAPACITIES), example: 'host' })
  capacity!: string;

  @Shows('产生方式', { enum: Object.keys(CHOSEN_BY), example: 'committee' })
  chosenBy!: string;

  @Shows('理由', { type: String, nullable: true, example: null })
  basis!: string | null;

  @Shows('状态', { enum: Object.keys(ASSIGNMENT_STATES), example: 'active' })
  state!: AssignmentState;

  @Shows('状态名称', { example: '在任' })
  stateName!: string;

  @Shows('产生方式名称', { example: '调委会指定' })
  chosenByName!: string;

  @Shows('指派时间', { example: '2026-09-20T01:00:00.000Z' })
  assignedAt!: string;

  @Shows('结束时间', { type: String, nullable: true, example: null })
  endedAt!: string | null;

  @Shows('结束原因', { type: String, nullable: true, example: null })
  endedReason!: string | null;

  @Shows('已作披露次数', { example: 1 })
  disclosures!: number;

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['assignments.replace'] })
  allowedActs!: string[];
}

export class AssignmentListResponse {
  @Shows('在案人员，先指派的在前', { type: AssignmentResponse, isArray: true })
  items!: AssignmentResponse[];

  @Shows('您现在可以办理的事项', { type: String, isArray: true, example: ['assignments.assign'] })
  allowedActs!: string[];
}

class ConflictResponse {
  @Shows('代码', { example: 'same-name' })
  code!: string;

  @Shows('提示', { example: '调解员与当事人或代理人同名，请核实是否为同一人并披露。' })
  message!: string;

  @Shows('是否不得指派', { example: false })
  isBlocking!: boolean;
}

export class CandidateResponse {
  @Shows('人员账号', { example: ID })
  accountId!: string;

  @Shows('姓名', { example: '刘调解' })
  name!: string;

  @Shows('是否专职', { example: true })
  isFullTime!: boolean;

  @Shows('语言', { type: String, isArray: true, example: ['汉语', '蒙古语'] })
  languages!: string[];

  @Shows('是否擅长此类纠纷', { example: true })
  isSpecialist!: boolean;

  @Shows('是否就近', { example: true })
  isNear!: boolean;

  @Shows('是否会所需语言', { example: false })
  speaksNeededLanguage!: boolean;

  @Shows('在办件数', { example: 3 })
  openAssignments!: number;

  @Shows('利害关系提示', { type: [ConflictResponse] })
  conflicts!: ConflictResponse[];
}
