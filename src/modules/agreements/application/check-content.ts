import { Injectable } from '@nestjs/common';
import { addYears, fen, legalDate, legalDateFromInstant, moneyInWords, ruleViolation } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { type LoadedMatter, Matters } from '../../disputes';
import { Papers } from '../../documents';
import { Parties } from '../../parties';
import { type AgreementContent, dueItems, totalFen } from '../domain/content';
import { instalmentSums, textsOf, wordsOf } from '../domain/content-rules';
import { inkOnlyReason } from '../domain/electronic-signing';
import { type InstalmentInterval, planInstalments } from '../domain/instalment-plan';
import { loadReplaceable } from '../persistence/agreement-rows';
import { AGREEMENT_PAPERS } from '../domain/dictionaries';
import { AgreementDrafts } from './agreement-drafts';
import { AgreementBook } from './agreement-book';
import { type ContentCommand, type DraftCommand, obligationOf, textsOfCommand } from './draft-agreement';
import { SigningTexts, withBlanks } from './signing-text';

/** A first instalment further off is a slip of the pen. */
const LONGEST_YEARS = 30;

/** Looks at content while it is being written: nothing of it is stored. */
@Injectable()
export class CheckContent {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly book: AgreementBook,
    private readonly parties: Parties,
    private readonly texts: SigningTexts,
    private readonly papers: Papers,
    private readonly drafts: AgreementDrafts,
  ) {}

  /** Faults, warnings, faulty words at their place, and what the ledger of performance would hold. */
  async check(disputeId: string, command: ContentCommand) {
    return this.unitOfWork.read(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'agreements.check');
      const content = contentOf(command);
      const parties = await this.parties.list(tx, disputeId);
      const pending = await pendingOf(tx, disputeId);
      const replaceable = await loadReplaceable(tx, pending?.baseId ?? null);
      const { faults, warnings } = this.book.findings({ content, parties, replaceable }, tx.now);
      const nameOf = (id: string | null): string | null => parties.find((p) => p.id === id)?.name ?? null;
      const total = totalFen(content.obligations);
      return {
        faults,
        warnings,
        words: wordsOf(content),
        instalments: instalmentSums(content.obligations),
        items: dueItems(content.obligations).map(({ obligation, content: what, amountFen, dueOn }) => ({
          obligorName: nameOf(obligation.obligorId),
          obligeeName: nameOf(obligation.obligeeId),
          content: what,
          amountFen,
          dueOn: dueOn === '' ? null : dueOn,
        })),
        totalFen: total,
        totalInWords: total === null ? null : moneyInWords(fen(total)),
        inkOnlyReason: inkOnly(matter, content),
      };
    });
  }

  /** The paper as it would be, what is missing marked as such; nothing is kept but the audit entry. */
  async preview(disputeId: string, command: DraftCommand): Promise<{ bytes: Buffer; fileName: string }> {
    const paper = AGREEMENT_PAPERS[command.relation ?? 'original'];
    const { data, at, draft, centerId } = await this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'agreements.preview-unsaved');
      const pending = await pendingOf(tx, disputeId);
      const content = contentOf(command);
      const agreement = {
        id: pending?.id ?? null,
        disputeId,
        relation: command.relation ?? 'original',
        baseId: command.baseId ?? null,
      };
      const data = withBlanks((await this.texts.build(tx, { matter, agreement, content }, null)).data);
      const draft = await this.drafts.numberOf(tx, agreement.id, data);
      tx.audit({
        act: 'agreements.preview-unsaved',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: matter.dispute.centerId,
        details: { draft },
      });
      return { data, at: tx.now, draft, centerId: matter.dispute.centerId };
    });
    const drafted = await this.papers.render(paper.templateId, data, {
      centerId,
      createdAt: at,
      draft: { number: draft },
    });
    return { bytes: drafted.bytes, fileName: `${paper.title}-第${draft}稿.pdf` };
  }

  /** Equal instalments that add up to the amount. */
  async instalments(
    disputeId: string,
    command: {
      readonly amountFen: number;
      readonly count: number;
      readonly firstOn: string;
      readonly interval: InstalmentInterval;
    },
  ) {
    return this.unitOfWork.read(async (tx) => {
      await this.matters.read(tx, disputeId, 'agreements.plan-instalments');
      const { amountFen, count, firstOn, interval } = command;
      if (firstOn > addYears(legalDateFromInstant(tx.now), LONGEST_YEARS)) {
        throw ruleViolation('agreements.first-too-late', '首期付款日过晚，请核对年份。', '/firstOn');
      }
      const plan = planInstalments(fen(amountFen), count, legalDate(firstOn), interval);
      if (!plan.ok) throw ruleViolation(plan.code, plan.message, '/count');
      return { instalments: plan.value };
    });
  }
}

function contentOf(command: ContentCommand): AgreementContent {
  return { ...textsOfCommand(command), obligations: command.obligations.map(obligationOf) };
}

function inkOnly({ dispute }: LoadedMatter, content: AgreementContent): string | null {
  return inkOnlyReason(
    dispute.disputeType,
    textsOf(content).map(({ text }) => text),
  );
}

async function pendingOf(tx: Tx, disputeId: string): Promise<{ id: string; baseId: string | null } | undefined> {
  const [pending] = await tx.query<{ id: string; baseId: string | null }>(
    "select id, base_id as \"baseId\" from agreement where dispute_id = $1 and state in ('drafting', 'signing', 'refused')",
    [disputeId],
  );
  return pending;
}
