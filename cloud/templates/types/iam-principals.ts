/** AWS::IAM::User, Group, Role, and membership (AWS CloudFormation Template Reference, "AWS Identity and Access Management"). */
import {
  answered,
  booleanOf,
  documentOf,
  given,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  recordsOf,
  type Steps,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { boolean, document, list, number, record, tags, text } from '../shape.ts';

const inlinePolicies = list(record({ PolicyName: text, PolicyDocument: document }, ['PolicyName', 'PolicyDocument']));

/** Attaches the managed policies and puts the inline ones of a user, a group or a role. */
function* givePolicies(kind: 'User' | 'Group' | 'Role', name: string, properties: Properties): Steps<void> {
  for (const PolicyArn of textsOf(properties, 'ManagedPolicyArns')) {
    yield* send('iam', `Attach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn });
  }
  for (const policy of recordsOf(properties, 'Policies')) {
    yield* send('iam', `Put${kind}Policy`, {
      [`${kind}Name`]: name,
      PolicyName: textOf(policy, 'PolicyName'),
      PolicyDocument: documentOf(policy, 'PolicyDocument'),
    });
  }
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
  *make(properties, making) {
    const name = textOf(properties, 'UserName') ?? making.generatedName(64);
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
    for (const GroupName of textsOf(properties, 'Groups')) {
      yield* send('iam', 'AddUserToGroup', { GroupName, UserName: name });
    }
    yield* givePolicies('User', name, properties);
    const login = recordOf(properties, 'LoginProfile');
    if (login !== undefined) {
      yield* send(
        'iam',
        'CreateLoginProfile',
        given({
          UserName: name,
          Password: textOf(login, 'Password'),
          PasswordResetRequired: booleanOf(login, 'PasswordResetRequired'),
        }),
      );
    }
    return { ref: name, attributes: { Arn: answered(output, 'User', 'Arn') } };
  },
};

export const group: ResourceType = {
  name: 'AWS::IAM::Group',
  properties: record({ GroupName: text, Path: text, ManagedPolicyArns: list(text), Policies: inlinePolicies }),
  attributes: ['Arn'],
  *make(properties, making) {
    const name = textOf(properties, 'GroupName') ?? making.generatedName(128);
    const output = yield* send('iam', 'CreateGroup', given({ GroupName: name, Path: textOf(properties, 'Path') }));
    yield* givePolicies('Group', name, properties);
    return { ref: name, attributes: { Arn: answered(output, 'Group', 'Arn') } };
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
  *make(properties, making) {
    const name = textOf(properties, 'RoleName') ?? making.generatedName(64);
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
    yield* givePolicies('Role', name, properties);
    return {
      ref: name,
      attributes: { Arn: answered(output, 'Role', 'Arn'), RoleId: answered(output, 'Role', 'RoleId') },
    };
  },
};

export const userToGroupAddition: ResourceType = {
  name: 'AWS::IAM::UserToGroupAddition',
  properties: record({ GroupName: text, Users: list(text) }, ['GroupName', 'Users']),
  attributes: ['Id'],
  *make(properties, making) {
    for (const UserName of textsOf(properties, 'Users')) {
      yield* send('iam', 'AddUserToGroup', { GroupName: textOf(properties, 'GroupName'), UserName });
    }
    const id = making.generatedName(128);
    return { ref: id, attributes: { Id: id } };
  },
};

export const serviceLinkedRole: ResourceType = {
  name: 'AWS::IAM::ServiceLinkedRole',
  properties: record({ AWSServiceName: text, CustomSuffix: text, Description: text }, ['AWSServiceName']),
  attributes: ['RoleName'],
  *make(properties) {
    const output = yield* send(
      'iam',
      'CreateServiceLinkedRole',
      given({
        AWSServiceName: textOf(properties, 'AWSServiceName'),
        CustomSuffix: textOf(properties, 'CustomSuffix'),
        Description: textOf(properties, 'Description'),
      }),
    );
    const name = answered(output, 'Role', 'RoleName');
    return { ref: name, attributes: { RoleName: name } };
  },
};

export const instanceProfile: ResourceType = {
  name: 'AWS::IAM::InstanceProfile',
  properties: record({ InstanceProfileName: text, Path: text, Roles: list(text) }, ['Roles']),
  attributes: ['Arn'],
  *make(properties, making) {
    const name = textOf(properties, 'InstanceProfileName') ?? making.generatedName(128);
    const output = yield* send(
      'iam',
      'CreateInstanceProfile',
      given({ InstanceProfileName: name, Path: textOf(properties, 'Path') }),
    );
    for (const RoleName of textsOf(properties, 'Roles')) {
      yield* send('iam', 'AddRoleToInstanceProfile', { InstanceProfileName: name, RoleName });
    }
    return { ref: name, attributes: { Arn: answered(output, 'InstanceProfile', 'Arn') } };
  },
};
