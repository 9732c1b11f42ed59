import { type DemoPerson, atWork } from './demo-api';
import { DEMO_PASSWORD, DEMO_STAFF, FIRST_ADMINISTRATOR } from './demo-staff';

/** The demo center: ids of what it consists of, and its people at work by login name. */
export interface DemoCenter {
  /** The system administrator. */
  readonly keeper: DemoPerson;
  readonly centerId: string;
  readonly committeeId: string;
  readonly communityId: string;
  readonly gridId: string;
  /** 征收办, 自然资源分局, 住建局. */
  readonly agencyIds: readonly [string, string, string];
  person(loginName: string): DemoPerson;
}

const INITIAL_PASSWORD = 'Chushi-2026!';
const FOUNDED_ON = '2025-06-01';

interface Added {
  readonly id: string;
}

/** Builds district, street, community and grid, center, committee, agencies and their people, as administrators do. */
export async function foundDemoCenter(base: string, firstAdministratorId: string): Promise<DemoCenter> {
  const people = new Map<string, DemoPerson>();
  const start = async (id: string, loginName: string): Promise<DemoPerson> => {
    const fresh = await atWork(base, id, loginName, INITIAL_PASSWORD);
    await fresh.post('/session/password', { currentPassword: INITIAL_PASSWORD, newPassword: DEMO_PASSWORD });
    people.set(loginName, fresh);
    return fresh;
  };
  const security = await start(firstAdministratorId, FIRST_ADMINISTRATOR.loginName);
  const employ = async (staff: (typeof DEMO_STAFF)[number], scopeId: string | undefined): Promise<DemoPerson> => {
    const { loginName, displayName, homeOrganization, role } = staff;
    const { id } = await security.post('/accounts', {
      loginName,
      displayName,
      initialPassword: INITIAL_PASSWORD,
      ...(homeOrganization === undefined ? {} : { homeOrganization }),
    });
    await security.post(`/accounts/${id}/grants`, {
      role,
      // The matters of the demo lie in the past; so must the office of those who handled them.
      validFrom: `${FOUNDED_ON}T00:00:00+08:00`,
      ...(scopeId === undefined ? {} : { scopeId }),
    });
    return start(id, loginName);
  };

  const administrators = DEMO_STAFF.filter((s) => s.scope === undefined);
  for (const staff of administrators) await employ(staff, undefined);
  const keeper = people.get('xitong');
  if (!keeper) throw new Error('Demo center: no system administrator');

  const unit = async (kind: string, name: string, parentId?: string): Promise<string> =>
    (
      await keeper.post<Added>('/org-units', {
        kind,
        name,
        validFrom: FOUNDED_ON,
        ...(parentId === undefined ? {} : { parentId }),
      })
    ).id;
  const city = await unit('city', '呼和浩特市');
  const district = await unit('district', '新城区', city);
  const street = await unit('street', '通道街街道', district);
  const communityId = await unit('community', '光明社区', street);
  const gridId = await unit('grid', '光明社区第三网格', communityId);

  const { id: centerId } = await keeper.post<Added>('/centers', {
    unitId: district,
    name: '新城区社会治安综合治理中心',
    code: '新城',
    phone: '0471-6600001',
    address: '呼和浩特市新城区海拉尔东路1号',
  });
  await keeper.post('/centers', {
    unitId: street,
    name: '通道街街道综治中心',
    code: '通道',
    parentCenterId: centerId,
    phone: '0471-6600011',
    address: '通道北街8号',
  });
  const { id: committeeId } = await keeper.post<Added>('/committees', {
    centerId,
    unitId: communityId,
    name: '新城区光明社区人民调解委员会',
    kind: 'community',
    numberingWord: '新城',
    courtName: '呼和浩特市新城区人民法院',
  });
  await keeper.post('/committees', {
    centerId,
    name: '新城区物业纠纷人民调解委员会',
    kind: 'professional',
    numberingWord: '新物',
    specialty: '物业纠纷',
  });
  const agency = async (name: string, residency: string, duties: string): Promise<string> =>
    (await keeper.post<Added>('/agencies', { centerId, name, residency, duties })).id;
  const agencyIds = [
    await agency('新城区征收办', 'resident', '国有土地上房屋征收与补偿。'),
    await agency('新城区自然资源分局', 'rotating', '土地权属、面积认定。'),
    await agency('新城区住建局', 'on-call', '物业管理、供水、房屋安全。'),
  ] as const;
  for (const [kind, names] of Object.entries(SLOTS)) {
    for (const [index, name] of names.entries()) {
      await keeper.post(`/centers/${centerId}/slots`, {
        kind,
        ordinal: index + 1,
        validFrom: FOUNDED_ON,
        ...(name === '' ? {} : { name }),
      });
    }
  }

  const scopes: Readonly<Record<string, string>> = {
    center: centerId,
    committee: committeeId,
    grid: gridId,
    'agency.0': agencyIds[0],
    'agency.1': agencyIds[1],
    'agency.2': agencyIds[2],
  };
  for (const staff of DEMO_STAFF.filter((s) => s.scope !== undefined)) await employ(staff, scopes[staff.scope ?? '']);
  for (const [loginName, member] of Object.entries(MEMBERS)) {
    const person = people.get(loginName);
    await keeper.post(`/committees/${committeeId}/members`, {
      accountId: person?.accountId,
      termFrom: FOUNDED_ON,
      ...member,
    });
  }
  await keeper.post(`/agencies/${agencyIds[0]}/liaisons`, {
    slot: 'A',
    name: '吴迪',
    accountId: people.get('lianluo')?.accountId,
    officePhone: '0471-6600101',
    validFrom: FOUNDED_ON,
  });
  await keeper.post(`/agencies/${agencyIds[1]}/liaisons`, {
    slot: 'A',
    name: '陈静',
    accountId: people.get('lianluo2')?.accountId,
    officePhone: '0471-6600102',
    validFrom: FOUNDED_ON,
  });
  await keeper.post(`/agencies/${agencyIds[2]}/liaisons`, {
    slot: 'A',
    name: '褚宁',
    accountId: people.get('lianluo3')?.accountId,
    officePhone: '0471-6600103',
    validFrom: FOUNDED_ON,
  });
  await keeper.post(`/centers/${centerId}/postings`, {
    accountId: people.get('chengban')?.accountId,
    homeOrganization: '新城区征收办',
    agencyId: agencyIds[0],
    residency: 'resident',
    validFrom: FOUNDED_ON,
  });

  return {
    keeper,
    centerId,
    committeeId,
    communityId,
    gridId,
    agencyIds,
    person: (loginName) => {
      const person = people.get(loginName);
      if (!person) throw new Error(`Demo center: nobody is called ${loginName}`);
      return person;
    },
  };
}

