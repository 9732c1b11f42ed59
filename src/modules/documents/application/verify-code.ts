import { Injectable } from '@nestjs/common';
import { DomainError, notFound } from '../../../kernel';
import { parseCheckCode } from '../../../kernel/check-code';
import { KeyRing } from '../../../platform/crypto';
import { UnitOfWork } from '../../../platform/database';
import { paperByCode } from './public-paper';

@Injectable()
export class VerifyCode {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: KeyRing,
  ) {}

  /**
   * The paper with this printed code, for anybody. The check character tells a slip of the pen (400) from a code that was never
   * issued (404); a code is one of 2^55, so that trying finds nothing.
   */
  async execute(text: string) {
    const code = parseCheckCode(text.slice(0, 64));
    if (!code.ok)
      throw new DomainError('malformed', code.code, code.message, [
        { pointer: '/code', code: code.code, detail: code.message },
      ]);
    const digest = this.keys.linkDigest(code.value);
    const paper = await this.unitOfWork.readAsSystem('verification', (tx) => paperByCode(tx, digest));
    if (!paper) throw notFound();
    return paper;
  }
}
