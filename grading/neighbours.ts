/** The accounts of a sandbox besides the learner's own, and the names that checks and profiles have for what is in them. */
import { own } from '../cloud/own.ts';
import type { Template } from '../cloud/templates/template.ts';
import type { Account, World } from '../cloud/world.ts';

/** In the order in which they are brought up; the last one after the learner's own account, over which its policies may stand. */
export const neighbourNames = ['stranger', 'partner', 'management'] as const;
export type NeighbourName = (typeof neighbourNames)[number];

/** The neighbours that a start state has, with what is in each; null: nothing. */
export type Neighbours = Readonly<Partial<Record<NeighbourName, Template | null>>>;

/** The name that texts have for a neighbour's account id: `Partner.AccountId`. */
export function accountIdName(neighbour: NeighbourName): string {
  return `${capitalised(neighbour)}.AccountId`;
}

/** The template parameter of the same: `PartnerAccountId`. */
export function accountIdParameter(neighbour: NeighbourName): string {
  return `${capitalised(neighbour)}AccountId`;
}

/** The parameter by which a neighbour's template knows the learner's account. */
export const learnerParameter = 'LearnerAccountId';

/** Every parameter that templates are given besides the names that are drawn. */
export function accountParameters(neighbours: Neighbours): readonly string[] {
  const named = neighbourNames.filter((name) => Object.hasOwn(neighbours, name));
  return [learnerParameter, ...named.map(accountIdParameter)];
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The account that a principal's name speaks of, and the name within it: `partner/role/Sync` is `role/Sync` of the partner. */
export function placeOf(world: World, name: string): { readonly account: Account | undefined; readonly name: string } {
  const [first = '', ...rest] = name.split('/');
  const accountId = own(world.neighbours ?? {}, first);
  return accountId === undefined
    ? { account: own(world.accounts, world.primaryAccountId), name }
    : { account: own(world.accounts, accountId), name: rest.join('/') };
}
