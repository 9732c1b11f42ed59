import { Injectable } from '@nestjs/common';
import { type Tx, UnitOfWork } from '../../../platform/database';
import { Matters } from '../../disputes';
import { Parties, type PartySnapshot } from '../../parties';
import { type PartyAttendance, type PartyPosition, type SessionSnapshot, Sessions } from '../../sessions';
import { AGREEMENT_STATES, type AgreementState } from '../domain/agreement-lifecycle';
import { SLOT_CAPACITIES, SLOT_STATES, type SlotCapacity, type SlotState } from '../domain/dictionaries';

interface LatestAgreement {
  readonly id: string;
  readonly ordinal: number;
  readonly state: AgreementState;
  readonly excludedPartyIds: string[];
}

interface PlacedSlot {
  /** Null for witnesses and interpreters. */
  readonly partyId: string | null;
  readonly capacity: SlotCapacity;
  readonly state: SlotState;
  readonly signerName: string;
  readonly signedAt: Date | null;
  readonly refusalReason: string | null;
}

/** How a cell of the matrix is to be seen; its words say the same. */
type Tone = 'done' | 'missing' | 'refused' | 'none';

interface Cell {
  readonly text: string;
  readonly tone: Tone;
  readonly note: string | null;
}

const NONE: Cell = { text: '—', tone: 'none', note: null };

/** Who has agreed, come, said and signed what, over all parties at once: what is missing before they sit down. */
@Injectable()
export class ReadConsentMatrix {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly matters: Matters,
    private readonly parties: Parties,
    private readonly sessions: Sessions,
  ) {}

  /** Tells what people said and signed: the reading is audited. */
  async execute(disputeId: string) {
    return this.unitOfWork.run(async (tx) => {
      const { dispute } = await this.matters.read(tx, disputeId, 'agreements.read-matrix');
      const parties = await this.parties.list(tx, disputeId);
      const consents = await this.parties.consents(tx, disputeId);
      const sessions = (await this.sessions.list(tx, disputeId)).filter((s) => s.state !== 'cancelled');
      const attendance = await this.sessions.attendance(tx, disputeId);
      const positions = await this.sessions.positions(tx, disputeId);
      const agreement = await latestAgreement(tx, disputeId);
      const slots = agreement ? await slotsOf(tx, disputeId, agreement.id) : [];
      tx.audit({
        act: 'agreements.read-matrix',
        objectType: 'dispute',
        objectId: disputeId,
        disputeId,
        chain: dispute.centerId,
        details: { positions: positions.length },
      });
      const rows = parties.map((party) => {
        const consent = consents.find((c) => c.partyId === party.id);
        return {
          partyId: party.id,
          ordinal: party.ordinal,
          name: party.shownName,
          sideName: consent?.sideName ?? null,
          stateName: consent?.stateName ?? '',
          isActive: party.isActive,
          isMinor: party.isMinor,
          consent: consentCell(party, consent),
          notice: noticeCell(party, consent?.noticeSignedAt ?? null),
          representation: representationCell(party),
          sessions: sessions.map((s) =>
            attendanceCell(
              s,
              attendance.filter((a) => a.sessionId === s.id && a.partyId === party.id),
            ),
          ),
          position: positionOf(positions.find((p) => p.partyId === party.id)),
          signature: signatureCell(
            party,
            agreement,
            slots.find((s) => s.partyId === party.id),
          ),
        };
      });
      return {
        sessions: sessions.map((s) => ({ id: s.id, ordinal: s.ordinal, startsAt: s.startsAt.toISOString() })),
        agreement: agreement
          ? { id: agreement.id, ordinal: agreement.ordinal, stateName: AGREEMENT_STATES[agreement.state] }
          : null,
        rows,
        missing: [...whatIsMissing(rows.filter((row) => row.isActive)), ...attendeesMissing(slots)],
      };
    });
  }
}

const NAMED = 4;

/** One line for each lack, with whose it is: `未签收告知书：赵一鸣、钱二妹等12方`. */
function whatIsMissing(
  rows: readonly (Readonly<Record<'consent' | 'notice' | 'representation' | 'signature', Cell>> & {
    readonly name: string;
  })[],
): string[] {
  const lacks = new Map<string, string[]>();
  for (const row of rows) {
    for (const cell of [row.consent, row.notice, row.representation, row.signature]) {
      if (cell.tone !== 'missing' && cell.tone !== 'refused') continue;
      lacks.set(cell.text, [...(lacks.get(cell.text) ?? []), row.name]);
    }
  }
  return [...lacks].map(([text, names]) => {
    const more = names.length > NAMED ? `等${names.length}方` : '';
    return `${text}：${names.slice(0, NAMED).join('、')}${more}`;
  });
}

