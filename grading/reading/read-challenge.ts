/** From the files of a challenge's folder to the challenge, or to everything that is wrong with them. */
import { readTemplate } from '../../cloud/templates/template.ts';
import { type Challenge, ChallengeFile, type Script, type Stage } from '../challenge.ts';
import { type Check, checkFrom } from '../checks.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import { crossProblems } from './cross.ts';
import { YamlFile } from './document.ts';
import { namesIn } from './names.ts';
import { readNeighbours } from './neighbours.ts';
import { notOffered } from './offered.ts';
import { othersCheck } from './others.ts';
import { type PackPlace, placeProblems } from './pack-place.ts';
import { pastProblems, readPast } from './past.ts';
import { faultsOf } from './schema.ts';
import { schemaProblems } from './schema-problems.ts';

/** The files of one folder by their path in it, with `/`. */
export type ChallengeFiles = Readonly<Record<string, string>>;

export type ReadChallenge =
  | { readonly kind: 'ok'; readonly challenge: Challenge }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** Text of one file, in UTF-16 units. The largest story, with every check and hint, is far below it. */
const longestFile = 200_000;

/** A challenge folder holds these and nothing else. */
const fileNames =
  /^(challenge\.yaml|account\.yaml|solution\.sh|(right|wrong)\/[a-z0-9-]+\.sh|home\/(?!.*(^|\/)\.\.?(\/|$))[^\\]+)$/;

/**
 * Reads challenge.yaml, account.yaml, the scripts and the home directory of a challenge, and holds them against the format
 * and against each other. Nothing is run. All problems of all files are reported together, save that a file that is no YAML
 * or does not follow its schema is not looked into further.
 * @param place what the file must agree with; without it the folder is looked at by itself
 */
export function readChallenge(files: ChallengeFiles, place?: PackPlace): ReadChallenge {
  const problems: Problem[] = [...folderProblems(files)];
  const text = files['challenge.yaml'];
  const account = files['account.yaml'];
  const yaml = text === undefined ? undefined : new YamlFile('challenge.yaml', text);
  const file = yaml === undefined ? undefined : readFile(yaml, problems);
  const template = account === undefined ? undefined : readTemplate(account);
  if (template?.kind === 'invalid') {
    problems.push(...template.problems.map((problem) => ({ ...problem, file: 'account.yaml' })));
  }
  const accountYaml = new YamlFile('account.yaml', account ?? '');
  const past = template?.kind === 'ok' ? readPast(accountYaml) : undefined;
  if (past?.kind === 'invalid') problems.push(...past.problems);
  const neighbours = template?.kind === 'ok' ? readNeighbours(accountYaml) : undefined;
  if (neighbours?.kind === 'invalid') problems.push(...neighbours.problems);
  if (
    yaml === undefined ||
    file === undefined ||
    template?.kind !== 'ok' ||
    past?.kind !== 'ok' ||
    neighbours?.kind !== 'ok'
  ) {
    return { kind: 'invalid', problems };
  }

  const start = { template: template.template, past: past.past, neighbours: neighbours.neighbours };
  const challenge = challengeOf(file, { ...scriptsOf(files), ...start, home: homeOf(files) });
  problems.push(...crossProblems(yaml, file, challenge));
  problems.push(...pastProblems(accountYaml, past.past, template.template, namesIn(file, challenge)));
  if (place !== undefined) problems.push(...placeProblems(yaml, file, place));
  return problems.length === 0 ? { kind: 'ok', challenge } : { kind: 'invalid', problems };
}

function folderProblems(files: ChallengeFiles): readonly Problem[] {
  const missing = ['challenge.yaml', 'account.yaml']
    .filter((name) => files[name] === undefined)
    .map((file) => wholeFile('missing_file', file, `The folder has no ${file}: every challenge has one.`));
  const unexpected = Object.keys(files)
    .filter((file) => !fileNames.test(file))
    .map((file) => {
      const right =
        'A challenge has challenge.yaml, account.yaml, solution.sh, right/*.sh, wrong/*.sh and files in home/';
      return wholeFile(
        'unexpected_file',
        file,
        `${file} has no place here. ${right}; script names are lower-case words.`,
      );
    });
  const large = Object.entries(files)
    .filter(([, text]) => text.length > longestFile)
    .map(([file, { length }]) => {
      return wholeFile('file_too_large', file, `${file} has ${length} characters; it may have ${longestFile}.`);
    });
  return [...missing, ...unexpected, ...large];
}

