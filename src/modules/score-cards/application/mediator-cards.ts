import { Injectable } from '@nestjs/common';
import {
  computeDeadline,
  DomainError,
  formatLegalDateCn,
  legalDateFromInstant,
  notFound,
  ruleViolation,
} from '../../../kernel';
import { authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Calendars, DeadlineRules } from '../../calendar';
import { Papers } from '../../documents';
import { CARD_PARTS, type Card, type CardPart, cardOf, type Excuse } from '../domain/card';
import { CardAppeal } from '../persistence/card.entity';
import { type CardPeriod, casesOfCards, type CaseOfMediator, spanOf } from './card-cases';
import { mediatorWeightsOn } from './keep-mediator-weights';

export interface AppealInput {
  readonly from: string;
  readonly to: string;
  readonly part: CardPart;
  readonly subjectId?: string;
  readonly reason: string;
}

type AppealRow = CardAppeal;

const APPEALS = `select id, center_id as "centerId", mediator_id as "mediatorId", mediator_name as "mediatorName", from_on as "fromOn",
    to_on as "toOn", part, subject_id as "subjectId", number, reason, lodged_at as "lodgedAt", due_on as "dueOn", outcome,
    ruling_reason as "rulingReason", ruled_by as "ruledBy", ruled_by_name as "ruledByName", ruled_at as "ruledAt", version
  from card_appeal where center_id = $1 and ($2::uuid is null or mediator_id = $2) order by outcome is not null, lodged_at desc limit 200`;
const NAMES = 'select id, display_name as name from account where id = any ($1::uuid[])';
const MATTERS = `select id, registration_number as "registrationNumber", case_number as "caseNumber", title from dispute where id = any ($1::uuid[])`;
const DIRECTORS = `select distinct account_id as id from role_grant where role = 'center-director' and scope_id = $1
  and valid_from <= $2 and (valid_to is null or valid_to > $2)`;
/** The same term as for appeals of agencies against their scores. */
const RULING = 'summons.appeal-ruling';
const OUTCOMES = { granted: '申诉成立', dismissed: '申诉不成立' } as const;

const CARD_DEFINITION =
  '得分＝各项达到的比例按权重折算，没有案件的项目不计、其余按比例折算。各项与统计指标同一口径，按承办人统计；“没有反悔复发”按没有反悔复发的比例计；“卷宗无缺项”是期间内评查过的卷宗中“材料齐全”没有意见的。受理件数不足的，只列件数，不计得分。只看办得怎样，不按办的多少排名。';

