/** Whether an account solves a stage: each check passed, failed, or could not be graded. */
import type { World } from '../cloud/world.ts';
import { holds, plainOutput } from './answer.ts';
import type { Stage } from './challenge.ts';
import type { Check, Flag, LiveCall, StateRead } from './checks.ts';
import { whyNot } from './expect/words.ts';
import { type CallEnd, Fork, type Grounds } from './fork.ts';
import { gradeAccess } from './grade-access.ts';
import { gradeBounds } from './grade-bounds.ts';
import { gradeOthers } from './grade-others.ts';
import { gradeReach } from './grade-reach.ts';
import { failed, gone, type Outcome, passed } from './outcome.ts';
import { accessReason, short } from './reason.ts';
import { flagName, substituteAll, type Variables, withAccount } from './variables.ts';
import { nameOfWho } from './who.ts';

/** What one check came to. Title and reason are null where the check is private; the reason too where it passed. */
export interface CheckResult {
  readonly id: string;
  readonly title: string | null;
  readonly verdict: 'passed' | 'failed' | 'ungraded';
  readonly reason: string | null;
}

/** A submission: the stage, the account as it stands, and what the learner answered. */
export interface StageToGrade extends Grounds {
  readonly stage: Stage;
  /** The learner’s sandbox. It is looked at, never changed. */
  readonly world: World;
  /** The sandbox as the challenge began: asked for by checks of what has changed since. */
  readonly start: () => Promise<World>;
  /** As drawn for this learner. */
  readonly variables: Variables;
  /** Texts by check id. */
  readonly answers: Readonly<Record<string, string>>;
}

/**
 * Grades every check of a stage, in order; each looks at a fork of its own.
 *
 * A check whose principal does not exist fails, whether it says `can` or `cannot`: a user who was deleted does nothing wrong
 * any more, and the work is not done either, so “delete the user” is no fix. A session that the role’s trust policy refuses
 * is another matter: who cannot become the role cannot do through it what `cannot` forbids.
 *
 * A fault of the grader itself makes the check `ungraded`, which never counts against the learner.
 */
export async function gradeStage(submission: StageToGrade): Promise<readonly CheckResult[]> {
  const { world, variables } = submission;
  const names = withAccount(variables, { accountId: world.primaryAccountId, region: world.region });
  const results: CheckResult[] = [];
  for (const check of submission.stage.checks) {
    results.push(await gradeCheck(substituteAll(check, names), submission));
  }
  return results;
}

async function gradeCheck(check: Check, submission: StageToGrade): Promise<CheckResult> {
  const title = check.private ? null : check.title;
  const told = (reason: string) => (check.private ? null : short(withoutFlag(reason, submission.variables)));
  try {
    const outcome = await outcomeOf(check, submission);
    if (outcome.verdict === 'passed') return { id: check.id, title, verdict: 'passed', reason: null };
    return { id: check.id, title, verdict: 'failed', reason: told(outcome.reason) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { id: check.id, title, verdict: 'ungraded', reason: told(`This could not be graded: ${why}`) };
  }
}

/** No reason gives away what the learner is to find. */
function withoutFlag(reason: string, variables: Variables): string {
  const flag = variables[flagName];
  return flag === undefined ? reason : reason.replaceAll(flag, 'flag{…}');
}

async function outcomeOf(check: Check, submission: StageToGrade): Promise<Outcome> {
  const fork = new Fork(submission.world, submission);
  switch (check.kind) {
    case 'access':
      return gradeAccess(check.access, fork);
    case 'call':
      return gradeCall(check.call, fork);
    case 'state':
      return gradeState(check.state, fork);
    case 'bounds':
      return gradeBounds(check.bounds, fork);
    case 'reach':
      return gradeReach(check.reach, fork);
    case 'others':
      return gradeOthers(check.others, await submission.start(), fork);
    case 'flag':
      return gradeFlag(check.id, check.flag, submission.answers);
  }
}

/** `ends: AccessDenied` means a denial, by whichever of its names the service’s protocol has for it. */
const denials = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation']);

async function gradeCall(live: LiveCall, fork: Fork): Promise<Outcome> {
  const unprepared = fork.prepare(live);
  if (unprepared !== undefined) return failed(unprepared);
  const end = fork.call(live.who, live);
  if (end.kind === 'missing') return failed(gone(end.principal));
  const wanted = live.ends ?? 'ok';
  const ended = end.kind === 'ok' ? 'ok' : end.code;
  if (ended !== wanted && !(denials.has(ended) && denials.has(wanted))) return failed(callReason(live, end));
  if (live.expect === undefined || end.kind !== 'ok') return passed;
  return outcomeOfExpect(`${nameOfWho(live.who)} called ${live.call}`, live.expect, end.output, fork);
}

function callReason(live: LiveCall, end: Exclude<CallEnd, { kind: 'missing' }>): string {
  const who = nameOfWho(live.who);
  if (end.kind === 'ok') return `${who} called ${live.call}${inputOf(live)}, and it succeeded.`;
  const denied = end.performed?.decisions.find(({ decision }) => decision.verdict !== 'allowed');
  if (denied === undefined) return `${who} called ${live.call}${inputOf(live)}: ${end.code}, ${end.message}`;
  const { action, resource } = denied.request;
  return accessReason({ who, action, resource: resource === '*' ? undefined : resource }, denied.decision);
}

async function gradeState(state: StateRead, fork: Fork): Promise<Outcome> {
  const unprepared = fork.prepare(state);
  if (unprepared !== undefined) return failed(unprepared);
  const end = fork.call('root', state);
  const what = `${state.call}${inputOf(state)}`;
  if (end.kind === 'ok') return outcomeOfExpect(what, state.expect, end.output, fork);
  return failed(end.kind === 'missing' ? gone(end.principal) : `${what}: ${end.code}, ${end.message}`);
}

async function outcomeOfExpect(what: string, expression: string, output: unknown, fork: Fork): Promise<Outcome> {
  const answer = await plainOutput(output, (digest) => fork.readBlob(digest));
  return holds(expression, answer) ? passed : failed(`${what}: ${whyNot(expression, answer)}.`);
}

function gradeFlag(id: string, flag: Flag, answers: Readonly<Record<string, string>>): Outcome {
  const answer = Object.hasOwn(answers, id) ? (answers[id] ?? '').trim() : '';
  if (answer === flag.matches) return passed;
  if (answer === '')
    return failed(`Nothing was answered yet: when you have found it, note it with: answer ${id} <text>`);
  return failed(`"${answer.slice(0, 60)}" is not what is hidden in this account.`);
}

/** The input in a few words: `(RoleName Cataloguer)`. */
function inputOf({ with: input = {} }: Pick<LiveCall, 'with'>): string {
  const words = Object.entries(input).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${name} ${value}`] : [],
  );
  const text = words.join(', ');
  return text === '' || text.length > 90 ? '' : ` (${text})`;
}
