import { legalDate, lifecycleFaults } from '../../../kernel';
import { consentAfter, endsByRefusal } from './consent-rules';
import { CONSENT_ANSWERS, type ConsentAnswer, ETHNICITIES } from './dictionaries';
import { maskAddress, maskCreditCode, maskDocumentNumber, maskMinorName, maskPhoneText } from './masking';
import { Faults, type Particulars, checkParticulars } from './particulars';
import { PARTY_STATES, type PartyAct, type PartyStanding, type PartyState, partyLifecycle } from './party-lifecycle';

const NOW = new Date('2026-09-18T01:00:00Z');
const standing = (more: Partial<PartyStanding> = {}): PartyStanding => ({
  state: 'active',
  kind: 'person',
  matterState: 'in-progress',
  mediationState: 'in-mediation',
  otherActiveParties: 3,
  ...more,
});

/** What the table must allow, written down a second time on purpose: act → states. */
const ALLOWED: Readonly<Record<Exclude<PartyAct, 'add'>, readonly PartyState[]>> = {
  correct: ['active', 'excluded', 'withdrawn'],
  'record-consent': ['active', 'excluded'],
  'sign-notice': ['active'],
  'log-contact': ['active', 'excluded'],
  'add-representative': ['active'],
  'end-representative': ['active', 'excluded', 'withdrawn', 'deceased'],
  'list-represented': ['active'],
  'agree-settlement': ['active'],
  exclude: ['active'],
  readmit: ['excluded', 'withdrawn'],
  withdraw: ['active', 'excluded'],
  succeed: ['active', 'excluded'],
};
const STATES = Object.keys(PARTY_STATES) as PartyState[];
const CELLS = Object.entries(ALLOWED).flatMap(([act, states]) =>
  STATES.map((state) => [act as Exclude<PartyAct, 'add'>, state, states.includes(state)] as const),
);

describe('the lifecycle of a party', () => {
  it('is sound', () => {
    expect(lifecycleFaults(partyLifecycle.table)).toEqual([]);
    expect(Object.keys(ALLOWED).sort()).toEqual(partyLifecycle.actKeys.filter((a) => a !== 'add').sort());
  });

  it.each(CELLS)('%s in %s: %s', (act, state, allowed) => {
    const refusal = partyLifecycle.refusal(act, standing({ state }), NOW);
    expect(refusal?.code ?? null).toBe(allowed ? null : 'parties.wrong-state');
  });

  it.each<[string, PartyAct[], Partial<PartyStanding>]>([
    [
      'matter-closed',
      [
        'correct',
        'record-consent',
        'sign-notice',
        'log-contact',
        'add-representative',
        'end-representative',
        'list-represented',
        'agree-settlement',
        'exclude',
        'withdraw',
        'succeed',
      ],
      { matterState: 'closed' },
    ],
    ['matter-closed', ['correct', 'exclude'], { matterState: 'archived' }],
    ['matter-closed', ['correct', 'exclude'], { matterState: 'merged' }],
    ['being-signed', ['correct', 'list-represented', 'exclude', 'withdraw', 'succeed'], { mediationState: 'signing' }],
    ['agreement-in-force', ['record-consent', 'exclude', 'withdraw'], { mediationState: 'performing' }],
    ['too-few-remain', ['exclude'], { otherActiveParties: 1 }],
    ['would-leave-one', ['withdraw'], { otherActiveParties: 1 }],
    ['not-a-person', ['succeed'], { kind: 'organization' }],
  ])('refuses for %s: %j', (code, acts, more) => {
    for (const act of acts)
      expect([act, partyLifecycle.refusal(act, standing(more), NOW)?.code]).toEqual([act, `parties.${code}`]);
  });

  it('lets the last one but one leave a mediation that has ended', () => {
    expect(
      partyLifecycle.refusal('withdraw', standing({ mediationState: 'refused', otherActiveParties: 1 }), NOW),
    ).toBeNull();
  });
});

describe('consent', () => {
  it.each(Object.keys(CONSENT_ANSWERS) as ConsentAnswer[])('after %s', (answer) => {
    const expected = { applied: 'agreed', agreed: 'agreed', refused: 'refused', unreached: 'pending' }[answer];
    expect(consentAfter('pending', answer)).toBe(expected);
    expect(consentAfter('agreed', 'unreached')).toBe('agreed');
  });

  it.each([
    'consent-pending',
    'accepted',
    'assigned',
    'investigating',
    'in-mediation',
    'suspended',
    'drafting',
    'signing',
  ])('a refusal ends a mediation that is %s', (state) => {
    expect(endsByRefusal(state, true)).toBe(true);
    expect(endsByRefusal(state, false)).toBe(false);
  });

  it.each([null, 'refused', 'unreachable', 'terminated', 'withdrawn', 'effective', 'performing'])(
    'there is nothing left to end in %s',
    (state) => {
      expect(endsByRefusal(state, true)).toBe(false);
    },
  );
});

