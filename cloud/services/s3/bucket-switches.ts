/** Settings of a bucket that are one word each: transfer acceleration and who pays, which are records, and attribute-based access control. */
import type {
  AbacStatus,
  AccelerateConfiguration,
  GetBucketAbacOutput,
  GetBucketAbacRequest,
  GetBucketAccelerateConfigurationOutput,
  GetBucketAccelerateConfigurationRequest,
  GetBucketRequestPaymentOutput,
  GetBucketRequestPaymentRequest,
  PutBucketAbacRequest,
  PutBucketAccelerateConfigurationRequest,
  PutBucketRequestPaymentRequest,
  RequestPaymentConfiguration,
} from '@aws-sdk/client-s3';
import { getSetting, putSetting } from './bucket-documents.ts';
import { invalidRequest, malformedXml } from './errors.ts';

export const putBucketAccelerateConfiguration = putSetting<PutBucketAccelerateConfigurationRequest>(
  'accelerate',
  's3:PutAccelerateConfiguration',
  (input, { bucket }) => {
    const { Status } = input.AccelerateConfiguration ?? {};
    if (Status !== 'Enabled' && Status !== 'Suspended') throw malformedXml();
    if (bucket.name.includes('.')) {
      throw invalidRequest('S3 Transfer Acceleration is not supported for buckets with periods (.) in their names');
    }
    return { Status };
  },
);

export const getBucketAccelerateConfiguration = getSetting<
  GetBucketAccelerateConfigurationRequest,
  AccelerateConfiguration,
  GetBucketAccelerateConfigurationOutput
>('accelerate', 's3:GetAccelerateConfiguration', (accelerate = {}) => accelerate);

export const putBucketRequestPayment = putSetting<PutBucketRequestPaymentRequest>(
  'requestPayment',
  's3:PutBucketRequestPayment',
  (input) => {
    const Payer = input.RequestPaymentConfiguration?.Payer;
    if (Payer !== 'Requester' && Payer !== 'BucketOwner') throw malformedXml();
    return { Payer };
  },
);

export const getBucketRequestPayment = getSetting<
  GetBucketRequestPaymentRequest,
  RequestPaymentConfiguration,
  GetBucketRequestPaymentOutput
>('requestPayment', 's3:GetBucketRequestPayment', (payment) => payment ?? { Payer: 'BucketOwner' });

export const putBucketAbac = putSetting<PutBucketAbacRequest>('abac', 's3:PutBucketAbac', (input) => {
  const Status = input.AbacStatus?.Status;
  if (Status !== 'Enabled' && Status !== 'Disabled') throw malformedXml();
  return { Status };
});

/** It is off unless it was turned on. */
export const getBucketAbac = getSetting<GetBucketAbacRequest, AbacStatus, GetBucketAbacOutput>(
  'abac',
  's3:GetBucketAbac',
  (status) => ({ AbacStatus: status ?? { Status: 'Disabled' } }),
);
