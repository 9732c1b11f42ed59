import { Injectable } from '@nestjs/common';
import { DomainError, ruleViolation } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { Attachments } from '../../attachments';
import { Matters } from '../../disputes';
import type { SummonsGround, SummonsKind, SummonsLevel } from '../domain/dictionaries';
import { findPersonalNumber } from '../domain/personal-numbers';
import { MATTER_OVER } from '../domain/summons-lifecycle';
import { Summons, SummonsAttachment } from '../persistence/summons.entity';
import { DutyNotes } from './duty-notes';
import { type NewTask, SummonsLedger } from './summons-ledger';

export interface ProposeSummonsCommand {
  readonly kind: SummonsKind;
  readonly level: SummonsLevel;
  readonly ground: SummonsGround;
  readonly brief: string;
  readonly asks: readonly string[];
  readonly place?: string;
  readonly meetAt?: string;
  readonly attendanceRequired: boolean;
  readonly agencies: readonly NewTask[];
  readonly attachmentIds?: readonly string[];
}

@Injectable()
export class ProposeSummons {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly ledger: SummonsLedger,
    private readonly attachments: Attachments,
    private readonly duty: DutyNotes,
  ) {}

  /** Writes a whistle as a draft, with one task per agency. Nobody outside the center sees it before the issue. */
  async execute(disputeId: string, command: ProposeSummonsCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.lock(tx, disputeId, 'summons.propose');
      if (MATTER_OVER.includes(dispute.state)) {
        throw new DomainError('conflict', 'summons.matter-over', '该事项已经答复、引导、并案或办结，不能吹哨。');
      }
      this.check(command, tx.now);
      const { agencies, attachmentIds = [], meetAt, asks, ...words } = command;
      await this.ledger.checkAgencies(
        tx,
        [dispute.centerId, dispute.handlingCenterId],
        agencies.map((a) => a.agencyId),
      );
      const shareable = attachmentIds.length === 0 ? [] : await this.attachments.shareable(tx, disputeId);
      const unshared = attachmentIds.findIndex((id) => !shareable.some((a) => a.id === id));
      if (unshared >= 0) {
        throw ruleViolation(
          'summons.not-shareable',
          '所选材料没有标为可以提供给部门。请先在材料目录中标明，或从本单中去掉。',
          `/attachmentIds/${unshared}`,
        );
      }
      const summons: Summons = Object.assign(new Summons(), {
        ...words,
        id: uuidv7(),
        disputeId,
        centerId: dispute.handlingCenterId ?? dispute.centerId,
        asks: [...asks],
        place: words.place ?? null,
        meetAt: meetAt === undefined ? null : new Date(meetAt),
        state: 'draft',
        proposedBy: tx.actor.accountId ?? '',
        proposedAt: tx.now,
        version: 1,
      });
      await tx.insert(Summons, summons);
      const office = await this.ledger.office(tx, summons.centerId);
      const ids = agencies.map((a) => a.agencyId);
      const shown = await this.duty.forRecord(tx, summons, ids, office, 'propose');
      for (const agency of agencies) {
        const note = shown.get(agency.agencyId);
        await this.ledger.addTask(tx, summons, agency, note === undefined ? [] : [note]);
      }
      for (const attachmentId of new Set(attachmentIds)) {
        await tx.insert(SummonsAttachment, {
          disputeId,
          summonsId: summons.id,
          attachmentId,
          sharedBy: summons.proposedBy,
          sharedAt: tx.now,
        });
      }
      await this.ledger.record(tx, summons, {
        act: 'summons.propose',
        fromState: null,
        toState: 'draft',
        details: { kind: summons.kind, level: summons.level, agencies: agencies.length },
      });
      tx.send({ topic: 'summons.proposed', payload: { summonsId: summons.id } });
      return { id: summons.id, state: summons.state, stateName: '待签发', number: null, version: 1 };
    });
  }

  private check(command: ProposeSummonsCommand, now: Date): void {
    const { agencies, meetAt, place, attendanceRequired } = command;
    if (agencies.filter((a) => a.role === 'lead').length !== 1) {
      throw ruleViolation(
        'summons.one-lead',
        '一张吹哨单须有且只有一个主办部门。请指定主办，其余设为协办或知会。',
        '/agencies',
      );
    }
    if (new Set(agencies.map((a) => a.agencyId)).size !== agencies.length) {
      throw ruleViolation(
        'summons.agency-twice',
        '同一部门在一张吹哨单上只能出现一次。请删去重复的部门。',
        '/agencies',
      );
    }
    if (attendanceRequired && place === undefined) {
      throw ruleViolation('summons.place-needed', '要求到场的，请写明到场地点。', '/place');
    }
    if (meetAt !== undefined && new Date(meetAt) <= now) {
      throw ruleViolation('summons.meeting-past', '到场时间应在当前时间之后，请重新填写。', '/meetAt');
    }
    const texts = [
      ['/brief', command.brief],
      ...command.asks.map((ask, i) => [`/asks/${i}`, ask]),
      ...(place === undefined ? [] : [['/place', place]]),
    ] as [string, string][];
    for (const [pointer, text] of texts) {
      if (findPersonalNumber(text) !== null) {
        throw ruleViolation(
          'summons.personal-number',
          '部门可见的内容里有身份证号、手机号或银行卡号。请删去，需要联系当事人的由中心转达。',
          pointer,
        );
      }
    }
  }
}
