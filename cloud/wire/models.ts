/**
 * The wire models of the embedded cloud's services. Importing this loads four SDK clients: it is the server's way. The page
 * loads the one that it needs, by `readServiceModel(await import('@aws-sdk/client-…'), serviceFacts.…)`.
 */
import * as iam from '@aws-sdk/client-iam';
import * as s3 from '@aws-sdk/client-s3';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { readServiceModel, serviceFacts } from './service-model.ts';

export const iamModel = readServiceModel(iam, serviceFacts.iam);
export const stsModel = readServiceModel(sts, serviceFacts.sts);
export const s3Model = readServiceModel(s3, serviceFacts.s3);
export const ssmModel = readServiceModel(ssm, serviceFacts.ssm);
