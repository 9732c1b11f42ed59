import { type PaperSource, PaperSources } from '../../src/modules/documents';
import type { Reply, TestApp } from './test-app';

const REGISTER = { templateId: 'mediation-register', parameters: {} };

/** A paper of the committee; its module's own source is tested there. */
function registerOf(committeeId: string): PaperSource {
  const data = {
    number: '新城人调字〔2026〕1号',
    acceptedOn: '2026-09-18',
    committee: '新城区光明社区人民调解委员会',
    source: 'application',
    disputeType: '婚姻家庭（继承）',
    parties: [
      { slot: 'party-1', name: '李建国' },
      { slot: 'party-2', name: '李建军' },
    ],
    facts: '父母去世后，六名子女因遗产分配意见不一。',
    registrar: { slot: 'registrar', name: '王敏' },
  };
  return {
    stage: 'intake',
    act: 'papers.issue',
    load: () =>
      Promise.resolve({
        title: '人民调解受理登记表',
        number: data.number,
        names: ['李建国', '李建军'],
        committeeId,
        data,
      }),
  };
}

async function matter(t: TestApp): Promise<string> {
  const reply = await (
    await t.as('intake')
  ).post('/disputes', {
    centerId: t.world.centerId,
    channel: 'visit',
    title: '李家六兄妹遗产纠纷',
    narrative: '父母去世后，六名子女因遗产分配意见不一，四年不相往来。',
  });
  const { id } = reply.body as { id: string };
  await t.sql('update dispute set committee_id = $2 where id = $1', [id, t.world.committeeId]);
  const sources = t.app.get(PaperSources);
  const find = sources.find.bind(sources);
  jest
    .spyOn(sources, 'find')
    .mockImplementation((key) => (key === 'mediation-register' ? registerOf(t.world.committeeId) : find(key)));
  return id;
}

/** Issues a paper at the counter and lets the head of the committee seal it. */
async function paper(t: TestApp, disputeId: string): Promise<{ id: string; bytes: Buffer; answer: Reply }> {
  const issued = await (await t.as('intake')).post(`/disputes/${disputeId}/papers`, REGISTER);
  const { id } = issued.body as { id: string };
  const answer = await (await t.as('committee-director')).post(`/papers/${id}/sealing`, {}, { ifMatch: 1 });
  const file = await (await t.as('intake')).download(`/papers/${id}/file`);
  return { id, bytes: file.body as Buffer, answer };
}

/** A paper of the committee with its seal, in a matter of its own. */
export const sealedRegister = { matter, paper };
