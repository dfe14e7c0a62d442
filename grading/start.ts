/** The start state of a challenge: an account of its own for a learner, brought up by ordinary AWS calls. */
import { newWorld } from '../cloud/new-world.ts';
import { deployTemplate } from '../cloud/templates/deploy.ts';
import type { World } from '../cloud/world.ts';
import type { Challenge } from './challenge.ts';
import { callAs, type Platform, rootOf } from './requests.ts';
import type { Variables } from './variables.ts';

/** A new sandbox, and the bodies that its state names, by digest. */
export interface Provisioned {
  readonly world: World;
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
}

/**
 * Makes an account with what account.yaml describes, created by its root user. The learner’s variables, `Flag` among them, are
 * the template’s parameters of the same names.
 * @param pause is waited for before each call, so that others get their turn where many are made
 * @throws AwsError where a call of the template is refused, as by CloudFormation at AWS: the challenge is at fault.
 */
export async function provision(
  challenge: Pick<Challenge, 'template'>,
  learner: { readonly accountId: string; readonly region: string; readonly variables: Variables },
  platform: Platform,
  pause?: () => Promise<void>,
): Promise<Provisioned> {
  let world = newWorld(learner);
  const newBlobs = new Map<string, Uint8Array>();
  const send = async (service: string, operation: string, input: Readonly<Record<string, unknown>>) => {
    await pause?.();
    const performed = callAs({ world, caller: rootOf(world), service, operation, input }, platform);
    if (performed.outcome.kind === 'error') throw performed.outcome.error;
    world = performed.world;
    for (const [digest, bytes] of performed.newBlobs) newBlobs.set(digest, bytes);
    return performed.outcome.output;
  };
  await deployTemplate(challenge.template, learner.variables, send, learner);
  return { world, newBlobs };
}
