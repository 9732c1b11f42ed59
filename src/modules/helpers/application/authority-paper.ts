import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ruleViolation } from '../../../kernel';
import type { Tx } from '../../../platform/database';
import { Uuid } from '../../../platform/http';
import { PaperSources, type PaperSubject, present } from '../../documents';
import { Parties } from '../../parties';
import { HELPER_ACTS, HELPER_KINDS, type HelperAct } from '../domain/dictionaries';
import { HelperAuthority } from '../persistence/helper.entity';

class AuthorityPaperParameters {
  @Uuid({ label: '代办授权' })
  helperAuthorityId!: string;
}

/** Source of 代办授权书: what the parties sign before anybody acts for them. */
@Injectable()
export class AuthorityPaper implements OnModuleInit {
  constructor(
    private readonly sources: PaperSources,
    private readonly parties: Parties,
  ) {}

  onModuleInit(): void {
    this.sources.register('helper-authority', {
      stage: 'parties',
      act: 'helpers.print',
      parameters: AuthorityPaperParameters,
      load: (tx, disputeId, parameters) =>
        this.load(tx, disputeId, (parameters as unknown as AuthorityPaperParameters).helperAuthorityId),
    });
  }

  private async load(tx: Tx, disputeId: string, authorityId: string): Promise<PaperSubject> {
    const authority = await tx.get(HelperAuthority, authorityId);
    if (authority.disputeId !== disputeId) {
      throw ruleViolation('helpers.not-of-matter', '该代办授权不属于本事项。', '/parameters/helperAuthorityId');
    }
    const { center, registration, title } = await tx.one<{ center: string; registration: string; title: string }>(
      `select c.name as center, d.registration_number as registration, d.title
         from dispute d join center c on c.id = d.center_id where d.id = $1`,
      [disputeId],
    );
    const principals = (await this.parties.list(tx, disputeId)).filter((p) => authority.partyIds.includes(p.id));
    // A group signs through those whom it has elected, everybody else for himself.
    const signatories = principals.flatMap((p) => {
      const elected = p.representatives.filter((r) => r.kind === 'elected').map((r) => r.name);
      return elected.length > 0
        ? elected.map((name) => ({ name, capacity: `${p.name}的代表人` }))
        : [{ name: p.name, capacity: '委托人' }];
    });
    return {
      title: '代办授权书',
      number: null,
      names: [...principals.map((p) => p.name), authority.helperName],
      copies: 2,
      subjectType: 'helper-authority',
      subjectId: authority.id,
      data: {
        number: registration,
        center,
        matter: title,
        principals: principals.map((p) => ({ name: p.name })),
        helper: authority.helperName,
        helperKind: HELPER_KINDS[authority.kind],
        ...present({ helperUnit: authority.helperUnit }),
        acts: (Object.keys(HELPER_ACTS) as HelperAct[]).map((act) => ({
          text: HELPER_ACTS[act],
          given: authority.scope.includes(act),
        })),
        validFrom: authority.validFrom,
        validTo: authority.validTo,
        signatories: signatories.map((s, i) => ({ slot: `principal-${i + 1}`, ...s })),
        helperSlot: 'helper',
      },
    };
  }
}
