import { createHash } from 'node:crypto';
import { type DemoPerson, atLink } from './demo-api';
import type { DemoDesk, DemoMatter } from './demo-desk';
import { aPhotograph } from './demo-evidence';

export interface DemoObligation {
  readonly obligor: string;
  readonly obligee: string;
  readonly content: string;
  readonly amountFen: number;
  readonly dueOn: string;
  readonly instalments?: readonly { readonly amountFen: number; readonly dueOn: string }[];
}

export interface DemoTerms {
  readonly facts: string;
  readonly clauses: readonly string[];
  readonly obligations: readonly DemoObligation[];
  /** The people are at the table (or at their phones). */
  readonly signedAt: string;
  /** The head of the committee puts the seal on. */
  readonly sealedAt: string;
}

interface Slot {
  readonly slot: string;
  readonly capacity: string;
  readonly missing: readonly string[];
}

interface Frozen {
  readonly id: string;
  readonly version: number;
  readonly contentHash: string;
  readonly slots: readonly Slot[];
}

interface Standing {
  readonly id: string;
  readonly version: number;
  readonly contentHash: string | null;
}

/** Ink on paper round the table, scanned back: the only way for an inheritance (电子签名法第三条). */
export async function concludeInInk(
  desk: DemoDesk,
  matter: DemoMatter,
  mediator: DemoPerson,
  terms: DemoTerms,
): Promise<void> {
  const frozen = await freeze(desk, matter, mediator, terms, false);
  await inInk(
    matter,
    mediator,
    frozen,
    frozen.slots.map((s) => s.slot),
    terms.signedAt,
  );
  await seal(desk, frozen.id, terms.sealedAt);
}

/** Handwriting on one tablet, one after the other; mediator and recorder under their own accounts. */
export async function concludeAtTable(
  desk: DemoDesk,
  matter: DemoMatter,
  mediator: DemoPerson,
  terms: DemoTerms,
): Promise<void> {
  const frozen = await freeze(desk, matter, mediator, terms, true);
  for (const { slot, capacity } of frozen.slots) {
    const isOfficer = capacity === 'mediator' || capacity === 'recorder';
    const at = capacity === 'recorder' ? desk.center.person('jilu') : mediator;
    await at.post(`/agreements/${frozen.id}/tablet-signatures`, {
      ...onScreen(frozen, slot, terms.signedAt),
      slot,
      identityCheck: isOfficer ? 'own-account' : 'document-compared',
    });
  }
  await seal(desk, frozen.id, terms.sealedAt);
}

/** Each party on its own phone by one-time link; the company adds its seal on paper. */
export async function concludeByLink(
  desk: DemoDesk,
  matter: DemoMatter,
  mediator: DemoPerson,
  terms: DemoTerms,
): Promise<void> {
  const frozen = await freeze(desk, matter, mediator, terms, true);
  const expiresAt = new Date(Date.parse(terms.signedAt) + 86_400_000).toISOString();
  for (const { slot, capacity, missing } of frozen.slots) {
    if (capacity === 'mediator' || capacity === 'recorder') {
      const officer = capacity === 'recorder' ? desk.center.person('jilu') : mediator;
      await officer.post(`/agreements/${frozen.id}/tablet-signatures`, {
        ...onScreen(frozen, slot, terms.signedAt),
        slot,
        identityCheck: 'own-account',
      });
      continue;
    }
    const { token } = await mediator.post<{ token: string }>(`/agreements/${frozen.id}/signing-links`, {
      slot,
      expiresAt,
      identityCheck: 'phone-confirmed',
      identityNote: '拨打登记的电话，核对证件号后四位',
    });
    const phone = atLink(desk.base, token);
    const text = await phone.get<{ contentHash: string }>('/signing/agreement');
    await phone.post('/signing/signature', {
      ...onScreen(frozen, slot, terms.signedAt),
      contentHash: text.contentHash,
    });
    if (missing.length > 1) await inInk(matter, mediator, frozen, [slot], terms.signedAt, true);
  }
  await seal(desk, frozen.id, terms.sealedAt);
}

/** Every item of the ledger is performed and confirmed. */
export async function performAll(desk: DemoDesk, { id }: DemoMatter, mediator: DemoPerson, at: string): Promise<void> {
  desk.clock.travelTo(at);
  const { items } = await mediator.get<{ items: readonly { id: string; amountFen: number | null }[] }>(
    `/disputes/${id}/performance`,
  );
  for (const item of items) {
    await mediator.post(`/performance-items/${item.id}/records`, {
      ...(item.amountFen === null ? {} : { amountFen: item.amountFen }),
      performedOn: at.slice(0, 10),
      manner: 'transfer',
      isConfirmedByObligee: true,
      note: '转账凭证已存卷。',
    });
  }
}

