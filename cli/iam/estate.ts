/** The accounts of a line, with what lies over and beside them. */
import type { Static } from 'typebox';
import {
  type Account,
  type Estate,
  type Levels,
  type PolicyKind,
  type ReadAccount,
  readAccountDetails,
} from '../../iam/index.ts';
import { LineFault, type LineFaultCode } from '../line-fault.ts';
import { readSavedDocument } from './documents.ts';
import { awsManagedPolicy } from './managed-policies.ts';
import { readNamedOrganization } from './organization.ts';
import type { EstateParts } from './schemas.ts';

const CODES: Readonly<Record<Extract<ReadAccount, { kind: 'invalid' }>['code'], LineFaultCode>> = {
  'invalid-details': 'invalid_line',
  'malformed-policy': 'malformed_policy',
  'missing-policy': 'missing_policy',
};

type Parts = Static<typeof EstateParts>;

/** Reads `accounts`, `resourcePolicies`, `scps`, `rcps` and `organization`. Throws `invalid_line`, `malformed_policy`, `missing_policy`. */
export function readEstate({ accounts, resourcePolicies = [], scps = {}, rcps, organization }: Parts): Estate {
  return {
    accounts: readAccounts(accounts),
    resourcePolicies: resourcePolicies.map(({ resource, account, policy }, at) => ({
      resource,
      accountId: account,
      policy: readEncoded(policy, resource.includes(':role/') ? 'trust' : 'resource', `/resourcePolicies/${at}/policy`),
    })),
    serviceControl: readByAccount(scps, 'service-control'),
    ...(rcps === undefined ? {} : { resourceControl: readByAccount(rcps, 'resource-control') }),
    ...(organization === undefined ? {} : { organization: readNamedOrganization(organization) }),
  };
}

function readAccounts(answers: readonly unknown[]): readonly Account[] {
  const read = answers.map((answer, at) => {
    const found = readAccountDetails(answer, awsManagedPolicy);
    if (found.kind === 'read') return found.account;
    throw new LineFault(CODES[found.code], found.message, `/accounts/${at}${found.pointer}`);
  });
  for (const [at, { accountId }] of read.entries()) {
    if (accountId !== '' && read.findIndex((account) => account.accountId === accountId) < at) {
      throw new LineFault(
        'invalid_line',
        `Account ${accountId} is there already: join its answers.`,
        `/accounts/${at}`,
      );
    }
  }
  return read;
}

type Control = 'service-control' | 'resource-control';

/** What stands for the layer in a line, and how its documents are read. */
const CONTROLS = {
  'service-control': { word: 'scp', kind: 'identity' },
  'resource-control': { word: 'rcp', kind: 'resource' },
} as const;

function readByAccount(byAccount: NonNullable<Parts['scps']>, layer: Control): Readonly<Record<string, Levels>> {
  return Object.fromEntries(
    Object.entries(byAccount).map(([account, levels]) => [account, readLevels(account, levels, layer)]),
  );
}

/** `policy` counts on through the levels, as in `decide`. */
function readLevels(account: string, levels: NonNullable<Parts['scps']>[string], layer: Control): Levels {
  const { word, kind } = CONTROLS[layer];
  let place = 0;
  return levels.map((level, depth) =>
    level.map((document, at) => {
      const policy = readEncoded(document, kind, `/${word}s/${account}/${depth}/${at}`);
      return { layer, name: `${word} ${place++}`, kind: 'managed', attachedTo: account, policy };
    }),
  );
}

/** A document given as an object, as JSON text, or URL-encoded as IAM answers it. */
function readEncoded(document: object | string, kind: PolicyKind, pointer: string) {
  if (typeof document !== 'string' || !document.trimStart().startsWith('%7'))
    return readSavedDocument(document, kind, pointer);
  try {
    return readSavedDocument(decodeURIComponent(document), kind, pointer);
  } catch (error) {
    if (!(error instanceof URIError)) throw error;
    throw new LineFault('malformed_policy', 'The policy document is not URL-encoded as RFC 3986 says.', pointer);
  }
}
