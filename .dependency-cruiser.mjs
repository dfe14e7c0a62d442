// The walls of the house as import rules. A test file may import what it needs to test; everything else keeps to these.
const TESTS = '\\.test\\.ts$|/testing/';
const ROOMS = [
  'iam',
  'cloud',
  'grading',
  'contract',
  'shell',
  'server',
  'web',
  'cli',
  'challenges',
  'test',
  'bench',
  'scripts',
];

/** Which rooms a room may import, itself aside. */
const OPENINGS = {
  iam: [],
  cloud: ['iam'],
  grading: ['cloud', 'iam'],
  contract: [],
  shell: ['cloud'],
  web: ['contract', 'shell', 'grading', 'cloud', 'iam'],
  server: ['contract', 'shell', 'grading', 'cloud', 'iam'],
  cli: ['server', 'shell', 'grading', 'iam'],
};

const PURE = '^(iam|cloud|grading|contract|shell)/';

const walls = Object.entries(OPENINGS).map(([room, open]) => ({
  name: `wall-of-${room}`,
  comment: `${room} may import ${open.length > 0 ? open.join(', ') : 'no other room'}.`,
  severity: 'error',
  from: { path: `^${room}/`, pathNot: TESTS },
  to: { path: `^(${ROOMS.filter((other) => other !== room && !open.includes(other)).join('|')})/` },
}));

const config = {
  forbidden: [
    ...walls,
    {
      name: 'pure-without-node',
      comment: 'The pure folders run in a page, on a server and in a test: no Node module.',
      severity: 'error',
      from: { path: PURE, pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engine-without-packages',
      comment: 'The policy engine has no dependency at run time.',
      severity: 'error',
      from: { path: '^iam/', pathNot: TESTS },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'unknown'] },
    },
    {
      name: 'one-door-to-the-database',
      comment: 'In a feature of the server only store.ts speaks Prisma.',
      severity: 'error',
      from: { path: '^server/(attempts|catalogue|people|live|gateway)/', pathNot: `/store\\.ts$|${TESTS}` },
      to: { path: '^server/database/generated/|(^|node_modules/)(@prisma|pg)(/|$)' },
    },
    {
      name: 'use-cases-without-fastify',
      comment: 'Only routes and the app know the web framework.',
      severity: 'error',
      from: { path: '^server/(attempts|catalogue|people)/', pathNot: `/(routes|guard)\\.ts$|${TESTS}` },
      to: { path: '(^|node_modules/)(fastify|@fastify)(/|$)' },
    },
    {
      name: 'no-circle',
      severity: 'error',
      from: { pathNot: 'server/database/generated' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^(virtual:|.*\\?)' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/.*/node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default', 'types'] },
  },
};

export { config, OPENINGS };
