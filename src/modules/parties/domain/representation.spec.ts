import { legalDate } from '../../../kernel';
import {
  type ExistingRepresentative,
  type PrincipalParty,
  type ProposedRepresentative,
  areOpposed,
  likeness,
  objectionTo,
} from './representation';

const ON = legalDate('2026-09-18');
const party = (more: Partial<PrincipalParty> = {}): PrincipalParty => ({
  id: 'p1',
  kind: 'person',
  isActive: true,
  side: 'applicant',
  birthOn: '1980-01-01',
  capacity: 'by-age',
  nameKey: '甲',
  documentNumberIndex: 'doc-1',
  ...more,
});
const other = party({ id: 'p2', side: 'respondent', nameKey: '乙', documentNumberIndex: 'doc-2' });
const proposed = (more: Partial<ProposedRepresentative> = {}): ProposedRepresentative => ({
  kind: 'entrusted',
  scope: ['attend'],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  hasAuthority: true,
  wardView: null,
  isDoubleAgreed: false,
  nameKey: '丙',
  documentNumberIndex: 'doc-3',
  ...more,
});
const agentOf = (partyId: string, more: Partial<ExistingRepresentative> = {}): ExistingRepresentative => ({
  partyId,
  kind: 'entrusted',
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
  endedOn: null,
  nameKey: '丙',
  documentNumberIndex: 'doc-3',
  ...more,
});
const code = (
  p: ProposedRepresentative,
  of = party(),
  others = [other],
  existing: ExistingRepresentative[] = [],
): string | null => objectionTo(p, of, others, existing, ON)?.code ?? null;

describe('whether two are one', () => {
  it('is told by documents, and left open by equal names without them', () => {
    expect(likeness({ nameKey: '甲', documentNumberIndex: 'x' }, { nameKey: '乙', documentNumberIndex: 'x' })).toBe(
      'same',
    );
    expect(likeness({ nameKey: '甲', documentNumberIndex: 'x' }, { nameKey: '甲', documentNumberIndex: 'y' })).toBe(
      'different',
    );
    expect(likeness({ nameKey: '甲', documentNumberIndex: null }, { nameKey: '甲', documentNumberIndex: 'y' })).toBe(
      'unknown',
    );
    expect(likeness({ nameKey: '甲', documentNumberIndex: null }, { nameKey: '乙', documentNumberIndex: null })).toBe(
      'different',
    );
  });

  it('sees heirs without sides stand apart, and one side together', () => {
    expect(areOpposed({ side: null }, { side: null })).toBe(true);
    expect(areOpposed({ side: 'applicant' }, { side: 'applicant' })).toBe(false);
    expect(areOpposed({ side: 'applicant' }, { side: null })).toBe(true);
  });
});

describe('guardians', () => {
  const ward = party({ birthOn: '2012-01-01' });
  const guardian = proposed({ kind: 'statutory', validTo: null, wardView: '同意' });
  it('may be anyone who does not stand against the ward', () => {
    expect(code(guardian, ward)).toBeNull();
    expect(code({ ...guardian, documentNumberIndex: 'doc-2' }, ward)).toBe('parties.guardian-opposes');
    expect(code({ ...guardian, documentNumberIndex: 'doc-2' }, ward, [{ ...other, side: 'applicant' }])).toBeNull();
    expect(code({ ...guardian, nameKey: '乙', documentNumberIndex: null }, ward)).toBe('parties.guardian-namesake');
  });
  it('are for wards only, who are heard from eight on', () => {
    expect(code(guardian, party())).toBe('parties.no-ward');
    expect(code({ ...guardian, wardView: null }, ward)).toBe('parties.ward-view-missing');
    expect(code({ ...guardian, wardView: null }, party({ birthOn: '2018-09-19' }))).toBeNull();
    expect(code({ ...guardian, wardView: null }, party({ capacity: 'none' }))).toBe('parties.ward-view-missing');
  });
});

describe('agents', () => {
  it('need a paper and a period', () => {
    expect(code(proposed())).toBeNull();
    expect(code(proposed({ hasAuthority: false }))).toBe('parties.authority-missing');
    expect(code(proposed({ validTo: null }))).toBe('parties.proxy-without-period');
    expect(code(proposed({ validTo: '2025-12-31' }))).toBe('parties.period-reversed');
  });
  it('act for both, or against a party they are, only by agreement (民法典第一百六十八条)', () => {
    expect(code(proposed(), party(), [other], [agentOf('p2')])).toBe('parties.acts-for-both');
    expect(code(proposed({ isDoubleAgreed: true }), party(), [other], [agentOf('p2')])).toBeNull();
    expect(code(proposed(), party(), [{ ...other, side: 'applicant' }], [agentOf('p2')])).toBeNull();
    expect(code(proposed(), party(), [other], [agentOf('p2', { endedOn: '2026-02-01' })])).toBeNull();
    expect(code(proposed(), party(), [other], [agentOf('p2', { validTo: '2026-02-01' })])).toBeNull();
    expect(code(proposed({ documentNumberIndex: 'doc-2' }))).toBe('parties.acts-for-both');
    expect(code(proposed({ documentNumberIndex: null }), party(), [other], [agentOf('p2')])).toBe(
      'parties.agent-namesake',
    );
  });
});

describe('elected and legal representatives', () => {
  it('are at most five elected (信访工作条例第二十条), those who ended not counted', () => {
    const elected = Array.from({ length: 5 }, () => agentOf('p1', { kind: 'elected' }));
    expect(code(proposed({ kind: 'elected' }), party(), [], elected.slice(1))).toBeNull();
    expect(code(proposed({ kind: 'elected' }), party(), [], elected)).toBe('parties.too-many-elected');
    expect(
      code(
        proposed({ kind: 'elected' }),
        party(),
        [],
        [...elected.slice(1), agentOf('p1', { kind: 'elected', endedOn: '2026-09-18' })],
      ),
    ).toBeNull();
  });
  it('stand for organisations only', () => {
    expect(code(proposed({ kind: 'legal-representative', hasAuthority: false }))).toBe('parties.not-an-organization');
    expect(
      code(proposed({ kind: 'legal-representative', hasAuthority: false }), party({ kind: 'organization' })),
    ).toBeNull();
  });
});
