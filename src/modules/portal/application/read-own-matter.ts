import { Injectable } from '@nestjs/common';
import { fen, formatLegalDateCn, formatMoney, legalDate, legalDateFromInstant } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { type AwaitedSignature, OwnAgreements } from '../../agreements';
import { Assignments } from '../../assignments';
import { openingWords } from '../../calendar';
import { OneTimeNotices } from '../../disputes';
import { PartyWords } from '../../followups';
import { Organizations } from '../../organizations';
import { AnswerForOneself } from '../../parties';
import { Sessions } from '../../sessions';
import { SCORES, STEP_STATES, WAITING_KINDS, type WaitingKind } from '../domain/dictionaries';
import { hasOutcome, mayTellOutcome } from '../domain/progress';
import { RIGHTS_NOTICE } from '../domain/rights-notice';
import { accountName } from './access-digests';
import { OwnCopies } from './own-copies';
import { OwnCourse } from './own-course';
import { type OpenDesk, PortalDesk } from './portal-desk';

interface Waiting {
  readonly kind: WaitingKind;
  readonly kindName: string;
  /** What to do, in plain words. */
  readonly text: string;
  /** The thing it is about, where there may be several. */
  readonly id: string | null;
  /** Act that settles it here; null for what is done elsewhere. */
  readonly act: string | null;
}

