import { randomUUID } from 'node:crypto';
import type { CheckResult, Submission, Verdict } from '../../contract/index.ts';
import { type Challenge, gradeStage, type Stage } from '../../grading/index.ts';
import { ApiProblem } from '../problems/problems.ts';
import { wentBack } from '../sandboxes/going-back.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { AttemptsContext } from './context.ts';
import { profilesForStage } from './profiles-for-stage.ts';
import type { AttemptRecord, Progress } from './store.ts';

/** Failed if a check failed, else ungraded if one was, else passed. */
export function overall(checks: readonly Pick<CheckResult, 'verdict'>[]): Verdict {
  const has = (verdict: Verdict) => checks.some((check) => check.verdict === verdict);
  return has('failed') ? 'failed' : has('ungraded') ? 'ungraded' : 'passed';
}

/**
 * Grades the current stage of an attempt; passed, the next one begins. The sandbox itself is only looked at.
 * One submission of an attempt is graded at a time.
 */
export async function submit(
  context: AttemptsContext,
  attempt: AttemptRecord,
  challenge: Challenge,
  answers: Readonly<Record<string, string>>,
): Promise<Submission> {
  if (attempt.state === 'ended') throw new ApiProblem('attempt_ended');
  const stage = challenge.stages[attempt.stage];
  if (stage === undefined || stage.checks.length === 0) throw new ApiProblem('nothing_to_grade');
  refuseUnknownAnswers(stage, answers);
  const sandbox = await context.sandboxes.get(attempt.sandboxId);
  if (sandbox === undefined) throw new ApiProblem('sandbox_unavailable');

  const graded = await gradeStage({
    stage,
    world: sandbox.world,
    start: () => context.store.stageStart(attempt.id, 0),
    variables: attempt.variables,
    answers,
    cloud: context.cloud,
    realNow: Date.now(),
    readBlob: (digest) => sandbox.readBlob(digest),
  });
  const verdict = overall(graded);
  const last = attempt.stage === challenge.stages.length - 1;
  const solvedNow = verdict === 'passed' && last && attempt.solvedAt === null;
  const submission: Submission = {
    id: randomUUID(),
    submittedAt: new Date().toISOString(),
    verdict,
    stage: stage.id,
    solved: attempt.solvedAt !== null || solvedNow,
    checks: graded.map(({ id, title, verdict: checked, reason }) => ({ id, title, verdict: checked, reason })),
  };
  const progress = verdict === 'passed' && !last ? await beginStage(context, attempt, challenge, sandbox) : undefined;
  await context.store.addSubmission(
    attempt.id,
    { ...submission, submittedAt: new Date(submission.submittedAt), answers },
    { ...(solvedNow ? { solvedAt: new Date() } : {}), ...(progress === undefined ? {} : { progress }) },
  );
  context.live.publish(attempt.id, { type: 'submission', submission });
  return submission;
}

/** Begins the stage after the attempt's: from the start state again where it says so, with its own credentials. */
async function beginStage(
  context: AttemptsContext,
  attempt: AttemptRecord,
  challenge: Challenge,
  sandbox: Sandbox,
): Promise<Progress> {
  const index = attempt.stage + 1;
  const stage = challenge.stages[index];
  if (stage === undefined) throw new Error(`no stage ${index}`);
  const start = stage.restart ? await context.store.stageStart(attempt.id, 0) : undefined;
  const begun = await sandbox.act('begin-stage', (now) => {
    const from = start === undefined ? { world: now, patches: [] } : wentBack(now, start);
    const platform = { cloud: context.cloud, realNow: Date.now() };
    const issued = profilesForStage(from.world, stage.you, attempt.profiles, platform);
    const patches = [...from.patches, ...issued.patches];
    return { ...issued, patches, result: { world: issued.world, profiles: issued.result } };
  });
  return { stage: index, ...begun };
}

function refuseUnknownAnswers(stage: Stage, answers: Readonly<Record<string, string>>): void {
  const takes = stage.checks.filter((check) => check.kind === 'flag').map((check) => check.id);
  const unknown = Object.keys(answers).find((id) => !takes.includes(id));
  if (unknown === undefined) return;
  const right = takes.length === 0 ? 'No check of this stage takes an answer' : `Answers go to: ${takes.join(', ')}`;
  throw new ApiProblem('unknown_answer', `No check ${unknown} takes an answer here. ${right}.`);
}
