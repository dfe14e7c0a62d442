/** Amazon S3's operations on the account (its state is S3's), as far as lessons reach. */
import type { Service } from '../../service.ts';
import { s3controlModel } from '../../wire/models.ts';
import { deletePublicAccessBlock, getPublicAccessBlock, putPublicAccessBlock } from './public-access-block.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';

export const s3controlService: Service = {
  name: 's3-control',
  prefix: 's3',
  model: s3controlModel,
  operations: {
    DeletePublicAccessBlock: deletePublicAccessBlock,
    GetPublicAccessBlock: getPublicAccessBlock,
    ListTagsForResource: listTagsForResource,
    PutPublicAccessBlock: putPublicAccessBlock,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
};
