import { Injectable } from '@nestjs/common';
import { legalDateFromInstant } from '../../../kernel';
import { authorize, mayAct, type ObjectFacts } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { MATTER_STATES, type MatterState, Matters } from '../../disputes';
import { Parties } from '../../parties';
import { AUTHORITY_STATES, authorityLifecycle } from '../domain/authority';
import { HELPER_ACTS, HELPER_KINDS } from '../domain/dictionaries';
import { HelperAuthority, type HelperDeed } from '../persistence/helper.entity';
import { snapshotOf } from './keep-authorities';

@Injectable()
export class ReadAuthorities {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly parties: Parties,
  ) {}

  /** All authorities of a matter, the latest first, each with what was done under it. */
  async ofMatter(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { standing, dispute } = await this.matters.read(tx, disputeId, 'helpers.list');
      tx.audit({
        act: 'helpers.list',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: dispute.centerId,
      });
      const ids = await tx.query<{ id: string }>(
        'select id from helper_authority where dispute_id = $1 order by ordinal desc limit 50',
        [disputeId],
      );
      const items = [];
      for (const { id } of ids) items.push(await this.view(tx, await tx.get(HelperAuthority, id), standing));
      const isOver = ['archived', 'merged'].includes(dispute.state);
      const may = !isOver && mayAct(tx.actor, authorityLifecycle.table.acts.authorize.by, standing);
      return { items, allowedActs: may ? ['helpers.authorize'] : [] };
    });
  }

  /** What a helper with a login acts on: the matters by their names, nothing of their content. */
  async own() {
    return this.unitOfWork.read(async (tx) => {
      const { accountId } = tx.actor;
      authorize(tx.actor, 'helpers.list-own');
      return tx.asSystem(async () => {
        const rows = await tx.query<{ id: string; number: string; title: string; state: MatterState }>(
          `select h.id, d.registration_number as number, d.title, d.state from helper_authority h join dispute d on d.id = h.dispute_id
            where h.helper_account_id = $1 and not d.is_sealed and (h.state = 'in-force' or h.revoked_at > $2::timestamptz - interval '30 days')
            order by h.granted_at desc limit 100`,
          [accountId, tx.now],
        );
        const items = [];
        for (const { id, number, title, state } of rows) {
          const authority = await this.view(tx, await tx.get(HelperAuthority, id), {});
          items.push({ ...authority, registrationNumber: number, title, matterStateName: MATTER_STATES[state] });
        }
        return { items };
      });
    });
  }

  private async view(tx: Tx, authority: HelperAuthority, standing: ObjectFacts) {
    const parties = await this.parties.list(tx, authority.disputeId);
    const deeds = await tx.query<HelperDeed>(
      `select id, act, words, recorded_by_name as "recordedByName", done_at as "doneAt" from helper_act
        where authority_id = $1 order by done_at desc, id desc limit 200`,
      [authority.id],
    );
    const { id, kind, state, scope } = authority;
    const isOut = state === 'in-force' && legalDateFromInstant(tx.now) > authority.validTo;
    return {
      id,
      ordinal: authority.ordinal,
      kindName: HELPER_KINDS[kind],
      helperName: authority.helperName,
      helperUnit: authority.helperUnit,
      partyNames: parties.filter((p) => authority.partyIds.includes(p.id)).map((p) => p.shownName),
      scopeNames: scope.map((one) => HELPER_ACTS[one]),
      validFrom: authority.validFrom,
      validTo: authority.validTo,
      state,
      stateName: isOut ? '已到期' : AUTHORITY_STATES[state],
      attachmentId: authority.attachmentId,
      signedByNames: authority.signedByNames,
      revokedAt: authority.revokedAt?.toISOString() ?? null,
      revokeReason: authority.revokeReason,
      deeds: deeds.map((d) => ({
        id: d.id,
        actName: HELPER_ACTS[d.act],
        words: d.words,
        recordedByName: d.recordedByName,
        doneAt: d.doneAt.toISOString(),
      })),
      allowedActs: authorityLifecycle
        .allowedActs(snapshotOf(tx, authority), tx.now, (by) => mayAct(tx.actor, by, standing))
        .map((act) => `helpers.${act}`),
      version: authority.version,
    };
  }
}
