/** Puts what an author says of the past into a start state. */
import { produce } from 'immer';
import type { AccountDraft } from '../../cloud/call.ts';
import { resolveCredential, roleCaller } from '../../cloud/credentials.ts';
import { newestFirst, type PastCall } from '../../cloud/ledger/past-call.ts';
import { type HistoryEntry as PastEntry, plantHistory } from '../../cloud/ledger/plant-history.ts';
import { own } from '../../cloud/own.ts';
import { plantKey, plantRole, plantRoot, plantUser } from '../../cloud/services/iam/planting.ts';
import { issueRoleSession } from '../../cloud/services/sts/role-session.ts';
import { issueToken } from '../../cloud/services/sts/token-issuers.ts';
import type { World } from '../../cloud/world.ts';
import { callerArn } from '../../iam/caller-arn.ts';
import type { AnyCaller } from '../../iam/model.ts';
import { millisecondsOf } from '../duration.ts';
import { readInput } from '../input.ts';
import { offeredOperation } from '../operations.ts';
import { clockOf, type Platform, rootOf } from '../requests.ts';
import type { Variables } from '../variables.ts';
import { principalNamed } from '../who.ts';
import { sessionName, tokenName } from './names.ts';
import type { HistoryEntry, Past, PlantedCredentials, PlantedSession } from './past.ts';
import { type PastSignIn, plantSignIn, SIGN_IN, signInRecord } from './sign-ins.ts';

/** Where calls of the past came from where nothing is said: TEST-NET-3 (RFC 5737). */
const ADDRESS = '203.0.113.24';
const AGENT = 'aws-cli/2.27.50';
/** AWS's longest session of a role. */
const SESSION = '12h';
/** As long as anybody works on a challenge. */
const TOKEN = '90d';

/** What is planted in a sandbox whose template has been brought up. */
export interface Planting {
  readonly world: World;
  /** With the learner's own names in it. */
  readonly past: Past;
  /** Access key ids by the logical ids of their resources. */
  readonly keys: Readonly<Record<string, string>>;
}

/** The sandbox with its past, and the names of the sessions that are still alive. */
export interface Planted {
  readonly world: World;
  readonly variables: Variables;
}

/** @throws Error where it speaks of a user, role or key that is not there: the challenge is at fault */
export function plantPast({ world: start, past, keys }: Planting, platform: Platform): Planted {
  let world = withCredentials(start, past.credentials ?? {}, keys, platform);
  const variables: Record<string, string> = {};
  for (const [name, session] of Object.entries(past.sessions ?? {})) {
    const issued = beginSession(world, name, session, platform);
    world = issued.world;
    const { accessKeyId, secret, token } = issued.session;
    variables[sessionName(name, 'AccessKeyId')] = accessKeyId;
    variables[sessionName(name, 'SecretAccessKey')] = secret;
    variables[sessionName(name, 'SessionToken')] = token;
  }
  for (const [name, { issuer, claims, lasts = TOKEN }] of Object.entries(past.tokens ?? {})) {
    const seconds = millisecondsOf(lasts) / 1000;
    const issued = issueToken(world, { issuer, claims, seconds, now: clockOf(world, platform), cloud: platform.cloud });
    world = issued.world;
    variables[tokenName(name)] = issued.token;
  }
  const history = past.history ?? [];
  const calls = history.filter(({ call }) => call !== SIGN_IN);
  const entries = calls.flatMap((entry) => entriesOf(world, entry, { keys, variables }, platform));
  const told = plantHistory(platform.cloud, world, entries).world;
  const signIns = history
    .filter(({ call }) => call === SIGN_IN)
    .flatMap((entry) => occurrencesOf(told, entry, variables, platform).map((one) => ({ ...entry, ...one })));
  return { world: withSignIns(withUses(told, entries), signIns, platform), variables };
}

function beginSession(
  world: World,
  name: string,
  { assume, session, ago, lasts = SESSION }: PlantedSession,
  platform: Platform,
) {
  return issueRoleSession(world, {
    accountId: world.primaryAccountId,
    roleName: assume.slice('role/'.length),
    sessionName: session ?? name,
    seconds: millisecondsOf(lasts) / 1000,
    now: clockOf(world, platform) - millisecondsOf(ago),
    cloud: platform.cloud,
  });
}

/** The learner's account, changed. */
function changed(world: World, change: (account: AccountDraft) => void): World {
  return produce(world, (draft) => {
    const account = draft.accounts[world.primaryAccountId];
    if (account !== undefined) change(account as AccountDraft);
  });
}