/** 调解员评分卡: what a period says of each, the very cases behind it, and what is said against it. */
@Injectable()
export class MediatorCards {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly calendars: Calendars,
    private readonly rules: DeadlineRules,
    private readonly papers: Papers,
  ) {}

  /** All mediators of a center, by name: no ranks. */
  async list(centerId: string, period: CardPeriod) {
    return this.unitOfWork.read(async (tx) => {
      const center = await tx.one<{ name: string }>('select name from center where id = $1', [centerId]);
      authorize(tx.actor, 'mediator-cards.list', { centerId });
      const span = spanOf(period, tx.now);
      const { cases, accepted } = await casesOfCards(tx, centerId, span, null);
      const { weights, shownFrom, name } = await mediatorWeightsOn(tx, centerId, span.to);
      const excuses = await this.excuses(tx, centerId, null);
      const appeals = await tx.query<AppealRow>(APPEALS, [centerId, null]);
      const ids = [...new Set([...accepted.keys(), ...cases.map((c) => c.mediatorId)])];
      const names = await tx.asSystem(() => tx.query<{ id: string; name: string }>(NAMES, [ids]));
      return {
        centerName: center.name,
        ...span,
        definition: CARD_DEFINITION,
        weightsName: name,
        shownFrom,
        items: names
          .map((mediator) => {
            const taken = accepted.get(mediator.id) ?? 0;
            const own = excuses.filter((e) => e.mediatorId === mediator.id);
            const mine = cases.filter((c) => c.mediatorId === mediator.id);
            return {
              mediatorId: mediator.id,
              mediatorName: mediator.name,
              accepted: taken,
              ...cardView(cardOf(mine, own, { ...span, accepted: taken, shownFrom }, weights)),
            };
          })
          .sort((a, z) => a.mediatorName.localeCompare(z.mediatorName, 'zh-CN')),
        appeals: appeals.filter((a) => a.outcome === null).map((one) => appealView(tx, one)),
      };
    });
  }

  /** One card with its appeals; for the mediator, or for those who lead. */
  async one(centerId: string, asked: CardPeriod & { readonly mediatorId?: string }) {
    return this.unitOfWork.read(async (tx) => this.card(tx, centerId, asked, 'mediator-cards.read'));
  }

  /** The cases behind a part, as far as whoever asks may see their matters; the rest is counted. */
  async cases(
    centerId: string,
    { part, mediatorId, ...period }: CardPeriod & { readonly mediatorId?: string; readonly part: CardPart },
  ) {
    return this.unitOfWork.read(async (tx) => {
      const id = await this.whose(tx, centerId, mediatorId, 'mediator-cards.read');
      const span = spanOf(period, tx.now);
      const { cases } = await casesOfCards(tx, centerId, span, id);
      const excuses = await this.excuses(tx, centerId, id);
      const appeals = await tx.query<AppealRow>(APPEALS, [centerId, id]);
      const own = cases.filter((c) => c.part === part);
      const matters = await tx.query<{
        id: string;
        registrationNumber: string;
        caseNumber: string | null;
        title: string;
      }>(MATTERS, [own.map((c) => c.disputeId)]);
      const shown = own.flatMap((one) => {
        const matter = matters.find((m) => m.id === one.disputeId);
        return matter === undefined ? [] : [{ one, matter }];
      });
      return {
        partName: CARD_PARTS[part].name,
        ...span,
        hiddenCount: own.length - shown.length,
        items: shown
          .sort((a, z) => z.one.at.getTime() - a.one.at.getTime())
          .map(({ one, matter }) => {
            const appeal = appeals.find((a) => a.part === part && a.subjectId === one.subjectId);
            const isExcused = excuses.some((e) => e.part === part && e.subjectId === one.subjectId);
            return {
              subjectId: one.subjectId,
              disputeId: one.disputeId,
              number: matter.caseNumber ?? matter.registrationNumber,
              title: matter.title,
              on: legalDateFromInstant(one.at),
              isGood: one.isGood,
              resultName: isExcused ? '申诉成立，不计' : one.isGood ? '达到' : '没有达到',
              appealName: appeal === undefined ? null : outcomeName(appeal),
              allowedActs:
                appeal === undefined && !one.isGood && id === tx.actor.accountId ? ['mediator-cards.appeal'] : [],
            };
          }),
      };
    });
  }

  /** Against a case that counts against one, or a part of the card as a whole; once each. The card stands until the ruling. */
  async appeal(centerId: string, { from, to, part, subjectId, reason }: AppealInput) {
    return this.unitOfWork.run(async (tx) => {
      const id = await this.whose(tx, centerId, undefined, 'mediator-cards.appeal');
      const span = spanOf({ from, to }, tx.now);
      const { cases } = await casesOfCards(tx, centerId, span, id);
      const own = cases.filter((c) => c.part === part);
      const one = own.find((c) => c.subjectId === subjectId);
      if (own.every((c) => c.isGood) || (subjectId !== undefined && (one === undefined || one.isGood)))
        throw ruleViolation(
          'mediator-cards.not-against',
          '这一项没有计入您的评分卡，或者已经达到，不用申诉。',
          subjectId === undefined ? '/part' : '/subjectId',
        );
      const known = (await tx.query<AppealRow>(APPEALS, [centerId, id])).some(
        (a) =>
          a.part === part &&
          (subjectId === undefined
            ? a.subjectId === null && a.fromOn === span.from && a.toOn === span.to
            : a.subjectId === subjectId),
      );
      if (known) throw new DomainError('conflict', 'mediator-cards.appealed', '已经申诉过一次，不能再次申诉。');
      const appealId = uuidv7();
      await tx.insert(CardAppeal, {
        id: appealId,
        centerId,
        mediatorId: id,
        mediatorName: tx.actor.displayName ?? '',
        fromOn: span.from,
        toOn: span.to,
        part,
        subjectId: subjectId ?? null,
        number: one === undefined ? null : await this.numberOf(tx, one),
        reason,
        lodgedAt: tx.now,
        dueOn: await this.dueOn(tx, centerId),
        outcome: null,
        rulingReason: null,
        ruledBy: null,
        ruledByName: null,
        ruledAt: null,
      });
      tx.audit({
        act: 'mediator-cards.appeal',
        objectType: 'card-appeal',
        objectId: appealId,
        chain: centerId,
        details: { from: span.from, to: span.to, part, subjectId: subjectId ?? null },
      });
      const directors = await tx.asSystem(() => tx.query<{ id: string }>(DIRECTORS, [centerId, tx.now]));
      for (const director of directors)
        tx.send({ topic: 'card-appeals.lodged', payload: { namedId: director.id, appealId } });
      return { id: appealId, outcomeName: '待裁定', version: 1 };
    });
  }

  /** What is granted is left out, and every card that would count it says so. */
  async rule(appealId: string, outcome: 'granted' | 'dismissed', rulingReason: string) {
    return this.unitOfWork.run(async (tx) => {
      // Whose card it is may read the appeal, but not lock it.
      authorize(tx.actor, 'card-appeals.rule', await tx.get(CardAppeal, appealId));
      const appeal = await tx.lock(CardAppeal, appealId);
      tx.checkVersion(appeal);
      if (appeal.outcome !== null)
        throw new DomainError('conflict', 'card-appeals.ruled', '这一申诉已经裁定，请刷新。');
      if (appeal.mediatorId === tx.actor.accountId)
        throw new DomainError('conflict', 'card-appeals.own', '这是您自己的申诉，应由他人裁定。');
      await tx.update(CardAppeal, appealId, {
        outcome,
        rulingReason,
        ruledBy: tx.actor.accountId,
        ruledByName: tx.actor.displayName ?? '',
        ruledAt: tx.now,
      });
      tx.audit({
        act: 'card-appeals.rule',
        objectType: 'card-appeal',
        objectId: appealId,
        chain: appeal.centerId,
        details: { outcome },
      });
      tx.send({ topic: 'card-appeals.ruled', payload: { namedId: appeal.mediatorId, appealId } });
      return { id: appealId, outcomeName: OUTCOMES[outcome], version: appeal.version + 1 };
    });
  }

  /** The card on paper: counts, score, and what appeals have left out. */
  async paper(
    centerId: string,
    asked: CardPeriod & { readonly mediatorId?: string },
  ): Promise<{ bytes: Buffer; fileName: string }> {
    const { card, now } = await this.unitOfWork.run(async (tx) => {
      const found = await this.card(tx, centerId, asked, 'mediator-cards.print');
      tx.audit({
        act: 'mediator-cards.print',
        objectType: 'account',
        objectId: found.mediatorId,
        chain: centerId,
        details: { from: found.from, to: found.to },
      });
      return { card: found, now: tx.now };
    });
    const { bytes } = await this.papers.render(
      'mediator-card',
      {
        issuer: card.centerName,
        mediator: card.mediatorName,
        from: card.from,
        to: card.to,
        asOf: now.toISOString(),
        accepted: card.accepted,
        score: card.score === null ? `受理不足${card.shownFrom}件，不计得分` : `${card.score}分`,
        parts: card.parts.map((p) => ({
          name: p.partName,
          share: p.isExcused ? '申诉成立，不计' : p.of === 0 ? '—' : `${p.good}/${p.of}`,
          weight: p.weight,
          excused: p.excused,
        })),
        definition: card.definition,
        weightsName: card.weightsName,
        ...(card.appeals.length === 0
          ? {}
          : {
              appeals: card.appeals
                .map((a) => `${a.partName}${a.number === null ? '' : `（${a.number}）`}：${a.outcomeName}`)
                .join('；'),
            }),
      },
      { centerId, createdAt: now, forSigning: true },
    );
    return { bytes, fileName: `调解员评分卡-${card.mediatorName}-${card.from}至${card.to}.pdf` };
  }

  private async card(tx: Tx, centerId: string, asked: CardPeriod & { readonly mediatorId?: string }, act: string) {
    const id = await this.whose(tx, centerId, asked.mediatorId, act);
    const center = await tx.one<{ name: string }>('select name from center where id = $1', [centerId]);
    const span = spanOf(asked, tx.now);
    const { cases, accepted } = await casesOfCards(tx, centerId, span, id);
    const { weights, shownFrom, name } = await mediatorWeightsOn(tx, centerId, span.to);
    const excuses = await this.excuses(tx, centerId, id);
    const [mediator] = await tx.asSystem(() => tx.query<{ name: string }>(NAMES, [[id]]));
    if (!mediator) throw notFound();
    const appeals = (await tx.query<AppealRow>(APPEALS, [centerId, id])).filter(
      (a) => a.subjectId !== null || (a.fromOn === span.from && a.toOn === span.to),
    );
    const taken = accepted.get(id) ?? 0;
    const card = cardView(cardOf(cases, excuses, { ...span, accepted: taken, shownFrom }, weights));
    const isOwn = id === tx.actor.accountId;
    return {
      centerName: center.name,
      mediatorId: id,
      mediatorName: mediator.name,
      ...span,
      definition: CARD_DEFINITION,
      weightsName: name,
      shownFrom,
      accepted: taken,
      ...card,
      parts: card.parts.map((part) => ({
        ...part,
        allowedActs:
          isOwn && part.good < part.of && !appeals.some((a) => a.part === part.part && a.subjectId === null)
            ? ['mediator-cards.appeal']
            : [],
      })),
      appeals: appeals.map((one) => appealView(tx, one)),
    };
  }

  /** Without a name one’s own. */
  private async whose(tx: Tx, centerId: string, mediatorId: string | undefined, act: string): Promise<string> {
    await tx.one('select 1 from center where id = $1', [centerId]);
    const id = mediatorId ?? tx.actor.accountId ?? '';
    authorize(tx.actor, act, { centerId, ownerAccountId: id });
    return id;
  }

  private async excuses(
    tx: Tx,
    centerId: string,
    mediatorId: string | null,
  ): Promise<readonly (Excuse & { readonly mediatorId: string })[]> {
    return tx.query(
      `select mediator_id as "mediatorId", part, subject_id as "subjectId", from_on as "from", to_on as "to" from card_appeal
        where center_id = $1 and outcome = 'granted' and ($2::uuid is null or mediator_id = $2)`,
      [centerId, mediatorId],
    );
  }

  private async numberOf(tx: Tx, { disputeId }: CaseOfMediator): Promise<string> {
    const { number } = await tx.asSystem(() =>
      tx.one<{ number: string }>(
        'select coalesce(case_number, registration_number) as number from dispute where id = $1',
        [disputeId],
      ),
    );
    return number;
  }

  private async dueOn(tx: Tx, centerId: string): Promise<string> {
    const rule = (await this.rules.forCenter(tx, centerId)).at(RULING, tx.now);
    const { calendar, officeHours } = await this.calendars.forCenter(tx, centerId);
    const { originalDue } = computeDeadline({ rule, start: tx.now, calendar, officeHours, pauses: [] });
    return legalDateFromInstant(new Date(originalDue.endsAt.getTime() - 1));
  }
}

