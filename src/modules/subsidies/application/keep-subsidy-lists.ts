import { Injectable } from '@nestjs/common';
import {
  DomainError,
  endOfDay,
  fen,
  formatLegalDateCn,
  formatYuan,
  type LegalDate,
  legalDate,
  legalDateFromInstant,
  ruleViolation,
  startOfDay,
} from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { writeSheet } from '../../../platform/excel';
import { Papers } from '../../documents';
import { LIST_STATES, subsidyLifecycle } from '../domain/list-lifecycle';
import { AGREEMENT_FORMS, assess, HOLD_REASONS, SUBSIDY_GRADES, type SubsidyCase } from '../domain/rates';
import { SubsidyLine, SubsidyList } from '../persistence/subsidy.entity';
import { subsidyRules } from './keep-subsidy-rules';

type Act = keyof typeof subsidyLifecycle.table.acts;

interface ListRow extends SubsidyList {
  readonly centerName: string;
  readonly counted: number;
  readonly held: number;
}

interface LineRow extends Omit<SubsidyLine, 'listId' | 'agreementId'> {
  readonly caseNumber: string | null;
  readonly isVisible: boolean;
}

type CaseRow = Omit<SubsidyCase, 'agreedOn'> &
  Pick<SubsidyLine, 'disputeId' | 'agreementId' | 'mediatorId' | 'mediatorName'> & {
    readonly agreedAt: Date;
    readonly isHeld: boolean;
  };

const LIST = `select l.id, l.center_id as "centerId", c.name as "centerName", l.from_on as "fromOn", l.to_on as "toOn", l.state,
    l.total_fen as "totalFen", l.made_by as "madeBy", l.made_by_name as "madeByName", l.made_at as "madeAt",
    l.checked_by as "checkedBy", l.checked_by_name as "checkedByName", l.checked_at as "checkedAt",
    l.approved_by as "approvedBy", l.approved_by_name as "approvedByName", l.approved_at as "approvedAt",
    l.paid_on as "paidOn", l.paid_note as "paidNote", l.paid_by_name as "paidByName", l.cancel_reason as "cancelReason",
    l.cancelled_by_name as "cancelledByName", l.cancelled_at as "cancelledAt", l.version, n.counted, n.held
  from subsidy_list l join center c on c.id = l.center_id
  cross join lateral app.subsidy_counts(l.id) n`;

/** All lines, those of sealed matters too: a list whose sum depends on its reader could not be signed. */
const LINES = `select i.id, i.dispute_id as "disputeId", i.mediator_id as "mediatorId", i.mediator_name as "mediatorName",
    i.agreed_on as "agreedOn", i.form, i.is_difficult as "isDifficult", i.grade, i.state, i.amount_fen as "amountFen",
    i.hold_reason as "holdReason", d.case_number as "caseNumber"
  from subsidy_line i join dispute d on d.id = i.dispute_id where i.list_id = $1
 order by i.mediator_name, i.mediator_id, i.agreed_on, i.id`;

/**
 * Agreements of the span as the figure 调解成功率 counts them, and what a list before held back: each matter once, and none
 * that a list has counted.
 */
const CASES = `
  select distinct on (f.dispute_id) f.dispute_id as "disputeId", a.id as "agreementId", f.period_at as "agreedAt", a.kind as form,
         m.account_id as "mediatorId", m.name as "mediatorName", d.difficult_ground is not null as "isDifficult",
         coalesce((select r.grade from review_file r where r.dispute_id = d.id and r.grade is not null
            order by r.reviewed_at desc limit 1), 'unreviewed') as grade,
         exists (select 1 from subsidy_line i where i.dispute_id = d.id and i.state = 'held') as "isHeld",
         exists (select 1 from review_file r where r.dispute_id = d.id and r.state = 'drawn') as "isReviewPending",
         exists (select 1 from alarm_matter w join alarm z on z.id = w.alarm_id where w.dispute_id = d.id and z.state = 'open') as "hasAlarm"
    from app.figure_facts_at($4) f
    join agreement a on a.id = f.subject_id
    join dispute d on d.id = f.dispute_id
    cross join lateral (select s.account_id, s.name from assignment s where s.dispute_id = d.id and s.capacity = 'host'
       order by s.assigned_at > f.period_at, s.assigned_at desc, s.id desc limit 1) m
   where f.figure = 4 and f.verdict = 1 and f.center_id = $1 and not d.is_imported
     and not exists (select 1 from subsidy_line i where i.dispute_id = d.id and i.state = 'counted')
     and ((f.period_at >= $2 and f.period_at < $3)
       or exists (select 1 from subsidy_line i where i.dispute_id = d.id and i.state = 'held' and f.period_at < $3))
   order by f.dispute_id, f.period_at`;

