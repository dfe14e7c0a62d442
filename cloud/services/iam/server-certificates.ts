import type { ListServerCertificatesRequest, ListServerCertificatesResponse } from '@aws-sdk/client-iam';
import type { ReadOperation } from '../../service.ts';
import { onList } from './permissions.ts';

/** ListServerCertificates: an account here has none, since nothing in it serves TLS. */
const listServerCertificates: ReadOperation<ListServerCertificatesRequest, ListServerCertificatesResponse> = {
  kind: 'read',
  permissions: ({ PathPrefix }, facts) => [onList('ListServerCertificates', 'server-certificate', PathPrefix, facts)],
  handle: () => ({ ServerCertificateMetadataList: [], IsTruncated: false }),
};

export const serverCertificateOperations = { ListServerCertificates: listServerCertificates };
