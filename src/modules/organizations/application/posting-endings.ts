import { Injectable } from '@nestjs/common';
import type { DomainError } from '../../../kernel';
import type { Tx } from '../../../platform/database';

interface EndingService {
  readonly accountId: string;
  readonly centerId: string;
}

type Objection = (tx: Tx, service: EndingService) => Promise<DomainError | null>;

/** Modules that know why a posting cannot end yet say so here. */
@Injectable()
export class PostingEndings {
  private readonly objections: Objection[] = [];

  object(objection: Objection): void {
    this.objections.push(objection);
  }

  async check(tx: Tx, service: EndingService): Promise<void> {
    for (const objection of this.objections) {
      const error = await objection(tx, service);
      if (error !== null) throw error;
    }
  }
}