/** 以案定补名单: made from agreements, checked by another, approved by a third; no matter is paid twice. */
@Injectable()
export class KeepSubsidyLists {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly papers: Papers,
  ) {}

  async list(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'subsidy-lists.list', { centerId });
      const rows = await tx.query<ListRow>(`${LIST} where l.center_id = $1 order by l.made_at desc limit 100`, [
        centerId,
      ]);
      return {
        items: rows.map((row) => listView(tx, row)),
        allowedActs: mayAct(tx.actor, policyOf('subsidy-lists.make')?.by ?? [], { centerId })
          ? ['subsidy-lists.make']
          : [],
      };
    });
  }

  async one(id: string) {
    return this.unitOfWork.run(async (tx) => {
      const row = await tx.one<ListRow>(`${LIST} where l.id = $1`, [id]);
      authorize(tx.actor, 'subsidy-lists.read', row);
      this.audit(tx, row, 'subsidy-lists.read');
      const lines = await this.lines(tx, id);
      return { ...listView(tx, row), lines: lines.map(lineView), people: sumsOf(lines) };
    });
  }

  async make(centerId: string, { from, to }: { readonly from: string; readonly to: string }) {
    return this.unitOfWork.run(async (tx) => {
      await tx.one('select 1 from center where id = $1', [centerId]);
      authorize(tx.actor, 'subsidy-lists.make', { centerId });
      const span: readonly [LegalDate, LegalDate] = [legalDate(from), legalDate(to)];
      if (from > to) throw ruleViolation('subsidy-lists.period', '截止日期应不早于起始日期，请核对。', '/to');
      if (to > legalDateFromInstant(tx.now))
        throw ruleViolation('subsidy-lists.future', '截止日期还没有到，请改为今天或者以前的日期。', '/to');
      await tx.query('select pg_advisory_xact_lock(727069, hashtext($1))', [centerId]);
      const rules = await subsidyRules(tx, centerId);
      if (rules.length === 0)
        throw new DomainError('conflict', 'subsidy-lists.no-rules', '本中心还没有以案定补标准，请先由中心主任设定。');
      const cases = await tx.asSystem(() =>
        tx.query<CaseRow>(CASES, [centerId, startOfDay(span[0]), endOfDay(span[1]), tx.now]),
      );
      const lines = cases.map((one) => {
        const agreedOn = legalDateFromInstant(one.agreedAt);
        return { one, agreedOn, found: assess({ ...one, agreedOn }, rules) };
      });
      // What another list shows as held back already, and would only be held back again, makes no list.
      if (lines.every(({ one, found }) => one.isHeld && 'hold' in found))
        throw new DomainError(
          'conflict',
          'subsidy-lists.nothing',
          '这一期间没有可以列入的协议：没有生效的协议，或者都已经列入过名单，或者仍在暂缓。',
        );
      const id = uuidv7();
      const totalFen = lines.reduce((sum, { found }) => sum + ('amountFen' in found ? found.amountFen : 0), 0);
      await tx.insert(SubsidyList, {
        id,
        centerId,
        fromOn: from,
        toOn: to,
        state: 'draft',
        totalFen,
        madeBy: tx.actor.accountId ?? '',
        madeByName: tx.actor.displayName ?? '',
        madeAt: tx.now,
      });
      await tx.asSystem(async () => {
        for (const { one, agreedOn, found } of lines)
          await tx.insert(SubsidyLine, {
            id: uuidv7(),
            listId: id,
            disputeId: one.disputeId,
            agreementId: one.agreementId,
            mediatorId: one.mediatorId,
            mediatorName: one.mediatorName,
            agreedOn,
            form: one.form,
            isDifficult: one.isDifficult,
            grade: one.grade,
            ...('amountFen' in found
              ? { state: 'counted', amountFen: found.amountFen, holdReason: null }
              : { state: 'held', amountFen: null, holdReason: found.hold }),
          });
      });
      tx.audit({
        act: 'subsidy-lists.make',
        objectType: 'subsidy-list',
        objectId: id,
        chain: centerId,
        details: { from, to, totalFen, lines: lines.length },
      });
      return { id, state: 'draft' as const, stateName: LIST_STATES.draft, version: 1 };
    });
  }

  async check(id: string) {
    return this.act(id, 'check', (tx) => ({
      checkedBy: tx.actor.accountId,
      checkedByName: tx.actor.displayName ?? '',
      checkedAt: tx.now,
    }));
  }

  async approve(id: string) {
    return this.act(id, 'approve', (tx) => ({
      approvedBy: tx.actor.accountId,
      approvedByName: tx.actor.displayName ?? '',
      approvedAt: tx.now,
    }));
  }

  async pay(id: string, { paidOn, note }: { readonly paidOn: string; readonly note: string }) {
    return this.act(id, 'pay', (tx, list) => {
      const today = legalDateFromInstant(tx.now);
      if (paidOn > today || paidOn < legalDateFromInstant(list.approvedAt ?? tx.now))
        throw ruleViolation('subsidy-lists.paid-on', '发放日期应在审批当日或者以后，且不晚于今天，请核对。', '/paidOn');
      return { paidOn, paidNote: note, paidByName: tx.actor.displayName ?? '' };
    });
  }

  /** Its matters are free for another list. */
  async cancel(id: string, reason: string) {
    return this.act(id, 'cancel', async (tx) => {
      await tx.asSystem(() => tx.query("update subsidy_line set state = 'dropped' where list_id = $1", [id]));
      return { cancelReason: reason, cancelledByName: tx.actor.displayName ?? '', cancelledAt: tx.now };
    });
  }

  /** Excel to be signed by those who are paid. */
  async workbook(id: string): Promise<{ bytes: Buffer; fileName: string }> {
    const { list, lines } = await this.forPaper(id, 'workbook');
    const bytes = await writeSheet({
      name: '以案定补',
      title: titleOf(list),
      columns: [
        { header: '案号', width: 30 },
        { header: '调解员', width: 12 },
        { header: '协议生效日期', width: 14 },
        { header: '协议形式', width: 12 },
        { header: '难易', width: 10 },
        { header: '评查等次', width: 10 },
        { header: '金额（元）', width: 12 },
        { header: '说明', width: 26 },
        { header: '领取人签名', width: 20 },
      ],
      rows: lines.map((line) => [
        numberOf(line),
        line.mediatorName,
        line.agreedOn,
        AGREEMENT_FORMS[line.form],
        difficultyOf(line),
        SUBSIDY_GRADES[line.grade],
        line.amountFen === null ? null : line.amountFen / 100,
        line.holdReason === null ? '' : `暂缓：${HOLD_REASONS[line.holdReason]}`,
        '',
      ]),
      notes: [
        `合计：${yuan(list.totalFen)}元`,
        ...sumsOf(lines).map((one) => `${one.mediatorName}：${one.count}件，${yuan(one.amountFen)}元`),
        ...handsOf(list),
      ],
    });
    return { bytes, fileName: `以案定补名单${list.fromOn}至${list.toOn}.xlsx` };
  }

  /** The list on paper, with the hands that it went through. */
  async paper(id: string): Promise<{ bytes: Buffer; fileName: string }> {
    const { list, lines } = await this.forPaper(id, 'paper');
    const { bytes } = await this.papers.render(
      'subsidy-list',
      {
        issuer: list.centerName,
        from: list.fromOn,
        to: list.toOn,
        stateName: LIST_STATES[list.state],
        total: list.totalFen,
        counted: list.counted,
        held: list.held,
        lines: lines.map((line) => ({
          number: numberOf(line),
          mediator: line.mediatorName,
          agreedOn: line.agreedOn,
          kind: `${AGREEMENT_FORMS[line.form]}、${difficultyOf(line)}、${SUBSIDY_GRADES[line.grade]}`,
          amount: line.holdReason === null ? yuan(line.amountFen ?? 0) : `暂缓：${HOLD_REASONS[line.holdReason]}`,
        })),
        people: sumsOf(lines).map((one) => ({
          mediator: one.mediatorName,
          count: one.count,
          amount: yuan(one.amountFen),
        })),
        hands: handsOf(list).join('；'),
      },
      {
        centerId: list.centerId,
        createdAt: list.paidOn === null ? list.madeAt : startOfDay(legalDate(list.paidOn)),
        forSigning: true,
      },
    );
    return { bytes, fileName: `以案定补名单${list.fromOn}至${list.toOn}.pdf` };
  }

  private async forPaper(id: string, kind: string): Promise<{ list: ListRow; lines: LineRow[] }> {
    return this.unitOfWork.run(async (tx) => {
      const list = await tx.one<ListRow>(`${LIST} where l.id = $1`, [id]);
      authorize(tx.actor, 'subsidy-lists.export', list);
      this.audit(tx, list, 'subsidy-lists.export', { kind });
      return { list, lines: await this.lines(tx, id) };
    });
  }

  private async lines(tx: Tx, listId: string): Promise<LineRow[]> {
    const visible = await tx.query<{ id: string }>('select id from subsidy_line where list_id = $1', [listId]);
    const all = await tx.asSystem(() => tx.query<Omit<LineRow, 'isVisible'>>(LINES, [listId]));
    return all.map((line) => ({ ...line, isVisible: visible.some(({ id }) => id === line.id) }));
  }

  private async act(
    id: string,
    act: Act,
    change: (tx: Tx, list: SubsidyList) => Partial<SubsidyList> | Promise<Partial<SubsidyList>>,
  ) {
    return this.unitOfWork.run(async (tx) => {
      const list = await tx.lock(SubsidyList, id);
      authorize(tx.actor, `subsidy-lists.${act}`, list);
      tx.checkVersion(list);
      const state = subsidyLifecycle.next(act, snapshotOf(tx, list), tx.now);
      await tx.update(SubsidyList, id, { state, ...(await change(tx, list)) });
      this.audit(tx, list, `subsidy-lists.${act}`, { fromState: list.state, toState: state });
      return { id, state, stateName: LIST_STATES[state], version: list.version + 1 };
    });
  }

  private audit(
    tx: Tx,
    { id, centerId }: Pick<SubsidyList, 'id' | 'centerId'>,
    act: string,
    details: Readonly<Record<string, unknown>> = {},
  ): void {
    tx.audit({ act, objectType: 'subsidy-list', objectId: id, chain: centerId, details });
  }
}

