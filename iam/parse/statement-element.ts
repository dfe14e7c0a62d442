/** Reads one statement. IAM User Guide, "IAM JSON policy elements: Statement". */
import type { ListElement, PolicyKind, Statement } from '../policy.ts';
import { readConditions } from './condition-element.ts';
import { type Elements, type Located, type LocatedText, readElements, readText, readTexts } from './elements.ts';
import { FaultLog, type Place } from './faults.ts';
import { readPrincipal } from './principal-element.ts';
import { checkResource, endsEarly } from './resource-format.ts';

/** The names of a statement's elements, in the order of the IAM User Guide. */
export const STATEMENT_ELEMENTS = [
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] as const;
type StatementElements = Elements<(typeof STATEMENT_ELEMENTS)[number]>;

/**
 * Reads a statement; undefined where it lacks what every statement must have. What is wrong is in the log. `sids` are those of the
 * statements before it, and gets its own.
 */
export function readStatement(
  log: FaultLog,
  { node, place }: Located,
  kind: PolicyKind,
  sids: Set<string>,
): Statement | undefined {
  if (node.kind !== 'object') {
    log.fault('invalid-type', place, 'A statement must be an object.', 'Statement');
    return undefined;
  }
  const elements = readElements(log, node.members, place, STATEMENT_ELEMENTS);
  const sid = readSid(log, elements, kind, sids);
  const effect = readEffect(log, elements, place);
  const principal = readPrincipalOf(log, elements, place, kind, effect);
  const action = readActions(log, elements, place, kind);
  const resource = readResources(log, elements, place, kind, action);
  const conditions = readConditions(log, elements.Condition, kind);
  if (effect === undefined || action === undefined) return undefined;
  return {
    ...(sid === undefined ? {} : { sid }),
    effect,
    ...(principal === undefined ? {} : { principal }),
    action,
    ...(resource === undefined ? {} : { resource }),
    conditions,
  };
}

function readSid(log: FaultLog, { Sid }: StatementElements, kind: PolicyKind, sids: Set<string>): string | undefined {
  const sid = Sid === undefined ? undefined : readText(log, Sid, 'Sid');
  if (Sid === undefined || sid === undefined || sid === '') return sid;
  if (sids.has(sid)) {
    const message = `Two statements are called "${sid}". A Sid is unique in its policy.`;
    log.fault('duplicate-sid', Sid.place, message, sid);
  }
  sids.add(sid);
  if (isAlphanumeric(sid)) return sid;
  const message = `A Sid has letters and digits only: "${sid}".`;
  if (kind === 'identity' || kind === 'session') log.fault('invalid-sid', Sid.place, message, sid);
  else if (kind === 'trust') log.note('warning', 'invalid-sid', Sid.place, message);
  return sid;
}