function wholeFile(code: ProblemCode, file: string, message: string): Problem {
  return { code, file, line: 1, column: 1, field: '', message };
}

function readFile(yaml: YamlFile, problems: Problem[]): ChallengeFile | undefined {
  const refused = yaml.problems.length > 0 ? [] : notOffered(yaml);
  const found = [...yaml.problems, ...refused];
  if (yaml.problems.length === 0) {
    found.push(...schemaProblems(yaml, faultsOf(ChallengeFile, yaml.value), refused));
  }
  problems.push(...found);
  return found.length === 0 ? (yaml.value as ChallengeFile) : undefined;
}

function scriptsOf(files: ChallengeFiles): Pick<Challenge, 'solution' | 'right' | 'wrong'> {
  const solution = files['solution.sh'];
  const inFolder = (folder: string): readonly Script[] =>
    Object.entries(files)
      .filter(([file]) => file.startsWith(`${folder}/`))
      .map(([file, text]) => ({ file, text }))
      .toSorted((a, b) => (a.file < b.file ? -1 : 1));
  return {
    solution: solution === undefined ? null : { file: 'solution.sh', text: solution },
    right: inFolder('right'),
    wrong: inFolder('wrong').map((script) => ({ ...script, refusedBy: refusal(script.text) })),
  };
}

/** The check that a wrong way’s first line names; empty where it names none. */
function refusal(text: string): string {
  return /^# refused by: ([a-z0-9-]+)\s*$/m.exec(text.split('\n', 1)[0] ?? '')?.[1] ?? '';
}

function homeOf(files: ChallengeFiles): Readonly<Record<string, string>> {
  const home = Object.entries(files).filter(([file]) => file.startsWith('home/'));
  return Object.fromEntries(home.map(([file, text]) => [file.slice('home/'.length), text]));
}

function challengeOf(
  file: ChallengeFile,
  rest: Pick<Challenge, 'solution' | 'right' | 'wrong' | 'template' | 'past' | 'neighbours' | 'home'>,
): Challenge {
  return {
    id: file.id,
    title: file.title,
    track: file.track,
    type: file.type,
    level: file.level,
    minutes: file.minutes,
    summary: file.summary,
    story: file.story,
    objectives: file.objectives,
    prerequisites: file.prerequisites ?? [],
    references: file.references ?? [],
    vary: file.vary ?? {},
    explain: file.explain ?? 'always',
    clock: file.clock ?? [],
    console: file.console ?? [],
    stages: stagesOf(file),
    hints: file.hints ?? [],
    debrief: file.debrief ?? null,
    ...rest,
  };
}

function stagesOf(file: ChallengeFile): readonly Stage[] {
  if (file.stages === undefined) {
    const checks = checksOf(file, file.checks ?? [], 0, undefined);
    return [{ id: null, title: file.title, you: file.you ?? [], restart: false, checks }];
  }
  return file.stages.map((stage, index) => ({
    id: stage.id,
    title: stage.title ?? capitalised(stage.id),
    you: stage.you,
    restart: stage.restart ?? false,
    checks: checksOf(file, stage.checks, index, stage.others),
  }));
}

/** The checks of a stage, and the one of others where there is something to grade. */
function checksOf(
  file: ChallengeFile,
  written: NonNullable<ChallengeFile['checks']>,
  stage: number,
  own: ChallengeFile['others'],
): readonly Check[] {
  const checks = written.map(checkFrom);
  if (checks.length === 0) return checks;
  const others = othersCheck(checks, { type: file.type, stage, others: own ?? file.others });
  return others === undefined ? checks : [...checks, others];
}

function capitalised(id: string): string {
  const text = id.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
