import { Injectable } from '@nestjs/common';
import { DomainError, addDays, legalDate, legalDateFromInstant, notFound, ruleViolation } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { type UnitKind, mayHangUnder } from '../domain/dictionaries';
import { OrgUnit, OrgUnitVersion } from '../persistence/organization.entity';

interface UnitVersionInput {
  readonly name: string;
  readonly parentId?: string;
  readonly code?: string;
  readonly validFrom: string;
}

interface UnitRow {
  readonly id: string;
  readonly kind: UnitKind;
  readonly parentId: string | null;
  readonly name: string;
  readonly code: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

const COLUMNS = `u.id, u.kind, v.parent_id as "parentId", v.name, v.code, v.valid_from as "validFrom", v.valid_to as "validTo"`;

@Injectable()
export class KeepUnits {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Units as they were on a day (today when none is named), parents first. */
  async list(on?: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'organizations.read');
      return tx.query<UnitRow>(
        `select ${COLUMNS} from org_unit u join org_unit_version v on v.unit_id = u.id
          where v.valid_from <= $1 and (v.valid_to is null or v.valid_to > $1)
          order by array_position(array['city', 'district', 'street', 'community', 'grid'], u.kind), v.name`,
        [on ?? legalDateFromInstant(tx.now)],
      );
    });
  }

  async add(kind: UnitKind, input: UnitVersionInput) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.add-unit');
      await this.checkParent(tx, kind, input.parentId);
      const id = uuidv7();
      await tx.insert(OrgUnit, { id, kind, createdAt: tx.now });
      await tx.insert(OrgUnitVersion, { id: uuidv7(), unitId: id, ...input });
      tx.audit({
        act: 'organizations.add-unit',
        objectType: 'org-unit',
        objectId: id,
        details: { kind, name: input.name },
      });
      return { id };
    });
  }

  /** A new name, code or parent from a day on; the version in force ends the day before it. */
  async revise(unitId: string, input: UnitVersionInput) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.revise-unit');
      const unit = await tx.lock(OrgUnit, unitId);
      await this.checkParent(tx, unit.kind as UnitKind, input.parentId);
      const [last] = await tx.query<{ id: string; validFrom: string }>(
        `select id, valid_from as "validFrom" from org_unit_version where unit_id = $1 order by valid_from desc limit 1`,
        [unitId],
      );
      if (!last) throw notFound();
      if (addDays(legalDate(last.validFrom), 1) > input.validFrom) {
        throw ruleViolation(
          'organizations.version-order',
          `新版本的起始日应晚于现行版本的起始日 ${last.validFrom}。`,
          '/validFrom',
        );
      }
      await tx.update(OrgUnitVersion, last.id, { validTo: input.validFrom });
      await tx.insert(OrgUnitVersion, { id: uuidv7(), unitId, ...input });
      tx.audit({
        act: 'organizations.revise-unit',
        objectType: 'org-unit',
        objectId: unitId,
        details: { name: input.name, validFrom: input.validFrom },
      });
      return { id: unitId };
    });
  }

  private async checkParent(tx: Tx, kind: UnitKind, parentId: string | undefined): Promise<void> {
    const parent = parentId === undefined ? null : await tx.get(OrgUnit, parentId);
    if (!mayHangUnder(kind, parent === null ? null : (parent.kind as UnitKind))) {
      throw new DomainError('rule', 'organizations.wrong-parent', '上级区划的层级应高于本级。请重新选择上级。', [
        { pointer: '/parentId', code: 'wrong-parent', detail: '上级区划的层级应高于本级' },
      ]);
    }
  }
}
