import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { pdf } from '../../support/files';
import { wholeTextOf } from '../../support/paper-fixtures';
import { residentIdOf } from '../../support/parties';
import { isInstalled } from '../../support/sealing-fixtures';
import { type Caller, type Reply, type TestApp, startTestApp } from '../../support/test-app';
import { type Standing, aScan, aSeal, fileOf, ledger, view } from '../agreements/stage';

const canRead = isInstalled('pdfinfo', '-v') && isInstalled('pdftotext', '-v');
const SHOP = '呼和浩特市青城数码租赁有限公司';
const TENANT = '欧阳·阿迪力江·䶮㛃𬱖';
const AGENT = '白雪';

describe('papers that are printed from the record (real PostgreSQL, HTTP and PDF; fake clock)', () => {
  let t: TestApp;
  let mediator: Caller;
  let director: Caller;
  let archivist: Caller;
  let matter: BuiltMatter;
  let agreementId: string;

  const order = (templateId: string, parameters: object = {}) => ({ templateId, parameters });
  const post = (by: Caller, templateId: string, parameters: object = {}, id = matter.id): Promise<Reply> =>
    by.post(`/disputes/${id}/papers`, order(templateId, parameters));
  const codeOf = (reply: Reply): [number, string] => [reply.status, (reply.body as { code: string }).code];

  /** Issues the paper and answers its whole text, cells of tables in one piece. */
  async function printed(by: Caller, templateId: string, parameters: object = {}, id = matter.id): Promise<string> {
    const paper = must<{ id: string }>(await post(by, templateId, parameters, id), 201);
    const bytes = await fileOf(by, `/papers/${paper.id}/file`);
    return canRead ? wholeTextOf(bytes) : '';
  }

  function expectWords(text: string, words: readonly string[]): void {
    if (!canRead) return;
    expect(words.filter((word) => !text.includes(word.replace(/\s/g, '')))).toEqual([]);
  }

  const upload = async (
    name: string,
    fields: Readonly<Record<string, string>>,
  ): Promise<{ id: string; sha256: string }> =>
    must(
      await mediator.upload(
        `/disputes/${matter.id}/attachments`,
        { bytes: pdf(name), name: `${name}.pdf`, type: 'application/pdf' },
        fields,
      ),
      201,
    );

  async function sign(id: string): Promise<void> {
    const { version } = await view(mediator, id);
    const { contentHash } = must<Standing>(
      await mediator.post(`/agreements/${id}/freezing`, {}, { ifMatch: version }),
      200,
    );
    const scanAttachmentId = await aScan(mediator, matter.id);
    const ink = (slot: string, hasFingerprint: boolean, changes: object = {}) => ({
      slot,
      signedOn: '2026-09-19',
      hasSignature: true,
      hasFingerprint,
      identityCheck: hasFingerprint ? 'document-compared' : 'own-account',
      ...changes,
    });
    must(
      await mediator.post(`/agreements/${id}/ink-signatures`, {
        contentHash,
        scanAttachmentId,
        marks: [
          ink('party-1', true, { hasCorporateSeal: true }),
          ink('party-2', true),
          ink('mediator-1', false),
          ink('recorder', false),
        ],
      }),
      200,
    );
    const signed = await view(mediator, id);
    must(await director.post(`/agreements/${id}/sealing`, {}, { ifMatch: signed.version }), 200);
  }

  beforeAll(async () => {
    t = await startTestApp();
    await aSeal(t);
    matter = await aMatter(t)
      .with({
        title: '手机租赁合同纠纷',
        narrative: '租户租用手机一部，付了两期租金后不再付款。',
        requests: '请求支付剩余租金。\n请求返还手机。',
      })
      .ofType('contract.lease')
      .between(
        {
          kind: 'organization',
          side: 'applicant',
          name: SHOP,
          creditCode: '91350100M000100Y43',
          phone: '0471-6612345',
          address: '新城区新华大街60号',
        },
        {
          kind: 'person',
          side: 'respondent',
          name: TENANT,
          residentId: residentIdOf('20030512', 101),
          phone: '13904710001',
          address: '新城区光明社区1号楼',
        },
      )
      .representing(0, {
        kind: 'entrusted',
        name: AGENT,
        relation: '公司法务',
        employer: SHOP,
        phone: '13700000000',
        scope: ['attend', 'sign', 'waive'],
        validFrom: '2026-01-01',
        validTo: '2026-12-31',
        authorityNote: '授权委托书原件存卷',
      })
      .agreed();
    mediator = await t.as('mediator');
    director = await t.as('committee-director');
    archivist = await t.as('archivist');
    const drafted = must<Standing>(
      await mediator.post(`/disputes/${matter.id}/agreements`, {
        kind: 'written',
        facts: '租户租用手机一部，尚欠租金人民币叁仟陆佰元。',
        responsibilities: '双方确认欠付租金属实。',
        clauses: ['租户分两期付清剩余租金。', '租金付清后手机归租户所有。'],
        breachClause: '逾期支付的，应当继续履行。',
        obligations: [
          {
            kind: 'payment',
            obligorId: matter.partyIds[1],
            obligeeId: matter.partyIds[0],
            content: '支付剩余租金',
            amountFen: 360_000,
            dueOn: '2026-11-10',
            place: '汇入公司账户',
            manner: '银行转账',
            instalments: [
              { amountFen: 180_000, dueOn: '2026-10-10' },
              { amountFen: 180_000, dueOn: '2026-11-10' },
            ],
          },
        ],
      }),
      201,
    );
    agreementId = drafted.id;
  });
  afterAll(() => t.close());

  it('申请书: applicants and respondents by side, requests numbered, nobody’s number, no invented day', async () => {
    const text = await printed(await t.as('intake'), 'mediation-application');
    expectWords(text, [
      `申请人名称${SHOP}`,
      '统一社会信用代码91350100M000100Y43',
      `委托代理人${AGENT}联系方式13700000000`,
      `被申请人姓名${TENANT}`,
      '租户租用手机一部，付了两期租金后不再付款。',
      '1．请求支付剩余租金。',
      '2．请求返还手机。',
      '已将申请人民调解的相关规定告知申请人，现自愿申请人民调解。',
      `申请人（签名盖章或按指印）：${SHOP}`,
    ]);
    expect(text).not.toContain(residentIdOf('20030512', 101));
    const reversed = await printed(mediator, 'mediation-application', { partyIds: [matter.partyIds[1]] });
    expectWords(reversed, [`申请人姓名${TENANT}`, `被申请人名称${SHOP}`]);
    const stranger = await post(mediator, 'mediation-application', { partyIds: [matter.id] });
    expect(codeOf(stranger)).toEqual([422, 'parties.no-applicant']);
  });

  it('申请书: who stands on no side applies only when they said so', async () => {
    const siblings = await aMatter(t).accepted();
    await t.sql('update party set side = null where dispute_id = $1', [siblings.id]);
    const intake = await t.as('intake');
    expect(codeOf(await post(intake, 'mediation-application', {}, siblings.id))).toEqual([422, 'parties.no-applicant']);
    const consent = { answer: 'applied', channel: 'in-person', askedAt: t.clock.at().toISOString() };
    must(await intake.post(`/parties/${siblings.partyIds[1] ?? ''}/consents`, consent), 201);
    must(await post(intake, 'mediation-application', {}, siblings.id), 201);
  });

  it('授权委托书: powers ticked as recorded, with their period', async () => {
    const text = await printed(await t.as('intake'), 'power-of-attorney');
    expectWords(text, [
      `委托人名称${SHOP}`,
      `受托人姓名${AGENT}`,
      '与委托人的关系公司法务',
      '☑参加调解、陈述意见',
      '☐代收文书',
      '☑签署调解协议',
      '☑承认、放弃、变更请求，和解让步',
      '☐代收款物',
      '自2026年1月1日起至2026年12月31日止',
      `受托人（签名）：${AGENT}`,
    ]);
    const nobody = await post(mediator, 'power-of-attorney', { partyId: matter.partyIds[1] });
    expect(codeOf(nobody)).toEqual([422, 'parties.no-agent']);
  });

  it('证据材料清单: what all parties may see, and nothing else', async () => {
    expect(codeOf(await post(mediator, 'evidence-list'))).toEqual([422, 'attachments.nothing-to-list']);
    const contract = await upload('租赁合同', {
      evidenceType: 'documentary',
      form: 'scan',
      ring: 'parties',
      providedByPartyId: matter.partyIds[0] ?? '',
      description: '证明约定的租金',
    });
    await upload('内部研判意见', { evidenceType: 'other', form: 'copy', ring: 'center' });
    await upload('调解员笔记', { evidenceType: 'other', form: 'copy', ring: 'mediator' });
    const text = await printed(mediator, 'evidence-list');
    expectWords(text, ['租赁合同.pdf', '证明约定的租金', '书证，原件扫描', SHOP, contract.sha256.slice(0, 8), '共1件']);
    expect(text).not.toContain('内部研判意见');
    expect(text).not.toContain('调解员笔记');
  });

  it('no paper of an agreement before there is one in effect', async () => {
    for (const id of ['performance-page', 'judicial-confirmation-application', 'oral-agreement-register'])
      expect(codeOf(await post(mediator, id))).toEqual([422, 'agreements.none-in-effect']);
  });

  it('司法确认申请书: both sides, the text that was signed, the court of the committee or another', async () => {
    await sign(agreementId);
    const text = await printed(mediator, 'judicial-confirmation-application');
    expectWords(text, [
      `申请人${SHOP}`,
      `申请人${TENANT}`,
      residentIdOf('20030512', 101),
      '租户租用手机一部，尚欠租金人民币叁仟陆佰元。',
      '（二）租金付清后手机归租户所有。',
      '人民币壹仟捌佰元整（¥1,800.00）',
      '以上金额合计人民币叁仟陆佰元整（¥3,600.00）',
      '没有恶意串通、规避法律的行为',
      `申请人（签名盖章或按指印）：${TENANT}`,
    ]);
    const other = await printed(mediator, 'judicial-confirmation-application', { court: '呼和浩特市赛罕区人民法院' });
    expectWords(other, ['呼和浩特市赛罕区人民法院']);
    expect((await post(archivist, 'judicial-confirmation-application')).status).toBe(403);
  });

  it('蒙古文附页: the translation down the page, beside the Chinese text that binds', async () => {
    const word = 'ᠬᠡᠯᠡᠯᠴᠡᠭᠡᠨ';
    const asked = { text: `ᠬᠣᠶᠠᠷ ᠲᠠᠯᠠ ${word} ᠳᠦ ᠬᠦᠷᠦᠯᠡ᠃\n${TENANT} 1,800.00 ᠲᠥᠭᠦᠷᠢᠭ`, translator: '巴图' };
    const text = await printed(archivist, 'mongolian-page', asked);
    expectWords(text, [word, 'ᠲᠥᠭᠦᠷᠢᠭ', TENANT, '1,800.00', '本页由巴图翻译', '以汉文本为准', '《人民调解协议书》']);
    expect(codeOf(await post(mediator, 'mongolian-page', { ...asked, text: '租户付清租金。' }))).toEqual([
      422,
      'agreements.not-mongolian',
    ]);
    const strange = await post(mediator, 'mongolian-page', { ...asked, text: `${word} ᚠᚢᚦ` });
    expect(codeOf(strange)).toEqual([422, 'pdf.missing-glyph']);
  });

  it('履行凭证页: each instalment with what was paid, when, and the proof', async () => {
    const proof = await upload('转账回单', { evidenceType: 'documentary', form: 'scan', ring: 'center' });
    t.clock.set('2026-10-09T10:00:00+08:00');
    const [first] = await ledger(mediator, matter.id);
    must(
      await mediator.post(`/performance-items/${first?.id ?? ''}/records`, {
        amountFen: 180_000,
        performedOn: '2026-10-08',
        manner: 'transfer',
        isConfirmedByObligee: true,
        attachmentIds: [proof.id],
        note: '凭证尾号0231。',
      }),
      200,
    );
    const text = await printed(archivist, 'performance-page');
    expectWords(text, [
      '支付剩余租金（第1期，共2期）',
      '支付剩余租金（第2期，共2期）',
      '2026年10月8日',
      '壹仟捌佰元整（¥1,800.00）',
      '转账',
      '权利人已确认',
      `存卷凭证（摘要${proof.sha256.slice(0, 12)}）`,
      '凭证尾号0231。',
      '已履行壹仟捌佰元整（¥1,800.00），尚未履行壹仟捌佰元整（¥1,800.00）',
      `义务人（签名盖章或按指印）：${TENANT}`,
      `权利人（签名盖章或按指印）：${SHOP}`,
    ]);
    expect(text).not.toContain('转账回单');
  });

  it('司法确认申请书: not after the thirty days', async () => {
    t.clock.set('2026-11-20T10:00:00+08:00');
    expect(codeOf(await post(mediator, 'judicial-confirmation-application'))).toEqual([
      422,
      'agreements.confirmation-late',
    ]);
  });

  it('身份证明页: documents, how each was checked, what is kept; not for whoever may not see numbers in full', async () => {
    const copy = await upload('身份证复印件', {
      evidenceType: 'identity',
      form: 'copy',
      ring: 'center',
      providedByPartyId: matter.partyIds[1] ?? '',
    });
    const text = await printed(mediator, 'identity-page');
    expectWords(text, [
      SHOP,
      '统一社会信用代码91350100M000100Y43',
      TENANT,
      `居民身份证（公民身份号码）${residentIdOf('20030512', 101)}`,
      '2026年9月19日签署时核对证件原件与本人',
      `复印件，2026年11月20日收存（摘要${copy.sha256.slice(0, 8)}）`,
      `${SHOP}的委托代理人`,
      '授权委托书原件存卷',
    ]);
    expect(text).not.toContain('身份证复印件.pdf');
    expect((await post(await t.as('intake'), 'identity-page')).status).toBe(403);
    expect((await post(archivist, 'identity-page')).status).toBe(403);
  });

  it('回访记录: not before there was a visit, then as it was taken down', async () => {
    const followUp = await t.as('follow-up');
    expect(codeOf(await post(followUp, 'follow-up-record'))).toEqual([422, 'dossiers.no-visit']);
    const open = (await ledger(mediator, matter.id)).find((i) => i.state === 'open');
    must(
      await mediator.post(`/performance-items/${open?.id ?? ''}/records`, {
        amountFen: 180_000,
        performedOn: '2026-11-09',
        manner: 'cash',
        isConfirmedByObligee: true,
      }),
      200,
    );
    must(
      await (
        await t.as('duty-leader')
      ).post(`/disputes/${matter.id}/closing`, { outcome: 'agreement', summary: '租金已全部付清。' }),
      200,
    );
    const visit = { mode: 'phone', situation: '双方均表示没有新的争议。' };
    must(
      await followUp.post(`/disputes/${matter.id}/follow-ups`, {
        ...visit,
        isReached: true,
        isPerformed: true,
        satisfaction: 'mostly-satisfied',
      }),
      200,
    );
    must(
      await followUp.post(`/disputes/${matter.id}/follow-ups`, {
        ...visit,
        isReached: false,
        situation: '再次拨打无人接听。',
      }),
      200,
    );
    const text = await printed(followUp, 'follow-up-record');
    expectWords(text, [
      `当事人${SHOP}、${TENANT}`,
      '调解协议编号新城人调字〔2026〕1号',
      '回访事由手机租赁合同纠纷',
      '方式电话',
      '☑已履行☐未履行或者未全部履行',
      '☐已解决☐未解决',
      '☐满意☑基本满意☐不满意☐未表态',
      '双方均表示没有新的争议。',
    ]);
    expect(text).not.toContain('再次拨打');
    expect(codeOf(await post(followUp, 'follow-up-record', { visitedOn: '2026-11-01' }))).toEqual([
      422,
      'dossiers.no-visit',
    ]);
  });

  it('卷宗封面、情况说明、封底: numbers, days, counts and the course from the record', async () => {
    const cover = await printed(archivist, 'dossier-cover', { retention: 'long' });
    expectWords(cover, [
      '新城区光明社区人民调解委员会',
      '卷名手机租赁合同纠纷',
      '新城人调字〔2026〕第1号',
      '至2026年9月19日',
      '立卷日期2026年11月20日',
      '保管期限长期',
    ]);
    const statement = await printed(archivist, 'dossier-statement', { remark: '租赁合同原件已退回。' });
    expectWords(statement, [
      '案号新城人调字〔2026〕1号',
      `当事人2方：${SHOP}、${TENANT}。`,
      '召开调解会1次。',
      '2026年9月19日达成的书面协议（新城人调字〔2026〕1号）生效，涉及金额人民币叁仟陆佰元整（¥3,600.00）；履行事项2项，已履行2项。',
      '2026年11月20日办结，结果：达成调解协议。',
      '租金已全部付清。',
      '双方均表示没有新的争议。',
      '人民调解协议书',
      '租赁合同原件已退回。',
    ]);
    const [kept] = await t.sql<{ papers: number; pages: number }>(
      `select count(*)::int as papers, sum(f.page_count)::int as pages from paper p join paper_file f on f.paper_id = p.id
        where p.dispute_id = $1 and p.template_id not like 'dossier-%'`,
      [matter.id],
    );
    const back = await printed(archivist, 'dossier-back-cover', { pages: 48 });
    expectWords(back, [
      '新城人调字〔2026〕第1号',
      '本卷共48页（从第1页至第48页）',
      `在系统中出具的文书${kept?.papers ?? 0}件，共${kept?.pages ?? 0}页`,
    ]);
    expect((await post(await t.as('intake'), 'dossier-cover')).status).toBe(403);
  });

  it('口头协议登记表: when and where it was reached, what was agreed, how far it is performed', async () => {
    const neighbours = await aMatter(t).ofType('neighbor.adjacency').agreed();
    const reachedAt = t.clock.at().toISOString();
    const { id, version } = must<Standing>(
      await mediator.post(`/disputes/${neighbours.id}/agreements`, {
        kind: 'oral',
        facts: '院内公共通道堆放杂物影响通行。',
        responsibilities: '双方都有责任。',
        clauses: ['清理公共通道，以后不再堆放。'],
        breachClause: '由社区代为清理，费用自负。',
        obligations: [
          {
            kind: 'payment',
            obligorId: neighbours.partyIds[0],
            obligeeId: neighbours.partyIds[1],
            content: '支付搬运费用',
            amountFen: 30_000,
            dueOn: '2026-12-10',
            place: '社区居委会',
            manner: '现金，一次付清',
          },
        ],
      }),
      201,
    );
    must(
      await mediator.post(
        `/agreements/${id}/oral-conclusion`,
        { reachedAt, place: '光明社区调解室' },
        { ifMatch: version },
      ),
      200,
    );
    const text = await printed(mediator, 'oral-agreement-register', {}, neighbours.id);
    expectWords(text, [
      '邻里（相邻关系）',
      '达成地点光明社区调解室',
      '院内公共通道堆放杂物影响通行。',
      '1．清理公共通道，以后不再堆放。',
      '支付搬运费用：人民币叁佰元整（¥300.00）',
      '待履行',
      '☑尚未履行',
      '此表由人民调解委员会填写',
    ]);
    expect(codeOf(await post(mediator, 'judicial-confirmation-application', {}, neighbours.id))).toEqual([
      422,
      'agreements.none-in-effect',
    ]);
    expect((await post(await t.as('intake'), 'oral-agreement-register', {}, neighbours.id)).status).toBe(403);
  });
});