function cardView({ score, parts }: Card) {
  return { score, parts: parts.map((p) => ({ ...p, partName: CARD_PARTS[p.part].name })) };
}

const outcomeName = ({ outcome }: CardAppeal): string => (outcome === null ? '申诉待裁定' : OUTCOMES[outcome]);

function appealView(tx: Tx, row: AppealRow) {
  const { id, mediatorId, mediatorName, fromOn, toOn, part, number, reason, lodgedAt, dueOn, version } = row;
  const mayRule =
    row.outcome === null &&
    mediatorId !== tx.actor.accountId &&
    mayAct(tx.actor, policyOf('card-appeals.rule')?.by ?? [], row);
  return {
    id,
    mediatorId,
    mediatorName,
    from: fromOn,
    to: toOn,
    partName: CARD_PARTS[part].name,
    number,
    reason,
    lodgedAt: lodgedAt.toISOString(),
    dueOn,
    isOverdue: row.outcome === null && dueOn < legalDateFromInstant(tx.now),
    outcomeName: outcomeName(row),
    ruling:
      row.outcome === null || row.ruledAt === null
        ? null
        : `${row.ruledByName ?? ''}于${formatLegalDateCn(legalDateFromInstant(row.ruledAt))}裁定：${row.rulingReason ?? ''}`,
    allowedActs: mayRule ? ['card-appeals.rule'] : [],
    version,
  };
}
