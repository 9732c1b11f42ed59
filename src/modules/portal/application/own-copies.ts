import { Injectable } from '@nestjs/common';
import { notFound } from '../../../kernel';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { OwnAgreements } from '../../agreements';
import { type PaperSnapshot, Papers } from '../../documents';
import { type OpenDesk, PortalDesk } from './portal-desk';

type Data = Readonly<Record<string, unknown>>;

/** A receipt may be made out to several who came together. */
const receiptFor =
  (name: string) =>
  ({ applicants }: Data): boolean =>
    typeof applicants === 'string' && applicants.split(/[、，,；;\s]+/u).includes(name);
const noticeFor =
  (name: string) =>
  ({ applicant }: Data): boolean =>
    applicant === name;
const rightsFor =
  (name: string) =>
  ({ parties }: Data): boolean =>
    Array.isArray(parties) && parties.some((p: { name?: unknown }) => p.name === name);

/** Copies that belong to the party: papers made out to it, and agreements in force to which it is one. */
@Injectable()
export class OwnCopies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly desk: PortalDesk,
    private readonly papers: Papers,
    private readonly agreements: OwnAgreements,
    private readonly store: FileStore,
  ) {}

  async list(tx: Tx, open: OpenDesk) {
    const own = await this.own(tx, open);
    const related = await this.papers.related(
      tx,
      own.map((paper) => paper.id),
    );
    return own.map(({ id, title, number, pageCount, sizeBytes, verificationCode }) => ({
      id,
      title,
      number,
      pageCount,
      sizeBytes,
      verificationCode,
      related: (related.get(id) ?? []).map((other) => other.text),
    }));
  }

  /**
   * The bytes exactly as issued. An agreement names all its parties with number and address, as the law has it (人民调解工作若干规定
   * art. 34); each party holds the same original, so its copy is that original and no other.
   */
  async download(paperId: string): Promise<{ bytes: Buffer; fileName: string }> {
    const { sha256, fileName } = await this.unitOfWork.run((tx) =>
      this.desk.at(tx, 'portal.download-copy', async (open) => {
        const paper = (await this.own(tx, open)).find((p) => p.id === paperId);
        if (!paper) throw notFound();
        this.desk.auditReading(tx, open, 'portal.download-copy', { paperId, sha256: paper.sha256 });
        return { sha256: paper.sha256, fileName: [paper.title, paper.number].filter(Boolean).join('-') };
      }),
    );
    return { bytes: await this.store.get(sha256), fileName: `${fileName}.pdf` };
  }

  private async own(tx: Tx, { matter, party }: OpenDesk): Promise<PaperSnapshot[]> {
    const { dispute } = matter;
    // Where the reporter is protected, what the reporter said is no paper of any party.
    const mayHaveAsked = party.side !== 'respondent' && !dispute.isReporterProtected;
    const { name } = party;
    const made = await this.papers.copiesFor(tx, dispute.id, {
      'rights-notice': rightsFor(name),
      ...(mayHaveAsked ? { 'registration-receipt': receiptFor(name), 'one-time-notice': noticeFor(name) } : {}),
    });
    const agreed: PaperSnapshot[] = [];
    for (const { paperId } of await this.agreements.inForce(tx, dispute.id, party.id)) {
      if (paperId !== null) agreed.push(await this.papers.get(tx, paperId));
    }
    return [...made, ...agreed];
  }
}