/** Two windows, six departments, seven centers and four tribunals; a center names them itself, so most stay nameless. */
const SLOTS: Readonly<Record<string, readonly string[]>> = {
  window: ['引导受理窗口', '综合服务窗口'],
  department: ['', '', '', '', '', ''],
  center: ['', '', '', '', '', '', ''],
  tribunal: ['交通法庭', '速裁庭', '仲裁庭', '行政复议庭'],
};

const MEMBERS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  tiaoweihui: {
    name: '周岩',
    engagement: 'member',
    position: 'director',
    sex: 'male',
    ethnicity: '汉族',
    isFullTime: true,
  },
  tiaojie: {
    name: '刘慧',
    engagement: 'member',
    position: 'mediator',
    sex: 'female',
    ethnicity: '汉族',
    isFullTime: true,
    specialties: ['family', 'neighbor'],
    certificateNumber: '蒙调0001',
  },
  tiaojie2: {
    name: '何勇',
    engagement: 'member',
    position: 'mediator',
    sex: 'male',
    ethnicity: '蒙古族',
    languages: ['汉语', '蒙古语'],
    specialties: ['contract', 'consumer'],
    certificateNumber: '蒙调0002',
  },
  jilu: { name: '郑楠', engagement: 'engaged', position: 'mediator', sex: 'female', ethnicity: '满族' },
};
