/** How the explanations call things: short, but so that they can be found in the policy. */
import { parseArn } from '../arn.ts';
import type { AnyCaller, AnyRequest, AttachedPolicy, DecisiveStatement, Layer } from '../model.ts';
import { remembered } from '../remembered.ts';

const LONGEST = 48;

/** A name cut in its middle, where it is too long for a sentence. */
export function clip(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, 28)}…${text.slice(-18)}`;
}

/** A value as data: control characters made visible, cut where it is long. */
export function quote(text: string): string {
  const clipped = clip(text);
  if (!hasControl(clipped)) return clipped;
  let shown = '';
  for (const character of clipped) shown += character < ' ' ? JSON.stringify(character).slice(1, -1) : character;
  return shown;
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 32) return true;
  return false;
}

/** A value of a policy or a request, an empty one too. */
export function show(value: string): string {
  return value === '' ? '""' : quote(value);
}

/** Values of a policy: the first two, and how many more. */
export function listOf(values: readonly string[]): string {
  return listShown(values.slice(0, 2).map(show), values.length);
}

/** The same of values that are ready to be shown, of `count` in all. */
export function listShown(ready: readonly string[], count = ready.length): string {
  const shown = ready.slice(0, 2);
  if (count > 2) shown.push(`${count - 2} more`);
  if (shown.length === 0) return '(an empty list)';
  return shown.length === 1 ? (shown[0] ?? '') : `[${shown.join(', ')}]`;
}

/** How many ARNs are kept with what is known of them. */
const MOST_KNOWN = 4096;

interface KnownArn {
  /** `shortArn` of it, clipped. */
  readonly short: string;
  readonly shown: string;
  readonly isPlain: boolean;
}

/** An explanation needs the ARNs that it is about again and again. */
const knownArn = remembered(MOST_KNOWN, (text): KnownArn => {
  const short = clip(shortArn(text));
  return { short, shown: quote(short), isPlain: parseArn(text) !== undefined && !SIGNS.test(text) };
});

/** What a pattern has, and a variable. */
export const SIGNS = /[*?$]/;

/** The ARN short and clipped, its control characters as they are. */
export function clippedArn(text: string): string {
  return knownArn(text).short;
}

/** The same as data. */
export function shownArn(text: string): string {
  return knownArn(text).shown;
}

/** Whether a text is an ARN without a sign of a pattern. */
export function isPlainArn(text: string): boolean {
  return knownArn(text).isPlain;
}

/** An ARN by its resource part, `role/Admin` or `payroll/2024.csv`, where that is unmistakable. */
export function shortArn(text: string): string {
  const arn = parseArn(text);
  if (arn === undefined || arn.resource === '' || arn.resource === '*') return text;
  if (arn.service === 's3') return arn.resource;
  if (arn.service === 'iam' && arn.resource === 'root') return `account ${arn.accountId}`;
  if (arn.service === 'iam' || arn.service === 'sts' || arn.service === 'ssm') return arn.resource;
  return text;
}

/** Who asks. */
export function callerName(caller: AnyCaller): string {
  switch (caller.kind) {
    case 'anonymous':
      return 'An anonymous caller';
    case 'root':
      return `The root user of ${caller.accountId}`;
    case 'user':
      return `User ${clip(caller.name)}`;
    case 'federated-user':
      return `Federated user ${clip(caller.name)}`;
    case 'role-session':
      return `Role ${clip(caller.roleName)} (session ${clip(caller.sessionName)})`;
    case 'service':
      return clip(caller.service);
    case 'federated-identity':
      return `${clip(caller.subject)} (of ${clippedArn(caller.provider)})`;
  }
}

/** What is asked: `s3:GetObject on payroll/2024.csv`. */
export function requestName({ action, resource }: AnyRequest): string {
  return resource === '*' ? action : `${action} on ${shownArn(resource)}`;
}

/** `statement ReadOnly of managed policy Auditor (group/Clerks)`. */
export function statementName(statement: DecisiveStatement): string {
  return `${statementLabel(statement)} of ${policyName(statement.policy)}`;
}

const shortNames = new WeakMap<DecisiveStatement, string>();

/** `statement 2 of Auditor`. */
export function shortStatementName(statement: DecisiveStatement): string {
  let short = shortNames.get(statement);
  if (short === undefined) {
    const { layer, name } = statement.policy;
    const isIdentity = layer === 'identity' || layer === 'boundary' || layer === 'session';
    short = `${statementLabel(statement)} of ${isIdentity ? clip(name) : policyName(statement.policy)}`;
    shortNames.set(statement, short);
  }
  return short;
}

/** People count from 1. */
function statementLabel({ sid, index }: DecisiveStatement): string {
  return `statement ${clip(sid === undefined || sid === '' ? String(index + 1) : sid)}`;
}

const policyNames = new WeakMap<AttachedPolicy, string>();

/** How a policy is called, with where it is attached. */
export function policyName(policy: AttachedPolicy): string {
  let name = policyNames.get(policy);
  if (name === undefined) {
    name = namePolicy(policy);
    policyNames.set(policy, name);
  }
  return name;
}

function namePolicy(policy: AttachedPolicy): string {
  const name = clip(policy.name);
  switch (policy.layer) {
    case 'boundary':
      return `permissions boundary ${name}`;
    case 'session':
      return `session policy ${name}`;
    case 'trust':
      return `the trust policy of ${clippedArn(policy.attachedTo)}`;
    case 'resource':
      return `the policy of ${clippedArn(policy.attachedTo)}`;
    case 'service-control':
    case 'resource-control':
      return `${policy.layer.replace('-', ' ')} policy ${name} (${clip(policy.attachedTo)})`;
    case 'vpc-endpoint':
      return `the policy of VPC endpoint ${clip(policy.attachedTo)}`;
    case 'acl':
      return `the ${clip(policy.attachedTo)}`;
    default:
      return `${policy.kind} policy ${name} (${clip(policy.attachedTo)})`;
  }
}

/** What an implicit denial by each layer says. */
export const SILENT_LAYERS: Readonly<Record<Layer, string>> = {
  identity: 'no identity policy allows it',
  resource: 'the resource has no policy that allows it',
  boundary: 'the permissions boundary does not allow it',
  session: 'no session policy allows it',
  trust: "the role's trust policy does not allow it",
  'service-control': 'no service control policy allows it',
  'resource-control': 'no resource control policy allows it',
  'vpc-endpoint': 'the policy of the VPC endpoint does not allow it',
  grant: 'no grant allows it',
  acl: 'no access control list allows it',
  'block-public-access': 'S3 Block Public Access keeps the public policy of the bucket from allowing it',
  root: 'only the root user may',
};