async function freeze(
  desk: DemoDesk,
  matter: DemoMatter,
  mediator: DemoPerson,
  terms: DemoTerms,
  isElectronic: boolean,
): Promise<Frozen> {
  desk.clock.travelTo(terms.signedAt);
  const { facts, clauses, obligations } = terms;
  const drafted = await mediator.post<Standing>(`/disputes/${matter.id}/agreements`, {
    kind: 'written',
    facts,
    clauses,
    breachClause: '逾期不付的，应当继续履行，并赔偿对方由此受到的损失。',
    obligations: obligations.map(({ obligor, obligee, ...rest }) => ({
      kind: 'payment',
      obligorId: obligor,
      obligeeId: obligee,
      place: '汇入权利人指定的银行账户',
      manner: rest.instalments === undefined ? '银行转账，一次付清' : '银行转账，分期付清',
      ...rest,
    })),
  });
  if (isElectronic) {
    await mediator.post(`/agreements/${drafted.id}/electronic-consents`, {
      partyIds: matter.partyIds,
      agreedOn: terms.signedAt.slice(0, 10),
    });
  }
  const { version } = await mediator.get<Standing>(`/agreements/${drafted.id}`);
  await mediator.post(`/agreements/${drafted.id}/freezing`, {}, version);
  const frozen = await mediator.get<Standing & { plan: readonly Slot[] }>(`/agreements/${drafted.id}`);
  return {
    id: frozen.id,
    version: frozen.version,
    contentHash: frozen.contentHash ?? '',
    slots: frozen.plan.filter((s) => s.capacity !== 'committee-seal'),
  };
}

async function inInk(
  matter: DemoMatter,
  mediator: DemoPerson,
  frozen: Frozen,
  slots: readonly string[],
  at: string,
  sealOnly = false,
): Promise<void> {
  const scan = await mediator.upload(
    `/disputes/${matter.id}/attachments`,
    { bytes: aPhotograph(`scan of ${frozen.id} ${slots.join()}`), name: '签署页扫描件.png', type: 'image/png' },
    { evidenceType: 'signed-paper', form: 'scan', ring: 'parties', description: '协议书签署页。' },
  );
  await mediator.post(`/agreements/${frozen.id}/ink-signatures`, {
    contentHash: frozen.contentHash,
    scanAttachmentId: scan.id,
    witnessName: '社区工作人员云娜',
    marks: slots.map((slot) => ({
      slot,
      signedOn: at.slice(0, 10),
      hasSignature: !sealOnly,
      hasFingerprint: !sealOnly && slot.startsWith('party'),
      ...(sealOnly ? { hasCorporateSeal: true } : {}),
      identityCheck: 'document-compared',
    })),
  });
}

async function seal(desk: DemoDesk, agreementId: string, at: string): Promise<void> {
  desk.clock.travelTo(at);
  const head = desk.center.person('tiaoweihui');
  const { version } = await head.get<Standing>(`/agreements/${agreementId}`);
  await head.post(`/agreements/${agreementId}/sealing`, {}, version);
}

function onScreen(frozen: Frozen, slot: string, at: string): Readonly<Record<string, unknown>> {
  return {
    contentHash: frozen.contentHash,
    strokes: handwriting(slot + frozen.id),
    agreesToElectronic: true,
    clientAt: at,
    secondsSpent: 95,
    scrolledToEnd: true,
  };
}

/** Made-up handwriting: three short strokes a character, different for each signer. */
function handwriting(signer: string): { points: { x: number; y: number; t: number; p: number }[] }[] {
  const seed = createHash('sha256').update(signer).digest();
  return Array.from({ length: 9 }, (_, stroke) => {
    const [dx = 0, dy = 0, bend = 0] = seed.subarray(stroke * 3, stroke * 3 + 3);
    const left = Math.floor(stroke / 3) * 110 + (dx % 50);
    const top = (stroke % 3) * 40 + (dy % 24);
    return {
      points: Array.from({ length: 12 }, (_, i) => ({
        x: left + i * (bend % 2 === 0 ? 5 : 3),
        y: top + Math.round(Math.sin((i / 11) * Math.PI * (1 + (bend % 3))) * 22) + (bend % 5) * i,
        t: stroke * 260 + i * 16,
        p: 420 + ((i * 37 + bend) % 300),
      })),
    };
  });
}
