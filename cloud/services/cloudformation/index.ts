/** AWS CloudFormation, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { cloudformationModel } from '../../wire/models.ts';
import {
  createChangeSet,
  deleteChangeSet,
  describeChangeSet,
  executeChangeSet,
  listChangeSets,
} from './change-sets.ts';
import { createStack } from './creating.ts';
import { deleteStack } from './deleting.ts';
import { listExports, listImports } from './exports.ts';
import { stackResources } from './permissions.ts';
import { cancelUpdateStack, getStackPolicy, setStackPolicy, updateTerminationProtection } from './protection.ts';
import {
  describeStackEvents,
  describeStackResource,
  describeStackResources,
  describeStacks,
  listStackResources,
  listStacks,
} from './reading.ts';
import { getTemplate, getTemplateSummary, validateTemplate } from './template-operations.ts';
import { updateStack } from './updating.ts';

export const cloudformationService: Service = {
  name: 'cloudformation',
  model: cloudformationModel,
  operations: {
    CancelUpdateStack: cancelUpdateStack,
    CreateChangeSet: createChangeSet,
    CreateStack: createStack,
    DeleteChangeSet: deleteChangeSet,
    DeleteStack: deleteStack,
    DescribeChangeSet: describeChangeSet,
    DescribeStackEvents: describeStackEvents,
    DescribeStackResource: describeStackResource,
    DescribeStackResources: describeStackResources,
    DescribeStacks: describeStacks,
    ExecuteChangeSet: executeChangeSet,
    GetStackPolicy: getStackPolicy,
    GetTemplate: getTemplate,
    GetTemplateSummary: getTemplateSummary,
    ListChangeSets: listChangeSets,
    ListExports: listExports,
    ListImports: listImports,
    ListStackResources: listStackResources,
    ListStacks: listStacks,
    SetStackPolicy: setStackPolicy,
    UpdateStack: updateStack,
    UpdateTerminationProtection: updateTerminationProtection,
    ValidateTemplate: validateTemplate,
  },
  resources: stackResources,
};
