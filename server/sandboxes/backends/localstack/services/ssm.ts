import type { CallRequest } from '../../../../../cloud/perform.ts';
import { type CarriedOperation, type CarriedService, type Input, itemsOf, type Output } from '../carried-service.ts';

const records = 'LocalStack tells another user who wrote a parameter.';
const runs = 'What runs on hosts, or as a passed role, is carried out by the embedded cloud.';

/** AWS's own parameters are the embedded cloud's. */
const ofCustomers = (input: Input): boolean => {
  const named = [input['Name'], input['Names'], input['Path'], input['ResourceId']].flat();
  return !named.some((name) => typeof name === 'string' && /^(?:arn:aws:ssm:[^:]*::parameter)?\/aws\//.test(name));
};
const onParameter: CarriedOperation = { applies: ofCustomers };
const onTags: CarriedOperation = {
  applies: (input) => input['ResourceType'] === 'Parameter' && ofCustomers(input),
};

/** What is sealed under a key of the sandbox stays so until it is decrypted. */
function sealed(parameter: Output, own: Output | undefined, request: Input): Output {
  const isSealed = parameter['Type'] === 'SecureString' && request['WithDecryption'] !== true;
  return isSealed && own?.['Value'] !== undefined ? { ...parameter, Value: own['Value'] } : parameter;
}

function sealedInPage(theirs: Output, own: Output, { input }: Pick<CallRequest, 'input'>): Output {
  const Parameters = itemsOf(theirs, 'Parameters').map((parameter) =>
    sealed(
      parameter,
      itemsOf(own, 'Parameters').find(({ ARN }) => ARN === parameter['ARN']),
      input,
    ),
  );
  return { ...theirs, Parameters };
}

/** Parameter Store. */
export const ssm: CarriedService = {
  operations: {
    PutParameter: onParameter,
    DeleteParameter: onParameter,
    DeleteParameters: onParameter,
    GetParameter: {
      ...onParameter,
      answer: (theirs, own, { input }) => ({
        Parameter: sealed((theirs['Parameter'] ?? {}) as Output, own['Parameter'] as Output, input),
      }),
    },
    GetParameters: {
      ...onParameter,
      answer: (theirs, own, request) => ({
        ...sealedInPage(theirs, own, request),
        InvalidParameters: own['InvalidParameters'],
      }),
    },
    GetParametersByPath: { ...onParameter, answer: sealedInPage },
    LabelParameterVersion: onParameter,
    AddTagsToResource: onTags,
    RemoveTagsFromResource: onTags,
    ListTagsForResource: onTags,
  },
  kept: { DescribeParameters: records, GetParameterHistory: records, '*': runs },
  async bringUp(account, there) {
    for (const parameter of Object.values(account.ssm.parameters)) {
      const {
        name: Name,
        region,
        type,
        tier,
        description,
        allowedPattern,
        keyId,
        dataType,
        tags,
        versions,
      } = parameter;
      for (const [n, { value, labels, version }] of versions.entries()) {
        await there.call(
          'PutParameter',
          {
            Name,
            Value: value,
            Type: type,
            Tier: tier,
            DataType: dataType,
            ...(description === undefined ? {} : { Description: description }),
            ...(allowedPattern === undefined ? {} : { AllowedPattern: allowedPattern }),
            ...(keyId === undefined ? {} : { KeyId: keyId }),
            ...(n === 0 ? (tags.length === 0 ? {} : { Tags: tags }) : { Overwrite: true }),
          },
          region,
        );
        if (labels.length === 0) continue;
        await there.call('LabelParameterVersion', { Name, ParameterVersion: version, Labels: labels }, region);
      }
    }
  },
  async empty(account, there) {
    for (const { name, region } of Object.values(account.ssm.parameters)) {
      await there.tried('DeleteParameter', { Name: name }, region);
    }
  },
};
