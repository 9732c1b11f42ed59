import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fromBufferPromise } from 'yauzl';
import { Chores } from '../../../src/platform/chores';
import { type BuiltMatter, aMatter, must } from '../../support/builders';
import { jpeg } from '../../support/files';
import { fileOf } from '../../support/paper-fixtures';
import { SIX_SIBLINGS } from '../../support/parties';
import type { Caller, TestApp } from '../../support/test-app';
import { type Standing, aSeal, ledger } from '../agreements/stage';

export interface Item {
  readonly key: string;
  readonly ordinal: number | null;
  readonly name: string;
  readonly need: string;
  readonly state: string;
  readonly papers: readonly { readonly title: string; readonly pageCount: number }[];
  readonly files: readonly {
    readonly fileName: string;
    readonly pages: number | null;
    readonly obstacle: string | null;
  }[];
  readonly gaps: readonly { readonly text: string; readonly tab: string }[];
}

export interface Dossier {
  readonly caseNumber: string | null;
  readonly conclusionName: string | null;
  readonly items: readonly Item[];
  readonly kinds: readonly {
    readonly kind: string;
    readonly includes: readonly string[];
    readonly missing: readonly string[];
    readonly refusal: string | null;
  }[];
  readonly allowedActs: readonly string[];
}

export interface Binding {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly problem: string | null;
  readonly stepsDone: number;
  readonly steps: number;
  readonly gaps: readonly string[];
  readonly contents: readonly {
    readonly title: string;
    readonly from: number;
    readonly to: number;
    readonly remark: string | null;
  }[];
  readonly pageCount: number;
  readonly bookSha256: string;
  readonly archiveSha256: string | null;
  readonly allowedActs: readonly string[];
}

/** Words that only those who serve on the matter may ever read. */
export const PRIVATE = {
  note: '底线是七万五千元',
  concession: '愿意让出两万三千元',
  separate: '背着大哥说的心里话',
} as const;

export const listOf = async (by: Caller, id: string): Promise<Dossier> =>
  must<Dossier>(await by.get(`/disputes/${id}/dossier`), 200);

export const itemOf = (dossier: Dossier, key: string): Item => {
  const item = dossier.items.find((one) => one.key === key);
  if (item === undefined) throw new Error(`No item ${key}`);
  return item;
};

/** Orders a volume and waits for it. */
export async function bound(t: TestApp, by: Caller, id: string, order: object): Promise<Binding> {
  const ordered = must<{ id: string }>(await by.post(`/disputes/${id}/dossier/bindings`, order), 202);
  await t.app.get(Chores).settled();
  const found = must<Binding[]>(await by.get(`/disputes/${id}/dossier/bindings`), 200).find((b) => b.id === ordered.id);
  if (found?.state !== 'done') throw new Error(`Not bound: ${String(found?.problem)}`);
  return found;
}

/** The text of each page. */
export function pagesOf(book: Buffer): string[] {
  const file = fileOf(book);
  const { stdout } = spawnSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8', maxBuffer: 64_000_000 });
  rmSync(dirname(file), { recursive: true });
  return stdout.split('\f').slice(0, -1);
}

/** A photograph of a standing sheet; `orientation` as the camera marks it. */
export function photograph(mark: string, orientation?: number): Buffer {
  const bytes = jpeg(600, 848, mark);
  return orientation === undefined ? bytes : turned(bytes, orientation);
}

