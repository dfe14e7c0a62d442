/** The accounts of a line, with what lies over and beside them. */
import type { Static } from 'typebox';
import {
  type Account,
  type AttachedPolicy,
  type Estate,
  type PolicyKind,
  type ReadAccount,
  readAccountDetails,
} from '../../iam/index.ts';
import { LineFault, type LineFaultCode } from '../line-fault.ts';
import { readSavedDocument } from './documents.ts';
import { awsManagedPolicy } from './managed-policies.ts';
import type { EstateParts } from './schemas.ts';

const CODES: Readonly<Record<Extract<ReadAccount, { kind: 'invalid' }>['code'], LineFaultCode>> = {
  'invalid-details': 'invalid_line',
  'malformed-policy': 'malformed_policy',
  'missing-policy': 'missing_policy',
};

type Parts = Static<typeof EstateParts>;

/** Reads `accounts`, `resourcePolicies` and `scps`. Throws `invalid_line`, `malformed_policy`, `missing_policy`. */
export function readEstate({ accounts, resourcePolicies = [], scps = {} }: Parts): Estate {
  return {
    accounts: readAccounts(accounts),
    resourcePolicies: resourcePolicies.map(({ resource, account, policy }, at) => ({
      resource,
      accountId: account,
      policy: readEncoded(policy, resource.includes(':role/') ? 'trust' : 'resource', `/resourcePolicies/${at}/policy`),
    })),
    serviceControl: Object.fromEntries(
      Object.entries(scps).map(([account, levels]) => [account, readLevels(account, levels)]),
    ),
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

/** `policy` counts on through the levels, as in `decide`. */
function readLevels(
  account: string,
  levels: NonNullable<Parts['scps']>[string],
): readonly (readonly AttachedPolicy[])[] {
  let place = 0;
  return levels.map((level, depth) =>
    level.map((document, at) => {
      const policy = readEncoded(document, 'identity', `/scps/${account}/${depth}/${at}`);
      return { layer: 'service-control', name: `scp ${place++}`, kind: 'managed', attachedTo: account, policy };
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
