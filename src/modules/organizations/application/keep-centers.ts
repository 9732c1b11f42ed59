import { Injectable } from '@nestjs/common';
import { parseNumberPrefix, ruleViolation, USUAL_YELLOW_PART } from '../../../kernel';
import { authorize } from '../../../platform/auth';
import { type Tx, UnitOfWork, uuidv7 } from '../../../platform/database';
import { Center, CenterSlot } from '../persistence/organization.entity';

/** Topic of the outbox: a center warns at another time than before. */
export const WARNING_CHANGED = 'organizations.warning-changed';

interface CenterInput {
  readonly unitId: string;
  readonly name: string;
  readonly code: string;
  readonly parentCenterId?: string;
  readonly phone?: string;
  readonly address?: string;
}

interface SlotInput {
  readonly kind: string;
  readonly ordinal: number;
  readonly name?: string;
  readonly duty?: string;
  readonly agencyId?: string;
  readonly validFrom: string;
}

@Injectable()
export class KeepCenters {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async list() {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'organizations.read');
      return tx.query<Omit<Center, 'yellowPart'> & { readonly yellowPart: string }>(
        `select id, unit_id as "unitId", name, code, phone, address, ancestor_center_ids as "ancestorCenterIds",
                yellow_part::text as "yellowPart", receipt_days as "receiptDays", relapse_days as "relapseDays",
                call_back_share as "callBackShare", own_addresses as "ownAddresses", is_active as "isActive", version from center order by cardinality(ancestor_center_ids), name`,
      );
    });
  }

  /** A center; with one above it, it joins that one's subtree. */
  async add(input: CenterInput) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.add-center');
      const { parentCenterId, ...own } = input;
      const prefix = parseNumberPrefix(own.code);
      if (!prefix.ok) throw ruleViolation(prefix.code, prefix.message, '/code');
      const parent = parentCenterId === undefined ? null : await tx.get(Center, parentCenterId);
      const id = uuidv7();
      await tx.insert(Center, {
        id,
        ...own,
        ancestorCenterIds: parent === null ? [] : [...parent.ancestorCenterIds, parent.id],
        yellowPart: USUAL_YELLOW_PART,
      });
      tx.audit({ act: 'organizations.add-center', objectType: 'center', objectId: id, details: { name: own.name } });
      return { id };
    });
  }

  /** With another time to warn, the lights on all lists of its matters follow. */
  async change(
    id: string,
    input: Partial<
      Pick<
        Center,
        'name' | 'phone' | 'address' | 'receiptDays' | 'relapseDays' | 'callBackShare' | 'ownAddresses' | 'isActive'
      >
    > & {
      readonly yellowPart?: string;
    },
  ) {
    const { yellowPart, ...rest } = input;
    const changes = { ...rest, ...(yellowPart === undefined ? {} : { yellowPart: Number(yellowPart) }) };
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.change-center');
      const center = await tx.lock(Center, id);
      tx.checkVersion(center);
      await tx.update(Center, id, changes);
      const isOther = changes.yellowPart !== undefined && changes.yellowPart !== center.yellowPart;
      tx.audit({
        act: 'organizations.change-center',
        objectType: 'center',
        objectId: id,
        details: {
          fields: Object.keys(changes),
          ...(isOther ? { formerYellowPart: center.yellowPart, yellowPart: changes.yellowPart } : {}),
        },
      });
      if (isOther) tx.send({ topic: WARNING_CHANGED, payload: { centerId: id } });
      return { id, version: center.version + 1 };
    });
  }

  async slots(centerId: string) {
    return this.unitOfWork.read(async (tx) => {
      authorize(tx.actor, 'organizations.read');
      await tx.get(Center, centerId);
      return tx.query<CenterSlot>(
        `select id, center_id as "centerId", kind, ordinal, name, duty, agency_id as "agencyId",
                valid_from as "validFrom", valid_to as "validTo", version
           from center_slot where center_id = $1 order by kind, ordinal, valid_from`,
        [centerId],
      );
    });
  }

  async addSlot(centerId: string, input: SlotInput) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.add-slot');
      await tx.get(Center, centerId);
      const id = uuidv7();
      await tx.insert(CenterSlot, { id, centerId, ...input });
      this.auditSlot(tx, 'organizations.add-slot', id);
      return { id };
    });
  }

  /** Names a slot, gives it a duty or an agency, or closes it from a day. */
  async changeSlot(id: string, changes: Partial<Pick<CenterSlot, 'name' | 'duty' | 'agencyId' | 'validTo'>>) {
    return this.unitOfWork.run(async (tx) => {
      authorize(tx.actor, 'organizations.change-slot');
      const slot = await tx.lock(CenterSlot, id);
      tx.checkVersion(slot);
      await tx.update(CenterSlot, id, changes);
      this.auditSlot(tx, 'organizations.change-slot', id);
      return { id, version: slot.version + 1 };
    });
  }

  private auditSlot(tx: Tx, act: string, id: string): void {
    tx.audit({ act, objectType: 'center-slot', objectId: id });
  }
}
