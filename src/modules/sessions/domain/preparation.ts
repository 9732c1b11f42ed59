/** What a mediator notes down before a session. */
export const POINT_KINDS = {
  issue: '争议焦点',
  position: '各方主张',
  date: '时间节点',
  money: '涉及金额',
  'open-fact': '待查事实',
  law: '法律依据',
} as const;
export type PointKind = keyof typeof POINT_KINDS;

/** A field that a point of some kind needs, or has no use for. */
interface PointFault {
  readonly field: 'partyId' | 'onDate' | 'amountFen';
  readonly code: string;
  readonly message: string;
}

/** What is missing from, or out of place in, a point of this kind; null when it is whole. */
export function pointFault(point: {
  readonly kind: PointKind;
  readonly partyId?: string;
  readonly onDate?: string;
  readonly amountFen?: number;
}): PointFault | null {
  const { kind, partyId, onDate, amountFen } = point;
  if (kind === 'position' && partyId === undefined) {
    return { field: 'partyId', code: 'party-missing', message: '请选择是哪一方当事人的主张。' };
  }
  if ((kind === 'date') !== (onDate !== undefined)) {
    const message = kind === 'date' ? '请填写时间节点的日期。' : '只有“时间节点”才填写日期。';
    return { field: 'onDate', code: 'date-out-of-place', message };
  }
  if ((kind === 'money') !== (amountFen !== undefined)) {
    const message = kind === 'money' ? '请填写金额。' : '只有“涉及金额”才填写金额。';
    return { field: 'amountFen', code: 'amount-out-of-place', message };
  }
  return null;
}
