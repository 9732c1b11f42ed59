import { uuidv7 } from '../../src/platform/database';
import { Chores } from '../../src/platform/chores';
import { must } from './builders';
import { onScreen } from '../e2e/agreements/stage';
import { jpeg, pdf } from './files';
import { residentIdOf } from './parties';
import type { Caller, TestApp } from './test-app';

/**
 * Words that stand in one matter alone, by who may read them:
 * - `header`: its title
 * - `content`: narrative, people, records, notes, files, papers
 * - `mediator`: the ring of those who serve on it
 * - `brief`: what the summoned agencies are told
 * - `reply`: what the leading agency answered
 */
export type MarkKind = 'header' | 'content' | 'mediator' | 'brief' | 'reply';
export type Marks = Readonly<Record<MarkKind, string>>;

/**
 * Who sees an object that hangs on a matter: whoever sees its header, its content, those who serve on it as mediator or
 * recorder, or its mediators alone; `agencyIds` name the summoned agencies that see it beside.
 */
export interface FixtureObject {
  readonly id: string;
  readonly sight: 'header' | 'full' | 'serving' | 'mediators';
  readonly agencyIds?: readonly string[];
}

/** A matter with everything that hangs on it, built through the API. */
export interface FixtureMatter {
  readonly name: string;
  readonly disputeId: string;
  readonly marks: Marks;
  /** By the first segment of the path under which the object is met. */
  readonly objects: ReadonlyMap<string, readonly FixtureObject[]>;
  /** Values of further path parameters, by their name. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Personal numbers that stand in the matter; none may ever be answered whole but by a reveal. */
  readonly canaries: readonly string[];
  /** A link given to its first party for signing, where an agreement is being signed. */
  readonly linkToken: string | null;
}

/** Who acts for a matter: keys of the world's accounts. */
export interface Cast {
  readonly centerId: string;
  readonly intake: string;
  readonly dispatcher: string;
  readonly dutyLeader: string;
  readonly committeeId?: string;
  readonly mediator?: string;
  readonly recorder?: string;
  /** Summoned agencies with the account that answers for each; the first leads. */
  readonly agencies?: readonly { readonly id: string; readonly account: string }[];
}

const TWINS = ['甪端', '獬豸', '貔貅', '饕餮', '鼋鼍', '鸱鸮', '魑魅', '虺蜴', '鹡鸰', '蟪蛄', '鹪鹩', '螽斯'];
let serial = 0;

function newMarks(): Marks {
  serial += 1;
  const word = TWINS[serial - 1];
  if (word === undefined) throw new Error('More fixture matters than marker words');
  return {
    header: `${word}甲记`,
    content: `${word}乙记`,
    mediator: `${word}丙记`,
    brief: `${word}丁记`,
    reply: `${word}戊记`,
  };
}

const idOf = (reply: Parameters<typeof must>[0], status = 201): string => must<{ id: string }>(reply, status).id;

/** Builds one matter step by step; each step leaves its objects in the registry. */
export class FixtureBuilder {
  readonly marks = newMarks();
  private readonly objects = new Map<string, FixtureObject[]>();
  private readonly parameters: Record<string, string> = {};
  private readonly canaries: string[] = [];
  private readonly own = serial;
  private disputeId = '';
  private partyIds: string[] = [];
  private linkToken: string | null = null;

  constructor(
    private readonly t: TestApp,
    private readonly name: string,
    private readonly cast: Cast,
  ) {}

  async registered(): Promise<this> {
    const { content, header } = this.marks;
    const person = (n: number, side: string): object => {
      const residentId = residentIdOf(`19${60 + this.own}0${n}17`, 100 + this.own * 2);
      const phone = `1390471${String(this.own).padStart(2, '0')}${n}3`;
      this.canaries.push(residentId, phone);
      return { kind: 'person', side, name: `${content}${n}`, residentId, phone, address: `新城区${content}路${n}号` };
    };
    const intake = await this.by('intake');
    this.disputeId = idOf(
      await intake.post('/disputes', {
        centerId: this.cast.centerId,
        channel: 'visit',
        title: `${header}之争`,
        narrative: `${content}：双方各执一词。`.repeat(2),
        requests: `请求调解${content}。`,
        parties: [person(1, 'applicant'), person(2, 'respondent')],
      }),
    );
    this.keep('disputes', { id: this.disputeId, sight: 'header' });
    const { items } = must<{ items: { id: string; ordinal: number }[] }>(
      await intake.get(`/disputes/${this.disputeId}/parties`),
      200,
    );
    this.partyIds = items.sort((a, b) => a.ordinal - b.ordinal).map((p) => p.id);
    this.keep('parties', { id: this.partyIds[0] ?? '', sight: 'full' });
    return this;
  }

