/** Policy documents on their way in and out. */

import { parseManagedPolicy, parsePolicy } from '../../../iam/parse.ts';
import type { ParsedPolicy, PolicyKind } from '../../../iam/policy.ts';
import { percentEncode } from '../../percent.ts';
import { malformedPolicy, quotaExceeded } from './errors.ts';
import { quotas } from './quotas.ts';

/**
 * Checks a document that is to be saved with a user, group or role, or as a trust policy.
 * @throws MalformedPolicyDocument with AWS's text
 */
export function checkDocument(document: string, kind: PolicyKind): void {
  refuseMalformed(parsePolicy(document, kind));
}

/**
 * Checks the document of a managed policy, which must be of the present version, and its size.
 * @throws MalformedPolicyDocument with AWS's text, LimitExceeded
 */
export function checkManagedDocument(document: string): void {
  refuseMalformed(parseManagedPolicy(document));
  if (documentSize(document) > quotas.policySize) throw quotaExceeded('PolicySize', quotas.policySize);
}

function refuseMalformed(parsed: ParsedPolicy): void {
  if (parsed.kind === 'malformed') throw malformedPolicy(parsed.awsMessage);
}

/** A document as IAM's answers carry it: percent-encoded by RFC 3986, everything but its unreserved characters. */
export function encodeDocument(document: string): string {
  return percentEncode(document);
}

/** The size that quotas of policies count: characters without white space. */
export function documentSize(document: string): number {
  return document.replace(/\s/g, '').length;
}
