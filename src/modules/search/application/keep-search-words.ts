import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MatterHooks } from '../../disputes';

/** Keeps what can be found of a matter as it is after every act upon it. */
@Injectable()
export class KeepSearchWords implements OnModuleInit {
  constructor(private readonly hooks: MatterHooks) {}

  onModuleInit(): void {
    this.hooks.onHappening((tx, disputeId) => {
      tx.atEnd(`search:${disputeId}`, async () => {
        await tx.query('select app.index_matter($1)', [disputeId]);
      });
    });
  }
}