function withCredentials(
  world: World,
  credentials: Readonly<Record<string, PlantedCredentials>>,
  keys: Planting['keys'],
  platform: Platform,
): World {
  const { random } = platform.cloud;
  const now = clockOf(world, platform);
  const at = (ago: string | undefined) => (ago === undefined ? undefined : now - millisecondsOf(ago));
  return changed(world, (account) => {
    for (const [principal, { age, used, service = 'iam', region = world.region, mfa, password, key }] of Object.entries(
      credentials,
    )) {
      const [kind, name = ''] = principal.split('/');
      const usedAt = at(used);
      const lastUsed = usedAt === undefined ? {} : { lastUsed: { at: usedAt, region, service } };
      const made = present({ createdAt: at(age) });
      const since = present({ mfaSince: at(mfa) });
      if (kind === 'key') plantKey(account, keys[name] ?? name, { ...made, ...lastUsed });
      else if (kind === 'role')
        plantRole(account, name, { ...made, ...(usedAt !== undefined && { lastUsed: { at: usedAt, region } }) });
      else if (kind === 'user') {
        const times = typeof password === 'object' ? { setAt: at(password.age), usedAt: at(password.used) } : undefined;
        plantUser(account, name, { ...made, ...since, ...(times && { password: present(times) }) }, random);
      } else {
        const keyUsedAt = at(key?.used);
        plantRoot(
          account,
          {
            ...since,
            ...(password !== undefined && {
              password: password === 'none' ? 'none' : present({ usedAt: at(password.used) }),
            }),
            ...(key && {
              key: {
                createdAt: now - millisecondsOf(key.age),
                ...(keyUsedAt !== undefined && {
                  lastUsed: { at: keyUsedAt, region, service: key.service ?? 'iam' },
                }),
              },
            }),
          },
          random,
        );
      }
    }
  });
}

/** Without the members that are undefined. */
function present<T extends Readonly<Record<string, number | undefined>>>(times: T): { [Name in keyof T]?: number } {
  return Object.fromEntries(Object.entries(times).filter(([, at]) => at !== undefined)) as {
    [Name in keyof T]?: number;
  };
}

/** The calls that an entry speaks of, each with its time. */
function entriesOf(
  world: World,
  entry: HistoryEntry,
  names: { readonly keys: Planting['keys']; readonly variables: Variables },
  platform: Platform,
): readonly PastEntry[] {
  const { key } = entry;
  const offered = offeredOperation(entry.call);
  if (offered === undefined) throw new Error(`The sandbox offers no ${entry.call}`);
  const input = readInput(offered.model.input, entry.with ?? {});
  const answer = readInput(offered.model.output, entry.answer ?? {});
  if (input.kind === 'wrong') throw new Error(`${entry.call}: ${input.message}`);
  if (answer.kind === 'wrong') throw new Error(`The answer of ${entry.call}: ${answer.message}`);
  const accessKeyId = key === undefined ? undefined : names.keys[key];
  return occurrencesOf(world, entry, names.variables, platform).map((one) => ({
    ...one,
    ...(accessKeyId !== undefined && { accessKeyId }),
    service: offered.service,
    operation: offered.operation,
    input: input.input,
    ...errorOf(entry, one.caller),
    output: answer.input,
  }));
}

/** Each time that an entry happened, and by whom. */
function occurrencesOf(world: World, entry: HistoryEntry, variables: Variables, platform: Platform) {
  const {
    ago,
    times = 1,
    every = ago,
    from: sourceIp = ADDRESS,
    agent: userAgent = AGENT,
    region = world.region,
  } = entry;
  const first = clockOf(world, platform) - millisecondsOf(ago);
  return Array.from({ length: times }, (_, n) => {
    const at = first + n * (times === 1 ? 0 : millisecondsOf(every));
    return { at, caller: callerOf(world, entry.who, variables, at), sourceIp, userAgent, region };
  });
}

function withSignIns(world: World, signIns: readonly PastSignIn[], platform: Platform): World {
  const records = signIns.map((entry) => signInRecord(world, entry, platform));
  return changed(world, (account) => {
    const history: readonly PastCall[] = [...(account.cloudtrail.history as readonly PastCall[]), ...records];
    account.cloudtrail.history = history.toSorted(newestFirst) as typeof account.cloudtrail.history;
    for (const entry of signIns) plantSignIn(account, entry, platform);
  });
}

function errorOf({ ends = 'ok', message, call }: HistoryEntry, caller: AnyCaller): Pick<PastEntry, 'error'> {
  if (ends === 'ok') return {};
  const text = message ?? `User: ${callerArn(caller)} is not authorized to perform: ${call}`;
  return { error: { code: ends, message: text } };
}

/** @throws Error where there is no such principal */
function callerOf(world: World, who: HistoryEntry['who'], variables: Variables, at: number): AnyCaller {
  const found = findPast(world, who, variables, at);
  if (found === undefined) {
    throw new Error(`There is no ${typeof who === 'string' ? who : who.assume} who could have called`);
  }
  return found;
}

function findPast(world: World, who: HistoryEntry['who'], variables: Variables, at: number): AnyCaller | undefined {
  const account = own(world.accounts, world.primaryAccountId);
  if (typeof who === 'object') {
    return account && roleCaller(account, who.assume.slice('role/'.length), who.session, { issuedAt: at });
  }
  if (who === 'anonymous') return { kind: 'anonymous' };
  if (who === 'root') return rootOf(world);
  if (!who.startsWith('session/')) return principalNamed(world, who, at);
  const id = variables[sessionName(who.slice('session/'.length), 'AccessKeyId')];
  const credential = resolveCredential(world, id ?? '', 0);
  return credential.kind === 'found' ? credential.caller : undefined;
}

/** Keys and roles as they were used last by these calls. */
function withUses(world: World, entries: readonly PastEntry[]): World {
  return changed(world, (account) => {
    for (const { caller, accessKeyId, at, region, service } of entries) {
      if (!('accountId' in caller) || caller.accountId !== account.id) continue;
      if (accessKeyId !== undefined) plantKey(account, accessKeyId, { lastUsed: { at, region, service } });
      if (caller.kind === 'role-session') plantRole(account, caller.roleName, { lastUsed: { at, region } });
    }
  });
}
