/** AWS::Organizations::Organization, OrganizationalUnit, Policy and ResourcePolicy. Accounts are not made by templates: they are invited. */
import {
  answered,
  documentOf,
  given,
  type Properties,
  type ResourceType,
  recordsOf,
  type Steps,
  send,
  textOf,
  textsOf,
} from '../resource-type.ts';
import { document, list, oneOf, record, tags, text } from '../shape.ts';

const organizations = 'organizations';

function tagsOf(properties: Properties): readonly Readonly<Record<string, string>>[] {
  return recordsOf(properties, 'Tags').map((tag) => ({
    Key: textOf(tag, 'Key') ?? '',
    Value: textOf(tag, 'Value') ?? '',
  }));
}

interface Roots {
  readonly Roots: readonly [{ readonly Id: string; readonly PolicyTypes: readonly { readonly Type: string }[] }];
}

function* rootOf(): Steps<Roots['Roots'][0]> {
  return ((yield* send(organizations, 'ListRoots', {})) as Roots).Roots[0];
}

export const organization: ResourceType = {
  name: 'AWS::Organizations::Organization',
  properties: record({ FeatureSet: oneOf('ALL', 'CONSOLIDATED_BILLING') }),
  attributes: ['Arn', 'Id', 'ManagementAccountArn', 'ManagementAccountEmail', 'ManagementAccountId', 'RootId'],
  *make(properties) {
    const made = yield* send(
      organizations,
      'CreateOrganization',
      given({ FeatureSet: textOf(properties, 'FeatureSet') }),
    );
    const of = (name: string) => answered(made, 'Organization', name);
    return {
      ref: of('Id'),
      attributes: {
        Arn: of('Arn'),
        Id: of('Id'),
        ManagementAccountArn: of('MasterAccountArn'),
        ManagementAccountEmail: of('MasterAccountEmail'),
        ManagementAccountId: of('MasterAccountId'),
        RootId: (yield* rootOf()).Id,
      },
    };
  },
};

export const organizationalUnit: ResourceType = {
  name: 'AWS::Organizations::OrganizationalUnit',
  properties: record({ Name: text, ParentId: text, Tags: tags }, ['Name', 'ParentId']),
  attributes: ['Arn', 'Id'],
  *make(properties) {
    const made = yield* send(organizations, 'CreateOrganizationalUnit', {
      Name: textOf(properties, 'Name'),
      ParentId: textOf(properties, 'ParentId'),
      Tags: tagsOf(properties),
    });
    const Id = answered(made, 'OrganizationalUnit', 'Id');
    return { ref: Id, attributes: { Arn: answered(made, 'OrganizationalUnit', 'Arn'), Id } };
  },
};

/** AWS wants the type switched on before; a template has no resource for that, so the first policy of a type does it. */
export const organizationPolicy: ResourceType = {
  name: 'AWS::Organizations::Policy',
  properties: record(
    {
      Name: text,
      Type: oneOf('SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'),
      Content: document,
      Description: text,
      TargetIds: list(text),
      Tags: tags,
    },
    ['Name', 'Type', 'Content'],
  ),
  attributes: ['Arn', 'AwsManaged', 'Id'],
  *make(properties) {
    const Type = textOf(properties, 'Type') ?? '';
    const { Id: RootId, PolicyTypes } = yield* rootOf();
    if (!PolicyTypes.some((enabled) => enabled.Type === Type)) {
      yield* send(organizations, 'EnablePolicyType', { RootId, PolicyType: Type });
    }
    const made = yield* send(organizations, 'CreatePolicy', {
      Name: textOf(properties, 'Name'),
      Type,
      Content: documentOf(properties, 'Content'),
      Description: textOf(properties, 'Description') ?? '',
      Tags: tagsOf(properties),
    });
    const PolicyId = answered(made, 'Policy', 'PolicySummary', 'Id');
    for (const TargetId of textsOf(properties, 'TargetIds')) {
      yield* send(organizations, 'AttachPolicy', { PolicyId, TargetId });
    }
    const Arn = answered(made, 'Policy', 'PolicySummary', 'Arn');
    return { ref: PolicyId, attributes: { Arn, AwsManaged: 'false', Id: PolicyId } };
  },
};

export const organizationResourcePolicy: ResourceType = {
  name: 'AWS::Organizations::ResourcePolicy',
  properties: record({ Content: document, Tags: tags }, ['Content']),
  attributes: ['Arn', 'Id'],
  *make(properties) {
    const Content = documentOf(properties, 'Content');
    const made = yield* send(organizations, 'PutResourcePolicy', { Content, Tags: tagsOf(properties) });
    const of = (name: string) => answered(made, 'ResourcePolicy', 'ResourcePolicySummary', name);
    return { ref: of('Id'), attributes: { Arn: of('Arn'), Id: of('Id') } };
  },
};