describe('masking', () => {
  it.each([
    ['13904710001', '139****0001'],
    ['0471-6912345', '0471-***2345'],
    ['+85221234567', '+852****567'],
  ])('phone %s', (phone, masked) => {
    expect(maskPhoneText(phone)).toBe(masked);
  });
  it('documents keep a tail only', () => {
    expect(maskDocumentNumber('resident-id', '11010519491231002X')).toBe('110105********002X');
    expect(maskDocumentNumber('passport', 'E12345678')).toBe('*****5678');
    expect(maskDocumentNumber('other', 'AB12')).toBe('****12');
  });
  it('codes of individual businesses are personal, those of companies public', () => {
    expect(maskCreditCode('company', '91350100M000100Y43')).toBe('91350100M000100Y43');
    expect(maskCreditCode('individual-business', '92350100M000100Y43')).toBe('923501********0Y43');
  });
  it.each([
    ['新城区海拉尔东路12号3单元502室', '新城区海拉尔东路**号**单元**室'],
    ['光明社区十二栋一单元', '光明社区**栋**单元'],
    ['新城区成吉思汗大街１０８号', '新城区成吉思汗大街**号'],
    ['苏尼特左旗满都拉图镇', '苏尼特左旗满都拉图镇'],
  ])('address %s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });
  it('a minor keeps the first character, however rare', () => {
    expect(maskMinorName('欧阳小雨')).toBe('欧某某');
    expect(maskMinorName('𪩘小')).toBe('𪩘某某');
  });
});

describe('particulars', () => {
  const ON = legalDate('2026-09-18');
  const faultsOf = (given: Partial<Particulars>): string[] => {
    const faults = new Faults('');
    checkParticulars({ kind: 'person', name: '张三', ...given }, ON, faults);
    return faults.errors.map((e) => `${e.pointer} ${e.code}`);
  };
  it('fills sex and birthday from the resident id and contradicts neither', () => {
    const faults = new Faults('');
    const checked = checkParticulars(
      { kind: 'person', name: '张三', documentKind: 'resident-id', documentNumber: '11010519491231002x' },
      ON,
      faults,
    );
    expect(faults.errors).toEqual([]);
    expect(checked).toMatchObject({
      sex: 'female',
      birthOn: '1949-12-31',
      documentNumber: '11010519491231002X',
      ethnicity: null,
      side: null,
    });
  });
  it.each<[Partial<Particulars>, string[]]>([
    [{ birthOn: '2026-09-19' }, ['/birthOn parties.birth-impossible']],
    [{ birthOn: '1896-09-17' }, ['/birthOn parties.birth-impossible']],
    [{ birthOn: '1896-09-18' }, []],
    [{ capacity: 'limited' }, ['/capacityProof parties.capacity-proof-missing']],
    [{ capacity: 'self-supporting', capacityProof: '工资单', birthOn: '2010-09-18' }, []],
    [
      { capacity: 'self-supporting', capacityProof: '工资单', birthOn: '2010-09-19' },
      ['/capacity parties.not-sixteen'],
    ],
    [
      { capacity: 'self-supporting', capacityProof: '工资单', birthOn: '2008-09-18' },
      ['/capacity parties.not-sixteen'],
    ],
    [{ documentKind: 'passport' }, ['/documentNumber parties.document-incomplete']],
    [{ documentKind: 'passport', documentNumber: 'E1' }, ['/documentNumber parties.document-number-length']],
    [{ phone: '123' }, ['/phone phone.mobile']],
    [{ creditCode: '91350100M000100Y43' }, ['/creditCode parties.field-of-other-kind']],
    [{ name: '' }, ['/name name.missing']],
    [{ kind: 'organization', sex: 'male' }, ['/sex parties.field-of-other-kind']],
    [
      { kind: 'organization', name: '某店', organizationKind: 'individual-business' },
      ['/operatorName parties.operator-missing'],
    ],
    [
      { kind: 'organization', name: '某分公司', organizationKind: 'branch' },
      ['/parentOrganization parties.parent-missing'],
    ],
  ])('%j → %j', (given, expected) => {
    expect(faultsOf(given)).toEqual(expected);
  });
  it('knows the 56 groups of GB/T 3304 and two more', () => {
    expect(Object.keys(ETHNICITIES)).toHaveLength(58);
    expect(new Set(Object.values(ETHNICITIES)).size).toBe(58);
  });
});
