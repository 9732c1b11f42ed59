import { Injectable } from '@nestjs/common';
import { ROLE_NAMES } from '../../../kernel';
import { actsSomewhere, authorize } from '../../../platform/auth';
import { UnitOfWork } from '../../../platform/database';

@Injectable()
export class ReadSelf {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async execute() {
    return this.unitOfWork.read((tx) => {
      authorize(tx.actor, 'identity.read-self');
      const { accountId, displayName, mustChangePassword, grants } = tx.actor;
      return Promise.resolve({
        id: accountId ?? '',
        displayName: displayName ?? '',
        mustChangePassword,
        acts: actsSomewhere(tx.actor),
        grants: grants.map(({ role, scopeKind, scopeId }) => ({
          role,
          roleName: ROLE_NAMES[role],
          scopeKind,
          scopeId,
        })),
      });
    });
  }
}
