import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, type FieldError, type LegalDate, legalDateFromInstant } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { type IntakeParty, MatterHooks, type SamePersonHint } from '../../disputes';
import { maskMinorName } from '../domain/masking';
import { isMinorOn } from '../domain/may-sign';
import { Faults, type Particulars, checkParticulars } from '../domain/particulars';
import { Party } from '../persistence/party.entity';
import { PARTY_COUNTS, UNREACHABLE_ATTEMPTS, askAnew } from '../persistence/consent-rows';
import { loadParties } from '../persistence/party-rows';
import { type SamePersonMatch, findSamePersons } from './find-same-persons';
import { takesPart } from './parties';
import { PartyRegister } from './party-register';

/** Plugs parties into the matter: enters those named at the counter, and answers what the matter's gates ask. */
@Injectable()
export class IntakeRegistrar implements OnModuleInit {
  constructor(
    private readonly hooks: MatterHooks,
    private readonly register: PartyRegister,
  ) {}

  onModuleInit(): void {
    this.hooks.registerParties((tx, dispute, parties) => this.enterAll(tx, dispute.id, parties));
    this.hooks.provideFacts({ ...PARTY_COUNTS, unreachableAttempts: UNREACHABLE_ATTEMPTS });
    this.hooks.onMediationReopened(async (tx, disputeId) => {
      await askAnew(tx, disputeId);
    });
    this.hooks.provideParties(async (tx, disputeId) =>
      (await loadParties(tx, disputeId))
        .filter(takesPart)
        .map((party) => ({ id: party.id, side: party.side, isMinor: isMinorOn(party, legalDateFromInstant(tx.now)) })),
    );
    this.hooks.provideSamePerson(async (tx, dispute) => (await findSamePersons(tx, dispute.id)).map(hintOf));
  }

  private async enterAll(tx: Tx, disputeId: string, parties: readonly IntakeParty[]): Promise<void> {
    const entered: Party[] = [];
    const checked = parties.map((party, i) => ({
      pointer: `/parties/${i}`,
      particulars: particularsOf(party, `/parties/${i}`),
    }));
    for (const { pointer, particulars } of checked) {
      entered.push(
        await this.register.enter(
          tx,
          disputeId,
          this.register.check(tx, particulars, pointer, { documentNumber: 'residentId' }),
          entered,
          { pointer },
        ),
      );
    }
  }
}

/** What the counter would refuse in a party, for lists that are looked through before anything is written. */
export function faultsOfIntakeParty(party: IntakeParty, on: LegalDate): readonly FieldError[] {
  const faults = new Faults('', { documentNumber: 'residentId' });
  checkParticulars(particularsOf(party, ''), on, faults);
  return faults.errors;
}

function particularsOf({ residentId, ...party }: IntakeParty, pointer: string): Particulars {
  if (residentId !== undefined && party.kind === 'organization') {
    throw new DomainError('rule', 'parties.field-of-other-kind', '单位没有公民身份号码，请核对当事人类别。', [
      { pointer: `${pointer}/residentId`, code: 'parties.field-of-other-kind', detail: '单位没有公民身份号码' },
    ]);
  }
  return {
    ...party,
    ...(residentId === undefined ? {} : { documentKind: 'resident-id' as const, documentNumber: residentId }),
  };
}

function hintOf({ disputeId, registrationNumber, name, isMinor, matchedBy }: SamePersonMatch): SamePersonHint {
  return { disputeId, registrationNumber, name: isMinor ? maskMinorName(name) : name, matchedBy };
}
