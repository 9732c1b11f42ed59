import { jpeg } from '../../support/files';
import { type BuiltMatter, must } from '../../support/builders';
import type { Caller, Reply, TestApp } from '../../support/test-app';
import { onDuty } from '../summons/stage';

/** What acts on an agreement answer, as far as tests look at it. */
export interface Standing {
  readonly id: string;
  readonly state: string;
  readonly mediationState: string | null;
  readonly round: number;
  readonly contentHash: string | null;
  readonly openSlots: number;
  readonly faults: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
  readonly warnings: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[];
  readonly allowedActs: readonly string[];
  readonly version: number;
}

export interface PlanRow {
  readonly slot: string;
  readonly capacity: string;
  readonly signsFor: string;
  readonly signerName: string;
  readonly state: string;
  readonly missing: readonly string[];
  readonly refusalReason: string | null;
  readonly link: { readonly id: string; readonly isLive: boolean; readonly usedAt: string | null } | null;
  readonly marks: readonly {
    readonly id: string;
    readonly kind: string;
    readonly method: string;
    readonly chainHash: string;
    readonly isMachineRead: boolean;
    readonly images: readonly {
      readonly id: string;
      readonly kind: string;
      readonly allowedActs: readonly string[];
    }[];
    readonly imageChoices: readonly { readonly kind: string; readonly consent: string }[];
  }[];
}

export interface AgreementView extends Standing {
  readonly number: string | null;
  readonly copies: number | null;
  readonly inkOnlyReason: string | null;
  readonly signingCopySha256: string | null;
  readonly plan: readonly PlanRow[];
  readonly content: { readonly clauses: readonly string[]; readonly obligations: readonly object[] };
  readonly paper: {
    readonly id: string;
    readonly sha256: string;
    readonly verificationCode: string;
    readonly state: string;
    readonly pageCount: number;
  } | null;
  readonly effectiveAt: string | null;
  readonly effectiveOn: string | null;
  readonly confirmation: { readonly dueOn: string; readonly explanation: readonly string[] } | null;
}

export interface LedgerItem {
  readonly id: string;
  readonly content: string;
  readonly amountFen: number | null;
  readonly performedFen: number;
  readonly remainingFen: number | null;
  readonly dueOn: string;
  readonly state: string;
  readonly isOverdue: boolean;
  readonly records: readonly { readonly id: string; readonly kind: string; readonly retractedAt: string | null }[];
  readonly allowedActs: readonly string[];
}

export const codeOf = (reply: Reply): [number, string] => [reply.status, (reply.body as { code: string }).code];

export async function view(by: Caller, agreementId: string): Promise<AgreementView> {
  return must<AgreementView>(await by.get(`/agreements/${agreementId}`), 200);
}

export async function ledger(by: Caller, disputeId: string): Promise<readonly LedgerItem[]> {
  return must<{ items: LedgerItem[] }>(await by.get(`/disputes/${disputeId}/performance`), 200).items;
}

/** Strokes that a hand could have written; another seed, another hand. */
export function handwriting(seed = 1): { points: { x: number; y: number; t: number; p: number }[] }[] {
  return [0, 1, 2].map((stroke) => ({
    points: Array.from({ length: 14 }, (_, i) => ({
      x: 40 + stroke * 70 + Math.round(22 * Math.sin((i + seed) / 2)),
      y: 60 + i * 6 + Math.round(14 * Math.cos((i * seed) / 3)),
      t: stroke * 420 + i * 24,
      p: 350 + i * 20,
    })),
  }));
}

/** A signature on a screen, with what is taken down of it. */
export function onScreen(t: TestApp, contentHash: string | null, changes: object = {}): object {
  return {
    contentHash: contentHash ?? '',
    strokes: handwriting(),
    agreesToElectronic: true,
    clientAt: t.clock.at().toISOString(),
    secondsSpent: 95,
    scrolledToEnd: true,
    ...changes,
  };
}

/** The bytes of a download that must succeed. */
export async function fileOf(by: Caller, path: string): Promise<Buffer> {
  return must<Buffer>(await by.download(path), 200);
}

/** A lease is settled by three instalments, signed on the screen and sealed; answers the agreement. */
export async function inEffect(t: TestApp, built: BuiltMatter, changes: object = {}): Promise<string> {
  const [obligorId, obligeeId] = built.partyIds;
  const desk = await onDuty(t, 'mediator');
  const { id } = must<Standing>(
    await desk.post(`/disputes/${built.id}/agreements`, {
      kind: 'written',
      facts: '双方就剩余租金发生争议。',
      clauses: ['承租人分期支付剩余租金。'],
      obligations: [
        {
          kind: 'payment',
          obligorId,
          obligeeId,
          content: '支付剩余租金',
          amountFen: 180_000,
          dueOn: '2026-12-20',
          place: '汇入银行账户',
          manner: '银行转账',
          instalments: ['10', '11', '12'].map((month) => ({ amountFen: 60_000, dueOn: `2026-${month}-20` })),
        },
      ],
      ...changes,
    }),
    201,
  );
  const { version } = must<Standing>(
    await desk.post(`/agreements/${id}/electronic-consents`, { partyIds: built.partyIds, agreedOn: '2026-09-18' }),
    200,
  );
  const { contentHash } = must<Standing>(await desk.post(`/agreements/${id}/freezing`, {}, { ifMatch: version }), 200);
  let last = 0;
  for (const slot of ['party-1', 'party-2', 'mediator-1', 'recorder']) {
    const identityCheck = slot.startsWith('party') ? 'document-compared' : 'own-account';
    const by = slot === 'recorder' ? await onDuty(t, 'recorder') : desk;
    const body = { ...onScreen(t, contentHash), slot, identityCheck };
    last = must<Standing>(await by.post(`/agreements/${id}/tablet-signatures`, body), 200).version;
  }
  const director = await onDuty(t, 'committee-director');
  must(await director.post(`/agreements/${id}/sealing`, {}, { ifMatch: last }), 200);
  return id;
}

let scans = 0;

/** Uploads a scan of the signed paper and answers its id. */
export async function aScan(by: Caller, disputeId: string, bytes?: Buffer): Promise<string> {
  scans += 1;
  const reply = await by.upload(
    `/disputes/${disputeId}/attachments`,
    { bytes: bytes ?? jpeg(600, 800, `scan ${scans}`), name: '签署页.jpg', type: 'image/jpeg' },
    { evidenceType: 'signed-paper', form: 'scan', ring: 'center', description: '当事人签署的协议书原件扫描' },
  );
  return must<{ id: string }>(reply, 201).id;
}

/** The second party of the matter turns out to need an interpreter for Mongolian. */
export async function needsInterpreter(t: TestApp, { partyIds }: BuiltMatter): Promise<void> {
  const path = `/parties/${partyIds[1] ?? ''}`;
  const intake = await t.as('intake');
  const { kind, name, side, version } = must<Record<string, unknown> & { version: number }>(
    await intake.get(path),
    200,
  );
  const changes = { neededLanguage: '蒙古语', reason: '谈话时发现本人不通晓汉语。' };
  must(await intake.post(`${path}/corrections`, { kind, name, side, ...changes }, { ifMatch: version }), 200);
}

/** The committee of the own side gets its demonstration seal. */
export async function aSeal(t: TestApp): Promise<void> {
  must(
    await (
      await t.as('system-admin')
    ).post(`/committees/${t.world.committeeId}/seals`, {
      origin: 'demo',
      code: '1501020012345',
      requiresSecondPerson: true,
    }),
    201,
  );
}
