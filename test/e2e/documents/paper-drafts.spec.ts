import { OutboxDispatcher } from '../../../src/platform/database';
import { must } from '../../support/builders';
import { textOf } from '../../support/paper-fixtures';
import { type Caller, type TestApp, startTestApp } from '../../support/test-app';
import { codeOf } from '../agreements/stage';

interface Draft {
  readonly id: string;
  readonly number: number;
  readonly drawnByName: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly differences: readonly { readonly place: string; readonly runs: readonly { text: string; mark: string }[] }[];
  readonly issuedAs: string | null;
}
interface Item {
  readonly id: string;
  readonly state: string;
  readonly draftNumber: number | null;
  readonly hasVoidedCopy: boolean;
  readonly related: readonly { readonly id: string; readonly text: string }[];
  readonly version: number;
}
interface Papers {
  readonly items: readonly Item[];
  readonly issuable: readonly {
    readonly templateId: string;
    readonly replaceable: readonly { readonly id: string }[];
  }[];
}

const templateId = 'one-time-notice';
const notice = (changes: object = {}): object => ({
  applicant: '李建国',
  kind: 'supplement',
  reason: '缺少证明亲属关系的材料。',
  materials: [{ name: '亲属关系证明', form: '原件1份' }],
  office: '综合受理窗口，工作日9时至17时',
  ...changes,
});

describe('drafts of papers that are filled in, and papers issued anew (real PostgreSQL, HTTP and PDF)', () => {
  let t: TestApp;
  let intake: Caller;
  let dispatcher: Caller;
  let disputeId: string;

  const look = async (parameters: object): Promise<string> =>
    textOf(must<Buffer>(await intake.fetchPost('/papers/preview', { disputeId, templateId, parameters }), 200));
  const drafts = async (by = intake): Promise<readonly Draft[]> =>
    must<{ items: Draft[] }>(await by.get(`/disputes/${disputeId}/paper-drafts?templateId=${templateId}`), 200).items;
  const papers = async (): Promise<Papers> => must<Papers>(await dispatcher.get(`/disputes/${disputeId}/papers`), 200);
  const issue = (parameters: object, more: object = {}) =>
    intake.post(`/disputes/${disputeId}/papers`, { templateId, parameters, ...more });

  beforeAll(async () => {
    t = await startTestApp();
    [intake, dispatcher] = [await t.as('intake'), await t.as('dispatcher')];
    disputeId = must<{ id: string }>(
      await intake.post('/disputes', {
        centerId: t.world.centerId,
        channel: 'visit',
        title: '李家遗产纠纷',
        narrative: '父母去世后，子女因遗产分配意见不一。',
      }),
      201,
    ).id;
  });
  afterAll(() => t.close());

  it('a changed word makes the next draft; each is opened again as it was, and says what was changed', async () => {
    expect(await look(notice())).toContain('第1稿');
    expect(await look(notice({ reason: '缺少证明房屋权属的材料。' }))).toContain('第2稿');
    // The same content is the same draft.
    expect(await look(notice())).toContain('第1稿');
    const [second, first, ...rest] = await drafts();
    expect(rest).toEqual([]);
    expect([second?.number, first?.number, first?.differences]).toEqual([2, 1, []]);
    expect(second?.parameters).toMatchObject({ reason: '缺少证明房屋权属的材料。' });
    expect(second?.differences.map(({ place, runs }) => [place, runs.filter((r) => r.mark !== 'same')])).toEqual([
      [
        '理由',
        [
          { text: expect.stringContaining('亲属') as string, mark: 'removed' },
          { text: expect.stringContaining('房屋') as string, mark: 'added' },
        ],
      ],
    ]);
    const again = textOf(must<Buffer>(await intake.download(`/paper-drafts/${first?.id ?? ''}/file`), 200));
    expect(again).toContain('第1稿');
    expect(again).toContain('缺少证明亲属关系的材料');
    const [kept] = await t.sql<{ text: string }>("select string_agg(data_encrypted, ' ') as text from paper_preview");
    expect(kept?.text).not.toContain('李建国');
  });

  it('the issued paper says from which draft it came; voided, it is replaced by one that says so', async () => {
    const { id, version } = must<Item>(await issue(notice({ reason: '缺少证明房屋权属的材料。' })), 201);
    expect((await papers()).items[0]).toMatchObject({ id, draftNumber: 2 });
    expect((await drafts()).map((draft) => draft.issuedAs)).toEqual(['一次性告知单', null]);
    expect(codeOf(await issue(notice(), { replacesId: id }))).toEqual([422, 'papers.not-replaceable']);

    must(await dispatcher.post(`/papers/${id}/voiding`, { reason: '理由写错。' }, { ifMatch: version }), 200);
    await t.app.get(OutboxDispatcher).drain();
    const after = await papers();
    expect(after.items[0]).toMatchObject({ state: 'voided', hasVoidedCopy: true });
    expect(after.issuable.find((one) => one.templateId === templateId)?.replaceable).toMatchObject([{ id }]);

    const anew = must<Item & { verificationCode: string }>(
      await issue(notice({ reason: '缺少两项材料。' }), { replacesId: id }),
      201,
    );
    const [later, former] = (await papers()).items;
    expect(later).toMatchObject({ id: anew.id, draftNumber: null });
    expect(later?.related).toMatchObject([{ id, text: expect.stringMatching(/^替代.*《一次性告知单》$/) as string }]);
    expect(former?.related).toMatchObject([{ id: anew.id, text: expect.stringMatching(/^由.*替代$/) as string }]);
    const verified = await t.anonymous.get(`/verification/${anew.verificationCode}`);
    expect(must(verified, 200)).toMatchObject({ predecessors: [{ how: 'supersede' }] });
    expect(codeOf(await issue(notice(), { replacesId: id }))).toEqual([422, 'papers.not-replaceable']);
  });

  it('shows drafts to whoever may issue the paper, and to nobody else', async () => {
    const [draft] = await drafts();
    for (const path of [
      `/disputes/${disputeId}/paper-drafts?templateId=${templateId}`,
      `/paper-drafts/${draft?.id ?? ''}/file`,
    ]) {
      expect((await (await t.as('archivist')).get(path)).status).toBe(403);
      expect((await (await t.as('intake:foreign')).get(path)).status).toBe(404);
    }
    const acts = await t.sql<{ act: string }>("select distinct act from audit_entry where act like 'papers.%draft%'");
    expect(acts.map((row) => row.act).sort()).toEqual(['papers.download-draft', 'papers.list-drafts']);
  });
});
