/** What the challenge format has and this release does not grade: refused by name, so that nothing is passed over in silence. */
import type { Problem, ProblemCode } from '../problem.ts';
import type { Path, YamlFile } from './document.ts';

type Data = Readonly<Record<string, unknown>>;

const ofChallenge: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  traffic: ['traffic_unsupported', 'traffic is not offered yet: write what must keep working as a call check'],
};

const ofCheck: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  answer: ['answer_unsupported', 'answer is not offered yet: ask for a text with flag'],
  choice: ['choice_unsupported', 'choice is not offered yet: ask for a text with flag'],
  changed: ['changed_unsupported', 'changed is not offered yet: read what must be so with state'],
  policies: ['changed_unsupported', 'policies is not offered yet: read what must be so with state'],
};

/** Problems with everything in a challenge file that is of the format and not offered. */
export function notOffered(yaml: YamlFile): readonly Problem[] {
  const { value } = yaml;
  if (!isData(value)) return [];
  const found: Problem[] = [...named(yaml, value, ofChallenge, [])];
  for (const [path, check] of checksOf(value)) {
    found.push(...named(yaml, check, ofCheck, path), ...inCheck(yaml, check, path));
  }
  return found;
}

function named(
  yaml: YamlFile,
  data: Data,
  table: Readonly<Record<string, readonly [ProblemCode, string]>>,
  path: Path,
): readonly Problem[] {
  return Object.keys(data).flatMap((key) => {
    const entry = Object.hasOwn(table, key) ? table[key] : undefined;
    return entry === undefined ? [] : [yaml.keyProblem(entry[0], [...path, key], `${entry[1]}.`)];
  });
}

/** The checks of a challenge file, in and outside stages, each with its path. */
function checksOf(challenge: Data): readonly (readonly [Path, Data])[] {
  const stages = listOf(challenge['stages']).flatMap((stage, index) =>
    isData(stage) ? listOf(stage['checks']).map((check, n) => [['stages', index, 'checks', n], check] as const) : [],
  );
  const own = listOf(challenge['checks']).map((check, n) => [['checks', n], check] as const);
  return [...own, ...stages].flatMap(([path, check]) => (isData(check) ? [[path, check] as const] : []));
}

function inCheck(yaml: YamlFile, check: Data, path: Path): readonly Problem[] {
  const found: Problem[] = [];
  for (const kind of ['access', 'bounds', 'reach', 'call', 'state'] as const) {
    const body = check[kind];
    if (!isData(body)) continue;
    const at = [...path, kind];
    if (body['traffic'] !== undefined) {
      const message = 'traffic is not offered yet: write who, call and with here';
      found.push(yaml.keyProblem('traffic_unsupported', [...at, 'traffic'], `${message}.`));
    }
    if (body['http'] !== undefined) {
      found.push(yaml.keyProblem('http_unsupported', [...at, 'http'], 'http is not offered yet: make an AWS call.'));
    }
    found.push(...whoProblems(yaml, body['who'], [...at, 'who']));
    listOf(body['given']).forEach((call, index) => {
      if (isData(call)) found.push(...whoProblems(yaml, call['who'], [...at, 'given', index, 'who']));
    });
  }
  return found;
}

const laterPrincipals = /^(service|instance|function)\//;

function whoProblems(yaml: YamlFile, who: unknown, path: Path): readonly Problem[] {
  const later = typeof who === 'string' && (laterPrincipals.test(who) || who.startsWith('${answers.'));
  if (!later) return [];
  const message =
    'This principal is not offered yet: who takes role/Name, user/Name, root, anonymous, session/name, key/…, or {assume: role/Name, by: user/Name}.';
  return [yaml.problem('who_unsupported', path, message)];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
