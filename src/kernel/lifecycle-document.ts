import type { ActRule, LifecycleTable } from './lifecycle';
import { ROLE_NAMES, type Grant, type Role } from './roles';

/** A lifecycle table whatever its snapshot; the obstacles are described, never asked. */
export type DescribedLifecycle = LifecycleTable<string, string, never>;

const RELATION_NAMES: Readonly<Record<string, string>> = {
  any: '',
  center: '（本中心）',
  subtree: '（上级中心）',
  assigned: '（本案）',
  committee: '（受理调委会）',
  agency: '（被吹哨部门）',
  unit: '（接收单位）',
  self: '（本人）',
};

/** docs/lifecycle.md: every lifecycle table as a state diagram and a table of acts. Made from the tables alone. */
export function lifecycleDocument(tables: readonly DescribedLifecycle[]): string {
  const sorted = [...tables].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    '# Lifecycles',
    '',
    'Made from the tables by `npm run docs:lifecycle`; a test fails when this page is stale. What is not in a table is refused.',
    'An act without a start state creates the thing. “Follows” marks acts that follow from an act of another table or from',
    'the time, without a route of their own.',
    '',
    ...sorted.map((t) => `- [${t.label} \`${t.name}\`](#${t.label}-${t.name})`),
    '',
    ...sorted.flatMap(section),
  ].join('\n');
}

function section(table: DescribedLifecycle): string[] {
  return [
    `## ${table.label} \`${table.name}\``,
    '',
    '```mermaid',
    ...diagram(table),
    '```',
    '',
    '| Act | From | To | Who | What stands in the way | Law |',
    '|---|---|---|---|---|---|',
    ...Object.entries(table.acts).map(([act, rule]) => row(table, act, rule)),
    '',
  ];
}

function diagram(table: DescribedLifecycle): string[] {
  const labels = new Map<string, string[]>();
  const add = (from: string, to: string, label: string): void => {
    const key = `${from} --> ${to}`;
    labels.set(key, [...(labels.get(key) ?? []), label]);
  };
  for (const rule of Object.values(table.acts)) {
    const starts = rule.from.length === 0 ? ['[*]'] : rule.from.map(nodeOf);
    // From where an act of several targets leads depends on more than the state; each is drawn.
    for (const start of starts)
      for (const target of targetsOf(rule)) if (start !== target) add(start, target, rule.label);
  }
  return [
    'stateDiagram-v2',
    ...Object.entries(table.states).map(([state, name]) => `  state "${name}" as ${nodeOf(state)}`),
    ...[...labels].map(([arrow, names]) => `  ${arrow}: ${[...new Set(names)].join('、')}`),
    ...table.final.map((state) => `  ${nodeOf(state)} --> [*]`),
  ];
}

function row(table: DescribedLifecycle, act: string, rule: ActRule<string, never>): string {
  const names = (states: readonly string[]): string => states.map((s) => table.states[s] ?? s).join('、');
  const cells = [
    `${rule.label} \`${table.name}.${act}\``,
    rule.from.length === 0 ? '—' : names(rule.from),
    rule.to === 'same' ? 'unchanged' : names(typeof rule.to === 'string' ? [rule.to] : rule.to),
    rule.internal === true ? 'follows' : rule.by.map(grantName).join('、'),
    (rule.obstacles ?? []).map((o) => `\`${o.code}\` ${o.message}`).join('<br>'),
    rule.source ?? '',
  ];
  return `| ${cells.map((c) => c.replaceAll('|', '\\|')).join(' | ')} |`;
}

function targetsOf(rule: ActRule<string, never>): string[] {
  if (rule.to === 'same') return [];
  return (typeof rule.to === 'string' ? [rule.to] : rule.to).map(nodeOf);
}

/** Mermaid takes a hyphen for part of an arrow. */
function nodeOf(state: string): string {
  return state.replaceAll('-', '_');
}

function grantName(grant: Grant): string {
  if (grant === 'public') return '公开';
  if (grant === 'link-holder') return '持链接的当事人';
  if (grant === 'everyone@self') return '任何人（本人）';
  const [role, relation] = grant.split('@') as [Role, string];
  return `${ROLE_NAMES[role]}${RELATION_NAMES[relation] ?? ''}`;
}
