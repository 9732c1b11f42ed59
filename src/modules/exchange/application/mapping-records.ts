import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../platform/database';
import { CHANNELS, OUTCOMES, RISK_LEVELS, DISPUTE_TYPES } from '../../disputes';
import { type PaperParty, Parties } from '../../parties';
import type { MappedRecord, MappingTarget } from '../domain/mapping-columns';

/** One file: reports go by the week or month, and every row opens ciphers. */
export const MOST_RECORDS = 500;

const SATISFACTIONS: Readonly<Record<string, string>> = {
  satisfied: '满意',
  'mostly-satisfied': '基本满意',
  dissatisfied: '不满意',
  'no-answer': '未表态',
};
const SETTLED = ['agreement', 'oral-agreement', 'settled', 'solved'];

type Row = Omit<MappedRecord, 'organizations' | 'isSettled' | `applicant${string}` | `respondent${string}`> & {
  readonly id: string;
  readonly channel: string;
  readonly outcome: string | null;
  readonly riskLevel: string | null;
  readonly disputeType: string | null;
  readonly satisfaction: string | null;
  readonly agreementKind: string | null;
};

const day = (instant: string): string => `((${instant}) at time zone 'Asia/Shanghai')::date::text`;

export interface RecordQuestion {
  readonly centerId: string;
  readonly target: MappingTarget;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
}

/** Reads closed matters of a center as records for other systems, within what the reader may read. */
@Injectable()
export class MappingRecords {
  constructor(private readonly parties: Parties) {}

  async read(tx: Tx, { centerId, target, from, to, limit }: RecordQuestion): Promise<MappedRecord[]> {
    const rows = await tx.query<Row>(
      `select d.id, d.registration_number as "registrationNumber", d.case_number as "caseNumber", d.upstream_number as "upstreamNumber",
              d.title, d.channel, d.dispute_type as "disputeType", ${day('d.registered_at')} as "registeredOn",
              ${day('d.accepted_at')} as "acceptedOn", ${day('d.closed_at')} as "closedOn", d.place, v.name as "placeUnit",
              d.risk_level as "riskLevel", d.headcount, d.amount_fen::float8 as amount, n.narrative, n.requests, c.name as "centerName",
              m.name as "committeeName", h.display_name as "handlerName", u.name as "handlingUnitName",
              (select p.current_due_on::text from mediation_period p where p.dispute_id = d.id order by p.volume desc limit 1) as "dueOn",
              d.outcome, g.summary, a.kind as "agreementKind", a.number as "agreementNumber", a.effective_on::text as "agreementOn",
              (select f.satisfaction from follow_up_visit f where f.dispute_id = d.id and f.satisfaction is not null
                order by f.visited_at desc limit 1) as satisfaction,
              r.content as "replyContent", ${day('r.replied_at')} as "replyOn"
         from dispute d join center c on c.id = d.center_id join dispute_narrative n on n.dispute_id = d.id
         left join committee m on m.id = d.committee_id left join account h on h.id = d.handler_account_id
         left join org_unit_version v on v.unit_id = d.place_unit_id and v.valid_to is null
         left join org_unit_version u on u.unit_id = d.handling_unit_id and u.valid_to is null
         left join lateral (select summary from dispute_closing g where g.dispute_id = d.id order by g.closed_at desc limit 1) g on true
         left join lateral (select kind, number, effective_on from agreement a where a.dispute_id = d.id and a.effective_on is not null
           order by a.ordinal desc limit 1) a on true
         left join lateral (select content, replied_at from upstream_reply r where r.dispute_id = d.id order by r.replied_at desc limit 1) r on true
        where d.center_id = $1 and d.state in ('closed', 'followed-up', 'archived') and not d.is_sealed and not d.is_imported
          and ($2::date is null or d.closed_at >= $2::date::timestamp at time zone 'Asia/Shanghai')
          and ($3::date is null or d.closed_at < ($3::date + 1)::timestamp at time zone 'Asia/Shanghai')
          and ($4 <> 'hotline' or d.upstream_number is not null) and ($4 <> 'mediation' or d.case_number is not null)
        order by d.closed_at desc, d.id limit $5`,
      [centerId, from ?? null, to ?? null, target, limit],
    );
    const records: MappedRecord[] = [];
    for (const { id, ...row } of rows) records.push(recordOf(row, await this.parties.forPaper(tx, id)));
    return records;
  }
}

function recordOf(row: Omit<Row, 'id'>, parties: readonly PaperParty[]): MappedRecord {
  const named = (names: Readonly<Record<string, string>>, key: string | null): string | null =>
    key === null ? null : (names[key] ?? key);
  const applicant = parties.find((p) => p.side === 'applicant') ?? parties[0];
  const respondent = parties.find((p) => p.side === 'respondent') ?? parties.find((p) => p !== applicant);
  return {
    ...row,
    channel: named(CHANNELS, row.channel),
    disputeType: named(DISPUTE_TYPES, row.disputeType),
    riskLevel: named(RISK_LEVELS, row.riskLevel),
    outcome: named(OUTCOMES, row.outcome),
    isSettled: row.outcome === null ? null : SETTLED.includes(row.outcome),
    agreementKind: named({ written: '书面', oral: '口头' }, row.agreementKind),
    satisfaction: named(SATISFACTIONS, row.satisfaction),
    headcount: row.headcount ?? parties.length,
    organizations:
      parties
        .filter((p) => p.kind === 'organization')
        .map((p) => p.name)
        .join('、') || null,
    applicantName: applicant?.name ?? null,
    applicantDocumentKind: applicant?.documentKindName ?? null,
    applicantDocumentNumber: applicant?.residentId ?? applicant?.documentNumber ?? null,
    applicantSex: applicant?.sex ?? null,
    applicantEthnicity: applicant?.ethnicity ?? null,
    applicantPhone: applicant?.phone ?? null,
    applicantAddress: applicant?.address ?? null,
    respondentName: respondent?.name ?? null,
    respondentPhone: respondent?.phone ?? null,
    respondentAddress: respondent?.address ?? null,
  };
}
