/**
 * When keys and roles were last used. Every call uses one, and a journal row for each would double the writes: the notes
 * stay in memory, are shown to the operations that report them, and are written along with the sandbox's next change, or by
 * a row of their own when it leaves memory.
 */
import type { Patch } from 'immer';
import { own } from '../../cloud/own.ts';
import type { CallRequest } from '../../cloud/perform.ts';
import type { Account, World } from '../../cloud/world.ts';

interface Use {
  readonly at: number;
  readonly region: string;
  readonly service: string;
}

interface Folded {
  readonly world: World;
  /** From the world given to the world answered. */
  readonly patches: readonly Patch[];
}

/** The operations whose answers show a last use. */
const SHOWN_BY = new Set(['GetAccessKeyLastUsed', 'GetRole', 'GetAccountAuthorizationDetails']);

/** Whether a call's answer shows when something was last used. */
export function showsLastUse(request: CallRequest): boolean {
  return request.service === 'iam' && SHOWN_BY.has(request.operation);
}

/** The notes of one sandbox. */
export class LastUse {
  readonly #keys = new Map<string, Use & { readonly accountId: string }>();
  readonly #roles = new Map<string, Use & { readonly accountId: string; readonly role: string }>();

  /**
   * Notes a call that came with valid credentials, whatever was decided about it.
   * @param accessKeyId the key that signed it
   * @param now the sandbox's clock, epoch milliseconds
   */
  note(request: CallRequest, accessKeyId: string | undefined, now: number): void {
    const { caller, service } = request;
    const use = { at: now, region: request.request.region, service };
    if (caller.kind === 'role-session') {
      const { accountId, roleName } = caller;
      this.#roles.set(`${accountId}/${roleName}`, { ...use, accountId, role: roleName });
    } else if (accessKeyId !== undefined && (caller.kind === 'user' || caller.kind === 'root')) {
      this.#keys.set(accessKeyId, { ...use, accountId: caller.accountId });
    }
  }

  /**
   * The world with the notes in it.
   * @param atLeast milliseconds that a note must be newer than what the world has
   */
  foldInto(world: World, atLeast: number): Folded {
    const patches: Patch[] = [];
    const accounts: Record<string, Account> = {};
    const accountOf = (id: string) => accounts[id] ?? own(world.accounts, id);
    for (const [accessKeyId, { accountId, ...use }] of this.#keys) {
      const account = accountOf(accountId);
      const key = account && own(account.iam.accessKeys, accessKeyId);
      if (account === undefined || key === undefined || !isNewer(use.at, key.lastUsed, atLeast)) continue;
      const accessKeys = { ...account.iam.accessKeys, [accessKeyId]: { ...key, lastUsed: use } };
      accounts[accountId] = { ...account, iam: { ...account.iam, accessKeys } };
      patches.push(patch(accountId, 'accessKeys', accessKeyId, use));
    }
    for (const { accountId, role: name, at, region } of this.#roles.values()) {
      const account = accountOf(accountId);
      const role = account && own(account.iam.roles, name);
      if (account === undefined || role === undefined || !isNewer(at, role.lastUsed, atLeast)) continue;
      const lastUsed = { at, region };
      const roles = { ...account.iam.roles, [name]: { ...role, lastUsed } };
      accounts[accountId] = { ...account, iam: { ...account.iam, roles } };
      patches.push(patch(accountId, 'roles', name, lastUsed));
    }
    return patches.length === 0
      ? { world, patches }
      : { world: { ...world, accounts: { ...world.accounts, ...accounts } }, patches };
  }
}

function isNewer(at: number, last: { readonly at: number } | undefined, atLeast: number): boolean {
  return last === undefined || at - last.at >= atLeast;
}

function patch(accountId: string, table: 'accessKeys' | 'roles', name: string, lastUsed: object): Patch {
  return { op: 'replace', path: ['accounts', accountId, 'iam', table, name, 'lastUsed'], value: lastUsed };
}
