import type { DemoPerson } from './demo-api';
import type { DemoCenter } from './demo-organizations';
import type { TravellingClock } from './travelling-clock';

type Fields = Readonly<Record<string, unknown>>;

export interface DemoMatter {
  readonly id: string;
  /** In the order of the list of parties. */
  readonly partyIds: readonly string[];
}

interface MediationDay {
  readonly from: string;
  readonly to: string;
  readonly place?: string;
  readonly mode?: string;
  readonly participantIds?: readonly string[];
  /** One for each party, in their order. */
  readonly statements: readonly string[];
  readonly explanation: string;
  readonly facts: readonly string[];
}

interface Named {
  readonly id: string;
}

/** The routine work of the demo center’s desks, each step by the one whose step it is. */
export class DemoDesk {
  constructor(
    readonly base: string,
    readonly center: DemoCenter,
    readonly clock: TravellingClock,
  ) {}

  /** Registers and triages a matter. */
  async register(fields: Fields, triage: Fields): Promise<DemoMatter> {
    const { id } = await this.center.person('shouli').post('/disputes', { centerId: this.center.centerId, ...fields });
    await this.center.person('diaodu').post(`/disputes/${id}/triage`, { isDuplicateChecked: true, ...triage });
    const { items } = await this.center
      .person('shouli')
      .get<{ items: readonly { id: string; ordinal: number }[] }>(`/disputes/${id}/parties`);
    return { id, partyIds: [...items].sort((a, b) => a.ordinal - b.ordinal).map((p) => p.id) };
  }

  /** Registers, triages to the committee and accepts. */
  async accept(fields: Fields, triage: Fields): Promise<DemoMatter> {
    const matter = await this.register(fields, { route: 'mediation', committeeId: this.center.committeeId, ...triage });
    await this.center.person('diaodu').post(`/disputes/${matter.id}/acceptance`, { opinion: '同意受理。' });
    return matter;
  }

  /** Asks one party and has the notice of rights and duties signed for. */
  async consent(partyId: string, answer: 'applied' | 'agreed', at: string, channel = 'in-person'): Promise<void> {
    this.clock.travelTo(at);
    const clerk = this.center.person('shouli');
    await clerk.post(`/parties/${partyId}/consents`, { answer, channel, askedAt: at });
    await clerk.post(`/parties/${partyId}/rights-notices`, { method: 'on-site', signedAt: at });
  }

  async consentOfAll({ partyIds }: DemoMatter, at: string): Promise<void> {
    for (const partyId of partyIds) await this.consent(partyId, 'agreed', at);
  }

  /** Names the host, and the recorder with her. */
  async assign({ id }: DemoMatter, host: string): Promise<void> {
    const director = this.center.person('tiaoweihui');
    for (const [loginName, capacity] of [
      [host, 'host'],
      ['jilu', 'recorder'],
    ] as const) {
      await director.post(`/disputes/${id}/assignments`, {
        accountId: this.center.person(loginName).accountId,
        capacity,
        chosenBy: 'committee',
        basis: '熟悉该类纠纷，与各方均无利害关系。',
      });
    }
  }

  async disclosesNothing({ id }: DemoMatter, mediator: DemoPerson): Promise<void> {
    const { items: assignments } = await mediator.get<{ items: readonly { id: string; capacity: string }[] }>(
      `/disputes/${id}/assignments`,
    );
    for (const { id: assignmentId } of assignments.filter((a) => a.capacity === 'host')) {
      await mediator.post(`/assignments/${assignmentId}/disclosures`, { kind: 'none' });
    }
  }

  /** One visit at home, heard by the mediator alone. */
  async hear(
    { id }: DemoMatter,
    mediator: DemoPerson,
    party: { readonly id: string; readonly name: string },
    words: string,
    day: string,
  ): Promise<void> {
    const startedAt = `${day}T15:00:00+08:00`;
    const endedAt = `${day}T15:50:00+08:00`;
    this.clock.travelTo(endedAt);
    const record = await mediator.post<Named & { version: number }>(`/disputes/${id}/investigation-records`, {
      ring: 'mediator',
      mode: 'home-visit',
      intervieweeKind: 'party',
      partyId: party.id,
      startedAt,
      place: `${party.name}家中`,
      present: ['社区工作人员云娜'],
    });
    await mediator.put(
      `/investigation-records/${record.id}/content`,
      {
        entries: [
          { kind: 'question', speaker: '刘慧', text: '请说说您的想法和难处。' },
          { kind: 'answer', speaker: party.name, text: words },
        ],
        endedAt,
      },
      record.version,
    );
    await mediator.post(`/investigation-records/${record.id}/confirmation`, { method: 'read' });
  }

