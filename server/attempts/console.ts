import type { ConsoleAct } from '../../cloud/console/acts.ts';
import type { World } from '../../cloud/world.ts';
import type { ConsoleView } from '../../contract/index.ts';
import { type Challenge, signedInProfile } from '../../grading/index.ts';
import { ApiProblem } from '../problems/problems.ts';
import type { ConsoleClient } from '../sandboxes/sandbox.ts';
import type { AttemptsContext } from './context.ts';
import type { AttemptRecord } from './store.ts';

/**
 * Does an act in the console, where the challenge offers its panel. Whoever signs in gets the session as one more profile.
 * @throws ApiProblem console_refused with AWS's code and text where the console would not do it
 */
export async function actInConsole(
  context: AttemptsContext,
  attempt: AttemptRecord,
  challenge: Challenge,
  act: ConsoleAct,
  from: ConsoleClient,
): Promise<void> {
  if (attempt.state === 'ended') throw new ApiProblem('attempt_ended');
  const panel = act.name === 'SignIn' ? 'sign-in' : 'root';
  if (!challenge.console.includes(panel)) throw new ApiProblem('console_not_offered');
  const sandbox = await context.sandboxes.get(attempt.sandboxId);
  if (sandbox === undefined) throw new ApiProblem('sandbox_unavailable');
  const outcome = await sandbox.console(act, from);
  if (outcome.kind === 'error')
    throw new ApiProblem('console_refused', `${outcome.error.code}: ${outcome.error.message}`);
  if (act.name !== 'SignIn' || outcome.session === undefined) return;
  const fresh = signedInProfile(act.user, outcome.session, from.realNow);
  const others = attempt.profiles.filter(({ name }) => name !== fresh.name);
  await context.store.saveProfiles(attempt.id, [...others, fresh]);
}

/** The console as the challenge offers it, with what the root user sees there. */
export function consoleView({ console: panels }: Pick<Challenge, 'console'>, world: World): ConsoleView {
  const iam = world.accounts[world.primaryAccountId]?.iam;
  const keys = Object.values(iam?.accessKeys ?? {}).filter(({ user }) => user === undefined);
  return {
    panels: [...panels],
    root: panels.includes('root')
      ? {
          mfa: Object.values(iam?.virtualMfaDevices ?? {}).some(({ user }) => user === 'root'),
          password: iam?.rootLogin?.kind !== 'none',
          accessKeys: keys.map(({ id }) => id),
        }
      : null,
  };
}
