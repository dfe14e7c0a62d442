/**
 * The wire models of the embedded cloud's services. Importing this loads their SDK clients: it is the server's way. The page
 * loads the one that it needs, by `readServiceModel(await import('@aws-sdk/client-…'), serviceFacts.…)`.
 */
import * as cloudformation from '@aws-sdk/client-cloudformation';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as cognitoIdentity from '@aws-sdk/client-cognito-identity';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as events from '@aws-sdk/client-eventbridge';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as organizations from '@aws-sdk/client-organizations';
import * as s3 from '@aws-sdk/client-s3';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as sqs from '@aws-sdk/client-sqs';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { readServiceModel, serviceFacts } from './service-model.ts';

export const iamModel = readServiceModel(iam, serviceFacts.iam);
export const stsModel = readServiceModel(sts, serviceFacts.sts);
export const s3Model = readServiceModel(s3, serviceFacts.s3);
export const ssmModel = readServiceModel(ssm, serviceFacts.ssm);
export const secretsmanagerModel = readServiceModel(secretsmanager, serviceFacts.secretsmanager);
export const kmsModel = readServiceModel(kms, serviceFacts.kms);
export const sqsModel = readServiceModel(sqs, serviceFacts.sqs);
export const snsModel = readServiceModel(sns, serviceFacts.sns);
export const dynamodbModel = readServiceModel(dynamodb, serviceFacts.dynamodb);
export const cloudtrailModel = readServiceModel(cloudtrail, serviceFacts.cloudtrail);
export const organizationsModel = readServiceModel(organizations, serviceFacts.organizations);
export const cloudformationModel = readServiceModel(cloudformation, serviceFacts.cloudformation);
export const eventsModel = readServiceModel(events, serviceFacts.events);
export const cognitoidentityModel = readServiceModel(cognitoIdentity, serviceFacts['cognito-identity']);
export const logsModel = readServiceModel(logs, serviceFacts.logs);
