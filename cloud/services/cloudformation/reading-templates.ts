/** Templates as CloudFormation reads them: what is wrong in its own words, and what they need. */
import type { AwsError } from '../../errors.ts';
import type { TemplateProblem } from '../../templates/problem.ts';
import { readTemplate, type Template } from '../../templates/template.ts';
import { insufficientCapabilities, validationError } from './errors.ts';
import { cloudFormationLimits } from './limits.ts';

/** Templates that were read, by their text: a stack's is read again with each call about it. */
const known = new Map<string, Template>();
const knownTemplates = 20;

/** @throws AwsError (ValidationError) for what is wrong with it */
export function templateOf(text: string): Template {
  const read = known.get(text);
  if (read !== undefined) return read;
  const answer = readTemplate(text, cloudFormationLimits.templateBytesInBucket);
  if (answer.kind === 'invalid') throw refusal(answer.problems);
  const [oldest] = known.keys();
  if (known.size >= knownTemplates && oldest !== undefined) known.delete(oldest);
  known.set(text, answer.template);
  return answer.template;
}

function refusal(problems: readonly TemplateProblem[]): AwsError {
  const [first] = problems;
  if (first === undefined) return validationError('Template format error: unsupported structure.');
  const names = (code: TemplateProblem['code']) => [
    ...new Set(problems.filter((problem) => problem.code === code).flatMap((problem) => problem.names ?? [])),
  ];
  const block = first.field.split('/')[1] ?? 'Resources';
  switch (first.code) {
    case 'template_syntax':
      return validationError(
        `Template format error: YAML not well-formed. (line ${first.line}, column ${first.column})`,
      );
    case 'unknown_resource_type':
      return validationError(`Template format error: Unrecognized resource types: [${names(first.code).join(', ')}]`);
    case 'unknown_name':
      return validationError(
        `Template format error: Unresolved resource dependencies [${names(first.code).join(', ')}] in the ${block} block of the template`,
      );
    case 'unknown_condition':
      return validationError(
        `Template format error: Unresolved condition dependency ${first.names?.[0] ?? ''} in the ${block} block of the template`,
      );
    case 'unknown_attribute':
      return validationError(
        `Template error: resource ${first.names?.[0] ?? ''} does not support attribute type ${first.names?.[1] ?? ''} in Fn::GetAtt`,
      );
    case 'unknown_mapping':
      return validationError(
        `Template error: Mapping named '${first.names?.[0] ?? ''}' is not present in the 'Mappings' section of template.`,
      );
    case 'dependency_cycle':
      return validationError(`Circular dependency between resources: [${names(first.code).join(', ')}]`);
    case 'unknown_section':
      return validationError(`Invalid template property or properties [${first.field.split('/')[1] ?? ''}]`);
    case 'missing_property':
      return validationError(
        first.names?.[0] === 'Resources'
          ? 'Template format error: At least one Resources member must be defined.'
          : `Template format error: ${first.message} (${first.field})`,
      );
    default:
      return validationError(`Template format error: ${first.message} (${first.field})`);
  }
}

/** Types of IAM that give permissions. */
const powerful: ReadonlySet<string> = new Set(
  [
    'AccessKey',
    'Group',
    'GroupPolicy',
    'InstanceProfile',
    'ManagedPolicy',
    'Policy',
    'Role',
    'RolePolicy',
    'User',
    'UserPolicy',
    'UserToGroupAddition',
  ].map((name) => `AWS::IAM::${name}`),
);

export interface NeededCapabilities {
  readonly capabilities: readonly ('CAPABILITY_IAM' | 'CAPABILITY_NAMED_IAM')[];
  /** The types that need them. */
  readonly types: readonly string[];
}

/** What the caller must acknowledge (CloudFormation User Guide, "Acknowledging IAM resources in CloudFormation templates"). */
export function neededCapabilities({ resources }: Template): NeededCapabilities {
  const found = [...resources.values()].filter(({ type }) => powerful.has(type.name));
  if (found.length === 0) return { capabilities: [], types: [] };
  const isNamed = found.some(({ type, properties }) => {
    return type.named !== undefined && properties.kind === 'map' && properties.entries.has(type.named);
  });
  return {
    capabilities: [isNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'],
    types: [...new Set(found.map(({ type }) => type.name))],
  };
}

/** @throws InsufficientCapabilitiesException */
export function checkCapabilities(template: Template, given: readonly string[]): void {
  const missing = neededCapabilities(template).capabilities.filter(
    (needed) => !given.includes(needed) && !given.includes('CAPABILITY_NAMED_IAM'),
  );
  if (missing.length > 0) throw insufficientCapabilities(missing);
}

/** @throws ValidationError where the template has a type that the caller does not allow: `AWS::IAM::*` */
export function checkResourceTypes({ resources }: Template, allowed: readonly string[] | undefined): void {
  if (allowed === undefined || allowed.length === 0) return;
  for (const { type } of resources.values()) {
    const isAllowed = allowed.some((pattern) =>
      pattern.endsWith('*') ? type.name.startsWith(pattern.slice(0, -1)) : pattern === type.name,
    );
    if (isAllowed) continue;
    throw validationError(
      `Resource type ${type.name} is not allowed by parameter ResourceTypes [${allowed.join(', ')}]`,
    );
  }
}
