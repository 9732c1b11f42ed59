import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { textOf } from '../../support/paper-fixtures';
import { isInstalled } from '../../support/sealing-fixtures';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import {
  type AgreementView,
  type PlanRow,
  type Standing,
  aScan,
  aSeal,
  codeOf,
  fileOf,
  needsInterpreter,
  onScreen,
  view,
} from './stage';

interface Proposed {
  readonly capacity: string;
  readonly name: string;
  readonly language: string | null;
  readonly partyIds: readonly string[];
  readonly isPlanned: boolean;
}
type Detail = AgreementView & {
  readonly proposedAttendees: readonly Proposed[];
  readonly witnessNames: readonly string[];
  readonly plan: readonly (PlanRow & { readonly interprets: string | null })[];
};

const LENDER = '张建国';
const BORROWER = '乌云毕力格';

describe('witnesses and interpreters sign beside the parties (real PostgreSQL, HTTP and PDF)', () => {
  let t: TestApp;
  let mediator: Caller;
  let director: Caller;
  let matter: BuiltMatter;
  let id: string;

  const at = async (): Promise<Detail> => (await view(mediator, id)) as Detail;
  const freeze = async (body: object) =>
    mediator.post(`/agreements/${id}/freezing`, body, { ifMatch: (await at()).version });
  const sign = async (slot: string, changes: object = {}, by = mediator) =>
    by.post(`/agreements/${id}/tablet-signatures`, {
      ...onScreen(t, (await at()).contentHash),
      slot,
      identityCheck: 'known-in-person',
      ...changes,
    });
  const interpreter = (): object => ({
    capacity: 'interpreter',
    name: '巴图',
    language: '蒙古语',
    partyIds: [matter.partyIds[1]],
  });

  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    [mediator, director] = [await t.as('mediator'), await t.as('committee-director')];
    matter = await aMatter(t)
      .between(
        { kind: 'person', side: 'applicant', name: LENDER, phone: '13804711111' },
        { kind: 'person', side: 'respondent', name: BORROWER, phone: '13804711234' },
      )
      .agreed();
    await needsInterpreter(t, matter);
    for (const [kind, name] of [
      ['interpreter', '巴图'],
      ['neighbour', '云娜'],
    ]) {
      must(await mediator.post(`/disputes/${matter.id}/participants`, { kind, name, purpose: '参加调解。' }), 201);
    }
    const drafted = await mediator.post(`/disputes/${matter.id}/agreements`, {
      kind: 'written',
      facts: '双方就借款发生争议。',
      clauses: ['一方向另一方返还借款。'],
      obligations: [
        {
          kind: 'payment',
          obligorId: matter.partyIds[1],
          obligeeId: matter.partyIds[0],
          content: '返还借款',
          amountFen: 100_000,
          dueOn: '2027-03-01',
          place: '汇入银行账户',
          manner: '银行转账',
        },
      ],
    });
    id = must<Standing>(drafted, 201).id;
    must(
      await mediator.post(`/agreements/${id}/electronic-consents`, {
        partyIds: matter.partyIds,
        agreedOn: t.clock.at().toISOString().slice(0, 10),
      }),
      200,
    );
  });
  afterAll(() => t.close());

  it('proposes who is known: the interpreter for whom an interpreter is needed, others as possible witnesses', async () => {
    const { proposedAttendees } = await at();
    expect(proposedAttendees).toMatchObject([
      { capacity: 'interpreter', name: '巴图', language: '蒙古语', partyIds: [matter.partyIds[1]], isPlanned: true },
      { capacity: 'witness', name: '云娜', isPlanned: false },
    ]);
  });

  it('warns where somebody needs an interpreter and none is planned, and forbids nothing', async () => {
    const frozen = must<Standing>(await freeze({}), 200);
    expect(frozen.state).toBe('signing');
    expect(frozen.warnings).toMatchObject([
      {
        code: 'agreements.interpreter-missing',
        detail: expect.stringContaining(`${BORROWER}需要蒙古语翻译`) as string,
      },
    ]);
    const { version } = await at();
    must(await mediator.post(`/agreements/${id}/unfreezing`, { reason: '补列翻译人员。' }, { ifMatch: version }), 200);
  });

  it('says at its field what is wrong with a witness or an interpreter', async () => {
    const refused = await freeze({
      attendees: [
        { capacity: 'witness', name: LENDER },
        { capacity: 'interpreter', name: '巴图' },
      ],
    });
    expect(refused.status).toBe(422);
    expect((refused.body as { errors: { pointer: string; code: string }[] }).errors).toMatchObject([
      { pointer: '/attendees/0/name', code: 'agreements.attendee-signs-already' },
      { pointer: '/attendees/1/language', code: 'agreements.language-missing' },
      { pointer: '/attendees/1/partyIds', code: 'agreements.interprets-for-nobody' },
    ]);
  });

  it('gives them places after the parties, whose turn comes first', async () => {
    const frozen = must<Standing>(
      await freeze({
        order: [matter.partyIds[1], matter.partyIds[0]],
        attendees: [{ capacity: 'witness', name: '云娜' }, interpreter(), { capacity: 'witness', name: '赵社区' }],
      }),
      200,
    );
    expect(frozen).toMatchObject({ openSlots: 7, warnings: [] });
    const { plan, witnessNames } = await at();
    expect(plan.map((p) => p.slot)).toEqual([
      'party-2',
      'party-1',
      'interpreter-1',
      'witness-1',
      'witness-2',
      'mediator-1',
      'recorder',
      'committee-seal',
    ]);
    expect(plan[2]?.interprets).toBe(`蒙古语，为${BORROWER}翻译`);
    expect(witnessNames).toEqual(['云娜', '赵社区']);
    expect(codeOf(await sign('witness-1'))).toEqual([409, 'agreements.not-your-turn']);
    expect(codeOf(await sign('witness-1', { identityCheck: 'own-account' }))).toEqual([
      422,
      'agreements.identity-check',
    ]);
    must(await sign('party-2', { isMachineRead: true }), 200);
    must(await sign('party-1'), 200);
    // The plan keeps apart who had the device read the text.
    expect((await at()).plan.slice(0, 2).map((p) => p.marks[0]?.isMachineRead)).toEqual([true, false]);
  });

  it('one who refuses stops the signing, and signs after all', async () => {
    must(await mediator.post(`/agreements/${id}/refusals`, { slot: 'witness-1', reason: '没有看到签名。' }), 200);
    expect((await at()).state).toBe('refused');
    must(await mediator.post(`/agreements/${id}/signing-resumption`, { reason: '已当面看过签名。' }), 200);
    must(await sign('witness-1'), 200);
  });

  it('an interpreter signs from afar by a link that says what is attested', async () => {
    const { token } = must<{ token: string }>(
      await mediator.post(`/agreements/${id}/signing-links`, {
        slot: 'interpreter-1',
        expiresAt: new Date(t.clock.at().getTime() + 86_400_000).toISOString(),
        identityCheck: 'video-compared',
      }),
      201,
    );
    const phone = t.link(token);
    const { signsAs } = must<{ signsAs: string }>(await phone.get('/signing/agreement'), 200);
    expect(signsAs).toBe(`您作为翻译人员签署，表明您已用蒙古语向${BORROWER}逐条翻译本协议书全文。`);
    must(await phone.post('/signing/signature', onScreen(t, (await at()).contentHash)), 200);
  });

  it('the seal waits for the last of them; a witness may sign in ink with a fingerprint', async () => {
    must(await sign('mediator-1', { identityCheck: 'own-account' }), 200);
    must(await sign('recorder', { identityCheck: 'own-account' }, await t.as('recorder')), 200);
    const { version, contentHash } = await at();
    const early = await director.post(`/agreements/${id}/sealing`, {}, { ifMatch: version });
    expect(codeOf(early)).toEqual([409, 'agreements.slots-open']);
    const matrix = must<{ missing: string[] }>(await mediator.get(`/disputes/${matter.id}/consent-matrix`), 200);
    expect(matrix.missing).toContain('见证人待签：赵社区');
    const inked = must<Standing>(
      await mediator.post(`/agreements/${id}/ink-signatures`, {
        contentHash,
        scanAttachmentId: await aScan(mediator, matter.id),
        witnessName: '云娜',
        marks: [
          {
            slot: 'witness-2',
            signedOn: t.clock.at().toISOString().slice(0, 10),
            hasSignature: false,
            hasFingerprint: true,
            identityCheck: 'document-compared',
          },
        ],
      }),
      200,
    );
    expect(inked.openSlots).toBe(0);
  });

  it('stands on the sealed paper, which takes effect with the seal', async () => {
    const sealedAt = t.clock.at().toISOString();
    must(await director.post(`/agreements/${id}/sealing`, {}, { ifMatch: (await at()).version }), 200);
    const { paper, effectiveAt } = await at();
    expect(effectiveAt?.slice(0, 10)).toBe(sealedAt.slice(0, 10));
    const bytes = await fileOf(mediator, `/papers/${paper?.id ?? ''}/file`);
    if (!isInstalled('pdftotext')) return;
    const text = textOf(bytes);
    for (const part of [
      `翻译人员巴图已用蒙古语向${BORROWER}逐条翻译本协议书全文。`,
      '翻译人员（签名）：巴图（蒙古语）',
      '见证人（签名、指印）：云娜',
      '见证人（签名、指印）：赵社区',
      '已在纸质文本上按指印',
    ])
      expect(text).toContain(part);
  });

  it('the interpreter of the agreement is proposed again for what corrects it; its paper has the places too', async () => {
    const base = id;
    const drafted = await mediator.post(`/disputes/${matter.id}/agreements`, {
      kind: 'written',
      relation: 'correction',
      baseId: base,
      facts: '原协议书的还款日写错。',
      clauses: ['还款日更正为2027年4月1日。'],
      obligations: [],
    });
    id = must<Standing>(drafted, 201).id;
    expect((await at()).proposedAttendees).toMatchObject([
      { name: '巴图', partyIds: [matter.partyIds[1]], isPlanned: true },
      { name: '云娜', isPlanned: false },
      { name: '赵社区', isPlanned: false },
    ]);
    must(await freeze({ attendees: [interpreter(), { capacity: 'witness', name: '云娜' }] }), 200);
    if (isInstalled('pdftotext')) {
      const text = textOf(await fileOf(mediator, `/agreements/${id}/signing-copy`));
      expect(text).toContain('人民调解更正协议书');
      expect(text).toContain('翻译人员（签名）：巴图（蒙古语）');
      expect(text).toContain('见证人（签名、指印）：云娜');
    }
    const { version } = await at();
    must(await mediator.post(`/agreements/${id}/unfreezing`, { reason: '云娜不能到场。' }, { ifMatch: version }), 200);
    // Planned once, the plan says who is wanted again.
    expect((await at()).proposedAttendees.filter((p) => p.isPlanned).map((p) => p.name)).toEqual(['巴图', '云娜']);
  });
});