  async triaged(fields: object = {}): Promise<this> {
    must(
      await (
        await this.by('dispatcher')
      ).post(`/disputes/${this.disputeId}/triage`, {
        nature: 'civil',
        route: 'mediation',
        committeeId: this.cast.committeeId,
        isDuplicateChecked: true,
        opinion: `研判${this.marks.content}。`,
        ...fields,
      }),
      200,
    );
    return this;
  }

  /** What the counter writes beside the parties: contacts, a proxy, a representative with his list, a notice, a paper, files. */
  async documented(): Promise<this> {
    const { content } = this.marks;
    const intake = await this.by('intake');
    const [first = '', second = ''] = this.partyIds;
    const at = this.now();
    const phone = `1370471${String(this.own).padStart(2, '0')}77`;
    this.canaries.push(phone);
    must(
      await intake.post(`/parties/${first}/contact-attempts`, {
        at,
        channel: 'phone',
        contacted: 'party',
        outcome: 'reached',
        note: `${content}已联系。`,
      }),
      201,
    );
    must(
      await intake.post(`/parties/${first}/representatives`, {
        kind: 'entrusted',
        name: `${content}律师`,
        phone,
        scope: ['attend', 'sign'],
        validFrom: '2026-01-01',
        validTo: '2027-12-31',
        authorityNote: '授权委托书原件存卷',
      }),
      201,
    );
    must(
      await intake.post(`/parties/${second}/representatives`, {
        kind: 'elected',
        name: `${content}代表`,
        scope: ['attend', 'sign'],
        validFrom: '2026-01-01',
        validTo: '2027-12-31',
        authorityNote: '推选书原件存卷',
      }),
      201,
    );
    const { items } = must<{ items: { id: string; representatives: { id: string }[] }[] }>(
      await intake.get(`/disputes/${this.disputeId}/parties`),
      200,
    );
    const representative = items.find((p) => p.id === first)?.representatives[0]?.id ?? '';
    this.keep('representatives', { id: representative, sight: 'full' });
    const ward = residentIdOf(`1970040${1 + (this.own % 9)}`, 300 + this.own);
    this.canaries.push(ward);
    must(
      await intake.post(`/parties/${second}/represented-persons`, {
        persons: [{ name: `${content}被代表`, residentId: ward, amountFen: 100_00 }],
      }),
      201,
    );
    const [person] = await this.t.sql<{ id: string }>('select id from represented_person where dispute_id = $1', [
      this.disputeId,
    ]);
    this.keep('represented-persons', { id: person?.id ?? '', sight: 'full' });

    must(
      await intake.post(`/disputes/${this.disputeId}/one-time-notices`, {
        items: [{ name: `${content}证明`, note: '原件' }],
        form: 'paper',
        dueOn: '2026-12-01',
      }),
      201,
    );
    const [row] = await this.t.sql<{ id: string }>('select id from one_time_notice where dispute_id = $1', [
      this.disputeId,
    ]);
    this.parameters['noticeId'] = row?.id ?? '';

    this.keep('attachments', { id: await this.attach(intake, 'center'), sight: 'full' });
    if ((await intake.post(`/disputes/${this.disputeId}/slips`, { partyId: first })).status !== 200)
      throw new Error('No slip was issued');
    const [access] = await this.t.sql<{ id: string }>('select id from portal_access where dispute_id = $1', [
      this.disputeId,
    ]);
    this.parameters['accessId'] = access?.id ?? '';
    const paper = must<{ id: string; verificationCode: string }>(
      await intake.post(`/disputes/${this.disputeId}/papers`, {
        templateId: 'one-time-notice',
        parameters: {
          applicant: `${content}一`,
          kind: 'supplement',
          materials: [{ name: `${content}证明`, form: '原件1份' }],
          office: '一楼综合受理窗口，工作日9时至17时',
        },
      }),
      201,
    );
    this.keep('papers', { id: paper.id, sight: 'full' });
    this.parameters['code'] = paper.verificationCode;
    const noteOfCenter = must<{ id: string }>(
      await intake.post(`/disputes/${this.disputeId}/notes`, { ring: 'center', text: `工作笔记${content}。` }),
      201,
    );
    this.keep('notes', { id: noteOfCenter.id, sight: 'full' });
    const urged = await (
      await this.by('dutyLeader')
    ).post(`/disputes/${this.disputeId}/urgings`, { reason: `请抓紧办理${this.marks.header}。` });
    this.keep('supervisions', { id: idOf(urged), sight: 'header' });
    return this;
  }

