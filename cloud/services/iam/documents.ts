/** Policy documents on their way in and out. */
import { parsePolicy } from '../../../iam/parse.ts';
import type { Policy, PolicyKind } from '../../../iam/policy.ts';
import { malformedPolicy } from './errors.ts';

/**
 * Reads a document that is to be saved.
 * @throws MalformedPolicyDocument with AWS's text
 */
export function checkDocument(document: string, kind: PolicyKind): Policy {
  const parsed = parsePolicy(document, kind);
  if (parsed.kind === 'malformed') throw malformedPolicy(parsed.awsMessage);
  return parsed.policy;
}

/** A document as IAM's answers carry it: percent-encoded by RFC 3986, everything but its unreserved characters. */
export function encodeDocument(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The size that quotas of policies count: characters without white space. */
export function documentSize(document: string): number {
  return document.replace(/\s/g, '').length;
}
