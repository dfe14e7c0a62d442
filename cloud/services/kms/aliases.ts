/** CreateAlias, UpdateAlias, DeleteAlias, ListAliases. AWS KMS Developer Guide, "Aliases in AWS KMS". */
import type {
  AliasListEntry,
  CreateAliasRequest,
  DeleteAliasRequest,
  ListAliasesRequest,
  ListAliasesResponse,
  UpdateAliasRequest,
} from '@aws-sdk/client-kms';
import type { AccountDraft, Call } from '../../call.ts';
import { own } from '../../own.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import type { Account } from '../../world.ts';
import { kmsError, limitExceeded, notFound, validationException } from './errors.ts';
import { checkNotPending, findKeyById, findOwnKey } from './finding-keys.ts';
import { aliasArn, aliasesOf, placeKey } from './key-names.ts';
import { kmsLimits } from './limits.ts';
import { predefinedAliases } from './managed-keys.ts';
import { pageOf } from './pages.ts';
import type { AliasState } from './state.ts';

export const createAlias: ChangeOperation<CreateAliasRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const name = checkName(input.AliasName ?? '');
    const { region } = call.request;
    const target = findTarget(account, input.TargetKeyId, call, 'CreateAlias');
    if (own(account.kms.aliases, placeKey(region, name)) !== undefined) {
      throw kmsError(
        'AlreadyExistsException',
        `An alias with the name ${aliasArn(account.id, region, name)} already exists`,
      );
    }
    checkRoom(account, target.place);
    const { now } = call;
    account.kms.aliases[placeKey(region, name)] = {
      name,
      region,
      targetKeyId: target.key.id,
      createdAt: now,
      updatedAt: now,
    };
    return {};
  },
};

export const updateAlias: ChangeOperation<UpdateAliasRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const name = checkName(input.AliasName ?? '');
    const target = findTarget(account, input.TargetKeyId, call, 'UpdateAlias');
    const alias = aliasNamed(account, name, call);
    if (alias.targetKeyId !== target.key.id) checkRoom(account, target.place);
    alias.targetKeyId = target.key.id;
    alias.updatedAt = call.now;
    return {};
  },
};

export const deleteAlias: ChangeOperation<DeleteAliasRequest, Record<string, never>> = {
  kind: 'change',
  handle(account, input, call) {
    const name = checkName(input.AliasName ?? '');
    aliasNamed(account, name, call);
    delete account.kms.aliases[placeKey(call.request.region, name)];
    return {};
  },
};

/** @throws ValidationException, InvalidAliasNameException, NotAuthorizedException */
function checkName(name: string): string {
  if (!name.startsWith('alias/')) {
    throw validationException(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (name.startsWith('alias/aws/')) throw kmsError('NotAuthorizedException', '');
  const rest = name.slice('alias/'.length);
  if (rest === '') throw validationException('Invalid identifier');
  if (!/^[a-zA-Z0-9/_-]+$/.test(rest)) {
    throw kmsError('InvalidAliasNameException', `${name} contains invalid characters for an alias`);
  }
  return name;
}

function findTarget(account: AccountDraft, text: string | undefined, call: Call, operation: string) {
  if (text !== undefined && /^(?:arn:[^/]*:)?alias\//.test(text))
    throw validationException('Aliases must refer to keys. Not aliases');
  const target = findOwnKey(account, text, call, operation);
  checkNotPending(target);
  return target;
}

function checkRoom({ kms }: Pick<Account, 'kms'>, place: { readonly region: string; readonly keyId: string }): void {
  if (aliasesOf(kms, place).length >= kmsLimits.aliasesPerKey)
    throw limitExceeded(`A key cannot have more than ${kmsLimits.aliasesPerKey} aliases.`);
}

/** @throws NotFoundException */
function aliasNamed(account: AccountDraft, name: string, call: Call) {
  const { region } = call.request;
  const alias = own(account.kms.aliases, placeKey(region, name));
  if (alias === undefined) throw notFound(`Alias ${aliasArn(account.id, region, name)} is not found.`);
  return alias;
}

/** AWS's own aliases are listed also where their keys are not made yet. */
export const listAliases: ReadOperation<ListAliasesRequest, ListAliasesResponse> = {
  kind: 'read',
  permissions: (_input, facts) => [
    { action: 'kms:ListAliases', resource: '*', resourceAccountId: facts.callerAccountId, context: {} },
  ],
  handle(account, input, call) {
    const { region } = call.request;
    const keyId = input.KeyId === undefined ? undefined : findKeyById(account, input.KeyId, call).key.id;
    const here = Object.values(account.kms.aliases).filter((alias) => alias.region === region);
    const entries =
      keyId === undefined
        ? [...here.map((alias) => entry(account.id, alias)), ...unmade(account, region)]
        : here.filter((alias) => alias.targetKeyId === keyId).map((alias) => entry(account.id, alias));
    const { items, rest } = pageOf(entries, input, ({ AliasName = '' }) => AliasName);
    return { Aliases: [...items], ...rest };
  },
};

function unmade(account: Account, region: string): readonly AliasListEntry[] {
  return predefinedAliases
    .filter((name) => own(account.kms.aliases, placeKey(region, name)) === undefined)
    .map((name) => ({ AliasName: name, AliasArn: aliasArn(account.id, region, name) }));
}

function entry(accountId: string, { name, region, targetKeyId, createdAt, updatedAt }: AliasState): AliasListEntry {
  return {
    AliasName: name,
    AliasArn: aliasArn(accountId, region, name),
    TargetKeyId: targetKeyId,
    CreationDate: new Date(createdAt),
    LastUpdatedDate: new Date(updatedAt),
  };
}
