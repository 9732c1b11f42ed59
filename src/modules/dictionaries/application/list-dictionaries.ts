import { Injectable } from '@nestjs/common';
import { authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';
import { DISPUTE_DICTIONARIES } from '../../disputes';
import { PARTY_DICTIONARIES } from '../../parties';

/** The dictionaries of the program, with what they mean and what fixes them. They are part of it and change with it. */
@Injectable()
export class ListDictionaries {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute() {
    return this.unitOfWork.read((tx) => {
      authorize(tx.actor, 'dictionaries.list', { ownerAccountId: tx.actor.accountId });
      return Promise.resolve({
        items: [...DISPUTE_DICTIONARIES, ...PARTY_DICTIONARIES].map(({ entries, ...dictionary }) => ({
          ...dictionary,
          entries: Object.entries(entries).map(([key, name]) => ({
            key,
            name,
            // `family.divorce` lies under `family`.
            parentKey: key.includes('.') ? key.slice(0, key.lastIndexOf('.')) : null,
          })),
        })),
      });
    });
  }
}
