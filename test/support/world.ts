import type { Client } from 'pg';
import type { Role } from '../../src/kernel';
import { hashPassword } from '../../src/modules/identity';
import { uuidv7 } from '../../src/platform/database';

interface WorldAccount {
  readonly id: string;
  readonly loginName: string;
}

type ScopeKind = 'platform' | 'center' | 'committee' | 'agency' | 'unit';

let passwordHash: Promise<string> | undefined;

/**
 * The organisations that tests stand on, written straight into the tables: what is under test begins after them.
 * Own side: district 新城区 with its center, street 通道街 with its center, a community and a grid, two committees, four agencies.
 * Foreign side: district 回民区 with center, committee and agency; keys end in `:foreign`.
 */
export class World {
  static readonly PASSWORD = 'Yan-shi-2026!';

  readonly centerId = uuidv7();
  readonly streetCenterId = uuidv7();
  readonly foreignCenterId = uuidv7();
  readonly committeeId = uuidv7();
  readonly otherCommitteeId = uuidv7();
  readonly foreignCommitteeId = uuidv7();
  readonly districtId = uuidv7();
  readonly streetId = uuidv7();
  readonly communityId = uuidv7();
  readonly gridId = uuidv7();
  readonly foreignDistrictId = uuidv7();
  readonly foreignGridId = uuidv7();
  /** 征收办, 自然资源分局, 人社局, 住建局. */
  readonly agencyIds: readonly [string, string, string, string] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
  readonly foreignAgencyId = uuidv7();
  private readonly accounts = new Map<string, WorldAccount>();

  static async create(owner: Client): Promise<World> {
    const world = new World();
    await world.write(owner);
    return world;
  }

  account(key: string): WorldAccount {
    const account = this.accounts.get(key);
    if (!account)
      throw new Error(`The test world has no account ${key}; it has ${[...this.accounts.keys()].join(', ')}`);
    return account;
  }

  get accountKeys(): string[] {
    return [...this.accounts.keys()];
  }

