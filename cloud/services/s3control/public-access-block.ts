/** Block Public Access for a whole account (Amazon S3 API Reference, S3 Control, `PutPublicAccessBlock`). */
import type {
  DeletePublicAccessBlockRequest,
  GetPublicAccessBlockOutput,
  GetPublicAccessBlockRequest,
  PutPublicAccessBlockRequest,
} from '@aws-sdk/client-s3-control';
import { AwsError } from '../../errors.ts';
import type { ChangeOperation, ReadOperation } from '../../service.ts';
import { readBlock } from '../s3/block-public-access.ts';
import { callersAccount, onAccount } from './account.ts';

type Nothing = Record<string, never>;

export const getPublicAccessBlock: ReadOperation<GetPublicAccessBlockRequest, GetPublicAccessBlockOutput> = {
  kind: 'read',
  owner: callersAccount,
  permissions: onAccount('s3:GetAccountPublicAccessBlock'),
  handle({ id, s3: { publicAccessBlock } }) {
    if (publicAccessBlock !== undefined) return { PublicAccessBlockConfiguration: publicAccessBlock };
    throw new AwsError('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', {
      status: 404,
      details: { AccountId: id },
    });
  },
};

export const putPublicAccessBlock: ChangeOperation<PutPublicAccessBlockRequest, Nothing> = {
  kind: 'change',
  owner: callersAccount,
  permissions: onAccount('s3:PutAccountPublicAccessBlock'),
  handle(account, input) {
    account.s3.publicAccessBlock = readBlock(input.PublicAccessBlockConfiguration);
    return {};
  },
};

export const deletePublicAccessBlock: ChangeOperation<DeletePublicAccessBlockRequest, Nothing> = {
  kind: 'change',
  owner: callersAccount,
  permissions: onAccount('s3:PutAccountPublicAccessBlock'),
  handle(account) {
    delete account.s3.publicAccessBlock;
    return {};
  },
};
