import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { AppModule } from '../../../src/app.module';
import { loadConfig } from '../../../src/config';
import { configureApp } from '../../../src/configure-app';
import { TravellingClock, fillDemoCenter } from '../../../src/demo';
import { RaiseAlarms } from '../../../src/modules/authenticity';
import { CreateFirstAdministrator } from '../../../src/modules/identity';
import { type TestDatabase, createTestDatabase } from '../../support/database';
import { isInstalled, run } from '../../support/sealing-fixtures';

const PASSWORD = 'Yanshi-2026!';

interface Matter {
  readonly id: string;
  readonly title: string;
  readonly state: string;
  readonly case_number: string | null;
}

interface PaperSeen {
  readonly bytes: Buffer;
  readonly file: string;
  readonly pageCount: number;
  readonly copies: number;
}

/**
 * The six matters of the demo center from registration to the sealed paper: everything real (PostgreSQL, HTTP, paper
 * engine, seal), only the clock travels. Independent tools read the papers where they are installed.
 */
describe('the demo center, from registration to the sealed agreement', () => {
  let database: TestDatabase;
  let app: NestExpressApplication;
  let owner: Client;
  let url: string;
  let matters: Matter[];
  const dataDir = mkdtempSync(join(tmpdir(), 'zongzhi-demo-'));
  const clock = new TravellingClock();
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    database = await createTestDatabase();
    const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, PUBLIC_URL: 'http://127.0.0.1:3000' });
    const module = await Test.createTestingModule({
      imports: [AppModule.forRoot({ config, ownerUrl: database.ownerUrl, clock })],
    }).compile();
    app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: ['error', 'warn'] });
    configureApp(app);
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
    owner = new Client({ connectionString: database.adminUrl });
    await owner.connect();
    const office = app.get(CreateFirstAdministrator);
    expect(await fillDemoCenter(url, office, clock)).toBe(true);
    expect(await fillDemoCenter(url, office, clock)).toBe(false);
    matters = await sql<Matter>('select id, title, state, case_number from dispute order by registered_at');
  });
  afterAll(async () => {
    await app.close();
    await owner.end();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await owner.query<Row>(text, values)).rows;
  }

  async function get(loginName: string, path: string): Promise<Response> {
    let token = tokens.get(loginName);
    if (token === undefined) {
      const reply = await fetch(`${url}/api/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ loginName, password: PASSWORD }),
      });
      token = ((await reply.json()) as { accessToken: string }).accessToken;
      tokens.set(loginName, token);
    }
    return fetch(`${url}/api${path}`, { headers: { Authorization: `Bearer ${token}` } });
  }

  const matter = (words: string): Matter => {
    const found = matters.find((m) => m.title.includes(words));
    if (!found) throw new Error(`No matter ${words}`);
    return found;
  };

  async function sealedAgreement(words: string): Promise<PaperSeen> {
    const { items } = (await (await get('diaodu', `/disputes/${matter(words).id}/papers`)).json()) as {
      items: { id: string; templateId: string; state: string; pageCount: number; copies: number }[];
    };
    const paper = items.find((p) => p.templateId === 'agreement' && p.state === 'sealed');
    if (!paper) throw new Error(`No sealed agreement of ${words}`);
    const bytes = Buffer.from(await (await get('diaodu', `/papers/${paper.id}/file`)).arrayBuffer());
    const file = join(dataDir, `${paper.id}.pdf`);
    writeFileSync(file, bytes);
    return { bytes, file, pageCount: paper.pageCount, copies: paper.copies };
  }

  async function verify(bytes: Buffer): Promise<{ verdict: string; summary: string }> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }), 'paper.pdf');
    const reply = await fetch(`${url}/api/verification/files`, { method: 'POST', body: form });
    return (await reply.json()) as { verdict: string; summary: string };
  }

  it('raises no alarm of files that do not tell what happened', async () => {
    expect(await app.get(RaiseAlarms).sweep()).toBe(0);
    const [looked] = (await owner.query<{ n: number }>('select count(*)::int as n from authenticity_turn')).rows;
    expect(looked).toEqual({ n: 1 });
  });

  it('holds six matters, numbered in the order of their acceptance without a gap', () => {
    expect(matters.map((m) => [m.title, m.state, m.case_number])).toEqual([
      ['李家六兄妹遗产纠纷', 'followed-up', '新城人调字〔2026〕1号'],
      ['旧城征收补偿款分配争议', 'closed', '新城人调字〔2026〕2号'],
      ['手机租赁合同纠纷', 'in-progress', '新城人调字〔2026〕3号'],
      ['巷内外卖员聚集噪声', 'closed', null],
      ['新玉小区用水难', 'in-progress', null],
      ['物业费收取争议', 'triaged', null],
    ]);
  });

  const cases: readonly [string, readonly string[], number][] = [
    ['六兄妹', ['李建国', '李建军', '李建华', '李建英', '李建梅', '李建平', '一式七份', '叁拾万元整'], 7],
    ['手机租赁', ['呼和浩特市青城数码租赁有限公司', '乌云毕力格', '一式三份', '叁仟陆佰元整', '2027年2月15日'], 3],
    ['旧城征收', ['韩志强', '韩志刚', '一式三份', '贰万元整'], 3],
  ];

  it.each(cases)('%s: the sealed paper says what was agreed, and is verified by us', async (words, texts, copies) => {
    const paper = await sealedAgreement(words);
    expect(paper.copies).toBe(copies);
    expect(await verify(paper.bytes)).toMatchObject({ verdict: 'identical' });
    const [row] = await sql<{ sha256: string }>(
      "select f.sha256 from paper p join paper_file f on f.paper_id = p.id and f.kind = 'sealed' where p.dispute_id = $1 and p.template_id = 'agreement' and p.state = 'sealed'",
      [matter(words).id],
    );
    expect(createHash('sha256').update(paper.bytes).digest('hex')).toBe(row?.sha256);
    if (!isInstalled('pdftotext', '-v')) return;
    const text = run('pdftotext', ['-layout', paper.file, '-']).output.replaceAll(/\s/g, '');
    for (const expected of [...texts, matter(words).case_number ?? '']) expect(text).toContain(expected);
    expect(text).toContain(`共${paper.pageCount}页`);
  });

  it.each(cases)('%s: independent tools read it as signed whole and sound', async (words) => {
    const paper = await sealedAgreement(words);
    if (isInstalled('pdfsig', '-v')) {
      const said = run('pdfsig', [paper.file]).output;
      expect(said).toContain('Signature is Valid');
      expect(said).toContain('Total document signed');
      expect(said).toContain('新城区光明社区人民调解委员会');
    }
    if (isInstalled('qpdf')) expect(run('qpdf', ['--check', paper.file]).code).toBe(0);
    if (isInstalled('pdfinfo', '-v')) {
      expect(run('pdfinfo', [paper.file]).output).toMatch(new RegExp(`Pages:\\s+${paper.pageCount}\\b`));
    }
  });

  it('detects one changed byte and one appended update', async () => {
    const { bytes } = await sealedAgreement('六兄妹');
    const flipped = Buffer.from(bytes);
    const at = Math.floor(bytes.length / 3);
    flipped[at] = (flipped[at] ?? 0) ^ 1;
    expect((await verify(flipped)).verdict).toMatch(/invalid|tampered|changed|broken/);
    const appended = Buffer.concat([bytes, Buffer.from('\n% one more line\n')]);
    const verdict = await verify(appended);
    expect(verdict.verdict).not.toBe('identical');
    expect(verdict.summary).toContain('追加');
    if (!isInstalled('pdfsig', '-v')) return;
    const file = join(dataDir, 'flipped.pdf');
    writeFileSync(file, flipped);
    expect(run('pdfsig', [file]).output).not.toContain('Signature is Valid');
  });

  it('A: arbitration is not offered for an inheritance, and what was heard alone stays with the mediator', async () => {
    const { id } = matter('六兄妹');
    const advice = (await (await get('diaodu', `/disputes/${id}/route-advice`)).json()) as {
      items: { route: string; isOpen: boolean; law: string }[];
    };
    expect(advice.items.find((i) => i.route === 'arbitration')).toMatchObject({ isOpen: false });
    const records = async (key: string): Promise<object[]> =>
      ((await (await get(key, `/disputes/${id}/investigation-records`)).json()) as { items: object[] }).items;
    expect(await records('diaodu')).toEqual([]);
    expect(await records('tiaojie')).toHaveLength(6);
  });

  it('F: the agency whistled before the holiday signed late, the objection was overruled, all whistles are closed', async () => {
    const { id } = matter('旧城征收');
    const tasks = await sql<{ name: string; state: string }>(
      'select a.name, t.state from summons_task t join agency a on a.id = t.agency_id where t.dispute_id = $1 order by t.id',
      [id],
    );
    expect(tasks).toEqual([
      { name: '新城区征收办', state: 'closed' },
      { name: '新城区自然资源分局', state: 'closed' },
      { name: '新城区住建局', state: 'closed' },
    ]);
    const late = await sql<{ name: string }>(
      `select a.name from summons_due d join summons_task t on t.id = d.task_id join agency a on a.id = t.agency_id
        where t.dispute_id = $1 and d.kind = 'sign' and d.met_at > d.current_due_at`,
      [id],
    );
    expect(late).toEqual([{ name: '新城区自然资源分局' }]);
  });

  it.each(['六兄妹', '手机租赁', '旧城征收'])('%s: every step is in the audit, whose chain is whole', async (words) => {
    const acts = (
      await sql<{ act: string }>('select distinct act from audit_entry where dispute_id = $1', [matter(words).id])
    ).map((r) => r.act);
    expect(acts).toEqual(
      expect.arrayContaining([
        'disputes.register',
        'disputes.triage',
        'disputes.accept',
        'parties.record-consent',
        'parties.sign-notice',
        'assignments.assign',
        'sessions.plan',
        'sessions.record',
        'agreements.draft',
        'agreements.freeze',
        'agreements.seal',
      ]) as string[],
    );
    const reply = await fetch(`${url}/api/audit-verifications`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await tokenOf('shenji')}`,
        'Idempotency-Key': `audit-${words}-0001`.replaceAll(/[^\x21-\x7e]/g, 'x'),
        'Content-Type': 'application/json',
      },
      body: '{}',
    });
    expect(await reply.json()).toMatchObject({ isIntact: true });
  });

  async function tokenOf(loginName: string): Promise<string> {
    await get(loginName, '/session/self');
    return tokens.get(loginName) ?? '';
  }
});
