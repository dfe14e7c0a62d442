/**
 * Policies checked: what AWS refuses, what would not do what it is written for, what allows too much, and what could be simpler.
 * Covers what IAM Access Analyzer's policy validation covers, and more; `docs/checker.md` lists all findings.
 */
import { type FaultCode, lineOf, lineStarts } from '../parse/faults.ts';
import { parseManagedPolicy, parsePolicy } from '../parse.ts';
import type { Finding, ParsedPolicy, PolicyKind } from '../policy.ts';
import type { ActionCatalogue } from './catalogue.ts';

import type { CheckContext, CheckKind, CheckSize, Rule, RuleSet } from './context.ts';
import { viewDocument } from './document.ts';
import type { CheckFinding, Repair, Span } from './finding.ts';
import { repairFault } from './parse-repairs.ts';
import { checkActions } from './rules/actions.ts';
import { checkAddresses } from './rules/addresses.ts';
import { checkArns } from './rules/arns.ts';
import { checkConditions } from './rules/conditions.ts';
import { checkSize, checkVersion } from './rules/documents.ts';
import { checkKeys } from './rules/keys.ts';
import { checkOwner, checkResourceControl } from './rules/owners.ts';
import { checkPowers } from './rules/powers.ts';
import { checkPrincipals } from './rules/principals.ts';
import { checkRedundancy } from './rules/redundancy.ts';
import { checkTrust } from './rules/trust.ts';
import { checkValues } from './rules/values.ts';
import { checkVariables } from './rules/variables.ts';
import { type CheckCode, SEVERITIES } from './severities.ts';

const RULES: readonly Rule[] = [
  checkVersion,
  checkSize,
  checkActions,
  checkPowers,
  checkArns,
  checkPrincipals,
  checkTrust,
  checkConditions,
  checkKeys,
  checkValues,
  checkAddresses,
  checkVariables,
  checkRedundancy,
  checkOwner,
  checkResourceControl,
];

export interface CheckOptions {
  readonly kind: CheckKind;
  /** Of a policy of kind `resource`: CloudFormation's name of what it belongs to, `AWS::S3::Bucket`. */
  readonly resourceType?: string;
  /** Which quota the size is held against; none unless given. SCPs and RCPs are always measured. */
  readonly size?: CheckSize;
  /** The services that the document names, as far as they are to be checked in detail: `servicesNamedIn` tells them. */
  readonly catalogue?: ActionCatalogue;
  /** The prefixes of all services, `SERVICES`: without them an action, an ARN or a key of a misspelt service is not found. */
  readonly services?: ReadonlySet<string>;
  /** Further rules: `ADVICE` for all that IAM Access Analyzer looks for. None unless given. */
  readonly also?: RuleSet;
}

const NO_CATALOGUE: ActionCatalogue = new Map();

/** How AWS Organizations refuses a policy, whatever is wrong with it. */
const ORGANIZATIONS_MESSAGE =
  'The provided policy document does not meet the requirements of the specified policy type.';

/**
 * Checks a document, and answers in the order of the text. Never throws, whatever the text. Every error that the parser finds carries
 * the text with which AWS refuses the whole document: AWS names one fault only.
 */
export function checkPolicy(text: string, options: CheckOptions): readonly CheckFinding[] {
  const { kind, size = 'none', resourceType, catalogue = NO_CATALOGUE, services } = options;
  const starts = lineStarts(text);
  const document = viewDocument(text);
  const found: CheckFinding[] = [];
  const place = ({ from, to, pointer }: Span) => {
    const line = lineOf(starts, from);
    return { pointer, line, column: from - (starts[line - 1] ?? 0) + 1, from, to };
  };
  for (const finding of parseFindings(text, options)) {
    const repair = repairFault(text, document, finding);
    found.push({ ...finding, ...place(finding), ...(repair === undefined ? {} : { repair }) });
  }
  if (document !== undefined) {
    const add: Parameters<RuleSet['apply']>[1] = (code, severity, at, message, repair, awsMessage) => {
      const words = awsMessage === undefined ? {} : { awsMessage };
      found.push({ code, severity, message, ...place(at), ...words, ...(repair === undefined ? {} : { repair }) });
    };
    const report = (code: CheckCode, at: Span, message: string, repair?: Repair, awsMessage?: string) =>
      add(code, SEVERITIES[code], at, message, repair, awsMessage);
    const context: CheckContext = { document, kind, size, resourceType, catalogue, services, report };
    for (const rule of RULES) rule(context);
    options.also?.apply(context, add);
  }
  return found.sort((a, b) => a.from - b.from);
}

/** What the parser says. Only a bucket's policy may not begin with white space. */
function parseFindings(
  text: string,
  { kind, size, resourceType }: CheckOptions,
): readonly (Finding & { awsMessage?: string })[] {
  const isBucket = kind === 'resource' && (resourceType === undefined || resourceType === 'AWS::S3::Bucket');
  const lead = isBucket ? 0 : text.length - text.trimStart().length;
  const parsed = parse(text.slice(lead), kind, size);
  const awsMessage = parsed.kind === 'parsed' ? undefined : refusal(parsed.awsMessage, kind, isBucket);
  return parsed.findings
    .filter((finding) => !isWithoutNeed(finding, resourceType))
    .map((finding) => {
      const moved = { ...finding, from: finding.from + lead, to: finding.to + lead };
      if (finding.severity === 'error') return awsMessage === undefined ? moved : { ...moved, awsMessage };
      return WRONG_ALTHOUGH_SAVED.has(finding.code) ? { ...moved, severity: 'error' } : moved;
    });
}

/** What IAM saves, and Access Analyzer calls an error all the same. */
const WRONG_ALTHOUGH_SAVED: ReadonlySet<string> = new Set(['invalid-ip-address'] satisfies FaultCode[]);

/** What these policies speak of where they leave Resource out is what they belong to, whatever their actions. */
const OF_ONE_RESOURCE: ReadonlySet<string | undefined> = new Set([
  'AWS::ECR::Repository',
  'AWS::ECR::PublicRepository',
  'AWS::EFS::FileSystem',
]);

function isWithoutNeed({ code, pointer }: Finding, resourceType: string | undefined): boolean {
  return OF_ONE_RESOURCE.has(resourceType) && code === 'missing-resource' && !pointer.endsWith('Resource');
}

const GRAMMARS: Readonly<Record<CheckKind, PolicyKind>> = {
  identity: 'identity',
  scp: 'identity',
  resource: 'resource',
  rcp: 'resource',
  trust: 'trust',
};

function parse(text: string, kind: CheckKind, size: CheckSize | undefined): ParsedPolicy {
  return kind === 'identity' && size === 'managed' ? parseManagedPolicy(text) : parsePolicy(text, GRAMMARS[kind]);
}

/** Services other than IAM, S3 and Organizations have words of their own. */
function refusal(awsMessage: string, kind: CheckKind, isBucket: boolean): string | undefined {
  if (kind === 'scp' || kind === 'rcp') return ORGANIZATIONS_MESSAGE;
  return kind === 'resource' && !isBucket ? undefined : awsMessage;
}
