/** The names in a challenge's texts, and the principals of other accounts and sessions that its checks speak of. */
import type { Challenge, ChallengeFile } from '../challenge.ts';
import { accountIdName, neighbourNames } from '../neighbours.ts';
import { namesOfStart } from '../past/names.ts';
import type { Problem } from '../problem.ts';
import type { Startable } from '../start.ts';
import { flagName, knownNames, unknownNames } from '../variables.ts';
import type { YamlFile } from './document.ts';
import { textsIn } from './texts-in.ts';

/** Problems of every name that stands for something of the learner's own. */
export function namingProblems(yaml: YamlFile, file: ChallengeFile, challenge: Challenge): readonly Problem[] {
  return [
    ...nameProblems(yaml, file, namesIn(file, challenge)),
    ...sessionProblems(yaml, file, challenge),
    ...neighbourProblems(yaml, file, challenge),
    ...homeProblems(file, challenge),
  ];
}

/** Fields that the catalogue shows before anything is drawn for a learner. */
const beforeDrawing = new Set(['title', 'summary', 'objectives', 'references', 'prerequisites']);

/** The names that the texts of a challenge may use. */
export function namesIn(file: ChallengeFile, { template, past, neighbours }: Startable): readonly string[] {
  const accounts = neighbourNames.filter((name) => Object.hasOwn(neighbours, name)).map(accountIdName);
  return [...knownNames(file.vary ?? {}), ...accounts, ...namesOfStart(template, past)];
}

/** Neighbours that checks and profiles speak of and that account.yaml does not have. */
function neighbourProblems(yaml: YamlFile, file: ChallengeFile, { neighbours }: Challenge): readonly Problem[] {
  return textsIn(file, []).flatMap(([path, text]) => {
    const [, name] = path.at(-1) === 'who' || path.at(-1) === 'principal' ? (/^([a-z]+)\//.exec(text) ?? []) : [];
    const unknown = neighbourNames.find((neighbour) => neighbour === name && !Object.hasOwn(neighbours, neighbour));
    if (unknown === undefined) return [];
    const message = `account.yaml has no neighbour ${unknown}: name it under Metadata, Leastwise, neighbours.`;
    return [yaml.problem('unknown_name', path, message)];
  });
}

/** Sessions that checks speak of and that account.yaml does not plant. */
function sessionProblems(yaml: YamlFile, file: ChallengeFile, { past }: Challenge): readonly Problem[] {
  const known = Object.keys(past.sessions ?? {});
  return textsIn(file, []).flatMap(([at, text]) => {
    const [, name] = at.at(-1) === 'who' ? (/^session\/(.+)$/.exec(text) ?? []) : [];
    if (name === undefined || known.includes(name)) return [];
    const right = known.length === 0 ? 'it plants none' : `it plants ${known.join(', ')}`;
    return [yaml.problem('unknown_name', at, `account.yaml plants no session ${name}: ${right}.`)];
  });
}

function nameProblems(yaml: YamlFile, file: ChallengeFile, known: readonly string[]): readonly Problem[] {
  const found = Object.hasOwn(file.vary ?? {}, flagName)
    ? [
        yaml.keyProblem(
          'duplicate_name',
          ['vary', flagName],
          'Flag is drawn for every challenge: leave it out of vary.',
        ),
      ]
    : [];
  for (const [path, text] of textsIn(file, [])) {
    const early = beforeDrawing.has(String(path[0]));
    for (const name of unknownNames(text, early ? [] : known)) {
      const right = early
        ? 'this is shown before the learner’s names are drawn, so it takes none'
        : `the names here are ${known.join(', ')}`;
      found.push(yaml.problem('unknown_name', path, `\${${name}} is no name: ${right}.`));
    }
  }
  return found;
}

function homeProblems(file: ChallengeFile, challenge: Challenge): readonly Problem[] {
  const known = namesIn(file, challenge);
  return Object.entries(challenge.home).flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) =>
      unknownNames(line, known).map((name): Problem => {
        const message = `\${${name}} is no name: the names here are ${known.join(', ')}.`;
        const column = line.indexOf(`\${${name}}`) + 1;
        return { code: 'unknown_name', file: `home/${path}`, line: index + 1, column, field: '', message };
      }),
    ),
  );
}
