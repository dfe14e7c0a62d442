// Holds the imports against the walls of .dependency-cruiser.mjs, after proving on a known-bad house that the rules bite.
import { readdirSync } from 'node:fs';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { config } from '../.dependency-cruiser.mjs';

const tsConfig = extractTSConfig('tsconfig.json');

async function violationsIn(baseDir, folders) {
  const { output } = await cruise(
    folders,
    { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true, baseDir },
    config.options.enhancedResolveOptions,
    { tsConfig },
  );
  return { violations: output.summary.violations, modules: output.summary.totalCruised };
}

const KNOWN_BAD = 'test/imports/known-bad';
const bad = await violationsIn(KNOWN_BAD, readdirSync(KNOWN_BAD));
const bitten = new Set(bad.violations.map((violation) => violation.rule.name));
const silent = config.forbidden.map((rule) => rule.name).filter((name) => !bitten.has(name));
if (silent.length > 0) {
  console.error(`These import rules let the known-bad fixture through: ${silent.join(', ')}`);
  process.exit(1);
}

const rooms = ['iam', 'cloud', 'grading', 'contract', 'shell', 'server', 'web', 'cli', 'test', 'bench'];
const here = readdirSync('.');
const { violations, modules } = await violationsIn(
  process.cwd(),
  rooms.filter((room) => here.includes(room)),
);
const own = violations.filter((violation) => !violation.from.startsWith('test/imports/'));
for (const violation of own) console.error(`${violation.rule.name}: ${violation.from} → ${violation.to}`);
if (own.length > 0) process.exit(1);
console.log(
  `imports: ${modules} modules, no wall broken; ${silent.length === 0 ? config.forbidden.length : 0} rules proved on the known-bad fixture`,
);