  /** Accepted, consented to and with its mediators named. */
  async assigned(): Promise<this> {
    const { mediator, recorder, committeeId } = this.cast;
    const dispatcher = await this.by('dispatcher');
    const intake = await this.by('intake');
    must(await dispatcher.post(`/disputes/${this.disputeId}/acceptance`, { committeeId }), 200);
    for (const id of this.partyIds) {
      must(
        await intake.post(`/parties/${id}/consents`, { answer: 'agreed', channel: 'in-person', askedAt: this.now() }),
        201,
      );
      must(await intake.post(`/parties/${id}/rights-notices`, { method: 'on-site', signedAt: this.now() }), 201);
    }
    const people = [
      ...(mediator === undefined ? [] : [{ key: mediator, capacity: 'host' }]),
      ...(recorder === undefined ? [] : [{ key: recorder, capacity: 'recorder' }]),
    ];
    for (const { key, capacity } of people) {
      must(
        await dispatcher.post(`/disputes/${this.disputeId}/assignments`, {
          accountId: this.t.world.account(key).id,
          capacity,
          chosenBy: 'committee',
          basis: `熟悉${this.marks.header}`,
        }),
        201,
      );
    }
    const [host] = await this.t.sql<{ id: string }>(
      "select id from assignment where dispute_id = $1 and capacity = 'host'",
      [this.disputeId],
    );
    this.keep('assignments', { id: host?.id ?? '', sight: 'header' });
    return this;
  }

  /** What the mediator writes: investigation, notes and files in the rings, an invited participant. */
  async investigated(): Promise<this> {
    const { content, mediator: inner } = this.marks;
    const mediator = await this.by('mediator');
    for (const [ring, word, sight] of [
      ['parties', content, 'full'],
      ['mediator', inner, 'serving'],
    ] as const) {
      const record = idOf(
        await mediator.post(`/disputes/${this.disputeId}/investigation-records`, {
          ring,
          mode: 'home-visit',
          intervieweeKind: 'party',
          partyId: this.partyIds[0],
          startedAt: this.now(),
          place: `${word}家中`,
        }),
      );
      must(
        await mediator.put(
          `/investigation-records/${record}/content`,
          { entries: [{ kind: 'answer', speaker: '某某', text: `${word}是父母留下的。` }] },
          1,
        ),
        200,
      );
      this.keep('investigation-records', { id: record, sight });
      this.keep('preparation-points', {
        id: idOf(
          await mediator.post(`/disputes/${this.disputeId}/preparation-points`, {
            ring,
            kind: 'issue',
            text: `${word}归谁所有。`,
          }),
        ),
        sight,
      });
      this.keep('attachments', {
        id: await this.attach(mediator, ring),
        sight: ring === 'mediator' ? 'mediators' : sight,
      });
    }
    this.keep('notes', {
      id: idOf(await mediator.post(`/disputes/${this.disputeId}/notes`, { ring: 'mediator', text: `${inner}底线。` })),
      sight: 'serving',
    });
    this.keep('participants', {
      id: idOf(
        await mediator.post(`/disputes/${this.disputeId}/participants`, {
          kind: 'lawyer',
          name: `${content}白雪`,
          purpose: `讲解${content}`,
        }),
      ),
      sight: 'full',
    });
    return this;
  }

