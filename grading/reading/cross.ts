/** What the schema cannot say: names that must exist, fields that go together, calls that the cloud knows. */
import { syntaxFault } from '../answer.ts';
import type { Challenge, ChallengeFile } from '../challenge.ts';
import type { Others } from '../decided-checks.ts';
import { accountParameters } from '../neighbours.ts';
import { offeredOperation } from '../operations.ts';
import type { Problem } from '../problem.ts';
import { flagName } from '../variables.ts';
import { actionFault } from './actions.ts';
import type { Path, YamlFile } from './document.ts';
import { namingProblems } from './names.ts';
import { operationProblems } from './operations.ts';
import { statementProblems } from './policy-statements.ts';
import { whenProblems } from './when.ts';

/** Problems of a challenge whose files each follow their schema. */
export function crossProblems(yaml: YamlFile, file: ChallengeFile, challenge: Challenge): readonly Problem[] {
  const checks = checksOf(file);
  return [
    ...shapeProblems(yaml, file),
    ...namingProblems(yaml, file, challenge),
    ...duplicates(yaml, file, checks),
    ...checks.flatMap(([path, check]) => accessProblems(yaml, path, check)),
    ...checks.flatMap(([path, check]) => decidedProblems(yaml, path, check)),
    ...othersOf(file).flatMap(([path, others]) => othersProblems(yaml, path, others)),
    ...checks.flatMap(([path, check]) => callProblems(yaml, path, check)),
    ...parameterProblems(file, challenge),
    ...refusalProblems(challenge),
  ];
}

type Placed = readonly [path: Path, check: CheckEntry];
type CheckEntry = NonNullable<ChallengeFile['checks']>[number];

function checksOf(file: ChallengeFile): readonly Placed[] {
  const own = (file.checks ?? []).map((check, n): Placed => [['checks', n], check]);
  const staged = (file.stages ?? []).flatMap((stage, s) =>
    stage.checks.map((check, n): Placed => [['stages', s, 'checks', n], check]),
  );
  return [...own, ...staged];
}

function shapeProblems(yaml: YamlFile, file: ChallengeFile): readonly Problem[] {
  const found: Problem[] = [];
  const { checks, stages, you } = file;
  if (stages !== undefined && checks !== undefined) {
    found.push(
      yaml.keyProblem('unknown_field', ['checks'], 'With stages, checks stand in the stages: move these there.'),
    );
  }
  if (stages !== undefined && you !== undefined) {
    found.push(yaml.keyProblem('unknown_field', ['you'], 'With stages, each has its own you: move this there.'));
  }
  if (stages === undefined && you === undefined) {
    found.push(yaml.problem('missing_field', [], 'you is missing: it takes the learner’s profiles.'));
  }
  if (file.type === 'free') {
    for (const field of ['checks', 'stages'] as const) {
      if (file[field] === undefined) continue;
      found.push(
        yaml.keyProblem('unknown_field', [field], `A challenge of type free is not graded: leave ${field} out.`),
      );
    }
  } else if (checks === undefined && stages === undefined) {
    found.push(yaml.problem('missing_field', [], 'checks is missing: it takes what must hold in the end.'));
  }
  if (file.type === 'attack-then-fix' && stages === undefined) {
    found.push(yaml.problem('missing_field', [], 'stages is missing: attack-then-fix takes a stage for each half.'));
  }
  return found;
}

function duplicates(yaml: YamlFile, file: ChallengeFile, checks: readonly Placed[]): readonly Problem[] {
  const profiles = [file.you ?? [], ...(file.stages ?? []).map((stage) => stage.you)];
  return [
    ...twice(
      yaml,
      checks.map(([path, check]) => [[...path, 'id'], check.id] as const),
    ),
    ...twice(
      yaml,
      (file.stages ?? []).map((stage, n) => [['stages', n, 'id'], stage.id] as const),
    ),
    ...profiles.flatMap((list, n) =>
      twice(
        yaml,
        list.map(
          (entry, i) => [[...(n === 0 ? ['you'] : ['stages', n - 1, 'you']), i, 'profile'], entry.profile] as const,
        ),
      ),
    ),
  ];
}

function twice(yaml: YamlFile, entries: readonly (readonly [Path, string])[]): readonly Problem[] {
  const seen = new Set<string>();
  return entries.flatMap(([path, name]) => {
    const again = seen.has(name);
    seen.add(name);
    return again
      ? [yaml.problem('duplicate_name', path, `${name} stands here twice: each takes a name of its own.`)]
      : [];
  });
}

function accessProblems(yaml: YamlFile, path: Path, check: CheckEntry): readonly Problem[] {
  if (!('access' in check)) return [];
  const { can, cannot } = check.access;
  const at = [...path, 'access'];
  if (can !== undefined && cannot === undefined) return actionProblems(yaml, [...at, 'can'], can);
  if (can === undefined && cannot !== undefined) return actionProblems(yaml, [...at, 'cannot'], cannot);
  return can === undefined
    ? [yaml.problem('missing_field', at, 'can or cannot is missing: it takes an action.')]
    : [yaml.problem('unknown_field', at, 'A check has either can or cannot: make two of it.')];
}