function isAlphanumeric(text: string): boolean {
  for (const unit of text) {
    const isLetter = (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
    if (!isLetter && !(unit >= '0' && unit <= '9')) return false;
  }
  return true;
}

function readEffect(log: FaultLog, { Effect }: StatementElements, statement: Place): Statement['effect'] | undefined {
  if (Effect === undefined) {
    log.fault('missing-effect', statement, 'Every statement needs an Effect: "Allow" or "Deny".');
    return undefined;
  }
  const text = readText(log, Effect, 'Effect');
  if (text === undefined || text === 'Allow' || text === 'Deny') return text;
  const lower = text.toLowerCase();
  const message = `Effect must be "Allow" or "Deny", spelled so: "${text}".`;
  log.fault(
    lower === 'allow' || lower === 'deny' ? 'effect-letter-case' : 'invalid-effect',
    Effect.place,
    message,
    text,
  );
  return undefined;
}

function readPrincipalOf(
  log: FaultLog,
  elements: StatementElements,
  place: Place,
  kind: PolicyKind,
  effect: Statement['effect'] | undefined,
) {
  if (kind === 'identity' || kind === 'session') {
    const element = elements.Principal ?? elements.NotPrincipal;
    if (element !== undefined) {
      const message = 'This policy speaks of whom it is attached to: it has no Principal.';
      log.fault('prohibited-principal', element.key, message);
    }
    // Only for the engine: IAM says no more about it.
    return element === undefined ? undefined : readPrincipal(new FaultLog(), elements, place, 'resource');
  }
  if (elements.NotPrincipal !== undefined && effect === 'Allow') {
    const message = 'NotPrincipal cannot stand with Allow: it would let in everybody else, unsigned requests included.';
    log.fault('allow-with-not-principal', elements.NotPrincipal.key, message);
  } else if (elements.NotPrincipal !== undefined && kind === 'trust') {
    log.fault('prohibited-not-principal', elements.NotPrincipal.key, 'A trust policy cannot have NotPrincipal.');
  }
  return readPrincipal(log, elements, place, kind);
}

function readActions(log: FaultLog, elements: StatementElements, statement: Place, kind: PolicyKind) {
  const list = readList(log, elements.Action, elements.NotAction, 'Action');
  if (list === undefined || (list.texts.length === 0 && list.isEmpty)) {
    log.fault(
      'missing-action',
      list?.place ?? statement,
      'Every statement needs an Action (or NotAction), and one value in it.',
    );
  }
  for (const text of list?.texts ?? []) checkAction(log, text, kind);
  return list?.element;
}

function checkAction(log: FaultLog, { text, place }: LocatedText, kind: PolicyKind): void {
  if (kind === 'trust' && !text.toLowerCase().startsWith('sts:')) {
    log.fault(
      'action-not-sts',
      place,
      `A trust policy is about assuming the role: "${text}" is no action of sts.`,
      text,
    );
    return;
  }
  if (text === '*') return;
  const [vendor = '', ...names] = text.split(':');
  if (names.length === 0) {
    log.fault(
      'action-without-vendor',
      place,
      `"${text}" names no service. An action is the service, a colon and what is done: "s3:GetObject".`,
      text,
    );
  } else if (names.length > 1) {
    log.fault('action-with-colons', place, `An action has one colon: "${text}".`, text);
  } else if (!isVendor(vendor)) {
    const message = `"${vendor}" is no service: before the colon a wildcard can stand only alone.`;
    log.fault('invalid-vendor', place, message, vendor);
  }
}

/** Of all services is an action too that IAM saves: `*:*`. */
function isVendor(text: string): boolean {
  if (text === '*') return true;
  for (const unit of text) if (!isAlphanumeric(unit) && unit !== '-' && unit !== '.') return false;
  return true;
}

/**
 * Services whose resources' policies may leave Resource out: they then speak of what they are attached to. IAM User Guide, "Overview of JSON
 * policies"; the examples in the Amazon ECR User Guide, "Private repository policies", and the Amazon EFS User Guide, "Resource-based
 * policies".
 */
const OF_ONE_RESOURCE = ['ecr:', 'ecr-public:', 'elasticfilesystem:'];

function isOfOneResource(kind: PolicyKind, action: ListElement | undefined): boolean {
  if (kind !== 'resource' || action === undefined || action.not || action.values.length === 0) return false;
  return action.values.every((text) => OF_ONE_RESOURCE.some((service) => text.toLowerCase().startsWith(service)));
}

function readResources(
  log: FaultLog,
  elements: StatementElements,
  statement: Place,
  kind: PolicyKind,
  action: ListElement | undefined,
) {
  if (kind === 'trust') {
    const { Resource, NotResource } = elements;
    const message = 'A trust policy has no Resource: it belongs to its role.';
    if (Resource !== undefined) log.fault('prohibited-resource', Resource.key, message);
    if (NotResource !== undefined) log.fault('prohibited-not-resource', NotResource.key, message);
    return undefined;
  }
  const list = readList(log, elements.Resource, elements.NotResource, 'Resource');
  if (list === undefined && isOfOneResource(kind, action)) return undefined;
  if (list === undefined || (list.texts.length === 0 && list.isEmpty)) {
    const message = 'Every statement needs a Resource (or NotResource), and one value in it.';
    log.fault('missing-resource', list?.place ?? statement, message);
  }
  for (const { text, place } of list?.texts ?? []) {
    const fault = checkResource(text);
    if (fault !== undefined) log.fault(fault.code, place, fault.message, text);
    else if (kind === 'session' && endsEarly(text)) {
      log.fault('incomplete-arn', place, `A session policy needs whole ARNs: "${text}".`, text);
    } else if (hasEarlyVariable(text)) {
      const message = `AWS documents variables only after the fifth colon of an ARN: "${text}".`;
      log.note('warning', 'variable-before-resource', place, message);
    }
  }
  return list?.element;
}

function hasEarlyVariable(text: string): boolean {
  const at = text.indexOf('${');
  return at > 0 && text.slice(0, at).split(':').length < 6;
}

interface ReadList {
  readonly element: ListElement;
  readonly texts: readonly LocatedText[];
  readonly place: Place;
  /** Whether it holds nothing at all, so that nothing else was reported about it. */
  readonly isEmpty: boolean;
}

function readList(
  log: FaultLog,
  plain: StatementElements['Action'],
  inverse: StatementElements['Action'],
  name: 'Action' | 'Resource',
): ReadList | undefined {
  const element = plain ?? inverse;
  if (element === undefined) return undefined;
  if (plain !== undefined && inverse !== undefined) {
    log.fault('both-elements', inverse.key, `A statement has either ${name} or Not${name}.`);
  }
  const texts = readTexts(log, element, plain === undefined ? `Not${name}` : name);
  const { node, place } = element;
  const isEmpty = node.kind === 'array' && node.items.every((item) => item.kind === 'null');
  return { element: { not: plain === undefined, values: texts.map(({ text }) => text) }, texts, place, isEmpty };
}