  /** A session under way, with words, facts and a concession. The fake clock moves on by a day. */
  async inSession(): Promise<this> {
    const { header, content, mediator: inner } = this.marks;
    const mediator = await this.by('mediator');
    const startsAt = new Date(this.t.clock.at().getTime() + 86_400_000);
    const session = idOf(
      await mediator.post(`/disputes/${this.disputeId}/sessions`, {
        startsAt: startsAt.toISOString(),
        endsAt: new Date(startsAt.getTime() + 3_600_000).toISOString(),
        mode: 'on-site',
        place: `${header}调解室`,
      }),
    );
    this.t.clock.advanceDays(1);
    must(await mediator.post(`/sessions/${session}/start`, {}), 200);
    const words = [
      { ring: 'parties', kind: 'statement', speaker: '某某', text: `${content}公开陈述。` },
      { ring: 'mediator', kind: 'statement', speaker: '某某', text: `${inner}私下陈述。` },
    ];
    must(await mediator.post(`/sessions/${session}/entries`, { entries: words }), 201);
    must(await mediator.post(`/sessions/${session}/undisputed-facts`, { facts: [`${content}无争议。`] }), 201);
    must(await mediator.post(`/sessions/${session}/concessions`, { madeBy: '某某', text: `${inner}愿意少分。` }), 201);
    this.keep('sessions', { id: session, sight: 'header' });
    const entries = await this.t.sql<{ id: string; ring: string }>(
      'select id, ring from session_entry where session_id = $1',
      [session],
    );
    for (const { id, ring } of entries)
      this.keep('session-entries', { id, sight: ring === 'mediator' ? 'serving' : 'full' });
    const [fact] = await this.t.sql<{ id: string }>('select id from session_fact where session_id = $1', [session]);
    this.keep('session-facts', { id: fact?.id ?? '', sight: 'full' });
    return this;
  }

  /**
   * The session succeeds; an oral agreement is reached and partly performed; a written one that supplements it is being
   * signed, with a link given out.
   */
  async agreed(): Promise<this> {
    const { content } = this.marks;
    const mediator = await this.by('mediator');
    const [obligorId = '', obligeeId = ''] = this.partyIds;
    const session = this.objects.get('sessions')?.[0]?.id ?? '';
    const { invitees } = must<{ invitees: { id: string }[] }>(await mediator.get(`/sessions/${session}`), 200);
    const attendance = invitees.map((i) => ({ inviteeId: i.id, arrivedAt: this.now() }));
    must(await mediator.post(`/sessions/${session}/attendance`, { attendance }), 200);
    this.t.clock.advance(3_600_000);
    must(await mediator.post(`/sessions/${session}/end`, {}), 200);
    must(await mediator.post(`/sessions/${session}/result`, { result: 'agreed' }), 200);

    const terms = {
      facts: `${content}的事实。`,
      responsibilities: `${content}的责任。`,
      clauses: [`${content}款项分期支付。`],
      obligations: [
        {
          kind: 'payment',
          obligorId,
          obligeeId,
          content: `支付${content}款`,
          amountFen: 100_00,
          dueOn: '2026-12-20',
          place: '光明社区',
          manner: '现金',
        },
      ],
    };
    const oral = idOf(await mediator.post(`/disputes/${this.disputeId}/agreements`, { kind: 'oral', ...terms }));
    must(
      await mediator.post(
        `/agreements/${oral}/oral-conclusion`,
        { reachedAt: this.now(), place: `${content}会议室` },
        { ifMatch: 1 },
      ),
      200,
    );
    this.keep('agreements', { id: oral, sight: 'full' });
    const { items } = must<{ items: { id: string }[] }>(
      await mediator.get(`/disputes/${this.disputeId}/performance`),
      200,
    );
    const item = items[0]?.id ?? '';
    this.keep('performance-items', { id: item, sight: 'full' });
    must(
      await mediator.post(`/performance-items/${item}/records`, {
        amountFen: 10_00,
        performedOn: this.now().slice(0, 10),
        manner: 'cash',
        isConfirmedByObligee: true,
        note: `${content}收条。`,
      }),
      200,
    );
    const [record] = await this.t.sql<{ id: string }>('select id from performance_record where dispute_id = $1', [
      this.disputeId,
    ]);
    this.keep('performance-records', { id: record?.id ?? '', sight: 'full' });
    const outcome = { kind: 'sued', happenedOn: this.now().slice(0, 10), court: '人民法院', note: `${content}诉状。` };
    const suit = await mediator.post(`/agreements/${oral}/court-outcomes`, outcome);
    this.keep('court-outcomes', { id: idOf(suit), sight: 'full' });

    const written = must<{ id: string; version: number }>(
      await mediator.post(`/disputes/${this.disputeId}/agreements`, {
        kind: 'written',
        relation: 'supplement',
        baseId: oral,
        ...terms,
      }),
      201,
    );
    this.keep('agreements', { id: written.id, sight: 'full' });
    const consent = { partyIds: this.partyIds, agreedOn: this.now().slice(0, 10) };
    const agreed = must<{ version: number }>(
      await mediator.post(`/agreements/${written.id}/electronic-consents`, consent),
      200,
    );
    must(await mediator.post(`/agreements/${written.id}/freezing`, {}, { ifMatch: agreed.version }), 200);
    const { token } = must<{ token: string }>(
      await mediator.post(`/agreements/${written.id}/signing-links`, {
        slot: 'party-1',
        expiresAt: new Date(this.t.clock.at().getTime() + 5 * 86_400_000).toISOString(),
        identityCheck: 'phone-confirmed',
      }),
      201,
    );
    this.linkToken = token;
    await this.keepImage(mediator, written.id);
    const [draft] = await this.t.sql<{ id: string }>('select id from agreement_draft where agreement_id = $1', [
      written.id,
    ]);
    this.keep('agreement-drafts', { id: draft?.id ?? '', sight: 'full' });
    must(
      await mediator.fetchPost('/papers/preview', {
        disputeId: this.disputeId,
        templateId: 'rights-notice',
        parameters: {},
      }),
      200,
    );
    const [previewed] = await this.t.sql<{ id: string }>('select id from paper_preview where dispute_id = $1', [
      this.disputeId,
    ]);
    this.keep('paper-drafts', { id: previewed?.id ?? '', sight: 'full' });
    const ordered = await mediator.post(`/disputes/${this.disputeId}/dossier/bindings`, { kind: 'redacted' });
    await this.t.app.get(Chores).settled();
    this.keep('dossier-bindings', { id: idOf(ordered, 202), sight: 'full' });
    return this;
  }

