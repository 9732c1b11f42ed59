import type { components } from '@/generated/schema';

type RegisterBody = components['schemas']['RegisterDisputeRequest'];
export type PartyKind = 'person' | 'organization';
export type Side = 'applicant' | 'respondent' | 'other';

export interface IntakeParty {
  kind: PartyKind;
  side: Side;
  name: string;
  phone: string;
  /** Identity number of a person, credit code of an organisation. */
  number: string;
  address: string;
}

/** What is typed at the counter; a draft keeps it as it is. */
export interface IntakeModel {
  channel: RegisterBody['channel'];
  upstreamNumber: string;
  disputeType: string;
  /** Absent in drafts from before there were finer kinds. */
  localTypeId?: string;
  title: string;
  /** The title was typed by hand: no suggestion replaces it. */
  isTitleOwn: boolean;
  narrative: string;
  requests: string;
  place: string;
  amountFen: number | undefined;
  isGroup: boolean;
  headcount: number | undefined;
  isReporterProtected: boolean;
  allowsCallBack: boolean;
  courtProcedure: string;
  courtMaterialsOn: string;
  /** Heirs, neighbours of one yard: nobody stands against anybody. Drafts from before know no such answer. */
  hasNoSides?: boolean;
  parties: IntakeParty[];
}

export const blankParty = (side: Side): IntakeParty => ({
  kind: 'person',
  side,
  name: '',
  phone: '',
  number: '',
  address: '',
});

export const blankIntake = (): IntakeModel => ({
  channel: 'visit',
  upstreamNumber: '',
  disputeType: '',
  title: '',
  isTitleOwn: false,
  narrative: '',
  requests: '',
  place: '',
  amountFen: undefined,
  isGroup: false,
  headcount: undefined,
  isReporterProtected: false,
  allowsCallBack: true,
  courtProcedure: '',
  courtMaterialsOn: '',
  parties: [blankParty('applicant'), blankParty('respondent')],
});

export interface IntakePlace {
  readonly centerId: string;
  readonly handlingUnitId: string | null;
}

/** Empty rows are not sent; the places of the sent ones in the form come along, for errors that name them. */
export function bodyOf(model: IntakeModel, at: IntakePlace): { body: RegisterBody; rows: readonly number[] } {
  const rows = model.parties.flatMap((party, i) => (isEmpty(party) ? [] : [i]));
  const optional = {
    ...(at.handlingUnitId === null ? {} : { handlingUnitId: at.handlingUnitId }),
    ...textOf('upstreamNumber', model.upstreamNumber),
    ...textOf('disputeType', model.disputeType),
    ...textOf('localTypeId', model.localTypeId ?? ''),
    ...textOf('requests', model.requests),
    ...textOf('place', model.place),
    ...textOf('courtProcedure', model.courtProcedure),
    ...textOf('courtMaterialsOn', model.courtMaterialsOn),
    ...(model.amountFen === undefined ? {} : { amountFen: model.amountFen }),
    ...(model.headcount === undefined ? {} : { headcount: model.headcount }),
    ...(model.isGroup ? { isGroup: true } : {}),
    ...(model.isReporterProtected ? { isReporterProtected: true } : {}),
    ...(model.allowsCallBack ? {} : { allowsCallBack: false }),
  };
  const body = {
    centerId: at.centerId,
    channel: model.channel,
    title: model.title.trim(),
    narrative: model.narrative,
    ...optional,
    parties: rows.map((i) => partyOf(model.parties[i] as IntakeParty, model.hasNoSides === true)),
  };
  return { body: body as RegisterBody, rows };
}

export function partyOf({ kind, side, name, phone, number, address }: IntakeParty, hasNoSides = false) {
  return {
    kind,
    ...(hasNoSides ? {} : { side }),
    name: name.trim(),
    ...textOf('phone', phone),
    ...textOf(kind === 'person' ? 'residentId' : 'creditCode', number),
    ...textOf('address', address),
  };
}

export const isEmpty = ({ name, phone, number, address }: IntakeParty): boolean =>
  [name, phone, number, address].every((text) => text.trim() === '');

const textOf = <Name extends string>(name: Name, text: string): Partial<Record<Name, string>> =>
  text.trim() === '' ? {} : ({ [name]: text.trim() } as Record<Name, string>);

/** `/parties/1/residentId` as the server names it → the field of the form, `/parties/2/number`. */
export function pointerInForm(pointer: string, rows: readonly number[]): string {
  return pointer
    .replace(/^\/parties\/(\d+)/, (_, i: string) => `/parties/${rows[Number(i)] ?? i}`)
    .replace(/\/(?:residentId|creditCode|documentNumber)$/, '/number');
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  channel: '来源渠道',
  upstreamNumber: '上游编号',
  disputeType: '纠纷类型',
  title: '事项名称',
  narrative: '纠纷简要情况',
  requests: '申请事项',
  place: '发生地点',
  amountFen: '涉及金额（分）',
  headcount: '涉及人数',
  parties: '当事人',
  name: '姓名或名称',
  phone: '联系电话',
  number: '证件号码',
  address: '住址',
  kind: '类别',
};

/** `第2位当事人 · 联系电话`, for differences between two windows. */
export function nameOfPlace(pointer: string): string {
  const [, first = '', row, field] = pointer.split('/');
  if (first !== 'parties' || row === undefined) return FIELD_NAMES[first] ?? first;
  return `第${Number(row) + 1}位当事人${field === undefined ? '' : ` · ${FIELD_NAMES[field] ?? field}`}`;
}
