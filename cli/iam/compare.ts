/** `leastwise iam compare`: whether everything that one set of policies allows is allowed by another. */
import { type AnyCaller, type AnyRequest, compare, type SessionFacts, servicesNamedIn } from '../../iam/index.ts';
import { LineFault } from '../line-fault.ts';
import { catalogueOf } from './catalogue.ts';
import { readSavedDocuments } from './documents.ts';
import { readLine } from './line.ts';
import { CompareLine } from './schemas.ts';
import type { VerbSetting } from './verbs.ts';

/** Answers lines of `compare`. A witness is a line of `decide` without its policies. */
export function startCompare({ now }: VerbSetting): (line: unknown) => unknown {
  return (input) => {
    const line = readLine(CompareLine, input);
    if (line.kind === 'resource') {
      throw new LineFault('not_offered', 'Only identity policies are compared.', '/kind');
    }
    const [a, b] = [readSavedDocuments(line.a, 'identity', '/a'), readSavedDocuments(line.b, 'identity', '/b')];
    const actions = catalogueOf(servicesNamedIn(JSON.stringify([line.a, line.b])));
    const startedAt = now();
    const { witnessA, witnessB, ...answers } = compare(a, b, { actions });
    return {
      ...answers,
      ...(witnessA === undefined ? {} : { witnessA: lineOf(witnessA) }),
      ...(witnessB === undefined ? {} : { witnessB: lineOf(witnessB) }),
      ms: now() - startedAt,
    };
  };
}

/** What a principal is asked with, as `decide` reads it. Keys that its ARN does not tell stand in the context. */
function lineOf({ caller, action, resource, resourceAccountId, context }: AnyRequest) {
  return {
    ...principalOf(caller),
    action,
    resource,
    ...(resourceAccountId === '' ? {} : { resourceAccount: resourceAccountId }),
    context: { ...keysOf(caller), ...context },
  };
}

function principalOf(caller: AnyCaller) {
  switch (caller.kind) {
    case 'anonymous':
      return { principal: 'anonymous' };
    case 'service':
      return { principal: { service: caller.service } };
    case 'root':
      return { principal: `arn:aws:iam::${caller.accountId}:root`, ...sessionOf(caller.session) };
    case 'role-session':
      return { principal: caller.sessionArn, principalTags: caller.tags, ...sessionOf(caller.session) };
    case 'federated-identity':
      throw new Error('No identity policy belongs to the holder of a token.');
    default:
      return { principal: caller.arn, principalTags: caller.tags, ...sessionOf(caller.session) };
  }
}

function sessionOf(session: SessionFacts | undefined) {
  if (session === undefined) return {};
  const mfa = session.mfa === undefined ? {} : { mfa: isoTime(session.mfa.authenticatedAt) };
  return { session: { issued: isoTime(session.issuedAt), ...mfa } };
}

function keysOf(caller: AnyCaller): Record<string, string> {
  if (caller.kind === 'user') return { 'aws:userid': caller.id };
  if (caller.kind !== 'role-session') return {};
  return { 'aws:PrincipalArn': caller.roleArn, 'aws:userid': `${caller.roleId}:${caller.sessionName}` };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
