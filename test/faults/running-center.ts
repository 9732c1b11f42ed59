import { Client } from 'pg';
import { aMatter, must } from '../support/builders';
import type { BuiltProgram, Program } from '../support/built-program';
import { jpeg } from '../support/files';
import { Caller, type TestApp } from '../support/test-app';
import { World } from '../support/world';
import type { Acknowledgements } from './survivors';

interface Frozen {
  readonly agreementId: string;
  readonly disputeId: string;
  readonly contentHash: string;
}

interface AgreementAnswer {
  readonly id: string;
  readonly state: string;
  readonly contentHash: string;
  readonly version: number;
}

/** Where nobody knows what became of a request: it was sent and no answer came. */
interface Unanswered {
  readonly key: string;
  readonly body: object;
}

const INK = { hasSignature: true, hasFingerprint: true, identityCheck: 'document-compared' } as const;

/** Names as counters take them down, unlike one another. */
const titleOf = (serial: number): string =>
  `纠纷${Array.from({ length: 8 }, (_, i) => String.fromCodePoint(0x4e00 + ((serial * 911 + i * 53) % 20_000))).join('')}`;

/**
 * A center in a running process of the built program, with real time, and the load that its desks put on it. What the
 * program acknowledged is kept here, outside the process that will be killed.
 */
export class RunningCenter {
  readonly acknowledged: Acknowledgements = { registered: [], accepted: [], inked: [], sealed: [] };
  readonly unanswered: Unanswered[] = [];
  program: Program;
  private base = '';
  private world = new World();
  private readonly callers = new Map<string, Promise<Caller>>();
  private frozen: Frozen[] = [];
  private serial = 0;
  private stopped = false;

  private constructor(
    private readonly built: BuiltProgram,
    readonly dataDir: string,
    private readonly port: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    this.program = this.launch();
  }

  /** Starts the program on a new data folder, with organisations and staff in it. */
  static async open(
    built: BuiltProgram,
    dataDir: string,
    port: number,
    env: Readonly<Record<string, string>> = {},
  ): Promise<RunningCenter> {
    const center = new RunningCenter(built, dataDir, port, env);
    center.base = await center.program.listening();
    center.world = await center.withOwner((owner) => World.create(owner));
    return center;
  }

  private launch(): Program {
    return this.built.start({ PORT: String(this.port), DATA_DIR: this.dataDir, ...this.env });
  }

  async withOwner<T>(work: (owner: Client) => Promise<T>): Promise<T> {
    const owner = new Client({ connectionString: this.built.databaseUrl(this.dataDir) });
    owner.on('error', () => undefined);
    await owner.connect();
    try {
      return await work(owner);
    } finally {
      await owner.end();
    }
  }

  /** Starts the program again on the same data. */
  async restart(): Promise<void> {
    this.stopped = false;
    this.program = this.launch();
    this.base = await this.program.listening();
  }

  as(key: string): Promise<Caller> {
    const known = this.callers.get(key) ?? this.logIn(key);
    this.callers.set(key, known);
    return known;
  }

  private async logIn(key: string): Promise<Caller> {
    const reply = await this.caller(null).post('/session', {
      loginName: this.world.account(key).loginName,
      password: World.PASSWORD,
    });
    const { accessToken } = must<{ accessToken: string }>(reply, 200);
    return this.caller(`Bearer ${accessToken}`);
  }

  /** The callers of the other tests, over the network instead of in the same process. */
  private caller(token: string | null): Caller {
    return new Caller({ getHttpServer: () => this.base } as unknown as TestApp['app'], token, null);
  }

  /** Brings so many matters to the table where their agreement lies for signature. */
  async freezeAgreements(count: number): Promise<void> {
    const t = {
      world: this.world,
      as: (key: string) => this.as(key),
      clock: { at: () => new Date(), advance: () => undefined, advanceDays: () => undefined },
    } as unknown as TestApp;
    must(
      await (
        await this.as('system-admin')
      ).post(`/committees/${this.world.committeeId}/seals`, {
        origin: 'demo',
        code: '1501020012345',
        requiresSecondPerson: true,
      }),
      201,
    );
    const mediator = await this.as('mediator');
    const today = new Date(Date.now() + 8 * 3_600_000);
    const dueOn = new Date(today.getTime() + 20 * 86_400_000).toISOString().slice(0, 10);
    for (let i = 0; i < count; i++) {
      const { id: disputeId, partyIds } = await aMatter(t)
        .with({ title: titleOf(10_000 + i) })
        .agreed();
      const draft = must<AgreementAnswer>(
        await mediator.post(`/disputes/${disputeId}/agreements`, {
          kind: 'written',
          facts: '双方因借款发生争议，经调解自愿达成一致。',
          responsibilities: '双方确认借款属实。',
          clauses: ['被申请人一次性偿还借款。', '双方再无其他争议。'],
          breachClause: '逾期支付的，应当继续履行，并赔偿由此造成的损失。',
          obligations: [
            {
              kind: 'payment',
              obligorId: partyIds[1],
              obligeeId: partyIds[0],
              content: '偿还借款',
              amountFen: 1_200_000,
              dueOn,
              place: '汇入本人银行账户',
              manner: '银行转账，一次付清',
            },
          ],
        }),
        201,
      );
      const { contentHash, id } = must<AgreementAnswer>(
        await mediator.post(`/agreements/${draft.id}/freezing`, {}, { ifMatch: draft.version }),
        200,
      );
      this.frozen.push({ agreementId: id, disputeId, contentHash });
    }
  }