  /** One party signs on the tablet and has a photograph of it taken. */
  private async keepImage(mediator: Caller, agreementId: string): Promise<void> {
    const { contentHash } = must<{ contentHash: string }>(await mediator.get(`/agreements/${agreementId}`), 200);
    const signature = { ...onScreen(this.t, contentHash), slot: 'party-2', identityCheck: 'document-compared' };
    must(await mediator.post(`/agreements/${agreementId}/tablet-signatures`, signature), 200);
    const [mark] = await this.t.sql<{ id: string }>('select id from signature_mark where agreement_id = $1', [
      agreementId,
    ]);
    const added = await mediator.upload(
      `/agreements/${agreementId}/signing-images`,
      { bytes: jpeg(), name: 'picture.jpg', type: 'image/jpeg' },
      { markId: mark?.id ?? '', kind: 'photo', consent: 'given' },
    );
    must(added, 201);
    const [image] = await this.t.sql<{ id: string }>('select id from signing_image where agreement_id = $1', [
      agreementId,
    ]);
    this.keep('signing-images', { id: image?.id ?? '', sight: 'full' });
  }

  /** A whistle to the agencies of the cast; the leading one has answered. */
  async summoned(): Promise<this> {
    const { brief, reply } = this.marks;
    const { agencies = [] } = this.cast;
    const dispatcher = await this.by('dispatcher');
    const intake = await this.by('intake');
    const shared = await this.attach(intake, 'center', brief);
    must(
      await dispatcher.post(`/attachments/${shared}/sharing`, { reason: '处置需要，经当事人同意。' }, { ifMatch: 1 }),
      200,
    );
    const summons = idOf(
      await dispatcher.post(`/disputes/${this.disputeId}/summons`, {
        kind: 'progress',
        level: 'regular',
        ground: 'livelihood',
        brief: `${brief}：请到场说明。`,
        asks: [`核对${brief}档案`],
        attendanceRequired: false,
        agencies: agencies.map(({ id }, i) => ({ agencyId: id, role: i === 0 ? 'lead' : 'assist' })),
        attachmentIds: [shared],
      }),
    );
    must(await dispatcher.post(`/summons/${summons}/issuance`), 201);
    const agencyIds = agencies.map((a) => a.id);
    this.keep('summons', { id: summons, sight: 'header', agencyIds });
    const tasks = await this.t.sql<{ id: string; agencyId: string }>(
      'select id, agency_id as "agencyId" from summons_task where summons_id = $1',
      [summons],
    );
    for (const { id, account } of agencies) {
      const task = tasks.find((x) => x.agencyId === id)?.id ?? '';
      this.keep('summons-tasks', { id: task, sight: 'header', agencyIds: [id] });
      must(await (await this.t.as(account)).post(`/summons-tasks/${task}/signature`), 201);
    }
    const [lead] = agencies;
    const leadTask = tasks.find((x) => x.agencyId === lead?.id)?.id ?? '';
    const answering = await this.t.as(lead?.account ?? '');
    must(await answering.post(`/summons-tasks/${leadTask}/handling`), 201);
    must(
      await answering.post(`/summons-tasks/${leadTask}/feedback`, {
        result: 'resolved',
        ground: `${reply}条例第十五条`,
        answers: [{ ask: 1, answer: `${reply}：已核对。` }],
      }),
      201,
    );
    await this.met(agencies[0]?.id ?? '', agencyIds);
    await this.helped();
    this.parameters['attachmentId'] = shared;
    return this;
  }