/** Writes the orientation as cameras do, in an APP1 segment behind the start of the image. */
function turned(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(0x0112, 10);
  tiff.writeUInt16BE(3, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** The files of an archive by their names. */
export async function unpacked(archive: Buffer): Promise<Map<string, Buffer>> {
  const zip = await fromBufferPromise(archive);
  const files = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.set(entry.fileName, Buffer.concat(chunks));
  }
  return files;
}

export async function upload(
  by: Caller,
  id: string,
  file: { readonly bytes: Buffer; readonly name: string; readonly type: string },
  fields: Readonly<Record<string, string>>,
): Promise<string> {
  const reply = await by.upload(`/disputes/${id}/attachments`, file, { form: 'scan', ring: 'parties', ...fields });
  return must<{ id: string }>(reply, 201).id;
}

export async function issue(by: Caller, id: string, templateId: string, parameters: object = {}): Promise<string> {
  return must<{ id: string }>(await by.post(`/disputes/${id}/papers`, { templateId, parameters }), 201).id;
}

/** Six heirs before anything was agreed, with what was said in confidence. */
export async function theHeirs(t: TestApp): Promise<BuiltMatter & { readonly sessionId: string }> {
  const matter = await aMatter(t)
    .with({
      title: '李家六兄妹遗产纠纷',
      channel: 'proactive',
      narrative: `父母留下存款，分配意见不一。联系电话${SIX_SIBLINGS[1].phone}。`,
    })
    .ofType('family.inheritance')
    .between(...SIX_SIBLINGS)
    .inSession();
  const mediator = await t.as('mediator');
  must(
    await mediator.post(`/sessions/${matter.sessionId}/entries`, {
      entries: [
        {
          ring: 'parties',
          kind: 'statement',
          speaker: '李建国',
          text: `存折由本人保管，身份证${SIX_SIBLINGS[0].residentId}。`,
        },
        { ring: 'mediator', kind: 'statement', speaker: '李建军', text: PRIVATE.note },
      ],
    }),
    201,
  );
  must(
    await mediator.post(`/sessions/${matter.sessionId}/concessions`, { madeBy: '李建军', text: PRIVATE.concession }),
    201,
  );
  must(await mediator.post(`/disputes/${matter.id}/notes`, { ring: 'mediator', text: PRIVATE.note }), 201);
  t.clock.advance(2 * 3_600_000);
  must(await mediator.post(`/sessions/${matter.sessionId}/end`, {}), 200);
  return matter;
}

/** The agreement of the heirs: in ink with its scan, sealed, paid by all. */
export async function theyAgree(
  t: TestApp,
  matter: BuiltMatter & { readonly sessionId: string },
  scan: Buffer,
  receipt: Buffer,
): Promise<string> {
  const mediator = await t.as('mediator');
  must(await mediator.post(`/sessions/${matter.sessionId}/result`, { result: 'agreed' }), 200);
  await aSeal(t);
  const drafted = must<Standing>(
    await mediator.post(`/disputes/${matter.id}/agreements`, {
      kind: 'written',
      facts: '六名当事人系兄弟姐妹。父母去世后遗有存款人民币叁拾陆万元，未立遗嘱，因分配意见不一发生争议。',
      responsibilities: '各方确认存款由李建国保管，金额属实。',
      clauses: ['父母名下存款由六名当事人各得六分之一。', '六名当事人就该存款再无其他争议，互相恢复往来。'],
      breachClause: '逾期支付的，应当继续履行，并赔偿对方由此受到的损失。',
      obligations: matter.partyIds.slice(1).map((obligeeId) => ({
        kind: 'payment',
        obligorId: matter.partyIds[0],
        obligeeId,
        content: '支付存款应继承份额',
        amountFen: 6_000_000,
        dueOn: '2026-10-15',
        place: '汇入本人银行账户',
        manner: '银行转账，一次付清',
      })),
    }),
    201,
  );
  const { contentHash } = must<Standing>(
    await mediator.post(`/agreements/${drafted.id}/freezing`, {}, { ifMatch: drafted.version }),
    200,
  );
  const scanAttachmentId = await upload(
    mediator,
    matter.id,
    { bytes: scan, name: '签署页.jpg', type: 'image/jpeg' },
    { evidenceType: 'signed-paper', ring: 'center' },
  );
  const ink = { signedOn: '2026-09-19', hasSignature: true, hasFingerprint: true, identityCheck: 'document-compared' };
  const signed = must<Standing>(
    await mediator.post(`/agreements/${drafted.id}/ink-signatures`, {
      contentHash,
      scanAttachmentId,
      marks: [
        ...matter.partyIds.map((_, i) => ({ ...ink, slot: `party-${i + 1}` })),
        { ...ink, slot: 'mediator-1', hasFingerprint: false, identityCheck: 'own-account' },
        { ...ink, slot: 'recorder', hasFingerprint: false, identityCheck: 'own-account' },
      ],
    }),
    200,
  );
  const director = await t.as('committee-director');
  must(await director.post(`/agreements/${drafted.id}/sealing`, {}, { ifMatch: signed.version }), 200);
  t.clock.set('2026-10-12T10:00:00+08:00');
  const proof = await upload(
    mediator,
    matter.id,
    { bytes: receipt, name: '汇款回单.jpg', type: 'image/jpeg' },
    { evidenceType: 'documentary' },
  );
  for (const [i, item] of (await ledger(mediator, matter.id)).entries()) {
    must(
      await mediator.post(`/performance-items/${item.id}/records`, {
        amountFen: 6_000_000,
        performedOn: '2026-10-12',
        manner: 'transfer',
        isConfirmedByObligee: true,
        attachmentIds: i === 4 ? [] : [proof],
      }),
      200,
    );
  }
  return drafted.id;
}
