import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { cursorParts } from '../../../platform/http';
import { Matters } from '../../disputes';
import { Faults, checkIdentity } from '../domain/particulars';
import { Party, RepresentedPerson } from '../persistence/party.entity';
import { PartyActs } from './party-acts';
import { refuseFaults } from './party-register';
import { SealedFields } from './sealed-fields';
import { maskDocumentNumber, maskPhoneText } from '../domain/masking';

interface RepresentedLine {
  readonly name: string;
  readonly phone?: string;
  readonly residentId?: string;
  readonly amountFen?: number;
}

@Injectable()
export class ListRepresented {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: PartyActs,
    private readonly matters: Matters,
    private readonly sealed: SealedFields,
  ) {}

  /** Adds people to the list that elected representatives stand for (被代表人名单), each with an own amount in fen. */
  async add(partyId: string, { persons }: { readonly persons: readonly RepresentedLine[] }) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, party } = await this.acts.open(tx, partyId, 'list-represented');
      const on = legalDateFromInstant(tx.now);
      const { last } = await tx.one<{ last: number }>(
        'select coalesce(max(ordinal), 0)::int as last from represented_person where dispute_id = $1 and party_id = $2',
        [party.disputeId, partyId],
      );
      const faults = persons.map((_, i) => new Faults(`/persons/${i}`, { documentNumber: 'residentId' }));
      const checked = persons.map(({ residentId, ...line }, i) =>
        checkIdentity(
          {
            ...line,
            ...(residentId === undefined ? {} : { documentKind: 'resident-id' as const, documentNumber: residentId }),
          },
          on,
          faults[i] ?? new Faults(''),
        ),
      );
      refuseFaults(faults.flatMap((f) => f.errors));
      for (const [i, identity] of checked.entries()) {
        const id = uuidv7();
        const { phoneCipher, documentNumberCipher, documentNumberIndex } = this.sealed.identityColumns(
          'represented_person',
          id,
          identity,
        );
        await tx.insert(RepresentedPerson, {
          id,
          disputeId: party.disputeId,
          partyId,
          ordinal: last + i + 1,
          name: identity.name,
          nameKey: identity.nameKey,
          phoneCipher,
          documentNumberCipher,
          documentNumberIndex,
          amountFen: persons[i]?.amountFen ?? null,
          createdAt: tx.now,
        });
      }
      await this.matters.record(tx, matter.dispute, {
        act: 'parties.list-represented',
        objectType: 'party',
        objectId: partyId,
        details: { ordinal: party.ordinal, added: persons.length },
      });
      return { added: persons.length, total: last + persons.length };
    });
  }

  /** Records that a represented person agrees to the settlement that the representative makes (民事诉讼法第五十六条). */
  async agreeToSettlement(personId: string, { attachmentId }: { readonly attachmentId: string }) {
    return this.unitOfWork.run(async (tx) => {
      const { partyId } = await tx.get(RepresentedPerson, personId);
      const { matter } = await this.acts.open(tx, partyId, 'agree-settlement');
      const person = await tx.lock(RepresentedPerson, personId);
      if (person.settlementAgreedAt !== null) {
        throw new DomainError('conflict', 'parties.settlement-agreed', '该被代表人的同意已经登记，不必重复。');
      }
      await tx.update(RepresentedPerson, personId, {
        settlementAgreedAt: tx.now,
        settlementAttachmentId: attachmentId,
      });
      await this.matters.record(tx, matter.dispute, {
        act: 'parties.agree-settlement',
        objectType: 'represented-person',
        objectId: personId,
        details: { partyId },
      });
      return { id: personId, settlementAgreedAt: tx.now.toISOString() };
    });
  }

  /** The list in its order, numbers masked. `after` is the line last seen. */
  async page(partyId: string, { limit = 20, cursor }: { readonly limit?: number; readonly cursor?: string }) {
    return this.unitOfWork.read(async (tx) => {
      const { disputeId } = await tx.get(Party, partyId);
      await this.matters.read(tx, disputeId, 'parties.list');
      const after = cursorParts(cursor, /^(\d{1,9})$/, ['ordinal']);
      const rows = await tx.query<RepresentedPerson>(
        `select id, ordinal, name, phone_cipher as "phoneCipher", document_number_cipher as "documentNumberCipher",
                amount_fen as "amountFen", settlement_agreed_at as "settlementAgreedAt"
           from represented_person where dispute_id = $1 and party_id = $2 and ordinal > $3 order by ordinal limit $4`,
        [disputeId, partyId, Number(after?.ordinal ?? 0), limit + 1],
      );
      const totals = await tx.one<{ total: number; agreed: number; amountFen: number }>(
        `select count(*)::int as total, count(settlement_agreed_at)::int as agreed, coalesce(sum(amount_fen), 0)::bigint as "amountFen"
           from represented_person where dispute_id = $1 and party_id = $2`,
        [disputeId, partyId],
      );
      const items = rows.slice(0, limit).map((row) => {
        const phone = this.sealed.open('represented_person', 'phone', row.id, row.phoneCipher);
        const number = this.sealed.open('represented_person', 'document_number', row.id, row.documentNumberCipher);
        return {
          id: row.id,
          ordinal: row.ordinal,
          name: row.name,
          phoneMasked: phone === null ? null : maskPhoneText(phone),
          residentIdMasked: number === null ? null : maskDocumentNumber('resident-id', number),
          amountFen: row.amountFen,
          settlementAgreedAt: row.settlementAgreedAt?.toISOString() ?? null,
        };
      });
      const last = items.at(-1);
      return { items, nextCursor: rows.length > limit && last !== undefined ? String(last.ordinal) : null, ...totals };
    });
  }
}
