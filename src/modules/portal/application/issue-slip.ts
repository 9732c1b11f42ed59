import { Inject, Injectable } from '@nestjs/common';
import { randomBytes, randomInt } from 'node:crypto';
import { CONFIG, type Config } from '../../../config';
import { DomainError, ruleViolation } from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { type Dispute, Matters } from '../../disputes';
import { Papers } from '../../documents';
import { Organizations } from '../../organizations';
import { Parties, type PartySnapshot } from '../../parties';
import { formatCode, numberKey } from '../domain/access-rules';
import { PortalAccess } from '../persistence/portal.entity';
import { accountName, codeDigest } from './access-digests';
import { OwnCourse } from './own-course';

/** Template of the slip. */
const SLIP = 'contact-slip';

/** Two lines of the slip. */
const LONGEST_TITLE = 40;

/** 128 bits: short enough for a QR code that an old phone reads, and only one of two things that are asked for. */
const TOKEN_BYTES = 16;

/** What the slip shows, this once: of token and code only keyed digests are kept. */
interface IssuedSlip {
  readonly token: string;
  readonly code: string;
  readonly number: string;
  readonly centerId: string;
  readonly issuedAt: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Hands a party the way to its own matter (便民联系单): one matter, one person. */
@Injectable()
export class IssueSlip {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
    private readonly matters: Matters,
    private readonly parties: Parties,
    private readonly organizations: Organizations,
    private readonly course: OwnCourse,
    private readonly papers: Papers,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Issues an access and answers the printed slip. An earlier slip of the same person ends. The paper is drawn after the commit
   * and never kept: whoever may read the papers of a matter must not thereby become its party.
   *
   * @throws DomainError 422 `portal.no-party`, `portal.party-inactive`; 409 `portal.matter-over`
   */
  async execute(
    disputeId: string,
    command: { readonly partyId?: string },
  ): Promise<{ bytes: Buffer; fileName: string }> {
    const slip = await this.unitOfWork.run((tx) => this.issue(tx, disputeId, command.partyId));
    const { bytes } = await this.papers.render(SLIP, slip.data, {
      centerId: slip.centerId,
      createdAt: new Date(slip.issuedAt),
      entry: {
        url: `${this.config.publicUrl}/p/${slip.token}`,
        caption: ['手机扫左边的码，', '再输入六位查询码：'],
        code: formatCode(slip.code),
      },
    });
    return { bytes, fileName: `便民联系单-${slip.number}.pdf` };
  }

  private async issue(tx: Tx, disputeId: string, partyId: string | undefined): Promise<IssuedSlip> {
    const { dispute } = await this.matters.lock(tx, disputeId, 'portal.issue-slip');
    if (dispute.state === 'archived' || dispute.state === 'merged') {
      throw new DomainError(
        'conflict',
        'portal.matter-over',
        '事项已经归档或者并案，不再出具联系单。并案的，请在主件中出具。',
      );
    }
    const party = holderOf(await this.parties.list(tx, disputeId), partyId);
    await tx.query(
      `update portal_access set ended_at = $3, end_ground = 'reissued', ended_by = $4, version = version + 1
        where dispute_id = $1 and party_id = $2 and ended_at is null`,
      [disputeId, party.id, tx.now, tx.actor.accountId],
    );
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const code = await this.freshCode(tx, disputeId);
    const id = uuidv7();
    await tx.insert(PortalAccess, {
      id,
      disputeId,
      partyId: party.id,
      numberKey: numberKey(dispute.registrationNumber),
      tokenDigest: this.keys.linkDigest(token),
      codeDigest: codeDigest(this.keys, disputeId, code),
      issuedBy: tx.actor.accountId ?? '',
      issuedByName: tx.actor.displayName ?? '',
      issuedAt: tx.now,
      version: 1,
    });
    await this.matters.record(tx, dispute, {
      act: 'portal.issue-slip',
      details: { party: party.ordinal },
      objectType: 'portal-access',
      objectId: id,
    });
    return {
      token,
      code,
      number: dispute.registrationNumber,
      centerId: dispute.centerId,
      issuedAt: tx.now.toISOString(),
      data: await this.printed(tx, dispute, party),
    };
  }

  private async printed(tx: Tx, dispute: Dispute, party: PartySnapshot): Promise<Readonly<Record<string, unknown>>> {
    const center = await this.organizations.center(tx, dispute.centerId);
    const { nextStep } = await this.course.progress(tx, dispute, party.id);
    return {
      number: dispute.registrationNumber,
      issuer: center.name,
      holder: party.name,
      matter: shortened(dispute.title),
      registeredAt: dispute.registeredAt.toISOString(),
      issuedAt: tx.now.toISOString(),
      responder: await accountName(tx, dispute.firstResponderId),
      phone: center.phone ?? '见受理窗口公示',
      ...(center.address === null ? {} : { address: center.address }),
      nextStep,
      entryAddress: `${this.config.publicUrl}/p`,
    };
  }

  /** Unlike every live code of the matter, whose row is locked: by number and code alone two people must not be one. */
  private async freshCode(tx: Tx, disputeId: string): Promise<string> {
    const live = await tx.query<{ digest: string }>(
      'select code_digest as digest from portal_access where dispute_id = $1 and ended_at is null',
      [disputeId],
    );
    for (;;) {
      const code = String(randomInt(1_000_000)).padStart(6, '0');
      const digest = codeDigest(this.keys, disputeId, code);
      if (live.every((row) => row.digest !== digest)) return code;
    }
  }
}

/** A title that would push the slip over its one sheet is cut: the number says which matter it is. */
function shortened(title: string): string {
  const characters = Array.from(title);
  return characters.length <= LONGEST_TITLE ? title : `${characters.slice(0, LONGEST_TITLE - 1).join('')}…`;
}

/** Whoever came: named, or the first who applies. */
function holderOf(parties: readonly PartySnapshot[], partyId: string | undefined): PartySnapshot {
  const party =
    partyId === undefined
      ? parties.find((p) => p.isActive && p.side !== 'respondent')
      : parties.find((p) => p.id === partyId);
  if (!party) throw ruleViolation('portal.no-party', '请先登记当事人，再为其出具联系单。', '/partyId');
  if (!party.isActive) {
    throw ruleViolation('portal.party-inactive', '该当事人已不参加本次调解，不能出具联系单。', '/partyId');
  }
  return party;
}