  /** A helper of the first party, by an authority that is not signed yet. */
  private async helped(): Promise<void> {
    const intake = await this.by('intake');
    const [party] = await this.t.sql<{ id: string }>(
      "select id from party where dispute_id = $1 and state = 'active' order by ordinal limit 1",
      [this.disputeId],
    );
    const authority = await intake.post(`/disputes/${this.disputeId}/helper-authorities`, {
      kind: 'community',
      helperName: `${this.marks.content}代办`,
      partyIds: [party?.id],
      scope: ['present'],
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
    });
    this.keep('helper-authorities', { id: idOf(authority), sight: 'full' });
  }

  /** A meeting of the summoned agencies, its minutes confirmed, with a task of the first. */
  private async met(leadId: string, agencyIds: readonly string[]): Promise<void> {
    // What is said at the table is heard by everyone who sits there.
    const { brief } = this.marks;
    const dispatcher = await this.by('dispatcher');
    const meeting = idOf(
      await dispatcher.post(`/disputes/${this.disputeId}/meetings`, {
        topic: `${brief}：研究处置办法。`,
        place: '综治中心会议室',
        meetAt: new Date(this.t.clock.at().getTime() + 60_000).toISOString(),
        rule: 'chair',
        items: [`商定${brief}的处置办法`],
        units: agencyIds.map((agencyId) => ({ agencyId, role: agencyId === leadId ? 'lead' : 'assist' })),
      }),
    );
    const path = `/meetings/${meeting}`;
    const { units, items } = must<{ units: { id: string }[]; items: { id: string }[] }>(
      await dispatcher.get(path),
      200,
    );
    const [meetingUnitId, meetingItemId] = [units[0]?.id, items[0]?.id];
    for (const [act, body] of [
      ['entered-arrivals', { meetingUnitId, personName: '高志远', rank: 'staff' }],
      ['opening', {}],
      ['voices', { meetingUnitId, meetingItemId, vote: 'for', words: `${brief}：同意。` }],
      ['decisions', { meetingItemId, decision: 'adopted', words: `${brief}：按此办理。` }],
      ['tasks', { meetingUnitId, personName: '高志远', what: `${brief}：按期处置。`, dueOn: '2027-12-31' }],
      ['confirmation', { conclusion: `${brief}：照此办理。` }],
    ] as const) {
      must(await dispatcher.post(`${path}/${act}`, body), 201);
    }
    for (const segment of ['meetings', 'agency-meetings']) {
      this.keep(segment, { id: meeting, sight: 'header', agencyIds });
    }
    const [task] = await this.t.sql<{ id: string }>('select id from meeting_task where meeting_id = $1', [meeting]);
    this.keep('meeting-tasks', { id: task?.id ?? '', sight: 'header', agencyIds: [leadId] });
  }

