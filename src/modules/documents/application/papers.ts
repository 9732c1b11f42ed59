import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { CONFIG, type Config } from '../../../config';
import { CHECK_CODE_BYTES, makeCheckCode } from '../../../kernel/check-code';
import { KeyRing } from '../../../platform/crypto';
import { type Tx, uuidv7 } from '../../../platform/database';
import { FileStore } from '../../../platform/files';
import { ENGINE_VERSION, PaperEngine } from '../../../platform/pdf';
import { Dispute } from '../../disputes';
import { Organizations } from '../../organizations';
import { maskedName } from '../domain/masked-name';
import { type LongTermWork, nightAfter } from '../domain/long-term';
import { paperLifecycle } from '../domain/paper-lifecycle';
import { breaksTwoPersonRule, secondPersonRequired } from '../domain/seal-lifecycle';
import { Paper, PaperFile, type PaperFileKind, PaperLongTerm, UsedTemplate } from '../persistence/paper.entity';
import { SealUse } from '../persistence/seal.entity';
import { CenterTemplates } from './center-templates';
import { GlyphPictures } from './glyph-pictures';
import { type PaperInputs, packInputs, unpackInputs } from './packed-inputs';
import type { DraftedPaper, FiledPaper, PaperSnapshot, PaperToKeep, RenderOptions, SealedPaper } from './paper-types';
import { type RelatedPaper, relatedPapers } from './related-papers';
import { Seals } from './seals';

/** Topic of the message after which the copy with the watermark is drawn. */
export const PAPER_VOIDED = 'documents.paper-voided';
/** Topic of the message that asks for the timestamp which did not come in time. */
export const TIMESTAMP_WANTED = 'documents.timestamp-wanted';

/** A kept paper with its files, by kind. */
export interface LoadedPaper {
  readonly paper: Paper;
  readonly files: ReadonlyMap<PaperFileKind, PaperFile>;
  /** The file that counts: the sealed one where there is one. */
  readonly current: PaperFile;
  /** How its long-term copy stands; null for a paper that gets none. */
  readonly longTerm: LongTermWork | null;
}

/** A paper that counts, with what lists say of it. */
export interface PaperInForce {
  readonly id: string;
  readonly templateId: string;
  readonly name: string;
  readonly title: string;
  readonly number: string | null;
  readonly subjectId: string | null;
  readonly pageCount: number;
  readonly sha256: string;
  /** Of its long-term copy, where there is one. */
  readonly longTermSha256: string | null;
}

/**
 * Papers of a matter, for the modules that issue them. The order is fixed by the types:
 * `render` → (`Seals.seal`) → `file` → in one transaction `keep`.
 */
