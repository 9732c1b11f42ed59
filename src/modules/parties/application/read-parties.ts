import { Injectable } from '@nestjs/common';
import { mayAct } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { momentAfter, momentCursor, pageOf } from '../../../platform/http';
import { Matters } from '../../disputes';
import {
  CONSENT_ANSWERS,
  CONTACTED_PERSONS,
  CONTACT_CHANNELS,
  CONTACT_OUTCOMES,
  NOTICE_METHODS,
} from '../domain/dictionaries';
import { maskAddress, maskDocumentNumber, maskMinorName, maskPhoneText } from '../domain/masking';
import { partyLifecycle } from '../domain/party-lifecycle';
import { ContactAttempt, Party, PartyChange, PartyConsent, RightsNotice } from '../persistence/party.entity';
import { countUnreachableAttempts, tallyConsents } from '../persistence/consent-rows';
import { refusalToAdd } from './party-acts';
import { PartyViews } from './party-views';
import { SealedFields } from './sealed-fields';
import { legalDateFromInstant } from '../../../kernel';
import { isMinorOn } from '../domain/may-sign';

@Injectable()
export class ReadParties {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly views: PartyViews,
    private readonly sealed: SealedFields,
  ) {}

  /** The parties of a matter, masked, with where their consents stand. */
  async list(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'parties.list');
      const { items } = await this.views.all(tx, matter);
      const tally = await tallyConsents(tx, disputeId);
      const mayAdd = mayAct(tx.actor, partyLifecycle.table.acts.add.by, matter.standing);
      // The refusal looks at matter and mediation only, so that no party's own state is needed.
      const isOpen = refusalToAdd(matter, [], tx.now) === undefined;
      return {
        items,
        ...tally,
        isPartial: matter.dispute.isPartial,
        allowedActs: mayAdd && isOpen ? ['parties.add'] : [],
      };
    });
  }

  /** One party with how it was asked, told and sought. Leaves one audit entry. */
  async detail(partyId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { disputeId } = await tx.get(Party, partyId);
      const matter = await this.matters.read(tx, disputeId, 'parties.read');
      const party = await this.views.one(tx, matter, partyId);
      const consents = await tx.query<PartyConsent>(
        `select id, answer, channel, asked_at as "askedAt", asked_by_name as "askedByName", note, routes_told as "routesTold",
                answered_by_representative_id as "answeredByRepresentativeId", attachment_id as "attachmentId"
           from party_consent where dispute_id = $1 and party_id = $2 order by recorded_at, id`,
        [disputeId, partyId],
      );
      const [notice] = await tx.query<RightsNotice>(
        `select method, signed_at as "signedAt", told_by_name as "toldByName", witness, attachment_id as "attachmentId",
                signed_by_representative_id as "signedByRepresentativeId"
           from rights_notice where dispute_id = $1 and party_id = $2`,
        [disputeId, partyId],
      );
      const contacts = await tx.query<ContactAttempt>(
        `select id, at, channel, contacted, contacted_name as "contactedName", purpose, basis, outcome, note, made_by_name as "madeByName"
           from contact_attempt where dispute_id = $1 and party_id = $2 order by at desc, id desc limit 100`,
        [disputeId, partyId],
      );
      tx.audit({
        act: 'parties.read',
        objectType: 'party',
        objectId: partyId,
        disputeId,
        chain: matter.dispute.centerId,
        details: {},
      });
      return {
        ...party,
        consents: consents.map(({ askedAt, ...c }) => ({
          ...c,
          answerName: CONSENT_ANSWERS[c.answer],
          channelName: CONTACT_CHANNELS[c.channel],
          askedAt: askedAt.toISOString(),
        })),
        notice:
          notice === undefined
            ? null
            : {
                method: notice.method,
                methodName: NOTICE_METHODS[notice.method],
                signedAt: notice.signedAt.toISOString(),
                toldByName: notice.toldByName,
                signedByRepresentativeId: notice.signedByRepresentativeId,
                witness: notice.witness,
                attachmentId: notice.attachmentId,
              },
        contacts: contacts.map(({ at, ...c }) => ({
          ...c,
          channelName: CONTACT_CHANNELS[c.channel],
          contactedName: c.contactedName,
          contactedLabel: CONTACTED_PERSONS[c.contacted],
          outcomeName: CONTACT_OUTCOMES[c.outcome],
          at: at.toISOString(),
        })),
        unreachableAttempts: await countUnreachableAttempts(tx, disputeId),
      };
    });
  }

  /** Every attempt to reach a party of the matter, newest first: who was sought, how, and with what result. */
  async contacts(disputeId: string, { limit = 50, cursor }: { readonly limit?: number; readonly cursor?: string }) {
    return this.unitOfWork.run(async (tx) => {
      const matter = await this.matters.read(tx, disputeId, 'parties.read-contacts');
      const { items: parties } = await this.views.all(tx, matter);
      const [ms, id] = momentAfter(cursor);
      const rows = await tx.query<ContactAttempt>(
        `select id, party_id as "partyId", at, channel, contacted, contacted_name as "contactedName", purpose, basis, outcome,
                note, made_by_name as "madeByName"
           from contact_attempt
          where dispute_id = $1 and ($2::timestamptz is null or (at, id) < ($2, $3::uuid))
          order by at desc, id desc limit $4`,
        [disputeId, ms, id, limit + 1],
      );
      tx.audit({
        act: 'parties.read-contacts',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: matter.dispute.centerId,
      });
      const page = pageOf(rows, limit, (row) => momentCursor(row.at, row.id));
      return {
        nextCursor: page.nextCursor,
        unreachableAttempts: await countUnreachableAttempts(tx, disputeId),
        items: page.items.map(({ at, ...c }) => ({
          ...c,
          partyName: parties.find((p) => p.id === c.partyId)?.name ?? '',
          channelName: CONTACT_CHANNELS[c.channel],
          contactedLabel: CONTACTED_PERSONS[c.contacted],
          outcomeName: CONTACT_OUTCOMES[c.outcome],
          at: at.toISOString(),
        })),
      };
    });
  }

  /** What was changed of a party, when, by whom and why; former values masked like present ones. Leaves one audit entry. */
  async history(partyId: string) {
    return this.unitOfWork.run(async (tx) => {
      const party = await tx.get(Party, partyId);
      const { disputeId } = party;
      const { dispute } = await this.matters.read(tx, disputeId, 'parties.read-history');
      const changes = await tx.query<PartyChange>(
        `select id, at, by_name as "byName", act, fields, reason, before_cipher as "beforeCipher"
           from party_change where dispute_id = $1 and party_id = $2 order by at, id`,
        [disputeId, partyId],
      );
      const isMinor = isMinorOn(party, legalDateFromInstant(tx.now));
      tx.audit({
        act: 'parties.read-history',
        objectType: 'party',
        objectId: partyId,
        disputeId,
        chain: dispute.centerId,
        details: {},
      });
      return {
        items: changes.map(({ id, at, byName, act, fields, reason, beforeCipher }) => {
          const before = beforeCipher === null ? {} : this.sealed.openHistory(id, beforeCipher);
          return {
            id,
            at: at.toISOString(),
            byName,
            act,
            reason,
            changes: fields.map((field) => ({ field, before: shown(field, before, isMinor) })),
          };
        }),
      };
    });
  }
}

/** A former value as a list may show it. */
function shown(field: string, before: Readonly<Record<string, unknown>>, isMinor: boolean): string | null {
  const value = before[field];
  if (value === null || value === undefined) return null;
  const text = Array.isArray(value) ? value.join('、') : typeof value === 'string' ? value : JSON.stringify(value);
  switch (field) {
    case 'phone':
      return maskPhoneText(text);
    case 'documentNumber':
      return maskDocumentNumber('other', text);
    case 'creditCode':
      return `${text.slice(0, 6)}********${text.slice(14)}`;
    case 'address':
      return isMinor ? '（不显示）' : maskAddress(text);
    case 'birthOn':
    case 'aliases':
      return isMinor ? '（不显示）' : text;
    case 'name':
      return isMinor ? maskMinorName(text) : text;
    default:
      return text;
  }
}
