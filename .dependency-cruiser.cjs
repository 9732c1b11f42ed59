/** The rooms of the house and the doors between them (docs/adr/0002-rooms.md). */

/** Declared arrows: module → modules whose public face it may use. Circles are refused on top of this. */
const arrows = {
  operations: [],
  audit: [],
  identity: ['audit'],
  organizations: ['identity'],
  calendar: ['organizations'],
  drafts: [],
  phrases: [],
  disputes: ['organizations', 'calendar', 'identity'],
  documents: ['disputes', 'organizations'],
  attachments: ['disputes'],
  parties: ['disputes', 'documents', 'attachments', 'organizations'],
  assignments: ['disputes', 'parties', 'organizations', 'documents'],
  summons: ['disputes', 'calendar', 'organizations', 'documents', 'attachments'],
  supervision: ['disputes', 'summons', 'documents', 'calendar', 'organizations'],
  dictionaries: ['disputes', 'parties'],
  exchange: ['disputes', 'parties'],
  statistics: ['disputes', 'summons', 'calendar', 'organizations'],
  sessions: ['disputes', 'parties', 'assignments', 'documents', 'attachments', 'organizations', 'calendar'],
  agreements: [
    'disputes',
    'calendar',
    'parties',
    'assignments',
    'sessions',
    'documents',
    'attachments',
    'organizations',
  ],
  worklist: ['disputes', 'calendar', 'parties', 'summons', 'organizations'],
  search: ['disputes', 'parties'],
  notifications: [],
  portal: ['disputes', 'parties', 'assignments', 'sessions', 'agreements', 'documents', 'attachments', 'organizations'],
};

const betweenModules = Object.entries(arrows).map(([module, allowed]) => ({
  name: `arrows-of-${module}`,
  comment: `${module} may use the public face of: ${allowed.join(', ') || 'no other module'}.`,
  severity: 'error',
  from: { path: `^src/modules/${module}/` },
  to: {
    path: '^src/modules/([^/]+)/',
    pathNot: [`^src/modules/${module}/`, ...allowed.map((m) => `^src/modules/${m}/`)],
  },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Modules never depend on each other in a circle.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'declared-modules-only',
      comment: 'A new module declares its arrows in .dependency-cruiser.cjs first.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/', pathNot: Object.keys(arrows).map((m) => `^src/modules/${m}/`) },
      to: {},
    },
    ...betweenModules,
    {
      name: 'public-face-only',
      comment: 'From outside a module only its index.ts may be imported.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/([^/]+)/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'outer-files-use-public-faces',
      severity: 'error',
      from: { path: '^src/[^/]+\\.ts$' },
      to: { path: '^src/modules/[^/]+/', pathNot: '^src/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'kernel-is-pure',
      comment: 'The kernel imports nothing: no npm package, no node module, no other room.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/kernel/' },
    },
    {
      name: 'domain-imports-only-kernel',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/domain/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^src/modules/$1/domain/', '^src/kernel/'] },
    },
    {
      name: 'application-below-api',
      comment: 'Inside a module: api → application → {domain, persistence}.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/(application|persistence|domain)/' },
      to: { path: '^src/modules/$1/api/' },
    },
    {
      name: 'persistence-below-application',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/persistence/' },
      to: { path: '^src/modules/$1/application/' },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^src/(platform|config|kernel)/' },
      to: { path: '^src/modules/' },
    },
    {
      name: 'only-app-module-knows-modules',
      severity: 'error',
      from: { path: '^src/(?!modules/|app\\.module\\.ts|bootstrap\\.ts|demo/|set-up/)', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/modules/' },
    },
    {
      name: 'no-tests-in-the-program',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: ['^test/', '\\.spec\\.ts$'] },
    },
    {
      name: 'resolvable',
      comment: 'What is built is there only once it was built.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '/dist/' },
    },
    {
      name: 'no-dev-dependencies-in-the-program',
      severity: 'error',
      from: { path: '^(src|migrations)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
