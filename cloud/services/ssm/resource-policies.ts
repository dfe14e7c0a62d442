/**
 * Documents that are shared, said as a policy: the accounts that a document is shared with may read it and run it, and no more (User Guide,
 * "Sharing SSM documents"). Who of them may is their own account's to say.
 */
import { own } from '../../own.ts';
import type { PolicedResourceList, ResourcePolicyReader } from '../../resource-policies.ts';
import { readStoredPolicy } from '../../stored-policy.ts';
import { documentArn, documentKey, readDocumentName } from './documents/finding.ts';
import type { DocumentState } from './documents/state.ts';

const shared = [
  'ssm:DescribeDocument',
  'ssm:GetDocument',
  'ssm:ListDocumentVersions',
  'ssm:SendCommand',
  'ssm:StartAutomationExecution',
  'ssm:StartSession',
];

export const ssmResourcePolicies: ResourcePolicyReader = (world, { resource }) => {
  const { name, ownerId = '', region = '' } = readDocumentName(resource);
  const document = own(own(world.accounts, ownerId)?.ssm.documents ?? {}, documentKey(region, name));
  if (document === undefined || document.sharedWith.length === 0) return {};
  const policy = readStoredPolicy(sharing(document, ownerId), 'resource');
  return { resource: { layer: 'resource', name, kind: 'resource', attachedTo: resource, policy } };
};

/** Being shared with everyone gives the account's own users nothing. */
function sharing({ sharedWith }: DocumentState, ownerId: string): string {
  const Principal = { AWS: sharedWith.includes('all') ? '*' : sharedWith };
  const Condition = { StringNotEquals: { 'aws:PrincipalAccount': ownerId } };
  const statement = { Sid: 'Shared', Effect: 'Allow', Principal, Action: shared, Resource: '*', Condition };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

/** Every document of the account's own, with the runbook's definition that it is. */
export const ssmPolicedResources: PolicedResourceList = ({ id, ssm }) =>
  Object.values(ssm.documents).map(({ name, region, type }) => ({
    arns: [
      documentArn(region, id, name),
      ...(type === 'Automation' ? [`arn:aws:ssm:${region}:${id}:automation-definition/${name}:*`] : []),
    ],
    action: 'ssm:GetDocument',
  }));
