/** AWS::IAM::User, Group and Role (AWS CloudFormation Template Reference, "AWS Identity and Access Management"). */
import { differ, listDifference, retag, type Tagging } from '../differences.ts';
import {
  answered,
  booleanOf,
  documentOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  type Steps,
  send,
  textOf,
} from '../resource-type.ts';
import { boolean, document, list, number, record, tags, text } from '../shape.ts';
import { bound, givePolicies } from './iam-grants.ts';

const inlinePolicies = list(record({ PolicyName: text, PolicyDocument: document }, ['PolicyName', 'PolicyDocument']));

function tagging(kind: 'User' | 'Role', name: string): Tagging {
  const holder = { [`${kind}Name`]: name };
  return {
    service: 'iam',
    set: (Tags) => [`Tag${kind}`, { ...holder, Tags }],
    remove: (TagKeys) => [`Untag${kind}`, { ...holder, TagKeys }],
  };
}

export const user: ResourceType = {
  name: 'AWS::IAM::User',
  properties: record({
    UserName: text,
    Path: text,
    Groups: list(text),
    LoginProfile: record({ Password: text, PasswordResetRequired: boolean }, ['Password']),
    ManagedPolicyArns: list(text),
    PermissionsBoundary: text,
    Policies: inlinePolicies,
    Tags: tags,
  }),
  attributes: ['Arn'],
  named: 'UserName',
  fixed: ['UserName'],
  *make(properties, { generatedName }) {
    const name = textOf(properties, 'UserName') ?? generatedName(64);
    const output = yield* send(
      'iam',
      'CreateUser',
      given({
        UserName: name,
        Path: textOf(properties, 'Path'),
        PermissionsBoundary: textOf(properties, 'PermissionsBoundary'),
        Tags: properties['Tags'],
      }),
    );
    return { ref: name, attributes: { Arn: answered(output, 'User', 'Arn') } };
  },
  settle: ({ ref }, properties) => equipUser(ref, {}, properties),
  *update({ ref, attributes, properties: before }, properties) {
    yield* bound('User', ref, before, properties);
    yield* equipUser(ref, before, properties);
    yield* retag(before, properties, tagging('User', ref));
    if (!differ(before, properties, 'Path')) return { ref, attributes };
    yield* send('iam', 'UpdateUser', { UserName: ref, NewPath: textOf(properties, 'Path') ?? '/' });
    const moved = yield* send('iam', 'GetUser', { UserName: ref });
    return { ref, attributes: { Arn: answered(moved, 'User', 'Arn') } };
  },
  *remove({ ref, properties }) {
    yield* equipUser(ref, properties, {});
    yield* send('iam', 'DeleteUser', { UserName: ref });
  },
};

/** The groups, policies and password of a user. */
function* equipUser(UserName: string, before: Properties, after: Properties): Steps<void> {
  const { added, removed } = listDifference(before, after, 'Groups');
  for (const GroupName of removed) yield* send('iam', 'RemoveUserFromGroup', { GroupName, UserName });
  for (const GroupName of added) yield* send('iam', 'AddUserToGroup', { GroupName, UserName });
  yield* givePolicies(['User', UserName], before, after);
  if (!differ(before, after, 'LoginProfile')) return;
  const login = recordOf(after, 'LoginProfile');
  if (login === undefined) {
    yield* send('iam', 'DeleteLoginProfile', { UserName });
    return;
  }
  yield* send(
    'iam',
    recordOf(before, 'LoginProfile') === undefined ? 'CreateLoginProfile' : 'UpdateLoginProfile',
    given({
      UserName,
      Password: textOf(login, 'Password'),
      PasswordResetRequired: booleanOf(login, 'PasswordResetRequired'),
    }),
  );
}

export const group: ResourceType = {
  name: 'AWS::IAM::Group',
  properties: record({ GroupName: text, Path: text, ManagedPolicyArns: list(text), Policies: inlinePolicies }),
  attributes: ['Arn'],
  named: 'GroupName',
  fixed: ['GroupName'],
  *make(properties, { generatedName }) {
    const name = textOf(properties, 'GroupName') ?? generatedName(128);
    const output = yield* send('iam', 'CreateGroup', given({ GroupName: name, Path: textOf(properties, 'Path') }));
    return { ref: name, attributes: { Arn: answered(output, 'Group', 'Arn') } };
  },
  settle: ({ ref }, properties) => givePolicies(['Group', ref], {}, properties),
  *update({ ref, attributes, properties: before }, properties) {
    yield* givePolicies(['Group', ref], before, properties);
    if (!differ(before, properties, 'Path')) return { ref, attributes };
    yield* send('iam', 'UpdateGroup', { GroupName: ref, NewPath: textOf(properties, 'Path') ?? '/' });
    const moved = yield* send('iam', 'GetGroup', { GroupName: ref });
    return { ref, attributes: { Arn: answered(moved, 'Group', 'Arn') } };
  },
  *remove({ ref, properties }) {
    yield* givePolicies(['Group', ref], properties, {});
    yield* send('iam', 'DeleteGroup', { GroupName: ref });
  },
};

export const role: ResourceType = {
  name: 'AWS::IAM::Role',
  properties: record(
    {
      RoleName: text,
      AssumeRolePolicyDocument: document,
      Description: text,
      ManagedPolicyArns: list(text),
      MaxSessionDuration: number,
      Path: text,
      PermissionsBoundary: text,
      Policies: inlinePolicies,
      Tags: tags,
    },
    ['AssumeRolePolicyDocument'],
  ),
  attributes: ['Arn', 'RoleId'],
  named: 'RoleName',
  fixed: ['RoleName', 'Path'],
  *make(properties, { generatedName }) {
    const name = textOf(properties, 'RoleName') ?? generatedName(64);
    const output = yield* send(
      'iam',
      'CreateRole',
      given({
        RoleName: name,
        AssumeRolePolicyDocument: documentOf(properties, 'AssumeRolePolicyDocument'),
        Path: textOf(properties, 'Path'),
        Description: textOf(properties, 'Description'),
        MaxSessionDuration: numberOf(properties, 'MaxSessionDuration'),
        PermissionsBoundary: textOf(properties, 'PermissionsBoundary'),
        Tags: properties['Tags'],
      }),
    );
    return {
      ref: name,
      attributes: { Arn: answered(output, 'Role', 'Arn'), RoleId: answered(output, 'Role', 'RoleId') },
    };
  },
  settle: ({ ref }, properties) => givePolicies(['Role', ref], {}, properties),
  *update({ ref: RoleName, attributes, properties: before }, properties) {
    if (differ(before, properties, 'AssumeRolePolicyDocument')) {
      const PolicyDocument = documentOf(properties, 'AssumeRolePolicyDocument');
      yield* send('iam', 'UpdateAssumeRolePolicy', { RoleName, PolicyDocument });
    }
    if (differ(before, properties, 'Description', 'MaxSessionDuration')) {
      yield* send('iam', 'UpdateRole', {
        RoleName,
        Description: textOf(properties, 'Description') ?? '',
        MaxSessionDuration: numberOf(properties, 'MaxSessionDuration') ?? 3600,
      });
    }
    yield* bound('Role', RoleName, before, properties);
    yield* givePolicies(['Role', RoleName], before, properties);
    yield* retag(before, properties, tagging('Role', RoleName));
    return { ref: RoleName, attributes };
  },
  *remove({ ref, properties }) {
    yield* givePolicies(['Role', ref], properties, {});
    yield* send('iam', 'DeleteRole', { RoleName: ref });
  },
};
