import { Injectable, type OnModuleInit } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Day, ListOf, OneOf, Text } from '../../../platform/http';
import { Dispute } from '../../disputes';
import { Organizations } from '../../organizations';
import { PaperSources, type PaperSubject } from './paper-sources';

const NOTICE_KINDS = { supplement: '补充材料', notAccepted: '不予受理', guidance: '引导其他途径' } as const;

class ReceivedMaterial {
  @Text({ label: '名称', max: 100, example: '居民身份证复印件' })
  name!: string;

  @Text({ label: '份数和形式', max: 100, example: '1份' })
  copies!: string;
}

class ReceiptParameters {
  @Text({ label: '来访人', max: 200, example: '李建国' })
  applicants!: string;

  @Text({ label: '对方', max: 200, optional: true, example: '李建军' })
  respondents?: string;

  @ListOf(() => ReceivedMaterial, {
    label: '收到的材料',
    max: 60,
    optional: true,
    example: [{ name: '居民身份证复印件', copies: '1份' }],
  })
  materials?: ReceivedMaterial[];

  @Text({ label: '下一步', max: 500, multiline: true, example: '三个工作日内告知您是否受理和承办单位。' })
  nextStep!: string;
}

class WantedMaterial {
  @Text({ label: '材料名称', max: 100, example: '亲属关系证明' })
  name!: string;

  @Text({ label: '份数和形式', max: 100, example: '原件1份' })
  form!: string;

  @Text({ label: '说明', max: 200, optional: true, example: '户口簿能够证明的，可以不另开' })
  note?: string;
}

class NoticeParameters {
  @Text({ label: '来访人', max: 100, example: '李建国' })
  applicant!: string;

  @OneOf({ label: '告知类别', values: NOTICE_KINDS, example: 'supplement' })
  kind!: keyof typeof NOTICE_KINDS;

  @Text({ label: '理由', max: 2000, multiline: true, optional: true, example: '缺少证明亲属关系的材料。' })
  reason?: string;

  @ListOf(() => WantedMaterial, {
    label: '需要补充的材料',
    max: 60,
    optional: true,
    example: [{ name: '亲属关系证明', form: '原件1份' }],
  })
  materials?: WantedMaterial[];

  @Day({ label: '建议补齐日期', optional: true, example: '2026-11-27' })
  supplementBy?: string;

  @Text({
    label: '可以选择的其他途径',
    max: 2000,
    multiline: true,
    optional: true,
    example: '向有管辖权的人民法院起诉。',
  })
  routes?: string;

  @Text({ label: '办理地点和时间', max: 200, example: '综治中心一楼综合受理窗口，工作日9时至17时' })
  office!: string;
}

/** Checked against the class that the source registers. */
type Parameters = Readonly<Record<string, unknown>>;

/** Sources of the papers of the counter: the receipt of registration and the one-time notice (一次性告知). */
@Injectable()
export class IntakePapers implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly organizations: Organizations,
  ) {}

  onModuleInit(): void {
    this.sources.register('registration-receipt', {
      stage: 'intake',
      act: 'papers.issue-registration-receipt',
      parameters: ReceiptParameters,
      load: (tx, disputeId, parameters) => this.receipt(tx, disputeId, parameters),
    });
    this.sources.register('one-time-notice', {
      stage: 'intake',
      act: 'papers.issue-one-time-notice',
      parameters: NoticeParameters,
      load: (tx, disputeId, parameters) => this.notice(tx, disputeId, parameters),
    });
  }

  private async receipt(tx: Tx, disputeId: string, parameters: Parameters): Promise<PaperSubject> {
    const { dispute, responder, issuer } = await this.counter(tx, disputeId);
    const { narrative, requests } = await tx.one<{ narrative: string; requests: string | null }>(
      'select narrative, requests from dispute_narrative where dispute_id = $1',
      [disputeId],
    );
    const { applicants, respondents } = parameters as unknown as ReceiptParameters;
    return {
      title: '登记回执',
      number: dispute.registrationNumber,
      names: [applicants, ...(respondents === undefined ? [] : [respondents])],
      data: {
        ...parameters,
        number: dispute.registrationNumber,
        issuer,
        registeredAt: dispute.registeredAt.toISOString(),
        matter: dispute.title,
        // What somebody asks for may stand in the account itself; the receipt then repeats the account rather than nothing.
        requests: requests ?? narrative,
        responder,
      },
    };
  }

  private async notice(tx: Tx, disputeId: string, parameters: Parameters): Promise<PaperSubject> {
    const { dispute, responder, issuer } = await this.counter(tx, disputeId);
    return {
      title: '一次性告知单',
      number: dispute.registrationNumber,
      names: [(parameters as unknown as NoticeParameters).applicant],
      copies: 2,
      data: {
        ...parameters,
        number: dispute.registrationNumber,
        issuer,
        matter: dispute.title,
        responder,
        applicantSlot: 'applicant',
        issuedOn: legalDateFromInstant(tx.now),
      },
    };
  }

  private async counter(tx: Tx, disputeId: string) {
    const dispute = await tx.get(Dispute, disputeId);
    const center = await this.organizations.center(tx, dispute.centerId);
    const { name } = await tx.one<{ name: string }>('select display_name as name from account where id = $1', [
      dispute.firstResponderId,
    ]);
    return {
      dispute,
      issuer: center.name,
      responder: { slot: 'responder', name, phone: center.phone ?? '见受理窗口公示' },
    };
  }
}
