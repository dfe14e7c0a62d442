/** AWS::IAM::AccessKey, OIDCProvider and VirtualMFADevice. */
import { differ, listDifference, retag } from '../differences.ts';
import { answered, given, type ResourceType, send, textOf, textsOf } from '../resource-type.ts';
import { list, number, oneOf, record, tags, text } from '../shape.ts';

export const accessKey: ResourceType = {
  name: 'AWS::IAM::AccessKey',
  properties: record({ UserName: text, Serial: number, Status: oneOf('Active', 'Inactive') }, ['UserName']),
  attributes: ['SecretAccessKey'],
  fixed: ['UserName', 'Serial'],
  *make(properties) {
    const output = yield* send('iam', 'CreateAccessKey', { UserName: textOf(properties, 'UserName') });
    const of = (name: string) => answered(output, 'AccessKey', name);
    return { ref: of('AccessKeyId'), attributes: { SecretAccessKey: of('SecretAccessKey') } };
  },
  *settle({ ref }, properties) {
    if (textOf(properties, 'Status') !== 'Inactive') return;
    yield* send('iam', 'UpdateAccessKey', {
      UserName: textOf(properties, 'UserName'),
      AccessKeyId: ref,
      Status: 'Inactive',
    });
  },
  *update({ ref, attributes }, properties) {
    yield* send('iam', 'UpdateAccessKey', {
      UserName: textOf(properties, 'UserName'),
      AccessKeyId: ref,
      Status: textOf(properties, 'Status') ?? 'Active',
    });
    return { ref, attributes };
  },
  *remove({ ref, properties }) {
    yield* send('iam', 'DeleteAccessKey', { UserName: textOf(properties, 'UserName'), AccessKeyId: ref });
  },
};

export const oidcProvider: ResourceType = {
  name: 'AWS::IAM::OIDCProvider',
  properties: record({ Url: text, ClientIdList: list(text), ThumbprintList: list(text), Tags: tags }, ['Url']),
  attributes: ['Arn'],
  fixed: ['Url'],
  *make(properties) {
    const output = yield* send(
      'iam',
      'CreateOpenIDConnectProvider',
      given({
        Url: textOf(properties, 'Url'),
        ClientIDList: properties['ClientIdList'] && textsOf(properties, 'ClientIdList'),
        ThumbprintList: properties['ThumbprintList'] && textsOf(properties, 'ThumbprintList'),
        Tags: properties['Tags'],
      }),
    );
    const arn = answered(output, 'OpenIDConnectProviderArn');
    return { ref: arn, attributes: { Arn: arn } };
  },
  *update({ ref, attributes, properties: before }, properties) {
    const OpenIDConnectProviderArn = ref;
    const { added, removed } = listDifference(before, properties, 'ClientIdList');
    for (const ClientID of added) {
      yield* send('iam', 'AddClientIDToOpenIDConnectProvider', { OpenIDConnectProviderArn, ClientID });
    }
    for (const ClientID of removed) {
      yield* send('iam', 'RemoveClientIDFromOpenIDConnectProvider', { OpenIDConnectProviderArn, ClientID });
    }
    if (differ(before, properties, 'ThumbprintList')) {
      const ThumbprintList = textsOf(properties, 'ThumbprintList');
      yield* send('iam', 'UpdateOpenIDConnectProviderThumbprint', { OpenIDConnectProviderArn, ThumbprintList });
    }
    yield* retag(before, properties, {
      service: 'iam',
      set: (Tags) => ['TagOpenIDConnectProvider', { OpenIDConnectProviderArn, Tags }],
      remove: (TagKeys) => ['UntagOpenIDConnectProvider', { OpenIDConnectProviderArn, TagKeys }],
    });
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('iam', 'DeleteOpenIDConnectProvider', { OpenIDConnectProviderArn: ref });
  },
};

/** The device is made; it is enabled for a user only with two codes of its own, which a template cannot give. */
export const virtualMfaDevice: ResourceType = {
  name: 'AWS::IAM::VirtualMFADevice',
  properties: record({ VirtualMfaDeviceName: text, Path: text, Users: list(text), Tags: tags }, ['Users']),
  attributes: ['SerialNumber'],
  named: 'VirtualMfaDeviceName',
  fixed: ['VirtualMfaDeviceName', 'Path'],
  *make(properties, { generatedName }) {
    const output = yield* send(
      'iam',
      'CreateVirtualMFADevice',
      given({
        VirtualMFADeviceName: textOf(properties, 'VirtualMfaDeviceName') ?? generatedName(128),
        Path: textOf(properties, 'Path'),
        Tags: properties['Tags'],
      }),
    );
    const serial = answered(output, 'VirtualMFADevice', 'SerialNumber');
    return { ref: serial, attributes: { SerialNumber: serial } };
  },
  *update({ ref, attributes, properties: before }, properties) {
    yield* retag(before, properties, {
      service: 'iam',
      set: (Tags) => ['TagMFADevice', { SerialNumber: ref, Tags }],
      remove: (TagKeys) => ['UntagMFADevice', { SerialNumber: ref, TagKeys }],
    });
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send('iam', 'DeleteVirtualMFADevice', { SerialNumber: ref });
  },
};
