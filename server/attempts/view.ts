import type { Attempt, AttemptList, ChallengeSummary, CheckView, ConsoleView, HintView } from '../../contract/index.ts';
import { type Challenge, personalTexts, type Stage, type Variables, withAccount } from '../../grading/index.ts';
import type { AttemptDetails } from './store.ts';

/** What a view is made of, besides the attempt itself. */
export interface ViewFacts {
  readonly summary: ChallengeSummary;
  readonly challenge: Challenge;
  readonly accountId: string;
  readonly region: string;
  readonly endpoint: string;
  readonly backend: Attempt['sandbox']['backend'];
  readonly clockOffset: number;
  readonly console: ConsoleView;
}

/**
 * An attempt as its learner may see it. Whatever the author keeps private (solutions, flags, private checks, hints not bought,
 * the debrief before solving) has no place in it: the view is built from single fields, never from a whole record.
 */
export function attemptView(details: AttemptDetails, facts: ViewFacts): Attempt {
  const { attempt } = details;
  const { challenge } = facts;
  const texts = personalTexts(challenge, namesOf(attempt.variables, facts));
  const solved = attempt.solvedAt !== null;
  const staged = challenge.stages.length > 1;
  return {
    id: attempt.id,
    challenge: facts.summary,
    story: texts.story,
    references: challenge.references.map(({ title, url }) => ({ title, url })),
    explain: challenge.explain,
    state: attempt.state,
    startedAt: attempt.startedAt.toISOString(),
    solved,
    stage: challenge.stages[attempt.stage]?.id ?? null,
    stages: staged
      ? challenge.stages.map((stage, index) => ({
          id: stage.id ?? '',
          title: stage.title,
          passed: index < attempt.stage || solved,
        }))
      : [],
    sandbox: {
      accountId: facts.accountId,
      region: facts.region,
      endpoint: facts.endpoint,
      backend: facts.backend,
      profiles: attempt.profiles.map(({ name, principal, accessKeyId, secretAccessKey, sessionToken, expiration }) => ({
        name,
        principal,
        accessKeyId,
        secretAccessKey,
        ...(sessionToken === undefined ? {} : { sessionToken }),
        ...(expiration === undefined ? {} : { expiration }),
      })),
    },
    console: facts.console,
    clock: { ahead: facts.clockOffset, steps: [...challenge.clock] },
    checks: texts.stages.slice(0, attempt.stage + 1).flatMap((stage) => checkViews(stage, details)),
    hints: texts.hints.map((hint, index) => hintView(hint, index + 1, details.hints)),
    submissions: details.submissions,
    debrief: solved ? texts.debrief : null,
    home: { ...texts.home },
  };
}

/** The learner's own names, and those of their account. */
export function namesOf(variables: Variables, account: { accountId: string; region: string }): Variables {
  const { Flag: _flag, ...shown } = variables;
  return withAccount(shown, account);
}

/** A private check shows what it is when the challenge is solved, and its reason never. */
function checkViews(stage: Stage, details: AttemptDetails): CheckView[] {
  const solved = details.attempt.solvedAt !== null;
  return stage.checks.map((check) => {
    const latest = details.checks.find((candidate) => candidate.checkId === check.id);
    return {
      id: check.id,
      stage: stage.id,
      title: check.private && !solved ? null : check.title,
      kind: check.private && !solved ? 'private' : check.kind,
      verdict: latest?.verdict ?? null,
      reason: check.private ? null : (latest?.reason ?? null),
    };
  });
}

function hintView({ title, text, cost }: Challenge['hints'][number], n: number, bought: readonly number[]): HintView {
  return { n, title, cost, text: bought.includes(n) ? text : null };
}

/** An attempt in the list of the learner's work. */
export function attemptListItem(details: AttemptDetails, challenge: Challenge): AttemptList['attempts'][number] {
  const { attempt } = details;
  const ids = challenge.stages.flatMap((stage) => stage.checks.map((check) => check.id));
  const passed = details.checks.filter((check) => check.verdict === 'passed' && ids.includes(check.checkId)).length;
  return {
    id: attempt.id,
    challenge: attempt.challengeId,
    state: attempt.state,
    solved: attempt.solvedAt !== null,
    stage: challenge.stages[attempt.stage]?.id ?? null,
    startedAt: attempt.startedAt.toISOString(),
    checks: { passed, total: ids.length },
  };
}
