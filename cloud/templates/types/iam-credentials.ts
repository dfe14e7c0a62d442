/** AWS::IAM::AccessKey, OIDCProvider and VirtualMFADevice. */
import { answered, given, type ResourceType, send, textOf, textsOf } from '../resource-type.ts';
import { list, number, oneOf, record, tags, text } from '../shape.ts';

export const accessKey: ResourceType = {
  name: 'AWS::IAM::AccessKey',
  properties: record({ UserName: text, Serial: number, Status: oneOf('Active', 'Inactive') }, ['UserName']),
  attributes: ['SecretAccessKey'],
  *make(properties) {
    const UserName = textOf(properties, 'UserName');
    const output = yield* send('iam', 'CreateAccessKey', { UserName });
    const id = answered(output, 'AccessKey', 'AccessKeyId');
    if (textOf(properties, 'Status') === 'Inactive') {
      yield* send('iam', 'UpdateAccessKey', { UserName, AccessKeyId: id, Status: 'Inactive' });
    }
    return { ref: id, attributes: { SecretAccessKey: answered(output, 'AccessKey', 'SecretAccessKey') } };
  },
};

export const oidcProvider: ResourceType = {
  name: 'AWS::IAM::OIDCProvider',
  properties: record({ Url: text, ClientIdList: list(text), ThumbprintList: list(text), Tags: tags }, ['Url']),
  attributes: ['Arn'],
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
};

/** The device is made; it is enabled for a user only with two codes of its own, which a template cannot give. */
export const virtualMfaDevice: ResourceType = {
  name: 'AWS::IAM::VirtualMFADevice',
  properties: record({ VirtualMfaDeviceName: text, Path: text, Users: list(text), Tags: tags }, ['Users']),
  attributes: ['SerialNumber'],
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
};
