/** AWS::IAM::ManagedPolicy, and the four ways to write an inline policy. */
import {
  answered,
  documentOf,
  given,
  type Properties,
  type ResourceType,
  type Steps,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { document, list, record, text } from '../shape.ts';

type Kind = 'User' | 'Group' | 'Role';

/** The principals that a policy's resource names, with the kind of each. */
function holdersOf(properties: Properties): readonly (readonly [Kind, string])[] {
  return (['User', 'Group', 'Role'] as const).flatMap((kind) =>
    textsOf(properties, `${kind}s`).map((name) => [kind, name] as const),
  );
}

function* putInline(
  kind: Kind,
  holder: string,
  policy: { readonly name: string; readonly document: string },
): Steps<void> {
  yield* send('iam', `Put${kind}Policy`, {
    [`${kind}Name`]: holder,
    PolicyName: policy.name,
    PolicyDocument: policy.document,
  });
}

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
    const arn = answered(output, 'Policy', 'Arn');
    for (const [kind, holder] of holdersOf(properties)) {
      yield* send('iam', `Attach${kind}Policy`, { [`${kind}Name`]: holder, PolicyArn: arn });
    }
    return {
      ref: arn,
      attributes: {
        PolicyArn: arn,
        PolicyId: answered(output, 'Policy', 'PolicyId'),
        DefaultVersionId: answered(output, 'Policy', 'DefaultVersionId'),
      },
    };
  },
};

/** One inline policy of any number of principals. */
export const policy: ResourceType = {
  name: 'AWS::IAM::Policy',
  properties: record(
    { PolicyName: text, PolicyDocument: document, Users: list(text), Groups: list(text), Roles: list(text) },
    ['PolicyName', 'PolicyDocument'],
  ),
  attributes: ['Id'],
  *make(properties, { generatedName }) {
    const written = {
      name: textOf(properties, 'PolicyName') ?? '',
      document: documentOf(properties, 'PolicyDocument'),
    };
    for (const [kind, holder] of holdersOf(properties)) yield* putInline(kind, holder, written);
    return { ref: written.name, attributes: { Id: generatedName(128) } };
  },
};

/** AWS::IAM::UserPolicy, GroupPolicy, RolePolicy. */
function inlinePolicyOf(kind: Kind): ResourceType {
  const holder = `${kind}Name`;
  return {
    name: `AWS::IAM::${kind}Policy`,
    properties: record({ [holder]: text, PolicyName: text, PolicyDocument: document }, [holder, 'PolicyName']),
    attributes: [],
    *make(properties) {
      const name = textOf(properties, 'PolicyName') ?? '';
      const of = textOf(properties, holder) ?? '';
      yield* putInline(kind, of, { name, document: documentOf(properties, 'PolicyDocument') });
      return { ref: `${name}|${of}`, attributes: {} };
    },
  };
}

export const userPolicy = inlinePolicyOf('User');
export const groupPolicy = inlinePolicyOf('Group');
export const rolePolicy = inlinePolicyOf('Role');
