/** What the challenge format has and this release does not grade: refused by name, so that nothing is passed over in silence. */
import type { Problem, ProblemCode } from '../problem.ts';
import type { Path, YamlFile } from './document.ts';

type Data = Readonly<Record<string, unknown>>;

const ofChallenge: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  others: ['others_unsupported', 'others is not offered yet: name what nobody may do with cannot on named resources'],
  traffic: ['traffic_unsupported', 'traffic is not offered yet: write what must keep working as a call check'],
  clock: ['clock_unsupported', 'clock is not offered yet: leave it out'],
};

const ofCheck: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  bounds: ['bounds_unsupported', 'bounds is not offered yet: write access checks with cannot on named resources'],
  reach: ['reach_unsupported', 'reach is not offered yet: write access checks with cannot for the steps of the path'],
  answer: ['answer_unsupported', 'answer is not offered yet: ask for a text with flag'],
  choice: ['choice_unsupported', 'choice is not offered yet: ask for a text with flag'],
  changed: ['changed_unsupported', 'changed is not offered yet: read what must be so with state'],
  policies: ['changed_unsupported', 'policies is not offered yet: read what must be so with state'],
  others: ['others_unsupported', 'others is not offered yet: name what nobody may do with cannot on named resources'],
};

/** Problems with everything in a challenge file that is of the format and not offered, and with wildcards. */
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
  for (const kind of ['access', 'call', 'state'] as const) {
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
    if (body['after'] !== undefined) {
      found.push(yaml.keyProblem('clock_unsupported', [...at, 'after'], 'after is not offered yet: leave it out.'));
    }
    found.push(...whoProblems(yaml, body['who'], [...at, 'who']));
    listOf(body['given']).forEach((call, index) => {
      if (isData(call)) found.push(...whoProblems(yaml, call['who'], [...at, 'given', index, 'who']));
    });
    if (kind === 'access') found.push(...wildcards(yaml, body, at), ...anyValues(yaml, body, at));
  }
  return found;
}

const laterPrincipals = /^(service|instance|function|key|session|partner|stranger|management)\//;

function whoProblems(yaml: YamlFile, who: unknown, path: Path): readonly Problem[] {
  const later =
    (typeof who === 'string' && (laterPrincipals.test(who) || who.startsWith('${answers.'))) ||
    (isData(who) && (who['federated'] !== undefined || who['web'] !== undefined));
  if (!later) return [];
  const message =
    'This principal is not offered yet: who takes role/Name, user/Name, root, anonymous, or {assume: role/Name, by: user/Name}.';
  return [yaml.problem('who_unsupported', path, message)];
}

function wildcards(yaml: YamlFile, access: Data, path: Path): readonly Problem[] {
  return (['can', 'cannot', 'on'] as const).flatMap((field) => {
    const value = access[field];
    const entries: readonly (readonly [Path, unknown])[] = Array.isArray(value)
      ? value.map((item, index) => [[...path, field, index], item] as const)
      : [[[...path, field], value]];
    return entries.flatMap(([at, text]) => {
      if (typeof text !== 'string' || !/[*?]/.test(text)) return [];
      const right =
        field === 'on' ? 'name each resource (leave on out for an action that has none)' : 'name each action';
      return [
        yaml.problem('wildcard_unsupported', at, `"${text}" has a wildcard, which is not offered yet: ${right}.`),
      ];
    });
  });
}

function anyValues(yaml: YamlFile, access: Data, path: Path): readonly Problem[] {
  const when = access['when'];
  if (!isData(when)) return [];
  return Object.entries(when).flatMap(([key, value]) =>
    value === 'any'
      ? [
          yaml.problem(
            'wildcard_unsupported',
            [...path, 'when', key],
            'any is not offered yet: name each value in a check of its own.',
          ),
        ]
      : [],
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
