/** The start state of a challenge: an account of its own for a learner, brought up by ordinary AWS calls. */
import { newWorld } from '../cloud/new-world.ts';
import { deployTemplate } from '../cloud/templates/deploy.ts';
import type { World } from '../cloud/world.ts';
import type { Challenge } from './challenge.ts';
import { accessKeysIn, secretName } from './past/names.ts';
import { plantPast } from './past/plant.ts';
import { callAs, type Platform, rootOf } from './requests.ts';
import { substituteAll, type Variables, withAccount } from './variables.ts';

/** A new sandbox, and the bodies that its state names, by digest. */
export interface Provisioned {
  readonly world: World;
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
  /** The learner's, with the names that the start state adds: of its access keys and planted sessions. */
  readonly variables: Variables;
}

/** What a start state is made of. */
export type Startable = Pick<Challenge, 'template' | 'past'>;

/**
 * Makes an account with what account.yaml describes, created by its root user. The learner’s variables, `Flag` among them, are
 * the template’s parameters of the same names. Then its past is planted.
 * @param pause is waited for before each call, so that others get their turn where many are made
 * @throws AwsError where a call of the template is refused, as by CloudFormation at AWS: the challenge is at fault.
 * @throws Error where the past speaks of somebody who is not there
 */
export async function provision(
  { template, past }: Startable,
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
  const { refs, attributes } = await deployTemplate(template, learner.variables, send, learner);
  const keys = Object.fromEntries(accessKeysIn(template).map((id) => [id, refs[id] ?? '']));
  const secrets = Object.keys(keys).map((id) => [secretName(id), attributes[id]?.['SecretAccessKey'] ?? '']);
  const variables = { ...learner.variables, ...keys, ...Object.fromEntries(secrets) };
  const names = withAccount(variables, learner);
  const planted = plantPast({ world, past: substituteAll(past, names), keys }, platform);
  return { world: planted.world, newBlobs, variables: { ...variables, ...planted.variables } };
}
