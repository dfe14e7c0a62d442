/** Cross-origin rules of a bucket, kept as a record: the gateway answers pages of its own origin alone (Amazon S3 API Reference, `PutBucketCors`). */
import type {
  CORSConfiguration,
  CORSRule,
  DeleteBucketCorsRequest,
  GetBucketCorsOutput,
  GetBucketCorsRequest,
  PutBucketCorsRequest,
} from '@aws-sdk/client-s3';
import { deleteSetting, getSetting, notSet, putSetting } from './bucket-documents.ts';
import { invalidRequest, malformedXml } from './errors.ts';

const rulesPerBucket = 100;
const methods = ['GET', 'PUT', 'POST', 'DELETE', 'HEAD'];

export const putBucketCors = putSetting<PutBucketCorsRequest>('cors', 's3:PutBucketCORS', (input) => {
  const rules = input.CORSConfiguration?.CORSRules ?? [];
  if (rules.length === 0 || rules.length > rulesPerBucket) throw malformedXml();
  for (const rule of rules) checkRule(rule);
  return { CORSRules: rules };
});

function checkRule({ AllowedMethods, AllowedOrigins, AllowedHeaders = [], ExposeHeaders = [] }: CORSRule): void {
  if (AllowedMethods === undefined || AllowedOrigins === undefined) throw malformedXml();
  if (AllowedMethods.length === 0 || AllowedOrigins.length === 0) throw malformedXml();
  const unknown = AllowedMethods.find((method) => !methods.includes(method));
  if (unknown !== undefined) {
    throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`);
  }
  checkWildcards('AllowedOrigin', AllowedOrigins);
  checkWildcards('AllowedHeader', AllowedHeaders);
  const exposed = ExposeHeaders.find((header) => header.includes('*'));
  if (exposed !== undefined) {
    throw invalidRequest(
      `ExposeHeader "${exposed}" contains wildcard. We currently do not support wildcard for ExposeHeader.`,
    );
  }
}

function checkWildcards(element: string, values: readonly string[]): void {
  const wrong = values.find((value) => value.split('*').length > 2);
  if (wrong !== undefined) throw invalidRequest(`${element} "${wrong}" can not have more than one wildcard.`);
}

export const getBucketCors = getSetting<GetBucketCorsRequest, CORSConfiguration, GetBucketCorsOutput>(
  'cors',
  's3:GetBucketCORS',
  (cors, { name }) => {
    if (cors !== undefined) return cors;
    throw notSet('NoSuchCORSConfiguration', 'The CORS configuration does not exist', name);
  },
);

export const deleteBucketCors = deleteSetting<DeleteBucketCorsRequest>('cors', 's3:PutBucketCORS');
