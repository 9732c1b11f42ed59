import { Injectable } from '@nestjs/common';
import { DomainError, type LegalDate, legalDateFromInstant, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Attachments } from '../../attachments';
import { type LoadedMatter, Matters } from '../../disputes';
import { PartyWords } from '../../followups';
import { Parties } from '../../parties';
import {
  type AuthorityAct,
  type AuthoritySnapshot,
  type AuthorityState,
  authorityLifecycle,
  periodInWords,
  scopeObjection,
} from '../domain/authority';
import { HELPER_ACTS, type HelperAct, type HelperKind } from '../domain/dictionaries';
import { HelperAuthority, HelperDeed } from '../persistence/helper.entity';

export interface AuthorizeHelperCommand {
  readonly kind: HelperKind;
  readonly helperName: string;
  readonly helperUnit?: string;
  readonly helperAccountId?: string;
  readonly partyIds: readonly string[];
  readonly scope: readonly HelperAct[];
  readonly validFrom: string;
  readonly validTo: string;
}

export interface HelperDeedCommand {
  readonly act: HelperAct;
  readonly words: string;
  readonly isSolved?: boolean;
}

const OVER = ['archived', 'merged'];

/** 帮办代办: written authority first, then what is done under it, each act with the authority on the record. */
@Injectable()
export class KeepAuthorities {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly parties: Parties,
    private readonly attachments: Attachments,
    private readonly words: PartyWords,
  ) {}

  /** Takes down for whom, for what and until when; it holds from the signed paper on. */
  async authorize(disputeId: string, command: AuthorizeHelperCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.lock(tx, disputeId, 'helpers.authorize');
      if (OVER.includes(dispute.state)) {
        throw ruleViolation('helpers.matter-over', '事项已经归档或并案，不能再登记代办授权。');
      }
      const partyIds = [...new Set(command.partyIds)];
      const active = (await this.parties.list(tx, disputeId)).filter((p) => p.isActive);
      if (!partyIds.every((id) => active.some((p) => p.id === id))) {
        throw ruleViolation('helpers.unknown-party', '所选当事人不在本事项中，或已退出。请重新选择。', '/partyIds');
      }
      if (command.validTo < command.validFrom) {
        throw ruleViolation('helpers.period-reversed', '授权期限的止期早于起期，请核对。', '/validTo');
      }
      const { ordinal } = await tx.one<{ ordinal: number }>(
        'select coalesce(max(ordinal), 0) + 1 as ordinal from helper_authority where dispute_id = $1',
        [disputeId],
      );
      const authority = Object.assign(new HelperAuthority(), {
        id: uuidv7(),
        disputeId,
        centerId: dispute.centerId,
        ordinal,
        kind: command.kind,
        helperName: command.helperName,
        helperUnit: command.helperUnit ?? null,
        helperAccountId: command.helperAccountId ?? null,
        partyIds,
        scope: [...new Set(command.scope)],
        validFrom: command.validFrom,
        validTo: command.validTo,
        state: 'drafted' as const,
        grantedBy: tx.actor.accountId ?? '',
        grantedAt: tx.now,
        version: 1,
      });
      if (command.helperAccountId !== undefined) await this.checkAccount(tx, dispute.centerId, command.helperAccountId);
      await tx.insert(HelperAuthority, authority);
      await this.record(tx, authority, 'authorize', `${authority.helperName}，${this.period(authority)}`);
      return authorityAnswer(authority.id, 'drafted', 1);
    });
  }

  /** The paper that the parties, or the representatives of a group, have signed: from here on it holds. */
  async attachPaper(authorityId: string, paper: { readonly attachmentId: string; readonly signedByNames: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { authority } = await this.lock(tx, authorityId, 'attach-paper');
      const file = (await this.attachments.list(tx, authority.disputeId)).find((f) => f.id === paper.attachmentId);
      if (!file) {
        throw ruleViolation(
          'helpers.unknown-file',
          '所选材料不在本事项中。请先在“材料”中上传签名的授权书，再选择。',
          '/attachmentId',
        );
      }
      await tx.update(HelperAuthority, authorityId, {
        state: 'in-force',
        attachmentId: file.id,
        signedByNames: paper.signedByNames,
        inForceAt: tx.now,
      });
      await this.record(tx, authority, 'attach-paper', `${paper.signedByNames}签名`);
      return authorityAnswer(authority.id, 'in-force', authority.version + 1);
    });
  }

  async revoke(authorityId: string, reason: string) {
    return this.unitOfWork.run(async (tx) => {
      const { authority } = await this.lock(tx, authorityId, 'revoke');
      await tx.update(HelperAuthority, authorityId, { state: 'revoked', revokedAt: tx.now, revokeReason: reason });
      await this.record(tx, authority, 'revoke', reason);
      return authorityAnswer(authority.id, 'revoked', authority.version + 1);
    });
  }

  /** What the helper does for the parties, entered by the desk or by the helper: only what is listed, while it holds. */
  async act(authorityId: string, deed: HelperDeedCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { authority, matter } = await this.lockForAct(tx, authorityId);
      const objection = scopeObjection(authority.scope, deed.act);
      if (objection !== null) throw ruleViolation('helpers.out-of-scope', objection, '/act');
      if (deed.act === 'confirm-outcome' && deed.isSolved === undefined) {
        throw ruleViolation('helpers.outcome-unsaid', '请填写事情解决了没有。', '/isSolved');
      }
      // The helper writes into a matter whose content he does not read; the act was authorized on his own authority.
      await tx.asSystem(() =>
        tx.insert(HelperDeed, {
          id: uuidv7(),
          disputeId: authority.disputeId,
          authorityId,
          act: deed.act,
          words: deed.words,
          recordedByName: tx.actor.displayName ?? '',
          doneAt: tx.now,
        }),
      );
      const parties = await tx.asSystem(() => this.parties.list(tx, authority.disputeId));
      const concerned = parties.filter((p) => authority.partyIds.includes(p.id));
      if (deed.act === 'confirm-outcome') await this.sayOutcome(tx, authority, matter, deed);
      const names = concerned.map((p) => p.shownName).join('、');
      await this.record(
        tx,
        authority,
        'act',
        `代办人${authority.helperName}代${names}${HELPER_ACTS[deed.act]}：${deed.words}`,
        { act: deed.act },
      );
      return authorityAnswer(authority.id, authority.state, authority.version);
    });
  }

  private async sayOutcome(
    tx: Tx,
    authority: HelperAuthority,
    { volume, state }: { readonly volume: number; readonly state: string },
    { words, isSolved = false }: HelperDeedCommand,
  ): Promise<void> {
    if (!['in-progress', 'accepted', 'answered', 'referred', 'not-accepted', 'handed-off'].includes(state)) {
      throw new DomainError('conflict', 'helpers.no-outcome', '事情还没有办理结果，或者已经办结，现在不用确认。');
    }
    for (const partyId of authority.partyIds) {
      await tx.asSystem(() =>
        this.words.say(tx, authority.disputeId, volume, partyId, { isSolved, words }, authority.id),
      );
    }
    tx.send({
      topic: isSolved ? 'portal.said-solved' : 'portal.said-unsolved',
      payload: { disputeId: authority.disputeId },
    });
  }

  private async lock(
    tx: Tx,
    authorityId: string,
    act: AuthorityAct,
  ): Promise<{ authority: HelperAuthority; matter: LoadedMatter }> {
    const { disputeId } = await tx.get(HelperAuthority, authorityId);
    const matter = await this.matters.lock(tx, disputeId, `helpers.${act}`);
    const authority = await tx.lock(HelperAuthority, authorityId);
    tx.checkVersion(authority);
    authorityLifecycle.next(act, snapshotOf(tx, authority), tx.now);
    return { authority, matter };
  }

  /** As `lock`; the helper himself acts on his authority without seeing the matter. */
  private async lockForAct(tx: Tx, authorityId: string) {
    const found = await tx.get(HelperAuthority, authorityId);
    const isHelper = found.helperAccountId !== null && found.helperAccountId === tx.actor.accountId;
    if (!isHelper) {
      const { authority, matter } = await this.lock(tx, authorityId, 'act');
      return { authority, matter: matter.dispute };
    }
    authorize(tx.actor, 'helpers.act');
    await this.matters.lockForSystem(tx, found.disputeId);
    tx.checkVersion(found);
    authorityLifecycle.next('act', snapshotOf(tx, found), tx.now);
    const matter = await tx.asSystem(() =>
      tx.one<{ volume: number; state: string }>('select volume, state from dispute where id = $1', [found.disputeId]),
    );
    return { authority: found, matter };
  }

  /** A helper with a login is one of the house: nobody outside of the center is let in by an authority. */
  private async checkAccount(tx: Tx, centerId: string, accountId: string): Promise<void> {
    const [known] = await tx.asSystem(() =>
      tx.query(
        `with recursive below (unit_id) as (
           select unit_id from center where id = $2
           union select v.unit_id from org_unit_version v join below b on v.parent_id = b.unit_id)
         select 1 from account a join role_grant g on g.account_id = a.id
          where a.id = $1 and a.status = 'active' and g.role in ('guide', 'intake-clerk', 'grid-worker') and g.valid_from <= $3 and (g.valid_to is null or g.valid_to > $3)
            and (g.scope_id = $2 or g.scope_id in (select unit_id from below))
          limit 1`,
        [accountId, centerId, tx.now],
      ),
    );
    if (known === undefined) {
      throw ruleViolation(
        'helpers.unknown-account',
        '代办人的账号应为本中心的引导员、受理员，或所属区划的网格员。没有账号的代办人，不选账号，只写姓名。',
        '/helperAccountId',
      );
    }
  }

  private async record(
    tx: Tx,
    authority: HelperAuthority,
    act: AuthorityAct,
    opinion: string,
    details: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    await this.matters.record(
      tx,
      { id: authority.disputeId, centerId: authority.centerId },
      {
        act: `helpers.${act}`,
        opinion,
        objectType: 'helper-authority',
        objectId: authority.id,
        details: { authorityId: authority.id, authority: authority.ordinal, ...details },
      },
    );
  }

  private period({ validFrom, validTo }: HelperAuthority): string {
    return periodInWords(validFrom as LegalDate, validTo as LegalDate);
  }
}

export function snapshotOf(tx: Tx, { state, validFrom, validTo }: HelperAuthority): AuthoritySnapshot {
  return {
    state,
    validFrom: validFrom as LegalDate,
    validTo: validTo as LegalDate,
    today: legalDateFromInstant(tx.now),
  };
}

/** What acts on an authority answer. */
function authorityAnswer(id: string, state: AuthorityState, version: number) {
  return { id, state, stateName: authorityLifecycle.table.states[state], version };
}