/** Witnesses and interpreters have no row of their own: those who have not signed are named beside the parties. */
function attendeesMissing(slots: readonly PlacedSlot[]): string[] {
  return slots
    .filter((s) => s.partyId === null && s.state !== 'signed')
    .map((s) => `${SLOT_CAPACITIES[s.capacity]}${SLOT_STATES[s.state]}：${s.signerName}`);
}

async function latestAgreement(tx: Tx, disputeId: string): Promise<LatestAgreement | undefined> {
  const [latest] = await tx.query<LatestAgreement>(
    `select id, ordinal, state, excluded_party_ids as "excludedPartyIds" from agreement
      where dispute_id = $1 and state not in ('voided', 'superseded') order by ordinal desc limit 1`,
    [disputeId],
  );
  return latest;
}

/** The places of the present round; a round that fell is not shown. */
async function slotsOf(tx: Tx, disputeId: string, agreementId: string): Promise<PlacedSlot[]> {
  return tx.query<PlacedSlot>(
    `select s.party_id as "partyId", s.capacity, s.state, s.signer_name as "signerName", s.signed_at as "signedAt",
            s.refusal_reason as "refusalReason"
       from signature_slot s join agreement a on a.id = s.agreement_id and a.round = s.round
      where s.dispute_id = $1 and s.agreement_id = $2 and s.account_id is null
        and s.committee_id is null and s.voided_at is null
      order by s.ordinal`,
    [disputeId, agreementId],
  );
}

interface Consent {
  readonly consentName: string;
  readonly consentAt: Date | null;
}

function consentCell(party: PartySnapshot, consent: Consent | undefined): Cell {
  if (!party.isActive || !consent) return NONE;
  const tones = { agreed: 'done', refused: 'refused', pending: 'missing' } as const;
  const text = party.consent === 'pending' ? '未征询到意愿' : `${consent.consentName}调解`;
  return { text, tone: tones[party.consent], note: consent.consentAt?.toISOString() ?? null };
}

function noticeCell(party: PartySnapshot, signedAt: Date | null): Cell {
  if (!party.isActive) return NONE;
  return signedAt === null
    ? { text: '未签收告知书', tone: 'missing', note: null }
    : { text: '已签收', tone: 'done', note: signedAt.toISOString() };
}

function representationCell({ isActive, representatives, signatories }: PartySnapshot): Cell {
  if (!isActive) return NONE;
  if (signatories.lacking !== null) return { text: '无人可以签署', tone: 'missing', note: signatories.lacking };
  const names = representatives.map((r) => (r.maySign ? `${r.name}（可代签）` : r.name)).join('、');
  return names === '' ? { text: '本人', tone: 'done', note: null } : { text: names, tone: 'done', note: null };
}

function attendanceCell({ state }: SessionSnapshot, guests: readonly PartyAttendance[]): Cell {
  if (guests.length === 0) return { text: '未邀请', tone: 'none', note: null };
  const came = guests.find((g) => g.arrivedAt !== null);
  if (came) {
    const text = came.isRepresentative ? `${came.name}到场` : '本人到场';
    return { text, tone: 'done', note: came.arrivedAt?.toISOString() ?? null };
  }
  const absent = guests.find((g) => g.absentReason !== null);
  if (absent) return { text: '缺席', tone: 'refused', note: absent.absentReason };
  return state === 'planned'
    ? { text: '已邀请', tone: 'none', note: null }
    : { text: '未登记到场', tone: 'missing', note: null };
}

function positionOf(position: PartyPosition | undefined) {
  if (!position) return null;
  const { text, speaker, writtenAt } = position;
  return { text, speaker, at: writtenAt.toISOString() };
}

function signatureCell(
  party: PartySnapshot,
  agreement: LatestAgreement | undefined,
  slot: PlacedSlot | undefined,
): Cell {
  if (!agreement) return NONE;
  if (agreement.excludedPartyIds.includes(party.id)) return { text: '不在协议中', tone: 'none', note: null };
  if (!slot) return party.isActive ? { text: '未定稿', tone: 'none', note: null } : NONE;
  const tones = { open: 'missing', signed: 'done', refused: 'refused', voided: 'none' } as const;
  return {
    text: slot.state === 'signed' ? `${slot.signerName}已签` : SLOT_STATES[slot.state],
    tone: tones[slot.state],
    note: slot.refusalReason ?? slot.signedAt?.toISOString() ?? null,
  };
}
