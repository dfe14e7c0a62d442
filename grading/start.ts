/** The start state of a challenge: an account of its own for a learner, brought up by ordinary AWS calls. */
import { newWorld } from '../cloud/new-world.ts';
import { deployTemplate } from '../cloud/templates/deploy.ts';
import type { Template } from '../cloud/templates/template.ts';
import type { World } from '../cloud/world.ts';
import type { Challenge } from './challenge.ts';
import {
  accountIdName,
  accountIdParameter,
  learnerParameter,
  type NeighbourName,
  type Neighbours,
  neighbourNames,
} from './neighbours.ts';
import { accessKeysIn, secretName } from './past/names.ts';
import { plantPast } from './past/plant.ts';
import { callAs, type Platform, type PlatformCall } from './requests.ts';
import { substituteAll, type Variables, withAccount } from './variables.ts';

/** A new sandbox, and the bodies that its state names, by digest. */
export interface Provisioned {
  readonly world: World;
  readonly newBlobs: ReadonlyMap<string, Uint8Array>;
  /** The learner's, with the names that the start state adds: of its access keys and planted sessions. */
  readonly variables: Variables;
}

/** What a start state is made of. */
export type Startable = Pick<Challenge, 'template' | 'past' | 'neighbours'>;

/** What was drawn for a learner. */
export interface Learner {
  readonly accountId: string;
  readonly region: string;
  readonly variables: Variables;
  /** The account ids of the challenge's neighbours; absent where it has none. */
  readonly neighbours?: Readonly<Partial<Record<NeighbourName, string>>>;
}

/**
 * Makes an account with what account.yaml describes, created by its root user. The learner’s variables, `Flag` among them, are
 * the template’s parameters of the same names. Its neighbours come up likewise, each by its own root. Then its past is planted.
 * @param pause is waited for before each call, so that others get their turn where many are made
 * @throws AwsError where a call of the template is refused, as by CloudFormation at AWS: the challenge is at fault.
 * @throws Error where the past speaks of somebody who is not there
 */
export async function provision(
  { template, past, neighbours }: Startable,
  learner: Learner,
  platform: Platform,
  pause?: () => Promise<void>,
): Promise<Provisioned> {
  const { accountId, region } = learner;
  let world = newWorld(learner);
  const newBlobs = new Map<string, Uint8Array>();
  const sendBy = (id: string) => async (service: string, operation: string, input: PlatformCall['input']) => {
    await pause?.();
    const caller = { kind: 'root', accountId: id } as const;
    const performed = callAs({ world, caller, service, operation, input }, platform);
    if (performed.outcome.kind === 'error') throw performed.outcome.error;
    world = performed.world;
    for (const [digest, bytes] of performed.newBlobs) newBlobs.set(digest, bytes);
    if (service === 'organizations' && operation === 'CreateOrganization')
      await joinOrganization(id, accountId, sendBy);
    return performed.outcome.output;
  };
  const accounts = accountNames(learner);
  const bringUp = (id: string, one: Template) =>
    deployTemplate(one, accounts.parameters, sendBy(id), { accountId: id, region });
  for (const name of ['stranger', 'partner'] as const) await bringUpNeighbour(name, neighbours, learner, bringUp);
  const { refs, attributes } = await bringUp(accountId, template);
  // Last: its policies may forbid the learner's account what its template makes.
  await bringUpNeighbour('management', neighbours, learner, bringUp);
  const keys = Object.fromEntries(accessKeysIn(template).map((id) => [id, refs[id] ?? '']));
  const secrets = Object.keys(keys).map((id) => [secretName(id), attributes[id]?.['SecretAccessKey'] ?? '']);
  const variables = { ...learner.variables, ...accounts.variables, ...keys, ...Object.fromEntries(secrets) };
  const planted = plantPast({ world, past: substituteAll(past, withAccount(variables, learner)), keys }, platform);
  return { world: planted.world, newBlobs, variables: { ...variables, ...planted.variables } };
}

/** The ids of the sandbox's accounts, as parameters of its templates and as names in texts. */
function accountNames({ accountId, variables, neighbours = {} }: Learner) {
  const named = neighbourNames.flatMap((name) => {
    const id = neighbours[name];
    return id === undefined ? [] : [[name, id] as const];
  });
  return {
    variables: Object.fromEntries(named.map(([name, id]) => [accountIdName(name), id])),
    parameters: {
      ...variables,
      [learnerParameter]: accountId,
      ...Object.fromEntries(named.map(([name, id]) => [accountIdParameter(name), id])),
    },
  };
}

async function bringUpNeighbour(
  name: NeighbourName,
  neighbours: Neighbours,
  learner: Learner,
  bringUp: (id: string, template: Template) => Promise<unknown>,
): Promise<void> {
  const [template, id] = [neighbours[name], learner.neighbours?.[name]];
  if (template !== undefined && template !== null && id !== undefined) await bringUp(id, template);
}

/** The learner's account joins the organization of its management account: no template can say that. */
async function joinOrganization(
  managementId: string,
  accountId: string,
  sendBy: (id: string) => (service: string, operation: string, input: PlatformCall['input']) => Promise<unknown>,
): Promise<void> {
  if (managementId === accountId) return;
  const Target = { Id: accountId, Type: 'ACCOUNT' };
  const invited = await sendBy(managementId)('organizations', 'InviteAccountToOrganization', { Target });
  const { Handshake } = invited as { readonly Handshake: { readonly Id: string } };
  await sendBy(accountId)('organizations', 'AcceptHandshake', { HandshakeId: Handshake.Id });
}