  /** Works until `stop`, or until the program answers no more: registrations, acceptances, signatures, seals. */
  async load(): Promise<void> {
    const desks = [this.counter(0), this.counter(1), this.counter(2), this.counter(3), this.table()];
    await Promise.all(desks);
  }

  stop(): void {
    this.stopped = true;
  }

  private async counter(place: number): Promise<void> {
    const [intake, dispatcher] = [await this.as('intake'), await this.as('dispatcher')];
    await this.whileAnswered(async () => {
      this.serial += 1;
      const title = titleOf(this.serial);
      const key = `registration-${this.dataDir.length}-${this.serial}`;
      const body = {
        centerId: this.world.centerId,
        channel: 'visit',
        title,
        narrative: `${title}，双方各执一词。`,
        parties: [
          { kind: 'person', side: 'applicant', name: '赵一鸣' },
          { kind: 'person', side: 'respondent', name: '钱二妹' },
        ],
      };
      this.unanswered.push({ key, body });
      const reply = await intake.post('/disputes', body, { idempotencyKey: key });
      if (reply.status !== 201) return;
      this.unanswered.splice(
        this.unanswered.findIndex((u) => u.key === key),
        1,
      );
      const { id, registrationNumber } = reply.body as { id: string; registrationNumber: string };
      this.acknowledged.registered.push({ id, title, number: registrationNumber });
      if (place % 2 === 1) return;
      const triage = {
        nature: 'civil',
        route: 'mediation',
        committeeId: this.world.committeeId,
        isDuplicateChecked: true,
      };
      if ((await dispatcher.post(`/disputes/${id}/triage`, triage)).status !== 200) return;
      const accepted = await dispatcher.post(`/disputes/${id}/acceptance`, {});
      if (accepted.status !== 200) return;
      this.acknowledged.accepted.push({ id, number: (accepted.body as { caseNumber: string }).caseNumber });
    });
  }

  /** Takes down ink slot by slot and seals what is whole. */
  private async table(): Promise<void> {
    const [mediator, director] = [await this.as('mediator'), await this.as('committee-director')];
    await this.whileAnswered(async () => {
      const next = this.frozen.shift();
      if (next === undefined) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        return;
      }
      const { agreementId, disputeId, contentHash } = next;
      const scan = await mediator.upload(
        `/disputes/${disputeId}/attachments`,
        { bytes: jpeg(600, 800, agreementId), name: '签署页.jpg', type: 'image/jpeg' },
        { evidenceType: 'signed-paper', form: 'scan', ring: 'center', description: '协议书原件扫描' },
      );
      const scanAttachmentId = must<{ id: string }>(scan, 201).id;
      const signedOn = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
      let version = 0;
      for (const slot of ['party-1', 'party-2', 'mediator-1', 'recorder']) {
        const officer = slot.startsWith('party') ? {} : { hasFingerprint: false, identityCheck: 'own-account' };
        const reply = await mediator.post(`/agreements/${agreementId}/ink-signatures`, {
          contentHash,
          scanAttachmentId,
          marks: [{ slot, signedOn, ...INK, ...officer }],
        });
        version = must<AgreementAnswer>(reply, 200).version;
        this.acknowledged.inked.push({ agreementId, slot });
      }
      const sealed = await director.post(`/agreements/${agreementId}/sealing`, {}, { ifMatch: version });
      must(sealed, 200);
      this.acknowledged.sealed.push({ agreementId, disputeId });
    });
  }

  private async whileAnswered(act: () => Promise<void>): Promise<void> {
    while (!this.stopped && !this.program.hasEnded) {
      try {
        await act();
      } catch (error) {
        // A request that the kill cut off, before or within its answer, tells nothing; any other error is one of the test.
        if (!/ECONNREFUSED|ECONNRESET|socket hang up|aborted|EPIPE|got 503/.test((error as Error).message)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }

  /** Sends once more what was never answered, under the same keys: each must be done exactly once in the end. */
  async sendAgain(): Promise<void> {
    const intake = await this.as('intake');
    for (const { key, body } of this.unanswered.splice(0)) {
      const { id, registrationNumber } = must<{ id: string; registrationNumber: string }>(
        await intake.post('/disputes', body, { idempotencyKey: key }),
        201,
      );
      this.acknowledged.registered.push({ id, number: registrationNumber, title: (body as { title: string }).title });
    }
  }

  /** The program's own proof of its audit chains. */
  async auditIsIntact(): Promise<boolean> {
    const reply = await (await this.as('auditor')).post('/audit-verifications', {});
    return must<{ isIntact: boolean }>(reply, 201).isIntact;
  }
}
