/** ListBuckets. */
import type { ListBucketsOutput, ListBucketsRequest } from '@aws-sdk/client-s3';
import type { ReadOperation } from '../../service.ts';
import { canonicalUserId } from './canonical-user.ts';
import { invalidArgument } from './errors.ts';
import { nameOfToken, tokenOf } from './pages.ts';

const largestPage = 10_000;

export const listBuckets: ReadOperation<ListBucketsRequest, ListBucketsOutput> = {
  kind: 'read',
  permissions: (_input, facts) => [
    {
      action: 's3:ListAllMyBuckets',
      resource: 'arn:aws:s3:::*',
      resourceAccountId: facts.callerAccountId,
      context: { 's3:ResourceAccount': facts.callerAccountId },
    },
  ],
  handle(account, input) {
    const { Prefix: prefix, BucketRegion: region, MaxBuckets: max = largestPage } = input;
    if (max < 1 || max > largestPage) {
      throw invalidArgument('Argument max-buckets must be an integer between 1 and 10000', 'max-buckets', String(max));
    }
    const after = input.ContinuationToken === undefined ? '' : nameOfToken(input.ContinuationToken);
    const matching = Object.values(account.s3.buckets)
      .filter(({ name }) => name > after && name.startsWith(prefix ?? ''))
      .filter((bucket) => region === undefined || bucket.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const page = matching.slice(0, max);
    const last = page.at(-1);
    const paged = [prefix, region, input.MaxBuckets, input.ContinuationToken].some((member) => member !== undefined);
    return {
      Owner: { ID: canonicalUserId(account.id) },
      Buckets: page.map(({ name, createdAt, region: of }) => ({
        Name: name,
        CreationDate: new Date(Math.floor(createdAt / 1000) * 1000),
        // Only requests with a parameter are told the region.
        ...(paged && { BucketRegion: of }),
      })),
      ...(prefix !== undefined && { Prefix: prefix }),
      ...(matching.length > page.length && last !== undefined && { ContinuationToken: tokenOf(last.name) }),
    };
  },
};
