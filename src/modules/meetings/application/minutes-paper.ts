import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hidePersonalNumbers, legalDateFromInstant, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Uuid } from '../../../platform/http';
import { PaperSources, type PaperSubject, present } from '../../documents';
import { MeetingMinutes, MinutesParameters } from '../../summons';
import { countInWords, countVotes } from '../domain/decisions';
import { DECISION_RULES, DECISIONS, RANKS, UNIT_ROLES, type Vote, VOTES } from '../domain/dictionaries';
import { Meeting, type MeetingItem, type MeetingTask, type MeetingUnit } from '../persistence/meeting.entity';

class MinutesOfMeetingParameters extends MinutesParameters {
  @Uuid({
    label: '会商',
    optional: true,
    description: '不填为最近一次已确认纪要的会商；没有会商记录的，按吹哨的到场和反馈出具',
  })
  meetingId?: string;
}

interface VoiceRow {
  readonly itemId: string;
  readonly unitId: string;
  readonly vote: Vote | null;
  readonly words: string | null;
}

/** Source of 会商会议纪要: the record of the meeting; where agencies only came on a whistle, what they fed back there. */
@Injectable()
export class MinutesPaper implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly ofWhistle: MeetingMinutes,
  ) {}

  onModuleInit(): void {
    this.sources.register('joint-meeting-minutes', {
      stage: 'agencies',
      act: 'summons.print-minutes',
      parameters: MinutesOfMeetingParameters,
      load: (tx, disputeId, parameters) => this.load(tx, disputeId, parameters),
    });
  }

  private async load(tx: Tx, disputeId: string, asked: MinutesOfMeetingParameters): Promise<PaperSubject> {
    const [latest] =
      asked.meetingId === undefined && asked.summonsId === undefined
        ? await tx.query<{ id: string }>(
            `select id from meeting where dispute_id = $1 and state = 'confirmed' order by confirmed_at desc, id desc limit 1`,
            [disputeId],
          )
        : [];
    const meetingId = asked.meetingId ?? latest?.id;
    if (meetingId === undefined) return this.ofWhistle.load(tx, disputeId, asked);
    const meeting = await tx.get(Meeting, meetingId);
    if (meeting.disputeId !== disputeId || meeting.confirmedAt === null) {
      throw ruleViolation(
        'meetings.not-confirmed',
        '会商纪要还没有经主持人确认，不能出具。请先由主持人确认纪要。',
        '/parameters/meetingId',
      );
    }
    return this.ofRecord(tx, meeting);
  }

  private async ofRecord(tx: Tx, meeting: Meeting): Promise<PaperSubject> {
    const { center, registration } = await tx.one<{ center: string; registration: string }>(
      `select c.name as center, d.registration_number as registration
         from center c, dispute d where c.id = $1 and d.id = $2`,
      [meeting.centerId, meeting.disputeId],
    );
    const units = await tx.query<MeetingUnit>(
      `select id, name, role, arrived_at as "arrivedAt", arrived_person as "arrivedPerson", arrived_rank as "arrivedRank", reservation
         from meeting_unit where meeting_id = $1 order by ordinal`,
      [meeting.id],
    );
    const items = await tx.query<MeetingItem>(
      `select id, subject, decision, decision_words as "decisionWords", decided_by_rule as "decidedByRule"
         from meeting_item where meeting_id = $1 order by ordinal`,
      [meeting.id],
    );
    const voices = await tx.query<VoiceRow>(
      `select item_id as "itemId", unit_id as "unitId", vote, words from meeting_voice where meeting_id = $1 order by recorded_at, id`,
      [meeting.id],
    );
    const tasks = await tx.query<MeetingTask>(
      `select unit_id as "unitId", person_name as "personName", what, due_on as "dueOn" from meeting_task
        where meeting_id = $1 order by ordinal`,
      [meeting.id],
    );
    const nameOf = (unitId: string): string => units.find((u) => u.id === unitId)?.name ?? '';
    const reservations = units.flatMap(({ name, reservation }) =>
      reservation === null ? [] : [{ name, reservation }],
    );
    return {
      title: '会商会议纪要',
      number: null,
      names: units.map((u) => u.name),
      copies: units.length + 1,
      subjectType: 'meeting',
      subjectId: meeting.id,
      data: {
        number: `第${meeting.ordinal}次会商`,
        matterNumber: registration,
        issuer: center,
        heldAt: (meeting.openedAt ?? meeting.meetAt).toISOString(),
        place: meeting.place,
        chair: meeting.chairName,
        chairSlot: 'chair',
        ...present({ recorder: meeting.recorderName }),
        rule: DECISION_RULES[meeting.rule],
        brief: hidePersonalNumbers(meeting.topic),
        units: units.map(({ name, role, arrivedAt, arrivedPerson, arrivedRank }, i) => ({
          slot: `unit-${i + 1}`,
          name,
          role: UNIT_ROLES[role],
          ...present({
            person: arrivedPerson,
            rank: arrivedRank && RANKS[arrivedRank],
            arrivedAt: arrivedAt?.toISOString(),
          }),
        })),
        asks: items.map((item) => {
          const said = voices.filter((v) => v.itemId === item.id);
          return {
            text: item.subject,
            ...present({ opinions: opinions(units, said), decision: decision(item, units, said) }),
          };
        }),
        ...(tasks.length === 0
          ? {}
          : {
              tasks: tasks.map(({ unitId, personName, what, dueOn }) => ({
                unit: nameOf(unitId),
                person: personName,
                what,
                dueOn,
              })),
            }),
        ...(reservations.length === 0 ? {} : { reservations }),
        ...present({ conclusion: meeting.conclusion }),
        issuedOn: legalDateFromInstant(tx.now),
      },
    };
  }
}

/** The last vote and the last words of each unit, in the order of the list. */
function opinions(units: readonly MeetingUnit[], said: readonly VoiceRow[]): string | null {
  const lines = units.flatMap(({ id, name }) => {
    const own = said.filter((v) => v.unitId === id);
    const vote = own.filter((v) => v.vote !== null).at(-1)?.vote ?? null;
    const words = own.filter((v) => v.words !== null).at(-1)?.words ?? null;
    if (vote === null && words === null) return [];
    return [`${name}${vote === null ? '' : `（${VOTES[vote]}）`}：${words ?? '无补充意见。'}`];
  });
  return lines.length === 0 ? null : lines.join('\n');
}

/** `通过（过半数同意；同意2家…）：由住建局牵头…` */
function decision(item: MeetingItem, units: readonly MeetingUnit[], said: readonly VoiceRow[]): string | null {
  if (item.decision === null || item.decidedByRule === null) return null;
  const voters = units.filter((u) => u.arrivedAt !== null && u.role !== 'attend');
  const votes = voters.map((u) => said.filter((v) => v.unitId === u.id && v.vote !== null).at(-1)?.vote ?? null);
  return `${DECISIONS[item.decision]}（${DECISION_RULES[item.decidedByRule]}；${countInWords(countVotes(votes))}）：${item.decisionWords ?? ''}`;
}