/** What one party is shown of its own matter: its own things, the center’s people, and nothing of the other side. */
@Injectable()
export class ReadOwnMatter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: PortalDesk,
    private readonly course: OwnCourse,
    private readonly copies: OwnCopies,
    private readonly answers: AnswerForOneself,
    private readonly notices: OneTimeNotices,
    private readonly sessions: Sessions,
    private readonly assignments: Assignments,
    private readonly agreements: OwnAgreements,
    private readonly organizations: Organizations,
    private readonly words: PartyWords,
  ) {}

  async execute() {
    return this.unitOfWork.run((tx) =>
      this.desk.at(tx, 'portal.read', async (open) => {
        this.desk.auditReading(tx, open, 'portal.read');
        return this.view(tx, open);
      }),
    );
  }

  /** Where the party’s matter stands, for reading and after each act. */
  async view(tx: Tx, open: OpenDesk) {
    const { dispute } = open.matter;
    const party = (await this.answers.standing(tx, dispute.id, open.party.id)) ?? open.party;
    // Read anew: the act that came before may have moved it.
    const now = await tx.one<{ state: typeof dispute.state; mediationState: typeof dispute.mediationState }>(
      'select state, mediation_state as "mediationState" from dispute where id = $1',
      [dispute.id],
    );
    const current = Object.assign(dispute, now);
    const { steps, nextStep } = await this.course.progress(tx, current, party.id);
    const center = await this.organizations.center(tx, dispute.centerId);
    const serving = await this.assignments.active(tx, dispute.id);
    const notices = party.side === 'respondent' ? [] : await this.notices.of(tx, dispute.id);
    const missing = notices.find((n) => n.kind === 'supplement' && n.supplementedAt === null);
    const sessions = await this.sessions.toCome(tx, dispute.id, party.id);
    const said = await this.words.lastOf(tx, dispute.id, party.id);
    const waiting = await this.waiting(tx, { ...open, party }, notices, said !== null);
    const canRate = waiting.some((w) => w.kind === 'rating');
    return {
      registrationNumber: dispute.registrationNumber,
      title: dispute.title,
      holderName: party.name,
      registeredAt: dispute.registeredAt.toISOString(),
      steps: steps.map((step) => ({ ...step, stateName: STEP_STATES[step.state] })),
      nextStep,
      center: {
        name: center.name,
        phone: center.phone,
        address: center.address,
        hours: await openingWords(tx, dispute.centerId, legalDateFromInstant(tx.now)),
      },
      firstResponderName: await accountName(tx, dispute.firstResponderId),
      mediatorNames: serving.filter((a) => a.capacity !== 'recorder').map((a) => a.name),
      sessions: sessions.map(({ startsAt, endsAt, place, modeName }) => ({
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        place,
        modeName,
        bring: bringList(missing?.items ?? []),
      })),
      materials: missing?.items.map(({ name, note }) => ({ name, note: note ?? null })) ?? [],
      materialsDueOn: missing?.dueOn ?? null,
      waiting,
      rightsNotice: party.noticeSignedAt === null ? RIGHTS_NOTICE : [],
      refusalRoutes: party.consent === 'pending' ? this.answers.routes(open.matter).map((r) => r.name) : [],
      obligations: await this.agreements.obligations(tx, dispute.id, party.id),
      papers: await this.copies.list(tx, open),
      said:
        said === null
          ? null
          : {
              ...said,
              saidAt: said.saidAt.toISOString(),
              again: {
                kind: 'outcome' as const,
                kindName: WAITING_KINDS.outcome,
                text: '以您最后一次说的为准。',
                id: null,
                act: 'portal.say-outcome',
              },
            },
      hasRated: await hasRated(tx, dispute.id, party.id, dispute.volume),
      canRate,
      scores: canRate ? Object.entries(SCORES).map(([score, name]) => ({ score: Number(score), name })) : [],
      today: legalDateFromInstant(tx.now),
      allowedActs: [...new Set(waiting.flatMap((w) => (w.act === null ? [] : [w.act])))],
    };
  }

  private async waiting(
    tx: Tx,
    { matter, party }: Pick<OpenDesk, 'matter' | 'party'>,
    notices: Awaited<ReturnType<OneTimeNotices['of']>>,
    hasSpoken: boolean,
  ): Promise<Waiting[]> {
    const { dispute } = matter;
    const found: Waiting[] = [];
    const add = (kind: WaitingKind, text: string, act: string | null, id: string | null = null): void => {
      found.push({ kind, kindName: WAITING_KINDS[kind], text, act, id });
    };
    const isAsked = dispute.mediationState === 'consent-pending';
    const guardian = '这件事要由法定代理人（监护人）办理，请监护人到中心登记，或者拨打中心电话。';
    const own = (act: string): string | null => (party.answers === null ? null : act);
    if (isAsked && party.consent === 'pending')
      add(
        'consent',
        party.answers === null ? guardian : '请表明您是否同意调解。同意不同意由您自己决定。',
        own('portal.answer-consent'),
      );
    if (isAsked && party.noticeSignedAt === null)
      add(
        'rights-notice',
        party.answers === null ? guardian : '请阅读您在调解中的权利和义务，读完后签收。',
        own('portal.sign-rights-notice'),
      );
    for (const notice of notices.filter((n) => n.signedAt === null))
      add('one-time-notice', '请确认收到一次性告知单。', 'portal.sign-one-time-notice', notice.id);
    if (notices.some((n) => n.kind === 'supplement' && n.supplementedAt === null))
      add('materials', '还有材料没有交齐，请按清单准备，交到受理窗口。', null);
    const signature = await this.agreements.awaitedSignature(tx, dispute.id, party.id);
    if (signature !== null) add('signature', wantedSignature(signature), null);
    for (const { recordId, content, amountFen, performedOn } of await this.agreements.awaitedReceipts(
      tx,
      dispute.id,
      party.id,
    ))
      add(
        'receipt',
        `登记显示，对方已在${formatLegalDateCn(legalDate(performedOn))}${amountFen === null ? `履行“${content}”` : `付给您${formatMoney(fen(amountFen))}（${content}）`}。请您说一句收到了没有。`,
        'portal.confirm-receipt',
        recordId,
      );
    if (mayTellOutcome(dispute) && !hasSpoken)
      add('outcome', '事情办得怎么样，请您本人说一句：解决了，还是没有解决。', 'portal.say-outcome');
    if (hasOutcome(dispute) && !(await hasRated(tx, dispute.id, party.id, dispute.volume)))
      add('rating', '请给这次服务打分。谁打的分，工作人员看不到。', 'portal.rate');
    return found;
  }
}

function wantedSignature({ signerName, isBeingChanged, hasFallen }: AwaitedSignature): string {
  if (isBeingChanged) return `协议正在修改，${signerName}之前的签名已经作废。改好后会请您看清改了哪里，再决定签不签。`;
  const fallen = hasFallen ? '协议有改动，之前的签名已经作废，需要重新签。打开后先看改了哪里，再决定签不签。' : '';
  return `${fallen}协议等待${signerName}签名。请打开调解员发来的签署链接，或者到中心当面签；没有收到链接的，请拨打中心电话。`;
}

/** Once per party and outcome: a reopened matter may be rated again. */
export async function hasRated(tx: Tx, disputeId: string, partyId: string, volume: number): Promise<boolean> {
  const rows = await tx.query('select 1 from service_rating where dispute_id = $1 and party_id = $2 and volume = $3', [
    disputeId,
    partyId,
    volume,
  ]);
  return rows.length > 0;
}

function bringList(missing: readonly { readonly name: string }[]): string[] {
  return ['本人身份证', '本联系单', '与这件事有关的合同、票据、照片等证据', ...missing.map((m) => m.name)];
}
