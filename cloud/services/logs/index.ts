/** Amazon CloudWatch Logs, as far as lessons reach: groups, streams, events, retention, tags, resource policies. */
import type { Service } from '../../service.ts';
import { logsModel } from '../../wire/models.ts';
import { filterLogEvents } from './filtering.ts';
import {
  createLogGroup,
  deleteLogGroup,
  deleteRetentionPolicy,
  describeLogGroups,
  putRetentionPolicy,
} from './groups.ts';
import { logsResources } from './permissions.ts';
import { deleteResourcePolicy, describeResourcePolicies, putResourcePolicy } from './policies.ts';
import { putLogEvents } from './putting.ts';
import { getLogEvents } from './reading.ts';
import { createLogStream, deleteLogStream, describeLogStreams } from './streams.ts';
import {
  listTagsForResource,
  listTagsLogGroup,
  tagLogGroup,
  tagResource,
  untagLogGroup,
  untagResource,
} from './tags.ts';

export const logsService: Service = {
  name: 'logs',
  model: logsModel,
  resources: logsResources,
  operations: {
    CreateLogGroup: createLogGroup,
    CreateLogStream: createLogStream,
    DeleteLogGroup: deleteLogGroup,
    DeleteLogStream: deleteLogStream,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteRetentionPolicy: deleteRetentionPolicy,
    DescribeLogGroups: describeLogGroups,
    DescribeLogStreams: describeLogStreams,
    DescribeResourcePolicies: describeResourcePolicies,
    FilterLogEvents: filterLogEvents,
    GetLogEvents: getLogEvents,
    ListTagsForResource: listTagsForResource,
    ListTagsLogGroup: listTagsLogGroup,
    PutLogEvents: putLogEvents,
    PutResourcePolicy: putResourcePolicy,
    PutRetentionPolicy: putRetentionPolicy,
    TagLogGroup: tagLogGroup,
    TagResource: tagResource,
    UntagLogGroup: untagLogGroup,
    UntagResource: untagResource,
  },
};