  /** One session, from the plan to the confirmed record with the result 成功. */
  async mediate({ id }: DemoMatter, mediator: DemoPerson, day: MediationDay): Promise<void> {
    const { id: sessionId } = await mediator.post(`/disputes/${id}/sessions`, {
      startsAt: day.from,
      endsAt: day.to,
      mode: day.mode ?? 'on-site',
      ...(day.place === undefined ? {} : { place: day.place }),
      ...(day.participantIds === undefined ? {} : { participantIds: day.participantIds }),
    });
    this.clock.travelTo(day.from);
    await mediator.post(`/sessions/${sessionId}/start`);
    const { invitees } = await mediator.get<{ invitees: readonly { id: string; kind: string }[] }>(
      `/sessions/${sessionId}`,
    );
    await mediator.post(`/sessions/${sessionId}/attendance`, {
      attendance: invitees.map((i) => ({ inviteeId: i.id, arrivedAt: day.from })),
    });
    const parties = invitees.filter((i) => i.kind === 'party');
    await mediator.post(`/sessions/${sessionId}/entries`, {
      entries: [
        { ring: 'parties', kind: 'procedure', speaker: '主持人', text: '告知权利义务，宣布依次发言。' },
        ...parties.map((p, i) => ({
          ring: 'parties',
          kind: 'statement',
          inviteeId: p.id,
          text: day.statements[i] ?? '没有补充。',
        })),
        { ring: 'parties', kind: 'explanation', speaker: '主持人', text: day.explanation },
      ],
    });
    await mediator.post(`/sessions/${sessionId}/undisputed-facts`, { facts: day.facts });
    this.clock.travelTo(day.to);
    await mediator.post(`/sessions/${sessionId}/end`);
    await mediator.post(`/sessions/${sessionId}/result`, { result: 'agreed' });
    await mediator.post(`/sessions/${sessionId}/confirmation`, {
      confirmations: parties.map((p) => ({ inviteeId: p.id, method: 'read' })),
    });
  }

  /** Proposes and issues a whistle; its tasks come in the order of the agencies. */
  async blowWhistle(
    { id }: DemoMatter,
    at: string,
    agencies: readonly { agencyId: string; role: string }[],
    words: { brief: string; asks: readonly string[] },
  ): Promise<{ readonly id: string; readonly taskIds: readonly string[] }> {
    this.clock.travelTo(at);
    const dispatcher = this.center.person('diaodu');
    const summons = await dispatcher.post(`/disputes/${id}/summons`, {
      kind: 'progress',
      level: 'key',
      ground: 'livelihood',
      place: '新城区综治中心二号调解室',
      attendanceRequired: true,
      agencies,
      ...words,
    });
    await this.center.person('zhuren').post(`/summons/${summons.id}/issuance`);
    const { tasks } = await dispatcher.get<{ tasks: readonly { id: string; agencyId: string }[] }>(
      `/summons/${summons.id}`,
    );
    return { id: summons.id, taskIds: agencies.map((a) => tasks.find((t) => t.agencyId === a.agencyId)?.id ?? '') };
  }

  /** An agency’s person signs in with the code shown in the room, works, and answers every ask. */
  async answerWhistle(summonsId: string, liaison: DemoPerson, taskId: string, personName: string): Promise<void> {
    const { code } = await this.center.person('diaodu').post<{ code: string }>(`/summons/${summonsId}/sign-in-codes`);
    await liaison.post(`/summons-tasks/${taskId}/arrival`, { code, personName, rank: 'section-head' });
    await liaison.post(`/summons-tasks/${taskId}/handling`);
    await liaison.post(`/summons-tasks/${taskId}/feedback`, {
      result: 'resolved',
      ground: '《国有土地上房屋征收与补偿条例》第十五条、第十九条。',
      answers: [
        { ask: 1, answer: '已调取档案，面积以二〇一九年测绘成果为准。' },
        { ask: 2, answer: '已向当事人当面说明补偿标准和计算过程。' },
      ],
    });
  }

  /** The center confirms what an agency answered, scores it, asks the party, and closes the task. */
  async settleWhistle(taskId: string): Promise<void> {
    const leader = this.center.person('zhiban');
    await leader.post(`/summons-tasks/${taskId}/confirmation`, { opinion: '反馈属实，当事人认可。' });
    await leader.post(`/summons-tasks/${taskId}/rating`, { effect: 90, remark: '答复清楚。' });
    await this.center.person('huifang').post(`/summons-tasks/${taskId}/party-rating`, { satisfaction: 'satisfied' });
    await leader.post(`/summons-tasks/${taskId}/closing`);
  }

  /** Signs for the transfer that waits on a matter. */
  async receiveTransfer({ id }: DemoMatter, receiver: DemoPerson, at: string): Promise<void> {
    this.clock.travelTo(at);
    const { transfers } = await receiver.get<{ transfers: readonly { id: string }[] }>(`/disputes/${id}/course`);
    await receiver.post(`/transfers/${transfers.at(-1)?.id ?? ''}/receipt`);
  }

  async close({ id }: DemoMatter, outcome: string, summary: string, partyWords?: string): Promise<void> {
    const confirmation = partyWords === undefined ? {} : { confirmedBy: 'phone', partyWords };
    await this.center.person('zhiban').post(`/disputes/${id}/closing`, { outcome, summary, ...confirmation });
  }

  async followUp({ id }: DemoMatter, situation: string): Promise<void> {
    await this.center.person('huifang').post(`/disputes/${id}/follow-ups`, {
      mode: 'phone',
      isReached: true,
      isPerformed: true,
      isSolved: true,
      satisfaction: 'satisfied',
      situation,
    });
  }
}
