import { Injectable } from '@nestjs/common';
import { endOfDay, legalDateFromInstant, startOfDay } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Papers } from '../../documents';
import { ReadAgencyScores } from '../../summons';
import { AGENCY_PARTS, AGENCY_PART_KEYS, type AgencyPart } from '../domain/agency-parts';
import { type CardPeriod, type Span, spanOf } from './card-cases';

interface AgencyCase {
  readonly part: AgencyPart;
  readonly subjectId: string;
  readonly disputeId: string;
  readonly taskId: string | null;
  readonly summonsId: string | null;
  readonly number: string | null;
  readonly at: Date;
  readonly isGood: boolean;
  readonly isExcused: boolean;
}

/** Clocks of the agency's own tasks; what a granted appeal leaves out is told apart. */
const OF_TASKS = `
  select f.figure, f.subject_id as "subjectId", f.dispute_id as "disputeId", t.id as "taskId", s.id as "summonsId", s.number,
         f.period_at as at, f.verdict = 1 as "isGood",
         coalesce(a.outcome = 'granted' and u.kind = any (a.excused), false) as "isExcused"
    from app.figure_facts_at($4) f
    join summons_due u on u.id = f.subject_id
    join summons_task t on t.id = u.task_id
    join summons s on s.id = t.summons_id
    left join summons_appeal a on a.task_id = t.id
   where f.agency_id = $1 and f.period_at >= $2 and f.period_at < $3 and f.figure = any ($5::smallint[]) and f.verdict <> 3`;

/** Words of the parties of matters in which the agency had a part. */
const OF_PARTIES = `
  select f.figure, f.subject_id as "subjectId", f.dispute_id as "disputeId", null::uuid as "taskId", null::uuid as "summonsId",
         null::text as number, f.period_at as at, f.verdict = 1 as "isGood", false as "isExcused"
    from app.figure_facts_at($4) f
   where f.period_at >= $2 and f.period_at < $3 and f.figure = any ($5::smallint[]) and f.verdict <> 3
     and f.dispute_id in (select t.dispute_id from summons_task t
       where t.agency_id = $1 and t.role <> 'notify' and t.state not in ('draft', 'upheld', 'withdrawn'))`;

const MATTERS = `select id, coalesce(case_number, registration_number) as number from dispute where id = any ($1::uuid[])`;

const DEFINITION =
  '与统计指标同一口径：签收、联系、到场、反馈按时限起算日期归入期间，解决和满意按回访、评价日期归入期间，取本部门主办、协办过的事项。时限未到、未接通、未表态的不计；申诉成立的评分项不计，另列件数。';

