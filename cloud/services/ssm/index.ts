/** AWS Systems Manager, as far as lessons reach: Parameter Store. */
import type { Service } from '../../service.ts';
import { ssmModel } from '../../wire/models.ts';
import { deleteParameter, deleteParameters } from './deleting.ts';
import { describeParameters } from './describing.ts';
import { labelParameterVersion } from './labels.ts';
import { putParameter } from './putting.ts';
import { getParameter, getParameterHistory, getParameters, getParametersByPath } from './reading.ts';
import { addTagsToResource, listTagsForResource, removeTagsFromResource } from './tags.ts';

export const ssmService: Service = {
  name: 'ssm',
  model: ssmModel,
  operations: {
    AddTagsToResource: addTagsToResource,
    DeleteParameter: deleteParameter,
    DeleteParameters: deleteParameters,
    DescribeParameters: describeParameters,
    GetParameter: getParameter,
    GetParameterHistory: getParameterHistory,
    GetParameters: getParameters,
    GetParametersByPath: getParametersByPath,
    LabelParameterVersion: labelParameterVersion,
    ListTagsForResource: listTagsForResource,
    PutParameter: putParameter,
    RemoveTagsFromResource: removeTagsFromResource,
  },
};
