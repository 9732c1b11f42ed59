import { Injectable, type OnModuleInit } from '@nestjs/common';
import { formatLegalDateCn, legalDateFromInstant, notFound, ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Uuid } from '../../../platform/http';
import { Dispute } from '../../disputes';
import { PaperSources, type PaperSubject } from '../../documents';
import { Organizations } from '../../organizations';
import { Parties } from '../../parties';
import { ENTRY_KINDS, INTERVIEWEE_KINDS, type SessionResult } from '../domain/dictionaries';
import { InvestigationRecord } from '../persistence/investigation.entity';
import { loadInvitees } from '../persistence/session-rows';
import { MediationSession, type SessionEntry, type SessionInvitee } from '../persistence/session.entity';
import { RECORD_SUBJECT } from './investigate';

class RecordParameters {
  @Uuid({ label: '调查记录' })
  recordId!: string;
}

class SessionParameters {
  @Uuid({ label: '调解会' })
  sessionId!: string;
}

const RESULT_ON_PAPER: Readonly<Record<SessionResult, string>> = {
  agreed: 'success',
  'not-agreed': 'failure',
  'to-be-continued': 'ongoing',
};

/**
 * Sources of 调查记录 and 调解记录. A paper goes into a file that all parties may read: only the ring `parties` is
 * printed, and concessions never are (人民法院特邀调解规定第二十二条).
 */
