import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { type LegalDate, legalDate } from '../../../kernel';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, uuidv7 } from '../../../platform/database';
import { canonicalJson } from '../../../platform/pdf';
import { type Difference, differenceOf, differences } from '../../documents';
import { AgreementDraft } from '../persistence/agreement-draft.entity';
import type { Agreement } from '../persistence/agreement.entity';
import type { SignatureSlot } from '../persistence/signing.entity';
import { passagesOf } from './paper-passages';
import { withBlanks } from './signing-text';

type PaperData = Readonly<Record<string, unknown>>;

/** What somebody signed before the text was changed, against the text of now. */
export interface EarlierSignature {
  readonly partyId: string | null;
  readonly accountId: string | null;
  readonly signerName: string;
  readonly signedOn: LegalDate;
  readonly draft: number;
  readonly differences: readonly Difference[];
}

/**
 * The drafts of an agreement’s paper, 第n稿: the same number is the same text. A draft that nobody was shown is written over;
 * one that was printed or signed stays, and what is written after it is the next.
 */
@Injectable()
export class AgreementDrafts {
  constructor(private readonly keys: KeyRing) {}

  /** Enters the text as it stands, under the lock of the matter; answers which draft it is. */
  async enter(
    tx: Tx,
    { id: agreementId, disputeId }: Pick<Agreement, 'id' | 'disputeId'>,
    text: PaperData,
    { isShown = false, round = null }: { readonly isShown?: boolean; readonly round?: number | null } = {},
  ): Promise<{ readonly number: number; readonly data: PaperData }> {
    const data = withBlanks(text);
    const dataSha256 = digestOf(data);
    const last = (await this.rows(tx, agreementId)).at(-1);
    const shownAt = isShown ? tx.now : null;
    if (last?.dataSha256 === dataSha256) {
      if ((isShown && last.shownAt === null) || round !== null)
        await tx.query(
          'update agreement_draft set shown_at = coalesce(shown_at, $2), round = coalesce($3, round) where id = $1',
          [last.id, shownAt, round],
        );
      return { number: last.number, data };
    }
    const written = { dataSha256, writtenBy: tx.actor.accountId, writtenAt: tx.now, shownAt, round };
    if (last?.shownAt === null) {
      await tx.query(
        `update agreement_draft set data_encrypted = $2, data_sha256 = $3, written_by = $4, written_at = $5, shown_at = $6, round = $7
          where id = $1`,
        [last.id, this.packed(last.id, data), dataSha256, written.writtenBy, tx.now, shownAt, round],
      );
      return { number: last.number, data };
    }
    const id = uuidv7();
    const number = (last?.number ?? 0) + 1;
    await tx.insert(AgreementDraft, {
      id,
      disputeId,
      agreementId,
      number,
      dataEncrypted: this.packed(id, data),
      ...written,
    });
    return { number, data };
  }

  /** Which draft a text would be that is not stored: the last one where it is the same, or was not shown yet. */
  async numberOf(tx: Tx, agreementId: string | null, data: PaperData): Promise<number> {
    const last = agreementId === null ? undefined : (await this.rows(tx, agreementId)).at(-1);
    if (last === undefined) return 1;
    return last.shownAt === null || last.dataSha256 === digestOf(data) ? last.number : last.number + 1;
  }

  /** Every draft, the first first, each against the one before. */
  async list(tx: Tx, agreementId: string) {
    const rows = await this.rows(tx, agreementId);
    return rows.map((draft, i) => {
      const before = rows[i - 1];
      const passages = (row: AgreementDraft) => passagesOf(this.dataOf(row));
      return { draft, differences: before === undefined ? [] : differences(passages(before), passages(draft)) };
    });
  }

  /** What the draft was drawn from. */
  dataOf({ id, dataEncrypted }: AgreementDraft): PaperData {
    return JSON.parse(this.keys.decrypt(dataEncrypted, placeOf(id))) as PaperData;
  }

  /** Whoever signed a text that was changed afterwards, with what was changed since: the latest signature of each. */
  async earlierSignatures(
    tx: Tx,
    { id, round }: Pick<Agreement, 'id' | 'round'>,
    now: PaperData,
  ): Promise<EarlierSignature[]> {
    const signed = await tx.query<{
      partyId: string | null;
      accountId: string | null;
      signerName: string;
      signedOn: string;
      round: number;
    }>(
      `select distinct on (s.party_id, s.account_id, case when s.party_id is null and s.account_id is null then m.signer_name end) s.party_id as "partyId", s.account_id as "accountId",
              m.signer_name as "signerName", m.signed_on as "signedOn", m.round
         from signature_mark m join signature_slot s on s.id = m.slot_id
        where m.agreement_id = $1 and m.round < $2 and m.kind = 'signature'
        order by s.party_id, s.account_id, case when s.party_id is null and s.account_id is null then m.signer_name end, m.round desc`,
      [id, round],
    );
    if (signed.length === 0) return [];
    const drafts = await this.rows(tx, id);
    return signed.flatMap(({ round: then, ...rest }) => {
      // Taken back and fixed again unchanged, one draft served several rounds; it names the last of them.
      const draft = drafts.find((d) => d.round !== null && d.round >= then);
      if (draft === undefined) return [];
      const changes = differences(passagesOf(this.dataOf(draft)), passagesOf(now));
      return [{ ...rest, signedOn: legalDate(rest.signedOn), draft: draft.number, differences: changes }];
    });
  }

  private async rows(tx: Tx, agreementId: string): Promise<AgreementDraft[]> {
    return tx.query<AgreementDraft>(
      `select id, dispute_id as "disputeId", agreement_id as "agreementId", number, data_encrypted as "dataEncrypted",
              data_sha256 as "dataSha256", written_by as "writtenBy", written_at as "writtenAt", shown_at as "shownAt", round
         from agreement_draft where agreement_id = $1 order by number`,
      [agreementId],
    );
  }

  private packed(id: string, data: PaperData): string {
    return this.keys.encrypt(JSON.stringify(data), placeOf(id));
  }
}

const placeOf = (id: string): string => `agreement_draft.data:${id}`;
const digestOf = (data: PaperData): string => createHash('sha256').update(canonicalJson(data)).digest('hex');

/** The earlier signature of whoever is to sign at this place. */
export function earlierOf(
  earlier: readonly EarlierSignature[],
  { partyId, accountId, signerName }: Pick<SignatureSlot, 'partyId' | 'accountId' | 'signerName'>,
) {
  // Witnesses and interpreters are known by name alone.
  const found = earlier.find(
    (e) =>
      e.partyId === partyId &&
      e.accountId === accountId &&
      (partyId !== null || accountId !== null || e.signerName === signerName),
  );
  if (found === undefined) return null;
  const { signedOn, draft, differences: changes } = found;
  return { signedOn, draft, differences: changes.map(differenceOf) };
}