/** What bounds must hold, and a path that would be from a principal to itself. */
function decidedProblems(yaml: YamlFile, path: Path, check: CheckEntry): readonly Problem[] {
  if ('reach' in check && check.reach.from === check.reach.to) {
    const message = `${check.reach.to} is where the path begins: to takes admin, or another user or role.`;
    return [yaml.problem('wrong_value', [...path, 'reach', 'to'], message)];
  }
  if (!('bounds' in check)) return [];
  const { atMost, atLeast } = check.bounds;
  const at = [...path, 'bounds'];
  if (atMost === undefined && atLeast === undefined) {
    return [yaml.problem('missing_field', at, 'atMost or atLeast is missing: it takes policy statements.')];
  }
  if (atLeast?.length === 0) {
    return [
      yaml.problem('wrong_value', [...at, 'atLeast'], 'atLeast has no statement: so everybody passes. Leave it out.'),
    ];
  }
  return [
    ...statementProblems(yaml, [...at, 'atMost'], atMost ?? []),
    ...statementProblems(yaml, [...at, 'atLeast'], atLeast ?? []),
  ];
}

/** Each `others` of a file, of the challenge and of its stages. */
function othersOf({ others, stages }: ChallengeFile): readonly (readonly [Path, Others])[] {
  const staged = (stages ?? []).map((stage, s) => [['stages', s, 'others'] as Path, stage.others] as const);
  return [[['others'] as Path, others] as const, ...staged].flatMap(([path, given]) =>
    given === undefined ? [] : [[path, given] as const],
  );
}

function othersProblems(yaml: YamlFile, path: Path, others: Others): readonly Problem[] {
  return 'off' in others ? [] : statementProblems(yaml, [...path, 'within'], others.within ?? []);
}

function actionProblems(yaml: YamlFile, path: Path, actions: string | readonly string[]): readonly Problem[] {
  const placed =
    typeof actions === 'string' ? [[path, actions] as const] : actions.map((name, n) => [[...path, n], name] as const);
  return placed.flatMap(([at, name]) => {
    const fault = actionFault(name);
    return fault === undefined ? [] : [yaml.problem('wrong_value', at, fault)];
  });
}

/** What a check does, under the field that tells its kind; undefined where it calls nothing. */
function bodyOf(check: CheckEntry) {
  if ('access' in check) return { kind: 'access', body: check.access } as const;
  if ('bounds' in check) return { kind: 'bounds', body: check.bounds } as const;
  if ('reach' in check) return { kind: 'reach', body: check.reach } as const;
  if ('call' in check) return { kind: 'call', body: check.call } as const;
  return 'state' in check ? ({ kind: 'state', body: check.state } as const) : undefined;
}

function callProblems(yaml: YamlFile, path: Path, check: CheckEntry): readonly Problem[] {
  const placed = bodyOf(check);
  if (placed === undefined) return [];
  const { kind, body } = placed;
  const here = [...path, kind];
  const given = [
    ...whenProblems(yaml, [...here, 'when'], 'when' in body ? body.when : undefined),
    ...(body.given ?? []).flatMap((call, n) => operationProblems(yaml, [...here, 'given', n], call)),
  ];
  if (kind !== 'call' && 'who' in body && typeof body.who === 'object' && 'web' in body.who) {
    const message = 'Who holds a token makes one unsigned call: make a call check of it.';
    given.push(yaml.problem('wrong_value', [...here, 'who'], message));
  }
  if (!('call' in body)) return given;
  const found = [...given, ...operationProblems(yaml, here, body)];
  if (kind === 'state' && offeredOperation(body.call)?.kind === 'change') {
    const message = `${body.call} changes the account: state takes an operation that reads.`;
    found.push(yaml.problem('wrong_value', [...here, 'call'], message));
  }
  const fault = body.expect === undefined ? undefined : syntaxFault(body.expect);
  if (fault !== undefined) {
    found.push(yaml.problem('wrong_value', [...here, 'expect'], `This is not JMESPath: ${fault}.`));
  }
  return found;
}

function parameterProblems(file: ChallengeFile, challenge: Challenge): readonly Problem[] {
  const drawn = [...Object.keys(file.vary ?? {}), flagName, ...accountParameters(challenge.neighbours)];
  const templates = [challenge.template, ...Object.values(challenge.neighbours)].flatMap((template) => template ?? []);
  return templates
    .flatMap(({ parameters }) => parameters)
    .flatMap((parameter): readonly Problem[] => {
      if (parameter.defaultValue !== undefined || drawn.includes(parameter.name)) return [];
      const message = `The parameter ${parameter.name} has no value: give it a Default, or a pattern under vary in challenge.yaml.`;
      return [{ code: 'unknown_name', file: 'account.yaml', ...parameter.place, message }];
    });
}

function refusalProblems(challenge: Challenge): readonly Problem[] {
  const ids = challenge.stages.flatMap((stage) => stage.checks.map((check) => check.id));
  return challenge.wrong.flatMap((script): readonly Problem[] => {
    if (ids.includes(script.refusedBy)) return [];
    const message =
      script.refusedBy === ''
        ? 'The first line does not say which check refuses this: write "# refused by: <check id>".'
        : `There is no check ${script.refusedBy}: the checks are ${ids.join(', ')}.`;
    return [{ code: 'missing_refusal', file: script.file, line: 1, column: 1, field: '', message }];
  });
}
