import { Injectable } from '@nestjs/common';
import {
  type LegalDate,
  type ParseResult,
  ageOn,
  birthOn,
  legalDateFromInstant,
  maskPhone,
  nameSearchKey,
  parsePersonName,
  parsePhone,
  parseResidentId,
  parseUnifiedSocialCreditCode,
  sexOf,
} from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { MATTER_STATES, type MatterState } from '../../disputes';
import type { PartyKind } from '../domain/dictionaries';
import { maskMinorName, maskPhoneText } from '../domain/masking';
import { isMinorOn } from '../domain/may-sign';
import { SealedFields } from './sealed-fields';

interface PersonSoFar {
  readonly centerId: string;
  readonly kind: PartyKind;
  readonly name?: string;
  readonly phone?: string;
  readonly residentId?: string;
  readonly creditCode?: string;
}

interface MetRow {
  readonly id: string;
  readonly disputeId: string;
  readonly registrationNumber: string;
  readonly title: string;
  readonly state: MatterState;
  readonly registeredAt: Date;
  readonly name: string;
  readonly phoneCipher: string | null;
  readonly birthOn: string | null;
  readonly matchedBy: 'resident-id' | 'credit-code' | 'phone' | 'name';
}

/** Matters shown; a name that meets more than these tells nothing. */
const SHOWN = 10;

/**
 * A person about to be registered: what the numbers say, and the matters of the same person. Everything is compared by
 * its blind index. The look-up is audited, for it tells whether somebody has been here; the entry holds no number.
 */
@Injectable()
export class LookUpPerson {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
    private readonly sealed: SealedFields,
  ) {}

  async execute(soFar: PersonSoFar) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'parties.look-up', { centerId: soFar.centerId });
      const { centerId, kind, name, phone, residentId, creditCode } = soFar;
      const on = legalDateFromInstant(tx.now);
      const id = kind === 'person' && residentId !== undefined ? parseResidentId(residentId, on) : null;
      const code =
        kind === 'organization' && creditCode !== undefined ? parseUnifiedSocialCreditCode(creditCode) : null;
      const number = phone === undefined ? null : parsePhone(phone);
      const called = name === undefined ? null : parsePersonName(name);
      const met = await this.meet(tx, {
        kind,
        residentId: id?.ok === true ? this.keys.blindIndex('resident-id', id.value) : null,
        creditCode: code?.ok === true ? this.keys.blindIndex('credit-code', code.value) : null,
        phone: number?.ok === true ? this.keys.blindIndex('phone', number.value) : null,
        name: name !== undefined && called?.ok === true ? nameSearchKey(name) : null,
      });
      tx.audit({
        act: 'parties.look-up',
        objectType: 'party',
        chain: centerId,
        details: {
          by: (['residentId', 'creditCode', 'phone', 'name'] as const).filter((field) => soFar[field] !== undefined),
          found: met.map((m) => m.disputeId),
        },
      });
      return {
        person: id?.ok === true ? readingOf(id.value, on) : null,
        phoneMasked: number?.ok === true ? maskPhone(number.value) : null,
        refusals: [
          refusalOf('name', called),
          refusalOf('phone', number),
          refusalOf('residentId', id),
          refusalOf('creditCode', code),
        ].filter((r) => r !== null),
        matters: met.map((m) => this.viewOf(m, on)),
      };
    });
  }

  private viewOf({ id, phoneCipher, birthOn: born, registeredAt, ...matter }: MetRow, on: LegalDate) {
    const isMinor = isMinorOn({ birthOn: born }, on);
    return {
      ...matter,
      name: isMinor ? maskMinorName(matter.name) : matter.name,
      stateName: MATTER_STATES[matter.state],
      phoneMasked: isMinor ? null : this.maskedPhone(id, phoneCipher),
      registeredAt: registeredAt.toISOString(),
    };
  }

  private maskedPhone(partyId: string, cipher: string | null): string | null {
    const phone = this.sealed.open('party', 'phone', partyId, cipher);
    return phone === null ? null : maskPhoneText(phone);
  }

  /** One index probe for each thing known; row security leaves out what the actor may not see. */
  private async meet(
    tx: Tx,
    by: { readonly kind: PartyKind } & Readonly<Record<string, string | null>>,
  ): Promise<MetRow[]> {
    return tx.query<MetRow>(
      `with met as (
         select id, 'resident-id' as by, 1 as strength from party where document_number_index = $1
         union all select id, 'credit-code', 1 from party where credit_code_index = $2
         union all select id, 'phone', 2 from party where phone_index = $3
         union all select id, 'name', 3 from party where name_key = $4 and kind = $5),
       strongest as (
         select distinct on (p.dispute_id) p.*, m.by, m.strength from met m join party p on p.id = m.id
          order by p.dispute_id, m.strength, p.ordinal)
       select s.id, d.id as "disputeId", d.registration_number as "registrationNumber", d.title, d.state,
              d.registered_at as "registeredAt", s.name, s.phone_cipher as "phoneCipher", s.by as "matchedBy",
              s.birth_on as "birthOn"
         from strongest s join dispute d on d.id = s.dispute_id
        order by s.strength, d.registered_at desc, d.id limit ${SHOWN}`,
      [by['residentId'], by['creditCode'], by['phone'], by['name'], by.kind],
    );
  }
}

function readingOf(id: Parameters<typeof sexOf>[0], on: LegalDate) {
  const born = birthOn(id);
  return { sex: sexOf(id), birthOn: born, age: ageOn(id, on), isMinor: isMinorOn({ birthOn: born }, on) };
}

function refusalOf(field: string, result: ParseResult<unknown> | null) {
  return result === null || result.ok ? null : { field, code: result.code, message: result.message };
}
