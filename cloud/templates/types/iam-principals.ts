/** AWS::IAM::User, Group, Role, and membership (AWS CloudFormation Template Reference, "AWS Identity and Access Management"). */
import {
  answered,
  booleanOf,
  documentOf,
  given,
  type Making,
  numberOf,
  type Properties,
  type ResourceType,
  recordOf,
  recordsOf,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { boolean, document, list, number, record, tags, text } from '../shape.ts';

const inlinePolicies = list(record({ PolicyName: text, PolicyDocument: document }, ['PolicyName', 'PolicyDocument']));

/** Attaches the managed policies and puts the inline ones of a user, a group or a role. */
async function givePolicies(
  kind: 'User' | 'Group' | 'Role',
  name: string,
  properties: Properties,
  { send }: Making,
): Promise<void> {
  for (const PolicyArn of textsOf(properties, 'ManagedPolicyArns')) {
    await send('iam', `Attach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn });
  }
  for (const policy of recordsOf(properties, 'Policies')) {
    await send('iam', `Put${kind}Policy`, {
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
  async make(properties, making) {
    const name = textOf(properties, 'UserName') ?? making.generatedName(64);
    const output = await making.send(
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
      await making.send('iam', 'AddUserToGroup', { GroupName, UserName: name });
    }
    await givePolicies('User', name, properties, making);
    const login = recordOf(properties, 'LoginProfile');
    if (login !== undefined) {
      await making.send(
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
  async make(properties, making) {
    const name = textOf(properties, 'GroupName') ?? making.generatedName(128);
    const output = await making.send(
      'iam',
      'CreateGroup',
      given({ GroupName: name, Path: textOf(properties, 'Path') }),
    );
    await givePolicies('Group', name, properties, making);
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
  async make(properties, making) {
    const name = textOf(properties, 'RoleName') ?? making.generatedName(64);
    const output = await making.send(
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
    await givePolicies('Role', name, properties, making);
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
  async make(properties, making) {
    for (const UserName of textsOf(properties, 'Users')) {
      await making.send('iam', 'AddUserToGroup', { GroupName: textOf(properties, 'GroupName'), UserName });
    }
    const id = making.generatedName(128);
    return { ref: id, attributes: { Id: id } };
  },
};

export const serviceLinkedRole: ResourceType = {
  name: 'AWS::IAM::ServiceLinkedRole',
  properties: record({ AWSServiceName: text, CustomSuffix: text, Description: text }, ['AWSServiceName']),
  attributes: ['RoleName'],
  async make(properties, { send }) {
    const output = await send(
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
  async make(properties, making) {
    const name = textOf(properties, 'InstanceProfileName') ?? making.generatedName(128);
    const output = await making.send(
      'iam',
      'CreateInstanceProfile',
      given({ InstanceProfileName: name, Path: textOf(properties, 'Path') }),
    );
    for (const RoleName of textsOf(properties, 'Roles')) {
      await making.send('iam', 'AddRoleToInstanceProfile', { InstanceProfileName: name, RoleName });
    }
    return { ref: name, attributes: { Arn: answered(output, 'InstanceProfile', 'Arn') } };
  },
};
