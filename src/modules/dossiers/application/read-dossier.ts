import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import { DomainError, pick } from '../../../kernel';
import { type ObjectFacts, authorize, mayAct, policyOf } from '../../../platform/auth';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { type LoadedMatter, Matters } from '../../disputes';
import { type DossierKind, DOSSIER_KINDS, outlookOf } from '../domain/dossier-kinds';
import { CONCLUSIONS, dossierList } from '../domain/dossier-list';
import { DossierBinding } from '../persistence/dossier-binding.entity';
import { DossierRecord } from './dossier-record';

/** A running binding that has not moved for so long was cut off by a stop of the program. */
export const STALLED_MS = 300_000;
const MOST = 50;
/** Who is behind `dossiers.take-numbers`, for the page. */
const NUMBERS_NOTE = '含完整的证件号码，由本案调解员、记录人、调委会主任或者值班长下载。';

/** Which of the two files of a binding. */
export type BindingFile = 'book' | 'archive';

@Injectable()
export class ReadDossier {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly record: DossierRecord,
    private readonly store: FileStore,
  ) {}

  /** The list of the dossier, what is missing, and what each kind of volume would hold. */
  async list(disputeId: string) {
    const { matter, unopened, allowedActs } = await this.unitOfWork.run(async (tx) => {
      const found = await this.matters.read(tx, disputeId, 'dossiers.read');
      tx.audit({
        act: 'dossiers.read',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: found.dispute.centerId,
      });
      return {
        matter: found,
        unopened: isFiled(found) ? await this.record.load(tx, found.dispute) : null,
        allowedActs: may(tx, 'dossiers.bind', found.standing) ? ['dossiers.bind'] : [],
      };
    });
    if (unopened === null) {
      return {
        caseNumber: null,
        conclusionName: null,
        volume: matter.dispute.volume,
        items: [],
        kinds: [],
        allowedActs: [],
      };
    }
    const facts = await this.record.opened(unopened);
    const items = dossierList(facts);
    const kinds = Object.keys(DOSSIER_KINDS) as DossierKind[];
    return {
      caseNumber: matter.dispute.caseNumber,
      conclusionName: CONCLUSIONS[facts.conclusion],
      volume: matter.dispute.volume,
      items: items.map(({ papers, files, ...item }) => ({
        ...item,
        papers: papers.map((paper) => pick(paper, 'id', 'title', 'number', 'pageCount')),
        files: files.map((one) => pick(one, 'id', 'fileName', 'typeName', 'pages', 'obstacle')),
      })),
      kinds: kinds.map((kind) => ({
        ...outlookOf(kind, facts, items),
        downloadNote: kind === 'redacted' ? null : NUMBERS_NOTE,
      })),
      allowedActs,
    };
  }

  /** Bindings of a matter, the latest first. */
  async bindings(disputeId: string) {
    return this.unitOfWork.read(async (tx) => {
      const { standing } = await this.matters.read(tx, disputeId, 'dossiers.list-bindings');
      const rows = await tx.query<DossierBinding>(
        `select id, kind, volume, note, state, steps_done as "stepsDone", steps, gaps, contents, page_count as "pageCount",
                book_sha256 as "bookSha256", book_bytes as "bookBytes", archive_sha256 as "archiveSha256",
                archive_bytes as "archiveBytes", problem, requested_by_name as "requestedByName",
                requested_at as "requestedAt", moved_at as "movedAt", finished_at as "finishedAt"
           from dossier_binding where dispute_id = $1 order by requested_at desc, id desc limit ${MOST}`,
        [disputeId],
      );
      return rows.map(({ movedAt, requestedAt, finishedAt, ...row }) => {
        const isCutOff = row.state === 'running' && tx.now.getTime() - movedAt.getTime() > STALLED_MS;
        return {
          ...row,
          ...(isCutOff ? { state: 'failed' as const, problem: '系统中途停止，没有装订完，请重新装订。' } : {}),
          kindName: DOSSIER_KINDS[row.kind],
          requestedAt: requestedAt.toISOString(),
          finishedAt: finishedAt?.toISOString() ?? null,
          allowedActs: row.bookSha256 !== null && mayTake(tx, row.kind, standing) ? ['dossiers.download'] : [],
        };
      });
    });
  }

  /** The bound volume or its archive; taking it away is entered in the record of acts before the answer. */
  async file(bindingId: string, file: BindingFile): Promise<{ content: Readable; size: number; fileName: string }> {
    const { sha256, fileName } = await this.unitOfWork.run(async (tx) => {
      const binding = await tx.get(DossierBinding, bindingId);
      const { dispute, standing } = await this.matters.read(tx, binding.disputeId, 'dossiers.download');
      if (binding.kind !== 'redacted') authorize(tx.actor, 'dossiers.take-numbers', standing);
      const digest = file === 'book' ? binding.bookSha256 : binding.archiveSha256;
      if (digest === null) {
        if (binding.state === 'done') {
          throw new DomainError('conflict', 'dossiers.no-archive', '脱敏副本没有压缩包：原始文件含有个人信息。');
        }
        throw new DomainError('conflict', 'dossiers.not-bound', '这一份还没有装订完成，请稍后再下载。');
      }
      tx.audit({
        act: 'dossiers.download',
        objectType: 'dossier-binding',
        objectId: bindingId,
        disputeId: dispute.id,
        chain: dispute.centerId,
        details: { kind: binding.kind, file, sha256: digest },
      });
      // Named after the number of the case: a title may name people, and names of files travel far.
      const name = `${DOSSIER_KINDS[binding.kind]}-${dispute.caseNumber ?? ''}`;
      return { sha256: digest, fileName: `${name}.${file === 'book' ? 'pdf' : 'zip'}` };
    });
    return { ...(await this.store.stream(sha256)), fileName };
  }
}

function isFiled({ dispute }: LoadedMatter): boolean {
  return dispute.caseNumber !== null && dispute.committeeId !== null;
}

function may(tx: Tx, act: string, standing: ObjectFacts): boolean {
  return mayAct(tx.actor, policyOf(act)?.by ?? [], standing);
}

function mayTake(tx: Tx, kind: DossierKind, standing: ObjectFacts): boolean {
  return may(tx, 'dossiers.download', standing) && (kind === 'redacted' || may(tx, 'dossiers.take-numbers', standing));
}
