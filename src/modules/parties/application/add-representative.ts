import { Injectable } from '@nestjs/common';
import { legalDateFromInstant, ruleViolation } from '../../../kernel';
import { UnitOfWork, uuidv7 } from '../../../platform/database';
import { Matters } from '../../disputes';
import type { DocumentKind, RepresentativeKind, Scope } from '../domain/dictionaries';
import { Faults, checkIdentity } from '../domain/particulars';
import { type PrincipalParty, objectionTo } from '../domain/representation';
import { type Party, Representative } from '../persistence/party.entity';
import { loadRepresentatives } from '../persistence/party-rows';
import { takesPart } from './parties';
import { PartyActs } from './party-acts';
import { refuseFaults } from './party-register';
import { PartyViews } from './party-views';
import { SealedFields } from './sealed-fields';

export interface AddRepresentativeCommand {
  readonly kind: RepresentativeKind;
  readonly name: string;
  readonly relation?: string;
  readonly employer?: string;
  readonly phone?: string;
  readonly documentKind?: DocumentKind;
  readonly documentNumber?: string;
  readonly scope: readonly Scope[];
  readonly validFrom: string;
  readonly validTo?: string;
  readonly authorityAttachmentId?: string;
  readonly authorityNote?: string;
  readonly wardView?: string;
  readonly isDoubleAgreed?: boolean;
}

@Injectable()
export class AddRepresentative {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly acts: PartyActs,
    private readonly matters: Matters,
    private readonly sealed: SealedFields,
    private readonly views: PartyViews,
  ) {}

  /** Enters a representative with scope and period, after the rules on guardians, agents and elected ones. */
  async execute(partyId: string, command: AddRepresentativeCommand) {
    return this.unitOfWork.run(async (tx) => {
      const { matter, party, parties } = await this.acts.open(tx, partyId, 'add-representative');
      const on = legalDateFromInstant(tx.now);
      const faults = new Faults('');
      const identity = checkIdentity(command, on, faults);
      refuseFaults(faults.errors);
      const id = uuidv7();
      const columns = this.sealed.identityColumns('representative', id, identity);
      const { kind, scope, validFrom, validTo = null, wardView = null, isDoubleAgreed = false } = command;
      const { authorityAttachmentId = null, authorityNote = null } = command;
      const objection = objectionTo(
        {
          kind,
          scope,
          validFrom,
          validTo,
          wardView,
          isDoubleAgreed,
          hasAuthority: authorityAttachmentId !== null || authorityNote !== null,
          nameKey: identity.nameKey,
          documentNumberIndex: columns.documentNumberIndex,
        },
        principal(party),
        parties.filter((p) => p.id !== partyId && takesPart(p)).map(principal),
        await loadRepresentatives(tx, party.disputeId),
        on,
      );
      if (objection) throw ruleViolation(objection.code, objection.message, `/${objection.field}`);
      await tx.insert(Representative, {
        id,
        disputeId: party.disputeId,
        partyId,
        kind,
        name: identity.name,
        nameKey: identity.nameKey,
        relation: command.relation ?? null,
        employer: command.employer ?? null,
        ...columns,
        scope: [...new Set(scope)],
        validFrom,
        validTo,
        authorityAttachmentId,
        authorityNote,
        wardView,
        isDoubleAgreed,
        createdBy: tx.actor.accountId,
        createdAt: tx.now,
      });
      await this.matters.record(tx, matter.dispute, {
        act: 'parties.add-representative',
        objectType: 'representative',
        objectId: id,
        details: { partyId, kind, scope, validFrom, validTo, isDoubleAgreed },
      });
      return this.views.one(tx, matter, partyId);
    });
  }
}

function principal(party: Party): PrincipalParty {
  const { id, side, kind, birthOn, capacity, nameKey, documentNumberIndex } = party;
  return { id, side, kind, birthOn, capacity, nameKey, documentNumberIndex, isActive: takesPart(party) };
}