function snapshotOf(tx: Tx, { state, madeBy, checkedBy }: SubsidyList) {
  const me = tx.actor.accountId;
  return { state, isMaker: madeBy === me, isChecker: checkedBy !== null && checkedBy === me };
}

function listView(tx: Tx, row: ListRow) {
  const acts = subsidyLifecycle.allowedActs(snapshotOf(tx, row), tx.now, (by) => mayAct(tx.actor, by, row));
  return {
    id: row.id,
    centerName: row.centerName,
    from: row.fromOn,
    to: row.toOn,
    state: row.state,
    stateName: LIST_STATES[row.state],
    totalFen: row.totalFen,
    counted: row.counted,
    held: row.held,
    hands: handsOf(row),
    allowedActs: acts.map((act) => `subsidy-lists.${act}`),
    version: row.version,
  };
}

/** Who made, checked, approved and paid, in words. */
function handsOf(list: ListRow): string[] {
  const on = (at: Date | null): string => (at === null ? '' : formatLegalDateCn(legalDateFromInstant(at)));
  return [
    `${list.madeByName}于${on(list.madeAt)}制作`,
    ...(list.checkedByName === null ? [] : [`${list.checkedByName}于${on(list.checkedAt)}核对`]),
    ...(list.approvedByName === null ? [] : [`${list.approvedByName}于${on(list.approvedAt)}审批`]),
    ...(list.paidOn === null
      ? []
      : [`${formatLegalDateCn(legalDate(list.paidOn))}发放，${list.paidByName ?? ''}登记：${list.paidNote ?? ''}`]),
    ...(list.cancelReason === null
      ? []
      : [`${list.cancelledByName ?? ''}于${on(list.cancelledAt)}作废：${list.cancelReason}`]),
  ];
}