/** 部门评分卡: in time or not and what the parties say, each part with its very cases. */
@Injectable()
export class AgencyCards {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly scores: ReadAgencyScores,
    private readonly papers: Papers,
  ) {}

  async one(agencyId: string, period: CardPeriod) {
    return this.unitOfWork.read(async (tx) => {
      await this.authorized(tx, agencyId, 'agency-cards.read');
      return this.card(tx, agencyId, spanOf(period, tx.now));
    });
  }

  /** Score, parts and tasks on one paper, as both screens say them. */
  async paper(agencyId: string, period: CardPeriod): Promise<{ bytes: Buffer; fileName: string }> {
    const { agency, card, now } = await this.unitOfWork.run(async (tx) => {
      const found = await this.authorized(tx, agencyId, 'agency-cards.print');
      const shown = await this.card(tx, agencyId, spanOf(period, tx.now));
      tx.audit({
        act: 'agency-cards.print',
        objectType: 'agency',
        objectId: agencyId,
        chain: found.centerId,
        details: { from: shown.from, to: shown.to },
      });
      return { agency: found, card: shown, now: tx.now };
    });
    const { from, to } = card;
    const { summary, definition, tasks } = await this.scores.ofAgency(agencyId, { from, to });
    const { bytes } = await this.papers.render(
      'agency-card',
      {
        issuer: agency.centerName,
        agency: agency.name,
        from,
        to,
        asOf: now.toISOString(),
        score: summary.mean === null ? '没有评过分的任务' : `${summary.mean}分`,
        scored: summary.scored,
        left: `异议成立${summary.upheld}件，撤哨${summary.withdrawn}件，未评分${summary.unrated}件`,
        parts: card.parts.map((p) => ({
          name: p.partName,
          share: p.of === 0 ? '—' : `${p.good}/${p.of}`,
          excused: p.excused,
        })),
        ...(tasks.length === 0
          ? {}
          : {
              tasks: tasks.map((task) => ({
                number: task.number,
                role: task.roleName,
                ratedOn: legalDateFromInstant(new Date(task.ratedAt)),
                points: task.parts.map((p) => `${p.partName}${p.points}×${p.weight}`).join('，'),
                score: task.score.toFixed(1),
                appeal: task.appealName ?? '—',
              })),
              weightsNames: [...new Set(tasks.map((task) => task.weightsName))].join('；'),
            }),
        scoreDefinition: definition,
        partsDefinition: card.definition,
      },
      { centerId: agency.centerId, createdAt: now, forSigning: true },
    );
    return { bytes, fileName: `部门评分卡-${agency.name}-${from}至${to}.pdf` };
  }

  /** An agency sees its tasks; of matters that it may not see it is told how many. */
  async cases(agencyId: string, { part, ...period }: CardPeriod & { readonly part: AgencyPart }) {
    return this.unitOfWork.read(async (tx) => {
      await this.authorized(tx, agencyId, 'agency-cards.read');
      const span = spanOf(period, tx.now);
      const own = (await this.all(tx, agencyId, span)).filter((c) => c.part === part);
      const isOwn = tx.actor.agencyIds.includes(agencyId);
      const matters = await tx.query<{ id: string; number: string }>(MATTERS, [own.map((c) => c.disputeId)]);
      const shown = own.flatMap((one) => {
        const matter = matters.find((m) => m.id === one.disputeId);
        if (one.taskId !== null)
          return [
            {
              one,
              number: one.number ?? '—',
              path: isOwn ? `/agency/tasks/${one.taskId}` : `/whistles/${one.summonsId ?? ''}`,
            },
          ];
        return matter === undefined ? [] : [{ one, number: matter.number, path: `/matters/${matter.id}` }];
      });
      return {
        partName: AGENCY_PARTS[part].name,
        ...span,
        hiddenCount: own.length - shown.length,
        items: shown
          .sort((a, z) => z.one.at.getTime() - a.one.at.getTime())
          .map(({ one, number, path }) => ({
            subjectId: one.subjectId,
            number,
            path,
            on: legalDateFromInstant(one.at),
            isGood: one.isGood,
            resultName: one.isExcused ? '申诉成立，不计' : one.isGood ? '达到' : '没有达到',
          })),
      };
    });
  }

  private async authorized(tx: Tx, agencyId: string, act: 'agency-cards.read' | 'agency-cards.print') {
    const agency = await tx.one<{ name: string; centerId: string; centerName: string }>(
      'select a.name, c.id as "centerId", c.name as "centerName" from agency a join center c on c.id = a.center_id where a.id = $1',
      [agencyId],
    );
    authorize(tx.actor, act, { centerId: agency.centerId, agencyIds: [agencyId] });
    return agency;
  }

  private async card(tx: Tx, agencyId: string, span: Span) {
    const cases = await this.all(tx, agencyId, span);
    return {
      ...span,
      definition: DEFINITION,
      parts: AGENCY_PART_KEYS.map((part) => {
        const own = cases.filter((c) => c.part === part);
        const counted = own.filter((c) => !c.isExcused);
        return {
          part,
          partName: AGENCY_PARTS[part].name,
          good: counted.filter((c) => c.isGood).length,
          of: counted.length,
          excused: own.length - counted.length,
        };
      }),
    };
  }

  private async all(tx: Tx, agencyId: string, { from, to }: Span): Promise<AgencyCase[]> {
    const asked = [agencyId, startOfDay(from), endOfDay(to), tx.now];
    const codes = (ofTasks: boolean): number[] =>
      AGENCY_PART_KEYS.filter((key) => AGENCY_PARTS[key].isOfTask === ofTasks).map((key) => AGENCY_PARTS[key].code);
    return tx.asSystem(async () => {
      const rows = [
        ...(await tx.query<Omit<AgencyCase, 'part'> & { figure: number }>(OF_TASKS, [...asked, codes(true)])),
        ...(await tx.query<Omit<AgencyCase, 'part'> & { figure: number }>(OF_PARTIES, [...asked, codes(false)])),
      ];
      return rows.flatMap(({ figure, ...row }) => {
        const part = AGENCY_PART_KEYS.find((key) => AGENCY_PARTS[key].code === figure);
        return part === undefined ? [] : [{ ...row, part }];
      });
    });
  }
}
