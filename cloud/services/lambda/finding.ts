/** Functions, versions and aliases as requests name them. */
import { own } from '../../own.ts';
import { stateKey } from '../../state-key.ts';
import type { Account } from '../../world.ts';
import { functionNotFound, staleRevision } from './errors.ts';
import { type FunctionInput, functionArn, isVersion, LATEST, namedFunction, regionalKey } from './names.ts';
import type { AliasState, FunctionState, VersionState } from './state.ts';

/** What the look-ups read of an account; a draft is one too. */
export type FunctionHolder<Found extends FunctionState = FunctionState> = Pick<Account, 'id'> & {
  readonly lambda: { readonly functions: Readonly<Record<string, Found>> };
};

/** A function as it was found. */
export interface FoundFunction<Found extends FunctionState = FunctionState> {
  readonly found: Found;
  /** As the request gave it. */
  readonly qualifier?: string;
  /** Without a qualifier. */
  readonly arn: string;
}

/** @throws ResourceNotFoundException, InvalidParameterValueException */
export function findFunction<Found extends FunctionState>(
  account: FunctionHolder<Found>,
  input: FunctionInput,
  region: string,
): FoundFunction<Found> {
  const { name, accountId = account.id, qualifier } = namedFunction(input, region);
  const arn = functionArn({ region, accountId }, name);
  const found = accountId === account.id ? own(account.lambda.functions, regionalKey(region, name)) : undefined;
  if (found === undefined) throw functionNotFound(qualifier === undefined ? arn : `${arn}:${qualifier}`);
  return { found, arn, ...(qualifier !== undefined && { qualifier }) };
}

export function aliasOf(found: FunctionState, qualifier: string): AliasState | undefined {
  return own(found.aliases, stateKey(qualifier));
}

/** The version that a qualifier leads to, of an alias its main one. @throws ResourceNotFoundException */
export function versionOf({ found, arn, qualifier = LATEST }: FoundFunction): VersionState {
  if (qualifier === LATEST) return found.latest;
  const number = isVersion(qualifier) ? qualifier : aliasOf(found, qualifier)?.version;
  const version = number === LATEST ? found.latest : own(found.versions, number ?? '');
  if (version === undefined) throw functionNotFound(`${arn}:${qualifier}`);
  return version;
}

/** @throws PreconditionFailedException */
export function checkRevision(given: string | undefined, current: string): void {
  if (given !== undefined && given !== current) throw staleRevision();
}
