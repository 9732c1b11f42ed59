import type { Grant } from '../../kernel';
import { definePolicies } from '../../platform/auth';

const KEEPER: readonly Grant[] = ['system-admin@any'];

definePolicies({
  'organizations.read': { label: '查看机构', by: ['everyone@self'] },
  'organizations.add-unit': { label: '新增区划', by: KEEPER },
  'organizations.revise-unit': { label: '变更区划', by: KEEPER },
  'organizations.add-center': { label: '新增综治中心', by: KEEPER },
  'organizations.change-center': { label: '修改综治中心', by: KEEPER },
  'organizations.add-committee': { label: '新增人民调解委员会', by: KEEPER },
  'organizations.change-committee': { label: '修改人民调解委员会', by: KEEPER },
  'organizations.add-member': { label: '登记调解员', by: KEEPER },
  'organizations.end-member': { label: '结束调解员任期', by: KEEPER },
  'organizations.add-agency': { label: '新增联动单位', by: KEEPER },
  'organizations.change-agency': { label: '修改联动单位', by: KEEPER },
  'organizations.name-liaison': { label: '登记联络员', by: KEEPER },
  'organizations.add-slot': { label: '设置窗口、部、中心、庭', by: KEEPER },
  'organizations.change-slot': { label: '修改窗口、部、中心、庭', by: KEEPER },
  'organizations.add-posting': { label: '登记入驻', by: KEEPER },
  'organizations.end-posting': { label: '结束入驻', by: KEEPER },
});
