import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { AppModule } from '../../../src/app.module';
import { loadConfig } from '../../../src/config';
import { configureApp } from '../../../src/configure-app';
import { TravellingClock, fillDemoCenter } from '../../../src/demo';
import { CreateFirstAdministrator } from '../../../src/modules/identity';
import { type TestDatabase, createTestDatabase } from '../../support/database';

describe('the demo center (real PostgreSQL, real HTTP, a travelling clock)', () => {
  let database: TestDatabase;
  let app: NestExpressApplication;
  let owner: Client;
  const dataDir = mkdtempSync(join(tmpdir(), 'zongzhi-demo-'));
  const clock = new TravellingClock();

  beforeAll(async () => {
    database = await createTestDatabase();
    const config = loadConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, PUBLIC_URL: 'http://127.0.0.1:3000' });
    const module = await Test.createTestingModule({
      imports: [AppModule.forRoot({ config, ownerUrl: database.url, clock })],
    }).compile();
    app = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: ['error', 'warn'] });
    configureApp(app);
    await app.listen(0, '127.0.0.1');
    owner = new Client({ connectionString: database.url });
    await owner.connect();
  });
  afterAll(async () => {
    await app.close();
    await owner.end();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('lives its six matters through the interface, once', async () => {
    const url = await app.getUrl();
    const office = app.get(CreateFirstAdministrator);
    expect(await fillDemoCenter(url, office, clock)).toBe(true);
    expect(await fillDemoCenter(url, office, clock)).toBe(false);
    const { rows } = await owner.query<{ title: string; state: string }>(
      'select title, state from dispute order by registered_at',
    );
    expect(rows).toEqual([
      { title: '李家六兄妹遗产纠纷', state: 'followed-up' },
      { title: '旧城征收补偿款分配争议', state: 'closed' },
      { title: '手机租赁合同纠纷', state: 'in-progress' },
      { title: '巷内外卖员聚集噪声', state: 'closed' },
      { title: '新玉小区用水难', state: 'in-progress' },
      { title: '物业费收取争议', state: 'triaged' },
    ]);
  });
});