@Injectable()
export class Papers {
  constructor(
    private readonly engine: PaperEngine,
    private readonly store: FileStore,
    private readonly keys: KeyRing,
    private readonly seals: Seals,
    private readonly glyphPictures: GlyphPictures,
    private readonly organizations: Organizations,
    private readonly templates: CenterTemplates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Draws a paper in the worker pool. Call it outside a transaction.
   *
   * @throws DomainError when the data do not fulfil the template's contract, a character has no glyph, or the pool is busy
   */
  async render(
    templateId: string,
    data: Readonly<Record<string, unknown>>,
    options: RenderOptions,
  ): Promise<DraftedPaper> {
    const { name, file, source, hash } = await this.templates.of(templateId, options);
    const isKept = options.draft === undefined && options.forSigning !== true && options.entry === undefined;
    const code = isKept ? makeCheckCode(randomBytes(CHECK_CODE_BYTES)) : null;
    const glyphPictures = await this.glyphPictures.forText(JSON.stringify(data));
    return this.draw({ name, file, source, hash }, { data, marks: options.marks, glyphPictures }, options, code);
  }

  /** Draws a kept paper again, with its own template, code and content, for its seal or its watermark. */
  async renderAgain(
    { paper }: LoadedPaper,
    template: { name: string; file: string; source: string },
    options: { sealOf?: string; voided?: { on: string; reason: string } },
  ): Promise<DraftedPaper> {
    const drawing = { ...options, createdAt: paper.issuedAt };
    return this.draw({ ...template, hash: paper.templateHash }, this.inputsOf(paper), drawing, this.codeOf(paper));
  }

  /** Puts the bytes into the file store, synced to disk. Call it outside a transaction, after sealing. */
  async file(drafted: DraftedPaper, sealed?: SealedPaper): Promise<FiledPaper> {
    const { sha256, size } = await this.store.put(sealed?.bytes ?? drafted.bytes);
    return { drafted, sealed: sealed ?? null, sha256, sizeBytes: size };
  }

  /**
   * Keeps a filed paper: row, file, use of the seal. The caller authorizes, records and audits its own act.
   *
   * @throws DomainError `seals.second-person-required` when the seal demands two and one person asked and sealed
   */
  async keep(tx: Tx, paper: PaperToKeep): Promise<PaperSnapshot> {
    const { drafted, sealed } = paper.filed;
    const { verificationCode: code } = drafted;
    if (code === null) throw new Error('A draft is never kept');
    if (paper.supersedesId !== undefined) await this.supersede(tx, paper.disputeId, paper.supersedesId);
    const id = uuidv7();
    const committeeId = paper.committeeId ?? sealed?.committeeId ?? null;
    await this.keepTemplate(tx, drafted);
    await tx.insert(Paper, {
      id,
      disputeId: paper.disputeId,
      committeeId,
      templateHash: drafted.templateHash,
      templateId: drafted.templateId,
      templateVersion: drafted.templateVersion,
      engineVersion: ENGINE_VERSION,
      contentHash: drafted.contentHash,
      title: paper.title,
      number: paper.number ?? null,
      issuerName: await this.issuerName(tx, paper.disputeId, committeeId),
      dataEncrypted: this.keys.encrypt(packInputs(drafted), `paper.data:${id}`),
      maskedNames: (paper.names ?? []).map(maskedName),
      codeDigest: this.keys.linkDigest(code),
      codeEncrypted: this.keys.encrypt(code, `paper.code:${id}`),
      copies: paper.copies ?? 1,
      governedBy: paper.governedBy ?? null,
      subjectType: paper.subjectType ?? null,
      subjectId: paper.subjectId ?? null,
      supersedesId: paper.supersedesId ?? null,
      amendsId: paper.amends?.id ?? null,
      amendsAs: paper.amends?.as ?? null,
      previewId: paper.previewId ?? null,
      issuedBy: tx.actor.accountId,
      issuedAt: tx.now,
      state: sealed ? 'sealed' : 'final',
      sealId: sealed?.sealId ?? null,
      sealedAt: sealed?.sealedAt ?? null,
      version: 1,
    });
    await this.addFile(tx, paper.disputeId, id, sealed ? 'sealed' : 'final', paper.filed);
    if (sealed) await this.enterUse(tx, paper.disputeId, id, sealed, paper.sealRequestedBy ?? null);
    return this.get(tx, id);
  }

  /** Keeps the exact text of the template, so that what was drawn from it can be drawn again. */
  async keepTemplate(
    tx: Tx,
    { templateHash, templateId, templateVersion, template: { name, file, source } }: DraftedPaper,
  ): Promise<void> {
    await tx.query(
      `insert into paper_template (hash, template_id, name, version, file, source, first_used_at)
       values ($1, $2, $3, $4, $5, $6, $7) on conflict (hash) do nothing`,
      [templateHash, templateId, name, templateVersion, file, source, tx.now],
    );
  }

  /** Adds the sealed file to a paper that was issued without one, and enters the use of the seal. */
  async addSeal(tx: Tx, paper: Paper, filed: FiledPaper): Promise<PaperSnapshot> {
    const { sealed } = filed;
    if (sealed === null) throw new Error('Not a sealed file');
    const state = paperLifecycle.next('seal', paper, tx.now);
    await tx.update(Paper, paper.id, { state, sealId: sealed.sealId, sealedAt: sealed.sealedAt });
    await this.addFile(tx, paper.disputeId, paper.id, 'sealed', filed);
    await this.enterUse(tx, paper.disputeId, paper.id, sealed, paper.issuedBy);
    return this.get(tx, paper.id);
  }

  /** Voids a paper, as the consequence of the caller's act. Its verification says so from then on. */
  async void(tx: Tx, paperId: string, reason: string): Promise<void> {
    const paper = await tx.lock(Paper, paperId);
    const state = paperLifecycle.next('withdraw', paper, tx.now);
    await tx.update(Paper, paperId, { state, voidedAt: tx.now, voidedBy: tx.actor.accountId, voidReason: reason });
    tx.send({ topic: PAPER_VOIDED, payload: { paperId } });
  }

  /** Another paper stands in its place, as the consequence of the caller's act. */
  async supersede(tx: Tx, disputeId: string, paperId: string): Promise<void> {
    const old = await tx.lock(Paper, paperId);
    if (old.disputeId !== disputeId) throw new Error(`Paper ${paperId} belongs to another matter`);
    // What was voided stays voided; the new one says in whose place it stands.
    if (old.state === 'voided') return;
    await tx.update(Paper, paperId, { state: paperLifecycle.next('supersede', old, tx.now), supersededAt: tx.now });
  }

  /** A kept paper; absent or invisible is 404. */
  async get(tx: Tx, paperId: string): Promise<PaperSnapshot> {
    return this.snapshotOf(await this.load(tx, paperId));
  }

  /** The papers about one thing of a module, oldest first. */
  async about(tx: Tx, disputeId: string, subjectType: string, subjectId: string): Promise<readonly PaperSnapshot[]> {
    const rows = await tx.query<{ id: string }>(
      'select id from paper where dispute_id = $1 and subject_type = $2 and subject_id = $3 order by issued_at, id',
      [disputeId, subjectType, subjectId],
    );
    const papers: PaperSnapshot[] = [];
    for (const { id } of rows) papers.push(await this.get(tx, id));
    return papers;
  }

  /**
   * Papers in force of the given templates whose content says that they are for somebody, oldest first: the copies that may be
   * handed to that person. `isFor` is asked with what each paper was drawn from; masked names would not tell siblings apart.
   */
  async copiesFor(
    tx: Tx,
    disputeId: string,
    isFor: Readonly<Record<string, (data: Readonly<Record<string, unknown>>) => boolean>>,
  ): Promise<PaperSnapshot[]> {
    const rows = await tx.query<{ id: string }>(
      `select id from paper where dispute_id = $1 and template_id = any ($2) and state in ('final', 'sealed')
        order by issued_at, id`,
      [disputeId, Object.keys(isFor)],
    );
    const papers: PaperSnapshot[] = [];
    for (const { id } of rows) {
      const loaded = await this.load(tx, id);
      if (isFor[loaded.paper.templateId]?.(this.inputsOf(loaded.paper).data) === true)
        papers.push(this.snapshotOf(loaded));
    }
    return papers;
  }

  /** The papers before and after each of these, with what the later did to the earlier. */
  async related(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, readonly RelatedPaper[]>> {
    return relatedPapers(tx, ids);
  }

  /** Every paper of a matter that is in force with the file that counts, by the name of its template, oldest first. */
  async inForce(tx: Tx, disputeId: string): Promise<PaperInForce[]> {
    return tx.query(
      `select p.id, p.template_id as "templateId", t.name, p.title, p.number, p.subject_id as "subjectId",
              f.page_count as "pageCount", f.sha256,
              (select sha256 from paper_file where paper_id = p.id and kind = 'long-term') as "longTermSha256"
         from paper p join paper_template t on t.hash = p.template_hash
         join lateral (select page_count, sha256 from paper_file where paper_id = p.id and kind in ('final', 'sealed')
                        order by kind = 'sealed' desc limit 1) f on true
        where p.dispute_id = $1 and p.state in ('final', 'sealed') order by p.issued_at, p.id`,
      [disputeId],
    );
  }

  /**
   * Draws a kept paper anew with other words in the same form, for somebody who may not read the original: without seal,
   * marks and code, for it is none. Not kept. Call it outside a transaction.
   */
  async renderChanged(
    { loaded, template }: { readonly loaded: LoadedPaper; readonly template: UsedTemplate },
    change: (data: PaperInputs['data']) => Readonly<Record<string, unknown>>,
  ): Promise<DraftedPaper> {
    const { paper } = loaded;
    const { data, glyphPictures } = this.inputsOf(paper);
    const inputs = { data: change(data), marks: undefined, glyphPictures };
    const { name, file, source, hash } = template;
    return this.draw({ name, file, source, hash }, inputs, { createdAt: paper.issuedAt }, null);
  }

  /** A kept paper with the template that it was drawn from. */
  async loadWithTemplate(tx: Tx, paperId: string): Promise<{ loaded: LoadedPaper; template: UsedTemplate }> {
    const loaded = await this.load(tx, paperId);
    return { loaded, template: await tx.get(UsedTemplate, loaded.paper.templateHash) };
  }

  /** A kept paper with its files; absent or invisible is 404. */
  async load(tx: Tx, paperId: string): Promise<LoadedPaper> {
    const paper = await tx.get(Paper, paperId);
    const rows = await tx.query<PaperFile>(
      `select id, dispute_id as "disputeId", paper_id as "paperId", kind, sha256, size_bytes as "sizeBytes",
              page_count as "pageCount", created_at as "createdAt" from paper_file where paper_id = $1`,
      [paperId],
    );
    const files = new Map(rows.map((file) => [file.kind, file]));
    const current = files.get('sealed') ?? files.get('final');
    if (!current) throw new Error(`Paper ${paperId} has no file`);
    const [longTerm = null] = files.has('sealed')
      ? await tx.query<LongTermWork>(
          'select problem, collected_at as "collectedAt" from paper_long_term where paper_id = $1',
          [paperId],
        )
      : [];
    return { paper, files, current, longTerm };
  }

  snapshotOf({ paper, current }: LoadedPaper): PaperSnapshot {
    const { id, disputeId, templateId: kind, title, number, contentHash, state } = paper;
    const { sha256, sizeBytes, pageCount } = current;
    return {
      id,
      disputeId,
      kind,
      title,
      number,
      sha256,
      sizeBytes,
      pageCount,
      contentHash,
      verificationCode: this.codeOf(paper),
      state,
    };
  }

  /** The printed verification code. */
  codeOf(paper: Paper): string {
    return this.keys.decrypt(paper.codeEncrypted, `paper.code:${paper.id}`);
  }

  /** Adds a file that is already in the store. */
  async addFile(
    tx: Tx,
    disputeId: string,
    paperId: string,
    kind: PaperFileKind,
    filed: Pick<FiledPaper, 'sha256' | 'sizeBytes' | 'drafted'>,
  ): Promise<void> {
    await tx.insert(PaperFile, {
      id: uuidv7(),
      disputeId,
      paperId,
      kind,
      sha256: filed.sha256,
      sizeBytes: filed.sizeBytes,
      pageCount: filed.drafted.pageCount,
      createdAt: tx.now,
    });
  }

  private inputsOf(paper: Paper): PaperInputs {
    return unpackInputs(this.keys.decrypt(paper.dataEncrypted, `paper.data:${paper.id}`));
  }

  private async draw(
    template: { name: string; file: string; source: string; hash: string },
    { data, marks, glyphPictures }: PaperInputs,
    options: Omit<RenderOptions, 'marks' | 'centerId'> & { voided?: { on: string; reason: string } },
    code: string | null,
  ): Promise<DraftedPaper> {
    const seal = options.sealOf === undefined ? undefined : await this.seals.inscription(options.sealOf);
    const { name, file, source, hash } = template;
    const rendered = await this.engine.renderFrom(
      { file, source, hash },
      {
        data,
        marks,
        glyphPictures,
        createdAt: options.createdAt,
        draft: options.draft,
        voided: options.voided,
        attachments: options.attachments,
        seal,
        verification:
          options.entry !== undefined
            ? { kind: 'entry', ...options.entry }
            : code === null
              ? undefined
              : { code, url: `${this.config.publicUrl}/verify/${code}` },
      },
    );
    return { ...rendered, verificationCode: code, template: { name, file, source }, data, marks, glyphPictures };
  }

  private async issuerName(tx: Tx, disputeId: string, committeeId: string | null): Promise<string> {
    if (committeeId !== null) return (await this.organizations.committee(tx, committeeId)).name;
    const { centerId } = await tx.get(Dispute, disputeId);
    return (await this.organizations.center(tx, centerId)).name;
  }

  private async enterUse(
    tx: Tx,
    disputeId: string,
    paperId: string,
    sealed: SealedPaper,
    requestedBy: string | null,
  ): Promise<void> {
    const { accountId } = tx.actor;
    if (breaksTwoPersonRule(sealed.requiresSecondPerson, requestedBy, accountId)) throw secondPersonRequired();
    await tx.insert(SealUse, {
      id: uuidv7(),
      sealId: sealed.sealId,
      committeeId: sealed.committeeId,
      disputeId,
      paperId,
      usedBy: accountId,
      requestedBy,
      usedAt: tx.now,
      documentSha256: sealed.sha256,
      purpose: sealed.purpose,
      level: sealed.level,
      timestampProblem: sealed.timestampProblem,
    });
    if (sealed.level === 'B-T') {
      await tx.insert(PaperLongTerm, { paperId, disputeId, dueAt: nightAfter(tx.now), attempts: 0 });
    } else if (this.seals.expectsTimestamps) tx.send({ topic: TIMESTAMP_WANTED, payload: { paperId } });
  }
}
