import { type Grant, type Relation, ROLE_NAMES, type Role } from '../../src/kernel';
import type { ActPolicy } from '../../src/platform/auth';

const RELATION_NAMES: Readonly<Record<Relation, string>> = {
  any: '任何处',
  center: '本中心',
  subtree: '本级及下级',
  assigned: '在案',
  committee: '本调委会',
  agency: '被吹哨单位',
  unit: '承办网格',
  self: '本人',
};

const HEAD = `# Who may do what

Generated from the policy table (\`npm run docs:authorization\`); the matrix in test/e2e/authorization holds the running
application against it. Whatever is not here is forbidden. A grant is a role and how its holder stands to the thing:

| Relation | Meaning |
| --- | --- |
| 任何处 | the role is enough, held anywhere |
| 本中心 | held at the center that owns or now handles the matter |
| 本级及下级 | held at that center or one above it |
| 在案 | named on the matter, by whoever holds an office of mediation |
| 本调委会 | held at the people's mediation committee of the matter |
| 被吹哨单位 | held at the agency that was summoned |
| 承办网格 | held at the street, community or grid to which the matter was sent |

What is not visible to whoever asks is answered with 404 before any grant is looked at; row security keeps it so where the
table errs. Acts marked † have no route: timers and other acts perform them.
`;

/** The policy table as a page: one section per family of acts. */
export function authorizationDocument(table: ReadonlyMap<string, ActPolicy>): string {
  const families = new Map<string, [string, ActPolicy][]>();
  for (const [act, policy] of table) {
    const family = act.split('.')[0] ?? '';
    families.set(family, [...(families.get(family) ?? []), [act, policy]]);
  }
  const sections = [...families]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([family, acts]) => {
      const rows = acts.map(
        ([act, { label, by, internal }]) => `| \`${act}\`${internal ? ' †' : ''} | ${label} | ${grantsInWords(by)} |`,
      );
      return [`## ${family}`, '', '| Act | 事项 | 岗位 |', '| --- | --- | --- |', ...rows, ''].join('\n');
    });
  return [HEAD, ...sections].join('\n');
}

/** Roles grouped by how they stand: `本中心：受理员、研判调度员；在案：人民调解员`. */
function grantsInWords(by: readonly Grant[]): string {
  if (by.length === 0) return '—';
  const groups = new Map<string, string[]>();
  for (const grant of by) {
    const [relation, name] = inWords(grant);
    groups.set(relation, [...(groups.get(relation) ?? []), name]);
  }
  return [...groups]
    .map(([relation, names]) => (relation === '' ? names.join('、') : `${relation}：${names.join('、')}`))
    .join('；');
}

function inWords(grant: Grant): [string, string] {
  if (grant === 'public') return ['', '任何人'];
  if (grant === 'link-holder') return ['', '持链接的当事人'];
  if (grant === 'everyone@self') return ['', '所有登录人员'];
  const [role, relation] = grant.split('@') as [Role, Relation];
  return [RELATION_NAMES[relation], ROLE_NAMES[role]];
}
