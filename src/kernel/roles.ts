/** Roles of a 综治中心 (identifier ↔ 中文), the three administrators kept apart as 等保 (GB/T 22239) asks. */
export const ROLE_NAMES = {
  guide: '引导员',
  'intake-clerk': '受理员',
  dispatcher: '研判调度员',
  'duty-leader': '值班长',
  mediator: '人民调解员',
  recorder: '记录人',
  'committee-director': '调委会主任',
  'agency-liaison': '部门联络员',
  'agency-handler': '部门承办人',
  supervisor: '督办员',
  'follow-up-clerk': '回访员',
  archivist: '档案员',
  'center-director': '中心主任',
  superior: '上级（政法委）',
  'grid-worker': '网格员',
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  auditor: '审计员',
} as const;

export type Role = keyof typeof ROLE_NAMES;
export const ROLES = Object.keys(ROLE_NAMES) as readonly Role[];

/**
 * How the holder of a role stands to the thing acted on.
 * - `any`: the role is enough, held anywhere (things that belong to nobody's matter)
 * - `center`: the role is held at the center that owns or now handles the matter
 * - `subtree`: the role is held at a center above it
 * - `assigned`: named on the matter (mediator, recorder, invited expert)
 * - `committee`: the role is held at the people's mediation committee of the matter
 * - `agency`: the role is held at the partner agency that was summoned
 * - `unit`: the role is held at the street, community or grid to which the matter was sent
 * - `self`: the thing is the actor's own account
 */
export const RELATIONS = ['any', 'center', 'subtree', 'assigned', 'committee', 'agency', 'unit', 'self'] as const;
export type Relation = (typeof RELATIONS)[number];

/** A cell of the policy table: who, standing how. */
export type Grant = `${Role}@${Relation}` | 'everyone@self' | 'public' | 'link-holder';
