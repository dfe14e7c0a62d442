/** AWS::Organizations::Organization, OrganizationalUnit, Policy and ResourcePolicy. Accounts are not made by templates: they are invited. */
import { differ, listDifference, retag, type Tagging, tagsOf } from '../differences.ts';
import {
  answered,
  documentOf,
  given,
  type Properties,
  type ResourceType,
  type Steps,
  send,
  textOf,
} from '../resource-type.ts';
import { document, list, oneOf, record, tags, text } from '../shape.ts';

const organizations = 'organizations';

function tagging(ResourceId: string): Tagging {
  return {
    service: organizations,
    set: (Tags) => ['TagResource', { ResourceId, Tags }],
    remove: (TagKeys) => ['UntagResource', { ResourceId, TagKeys }],
  };
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
  fixed: [],
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
  *remove() {
    yield* send(organizations, 'DeleteOrganization', {});
  },
};

export const organizationalUnit: ResourceType = {
  name: 'AWS::Organizations::OrganizationalUnit',
  properties: record({ Name: text, ParentId: text, Tags: tags }, ['Name', 'ParentId']),
  attributes: ['Arn', 'Id'],
  fixed: ['ParentId'],
  *make(properties) {
    const made = yield* send(organizations, 'CreateOrganizationalUnit', {
      Name: textOf(properties, 'Name'),
      ParentId: textOf(properties, 'ParentId'),
      Tags: tagsOf(properties),
    });
    const Id = answered(made, 'OrganizationalUnit', 'Id');
    return { ref: Id, attributes: { Arn: answered(made, 'OrganizationalUnit', 'Arn'), Id } };
  },
  *update({ ref, attributes, properties: before }, properties) {
    if (differ(before, properties, 'Name')) {
      const Name = textOf(properties, 'Name');
      yield* send(organizations, 'UpdateOrganizationalUnit', { OrganizationalUnitId: ref, Name });
    }
    yield* retag(before, properties, tagging(ref));
    return { ref, attributes };
  },
  *remove({ ref }) {
    yield* send(organizations, 'DeleteOrganizationalUnit', { OrganizationalUnitId: ref });
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
  fixed: ['Type'],
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
    const Arn = answered(made, 'Policy', 'PolicySummary', 'Arn');
    return { ref: PolicyId, attributes: { Arn, AwsManaged: 'false', Id: PolicyId } };
  },
  settle: ({ ref }, properties) => aim(ref, {}, properties),
  *update({ ref, attributes, properties: before }, properties) {
    if (differ(before, properties, 'Name', 'Content', 'Description')) {
      yield* send(organizations, 'UpdatePolicy', {
        PolicyId: ref,
        Name: textOf(properties, 'Name'),
        Content: documentOf(properties, 'Content'),
        Description: textOf(properties, 'Description') ?? '',
      });
    }
    yield* aim(ref, before, properties);
    yield* retag(before, properties, tagging(ref));
    return { ref, attributes };
  },
  *remove({ ref, properties }) {
    yield* aim(ref, properties, {});
    yield* send(organizations, 'DeletePolicy', { PolicyId: ref });
  },
};

function* aim(PolicyId: string, before: Properties, after: Properties): Steps<void> {
  const { added, removed } = listDifference(before, after, 'TargetIds');
  for (const TargetId of removed) yield* send(organizations, 'DetachPolicy', { PolicyId, TargetId });
  for (const TargetId of added) yield* send(organizations, 'AttachPolicy', { PolicyId, TargetId });
}

export const organizationResourcePolicy: ResourceType = {
  name: 'AWS::Organizations::ResourcePolicy',
  properties: record({ Content: document, Tags: tags }, ['Content']),
  attributes: ['Arn', 'Id'],
  fixed: [],
  *make(properties) {
    const Content = documentOf(properties, 'Content');
    const made = yield* send(organizations, 'PutResourcePolicy', { Content, Tags: tagsOf(properties) });
    const of = (name: string) => answered(made, 'ResourcePolicy', 'ResourcePolicySummary', name);
    return { ref: of('Id'), attributes: { Arn: of('Arn'), Id: of('Id') } };
  },
  *update({ ref, attributes, properties: before }, properties) {
    yield* send(organizations, 'PutResourcePolicy', { Content: documentOf(properties, 'Content') });
    yield* retag(before, properties, tagging(ref));
    return { ref, attributes };
  },
  *remove() {
    yield* send(organizations, 'DeleteResourcePolicy', {});
  },
};
