/** AWS::IAM::UserToGroupAddition, InstanceProfile and ServiceLinkedRole. */
import { differ, listDifference } from '../differences.ts';
import {
  answered,
  given,
  type Properties,
  type ResourceType,
  type Steps,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { list, record, text } from '../shape.ts';

export const userToGroupAddition: ResourceType = {
  name: 'AWS::IAM::UserToGroupAddition',
  properties: record({ GroupName: text, Users: list(text) }, ['GroupName', 'Users']),
  attributes: ['Id'],
  fixed: [],
  // biome-ignore lint/correctness/useYield: there is nothing by itself, only each user's membership
  *make(_properties, { generatedName }) {
    const id = generatedName(128);
    return { ref: id, attributes: { Id: id } };
  },
  settle: (_made, properties) => members('AddUserToGroup', properties, textsOf(properties, 'Users')),
  *update({ ref, attributes, properties: before }, properties) {
    const isSame = !differ(before, properties, 'GroupName');
    const { added, removed } = listDifference(before, properties, 'Users');
    yield* members('AddUserToGroup', properties, isSame ? added : textsOf(properties, 'Users'));
    yield* members('RemoveUserFromGroup', before, isSame ? removed : textsOf(before, 'Users'));
    return { ref, attributes };
  },
  remove: ({ properties }) => members('RemoveUserFromGroup', properties, textsOf(properties, 'Users')),
};

function* members(
  operation: 'AddUserToGroup' | 'RemoveUserFromGroup',
  properties: Properties,
  users: readonly string[],
): Steps<void> {
  const GroupName = textOf(properties, 'GroupName');
  for (const UserName of users) yield* send('iam', operation, { GroupName, UserName });
}

export const serviceLinkedRole: ResourceType = {
  name: 'AWS::IAM::ServiceLinkedRole',
  properties: record({ AWSServiceName: text, CustomSuffix: text, Description: text }, ['AWSServiceName']),
  attributes: ['RoleName'],
  fixed: ['AWSServiceName', 'CustomSuffix'],
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
  *update({ ref, attributes }, properties) {
    const Description = textOf(properties, 'Description') ?? '';
    yield* send('iam', 'UpdateRoleDescription', { RoleName: ref, Description });
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('iam', 'DeleteServiceLinkedRole', { RoleName: ref });
  },
};

export const instanceProfile: ResourceType = {
  name: 'AWS::IAM::InstanceProfile',
  properties: record({ InstanceProfileName: text, Path: text, Roles: list(text) }, ['Roles']),
  attributes: ['Arn'],
  named: 'InstanceProfileName',
  fixed: ['InstanceProfileName', 'Path'],
  *make(properties, { generatedName }) {
    const name = textOf(properties, 'InstanceProfileName') ?? generatedName(128);
    const output = yield* send(
      'iam',
      'CreateInstanceProfile',
      given({ InstanceProfileName: name, Path: textOf(properties, 'Path') }),
    );
    return { ref: name, attributes: { Arn: answered(output, 'InstanceProfile', 'Arn') } };
  },
  settle: ({ ref }, properties) => seat(ref, {}, properties),
  *update({ ref, attributes, properties: before }, properties) {
    yield* seat(ref, before, properties);
    return { ref, attributes };
  },
  *remove({ ref, properties }) {
    yield* seat(ref, properties, {});
    yield* send('iam', 'DeleteInstanceProfile', { InstanceProfileName: ref });
  },
};

/** A profile holds one role: the old one leaves first. */
function* seat(InstanceProfileName: string, before: Properties, after: Properties): Steps<void> {
  const { added, removed } = listDifference(before, after, 'Roles');
  for (const RoleName of removed) {
    yield* send('iam', 'RemoveRoleFromInstanceProfile', { InstanceProfileName, RoleName });
  }
  for (const RoleName of added) yield* send('iam', 'AddRoleToInstanceProfile', { InstanceProfileName, RoleName });
}
