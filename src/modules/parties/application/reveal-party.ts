import { Injectable } from '@nestjs/common';
import { DomainError, legalDateFromInstant } from '../../../kernel';
import { UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import type { RevealableField } from '../domain/dictionaries';
import { isMinorOn } from '../domain/may-sign';
import { Party } from '../persistence/party.entity';
import { SealedFields } from './sealed-fields';

export interface RevealCommand {
  readonly fields: readonly RevealableField[];
  readonly purpose: string;
}

@Injectable()
export class RevealParty {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly sealed: SealedFields,
  ) {}

  /**
   * Full values of masked fields, for a stated purpose. Exactly one audit entry, written in the same transaction before
   * anything is answered. A minor's are shown only under `parties.reveal-minor`: to those whom a responsible person has
   * put on the matter, and to that person (未成年人网络保护条例第三十六条).
   */
  async execute(partyId: string, act: 'parties.reveal' | 'parties.reveal-minor', { fields, purpose }: RevealCommand) {
    return this.unitOfWork.run(async (tx) => {
      const party = await tx.get(Party, partyId);
      const { dispute } = await this.matters.read(tx, party.disputeId, act);
      const isMinor = isMinorOn(party, legalDateFromInstant(tx.now));
      if (isMinor && act === 'parties.reveal') {
        throw new DomainError(
          'rule',
          'parties.minor-guarded',
          '该当事人是未成年人，其个人信息须由负责人或者其授权的承办人说明理由后查看。请联系本案调解员或值班长。',
        );
      }
      const asked = [...new Set(fields)];
      tx.audit({
        act,
        objectType: 'party',
        objectId: partyId,
        disputeId: party.disputeId,
        chain: dispute.centerId,
        details: { fields: asked, purpose, isMinor },
      });
      const values: Readonly<Record<RevealableField, () => string | null>> = {
        name: () => party.name,
        phone: () => this.sealed.open('party', 'phone', partyId, party.phoneCipher),
        documentNumber: () => this.sealed.open('party', 'document_number', partyId, party.documentNumberCipher),
        creditCode: () => this.sealed.open('party', 'credit_code', partyId, party.creditCodeCipher),
        birthOn: () => party.birthOn,
        address: () => party.address,
      };
      return { partyId, values: asked.map((field) => ({ field, value: values[field]() })) };
    });
  }
}
