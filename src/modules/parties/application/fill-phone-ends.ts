import { Injectable } from '@nestjs/common';
import { Chores } from '../../../platform/chores';
import { UnitOfWork } from '../../../platform/database';
import { phoneEnd } from '../domain/phone-end';
import { SealedFields } from './sealed-fields';

const BATCH = 200;

/** Numbers taken down before their ends were kept cannot be found by them: makes up for it, once, after an upgrade. */
@Injectable()
export class FillPhoneEnds {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly sealed: SealedFields,
    private readonly chores: Chores,
  ) {
    chores.add({ name: 'fill-phone-ends', work: () => this.fill() });
  }

  /** Fills both tables in batches; returns how many numbers it filled. */
  async fill(): Promise<number> {
    return (await this.fillTable('party')) + (await this.fillTable('representative'));
  }

  private async fillTable(owner: 'party' | 'representative'): Promise<number> {
    let filled = 0;
    while (!this.chores.isStopped) {
      const count = await this.unitOfWork.runAsSystem('phone-ends', async (tx) => {
        const rows = await tx.query<{ id: string; cipher: string }>(
          owner === 'party'
            ? 'select id, phone_cipher as cipher from party where phone_cipher is not null and phone_end_index is null limit $1'
            : 'select id, phone_cipher as cipher from representative where phone_cipher is not null and phone_end_index is null limit $1',
          [BATCH],
        );
        for (const { id, cipher } of rows) {
          const phone = this.sealed.open(owner, 'phone', id, cipher) ?? '';
          await tx.query(
            owner === 'party'
              ? 'update party set phone_end_index = $2 where id = $1'
              : 'update representative set phone_end_index = $2 where id = $1',
            [id, this.sealed.phoneEndIndex(phoneEnd(phone))],
          );
        }
        return rows.length;
      });
      filled += count;
      if (count < BATCH) break;
    }
    return filled;
  }
}
