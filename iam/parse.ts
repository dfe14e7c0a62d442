/**
 * Policy documents read: JSON text to a policy, with everything that is wrong located, and with the text that AWS would refuse it by.
 * Follows the IAM User Guide, "Grammar of the IAM JSON policy language".
 */
import { type Located, placeOf, readElements, readText } from './parse/elements.ts';
import { childPointer, type Dialect, type FaultCode, FaultLog, type Place } from './parse/faults.ts';
import { identityDialect } from './parse/identity-dialect.ts';
import { readJson } from './parse/json.ts';
import { resourceDialect, trustDialect } from './parse/resource-dialects.ts';
import { readStatement } from './parse/statement-element.ts';
import type { ParsedPolicy, Policy, PolicyKind, Statement } from './policy.ts';

const DIALECTS: Readonly<Record<PolicyKind, Dialect>> = {
  identity: identityDialect,
  session: identityDialect,
  trust: trustDialect,
  resource: resourceDialect,
};
const LATEST = '2012-10-17';

/**
 * Reads a document as AWS does when it is saved. Never throws, whatever the text.
 * `identity` is for inline policies (managed ones: `parseManagedPolicy`), `resource` answers in the words of S3's MalformedPolicy.
 * What only the service can know is not asked here: sizes, whether principals exist, whether a bucket's policy speaks of its bucket.
 */
export function parsePolicy(text: string, kind: PolicyKind): ParsedPolicy {
  return parse(text, kind, '2008-10-17');
}

/** Reads the document of a managed policy: an identity policy that must be of version 2012-10-17. */
export function parseManagedPolicy(text: string): ParsedPolicy {
  return parse(text, 'identity', LATEST);
}

function parse(text: string, kind: PolicyKind, oldest: Policy['version']): ParsedPolicy {
  const log = new FaultLog();
  const policy = readDocument(log, text, kind, oldest);
  const awsMessage = log.awsMessage(DIALECTS[kind]);
  const findings = log.findings(text);
  if (policy !== undefined && awsMessage === undefined) return { kind: 'parsed', policy, findings };
  const malformed = { kind: 'malformed', findings, awsMessage: awsMessage ?? 'Syntax errors in policy.' } as const;
  return policy !== undefined && isAnswerable(log, policy, kind) ? { ...malformed, unsaved: policy } : malformed;
}

/** The faults that keep a document from being saved, but leave it a meaning: the engine has a cautious reading of each. */
const ANSWERABLE: ReadonlySet<FaultCode> = new Set([
  'invalid-sid',
  'duplicate-sid',
  'prohibited-principal',
  'missing-principal',
  'invalid-principal',
  'allow-with-not-principal',
  'prohibited-not-principal',
  'missing-action',
  'missing-resource',
  'invalid-resource-service',
  'unknown-operator',
  'invalid-date',
  'invalid-ip-address',
]);

/** An empty list of resources matches nothing; a statement without the element would match everything. */
function isAnswerable(log: FaultLog, policy: Policy, kind: PolicyKind): boolean {
  if (!log.faults.every(({ code }) => ANSWERABLE.has(code))) return false;
  const isWhole = log.faults.every(({ code, pointer }) => code !== 'missing-action' || pointer.endsWith('Action'));
  return isWhole && (kind === 'trust' || policy.statements.every(({ resource }) => resource !== undefined));
}

function readDocument(log: FaultLog, text: string, kind: PolicyKind, oldest: Policy['version']): Policy | undefined {
  const whole: Place = { from: 0, to: text.length, pointer: '', statement: -1 };
  if (kind === 'resource' && !text.startsWith('{')) {
    log.fault('invalid-json', { ...whole, to: Math.min(1, text.length) }, 'A policy begins with {.', 'first-byte');
    return undefined;
  }
  const reading = readJson(text);
  if (reading.kind === 'fault') {
    log.fault('invalid-json', { ...whole, from: reading.from, to: reading.to }, reading.message);
    return undefined;
  }
  const { root } = reading;
  const place = placeOf(root, '', -1);
  if (root.kind !== 'object') {
    log.fault('not-an-object', place, 'A policy is a JSON object: {"Version": "2012-10-17", "Statement": […]}.');
    return undefined;
  }
  const elements = readElements(log, root.members, place, ['Version', 'Id', 'Statement'] as const);
  const version = readVersion(log, elements.Version, place, text, oldest);
  const id = elements.Id === undefined ? undefined : readText(log, elements.Id, 'Id');
  if (elements.Id !== undefined && (kind === 'identity' || kind === 'session')) {
    log.note(
      'warning',
      'id-in-identity-policy',
      elements.Id.key,
      'Id is meant for policies of resources. IAM ignores it.',
    );
  }
  const statements = readStatements(log, elements.Statement, place, kind);
  return id === undefined ? { version, statements } : { version, id, statements };
}

function readVersion(
  log: FaultLog,
  element: Located | undefined,
  document: Place,
  text: string,
  oldest: Policy['version'],
): Policy['version'] {
  const version = element === undefined ? undefined : readText(log, element, 'Version');
  const isKnown = version === '2008-10-17' || version === LATEST;
  if (element !== undefined && version !== undefined && !isKnown) {
    const message = `There is no version "${version}" of the policy language: write "${LATEST}".`;
    log.fault('invalid-version', element.place, message, version);
  }
  if (version === LATEST) return version;
  if (oldest === LATEST) {
    log.fault('version-too-old', element?.place ?? document, `A managed policy needs "Version": "${LATEST}".`);
  } else if (text.includes('${')) {
    const message = `Without "Version": "${LATEST}" a variable like \${aws:username} is plain text.`;
    log.note('warning', 'variables-need-version', element?.place ?? { ...document, to: document.from + 1 }, message);
  }
  return '2008-10-17';
}

function readStatements(
  log: FaultLog,
  element: Located | undefined,
  document: Place,
  kind: PolicyKind,
): readonly Statement[] {
  if (element === undefined) {
    log.fault('missing-statement', document, 'A policy needs a Statement.');
    return [];
  }
  const { node, place } = element;
  if (node.kind !== 'array' && node.kind !== 'object') {
    log.fault('invalid-type', place, 'Statement must be a list of statements, or one.', 'Statement');
    return [];
  }
  const items = node.kind === 'array' ? node.items : [node];
  if (items.length === 0) log.fault('empty-statement', place, 'A policy needs at least one statement.');
  const statements: Statement[] = [];
  const sids = new Set<string>();
  for (const [i, item] of items.entries()) {
    const pointer = node.kind === 'array' ? childPointer(place.pointer, i) : place.pointer;
    const statement = readStatement(log, { node: item, place: placeOf(item, pointer, i) }, kind, sids);
    if (statement !== undefined) statements.push(statement);
  }
  return statements;
}
