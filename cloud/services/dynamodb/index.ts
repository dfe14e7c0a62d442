/** Amazon DynamoDB, as far as lessons reach. */
import type { Service } from '../../service.ts';
import { dynamodbModel } from '../../wire/models.ts';
import { deleteTable, describeTableOperation, listTables, updateTable } from './altering.ts';
import { batchGetItem, batchWriteItem } from './batches.ts';
import { createTable } from './creating.ts';
import { deleteItem, getItem, putItem, updateItem } from './items.ts';
import { tableResources } from './permissions.ts';
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from './policies.ts';
import { query, scan } from './reading.ts';
import {
  describeContinuousBackups,
  describeEndpoints,
  describeLimits,
  describeTimeToLive,
  updateContinuousBackups,
  updateTimeToLive,
} from './settings.ts';
import { listTagsOfResource, tagResource, untagResource } from './tags.ts';
import { transactGetItems, transactWriteItems } from './transactions.ts';

export const dynamodbService: Service = {
  name: 'dynamodb',
  model: dynamodbModel,
  operations: {
    BatchGetItem: batchGetItem,
    BatchWriteItem: batchWriteItem,
    CreateTable: createTable,
    DeleteItem: deleteItem,
    DeleteResourcePolicy: deleteResourcePolicy,
    DeleteTable: deleteTable,
    DescribeContinuousBackups: describeContinuousBackups,
    DescribeEndpoints: describeEndpoints,
    DescribeLimits: describeLimits,
    DescribeTable: describeTableOperation,
    DescribeTimeToLive: describeTimeToLive,
    GetItem: getItem,
    GetResourcePolicy: getResourcePolicy,
    ListTables: listTables,
    ListTagsOfResource: listTagsOfResource,
    PutItem: putItem,
    PutResourcePolicy: putResourcePolicy,
    Query: query,
    Scan: scan,
    TagResource: tagResource,
    TransactGetItems: transactGetItems,
    TransactWriteItems: transactWriteItems,
    UntagResource: untagResource,
    UpdateContinuousBackups: updateContinuousBackups,
    UpdateItem: updateItem,
    UpdateTable: updateTable,
    UpdateTimeToLive: updateTimeToLive,
  },
  resources: tableResources,
};
