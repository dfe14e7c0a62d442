/** Whose requests an analysis is about. */
import type { AnyCaller, AnyRequest } from '../model.ts';
import { dependsOnCallerKind, type Who } from './known-keys.ts';
import type { Reading } from './readings.ts';
import type { Viewpoint } from './space.ts';
import { EXAMPLE_ACCOUNT } from './witness.ts';

const USER: AnyCaller = {
  kind: 'user',
  accountId: EXAMPLE_ACCOUNT,
  arn: `arn:aws:iam::${EXAMPLE_ACCOUNT}:user/Someone`,
  name: 'Someone',
  id: 'AIDACKCEVSQ6C2EXAMPLE',
  tags: {},
};

const ROLE_SESSION: AnyCaller = {
  kind: 'role-session',
  accountId: EXAMPLE_ACCOUNT,
  roleArn: `arn:aws:iam::${EXAMPLE_ACCOUNT}:role/Someone`,
  roleName: 'Someone',
  roleId: 'AROADBQP57FF2AEXAMPLE',
  sessionName: 'session',
  sessionArn: `arn:aws:sts::${EXAMPLE_ACCOUNT}:assumed-role/Someone/session`,
  tags: {},
  session: { issuedAt: 0 },
};

/** Identity policies are a user's or a role's. Where no key tells the two apart, a user stands for both. */
export function identityViewpoints(readings: readonly Reading[]): readonly Viewpoint[] {
  const user = viewpoint({ kind: 'user' }, USER, 'by-attachment');
  const isTold = readings.some(
    ({ compiled, resources }) =>
      compiled.clauses.some(({ key, clause }) => dependsOnCallerKind(key) || hasVariable(clause.values)) ||
      hasVariable(compiled.statement.resource?.values ?? []) ||
      resources === undefined,
  );
  return isTold ? [user, viewpoint({ kind: 'role-session' }, ROLE_SESSION, 'by-attachment')] : [user];
}

function hasVariable(texts: readonly string[]): boolean {
  return texts.some((text) => text.includes('${'));
}

/** A viewpoint of such callers, `example` one of them. */
export function viewpoint(who: Who, example: AnyCaller, addressing: Viewpoint['addressing']): Viewpoint {
  const own = 'accountId' in example ? example.accountId : EXAMPLE_ACCOUNT;
  const request: AnyRequest = { caller: example, action: '', resource: '', resourceAccountId: own, context: {} };
  return { who, addressing, subject: { request, action: '', context: { get: () => undefined }, hasBoundary: false } };
}