function lineView(line: LineRow) {
  return {
    id: line.id,
    disputeId: line.isVisible ? line.disputeId : null,
    number: numberOf(line),
    mediatorName: line.mediatorName,
    agreedOn: line.agreedOn,
    formName: AGREEMENT_FORMS[line.form],
    difficultyName: difficultyOf(line),
    gradeName: SUBSIDY_GRADES[line.grade],
    amountFen: line.amountFen,
    holdName: line.holdReason === null ? null : HOLD_REASONS[line.holdReason],
  };
}

function sumsOf(lines: readonly LineRow[]) {
  const sums = new Map<string, { mediatorName: string; count: number; amountFen: number }>();
  for (const { mediatorId, mediatorName, amountFen } of lines) {
    if (amountFen === null) continue;
    const sum = sums.get(mediatorId) ?? { mediatorName, count: 0, amountFen: 0 };
    sums.set(mediatorId, { mediatorName, count: sum.count + 1, amountFen: sum.amountFen + amountFen });
  }
  return [...sums.values()];
}

const numberOf = ({ isVisible, caseNumber }: LineRow): string => (isVisible ? (caseNumber ?? '—') : '封存事项');
const difficultyOf = ({ isDifficult }: Pick<LineRow, 'isDifficult'>): string => (isDifficult ? '疑难复杂' : '一般');
const yuan = (amount: number): string => formatYuan(fen(amount));
const titleOf = ({ centerName, fromOn, toOn, state }: ListRow): string =>
  `${centerName}以案定补名单（${formatLegalDateCn(legalDate(fromOn))}至${formatLegalDateCn(legalDate(toOn))}，${LIST_STATES[state]}）`;