  private async write(owner: Client): Promise<void> {
    await owner.query("select set_config('app.principal', 'system', false)");
    const unit = async (id: string, kind: string, parent: string | null, name: string): Promise<void> => {
      await owner.query('insert into org_unit (id, kind) values ($1, $2)', [id, kind]);
      await owner.query(
        'insert into org_unit_version (id, unit_id, parent_id, name, valid_from) values ($1, $2, $3, $4, $5)',
        [uuidv7(), id, parent, name, '2020-01-01'],
      );
    };
    await unit(this.districtId, 'district', null, '新城区');
    await unit(this.streetId, 'street', this.districtId, '通道街街道');
    await unit(this.communityId, 'community', this.streetId, '光明社区');
    await unit(this.gridId, 'grid', this.communityId, '光明社区第三网格');
    await unit(this.foreignDistrictId, 'district', null, '回民区');
    await unit(this.foreignGridId, 'grid', this.foreignDistrictId, '回民区第一网格');
    const center = async (id: string, unitId: string, name: string, code: string, above: string[]): Promise<void> => {
      await owner.query(
        'insert into center (id, unit_id, name, code, phone, address, ancestor_center_ids) values ($1, $2, $3, $4, $5, $6, $7)',
        [id, unitId, name, code, '0471-6600001', '海拉尔东路1号', above],
      );
    };
    await center(this.centerId, this.districtId, '新城区综治中心', '新城', []);
    await center(this.streetCenterId, this.streetId, '通道街街道综治中心', '通道', [this.centerId]);
    await center(this.foreignCenterId, this.foreignDistrictId, '回民区综治中心', '回民', []);
    const committee = async (id: string, centerId: string, name: string, word: string): Promise<void> => {
      await owner.query(
        "insert into committee (id, center_id, name, kind, numbering_word, court_name) values ($1, $2, $3, 'community', $4, '新城区人民法院')",
        [id, centerId, name, word],
      );
    };
    await committee(this.committeeId, this.centerId, '新城区光明社区人民调解委员会', '新城');
    await committee(this.otherCommitteeId, this.centerId, '新城区物业纠纷人民调解委员会', '新物');
    await committee(this.foreignCommitteeId, this.foreignCenterId, '回民区通道社区人民调解委员会', '回民');
    const agency = async (id: string, centerId: string, name: string): Promise<void> => {
      await owner.query("insert into agency (id, center_id, name, residency) values ($1, $2, $3, 'resident')", [
        id,
        centerId,
        name,
      ]);
    };
    const names = ['新城区征收办', '新城区自然资源分局', '新城区人社局', '新城区住建局'];
    for (const [i, id] of this.agencyIds.entries()) await agency(id, this.centerId, names[i] ?? '');
    await agency(this.foreignAgencyId, this.foreignCenterId, '回民区征收办');

    const [a0, a1, a2] = this.agencyIds;
    const staff: [string, string, Role, ScopeKind, string | null][] = [
      ['guide', '高引导', 'guide', 'center', this.centerId],
      ['intake', '王敏', 'intake-clerk', 'center', this.centerId],
      ['dispatcher', '赵研判', 'dispatcher', 'center', this.centerId],
      ['duty-leader', '孙值班', 'duty-leader', 'center', this.centerId],
      ['mediator', '刘调解', 'mediator', 'committee', this.committeeId],
      ['mediator-2', '何调解', 'mediator', 'committee', this.committeeId],
      ['mediator-other', '齐调解', 'mediator', 'committee', this.otherCommitteeId],
      ['recorder', '郑记录', 'recorder', 'committee', this.committeeId],
      ['committee-director', '周主任', 'committee-director', 'committee', this.committeeId],
      ['liaison', '征收联络', 'agency-liaison', 'agency', a0],
      ['handler', '征收承办', 'agency-handler', 'agency', a0],
      ['liaison-2', '资源联络', 'agency-liaison', 'agency', a1],
      ['liaison-3', '人社联络', 'agency-liaison', 'agency', a2],
      ['supervisor', '陈督办', 'supervisor', 'center', this.centerId],
      ['follow-up', '冯回访', 'follow-up-clerk', 'center', this.centerId],
      ['archivist', '褚档案', 'archivist', 'center', this.centerId],
      ['director', '卫主任', 'center-director', 'center', this.centerId],
      ['superior', '蒋书记', 'superior', 'center', this.centerId],
      ['grid-worker', '沈网格', 'grid-worker', 'unit', this.gridId],
      ['system-admin', '韩系统', 'system-admin', 'platform', null],
      ['security-admin', '杨安全', 'security-admin', 'platform', null],
      ['auditor', '朱审计', 'auditor', 'platform', null],
      ['street-intake', '秦街道', 'intake-clerk', 'center', this.streetCenterId],
      ['street-dispatcher', '尤街道', 'dispatcher', 'center', this.streetCenterId],
      ['street-duty-leader', '华街道', 'duty-leader', 'center', this.streetCenterId],
      ['two-hats', '柳两岗', 'superior', 'center', this.centerId],
      ['intake:foreign', '许外区', 'intake-clerk', 'center', this.foreignCenterId],
      ['dispatcher:foreign', '何外区', 'dispatcher', 'center', this.foreignCenterId],
      ['duty-leader:foreign', '吕外区', 'duty-leader', 'center', this.foreignCenterId],
      ['mediator:foreign', '施外区', 'mediator', 'committee', this.foreignCommitteeId],
      ['recorder:foreign', '金外区', 'recorder', 'committee', this.foreignCommitteeId],
      ['committee-director:foreign', '张外区', 'committee-director', 'committee', this.foreignCommitteeId],
      ['liaison:foreign', '孔外区', 'agency-liaison', 'agency', this.foreignAgencyId],
      ['director:foreign', '曹外区', 'center-director', 'center', this.foreignCenterId],
      ['grid-worker:foreign', '严外区', 'grid-worker', 'unit', this.foreignGridId],
    ];
    const members = new Set([
      'mediator',
      'mediator-2',
      'mediator-other',
      'recorder',
      'committee-director',
      'mediator:foreign',
      'recorder:foreign',
      'committee-director:foreign',
    ]);
    passwordHash ??= hashPassword(World.PASSWORD);
    const hash = await passwordHash;
    for (const [key, name, role, scopeKind, scopeId] of staff) {
      const id = uuidv7();
      const loginName = key.replace(':', '.');
      this.accounts.set(key, { id, loginName });
      await owner.query('insert into account (id, login_name, display_name) values ($1, $2, $3)', [
        id,
        loginName,
        name,
      ]);
      await owner.query('insert into account_credential (account_id, password_hash) values ($1, $2)', [id, hash]);
      await owner.query(
        "insert into role_grant (id, account_id, role, scope_kind, scope_id, valid_from) values ($1, $2, $3, $4, $5, '2026-01-01')",
        [uuidv7(), id, role, scopeKind, scopeId],
      );
      if (members.has(key)) {
        await owner.query(
          "insert into committee_member (id, committee_id, account_id, name, engagement, position, term_from) values ($1, $2, $3, $4, 'member', $5, '2025-01-01')",
          [uuidv7(), scopeId, id, name, role === 'committee-director' ? 'director' : 'mediator'],
        );
      }
    }
  }
}