  /** The transfer under which the matter was sent on. */
  async sent(to: { readonly toUnitId?: string; readonly toCenterId?: string }): Promise<this> {
    must(
      await (
        await this.by('dispatcher')
      ).post(`/disputes/${this.disputeId}/sending-down`, { ...to, request: `请办理${this.marks.content}。` }),
      200,
    );
    const [row] = await this.t.sql<{ id: string }>('select id from dispute_transfer where dispute_id = $1', [
      this.disputeId,
    ]);
    this.keep('transfers', { id: row?.id ?? '', sight: 'full' });
    return this;
  }

  /** The mediation failed and the matter is closed. */
  async closed(): Promise<this> {
    const dispatcher = await this.by('dispatcher');
    must(
      await dispatcher.post(`/disputes/${this.disputeId}/mediation/termination`, {
        code: 'irreconcilable',
        explanation: `${this.marks.content}分歧较大。`,
        routesTold: ['litigation'],
        toldHow: '当面口头告知',
      }),
      200,
    );
    must(
      await (
        await this.by('dutyLeader')
      ).post(`/disputes/${this.disputeId}/closing`, { outcome: 'not-agreed', summary: `${this.marks.content}不成。` }),
      200,
    );
    return this;
  }

  /** The file was drawn for a review and has a finding. */
  async reviewed(): Promise<this> {
    const { world } = this.t;
    const [roundId, reviewId] = [uuidv7(), uuidv7()];
    const by = world.account(this.cast.dutyLeader).id;
    await this.t.sql(
      `insert into review_round (id, center_id, title, from_on, to_on, share, at_least, answer_days, excellent_from, passing_from, seed, pool,
         drawn_by, drawn_by_name, drawn_at) values ($1, $2, '卷宗评查', '2026-01-01', '2026-12-31', 10, 1, 5, 90, 60, 'seed', '[]', $3, '孙值班', now())`,
      [roundId, this.cast.centerId, by],
    );
    await this.t.sql(
      `insert into review_file (id, round_id, dispute_id, volume, ordinal, mediator_id, mediator_name, reviewer_id, reviewer_name, state, marks,
         total, grade, reviewed_at, answer_due_on) values ($1, $2, $3, 1, 1, $4, '调解员', $5, '孙值班', 'reviewed',
         '[{"point":"complete","score":16,"finding":"缺一页。"}]', 96, 'excellent', now(), '2098-12-31')`,
      [reviewId, roundId, this.disputeId, world.account(this.cast.mediator ?? '').id, by],
    );
    this.keep('reviews', { id: reviewId, sight: 'header' });
    return this;
  }

  async sealed(accountKeys: readonly string[]): Promise<this> {
    must(
      await (
        await this.by('dispatcher')
      ).post(`/disputes/${this.disputeId}/seal`, {
        reason: `涉及${this.marks.content}。`,
        accountIds: accountKeys.map((key) => this.t.world.account(key).id),
      }),
      200,
    );
    return this;
  }

  async steppedUpBy(key: string): Promise<this> {
    must(await (await this.t.as(key)).post(`/disputes/${this.disputeId}/step-up`, { reason: '群众来信核查。' }), 201);
    return this;
  }

  build(): FixtureMatter {
    const { name, disputeId, marks, objects, parameters, canaries, linkToken } = this;
    return { name, disputeId, marks, objects, parameters, canaries, linkToken };
  }

  private async attach(by: Caller, ring: string, word = this.wordOf(ring)): Promise<string> {
    return idOf(
      await by.upload(
        `/disputes/${this.disputeId}/attachments`,
        { bytes: pdf(`${word}${ring}${(this.objects.get('attachments') ?? []).length}`), name: `${word}.pdf` },
        { evidenceType: 'documentary', form: 'scan', ring, description: `证明${word}。` },
      ),
    );
  }

  private wordOf(ring: string): string {
    return ring === 'mediator' ? this.marks.mediator : this.marks.content;
  }

  private async by(role: 'intake' | 'dispatcher' | 'dutyLeader' | 'mediator'): Promise<Caller> {
    return this.t.as(this.cast[role] ?? '');
  }

  private now(): string {
    return this.t.clock.at().toISOString();
  }

  private keep(segment: string, object: FixtureObject): void {
    this.objects.set(segment, [...(this.objects.get(segment) ?? []), object]);
  }
}