@Injectable()
export class SessionPapers implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
    private readonly parties: Parties,
  ) {}

  onModuleInit(): void {
    this.sources.register('investigation-record', {
      stage: 'mediation',
      act: 'investigations.print',
      parameters: RecordParameters,
      load: (tx, disputeId, parameters) =>
        this.investigation(tx, disputeId, (parameters as unknown as RecordParameters).recordId),
    });
    this.sources.register('mediation-record', {
      stage: 'mediation',
      act: 'sessions.print',
      parameters: SessionParameters,
      load: (tx, disputeId, parameters) =>
        this.session(tx, disputeId, (parameters as unknown as SessionParameters).sessionId),
    });
  }

  private async investigation(tx: Tx, disputeId: string, recordId: string): Promise<PaperSubject> {
    const record = await tx.get(InvestigationRecord, recordId);
    if (record.disputeId !== disputeId) throw notFound();
    if (record.ring !== 'parties') {
      throw ruleViolation(
        'investigations.not-for-parties',
        '该记录不是“各方可见”，不能出具文书。需要入卷的，请另作各方可见的记录。',
        '/parameters/recordId',
      );
    }
    const isOpen = record.state === 'draft' || record.state === 'confirmed';
    if (!isOpen || record.entries.length === 0 || record.confirmation === 'refused') {
      throw ruleViolation(
        'investigations.not-to-print',
        '该记录没有内容、已作废、已有新版本，或被调查人拒绝核对，不能出具。请核对后重新选择。',
        '/parameters/recordId',
      );
    }
    const matter = await this.matter(tx, disputeId);
    const person =
      record.intervieweeKind === 'party'
        ? (await this.parties.forPaper(tx, disputeId)).find((p) => p.id === record.partyId)
        : undefined;
    const { dialogue, statement } = dialogueOf(record);
    return {
      title: `调查记录（${record.intervieweeName}）`,
      number: matter.number,
      names: [record.intervieweeName],
      committeeId: matter.committeeId,
      subjectType: RECORD_SUBJECT,
      subjectId: record.id,
      data: {
        number: matter.number,
        committee: matter.committee,
        disputeName: matter.title,
        startedAt: record.startedAt.toISOString(),
        ...optional('endedAt', record.endedAt?.toISOString()),
        place: record.place,
        person: {
          slot: 'interviewee',
          name: record.intervieweeName,
          ...optional('sex', person?.sex),
          ...optional('ethnicity', person?.ethnicity),
          ...optional('age', person?.age),
          ...optional('idNumber', person?.residentId ?? person?.documentNumber),
          ...optional('phone', person?.phone),
          ...optional('address', person?.address),
          relation:
            record.intervieweeKind === 'party'
              ? record.relation
              : `${INTERVIEWEE_KINDS[record.intervieweeKind]}，${record.relation}`,
        },
        ...optional('participants', record.present.length === 0 ? undefined : record.present.join('、')),
        dialogue,
        ...optional('statement', statement),
        readMode: record.confirmation ?? 'read',
        investigators: record.investigatorNames.map((name, i) => ({ slot: `investigator-${i + 1}`, name })),
        ...(record.interpreterName === null
          ? {}
          : { interpreter: { slot: 'interpreter', name: record.interpreterName } }),
        recorder: { slot: 'recorder', name: record.recorderName },
        recordedOn: legalDateFromInstant(record.endedAt ?? record.startedAt),
      },
    };
  }

  private async session(tx: Tx, disputeId: string, sessionId: string): Promise<PaperSubject> {
    const session = await tx.get(MediationSession, sessionId);
    if (session.disputeId !== disputeId) throw notFound();
    const { result, startedAt, recordedAt } = session;
    if (result === null || startedAt === null || recordedAt === null) {
      throw ruleViolation(
        'sessions.not-to-print',
        '该次调解会还没有记录结果，不能出具调解记录。请先记录结果。',
        '/parameters/sessionId',
      );
    }
    const matter = await this.matter(tx, disputeId);
    const invitees = await loadInvitees(tx, disputeId, sessionId);
    const entries = await tx.query<Pick<SessionEntry, 'kind' | 'speaker' | 'text'>>(
      `select kind, speaker, text from session_entry
        where dispute_id = $1 and session_id = $2 and ring = 'parties' and struck_at is null order by ordinal`,
      [disputeId, sessionId],
    );
    const facts = await tx.query<{ text: string }>(
      'select text from session_fact where dispute_id = $1 and session_id = $2 and retracted_at is null order by ordinal',
      [disputeId, sessionId],
    );
    const came = invitees.filter((i) => i.arrivedAt !== null);
    const mediators = came.filter((i) => i.kind === 'mediator');
    const recorder = came.find((i) => i.kind === 'recorder') ?? mediators[0];
    const parties = await this.attending(tx, disputeId, invitees);
    const others = came.filter((i) => i.kind === 'participant' || i.kind === 'agency');
    return {
      title: `调解记录（第${session.ordinal}次）`,
      number: matter.number,
      names: parties.map((p) => p.name),
      committeeId: matter.committeeId,
      subjectType: 'session',
      subjectId: session.id,
      data: {
        number: matter.number,
        committee: matter.committee,
        disputeName: matter.title,
        session: session.ordinal,
        startedAt: startedAt.toISOString(),
        ...optional('endedAt', session.endedAt?.toISOString()),
        place: session.place,
        publicity: session.publicity === 'public' ? 'public' : 'private',
        parties,
        ...optional('participants', others.length === 0 ? undefined : others.map(attendance).join('；')),
        ...optional('agreedFacts', facts.length === 0 ? undefined : facts.map((f) => f.text).join('\n')),
        record: entries.map(({ kind, speaker, text }) => `${speaker}（${ENTRY_KINDS[kind]}）：${text}`).join('\n'),
        result: RESULT_ON_PAPER[result],
        ...optional(
          'nextStep',
          session.nextAt === null ? undefined : `${formatLegalDateCn(legalDateFromInstant(session.nextAt))}继续调解。`,
        ),
        mediators: mediators.map(({ name }, i) => ({ slot: `mediator-${i + 1}`, name })),
        recorder: { slot: 'recorder', name: recorder?.name ?? '' },
        recordedOn: legalDateFromInstant(recordedAt),
      },
    };
  }

  /** The parties who took part, themselves or through somebody; all who were asked where nobody came. */
  private async attending(tx: Tx, disputeId: string, invitees: readonly SessionInvitee[]) {
    const parties = await this.parties.list(tx, disputeId);
    const of = (partyId: string, kind: SessionInvitee['kind']) =>
      invitees.filter((i) => i.partyId === partyId && i.kind === kind && i.arrivedAt !== null);
    const invited = parties.filter((p) => invitees.some((i) => i.partyId === p.id));
    const present = invited.filter((p) => of(p.id, 'party').length + of(p.id, 'representative').length > 0);
    return (present.length === 0 ? invited : present).map((party) => {
      const by = of(party.id, 'representative').map((i) => i.name);
      return {
        slot: `party-${party.ordinal}`,
        name: party.name,
        ...optional('attendedBy', by.length === 0 ? undefined : by.join('、')),
      };
    });
  }

  private async matter(tx: Tx, disputeId: string) {
    const dispute = await tx.get(Dispute, disputeId);
    const { committeeId } = dispute;
    if (committeeId === null) {
      throw ruleViolation('sessions.no-committee', '该事项还没有受理的人民调解委员会，不能出具记录。', '/templateId');
    }
    const committee = await this.organizations.committee(tx, committeeId);
    return {
      title: dispute.title,
      number: dispute.caseNumber ?? dispute.registrationNumber,
      committeeId,
      committee: committee.name,
    };
  }
}

/** Questions with their answers where they alternate; anything else is printed as running text, nothing is left out. */
function dialogueOf({ entries }: InvestigationRecord): {
  dialogue: { question: string; answer: string }[];
  statement?: string;
} {
  const alternates =
    entries.length % 2 === 0 && entries.every(({ kind }, i) => kind === (i % 2 === 0 ? 'question' : 'answer'));
  if (!alternates) {
    const mark = { question: '问：', answer: '答：', statement: '' } as const;
    return {
      dialogue: [],
      statement: entries.map(({ kind, speaker, text }) => `${mark[kind] || `${speaker}：`}${text}`).join('\n'),
    };
  }
  const dialogue = entries.flatMap(({ text }, i) =>
    i % 2 === 0 ? [{ question: text, answer: entries[i + 1]?.text ?? '' }] : [],
  );
  return { dialogue };
}

function attendance({ kind, name, roleName }: SessionInvitee): string {
  return kind === 'participant' ? `${roleName}${name}（经各方当事人同意邀请）` : name;
}

function optional<Value>(key: string, value: Value | null | undefined): Record<string, Value> {
  return value === null || value === undefined ? {} : { [key]: value };
}
