/** AWS::IAM::ManagedPolicy, and the four ways to write an inline policy. */
import { differ } from '../differences.ts';
import { answered, documentOf, given, type ResourceType, type Steps, send, textOf } from '../resource-type.ts';
import { document, list, record, text } from '../shape.ts';
import { attachment, deleteInline, type Holder, holdersLeft, holdersOf, type Kind, putInline } from './iam-grants.ts';

export const managedPolicy: ResourceType = {
  name: 'AWS::IAM::ManagedPolicy',
  properties: record(
    {
      ManagedPolicyName: text,
      PolicyDocument: document,
      Description: text,
      Path: text,
      Users: list(text),
      Groups: list(text),
      Roles: list(text),
    },
    ['PolicyDocument'],
  ),
  attributes: ['PolicyArn', 'PolicyId', 'DefaultVersionId'],
  named: 'ManagedPolicyName',
  fixed: ['ManagedPolicyName', 'Path', 'Description'],
  *make(properties, { generatedName }) {
    const output = yield* send(
      'iam',
      'CreatePolicy',
      given({
        PolicyName: textOf(properties, 'ManagedPolicyName') ?? generatedName(128),
        PolicyDocument: documentOf(properties, 'PolicyDocument'),
        Description: textOf(properties, 'Description'),
        Path: textOf(properties, 'Path'),
      }),
    );
    const of = (name: string) => answered(output, 'Policy', name);
    return {
      ref: of('Arn'),
      attributes: { PolicyArn: of('Arn'), PolicyId: of('PolicyId'), DefaultVersionId: of('DefaultVersionId') },
    };
  },
  *settle({ ref }, properties) {
    for (const holder of holdersOf(properties)) yield* attachment('Attach', holder, ref);
  },
  *update({ ref, attributes, properties: before }, properties) {
    for (const holder of holdersLeft(before, properties)) yield* attachment('Detach', holder, ref);
    for (const holder of holdersLeft(properties, before)) yield* attachment('Attach', holder, ref);
    if (!differ(before, properties, 'PolicyDocument')) return { ref, attributes };
    const old = yield* versionsOf(ref);
    if (old.length >= mostVersions) {
      const VersionId = old.findLast(({ IsDefaultVersion }) => !IsDefaultVersion)?.VersionId;
      yield* send('iam', 'DeletePolicyVersion', { PolicyArn: ref, VersionId });
    }
    const version = yield* send('iam', 'CreatePolicyVersion', {
      PolicyArn: ref,
      PolicyDocument: documentOf(properties, 'PolicyDocument'),
      SetAsDefault: true,
    });
    return { ref, attributes: { ...attributes, DefaultVersionId: answered(version, 'PolicyVersion', 'VersionId') } };
  },
  *remove({ ref, properties }) {
    for (const holder of holdersOf(properties)) yield* attachment('Detach', holder, ref);
    for (const { VersionId, IsDefaultVersion } of yield* versionsOf(ref)) {
      if (!IsDefaultVersion) yield* send('iam', 'DeletePolicyVersion', { PolicyArn: ref, VersionId });
    }
    yield* send('iam', 'DeletePolicy', { PolicyArn: ref });
  },
};

/** A managed policy has at most five versions. */
const mostVersions = 5;

interface Version {
  readonly VersionId?: string;
  readonly IsDefaultVersion?: boolean;
}

/** Newest first. */
function* versionsOf(PolicyArn: string): Steps<readonly Version[]> {
  const output = (yield* send('iam', 'ListPolicyVersions', { PolicyArn })) as {
    readonly Versions?: readonly Version[];
  };
  return output.Versions ?? [];
}

/** One inline policy of any number of principals. */
export const policy: ResourceType = {
  name: 'AWS::IAM::Policy',
  properties: record(
    { PolicyName: text, PolicyDocument: document, Users: list(text), Groups: list(text), Roles: list(text) },
    ['PolicyName', 'PolicyDocument'],
  ),
  attributes: ['Id'],
  fixed: [],
  // biome-ignore lint/correctness/useYield: there is nothing by itself, only what each of its holders has
  *make(properties, { generatedName }) {
    return { ref: textOf(properties, 'PolicyName') ?? '', attributes: { Id: generatedName(128) } };
  },
  *settle({ ref }, properties) {
    for (const holder of holdersOf(properties)) {
      yield* putInline(holder, ref, documentOf(properties, 'PolicyDocument'));
    }
  },
  *update({ ref, attributes, properties: before }, properties) {
    const name = textOf(properties, 'PolicyName') ?? '';
    for (const holder of holdersOf(properties)) {
      yield* putInline(holder, name, documentOf(properties, 'PolicyDocument'));
    }
    const left = name === ref ? holdersLeft(before, properties) : holdersOf(before);
    for (const holder of left) yield* deleteInline(holder, ref);
    return { ref: name, attributes };
  },
  *remove({ ref, properties }) {
    for (const holder of holdersOf(properties)) yield* deleteInline(holder, ref);
  },
};

/** AWS::IAM::UserPolicy, GroupPolicy, RolePolicy. */
function inlinePolicyOf(kind: Kind): ResourceType {
  const member = `${kind}Name`;
  return {
    name: `AWS::IAM::${kind}Policy`,
    properties: record({ [member]: text, PolicyName: text, PolicyDocument: document }, [member, 'PolicyName']),
    attributes: [],
    fixed: [member, 'PolicyName'],
    *make(properties) {
      const name = textOf(properties, 'PolicyName') ?? '';
      const of = textOf(properties, member) ?? '';
      yield* putInline([kind, of], name, documentOf(properties, 'PolicyDocument'));
      return { ref: `${name}|${of}`, attributes: {} };
    },
    *update({ ref, attributes }, properties) {
      const [name = '', of = ''] = ref.split('|');
      yield* putInline([kind, of], name, documentOf(properties, 'PolicyDocument'));
      return { ref, attributes };
    },
    *remove({ ref }) {
      const [name = '', of = ''] = ref.split('|');
      const holder: Holder = [kind, of];
      yield* deleteInline(holder, name);
    },
  };
}

export const userPolicy = inlinePolicyOf('User');
export const groupPolicy = inlinePolicyOf('Group');
export const rolePolicy = inlinePolicyOf('Role');
