/**
 * Plays a row from start to end: the gain is refused at first, the attack reaches it; each fix, on the account as it was before the
 * attack, refuses one named call of the attack or the gain, and lets every call before it and all of the work through.
 *
 * How to add a row: a file `rows/<number>.ts` that exports `row: PathRow`; `paths.test.ts` plays all that are there. A row whose code
 * runs stands in a test of its own, `rows/<number>.test.ts`, which calls `playRow(row, runCode)`.
 */
import { expect } from 'vitest';
import type { AwsError } from '../../cloud/errors.ts';
import { runScript } from './hosts.ts';
import type { Answers, CallStep, Fix, PathRow, PathStep, Who } from './row.ts';
import { PathSandbox, type RunCode, UnusableCredentials } from './sandbox.ts';

const DENIALS = ['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError'];

/** @throws where the row does not hold */
export async function playRow(row: PathRow, runCode?: RunCode): Promise<void> {
  const sandbox = new PathSandbox(runCode);
  const given = await playAll(sandbox, row.given, 'root', {}, 'given');
  await playAll(sandbox, row.work, 'root', given, 'work at first');
  const start = { world: sandbox.world, now: sandbox.now };
  const early = await refusalOf(sandbox, row.gain, row.attacker, given);
  const wanted = row.refusedAtFirst === undefined ? DENIALS : [row.refusedAtFirst];
  expect(wanted, `the gain before the attack: ${row.gain.call}`).toContain(early);

  const taken = await playAll(sandbox, row.attack, row.attacker, given, 'attack');
  const lost = { world: sandbox.world, now: sandbox.now };
  await play(sandbox, row.gain, row.attacker, taken, 'gain');

  for (const fix of row.fixes) {
    const from = fix.when === 'after' ? lost : start;
    sandbox.world = from.world;
    sandbox.now = from.now;
    const fixed = await playAll(sandbox, fix.steps, 'root', fix.when === 'after' ? taken : given, `fix: ${fix.what}`);
    await playAll(sandbox, row.work, 'root', fixed, `work after: ${fix.what}`);
    await playUntilStopped(sandbox, row, fix, fixed);
    await playAll(sandbox, row.work, 'root', fixed, `work after the attack on: ${fix.what}`);
  }
}

async function playUntilStopped(sandbox: PathSandbox, row: PathRow, fix: Fix, known: Answers): Promise<void> {
  let answers = known;
  const attack = fix.when === 'after' ? [] : row.attack;
  for (const step of [...attack, row.gain]) {
    const stops = 'call' in step && (step.name === fix.stops || step.call === fix.stops);
    if (!stops) {
      answers = await play(sandbox, step, row.attacker, answers, `attack on: ${fix.what}`);
      continue;
    }
    const refused = await refusalOf(sandbox, step, row.attacker, answers);
    const wanted = fix.by === undefined ? DENIALS : [fix.by];
    expect(wanted, `${step.call} after: ${fix.what}`).toContain(refused);
    return;
  }
  throw new Error(`The attack has no call ${fix.stops}`);
}

async function playAll(
  sandbox: PathSandbox,
  steps: readonly PathStep[],
  as: Who,
  known: Answers,
  part: string,
): Promise<Answers> {
  let answers = known;
  for (const step of steps) answers = await play(sandbox, step, as, answers, part);
  return answers;
}

/** Plays a step that must succeed; gives the answers with its own. */
async function play(sandbox: PathSandbox, step: PathStep, as: Who, answers: Answers, part: string): Promise<Answers> {
  if ('wait' in step) {
    await sandbox.wait(step.wait.seconds);
    return answers;
  }
  if ('token' in step) return { ...answers, [step.name]: { token: sandbox.token(step.token) } };
  if ('host' in step) {
    await runScript(sandbox, step.host(answers), part);
    return answers;
  }
  const outcome = await outcomeOf(sandbox, step, as, answers);
  if (outcome.kind === 'error') {
    throw new Error(`${part}: ${step.call}: ${outcome.error.code}: ${outcome.error.message}`);
  }
  step.shows?.(outcome.output, answers);
  return step.name === undefined ? answers : { ...answers, [step.name]: outcome.output };
}

/** The code of the error that a call ends in; undefined where it succeeds. Of credentials that are no good what they are. */
async function refusalOf(sandbox: PathSandbox, step: CallStep, as: Who, answers: Answers): Promise<string | undefined> {
  if (step.as?.startsWith('from:') && !(step.as.slice('from:'.length) in answers)) {
    // Whoever has not got the credentials asks by what it has.
    return refusalOf(sandbox, { ...step, as }, as, answers);
  }
  const outcome = await outcomeOf(sandbox, step, as, answers);
  return outcome.kind === 'error' ? outcome.error.code : undefined;
}

async function outcomeOf(
  sandbox: PathSandbox,
  step: CallStep,
  as: Who,
  answers: Answers,
): Promise<
  | { readonly kind: 'ok'; readonly output: unknown }
  | { readonly kind: 'error'; readonly error: Pick<AwsError, 'code' | 'message'> }
> {
  try {
    const caller = sandbox.callerOf(step.as ?? as, answers);
    return (await sandbox.perform(step, caller, answers)).outcome;
  } catch (error) {
    if (error instanceof UnusableCredentials)
      return { kind: 'error', error: { code: error.kind, message: error.message } };
    throw error;
  }
}
